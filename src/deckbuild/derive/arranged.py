"""Rows of tables arranged otherwise: which column is asked for, which answer, and which stand beside the answer.

That is told by all rows of a table together, and by the order of its columns. So one more row, or a column that moved,
may tell otherwise; what learners have of a row is one of its arrangements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, permutations

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.derive.derive import of_rows
from deckbuild.derive.hints import with_hint
from deckbuild.extract.notes.beside import names_beside
from deckbuild.extract.notes.cells import cell_blocks
from deckbuild.model import Inlines, Kind, Note, Table
from deckbuild.model.documents import COLUMNS, CONTEXT
from deckbuild.model.text import has_image, inline_text, is_blank
from deckbuild.model.trim import strip, unwrap

MOST_COLUMNS = 7
"""Columns up to which all arrangements are looked at: 63 choices of what answers, each with a few of what is beside."""


class Arrangement(Struct, frozen=True):
    """What the columns of a table do, by their places: one is asked for, some answer, others stand beside by a name."""

    kind: Kind
    asked: int
    answers: tuple[int, ...]
    beside: tuple[tuple[int, str], ...] = ()


def row_of(note: Note) -> Table | None:
    """The row that a note was made of, with the titles of all columns; None for other notes."""
    return next((n.row for n in (note, *note.readings) if n.row is not None), None)


def arranged(note: Note, arrangement: Arrangement) -> Note | None:
    """What the row of a note asks and answers in an arrangement, never in reverse; None where it says nothing so."""
    table = row_of(note)
    if table is None or max(arrangement.asked, *arrangement.answers) >= len(table.header.cells):
        return None
    return (_question if arrangement.kind is Kind.QA else _row)(note, table, arrangement)


def arrangements(
    note: Note, kind: Kind, asked: int, answers_so: Callable[[Note], bool]
) -> Iterator[Arrangement]:
    """All arrangements of a row in which a column is asked for and the others answer as is known."""
    table = row_of(note)
    if table is None or len(table.header.cells) > MOST_COLUMNS:
        return
    cells, titles = table.rows[0].cells, [inline_text(cell).strip() for cell in table.header.cells]
    full = [at for at, cell in enumerate(cells) if at != asked and _says(cell)]
    for count in range(len(full), 0, -1):
        for chosen in combinations(full, count):
            first = arranged(note, Arrangement(kind, asked, chosen))
            if first is None or not answers_so(first):
                continue
            rest = [at for at in full if at not in chosen] if kind is Kind.QA else []
            for answers in permutations(chosen):
                for beside in _beside(rest, titles):
                    yield Arrangement(kind, asked, answers, beside)


def _beside(rest: Sequence[int], titles: Sequence[str]) -> Iterator[tuple[tuple[int, str], ...]]:
    """What may stand beside an answer, all of it first, by each of the names that a column may have there."""
    for count in range(len(rest), -1, -1):
        for order in permutations(rest, count):
            named: list[tuple[tuple[int, str], ...]] = [()]
            for at in order:
                named = [(*before, (at, name)) for before in named for name in names_beside(titles[at])]
            yield from named


def _question(note: Note, table: Table, arrangement: Arrangement) -> Note | None:
    cells, span = table.rows[0].cells, note.span
    question = cell_blocks(unwrap(strip(cells[arrangement.asked])), span)
    answer = tuple(b for at in arrangement.answers if _says(cells[at]) for b in cell_blocks(cells[at], span))
    if not any(map(str.isalnum, inline_text(cells[arrangement.asked]))) or not answer:
        return None
    extras: dict[str, str] = {}
    for at, name in arrangement.beside:
        if text := inline_text(cells[at]).strip() if at < len(cells) else "":
            extras[name] = f"{extras[name]}\n{text}" if name in extras else text
    base = next((n for n in (note, *note.readings) if n.kind is Kind.QA), note)
    made = Note(Kind.QA, question, answer, span, COLUMNS, base.cues, extras, row=table)
    return with_hint(replace(made, tags=note.tags, id=note.id))


def _row(note: Note, table: Table, arrangement: Arrangement) -> Note | None:
    order = arrangement.asked, *arrangement.answers
    header, row = (
        replace(r, cells=tuple(r.cells[at] for at in order)) for r in (table.header, table.rows[0])
    )
    base = next(n for n in (note, *note.readings) if n.row is not None)
    made = of_rows(
        [(replace(table, header=header, rows=(row,)), base.title, base.extras.get(CONTEXT, ""))], False
    )
    if len(made) != 1 or made[0].kind is not Kind.ROW or is_blank(row.cells[0]):
        return None
    return replace(made[0], tags=note.tags, id=note.id, readings=(), row=table)


def _says(cell: Inlines) -> bool:
    return bool(inline_text(cell).strip(" -–—")) or has_image(cell)
