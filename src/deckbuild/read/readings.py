"""What rows of tables may be read as: notes of questions and of rows, each with the other beside it.

Whether a table asks is told by the whole of it, so one more row may tell otherwise. What of its notes learners have
must not change by that, and identity takes the reading that they were built with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from deckbuild.derive.derive import both_ways, of_rows
from deckbuild.model import AnyBlock, Blocks, Note, Section, SourceSpan, Table, outline, walk
from deckbuild.model.changing import with_parts
from deckbuild.model.documents import COLUMNS
from deckbuild.model.leads import with_leads
from deckbuild.model.text import one_line
from deckbuild.read.preferences import Preferences


def aside(
    blocks: Blocks, further: Sequence[Table], notes: Sequence[Note], unasked: Sequence[Note]
) -> Section | None:
    """What tables and their rows would be otherwise: tables whose rows ask, and notes of rows that don't.

    `further` are rows outside of tables, as tables; `notes` are those of the document, `unasked` the rows of tables as
    the questions that they are not taken for. None where there are none.
    """
    asking = {note.span.line for note in notes if note.shape == COLUMNS}
    if not asking and not unasked:
        return None
    tables = [(b, lead) for b, lead in with_leads(blocks) if isinstance(b, Table)]
    lines = {row.span.line for table, _ in tables for row in table.rows}
    body: tuple[Note | AnyBlock, ...] = (
        *(
            block
            for table, lead in tables
            if any(row.span.line in asking for row in table.rows)
            for block in (lead, table)
            if block
        ),
        *further,
        *(note for note in unasked if note.span.line in lines),
    )
    return Section(body, SourceSpan(1, 1)) if body else None


def with_readings(
    root: Section,
    derived: Sequence[Note],
    other: Section,
    preferences: Preferences,
    marked: Callable[[Sequence[Note]], list[Note]],
) -> tuple[Section, tuple[Note, ...]]:
    """The tree and the derived notes, those of rows with their other readings.

    `other` is what `aside` gave, with all that was done to the tree; `marked` gives notes their ids and tags.
    """
    titles = {
        part.span.line: outline.title(path[-1]) if path else ""
        for section, path in walk(root)
        for part in section.body
        if isinstance(part, Note)
    }
    tables = [
        (
            table,
            next((titles[row.span.line] for row in table.rows if row.span.line in titles), ""),
            one_line(lead.content) if lead else "",
        )
        for table, lead in with_leads(other.body)
        if isinstance(table, Table)
    ]
    questions = [part for part in other.body if isinstance(part, Note)]
    rows = _by_line(marked(of_rows(tables, preferences.reverse is not False)))
    asked = _by_line(marked(both_ways(questions) if preferences.reverse else questions))

    def read(part: Note | AnyBlock) -> Note | AnyBlock:
        # Of several pairs in a row one may be what the row was: all with the whole row would be its square.
        told = isinstance(part, Note) and part.shape == COLUMNS
        of_row = rows.pop(part.span.line, None) if told else None
        return replace(part, readings=(replace(of_row, readings=()), *of_row.readings)) if of_row else part

    return with_parts(root, read), tuple(
        replace(note, readings=(asked[note.span.line], *note.readings)) if note.span.line in asked else note
        for note in derived
    )


def _by_line(notes: Sequence[Note]) -> dict[int, Note]:
    """Notes by the line they stand on, without those that share one: a row of several pairs has no one reading."""
    counts = Counter(note.span.line for note in notes)
    return {note.span.line: note for note in notes if counts[note.span.line] == 1}
