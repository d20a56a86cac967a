"""As first built: notes of the same words stay what learners have, whatever their documents are read as today.

Whether a table asks or lists, and whether an answer leads to one question alone, is told by all rows together. So a
row that is added may change how others would be built; of those that learners have it changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from deckbuild.derive.derive import leads_back
from deckbuild.identity.drafts import Draft
from deckbuild.identity.found import Found, answered
from deckbuild.identity.hashing import rest
from deckbuild.identity.lock import Lock, NoteRecord, question_hash
from deckbuild.identity.placed import Placed
from deckbuild.identity.words import sketch
from deckbuild.model import Kind, Note
from deckbuild.model.choices import choice

_ANYWHERE = "\0"
"""Stands for all sources together."""
_EXCHANGED = Kind.QA, Kind.ROW, Kind.FORMULA
"""Kinds of notes that a document's others decide between."""

Built = tuple[Placed, Draft]


def as_first_built(
    placed: Sequence[Placed], lock: Lock, gone: frozenset[str], draft_of: Callable[[Placed], Draft]
) -> list[Built]:
    """The notes with their drafts; those that learners have of the same words as they were first built.

    First by what they hold: a note that was read otherwise, or asked in reverse too, is that again, and nothing of
    it changes. Where a word has changed, by what it asks: it keeps its kind, since Anki never updates a note whose
    note type is another, and its card in reverse, unless its answer now gives that away. New rows of a table are of
    the kind of those beside them. `gone` are sources of the lock whose file is no longer there.
    """
    built = [(place, draft_of(place)) for place in placed]
    if not any(record.kind in _EXCHANGED for record in lock.notes):
        return built
    known = [False] * len(built)
    for records in ([r for r in lock.notes if not r.removed], [r for r in lock.notes if r.removed]):
        _take_equal(built, known, records, draft_of)
    asking: defaultdict[tuple[Kind, str], list[NoteRecord]] = defaultdict(list)
    for record in lock.notes:
        asking[record.kind, record.question].append(record)

    def records_of(place: Placed, found: Found) -> list[NoteRecord]:
        """The records that ask what a note does: those of its source, else all."""
        same = asking.get((found.kind, found.question)) or asking.get(
            (found.kind, question_hash(found.question)), []
        )
        return [record for record in same if record.source == place.document.source] or same

    kinds = _kinds(placed, [draft.found.question for _, draft in built], lock, gone) if not all(known) else []
    for at, (place, draft) in enumerate(built):
        if known[at]:
            continue
        note, kind = place.note, kinds[at]
        offers = [n for n in (note, *note.readings) if n.kind is kind] or [
            replace(note, kind=kind, reverse=False)
        ]
        ways = [
            (place, draft) if offer is note else (way := replace(place, note=offer), draft_of(way))
            for offer in offers
        ]
        place, draft = next(((p, d) for p, d in ways if records_of(p, d.found)), ways[0])
        records = records_of(place, draft.found)
        if _may_reverse(place) and leads_back(place.note) and any(_was_reversed(r, draft) for r in records):
            place = replace(place, note=replace(place.note, reverse=True))
            draft = draft_of(place)
        built[at], known[at] = (place, draft), bool(records)
    return _as_siblings(placed, built, known, draft_of)


def _take_equal(
    built: list[Built],
    known: list[bool],
    records: Sequence[NoteRecord],
    draft_of: Callable[[Placed], Draft],
) -> None:
    """Put notes as they were built in the place of what they are read as, where a record holds just that."""
    held = Counter((record.kind, record.content) for record in records if record.content)

    def takes(found: Found) -> bool:
        for content in (found.content, found.exact):
            if held[found.kind, content] > 0:
                held[found.kind, content] -= 1
                return True
        return False

    for at, (_, draft) in enumerate(built):
        known[at] = known[at] or takes(draft.found)
    for at, (place, _) in enumerate(built):
        for way in () if known[at] else _ways(place):
            if takes((draft := draft_of(way)).found):
                built[at], known[at] = (way, draft), True
                break


def _ways(place: Placed) -> Iterator[Placed]:
    """What else a note may have been: asked in reverse too, or read otherwise, in reverse too or not."""
    if not place.note.reverse:
        yield from _reversed(place)
    for reading in place.note.readings:
        way = replace(place, note=reading)
        yield way
        if reading.reverse:
            yield replace(place, note=replace(reading, reverse=False))
        else:
            yield from _reversed(way)


