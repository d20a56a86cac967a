"""Identity: the record of each note in the lock, kept through edits, moves and renames.

Identity never comes from the content itself, which changes; the lock remembers it. Pure: lock and clock come
in, the next lock goes out.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import count, islice

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.cards.stored import SLOT
from deckbuild.identity.lock import Lock, NoteRecord
from deckbuild.identity.matching import Found, Unclear, match

_FIRST_ID = 1_000_000_000_000
_SLOTS = 700_000_000_000 // SLOT
"""Note ids look like times in milliseconds from 2001 to 2023, since Anki shows them as dates of creation and
rewrites those that lie in the future."""


class Identified(Struct, frozen=True):
    """The record of each note found, in the same order; the lock with all of them; what was not clear."""

    records: tuple[NoteRecord, ...]
    lock: Lock
    unclear: tuple[Unclear, ...]


def identify(
    found: Sequence[Found], lock: Lock, now: int, settled: Collection[str], decided: Mapping[int, str]
) -> Identified:
    """Find each note again, or make it a new one.

    `settled` are the sources whose fate this build knows: those that were read, and those whose file is gone.
    Only notes of these can be moved or count as removed; all others stay as they are. `now` is in seconds
    since 1970 (UTC). `decided` are notes, by place, that the author settled: the guid to keep, "" for a new
    note. What is unclear is a new note in the result, for those who only look; a build must not keep it.
    """
    known = [record for record in lock.notes if record.removed or record.source in settled]
    matches = match(found, known, decided)
    new = _new_guids([place for place in range(len(found)) if place not in matches.records], found, lock)
    records = [
        _created(note, new[place], now) if place in new else _updated(matches.records[place], note, now)
        for place, note in enumerate(found)
    ]
    kept = {record.guid for record in records}
    rest = (
        _buried(record, now) if record.source in settled else record
        for record in lock.notes
        if record.guid not in kept
    )
    notes = tuple(sorted((*records, *rest), key=lambda record: record.guid))
    return Identified(tuple(records), replace(lock, notes=notes), matches.unclear)


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
        modified=max(now, old.modified + 1) if changed else old.modified,
        removed=0,
        id=note.id,
    )


def _new_guids(places: Sequence[int], found: Sequence[Found], lock: Lock) -> dict[int, str]:
    """A guid for each new note, from the kind, place and question it is first seen with.

    Notes that share all these get theirs in ascending order, as `match` will pair them while they are equal.
    """
    taken = {record.guid for record in lock.notes}
    origins: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in places:
        note = found[place]
        origins[note.kind, note.source, note.section, note.question].append(place)
    guids: dict[int, str] = {}
    for origin, same in origins.items():
        hashes = (_hash(lock.namespace, *origin, str(number)) for number in count())
        fresh = sorted(islice((guid for guid in hashes if guid not in taken), len(same)))
        taken.update(fresh)
        guids |= zip(same, fresh, strict=True)
    return guids


def _created(note: Found, guid: str, now: int) -> NoteRecord:
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
