"""What a document does with mathematics: its symbols and names, and whether it uses any formula that is sure.

Of findings that are weak by themselves, those whose letters all stand in a sure formula of the same document are
formulas seven times as often as others; and a document that holds no sure formula hardly holds a weak one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from deckbuild.machine.regex import regex
from deckbuild.maths.find.programs import IN_CODE, holds_programs, is_setting, is_statement
from deckbuild.maths.find.runs import Stretch, stretches
from deckbuild.maths.find.spans import PROSE, within
from deckbuild.maths.find.symbols import symbols
from deckbuild.maths.weigh.in_words import WEAK, is_calculation
from deckbuild.maths.weigh.verdict import Evidence, Span, Verdict
from deckbuild.model import (
    AnyBlock,
    CodeBlock,
    CodeSpan,
    Formula,
    Inlines,
    Link,
    Strike,
    inline_runs,
    inner_blocks,
    inner_inlines,
)

SURE = 6.0
"""The score from which on a finding tells what letters are symbols."""

_SHOWS = 100
"""Words of a document from which it shows whether it uses mathematics."""

_NAMES = 4.0
"""… and from which what it defines is a symbol."""

_NO_MATHEMATICS = Evidence(-2, "no formula of the document is sure")
_KNOWN = Evidence(3, "its symbols stand in sure formulas")
_CALCULATES = Evidence(2, "the document calculates in words")
_SOME = 3
"""Calculations in words from which on a document is known to hold them."""

_EXPLAINS = Evidence(-8, "the document says by equals signs what words mean")
_SAME = regex(r"[^\W\d_]{4,}(?:[ /'’-]+[^\W\d_]+)*\s=\s[^\W\d_]{4,}(?:[ ,/'’-]+[^\W\d_]+)*")
"""Words that are the same as others, between which a slash says `or`."""

_OF_A_PROGRAM = Evidence(-8, "a setting in a document about programs")
_LISTED = 4
"""Statements outside of code from which on a document lists programs among its text, or says what words mean."""

_CERTAIN = regex(r"[∇∂∑∫√∈∉⊂⊆∪∩∀∃∝Σ∏]")
"""Signs that stand in formulas only, whatever else the document holds."""

_TELLS = regex(r"[-−=<>≤≥≈≠∝+*/×·^√∑∫∂Δ]")
"""What a finding has that says more than a symbol or a number does."""

_SURELY_NOT = -5.0
"""What says so much against a finding, as features of programs do, isn't outweighed by known symbols."""

_NAME = 4
"""Letters of the longest name of a quantity that counts as a symbol: `Re`, `COP`."""


class Habits(Struct, frozen=True):
    """Letters and short names that are symbols, and what is said of every place of the document."""

    symbols: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    mathematical: bool = True
    calculates: bool = False
    explains: bool = False
    programs: bool = False
    listings: bool = False
    calculated: frozenset[str] = frozenset()
    """Symbols of sure formulas that set no variable."""

    def judged(self, found: Iterable[Span]) -> list[Span]:
        """Findings, with what the sure formulas of the document say for them, or that there is none."""
        return [Span(span.start, span.end, self.weighed(span.verdict)) for span in found]

    def weighed(self, verdict: Verdict) -> Verdict:
        """A verdict, with what the habits of the document add to it."""
        if self.is_of_program(verdict):
            return verdict.with_evidence(_OF_A_PROGRAM)
        if self.explains and _SAME.fullmatch(verdict.text):
            return verdict.with_evidence(_EXPLAINS)
        if self.knows(verdict):
            return verdict.with_evidence(_KNOWN)
        if self.calculates and is_calculation(verdict):
            return verdict.with_evidence(_CALCULATES)
        told = " = " in verdict.text and any(part.in_words for part in verdict.why)
        if not (self.mathematical or told or _CERTAIN.search(verdict.text)):
            return verdict.with_evidence(_NO_MATHEMATICS)
        return verdict

    def is_of_program(self, verdict: Verdict) -> bool:
        """Whether a finding may as well set or compare a variable, where programs stand in the document."""
        coded = self.programs and IN_CODE in verdict.why and not verdict.symbols <= self.calculated
        return (self.listings or coded) and is_setting(verdict.text)

    def knows(self, verdict: Verdict) -> bool:
        """Whether all names and Latin letters that a formula doesn't define stand in sure ones."""
        if any(part.weight <= _SURELY_NOT for part in verdict.why):
            return False
        latin = frozenset(name for name in verdict.told if name[0] != "\\")
        return (
            verdict.tex is not None
            and bool(latin)
            and latin <= self.known
            and bool(_TELLS.search(verdict.text))
        )


def habits(blocks: Sequence[AnyBlock], quiet: Iterable[AnyBlock] = ()) -> Habits:
    """The habits of a document, from a first look at its running text, cells, and blocks without a language.

    Of `quiet` blocks, which hold nothing like a formula, only the words count.
    """
    letters = symbols(blocks)
    known: set[str] = set()
    calculated: set[str] = set()
    sure = False
    count = 0
    calculations = set()
    texts = list(_texts(blocks))
    for text in texts:
        count += text.count(" ")
        for span in within(text, letters, (PROSE,)):
            verdict = span.verdict
            if verdict.score >= WEAK and is_calculation(verdict):
                calculations.add(verdict.text)
            if verdict.accepted and verdict.score >= SURE:
                sure = True
                known |= verdict.symbols
                if not is_setting(verdict.text):
                    calculated |= verdict.symbols
            elif verdict.accepted and verdict.score >= _NAMES:
                known |= verdict.symbols - verdict.told
    written = any(isinstance(e, Formula) for outer in blocks for e in _formulas(outer))
    mathematical = sure or written or not _reach(count, (text.count(" ") for text in _texts(quiet)))
    names = frozenset(name for name in known if len(name) <= _NAME or name[0] == "\\")
    inner = [block for outer in blocks for block in inner_blocks(outer)]
    named = sum(isinstance(block, CodeBlock) and bool(block.language) for block in inner)
    return Habits(
        letters,
        names,
        mathematical,
        len(calculations) >= _SOME,
        _explains(texts),
        holds_programs(texts, named),
        sum(map(is_statement, texts)) >= _LISTED,
        frozenset(calculated),
    )


def _explains(texts: Iterable[str]) -> bool:
    """Whether most lines with an equals sign between words calculate nothing: `Haus = house`."""
    same = [text for text in texts if _SAME.fullmatch(text)]
    return sum("/" not in text for text in same) > max(_LISTED, len(same) / 2)


def _reach(count: int, more: Iterable[int]) -> bool:
    """Whether words are so many that a document shows whether it uses mathematics; `more` only as far as needed."""
    return count >= _SHOWS or any(total >= _SHOWS for total in accumulate(more, initial=count))


def _formulas(outer: AnyBlock) -> Iterator[Formula]:
    for block in inner_blocks(outer):
        if isinstance(block, Formula):
            yield block
        for run in inline_runs(block):
            yield from (element for element in inner_inlines(run) if isinstance(element, Formula))


def _texts(blocks: Iterable[AnyBlock]) -> Iterator[str]:
    for outer in blocks:
        for block in inner_blocks(outer):
            if isinstance(block, CodeBlock) and not block.language:
                yield from block.text.split("\n")
            for run in inline_runs(block):
                yield from _of_run(run)


def _of_run(run: Inlines) -> Iterator[str]:
    for part in stretches(run):
        if isinstance(part, Stretch | CodeSpan):
            yield part.text
        elif not isinstance(part, Link | Strike) and (content := getattr(part, "content", None)):
            yield from _of_run(content)
