"""Identity: which note of the lock each note of the documents is.

A note is found again by the id that its author gave it, else by its question: in its place, then anywhere in
its source, then in another source. The rest is new. Identity never comes from the content itself, which
changes; the lock remembers it. Pure: lock and clock come in, the next lock goes out.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.lock import Lock, NoteRecord
from deckbuild.model import Kind

SLOT = 512
"""Distance of two note ids: room for the ids of a note's cards, of which Anki allows 499."""

_FIRST_ID = 1_000_000_000_000
_SLOTS = 700_000_000_000 // SLOT
"""Note ids look like times in milliseconds from 2001 to 2023, since Anki shows them as dates of creation and
rewrites those that lie in the future."""

_SKETCH_WORDS = 16


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


PASSES: tuple[Callable[[Found | NoteRecord], Hashable], ...] = (
    lambda note: (note.kind, note.id) if note.id else None,
    lambda note: (note.kind, note.source, note.section, note.question),
    lambda note: (note.kind, note.source, note.question),
    lambda note: (note.kind, note.question),
)
"""What must be equal, and not None, for two notes to be one: the author's id, then from strict to loose."""


def identify(
    found: Sequence[Found], lock: Lock, now: int, settled: Collection[str]
) -> tuple[tuple[NoteRecord, ...], Lock]:
    """The record of each note found, in the same order, and the lock with all of them.

    `settled` are the sources whose fate this build knows: those that were read, and those whose file is gone.
    Only notes of these can be moved or count as removed; all others stay as they are. `now` is in seconds
    since 1970 (UTC).
    """
    known = [record for record in lock.notes if record.removed or record.source in settled]
    matches = _match(found, known)
    taken = {record.guid for record in lock.notes}
    records = []
    for place, note in enumerate(found):
        old = matches.get(place)
        record = _updated(old, note, now) if old else _created(note, lock.namespace, now, taken)
        taken.add(record.guid)
        records.append(record)
    kept = {record.guid for record in records}
    rest = (
        _buried(record, now) if record.source in settled else record
        for record in lock.notes
        if record.guid not in kept
    )
    return tuple(records), replace(lock, notes=tuple(sorted((*records, *rest), key=lambda r: r.guid)))


def _match(found: Sequence[Found], known: Iterable[NoteRecord]) -> dict[int, NoteRecord]:
    """For the place of each note found that the lock knows, its record."""
    matches: dict[int, NoteRecord] = {}
    left = {record.guid: record for record in known}
    for key in PASSES:
        groups: defaultdict[Hashable, list[NoteRecord]] = defaultdict(list)
        for record in left.values():
            if (value := key(record)) is not None:
                groups[value].append(record)
        asking: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place, note in enumerate(found):
            if place not in matches and key(note) in groups:
                asking[key(note)].append(place)
        for value, places in asking.items():
            for place, record in _pair(places, groups[value], found):
                matches[place] = record
                del left[record.guid]
    return matches


def _pair(
    places: Sequence[int], records: Sequence[NoteRecord], found: Sequence[Found]
) -> Iterable[tuple[int, NoteRecord]]:
    """Notes and records that ask the same, paired: living records first, then the most similar answers."""
    if len(places) == len(records) == 1:
        return [(places[0], records[0])]
    ranked = sorted(
        ((place, record) for place in places for record in records),
        key=lambda couple: (
            couple[1].removed > 0,
            -similarity(found[couple[0]].sketch, couple[1].sketch),
            couple[0],
            couple[1].guid,
        ),
    )
    pairs: dict[int, NoteRecord] = {}
    used: set[str] = set()
    for place, record in ranked:
        if place not in pairs and record.guid not in used:
            pairs[place] = record
            used.add(record.guid)
    return pairs.items()


def _updated(old: NoteRecord, note: Found, now: int) -> NoteRecord:
    """The record with what the note now is; its time rises only if what Anki stores has changed."""
    changed = (old.fields, old.tags) != (note.fields, note.tags)
    return replace(
        old,
        source=note.source,
        section=note.section,
        question=note.question,
        sketch=note.sketch,
        fields=note.fields,
        tags=note.tags,
        id=note.id,
        modified=max(now, old.modified + 1) if changed else old.modified,
        removed=0,
    )


def _created(note: Found, namespace: str, now: int, taken: Collection[str]) -> NoteRecord:
    """A new record; its guid comes from the place and question it is first seen with."""
    number = 0
    while (
        guid := _hash(namespace, note.kind, note.source, note.section, note.question, str(number))
    ) in taken:
        number += 1
    return NoteRecord(
        guid=guid,
        kind=note.kind,
        source=note.source,
        section=note.section,
        question=note.question,
        sketch=note.sketch,
        fields=note.fields,
        tags=note.tags,
        deck=note.deck,
        modified=now,
        id=note.id,
    )


def _buried(record: NoteRecord, now: int) -> NoteRecord:
    return record if record.removed else replace(record, removed=now)


def _hash(*parts: str) -> str:
    """16 hex digits, so that among a million notes two share one with a chance of 3 in 10⁸."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def field_hash(text: str) -> str:
    """12 hex digits of one field: enough to see a change."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def note_id(guid: str) -> int:
    """The number that a note asks for in the user's collection: from its guid alone, never from a counter."""
    digest = hashlib.blake2b(guid.encode(), digest_size=8).digest()
    return _FIRST_ID + int.from_bytes(digest) % _SLOTS * SLOT


def sketch(text: str) -> str:
    """The smallest hashes of the words of a text: enough to tell how many words two texts share.

    A bottom-k sketch (Cohen, "Size-estimation framework", 1997) of k = 16 hashes of 6 hex digits each.
    """
    words = {zlib.crc32(word.encode()) & 0xFFFFFF for word in text.casefold().split()}
    return "".join(f"{value:06x}" for value in sorted(words)[:_SKETCH_WORDS])


def similarity(one: str, other: str) -> float:
    """Share of words that two sketched texts have in common, estimated: 0 to 1."""
    first, second = _values(one), _values(other)
    smallest = set(sorted(first | second)[:_SKETCH_WORDS])
    return len(smallest & first & second) / len(smallest) if smallest else 1.0


def _values(text: str) -> set[str]:
    return {text[at : at + 6] for at in range(0, len(text), 6)}
