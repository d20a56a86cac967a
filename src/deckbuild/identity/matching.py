"""Which note of the lock each note of the documents is: equal ones first, then edited ones that are clear.

A guess costs more than a question: a wrong match puts a learner's history on another card, a missed one loses
it. So what is neither clearly the same nor clearly another is left to the author.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from rapidfuzz import fuzz

from deckbuild.identity.lock import NoteRecord
from deckbuild.model import Kind

CLEAR = 0.62
"""Likeness of an edited note: half of its words replaced in the question while the answer stays reach it, a
typo in the question with a third of the answer rewritten too."""

UNCLEAR = 0.5
"""Likeness below which two notes are different ones: two short questions of the same pattern about different
things, with different answers, stay below."""

MARGIN = 0.1
"""How much more alike than any rival the right one must be."""

MOST_COMPARED = 2_000_000
"""Pairs that are compared, in about three seconds."""

MOST_ASKING_THE_SAME = 10_000
"""Pairs of notes and records that ask the same, whose answers are compared; more are paired in order."""

_SKETCH_WORDS = 16
_HASH_DIGITS = 6


class Found(Struct, frozen=True):
    """A note of the documents as identity sees it: where it stands, what it asks, hashes of its content.

    `question` is normalised; `fields` and `tags` are hashes of what Anki would store, the guid left out.
    """

    kind: Kind
    source: str
    section: str
    question: str
    sketch: str
    fields: tuple[str, ...]
    tags: str
    deck: str
    id: str = ""


class Unclear(Struct, frozen=True):
    """A note, by its place, that may be one of some records, edited, or a new note."""

    place: int
    rivals: tuple[NoteRecord, ...]


class Matches(Struct, frozen=True):
    """Records by the place of their note, and what is left to the author."""

    records: dict[int, NoteRecord]
    unclear: tuple[Unclear, ...]


PASSES: tuple[Callable[[Found | NoteRecord], Hashable], ...] = (
    lambda note: (note.kind, note.id) if note.id else None,
    lambda note: (note.kind, note.source, note.section, note.question, note.fields),
    lambda note: (note.kind, note.fields),
    lambda note: (note.kind, note.question, note.fields[:2]),
    lambda note: (note.kind, note.source, note.section, note.question),
    lambda note: (note.kind, note.source, note.question),
    lambda note: (note.kind, note.question),
)
"""What must be equal, and not None, for two notes to be one: the author's id, then from strict to loose.

