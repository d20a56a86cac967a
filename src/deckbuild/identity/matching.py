"""Which note of the lock each note of the documents is: equal ones first, then edited ones that are clear.

A guess costs more than a question: a wrong match puts a learner's history on another card, a missed one loses
it. So what is neither clearly the same nor clearly another is left to the author.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from deckbuild.identity.edited import Doubt, edited
from deckbuild.identity.found import Found
from deckbuild.identity.hashing import back
from deckbuild.identity.lock import NoteRecord, question_hash
from deckbuild.identity.words import LONG_ANSWER, hashes
from deckbuild.machine.regex import regex

COMPANY = 2
"""Notes that went from one place to another, at least, for a further one to be looked for there."""

_NUMBER = regex(r"\d+")


class OpenQuestion(Struct, frozen=True):
    """A note, by its place, that may be one of some records, edited, or a new note; the likeliest comes first."""

    place: int
    rivals: tuple[NoteRecord, ...]


class Matches(Struct, frozen=True):
    """Records by the place of their note, what is left to the author, and how many were not compared."""

    records: dict[int, NoteRecord]
    unclear: tuple[OpenQuestion, ...]
    uncompared: int = 0


Key = Callable[[Found | NoteRecord], Hashable]


def _is_long(note: Found | NoteRecord) -> bool:
    """Whether its answer is no other note's by chance."""
    return len(hashes(note.sketch)) >= LONG_ANSWER


EQUAL: tuple[Key, ...] = (
    lambda note: (note.kind, note.id) if note.id else None,
    lambda note: (note.kind, note.source, note.section, note.content),
    lambda note: (note.kind, note.source, note.content),
    lambda note: (note.kind, note.source, note.section, note.question, back(note)),
    lambda note: (note.kind, note.source, note.question, back(note)),
    lambda note: (note.kind, note.content),
    lambda note: (note.kind, note.question, back(note)),
)
"""What must be equal, and not None, for two notes to be one: the author's id, then question and answer.

Content goes before place, so that history moves along with what was learnt where two notes swap theirs; but a
note of the same words in its own document goes before an equal one elsewhere."""

ALONE: tuple[Key, ...] = (
    lambda note: (
        (note.kind, note.source, _NUMBER.sub("#", note.question), back(note)) if _is_long(note) else None
    ),
    lambda note: (note.kind, note.source, note.section, note.question),
)
"""What is enough where one note and one record have it: a number in the question may count, so a long answer that
moved to another number goes before the number; then the same question below the same titles."""


def match(found: Sequence[Found], known: Iterable[NoteRecord], decided: Mapping[int, str]) -> Matches:
    """The records of the notes found. `decided` are places that the author settled: a guid, "" for new."""
    known = list(known)
    by_guid = {record.guid: record for record in known}
    records = {place: by_guid[guid] for place, guid in decided.items() if guid in by_guid}
    taken = {record.guid for record in records.values()}
    living = [record for record in known if not record.removed and record.guid not in taken]
    gone = [record for record in known if record.removed and record.guid not in taken]
    places = [place for place in range(len(found)) if place not in decided]
    for key in EQUAL:
        places, living = _take(_equal(places, found, living, key), places, living, records)
    all_living = [record for record in known if not record.removed]
    for key in ALONE if places and living else ():
        counts = Counter(map(key, found)), Counter(map(key, all_living))
        alone = (
            (place, record)
            for place, record in _equal(places, found, living, key)
            if all(count[key(record)] == 1 for count in counts)
        )
        places, living = _take(alone, places, living, records)
    places, living = _take(_along(places, found, living, all_living, records), places, living, records)
    places, living = _take(_old(places, found, living), places, living, records)
    doubts: Sequence[Doubt] = ()
    uncompared = 0
    if places and living:
        result = edited(places, found, living, all_living, records)
        records |= result.records
        places = [place for place in places if place not in records]
        doubts, uncompared = result.doubts, result.uncompared
    records |= _returned(places, found, gone)
    unclear = tuple(OpenQuestion(d.place, d.rivals) for d in doubts if d.place not in records)
    return Matches(records, unclear, uncompared)


def _take(
    pairs: Iterable[tuple[int, NoteRecord]],
    places: list[int],
    living: list[NoteRecord],
    records: dict[int, NoteRecord],
) -> tuple[list[int], list[NoteRecord]]:
    """Keep the pairs in `records`; the places and records that are left."""
    found = dict(pairs)
    if not found:
        return places, living
    records |= found
    taken = {record.guid for record in found.values()}
    return [p for p in places if p not in found], [r for r in living if r.guid not in taken]


