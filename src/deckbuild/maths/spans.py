"""Where formulas stand in running text.

Words part a line into segments, unless a sign binds them to what stands beside them: `accuracy = TP/n` is one
segment, `so w is small` none. A segment is judged as a whole: a piece of a formula would be wrong and yet
well set, which is worse than no formula at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from deckbuild.maths.classes import Classified
from deckbuild.maths.lexer import Kind, Token, tokens
from deckbuild.maths.neighbours import OPERATORS
from deckbuild.maths.recognise import Verdict, judge
from deckbuild.maths.signs import ABBREVIATIONS, GREEK, NON_ASCII, WORDS_OF_LANGUAGE
from deckbuild.maths.tree_evidence import Evidence

PROSE = Evidence(-1, "running prose")

_SIGNS = "".join(sorted(NON_ASCII - set("–•…’")))
_TRIGGER = re.compile(
    rf"[=<>^{re.escape(_SIGNS)}\u0300-\u036f\u2100-\u214f\U0001d400-\U0001d7ff]"
    r"|[A-Za-z]_[\w{]|\|[^|]+\||\w!|[\dA-Za-z]'?\(|(?<![\w-])[A-Za-z0-9]{1,3}\s?[-+*/−]\s?[\dA-Za-z(]|\)\s?[-+*/−]\s?[\w(]"
)
"""Something that every formula in running text has; most text has none of it, and is done with."""

_SIGN = re.compile(rf"[-+*/−=<>^_|!(){re.escape(_SIGNS)}\u0300-\u036f\u2100-\u214f\U0001d400-\U0001d7ff]")
"""What every alternative of `_TRIGGER` has somewhere; looked for first, since that is quick."""

_WORDS_ONLY = re.compile(r"[\sA-Za-zÀ-ÿ,.:;'’\"“”?-]*|[\d\s.,%]*")

_ENDS_NAMES = WORDS_OF_LANGUAGE - {"of"} | frozenset(
    "are because becomes called computes define defined defines denotes each equals every "
    "formula gets gives given "
    "hence here implies let like means minimise minimize maximise maximize namely note now "
    "obtain recall rule set "
    "since some such these thus use uses using was were which whose why will with yields".split()
)
"""Words that no name of a quantity begins after."""


class Span(NamedTuple):
    """A formula, or what was nearly one, at `start` to `end` of a text."""

    start: int
    end: int
    verdict: Verdict


def whole(text: str, symbols: Iterable[str] = (), context: Sequence[Evidence] = ()) -> list[Span]:
    """The formulas of a text that may be one as a whole: a cell, a code span, a line of a block.

    Where there is none, the whole with what speaks against it; nothing for mere words and numbers.
    """
    if len(text) > 1 and _WORDS_ONLY.fullmatch(text):
        return []
    start = len(text) - len(text.lstrip())
    body = text.strip()
    if body.endswith((".", ",", ";")) and not body.endswith("..."):
        body = body[:-1].rstrip()
    verdict = judge(body, symbols, context)
    if verdict.accepted and not _is_several(body):
        return [Span(start, start + len(body), verdict)]
    found = [span for span in within(text, symbols, context) if span.verdict.accepted]
    return found or [Span(start, start + len(body), verdict)]


def within(text: str, symbols: Iterable[str] = (), context: Sequence[Evidence] = (PROSE,)) -> list[Span]:
    """The formulas in running text, and near misses, in order and apart."""
    if not (_SIGN.search(text) and _TRIGGER.search(text)):
        return []
    return list(_Scan(text, symbols, context).spans())


def _is_several(text: str) -> bool:
    """Whether commas or semicolons part several statements: `v = βv + ∇L; w = w - ηv`."""
    depth, related, statements = 0, False, 0
    previous: Token | None = None
    found = tokens(text)
    if any(token.text in ("otherwise", "else") for token in found):
        return False
    for token in (*found, Token(Kind.COMMA, ",", False, 0, 0)):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth == 0 and token.kind in (Kind.COMMA, Kind.SEMICOLON):
            statements += related
            related = False
        if depth == 0 and token.text == ":" and previous is not None and previous.kind is Kind.WORD:
            return True
        previous = token
        related = related or token.kind is Kind.RELATION or token.text in ("←", "<-")
    return statements > 1


def _is_unknown_sign(token: Token | None) -> bool:
    """Whether a token is a sign of mathematics that no formula holds; `∴` and its kin part sentences."""
    return (
        token is not None
        and token.kind is Kind.OTHER
        and unicodedata.category(token.text[0]) == "Sm"
        and token.text not in "∴∵∎"
    )


class _Scan(Classified):
    """Takes the segments of a text out of its classes and judges them."""

    def __init__(self, text: str, symbols: Iterable[str], context: Sequence[Evidence]) -> None:
        super().__init__(text)
        self.symbols = tuple(symbols)
        self.context = context

    def spans(self) -> Iterator[Span]:
        stop = 0
        for start, end in self.segments():
            if start < stop:
                continue
            for candidate in (self.piecewise(start, end), (start, end)):
                if candidate is None:
                    continue
                span = self.judged(*candidate)
                if span is not None and (span.verdict.accepted or candidate == (start, end)):
                    yield span
                    stop = candidate[1]
                    break

    def segments(self) -> Iterator[tuple[int, int]]:
        """Runs of tokens that belong together, first and behind the last, trimmed to operands."""
        at = 0
        while at < len(self.tokens):
            if self.classes[at] not in "mo":
                at += 1
                continue
            end = at
            while end < len(self.tokens) and self.classes[end] in "mo":
                end += 1
            yield at, end
            at = end

    def piecewise(self, start: int, end: int) -> tuple[int, int] | None:
        """The segment with its alternatives: `x if x > 0, 0 otherwise`."""
        word = self.token(end)
        if word is None or word.text not in ("if", "for", "when"):
            return None
        stop = None
        for at in range(end, len(self.tokens)):
            token = self.tokens[at]
            if token.kind is Kind.OTHER:
                break
            if token.text == "otherwise":
                stop = at + 1
                if self.tokens[at - 1].kind in (Kind.COMMA, Kind.SEMICOLON):
                    while stop < len(self.tokens) and self.classes[stop] in "mo":
                        stop += 1
                break
            if token.text == "else" and at + 1 < len(self.tokens):
                stop = at + 1
                while stop < len(self.tokens) and self.classes[stop] in "mo":
                    stop += 1
                break
        return (start, stop) if stop else None

    def judged(self, start: int, end: int) -> Span | None:
        """The span of a segment; None where an operand of it stands outside."""
        start, end = self.with_name(start), self.with_factors(end)
        while end > start and self.tokens[end - 1].kind is Kind.ARROW:
            end -= 1
        while end > start and self.tokens[start].kind is Kind.ARROW:
            start += 1
        if (
            end > start
            and start == 0
            and self.tokens[start].text in "-+*–"
            and end > 1
            and self.tokens[1].spaced
        ):
            start += 1
        first = self.tokens[start]
        if end - start > 1 and first.text in "~≈∼" and start and not self.tokens[start + 1].spaced:
            start += 1
        if end <= start or self.is_cut(start, end) or self.is_torn(start, end):
            return None
        if self.tokens[end - 1].kind is Kind.COMMA:
            end -= 1
        if self.partner.get(start) == end - 1 and self.is_parenthesis(start, end):
            start, end = start + 1, end - 1
        place, stop = self.tokens[start].start, self.tokens[end - 1].end
        context = [*self.context, *self.surroundings(start, end)]
        return Span(place, stop, judge(self.text[place:stop], self.symbols, context))

    def is_cut(self, start: int, end: int) -> bool:
        """Whether a sign at an end has no operand, or one beyond a barrier."""
        first, last = self.tokens[start], self.tokens[end - 1]
        if last.kind in OPERATORS:
            return not (last.text in "*+-" and not last.spaced)
        if first.kind in (Kind.CARET, Kind.UNDERSCORE, Kind.SLASH, Kind.PRODUCT):
            return True
        if first.kind is Kind.RELATION:
            return first.text == "=" or start > 0
        unary = first.text in "-−+±" and end - start > 1 and not self.tokens[start + 1].spaced
        return first.kind is Kind.SUM and not unary

    def is_parenthesis(self, start: int, end: int) -> bool:
        """Whether brackets around a whole segment are the sentence's: `(Wx + b)`, but `(1-p)` is a factor."""
        inside = self.tokens[start + 1 : end - 1]
        wide = any(token.spaced for token in inside[1:])
        return (
            self.tokens[start].text == "("
            and (wide or len(inside) == 1)
            and Kind.COMMA not in [t.kind for t in inside]
        )

    def is_torn(self, start: int, end: int) -> bool:
        """Whether what stands against an end without white space is more than punctuation."""
        before, after = self.token(start - 1), self.token(end)
        if before is not None and not self.tokens[start].spaced:
            if before.kind in (Kind.CLOSE, Kind.WORD) or before.text in "%#@&$\\" or before.text.isalnum():
                return True
            if before.kind in (Kind.SUM, Kind.SLASH) and self.classes[start - 1] == "w":
                return True
        if (
            self.is_inside_open(start)
            or self.is_factor(end)
            or (after is not None and self.is_unmatched(end))
        ):
            return True
        if _is_unknown_sign(before) or _is_unknown_sign(after):
            return True
        if after is not None and not after.spaced:
            if after.kind in (Kind.OPEN, Kind.WORD) or after.text in "#@&$\\%" or after.text.isalnum():
                return True
            follows = self.token(end + 1)
            if after.text == "." and follows is not None and not follows.spaced:
                return True
            if after.kind in (Kind.SUM, Kind.SLASH) and self.classes[end] == "w":
                return True
        return (
            "…" in (self.tokens[start].text, self.tokens[end - 1].text[:1])
            and end - start > 1
            and not any(
                token.kind in (Kind.COMMA, Kind.SUM, Kind.PRODUCT) for token in self.tokens[start:end]
            )
        )

    def is_unmatched(self, at: int) -> bool:
        return self.tokens[at].kind is Kind.CLOSE and at not in self.partner

    def is_inside_open(self, start: int) -> bool:
        """Whether the segment stands in a bracket of a larger formula that nobody understands.

        Either its words are no part of formulas, or it never closes.
        """
        return any(
            self.tokens[at].kind is Kind.OPEN
            and self.partner.get(at, len(self.tokens)) > start
            and self.is_operand(at)
            for at in range(start)
        )

    def is_operand(self, opening: int) -> bool:
        """Whether what stands around a bracket makes it an argument, a factor or a term."""
        end = self.partner.get(opening)
        if self.glued(opening) and self.classes[opening - 1] == "m":
            return True
        if end is None:
            return False
        before, after = self.classes[max(0, opening - 1)], self.classes[end + 1 : end + 2]
        return (opening > 0 and before == "o") or after == ["o"]

    def with_name(self, start: int) -> int:
        """The start moved left over the other words of a name: `learning rate = …`."""
        name, after = self.tokens[start], self.token(start + 1)
        if (
            name.kind is not Kind.WORD
            or len(name.text) < 3
            or name.text.isupper()
            or name.text in GREEK.values()
            or after is None
            or after.text not in ("=", "≈", "∝", "≔", ":=")
        ):
            return start
        first = start
        while (word := self.token(first - 1)) and word.kind is Kind.WORD and self.classes[first - 1] == "w":
            if word.text.lower() in _ENDS_NAMES:
                return first
            first -= 1
        if start - first > 4:
            return start
        return first

    def with_factors(self, end: int) -> int:
        """The end moved right over capitals that the document knows: `(α/r) BA`."""
        return end + (self.is_factor(end) and set(self.tokens[end].text) <= set(self.symbols))

    def is_factor(self, at: int) -> bool:
        """Whether two capitals behind a bracket may be factors."""
        before, run = self.token(at - 1), self.token(at)
        return (
            before is not None
            and before.kind is Kind.CLOSE
            and run is not None
            and run.kind is Kind.WORD
            and run.text.isupper()
            and len(run.text) == 2
            and run.text not in ABBREVIATIONS
        )

    def surroundings(self, start: int, end: int) -> Iterator[Evidence]:
        last, after = self.tokens[end - 1], self.token(end)
        if last.kind is Kind.WORD and after is not None and after.kind is Kind.WORD:
            before_last = self.token(end - 2)
            named = before_last is not None and self.classes[end - 2] == "o" and before_last.kind in OPERATORS
            if named and after.text.lower() not in _ENDS_NAMES and end - start > 1:
                yield Evidence(-4, "the words behind it go on")
        first, before = self.tokens[start], self.token(start - 1)
        if first.kind is Kind.WORD and before is not None and before.kind is Kind.WORD:
            bound = self.token(start + 1)
            long = len(first.text) > 2 and not first.text.isupper() and first.text not in GREEK.values()
            if (
                long
                and bound is not None
                and bound.kind is Kind.RELATION
                and before.text.lower() not in _ENDS_NAMES - {"to"}
            ):
                yield Evidence(-20, "the words before it belong to it")
