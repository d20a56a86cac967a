"""Contents: lists and tables of links to places in the same document, and tables of links to others."""

from __future__ import annotations

from deckbuild.model import AnyBlock, AnyInline, Break, Image, Inlines, Link, List, Paragraph, Table, Text
from deckbuild.model.text import is_blank


def is_contents(block: AnyBlock) -> bool:
    """Whether every item of a list, or a cell of every row of a table, is one link to an anchor."""
    match block:
        case List(items=items):
            runs = [b.content for item in items for b in item.blocks if isinstance(b, Paragraph)]
            return bool(runs) and all(map(_is_anchor, runs))
        case Table(rows=rows):
            return bool(rows) and all(any(map(_is_anchor, row.cells)) for row in rows)
        case _:
            return False


def _is_anchor(run: Inlines) -> bool:
    return len(run) == 1 and isinstance(run[0], Link) and run[0].url.startswith("#")


def share_of_links(table: Table) -> float:
    """How many of the cells that aren't blank, those of the head too, are mere links or images: 0 to 1."""
    cells = [cell for row in (table.header, *table.rows) for cell in row.cells if not is_blank(cell)]
    links = sum(all(isinstance(e, Link | Image) or _is_gap(e) for e in cell) for cell in cells)
    return links / len(cells) if cells else 1.0


def _is_gap(element: AnyInline) -> bool:
    return isinstance(element, Break) or (
        isinstance(element, Text) and not any(char.isalnum() or char == "_" for char in element.text)
    )
