"""Tables that no sheet of paper holds: too many columns to be read, or so many rows that they are data."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from deckbuild.model import Diagnostic, Library, Paragraph, Table, Text, outline
from deckbuild.model.changing import changed
from deckbuild.report.diagnostics import Code

MOST_COLUMNS = 60
"""Columns of a table: across A4, with three columns of text of 75 characters, each has less than four."""

MOST_CELLS = 4_000
"""Cells of one table: 1,300 rows of three. A cell takes some 1.5 ms, and a table can't be set in parts."""


def without_large_tables(library: Library) -> tuple[Library, tuple[Diagnostic, ...]]:
    """The library for paper, where a line stands for each table that is too large, and a warning for each."""
    large = tuple(_large(library))
    if not large:
        return library, ()
    return (
        replace(
            library,
            documents=changed(library.documents, _small),
            entries=changed(library.entries, _small),
        ),
        tuple(dict.fromkeys(large)),
    )


def _large(library: Library) -> Iterator[Diagnostic]:
    for document in library.documents:
        for block, _ in outline.blocks(document):
            if isinstance(block, Table) and _is_large(block):
                yield Code.LARGE_TABLE.at(document.source, block.span.line, size=_size(block))


def _is_large(table: Table) -> bool:
    columns = len(table.header.cells)
    return columns > MOST_COLUMNS or columns * len(table.rows) > MOST_CELLS


def _small(element: object) -> object | None:
    if isinstance(element, Table) and _is_large(element):
        return Paragraph(element.span, (Text(element.span, f"[table: {_size(element)}]"),))
    return None


def _size(table: Table) -> str:
    return f"{len(table.header.cells):,} columns, {len(table.rows):,} rows"
