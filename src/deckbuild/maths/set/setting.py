"""The making of one document's formulas, from what was recognised or from the settings, and what to tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.maths.check.mathjax import LONGEST
from deckbuild.maths.check.patience import OVER, Patience
from deckbuild.maths.find.links import without_links
from deckbuild.maths.find.runs import Stretch
from deckbuild.maths.set.macros import Macro, expanded, without_definitions
from deckbuild.maths.set.override import Override
from deckbuild.maths.set.reaching import reaching
from deckbuild.maths.tokens.embedded import as_written
from deckbuild.maths.weigh.verdict import Span, Verdict
from deckbuild.model import AnyInline, Diagnostic, Formula, Inlines, SourceSpan
from deckbuild.report.diagnostics import Code

Check: TypeAlias = Callable[[str, bool], str | None]
"""What is wrong with LaTeX, given whether it is displayed; None if nothing is."""

_BOLD = regex(r"\\bm(?![A-Za-z])")
"""A macro that neither MathJax nor Anki knows, and what it means."""

_NEAR = 2.0
"""The score from which on text is told to be nearly a formula."""

MOST = 100_000
"""Characters of LaTeX that are checked in one document; each takes MathJax some 60 µs.

What comes after is taken as it is: a card or a sheet shows by itself what can't be set.
"""


TOLD = 300
"""Characters of a formula that a message repeats; longer ones are cut."""


class FormulaSetter:
    """Sets the formulas of one document and keeps what its author should know of them."""

    def __init__(
        self,
        source: str,
        overrides: Mapping[str, Override],
        check: Check,
        macros: Mapping[str, Macro],
    ) -> None:
        self.source = source
        self.overrides = overrides
        self.check = check
        self.macros = dict(macros)
        self.problems: list[Diagnostic] = []
        self.checked_tex: set[str] = set()
        self.left = MOST
        self.patience = Patience()
        self.overridden = (
            regex("|".join(re.escape(text) for text in sorted(overrides, key=len, reverse=True)))
            if overrides
            else None
        )

    def cut(self, stretch: Stretch, found: Sequence[Span], expected: bool = False) -> Inlines:
        """The stretch with its formulas in their places; settings come before what was found."""
        text = stretch.text
        places: list[tuple[int, int, Override | Verdict]] = []
        for match in self.overridden.finditer(text) if self.overridden else ():
            if _is_apart(text, match.start(), match.end()):
                places.append((match.start(), match.end(), self.overrides[match[0]]))
        for place in found:
            if any(place.start < stop and begin < place.end for begin, stop, _ in places):
                continue
            if place.verdict.accepted:
                places.append((place.start, place.end, place.verdict))
            else:
                self.near(place.verdict, stretch.span_at(place.start), expected and len(found) == 1)
        made: list[tuple[int, int, AnyInline]] = []
        for start, end, given in sorted(places, key=lambda place: place[:2]):
            span = stretch.span_at(start)
            if isinstance(given, Verdict):
                made.append((start, end, self.formula(given, without_links(text[start:end]), span)))
            elif given.latex:
                made.append((start, end, self.override(text[start:end], given, span)))
        return stretch.with_formulas(made)

    def formula(self, verdict: Verdict, text: str, span: SourceSpan) -> Formula:
        """The formula of an accepted verdict over a text."""
        assert verdict.tex is not None
        found = self.checked(Formula(span, as_written(text), verdict.tex, False, verdict.reason))
        if verdict.guesses and found.tex:
            self.tell(Code.GUESSED_FORMULA, span, verdict.text, "; ".join(verdict.guesses), latex=verdict.tex)
        return found

    def override(self, text: str, override: Override, span: SourceSpan) -> Formula:
        """The formula that the settings give for a text."""
        return self.checked(Formula(span, text, override.latex, False, "the settings"))

    def checked(self, formula: Formula) -> Formula:
        """The formula, without its LaTeX if that can't be set."""
        if formula.tex is None:
            return formula
        tex, found = without_definitions(formula.tex)
        self.macros.update(found)
        tex = _BOLD.sub(r"\\boldsymbol", expanded(tex, self.macros))
        if tex not in self.checked_tex and len(tex) <= LONGEST:
            self.checked_tex.add(tex)
            before, self.left = self.left, self.left - len(tex)
            if before >= 0 > self.left:
                self.problems.append(Code.UNCHECKED_LATEX.at(self.source, formula.span.line, most=MOST))
        why = reaching(tex)
        if why is None and self.patience.refuses(tex):
            why = OVER
            self.tell(Code.SLOW_LATEX, formula.span, formula.text, why)
        else:
            why = why or self.problem(tex, formula.display)
            if why is not None:
                self.tell(Code.BAD_LATEX, formula.span, formula.text, why)
        return replace(formula, tex=None if why else tex, why=why or formula.why)

    def problem(self, tex: str, display: bool) -> str | None:
        """What is wrong with LaTeX that is short enough to be looked at, or so long that it need not be."""
        if self.left < 0 and len(tex) <= LONGEST:
            return None
        with self.patience.tried(tex):
            return self.check(tex, display)

    def near(self, verdict: Verdict, span: SourceSpan, expected: bool) -> None:
        """Tell of text that was not set, though it nearly was, or was `expected` to be a formula."""
        if verdict.tex is None and expected and looks_mathematical(verdict.text):
            self.tell(Code.UNSET_FORMULA, span, verdict.text, verdict.problem)
        elif verdict.tex is not None and verdict.score >= _NEAR and len(verdict.text) > 2:
            self.tell(Code.NEAR_FORMULA, span, verdict.text, verdict.reason)

    def tell(self, code: Code, span: SourceSpan, text: str, why: str, latex: str = "") -> None:
        """Keep a diagnostic."""
        shown = " ".join(as_written(text).split())
        if len(shown) > TOLD:
            shown = f"{shown[: TOLD - 1]}…"
        self.problems.append(code.at(self.source, span.line, text=shown, why=why, latex=latex))


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit stands against the ends of a piece of text."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (
        after.isalnum() and text[end - 1].isalnum()
    )


def looks_mathematical(text: str) -> bool:
    """Whether a text that doesn't parse has so many signs of mathematics that its author meant a formula."""
    from deckbuild.maths.tokens.lexer import tokens
    from deckbuild.maths.tokens.token import Role
    from deckbuild.maths.weigh.evidence import is_sign

    found = tokens(text)
    signs = sum(is_sign(token) or token.role in (Role.SUP, Role.SUB) for token in found)
    return signs >= 2 and not any(token.role is Role.ARROW for token in found)
