"""Notes made from tables and from marked text: beside the tree, pointing at its lines.

A reference table outside of any answer gives a note for each row: a formula note where a column holds
formulas, else a row note. A formula that has a name gives a formula note too, and a paragraph outside of any
note that has `==marked==` text a cloze note.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from deckbuild.extract.contents import is_contents
from deckbuild.model import (
    Inlines,
    Kind,
    Mark,
    Note,
    Paragraph,
    Row,
    Section,
    SourceSpan,
    Table,
    inline_runs,
    inner_blocks,
    inner_inlines,
    walk,
)
from deckbuild.named_formulas import formula_column, named_formulas
from deckbuild.plain import inline_text, one_line


def derive(root: Section) -> tuple[Note, ...]:
    """The derived notes of a document, in document order."""
    found: list[Note] = []
    for section, path in walk(root):
        title = one_line(path[-1].content) if path else ""
        found.extend(named_formulas(section))
        for part in section.body:
            if isinstance(part, Note):
                continue
            for block in inner_blocks(part):
                if is_contents(block):
                    continue
                if isinstance(block, Table):
                    found.extend(_rows(block, title))
                elif any(isinstance(e, Mark) for run in inline_runs(block) for e in inner_inlines(run)):
                    found.append(Note(Kind.CLOZE, (block,), (), block.span, "marked text", ("marked",)))
    return tuple(sorted(found, key=lambda note: note.span))


def _rows(table: Table, title: str) -> Iterator[Note]:
    column = formula_column(table)
    for row in table.rows:
        key, *cells = row.cells
        if not inline_text(key).strip() or not any(inline_text(cell).strip() for cell in cells):
            continue
        span = row.span
        if column is not None and inline_text(row.cells[column]).strip():
            rest = _columns(table, row, without=(0, column))
            answer = (_paragraph(row.cells[column], span), *((rest,) if rest else ()))
            yield Note(Kind.FORMULA, (_paragraph(key, span),), answer, span, "formula column", title=title)
        elif rest := _columns(table, row, without=(0,)):
            yield Note(Kind.ROW, (_paragraph(key, span),), (rest,), span, "table row", title=title)


def _columns(table: Table, row: Row, without: tuple[int, ...]) -> Table | None:
    """The row's other columns under their titles, empty cells left out; None if nothing is left."""
    kept = [
        at
        for at, cell in enumerate(row.cells)
        if at not in without and inline_text(cell).strip() and at < len(table.header.cells)
    ]
    if not kept:
        return None
    header = replace(table.header, cells=tuple(table.header.cells[at] for at in kept))
    return Table(row.span, header, (replace(row, cells=tuple(row.cells[at] for at in kept)),))


def _paragraph(content: Inlines, span: SourceSpan) -> Paragraph:
    return Paragraph(span, content)
