"""Sequences of sibling blocks, as shapes look at them: up to where, which items, what asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deckbuild.model import AnyBlock, Blocks, Inlines, List, ListItem, Paragraph, Rule
from deckbuild.model.text import inline_text

_ASKING = ("?", "？", "؟")
_BEHIND_ASKING = "\"'”’)]*_"


def until(sequence: Blocks, start: int, stops: Callable[[AnyBlock], bool]) -> Blocks:
    """The blocks from `start` up to the first that stops, without rules at the end."""
    end = next((at for at in range(start, len(sequence)) if stops(sequence[at])), len(sequence))
    while end > start and isinstance(sequence[end - 1], Rule):
        end -= 1
    return sequence[start:end]


def items(sequence: Blocks) -> Iterator[ListItem]:
    """The items of all lists of a sequence."""
    for block in sequence:
        if isinstance(block, List):
            yield from block.items


def asks(block: AnyBlock) -> bool:
    """Whether a block is a paragraph of one line that ends with a question mark."""
    if not isinstance(block, Paragraph) or block.span.line != block.span.end_line:
        return False
    return is_asking(block.content)


def is_asking(content: Inlines) -> bool:
    """Whether a run ends with a question mark, behind which quotes, brackets and marks may stand."""
    return inline_text(content).rstrip().rstrip(_BEHIND_ASKING).endswith(_ASKING)


def has_lines(paragraph: Paragraph) -> bool:
    """Whether a paragraph has more than one line."""
    return paragraph.span.line < paragraph.span.end_line
