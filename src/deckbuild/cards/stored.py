"""A library as Anki stores it: notes with their values and ids, and decks. Nothing is written here."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.cards import fields
from deckbuild.cards.fields import RenderedNote
from deckbuild.cards.note_types import NoteType
from deckbuild.model import Entry, Kind, Library

SLOT = 512
"""Distance of two note ids: room for the ids of a note's cards, of which Anki allows 499."""


class StoredNote(Struct, frozen=True):
    """A note as Anki stores it.

    `modified` is in seconds since 1970 (UTC), `due` its place among new cards, counted from 1, `reverse_due` that
    of the card that asks in reverse: behind all others, or a session would show it right behind the one that gave
    it away. `ordinals` say which cards it has.
    """

    guid: str
    kind: Kind
    deck: str
    modified: int
    id: int
    due: int
    values: tuple[str, ...]
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]
    reverse_due: int = 0


def rendered_notes(library: Library) -> tuple[RenderedNote, ...]:
    """The notes of a library in the order of its entries, where they haven't been rendered yet."""
    titles = {document.source: document.title for document in library.documents}
    return tuple(
        fields.rendered(
            e.note,
            e.section,
            e.source,
            titles.get(e.source, ""),
            e.also,
            [(titles.get(other.source) or other.source, other) for other in e.others],
            library.name,
        ).with_guid(e.guid)
        for e in library.entries
    )


def stored_notes(
    library: Library, note_types: dict[Kind, NoteType], rendered: Sequence[RenderedNote] | None = None
) -> Iterator[StoredNote]:
    """The notes in ascending order of their ids.

    `rendered` are the notes in the order of the library's entries, if they have been rendered already.
    Raises `ValueError` if two entries have one guid: Anki would keep both and update either.
    """
    rendered = rendered_notes(library) if rendered is None else rendered
    ids = note_ids(library.entries)
    for place in sorted(range(len(ids)), key=ids.__getitem__):
        entry, note = library.entries[place], rendered[place]
        yield StoredNote(
            entry.guid,
            entry.note.kind,
            entry.deck,
            entry.modified,
            ids[place],
            place + 1,
            note.values,
            note.tags,
            fields.card_ordinals(note_types[entry.note.kind], note.values),
            len(ids) + place + 1,
        )


def note_ids(entries: tuple[Entry, ...]) -> list[int]:
    """Note ids in the order of entries: the first choice or the next free slot, smaller guids first."""
    by_guid = sorted(range(len(entries)), key=lambda place: entries[place].guid)
    ids = [0] * len(entries)
    taken: set[int] = set()
    previous = None
    for place in by_guid:
        entry = entries[place]
        if entry.guid == previous:
            raise ValueError(f"two notes have the guid {entry.guid!r}")
        previous = entry.guid
        note_id = entry.note_id
        while note_id in taken:
            note_id += SLOT
        taken.add(note_id)
        ids[place] = note_id
    return ids


def placed(retired: Iterable[StoredNote], entries: tuple[Entry, ...]) -> Iterator[StoredNote]:
    """Retired notes behind the notes of `entries`, with ids that none of those has."""
    taken = set(note_ids(entries))
    for due, note in enumerate(retired, len(entries) + 1):
        id = note.id
        while id in taken:
            id += SLOT
        taken.add(id)
        yield replace(note, id=id, due=due)


def deck_names(decks: Iterable[str]) -> list[str]:
    """The decks with all decks above them, sorted; Anki would make the missing ones by itself."""
    names: set[str] = set()
    for deck in set(decks):
        parts = deck.split("::")
        names.update("::".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return sorted(names)


def deck_id(name: str) -> int:
    """The id of a deck, from its name alone, in any case of letters, as Anki compares names."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return 2**40 + int.from_bytes(hashlib.sha256(folded.encode()).digest()[:6])
