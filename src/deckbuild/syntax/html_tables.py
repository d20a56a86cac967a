"""Tables in raw HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from deckbuild.model import AnyInline, HtmlSpan, SourceSpan, Table, Text
from deckbuild.model.text import parts_words
from deckbuild.syntax.limits import MOST_BARS
from deckbuild.syntax.plain_tables import table_of

_KEPT = frozenset("a b code del em i img ins kbd mark s small strong sub sup u".split())
"""Elements inside a cell that say how its words look."""


def html_table(text: str, line: int) -> Table | None:
    """The table of a block of HTML that starts at a line, if it holds one table and no text beside it.

    One that would have more cells than a Markdown table may have stays the HTML that it is.
    """
    reader = _TableReader(line)
    reader.feed(text)
    reader.close()
    if reader.tables != 1 or reader.stray or len(reader.rows) < 2:
        return None
    rows = [(number, [tuple(cell) for cell in cells]) for number, cells in reader.rows]
    if len(rows) * len(rows[0][1]) > MOST_BARS:
        return None
    return table_of(rows, SourceSpan(line, line + text.rstrip("\n").count("\n")))


class _TableReader(HTMLParser):
    """Collects the rows of tables: the line of each, and its cells, white space folded as browsers do."""

    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.first = line
        self.tables = 0
        self.rows: list[tuple[int, list[list[AnyInline]]]] = []
        self.stray = False
        self._in_cell = False
        self._gap = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables += 1
        elif tag == "tr":
            self._in_cell = False
            self.rows.append((self.first + self.getpos()[0] - 1, []))
        elif tag in ("td", "th") and self.rows:
            self.rows[-1][1].append([])
            self._in_cell, self._gap = True, ""
        elif self._in_cell:
            self._tag(tag, self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._in_cell = False
        elif self._in_cell:
            self._tag(tag, f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            if data[:1].isspace():
                self._gap = self._gap or " "
            if words := " ".join(data.split()):
                self._put(Text(self._span, words))
                self._gap = " " if data[-1].isspace() else ""
        elif data.strip():
            self.stray = True

    def _tag(self, name: str, tag: str) -> None:
        if parts_words(tag):
            self._gap = "<br>"
        elif name in _KEPT and tag.startswith("</"):
            self.rows[-1][1][-1].append(HtmlSpan(self._span, tag))
        elif name in _KEPT:
            self._put(HtmlSpan(self._span, tag))

    def _put(self, element: AnyInline) -> None:
        """Add an element to the cell, and before it the gap, unless the cell begins here."""
        cell = self.rows[-1][1][-1]
        if cell and self._gap:
            cell.append(Text(self._span, " ") if self._gap == " " else HtmlSpan(self._span, self._gap))
        self._gap = ""
        cell.append(element)

    @property
    def _span(self) -> SourceSpan:
        number = self.rows[-1][0]
        return SourceSpan(number, number)
