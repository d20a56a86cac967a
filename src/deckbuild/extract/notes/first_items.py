"""Answers of definition lists that begin with a list: its first item stands behind the colon, the others below it."""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import Blocks, List, ListItem, Paragraph
from deckbuild.model.text import inline_text
from deckbuild.model.trim import split_at

_MARKER = regex(r"(?P<number>\d{1,9})?(?:(?<=\d)[.)]|(?<!\d)[-*+])\s+")


def with_first_item(answer: Blocks) -> Blocks:
    """The answer with the paragraph that is the first item of the list below it in that list."""
    if len(answer) < 2 or not isinstance(answer[0], Paragraph) or not isinstance(answer[1], List):
        return answer
    first, below, *more = answer
    assert isinstance(first, Paragraph)
    assert isinstance(below, List)
    marker = _MARKER.match(inline_text(first.content))
    if not marker or (marker["number"] is None) != (below.start is None):
        return answer
    item = ListItem((replace(first, content=split_at(first.content, marker.end())[1]),), first.span)
    start = int(marker["number"]) if marker["number"] else None
    span = replace(below.span, line=first.span.line)
    return (replace(below, items=(item, *below.items), start=start, span=span), *more)
