"""Libraries: all documents of a collection with their notes in order, each with its identity."""

from __future__ import annotations

from msgspec import Struct

from deckbuild.model.documents import SCHEMA, Document, Kind, Note


class Joined(Struct, frozen=True, omit_defaults=True):
    """What a note says beside an entry that asks the same and stands for it.

    Its question is empty where the entry asks it in the same words, its answer where that is in sight already.
    """

    note: Note
    source: str
    section: tuple[str, ...]


class Entry(Struct, frozen=True, omit_defaults=True):
    """A note with its place and its identity, as the writers take it.

    `guid` is Anki's identity of the note, `note_id` its first choice of a number in the user's collection,
    `modified` the time in seconds since 1970 (UTC) at which its rendered content last changed. The order of
    a library's entries is the order in which new cards are shown.
    """

    note: Note
    source: str
    section: tuple[str, ...]
    deck: str
    guid: str
    note_id: int
    modified: int
    also: tuple[str, ...] = ()
    """Titles of further sources that give the same formula or question, for whose notes this one stands."""
    others: tuple[Joined, ...] = ()
    """What the notes that ask the same say beside the answer in sight, which is the fullest of theirs."""


class Duplicates(Struct, frozen=True, omit_defaults=True):
    """Notes that ask the same; `members` are places in the library's entries."""

    members: tuple[int, ...]
    verdict: str
    score: float
    why: str


class Medium(Struct, frozen=True):
    """An image file: a name made of its content, which is the same for equal files, and its bytes."""

    name: str
    data: bytes


class Library(Struct, frozen=True, omit_defaults=True):
    """All documents of a collection, collated: what the writers render.

    `media` are the images that its documents show.
    `note_types` gives for each kind the time at which its note type last changed, `updated` the last change
    of any source, both in seconds since 1970 (UTC).
    """

    name: str
    documents: tuple[Document, ...]
    entries: tuple[Entry, ...]
    groups: tuple[Duplicates, ...] = ()
    note_types: dict[Kind, int] = {}
    updated: int = 0
    media: tuple[Medium, ...] = ()
    schema: int = SCHEMA
