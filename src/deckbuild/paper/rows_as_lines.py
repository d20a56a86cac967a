"""Tables of which a card of paper would break most words: rows as items of a list, each value behind its title."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from deckbuild.model import AnyInline, Inlines, Library, List, ListItem, Paragraph, Row, Strong, Table, Text
from deckbuild.model.changing import changed
from deckbuild.paper.widths import MOST, least_width


def with_rows_as_lines(library: Library, line: int) -> Library:
    """The library with such tables of its notes as lists, for lines of so many characters."""

    def narrow(element: object) -> object | None:
        if isinstance(element, Table) and least_width((element,)) > MOST * line:
            items = (
                ListItem((Paragraph(row.span, tuple(_line(element.header, row))),), row.span)
                for row in element.rows
            )
            return List(element.span, tuple(items))
        return None

    return replace(library, entries=tuple(changed(entry, narrow) for entry in library.entries))


def _line(header: Row, row: Row) -> Iterator[AnyInline]:
    """`**Emden:** January 2.2 · February 2.3`; a cell without text is left out."""
    key, *values = row.cells
    yield Strong(row.span, (*key, Text(row.span, ":")))
    parted = " "
    for title, value in zip(header.cells[1:], values, strict=True):
        if value:
            yield from _value(title, value, row, parted)
            parted = " · "


def _value(title: Inlines, value: Inlines, row: Row, parted: str) -> Iterator[AnyInline]:
    yield Text(row.span, parted)
    yield from title
    yield Text(row.span, " " if title else "")
    yield from value
