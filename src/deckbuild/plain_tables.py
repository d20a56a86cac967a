"""Tables that Markdown doesn't know: raw HTML, and lines whose cells are parted by TAB characters."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from deckbuild.model import Row, SourceSpan, Table, Text

_LONGEST_TITLE = 4
"""Words; the title of a column is shorter than what programs export as their first record."""


def html_table(text: str, line: int) -> Table | None:
    """The table of a block of HTML that starts at a line, if it holds one table and no text beside it."""
    reader = _TableReader(line)
    reader.feed(text)
    reader.close()
    if reader.tables != 1 or reader.stray or len(reader.rows) < 2:
        return None
    rows = [(number, ["".join(pieces) for pieces in cells]) for number, cells in reader.rows]
    return _table(rows, SourceSpan(line, line + text.rstrip("\n").count("\n")))


def tabbed_table(lines: Sequence[str], line: int) -> Table | None:
    """The table of three lines or more that all have the same number of TABs between their cells."""
    cells = [[cell.strip() for cell in text.strip("\n").split("\t")] for text in lines]
    widths = {len(row) for row in cells}
    if len(lines) < 3 or len(widths) != 1 or widths == {1} or any(not row[0] for row in cells):
        return None
    rows = [(line + at, row) for at, row in enumerate(cells)]
    if any(map(_is_entry, cells[0])):
        rows.insert(0, (line, [""] * len(cells[0])))
    return _table(rows, SourceSpan(line, line + len(lines) - 1))


def _is_entry(cell: str) -> bool:
    """Whether the first cell of a column is no title, but an entry as those below: it asks, or says much."""
    return cell.endswith((".", "?")) or len(cell.split()) > _LONGEST_TITLE


def _table(rows: Sequence[tuple[int, list[str]]], span: SourceSpan) -> Table:
    width = len(rows[0][1])
    made = [
        Row(tuple((Text(s, cell),) if cell else () for cell in [*cells, *[""] * width][:width]), s)
        for number, cells in rows
        for s in [SourceSpan(number, number)]
    ]
    return Table(span, made[0], tuple(made[1:]))


class _TableReader(HTMLParser):
    """Collects the rows of tables: the line of each, and the pieces of text of its cells."""

    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.first = line
        self.tables = 0
        self.rows: list[tuple[int, list[list[str]]]] = []
        self.stray = False
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables += 1
        elif tag == "tr":
            self._in_cell = False
            self.rows.append((self.first + self.getpos()[0] - 1, []))
        elif tag in ("td", "th") and self.rows:
            self.rows[-1][1].append([])
            self._in_cell = True
        elif tag == "br" and self._in_cell:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            cell = self.rows[-1][1][-1]
            if text := " ".join(data.split()):
                cell.append(f" {text}" if cell and data[0].isspace() else text)
        elif data.strip():
            self.stray = True