def _equal(
    places: Sequence[int], found: Sequence[Found], records: Sequence[NoteRecord], key: Key
) -> Iterator[tuple[int, NoteRecord]]:
    """Notes and records with one key, paired in their order; that of records is the order of guids."""
    for group, same in _groups(places, found, records, key):
        yield from zip(group, same, strict=False)


def _along(
    places: Sequence[int],
    found: Sequence[Found],
    left: Sequence[NoteRecord],
    living: Sequence[NoteRecord],
    matched: Mapping[int, NoteRecord],
) -> Iterator[tuple[int, NoteRecord]]:
    """Notes that alone ask where they stand what a record alone asked where most others came from there.

    Titles and documents are renamed, parted and brought together while answers are written anew.
    """
    if not places or not left:
        return
    ways = Counter((_home(record), _home(found[place])) for place, record in matched.items())
    # The commonest last, of equal ones the first by name: a later pair of a dict counts.
    commonest = sorted(sorted(ways, reverse=True), key=ways.__getitem__)
    to, back_to = dict(commonest), {new: old for old, new in commonest}
    asks, asked_before = (
        Counter((*_home(note), note.kind, note.question) for note in side) for side in (found, living)
    )
    asked: defaultdict[Hashable, list[NoteRecord]] = defaultdict(list)
    for record in left:
        if asked_before[*_home(record), record.kind, record.question] == 1:
            asked[record.kind, record.question].append(record)
    taken: set[str] = set()
    for place in places:
        note = found[place]
        new = _home(note)
        if asks[*new, note.kind, note.question] != 1:
            continue
        same = [
            record
            for record in asked[note.kind, note.question]
            if record.guid not in taken
            and ways[_home(record), new] >= COMPANY
            and (to[_home(record)] == new or back_to[new] == _home(record))
        ]
        if len(same) == 1:
            taken.add(same[0].guid)
            yield place, same[0]


def _home(note: Found | NoteRecord) -> tuple[str, str]:
    return note.source, note.section


def _old(
    places: Sequence[int], found: Sequence[Found], records: Sequence[NoteRecord]
) -> Iterator[tuple[int, NoteRecord]]:
    """Notes that ask what a record of a lock of schema 1 asks, in the words of that schema."""
    old = [record for record in records if record.whole]
    asking: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place in places if old else ():
        asking[found[place].kind, found[place].whole].append(place)
    counts = Counter((record.kind, record.question) for record in old)
    for record in old:
        group = asking.get((record.kind, record.question), [])
        if len(group) == 1 == counts[record.kind, record.question]:
            yield group[0], record


def _groups(
    places: Sequence[int], found: Sequence[Found], records: Sequence[NoteRecord], key: Key
) -> Iterator[tuple[list[int], list[NoteRecord]]]:
    groups: defaultdict[Hashable, list[NoteRecord]] = defaultdict(list)
    for record in records:
        if (value := key(record)) is not None:
            groups[value].append(record)
    asking: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        if (value := key(found[place])) in groups:
            asking[value].append(place)
    return ((group, groups[value]) for value, group in asking.items())


def _returned(
    places: Sequence[int], found: Sequence[Found], gone: Sequence[NoteRecord]
) -> dict[int, NoteRecord]:
    """Removed notes that are there again: by the author's id, content, question, or a long answer of their own."""
    left = sorted(gone, key=lambda record: (-record.removed, record.guid))
    records: dict[int, NoteRecord] = {}
    for key_of_note, key_of_record in _RETURNED:
        by_key: defaultdict[Hashable, list[NoteRecord]] = defaultdict(list)
        for record in left:
            by_key[key_of_record(record)].append(record)
        for place in places:
            value = key_of_note(found[place])
            if place not in records and value is not None and (same := by_key.get(value)):
                records[place] = same.pop(0)
        taken = {record.guid for record in records.values()}
        left = [record for record in left if record.guid not in taken]
    answers = Counter((note.kind, back(note)) for note in found)
    answered = Counter((record.kind, back(record)) for record in left)
    by_answer = {(record.kind, back(record)): record for record in left}
    for place in places:
        answer = found[place].kind, back(found[place])
        if place not in records and _is_long(found[place]) and answers[answer] == answered[answer] == 1:
            records[place] = by_answer[answer]
    return records


_RETURNED: tuple[tuple[Callable[[Found], Hashable], Callable[[NoteRecord], Hashable]], ...] = (
    (lambda note: (note.kind, note.id) if note.id else None, lambda record: (record.kind, record.id)),
    (lambda note: (note.kind, note.content), lambda record: (record.kind, record.content)),
    (
        lambda note: (note.kind, question_hash(note.question)),
        lambda record: (record.kind, record.question) if not record.whole else None,
    ),
    (
        lambda note: (note.kind, question_hash(note.whole)),
        lambda record: (record.kind, record.question) if record.whole else None,
    ),
)
