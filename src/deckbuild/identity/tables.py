"""Rows of tables as learners have them, whatever the columns of their tables are taken for today.

The arrangement of a table is looked for in what the lock holds: by a few of its rows, and then by that of all others.
It is found as long as one row of it has stayed, so that no lock needs to tell it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.derive.arranged import Arrangement, arranged, arrangements, row_of
from deckbuild.identity.drafts import Draft
from deckbuild.identity.found import answered, asked, shortened
from deckbuild.identity.held import Built, DraftOf, Held
from deckbuild.identity.lock import NoteRecord
from deckbuild.identity.placed import Placed
from deckbuild.identity.ways import reversed_too
from deckbuild.identity.words import sketch
from deckbuild.model import Kind, Note
from deckbuild.model.text import inline_text, normalise

_ROWS_TRIED = 5
"""Rows one after the other that the lock holds in no arrangement, before the rest of a table isn't looked at."""

_MOST_TRIED = 400
"""Arrangements of one row at most whose contents are compared with that of one record."""

_KINDS = Kind.QA, Kind.ROW

TableName = tuple[str, ...]
"""A source and the titles of columns: tables of a document that share these are read as one."""


class Way(Struct, frozen=True):
    """How a row is read: as one of its readings, of a kind and with its key in a column, or in an arrangement."""

    kind: Kind
    column: str
    arrangement: Arrangement | None
    reverse: bool


def table_of(place: Placed) -> TableName:
    """The table that a note is a row of; empty for other notes."""
    row = row_of(place.note)
    return (place.document.source, *(inline_text(c).strip() for c in row.header.cells)) if row else ()


def take_arranged(
    built: list[Built], known: list[bool], held: Held, near: Collection[str], draft_of: DraftOf
) -> dict[int, Arrangement]:
    """Put rows that a record holds in another arrangement in the place of what they are read as.

    Gives the arrangements, by the places of the rows. They are those of records of the sources `near`: what stands
    in a document that isn't read may ask the other way on purpose.
    """
    found: dict[int, Arrangement] = {}
    of_table: defaultdict[TableName, list[Arrangement]] = defaultdict(list)
    tried: Counter[TableName] = Counter()
    for at, (place, _) in enumerate(built):
        if known[at] or not (table := table_of(place)):
            continue
        taken = _held(place, of_table[table], held, draft_of)
        if taken is None and tried[table] < _ROWS_TRIED:
            taken = _held(place, _candidates(place, held, near), held, draft_of)
            tried[table] = 0 if taken else tried[table] + 1
            of_table[table] += [taken[0]] if taken else []
        if taken:
            (found[at], built[at]), known[at] = taken, True
    return found


def _held(
    place: Placed, offers: Iterable[Arrangement], held: Held, draft_of: DraftOf
) -> tuple[Arrangement, Built] | None:
    """The arrangement of a row that a record holds, with the note that it gives."""
    for arrangement in offers:
        note = arranged(place.note, arrangement)
        one_way = replace(place, note=note) if note else None
        for way in (one_way, *reversed_too(one_way)) if one_way else ():
            if held.takes((draft := draft_of(way)).found):
                return arrangement, (way, draft)
    return None


def _candidates(place: Placed, held: Held, near: Collection[str]) -> Iterator[Arrangement]:
    """The arrangements of a row that ask what a record asks and answer in its words."""
    for kind in _KINDS:
        for column in _columns(place.note):
            for record in _asking(place, kind, column, held, near):
                offers = arrangements(place.note, kind, column, _as_told(record))
                yield from islice(offers, _MOST_TRIED)


def _as_told(record: NoteRecord) -> Callable[[Note], bool]:
    return lambda note: record.sketch in ("", sketch(answered(note)))


def _columns(note: Note) -> range:
    row = row_of(note)
    return range(len(row.header.cells)) if row else range(0)


def _asking(place: Placed, kind: Kind, column: int, held: Held, near: Collection[str]) -> list[NoteRecord]:
    """The records of the sources `near` that ask for a column of a row."""
    note = arranged(place.note, in_order(place.note, kind, column))
    question = shortened(normalise(asked(note))) if note else ""
    records = held.asking(kind, question, place.document.source) if question else []
    return [record for record in records if record.source in near]


def in_order(note: Note, kind: Kind, column: int) -> Arrangement:
    """A row that is asked for one column and answers with all others."""
    return Arrangement(kind, column, tuple(at for at in _columns(note) if at != column))


def turned(
    built: Sequence[Built], known: Sequence[bool], held: Held, gone: Collection[str]
) -> dict[int, Arrangement]:
    """Arrangements of the rows of tables that ask for another column than learners are asked for, by their places.

    Of tables of which each row has changed, and most rows are asked for that column by records of their own document
    or of those that are `gone`: columns may be turned and a further one added at once.
    """
    of_table: defaultdict[TableName, list[int]] = defaultdict(list)
    for at, (place, _) in enumerate(built):
        if table := table_of(place):
            of_table[table].append(at)
    found: dict[int, Arrangement] = {}
    for table, places in of_table.items():
        if any(known[at] for at in places):
            continue
        drafts = [built[at][1].found for at in places]
        as_read = sum(bool(held.asking(d.kind, d.question, d.source)) for d in drafts)
        asks = Counter(
            (kind, column)
            for at in places
            for kind in _KINDS
            for column in _columns(built[at][0].note)
            if _asking(built[at][0], kind, column, held, {table[0], *gone})
        )
        if asks and (most := asks.most_common(1)[0])[1] > max(2 * as_read, len(places) / 2):
            found |= {at: in_order(built[at][0].note, *most[0]) for at in places}
    return found


def usual(
    built: Sequence[Built], known: Sequence[bool], found: Mapping[int, Arrangement]
) -> dict[TableName, Way]:
    """How most rows of each table are read that learners have; `found` are arrangements by the places of rows."""
    ways: defaultdict[TableName, Counter[Way]] = defaultdict(Counter)
    for at, (place, _) in enumerate(built):
        if known[at] and (table := table_of(place)):
            note = place.note
            ways[table][Way(note.kind, note.column, found.get(at), note.reverse)] += 1
    return {table: counts.most_common(1)[0][0] for table, counts in ways.items()}


def as_siblings(built: list[Built], known: Sequence[bool], draft_of: DraftOf) -> list[Built]:
    """The notes, new rows of a table read as most of its rows are that learners have."""
    most = usual(built, known, {})

    def like(place: Placed, draft: Draft) -> Built:
        note = place.note
        way = most.get(table_of(place))
        same = (n for n in (note, *note.readings) if way and (n.kind, n.column) == (way.kind, way.column))
        made = next(same, note)
        return (place, draft) if made is note else (one := replace(place, note=made), draft_of(one))

    return [one if is_known else like(*one) for one, is_known in zip(built, known, strict=True)]
