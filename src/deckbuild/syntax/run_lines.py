"""Runs of inlines line by line, as their author broke them."""

from __future__ import annotations

from collections.abc import Iterator

from deckbuild.model import AnyInline, Break, CodeSpan, HtmlSpan, Inlines, Text
from deckbuild.model.text import inline_text
from deckbuild.model.trim import split_at


def lines_of(content: Inlines) -> Iterator[Inlines]:
    """A run line by line, marks that go on over lines in each of them."""
    line: list[AnyInline] = []
    for element in content:
        kind = type(element)
        if kind is Break:
            yield tuple(line)
            line = []
            continue
        if (kind is Text or kind is CodeSpan) and "\n" not in inline_text((element,)):
            line.append(element)
            continue
        rest: Inlines = (element,)
        while (end := line_end(rest)) < len(inline_text(rest)):
            head, tail = split_at(rest, end)
            yield (*line, *head)
            line, rest = [], split_at(tail, 1)[1]
        line += rest
    yield tuple(line)


def line_end(content: Inlines) -> int:
    """Where the first line of a run ends in its plain text: at a break, not a line that a tag of HTML only shows."""
    found = _first_break(content)
    return len(inline_text(content)) if found is None else found


def _first_break(content: Inlines) -> int | None:
    """Where the first break of a run stands in its plain text, also inside marks; None where there is none."""
    at = 0
    for element in content:
        text = inline_text((element,))
        if "\n" in text and not isinstance(element, HtmlSpan):
            inner = getattr(element, "content", None)
            found = text.find("\n") if inner is None else _first_break(inner)
            if found is not None:
                return at + found
        at += len(text)
    return None
