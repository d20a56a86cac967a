"""Cutting blocks into smaller ones, for what is too tall to stand in one place."""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.model import (
    AnyBlock,
    Blocks,
    CodeBlock,
    Formula,
    FrontMatter,
    Heading,
    Html,
    Inlines,
    List,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Text,
)
from deckbuild.model.text import block_text, inline_text
from deckbuild.model.trim import split_at, strip
from deckbuild.paper.shown_images import shown_in


def atoms(blocks: Blocks) -> Blocks:
    """The blocks, with lists as one for each item."""
    return tuple(
        atom for block in blocks for atom in (_items(block) if isinstance(block, List) else (block,))
    )


def halves(block: AnyBlock) -> Blocks:
    """A block in two or more parts, all of its words in them; the block alone where it can't be cut.

    Text is cut between words and code between lines; the header of a table stands above each part of it.
    """
    match block:
        case Paragraph(content=content):
            return tuple(replace(block, content=half) for half in _halves(content))
        case Heading(span=span, content=content):
            return (Paragraph(span, (Strong(span, content),)),)
        case CodeBlock(text=text):
            return tuple(replace(block, text=half) for half in _lines(text))
        case List():
            items = _items(block)
            return items if len(items) > 1 else _item_halves(block)
        case Table():
            return _rows(block)
        case Quote(blocks=blocks):
            return blocks
        case Html(span=span) | Formula(span=span):
            return (Paragraph(span, (Text(span, block_text((block,))),)),)
        case Rule() | FrontMatter():
            return ()


def _items(block: List) -> Blocks:
    start = block.start
    return tuple(
        replace(block, items=(item,), start=None if start is None else start + at)
        for at, item in enumerate(block.items)
    )


def _item_halves(block: List) -> Blocks:
    """The parts of a list's only item, of which the first keeps its bullet, number or letter."""
    item = block.items[0]
    first, *rest = item.blocks or (None,)
    if first is None:
        return ()
    parts = (first, *rest) if rest else halves(first)
    if len(parts) < 2:
        return item.blocks
    return (replace(block, items=(replace(item, blocks=parts[:1]),)), *parts[1:])


def _halves(content: Inlines) -> tuple[Inlines, ...]:
    text = inline_text(content)
    middle = len(text) // 2
    shown = [at for at, element in enumerate(content) if any(shown_in((element,)))]
    if len(shown) > 1:  # images have no words by which they could be told apart
        middle = shown[len(shown) // 2]
        return content[:middle], content[middle:]
    cut = max(text.rfind(" ", 0, middle), text.rfind("\n", 0, middle)) + 1 or middle
    parts = tuple(half for half in map(strip, split_at(content, cut)) if half)
    return parts if cut else (content,)


def _lines(text: str) -> tuple[str, ...]:
    lines = text.rstrip("\n").split("\n")
    if len(lines) > 1:
        middle = len(lines) // 2
        return "\n".join(lines[:middle]), "\n".join(lines[middle:])
    middle = len(text) // 2
    return (text[:middle], text[middle:]) if middle else (text,)


def _rows(table: Table) -> Blocks:
    middle = len(table.rows) // 2
    if middle:
        return replace(table, rows=table.rows[:middle]), replace(table, rows=table.rows[middle:])
    cells = [
        (name, cell) for row in table.rows for name, cell in zip(table.header.cells, row.cells, strict=False)
    ]
    return tuple(
        Paragraph(table.span, (Strong(table.span, name), Text(table.span, ": "), *cell))
        for name, cell in cells or [(name, ()) for name in table.header.cells]
    )
