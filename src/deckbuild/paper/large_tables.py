"""Tables that no sheet of paper holds: too many columns to be read, or so many rows that they are data."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.model import Diagnostic, Document, Library, Note, Paragraph, SourceSpan, Table, Text, outline
from deckbuild.model.changing import changed
from deckbuild.report.counted import counted
from deckbuild.report.diagnostics import Code

MOST_COLUMNS = 60
"""Columns of a table: across A4, with three columns of text of 75 characters, each has less than four."""

MOST_CELLS = 4_000
"""Cells of one table: 1,300 rows of three. A cell takes some 1.5 ms, and a table can't be set in parts.

Where its rows were read as questions, these take as long, and a sheet of 20 pages.
"""

_ROWS = "columns"
"""The shape of questions that were rows of a table."""

_NEXT = 3
"""Lines from one row to the next, at most: rows without an answer lie between, but no head of another table."""


class _Large(Struct, frozen=True):
    """A table that is too large: its lines, and its size in words."""

    span: SourceSpan
    size: str


def without_large_tables(library: Library) -> tuple[Library, tuple[Diagnostic, ...]]:
    """The library for paper without tables that are too large and the notes of their rows.

    A line stands for each such table, and there is a warning for it.
    """
    found = {document.source: tuple(dict.fromkeys(_large(document))) for document in library.documents}
    if not any(found.values()):
        return library, ()
    rows = {
        (source, line)
        for source, tables in found.items()
        for table in tables
        for line in range(table.span.line, table.span.end_line + 1)
    }
    entries = [entry for entry in library.entries if (entry.source, entry.note.span.line) not in rows]
    problems = (
        Code.LARGE_TABLE.at(source, table.span.line, size=table.size)
        for source, tables in found.items()
        for table in tables
    )
    small = replace(
        library,
        documents=tuple(_without(document, found[document.source]) for document in library.documents),
        entries=tuple(changed(entry, _small) for entry in entries),
    )
    return small, tuple(problems)


def _large(document: Document) -> Iterator[_Large]:
    """The tables of a document that are too large, and those whose rows are questions."""
    for block, _ in outline.blocks(document):
        if isinstance(block, Table) and _is_large(block):
            yield _Large(block.span, _size(block))
    for rows in _runs(document):
        if 2 * len(rows) > MOST_CELLS:
            span = SourceSpan(rows[0].line, rows[-1].end_line)
            yield _Large(span, counted(len(rows), "row"))


def _runs(document: Document) -> Iterator[list[SourceSpan]]:
    """The rows of each table whose rows are questions."""
    run: list[SourceSpan] = []
    for part, _ in outline.parts(document):
        is_row = isinstance(part, Note) and part.shape == _ROWS
        if run and not (is_row and part.span.line - run[-1].end_line <= _NEXT):
            yield run
            run = []
        if is_row:
            run.append(part.span)
    if run:
        yield run


def _is_large(table: Table) -> bool:
    columns = len(table.header.cells)
    return columns > MOST_COLUMNS or columns * len(table.rows) > MOST_CELLS


def _without(document: Document, tables: tuple[_Large, ...]) -> Document:
    """The document with a line in the place of each table, and without the questions that its rows are."""
    rows = {line for table in tables for line in range(table.span.line, table.span.end_line + 1)}

    def is_row(part: object) -> bool:
        return isinstance(part, Note) and part.span.line in rows

    def small(element: object) -> object | None:
        if isinstance(element, tuple) and any(map(is_row, element)):
            return changed(tuple(part for part in element if not is_row(part)), small)
        return _small(element)

    return changed(document, small) if tables else document


def _small(element: object) -> object | None:
    if isinstance(element, Table) and _is_large(element):
        return Paragraph(element.span, (Text(element.span, f"[table: {_size(element)}]"),))
    return None


def _size(table: Table) -> str:
    return f"{counted(len(table.header.cells), 'column')}, {counted(len(table.rows), 'row')}"
