"""Identity: the record of each note in the lock, kept through edits, moves and renames.

Identity never comes from the content itself, which changes; the lock remembers it. Pure: lock and clock come
in, the next lock goes out.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import count, islice

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.cards.stored import SLOT
from deckbuild.identity.found import Found
from deckbuild.identity.heirs import heirs
from deckbuild.identity.lock import FIRST, RETIRED, Lock, NoteRecord, SourceRecord, buried
from deckbuild.identity.matching import OpenQuestion, match

_FIRST_ID = 1_000_000_000_000
_SLOTS = 700_000_000_000 // SLOT
"""Note ids look like times in milliseconds from 2001 to 2023, since Anki shows them as dates of creation and
rewrites those that lie in the future."""


class Identified(Struct, frozen=True):
    """The record of each note found, in the same order, and its deck; the lock with all; what was not clear.

    `outdated` are the guids of notes whose context is newer than what those have who imported them;
    `uncompared` counts the records that were left without being compared with any note.
    """

    records: tuple[NoteRecord, ...]
    decks: tuple[str, ...]
    lock: Lock
    unclear: tuple[OpenQuestion, ...]
    outdated: frozenset[str] = frozenset()
    uncompared: int = 0


def identify(
    found: Sequence[Found],
    lock: Lock,
    now: int,
    sources: Sequence[SourceRecord],
    settled: Collection[str],
    decided: Mapping[int, str],
    refresh: bool = False,
    others: Sequence[Found] = (),
    reachable: Collection[str] = (),
) -> Identified:
    """Find each note again, or make it a new one.

    `sources` are the records of all sources that there are now, those of new ones with the deck that they get
    if most of their notes are new. `settled` are the sources whose fate this build knows: those that were
    read, and those whose file is gone. Only notes of these can be moved or count as removed; all others stay
    as they are. `now` is in seconds since 1970 (UTC). `decided` are notes, by place, that the author settled:
    the guid to keep, "" for a new note. With `refresh` a changed context makes a note newer too. What is
    unclear is a new note in the result, for those who only look; a build must not keep it.

    `others` are notes of documents that are not part of the build: a record that is one of theirs goes to
    their source, and is else left as it is. `reachable` are sources whose notes may have been moved into the
    build, but not removed by it.
    """
    lock = _of_today(lock, (*found, *others))
    within = {*settled, *reachable}
    known = [record for record in lock.notes if record.removed or record.source in within]
    matches = match([*found, *others], known, decided)
    open_guids = [record.guid for doubt in matches.unclear for record in doubt.rivals]
    inherited = heirs(found, matches.records, lock, settled, open_guids)
    stood_by = {matches.records[place].guid for place in inherited}
    matches = replace(matches, records=matches.records | inherited)
    left = {
        record.guid: others[place - len(found)].source
        for place, record in matches.records.items()
        if place >= len(found)
    }
    matches = replace(
        matches,
        records={place: record for place, record in matches.records.items() if place < len(found)},
        unclear=tuple(doubt for doubt in matches.unclear if doubt.place < len(found)),
    )
    new = _new_guids([place for place in range(len(found)) if place not in matches.records], found, lock)
    deck_of = {record.source: record.deck for record in lock.sources}
    sources = _kept_decks(sources, found, matches.records, deck_of)
    next_deck_of = {record.source: record.deck for record in sources}
    guids = [new[place] if place in new else matches.records[place].guid for place in range(len(found))]
    records = []
    decks = []
    latest: dict[str, str] = {}
    for place, note in enumerate(found):
        home = next_deck_of[note.source]
        old = matches.records.get(place)
        deck = home if old is None else old.deck or deck_of.get(old.source, home)
        record = _record(note, old or NoteRecord(guids[place]), now, refresh)
        records.append(
            replace(record, after=latest.get(note.source, FIRST), deck="" if deck == home else deck)
        )
        decks.append(deck)
        latest[note.source] = guids[place]
    kept = set(guids)
    rest = (
        record
        if record.removed or record.source not in settled
        else _moved_away(record, left[record.guid], deck_of)
        if record.guid in left
        else buried(record, now)
        for record in lock.notes
        if record.guid not in kept | stood_by
    )
    notes = tuple(sorted((*records, *rest), key=lambda record: record.guid))
    after = replace(lock, notes=notes, sources=tuple(sources))
    outdated = frozenset(
        record.guid for record, note in zip(records, found, strict=True) if record.context != note.context
    )
    return Identified(tuple(records), tuple(decks), after, matches.unclear, outdated, matches.uncompared)


def _of_today(lock: Lock, found: Sequence[Found]) -> Lock:
    """The lock, with the hashes of today where an older one holds those of what is there."""
    content_of = {note.exact: note.content for note in found if note.exact}
    notes = (
        replace(record, content=content_of[record.content]) if record.content in content_of else record
        for record in lock.notes
    )
    return replace(lock, notes=tuple(notes)) if content_of else lock


def _kept_decks(
    sources: Sequence[SourceRecord],
    found: Sequence[Found],
    matched: Mapping[int, NoteRecord],
    deck_of: Mapping[str, str],
) -> list[SourceRecord]:
    """The sources; a new one whose notes were there before, half of them or more, takes over their deck.

    So a renamed document keeps its deck, and new notes come to those that are there: Anki moves no card.
    """
    counts = Counter(note.source for note in found)
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for place, record in matched.items():
        source = found[place].source
        if source not in deck_of and (deck := record.deck or deck_of.get(record.source, "")):
            votes[source][deck] += 1
    kept = {}
    for source, decks in votes.items():
        deck, most = min(decks.items(), key=lambda pair: (-pair[1], pair[0]))
        if 2 * most >= counts[source]:
            kept[source] = deck
    return [replace(r, deck=kept[r.source]) if r.source in kept else r for r in sources]


def _record(note: Found, old: NoteRecord, now: int, refresh: bool) -> NoteRecord:
    """The record of what the note now is; its time rises only if what is learnt has changed.

    The context stays as it was then: that is what those have who imported the note.
    """
    is_new = not old.content
    is_told = old.context != note.context and (refresh or old.context == RETIRED)
    changed = is_new or old.content != note.content or is_told
    return NoteRecord(
        guid=old.guid,
        kind=note.kind,
        source=note.source,
        section=note.section,
        question=note.question,
        sketch=note.sketch,
        content=note.content,
        context=note.context if changed else old.context,
        modified=old.modified if not changed else now if is_new else max(now, old.modified + 1),
        id=note.id,
        joined=old.joined,
        joint=old.joint,
    )


def _moved_away(record: NoteRecord, source: str, deck_of: Mapping[str, str]) -> NoteRecord:
    """A note that was moved to a source that isn't part of the build: the build of that one will find it there."""
    return replace(record, source=source, after="", deck=record.deck or deck_of.get(record.source, ""))


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


def _hash(*parts: str) -> str:
    """16 hex digits, so that among a million notes two share one with a chance of 3 in 10⁸."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def note_id(guid: str) -> int:
    """The number that a note asks for in the user's collection: from its guid alone, never from a counter."""
    digest = hashlib.blake2b(guid.encode(), digest_size=8).digest()
    return _FIRST_ID + int.from_bytes(digest) % _SLOTS * SLOT
