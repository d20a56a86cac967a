"""The other columns of a row, as its card shows them: each title beside its cell."""

from __future__ import annotations

from typing import TypeAlias

from deckbuild.html.blocks import run_html
from deckbuild.html.cell_formulas import with_formulas
from deckbuild.html.looks import Look
from deckbuild.model import Blocks, Note, Table

Columns: TypeAlias = tuple[tuple[str, str], ...]
"""Title and cell of each, HTML."""


def columns_of(answer: Blocks, look: Look) -> Columns:
    """Title and cell of a row's other columns that aren't blank."""
    match answer:
        case (Table(header=header, rows=(row,)),):
            titles = [run_html(title, look) for title in header.cells]
            cells = [run_html(with_formulas(cell, look.cell), look) for cell in row.cells]
            return tuple((title, cell) for title, cell in zip(titles, cells, strict=True) if cell.strip())
    return ()


def definitions(columns: Columns) -> str:
    """Columns of one row, each title beside or above its cell: a table with one row is wide and flat."""
    pairs = "".join(f"<dt>{title}</dt><dd>{cell}</dd>" for title, cell in columns)
    return f"<dl>{pairs}</dl>" if pairs else ""


def asked(note: Note, columns: Columns) -> str:
    """The titles of those columns that a row's card asks for; where it compares, one against the other."""
    titles = [title for title, _ in columns if title]
    return (" · " if note.column or len(titles) < 2 else " ↔ ").join(titles)
