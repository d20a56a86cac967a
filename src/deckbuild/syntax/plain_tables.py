"""Tables that Markdown doesn't know: lines whose cells are parted by TAB characters."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.model import Inlines, Row, SourceSpan, Table, Text

_LONGEST_TITLE = 4
"""Words; the title of a column is shorter than what programs export as their first record."""


def tabbed_table(lines: Sequence[str], line: int) -> Table | None:
    """The table of three lines or more that all have the same number of TABs between their cells."""
    cells = [[cell.strip() for cell in text.strip("\n").split("\t")] for text in lines]
    widths = {len(row) for row in cells}
    if len(lines) < 3 or len(widths) != 1 or widths == {1} or any(not row[0] for row in cells):
        return None
    rows: list[tuple[int, Sequence[Inlines]]] = [
        (number, [(Text(SourceSpan(number, number), cell),) if cell else () for cell in row])
        for number, row in enumerate(cells, line)
    ]
    if any(map(is_entry, cells[0])):
        rows.insert(0, (line, [()] * len(cells[0])))
    return table_of(rows, SourceSpan(line, line + len(lines) - 1))


def is_entry(cell: str) -> bool:
    """Whether the first cell of a column is no title, but an entry as those below: it asks, or says much."""
    return cell.endswith((".", "?")) or len(cell.split()) > _LONGEST_TITLE


def table_of(rows: Sequence[tuple[int, Sequence[Inlines]]], span: SourceSpan) -> Table:
    """The table of rows with the line of each; all become as wide as the first, which is its header."""
    width = len(rows[0][1])
    made = [Row(tuple([*cells, *[()] * width][:width]), SourceSpan(number, number)) for number, cells in rows]
    return Table(span, made[0], tuple(made[1:]))