def _reversed(place: Placed) -> Iterator[Placed]:
    if _may_reverse(place):
        yield replace(place, note=replace(place.note, reverse=True))


def _may_reverse(place: Placed) -> bool:
    """Whether the settings let a note be asked in reverse which is not: rows and formulas unless they say no."""
    note, said = place.note, place.document.reverse
    if note.reverse or note.kind is Kind.CLOZE:
        return False
    return said is not False if note.kind is not Kind.QA else said is True and choice(note) is None


def _was_reversed(record: NoteRecord, draft: Draft) -> bool:
    """Whether a record of the note in this draft, which isn't asked in reverse, was: rows hold nothing else there."""
    return rest(record) not in ("", rest(draft.found))


def _as_siblings(
    placed: Sequence[Placed], built: list[Built], known: Sequence[bool], draft_of: Callable[[Placed], Draft]
) -> list[Built]:
    """The notes, new rows of a table read as most of its rows are that learners have."""
    tables = [_table(place) for place in placed]
    ways: defaultdict[tuple[str, ...], Counter[tuple[Kind, str]]] = defaultdict(Counter)
    for table, (place, _), is_known in zip(tables, built, known, strict=True):
        if table and is_known:
            ways[table][_way(place.note)] += 1
    found = []
    for table, (place, draft), is_known in zip(tables, built, known, strict=True):
        if table and not is_known and table in ways:
            most = ways[table].most_common(1)[0][0]
            reading = next((n for n in (place.note, *place.note.readings) if _way(n) == most), place.note)
            if reading is not place.note:
                place = replace(place, note=reading)
                draft = draft_of(place)
        found.append((place, draft))
    return found


def _table(place: Placed) -> tuple[str, ...]:
    """Which table a row stands in that may be read in several ways; empty for other notes."""
    note = place.note
    row = next((n for n in (note, *note.readings) if n.kind is not Kind.QA), None) if note.readings else None
    return (place.document.source, row.title, row.column) if row else ()


def _way(note: Note) -> tuple[Kind, str]:
    return note.kind, note.column


def _kinds(
    placed: Sequence[Placed], questions: Sequence[str], lock: Lock, gone: frozenset[str]
) -> list[Kind]:
    """The kind of each note; one that was a question, a row or a formula, of the same words, stays what it was.

    `questions` are what the notes ask, as locks hold it.
    """
    ours = [r for r in lock.notes if r.kind in _EXCHANGED]
    exchanged = [kind for kind in _EXCHANGED if any(r.kind is kind for r in ours)]
    known = [
        *((r, "" if r.source in gone else r.source) for r in ours),
        *((r, _ANYWHERE) for r in ours if not r.removed),
    ]
    asking = Counter((r.kind, source, r.question) for r, source in known)
    telling = Counter((r.kind, source, r.question, r.sketch) for r, source in known if r.sketch)
    keys = [(place.document.source, question) for place, question in zip(placed, questions, strict=True)]
    counts = Counter(keys)

    def was(note: Note, other: Note, key: tuple[str, str]) -> bool:
        """Whether the note was another kind of note; where several ask the same, their answers tell."""
        ways = key, ("", key[1]), ("", question_hash(key[1])), (_ANYWHERE, key[1])
        if not any((other.kind, *way) in asking for way in ways):
            return False
        before = asking[other.kind, *key]
        if (note.kind, *key) not in asking and before >= counts[key]:
            return True
        if (note.kind, *key) in asking or counts[key] > 1:
            mine, theirs = sketch(answered(note)), sketch(answered(other))
            return any(
                telling[other.kind, *way, told] == 1 and (note.kind, *way, mine) not in telling
                for way in ways[:2]
                for told in {mine, theirs}
            )
        return any(asking[other.kind, *way] == 1 and (note.kind, *way) not in asking for way in ways[1:])

    def kind_of(note: Note, key: tuple[str, str]) -> Kind:
        for kind in exchanged if note.kind in _EXCHANGED else ():
            if kind is not note.kind:
                other = next((n for n in note.readings if n.kind is kind), None) or replace(note, kind=kind)
                if was(note, other, key):
                    return kind
        return note.kind

    return [kind_of(place.note, key) for place, key in zip(placed, keys, strict=True)]
