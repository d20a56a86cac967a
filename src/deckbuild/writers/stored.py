"""A library as Anki stores it: notes with their values and ids, and decks. Nothing is written here."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator

from msgspec import Struct

from deckbuild.model import Entry, Kind, Library
from deckbuild.writers import fields
from deckbuild.writers.note_types import NoteType

SLOT = 512
"""Distance between note ids: room for the ids of a note's cards, of which Anki allows 500."""


class StoredNote(Struct, frozen=True):
    """A note as Anki stores it.

    `due` is its place among new cards, counted from 1; `ordinals` say which cards it has.
    """

    entry: Entry
    id: int
    due: int
    values: tuple[str, ...]
    tags: tuple[str, ...]
    ordinals: tuple[int, ...]


def stored_notes(library: Library, note_types: dict[Kind, NoteType]) -> Iterator[StoredNote]:
    """The notes in ascending order of their ids, each rendered when it is asked for.

    Raises `ValueError` if two entries have one guid: Anki would keep both and update either.
    """
    titles = {document.source: document.title for document in library.documents}
    ids = note_ids(library.entries)
    for place in sorted(range(len(ids)), key=ids.__getitem__):
        entry = library.entries[place]
        title = titles.get(entry.source, "")
        values = fields.render(entry.note, entry.section, entry.source, title, entry.guid)
        yield StoredNote(
            entry,
            ids[place],
            place + 1,
            values,
            fields.tags(entry.note, entry.section),
            fields.card_ordinals(note_types[entry.note.kind], values),
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


def deck_names(entries: Iterable[Entry]) -> list[str]:
    """The decks of entries with all decks above them, sorted; Anki would make the missing ones by itself."""
    names: set[str] = set()
    for deck in {entry.deck for entry in entries}:
        parts = deck.split("::")
        names.update("::".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return sorted(names)


def deck_id(name: str) -> int:
    """The id of a deck, from its name alone, in any case of letters, as Anki compares names."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return 2**40 + int.from_bytes(hashlib.sha256(folded.encode()).digest()[:6])
