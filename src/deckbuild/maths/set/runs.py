"""Formulas of running text and of code in it: the inlines of one run, with their formulas set."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.maths.find.habits import Habits
from deckbuild.maths.find.programs import IN_CODE
from deckbuild.maths.find.runs import Stretch, plain, stretches
from deckbuild.maths.find.spans import PROSE, whole, within
from deckbuild.maths.set.setting import FormulaSetter, looks_mathematical
from deckbuild.maths.tokens.embedded import CLOSE, OPEN
from deckbuild.maths.weigh.verdict import Evidence, Span
from deckbuild.model import (
    AnyInline,
    CodeSpan,
    Emphasis,
    Footnote,
    Formula,
    Inlines,
    Link,
    Mark,
    Strike,
    Strong,
)
from deckbuild.model.text import inline_text

LABELLED = Evidence(8, "a formula by its label", in_words=True)
"""Its author's own word for it, which outweighs all that names in code say against a formula."""
_LABEL = regex(
    r"(?:formulas?|equation|formeln?|gleichung|fórmulas?|formules?|équation|ecuación|equação|formuła|wzór|vzorec|"
    r"equazione|формула|公式|方程)\s?(?:\([^()]*\)\s?)?[:：]\s*$",
    re.IGNORECASE,
)
"""What stands before code that is a formula."""

_NEAR = 100
"""Characters before code among which its label is looked for, so that the work grows with the run."""

WRITTEN = "written as LaTeX"
"""Why the Markdown parser takes something for a formula."""

_EQUALS = regex(r"^\s*=(?=\s)")


class RunSetter:
    """Sets the formulas of runs, by what a document's symbols are known to be."""

    def __init__(self, learned: Habits, setter: FormulaSetter) -> None:
        self.habits = learned
        self.setter = setter

    def whole(self, text: str, *context: Evidence) -> list[Span]:
        """The formulas of a text that may be one from end to end."""
        found = whole(text, self.habits.symbols, context)
        return self.habits.judged(found)

    def within(self, text: str) -> list[Span]:
        """The formulas among the words of a text."""
        found = within(text, self.habits.symbols, (PROSE,))
        return self.habits.judged(found)

    def inlines(self, content: Inlines) -> Inlines:
        """A run with its formulas."""
        made: list[AnyInline] = []
        before = ""
        for part in stretches(content):
            if isinstance(part, CodeSpan) and _LABEL.search(before):
                made += self.code_span(part, (IN_CODE, LABELLED))
            else:
                made += self.stretch(part) if isinstance(part, Stretch) else self.inline(part)
            before = (before + (part.text if isinstance(part, Stretch) else inline_text((part,))))[-_NEAR:]
        return tuple(made)

    def stretch(self, stretch: Stretch) -> Inlines:
        """Running text with its formulas, which may swallow italic letters and raised HTML."""
        text = stretch.text
        # `**Error** = s/√n`: what equals a name is whole without it.
        read = _EQUALS.sub(lambda match: " " * len(match[0]), text) if stretch.bound_before else text
        found = [
            span
            for span in self.within(read)
            if not _is_latex(text[span.start : span.end])
            and not _is_piece_of_latex(text, span.start, span.end)
            and not (stretch.bound_before and span.start == 0)
            and not (stretch.bound_behind and span.end == len(text))
        ]
        if not found and not self.setter.overridden:
            return self.left(stretch.elements)
        return self.left(self.setter.cut(stretch, found))

    def left(self, content: Inlines) -> Inlines:
        """What was looked through, with the LaTeX in it checked."""
        return tuple(
            self.setter.checked(element)
            if isinstance(element, Formula) and element.why == WRITTEN
            else replace(element, content=self.left(element.content))
            if isinstance(element, Strong | Emphasis | Mark)
            else element
            for element in content
        )

    def inline(self, element: AnyInline) -> Inlines:
        """An element of a run that is no running text."""
        match element:
            case CodeSpan():
                return self.code_span(element, (IN_CODE,))
            case Strong() | Emphasis() | Strike() | Mark() | Link() | Footnote():
                return (replace(element, content=self.inlines(element.content)),)
            case Formula():
                return (self.setter.checked(element),)
            case _:
                return (element,)

    def code_span(self, code: CodeSpan, context: Sequence[Evidence]) -> Inlines:
        """Code that is a formula, or several, from end to end; a piece of code is never set."""
        text = code.text.strip()
        if override := self.setter.overrides.get(text):
            return (self.setter.override(text, override, code.span) if override.latex else code,)
        found = self.whole(text, *context)
        if found and all(span.verdict.accepted for span in found) and _is_covered(text, found):
            return self.setter.cut(plain(text, code.span), found)
        if found:
            self.setter.near(found[0].verdict, code.span, expected=looks_mathematical(text))
        return (code,)


def _is_covered(text: str, found: Sequence[Span]) -> bool:
    """Whether nothing but punctuation stands beside the formulas of a text."""
    rest = list(text)
    for span in found:
        rest[span.start : span.end] = " " * (span.end - span.start)
    return not "".join(rest).strip(" .,;")


def _is_latex(text: str) -> bool:
    """Whether a finding is nothing but LaTeX of the author."""
    return text[:1] == OPEN and text.find(CLOSE) == len(text) - 1


def _is_piece_of_latex(text: str, start: int, end: int) -> bool:
    r"""Whether a finding begins or ends inside LaTeX, as in `\ce{2 H2 + O2 -> 2 H2O}`, and is not all of it."""
    if text[start - 1 : start] == OPEN and text[end : end + 1] == CLOSE:
        return False
    return any(text.rfind(OPEN, 0, at) > text.rfind(CLOSE, 0, at) for at in (start, end))
