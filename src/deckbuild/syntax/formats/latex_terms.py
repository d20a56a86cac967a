"""Definitions in the running text of LaTeX: paragraphs that set off what they define in their first words."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.reading import Asked, Writer

_FEWEST = 4
"""Paragraphs of a document that do so, from which it is its way to define."""

_DEFINES = regex(
    r"(?:[^\W\d_]{1,4}\s+)?(?:\([^()]{1,30}\)\s+)?(?P<mark>\*{1,2})(?P<term>[^*]{1,59}[^*:.!?])(?P=mark)(?![:.*])\s*[^\s:]"
)
"""An article, perhaps, a remark in brackets, and the term; a colon behind it makes a label."""

_FEWEST_WORDS = 6
"""Words of a paragraph that tells what a term means."""


def set_off(out: Writer) -> None:
    """Put such terms as questions before their paragraphs, where a document has enough of them."""
    taken = {line for one in out.asked for line in range(one.span.line, one.span.end_line + 1)}
    found = [
        (first, last, match["term"])
        for first, last in _paragraphs(out.lines)
        if not taken & set(range(first + 1, last + 2))
        and (match := _DEFINES.match(out.lines[first]))
        and len(" ".join(out.lines[first : last + 1]).split()) >= _FEWEST_WORDS
    ]
    if len(found) < _FEWEST:
        return
    for first, last, term in reversed(found):
        out.lines[first:first] = [term, ""]
        out.places[first:first] = [out.places[first]] * 2
        out.asked = [_moved(one, first + 1, 2) for one in out.asked]
        out.asked.append(Asked(SourceSpan(first + 1, first + 1), SourceSpan(first + 3, last + 3)))
    out.asked.sort(key=lambda one: one.span)


def _paragraphs(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The first and the last index of each run of lines between blank ones."""
    found: list[tuple[int, int]] = []
    start = None
    for at, line in enumerate((*lines, "")):
        if line.strip() and start is None:
            start = at
        elif not line.strip() and start is not None:
            found.append((start, at - 1))
            start = None
    return found


def _moved(one: Asked, line: int, by: int) -> Asked:
    """A question that stands further down where lines were put in before it."""

    def moved(span: SourceSpan | None) -> SourceSpan | None:
        return SourceSpan(span.line + by, span.end_line + by) if span and span.line >= line else span

    question = moved(one.question) or one.question
    return Asked(question, moved(one.answer), moved(one.options), one.tags, one.id, one.extras)
