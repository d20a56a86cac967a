"""Tables of web pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.etree import _Element

from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.card_tables import as_card
from deckbuild.syntax.formats.html_content import number_of
from deckbuild.syntax.formats.reading import Unreadable, Writer
from deckbuild.syntax.limits import MOST_BARS

if TYPE_CHECKING:
    from deckbuild.syntax.formats.html_pages import HtmlPage

_MOST_COLUMNS = 500
_WIDEST = 50
"""Columns that one cell may span, and rows."""


def table(page: HtmlPage, element: _Element) -> None:
    """A table; one that holds titles, code or tables only lays out a page."""
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    holds = ("table", "pre", "h1", "h2", "h3", "dl", "details")
    if any(next(element.iterdescendants(tag), None) is not None for tag in holds) or not rows:
        for row in rows:
            for cell in row:
                _laid_out(page, cell)
        return
    made: list[tuple[list[str], SourceSpan]] = []
    size = 0
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        page.line = max(page.line, row.sourceline or 0)
        first = page.line
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _fill(cells, hanging)
            text = _cell(page, cell)
            wide, high = number_of(cell.get("colspan"), _WIDEST), number_of(cell.get("rowspan"), _WIDEST)
            if high > 1:
                hanging[len(cells)] = (high - 1, text)
            cells += [text, *[""] * (wide - 1)]
        _fill(cells, hanging)
        size += len(cells)
        if size > MOST_BARS or len(cells) > _MOST_COLUMNS:
            raise Unreadable(f"a table has more than {MOST_BARS:,} cells, or {_MOST_COLUMNS} columns", first)
        made.append((cells, SourceSpan(first, page.line)))
    bold = [all(not text or text.startswith("**") for text in cells) for cells, _ in made]
    titled = (
        rows[0].getparent().tag == "thead"
        or all(cell.tag == "th" for cell in rows[0])
        or (bold[0] and any(made[0][0]) and not all(bold))
    )
    if any(cells for cells, _ in made) and not as_card(page.out, made):
        page.out.rows(made, titled)


def _fill(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Cells that hang down from rows above."""
    while len(cells) in hanging:
        left, text = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (left - 1, text)
        cells.append(text)


def _laid_out(page: HtmlPage, cell: _Element) -> None:
    """A cell of a table that only lays out a page."""
    page.line = max(page.line, cell.sourceline or 0)
    page.walk(cell)
    page.flush()
    page.out.gap()


def _cell(page: HtmlPage, cell: _Element) -> str:
    page.line = max(page.line, cell.sourceline or 0)
    out, page.out = page.out, Writer()
    page.walk(cell)
    page.flush()
    inner, page.out = page.out, out
    return "\n".join(line.rstrip("\\") for line in inner.lines)