Content goes before place, so that history moves along with what was learnt where two notes swap theirs. The
first two fields are front and back. All fields alike finds the notes of a lock that was made from a package,
which holds no sources."""


SCOPES: tuple[Callable[[Found | NoteRecord], Hashable], ...] = (
    lambda note: note.kind,
    lambda note: (note.kind, note.source),
    lambda note: (note.kind, note.source, note.section),
)
"""What an edited note must have in common with its record: the first scope that leaves few enough pairs."""


def match(found: Sequence[Found], known: Iterable[NoteRecord], decided: Mapping[int, str]) -> Matches:
    """The records of the notes found. `decided` are places that the author settled: a guid, "" for new."""
    left = {record.guid: record for record in known}
    records = {place: left.pop(guid) for place, guid in decided.items() if guid in left}
    open_places = [place for place in range(len(found)) if place not in decided]
    for key in PASSES:
        for place, record in _equal(open_places, found, left.values(), key):
            records[place] = left.pop(record.guid)
        open_places = [place for place in open_places if place not in records]
    edited = _edited(open_places, found, list(left.values()))
    return Matches(records | edited.records, edited.unclear)


def _equal(
    places: Sequence[int],
    found: Sequence[Found],
    records: Iterable[NoteRecord],
    key: Callable[[Found | NoteRecord], Hashable],
) -> list[tuple[int, NoteRecord]]:
    """Notes and records with one key, paired: living records first, then the most similar answers.

    Where all are the same, notes in their order get records in the order of guids.
    """
    groups: defaultdict[Hashable, list[NoteRecord]] = defaultdict(list)
    for record in records:
        if (value := key(record)) is not None:
            groups[value].append(record)
    asking: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        if (value := key(found[place])) in groups:
            asking[value].append(place)
    return [pair for value, group in asking.items() for pair in _pair(group, groups[value], found)]


def _pair(
    places: Sequence[int], records: Sequence[NoteRecord], found: Sequence[Found]
) -> Iterator[tuple[int, NoteRecord]]:
    by_age = sorted(records, key=lambda record: (record.removed > 0, record.guid))
    contents = {found[place].fields for place in places} | {record.fields for record in records}
    if len(contents) == 1 or len(places) * len(records) > MOST_ASKING_THE_SAME:
        yield from zip(places, by_age, strict=False)
        return
    pairs = [(place, record) for place in places for record in by_age]
    pairs.sort(key=lambda pair: (pair[1].removed > 0, -similarity(found[pair[0]].sketch, pair[1].sketch)))
    used: set[int | str] = set()
    for place, record in pairs:
        if used.isdisjoint((place, record.guid)):
            used |= {place, record.guid}
            yield place, record


def _edited(places: Sequence[int], found: Sequence[Found], records: Sequence[NoteRecord]) -> Matches:
    """Notes that are clearly an edited record, and those that may be one that is still living."""
    likeness: dict[tuple[int, str], float] = {}
    for place, record in _comparable(places, found, records):
        score = alike(found[place], record)
        if score >= UNCLEAR:
            likeness[place, record.guid] = score
    best: defaultdict[int | str, list[float]] = defaultdict(list)
    for (place, guid), score in likeness.items():
        for side in (place, guid):
            best[side] = sorted((*best[side], score))[-2:]
    by_guid = {record.guid: record for record in records}
    clear: dict[int, NoteRecord] = {}
    for (place, guid), score in likeness.items():
        ahead = all(score == best[side][-1] and _lead(best[side]) >= MARGIN for side in (place, guid))
        if score >= CLEAR and ahead:
            clear[place] = by_guid[guid]
    taken = {record.guid for record in clear.values()}
    doubts: defaultdict[int, list[NoteRecord]] = defaultdict(list)
    for place, guid in likeness:
        if place not in clear and guid not in taken and not by_guid[guid].removed:
            doubts[place].append(by_guid[guid])
    return Matches(clear, tuple(Unclear(place, tuple(rivals)) for place, rivals in sorted(doubts.items())))


def _comparable(
    places: Sequence[int], found: Sequence[Found], records: Sequence[NoteRecord]
) -> Iterator[tuple[int, NoteRecord]]:
    """The pairs of the widest scope that has few enough; none if even the narrowest has too many."""
    for scope in SCOPES:
        groups: defaultdict[Hashable, list[NoteRecord]] = defaultdict(list)
        for record in records:
            groups[scope(record)].append(record)
        rivals = [(place, groups.get(scope(found[place]), [])) for place in places]
        if sum(len(group) for _, group in rivals) <= MOST_COMPARED:
            yield from ((place, record) for place, group in rivals for record in group)
            return


def _lead(scores: Sequence[float]) -> float:
    """By how much the best of ascending scores leads."""
    return scores[-1] - (scores[-2] if len(scores) > 1 else 0.0)


def alike(note: Found, record: NoteRecord) -> float:
    """How alike a note and a record are, 0 to 1: question and answer count the same, the place a little.

    An answer of hardly any words says nothing, so the question decides alone.
    """
    asked = float(fuzz.ratio(note.question, record.question)) / 100
    few = 4 * _HASH_DIGITS
    if len(note.sketch) < few or len(record.sketch) < few:
        score = asked
    else:
        score = (asked + similarity(note.sketch, record.sketch)) / 2
    same_place = (note.source, note.section) == (record.source, record.section)
    return min(1.0, score + (0.05 if same_place else 0.0))


def sketch(text: str) -> str:
    """The smallest hashes of the words of a text: enough to tell how many words two texts share.

    A bottom-k sketch (Cohen, "Size-estimation framework", 1997) of k = 16 hashes of 6 hex digits each.
    """
    words = {zlib.crc32(word.encode()) & 0xFFFFFF for word in text.casefold().split()}
    return "".join(f"{value:0{_HASH_DIGITS}x}" for value in sorted(words)[:_SKETCH_WORDS])


def similarity(one: str, other: str) -> float:
    """Share of words that two sketched texts have in common, estimated: 0 to 1."""
    first, second = _values(one), _values(other)
    smallest = set(sorted(first | second)[:_SKETCH_WORDS])
    return len(smallest & first & second) / len(smallest) if smallest else 1.0


def _values(text: str) -> set[str]:
    return {text[at : at + _HASH_DIGITS] for at in range(0, len(text), _HASH_DIGITS)}
