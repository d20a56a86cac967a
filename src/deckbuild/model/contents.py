"""Contents: lists and tables of links to places in the same document."""

from __future__ import annotations

from deckbuild.model import AnyBlock, Inlines, Link, List, Paragraph, Table


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
