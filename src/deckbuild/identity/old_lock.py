"""Locks of schema 1: their lines of notes, and what of them means the same today.

They hold a hash for each field, from which those of content and context follow; sketches of other words, which
are left out; and no order. Unchanged notes are found by their content, so nothing in Anki changes.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from deckbuild.identity.content import content_and_context
from deckbuild.identity.hashing import section_hash
from deckbuild.identity.lock import NoteRecord, buried
from deckbuild.model import Kind


class OldRecord(Struct, frozen=True, tag="note", tag_field="record"):
    """A note as schema 1 holds it."""

    guid: str
    kind: Kind
    source: str
    section: str
    question: str
    sketch: str
    fields: tuple[str, ...]
    tags: str
    deck: str
    modified: int
    removed: int = 0
    id: str = ""


_DECODER = msgspec.json.Decoder(OldRecord)


def record(line: str) -> NoteRecord:
    """The record of a line. Raises `msgspec.MsgspecError` where it holds none."""
    old = _DECODER.decode(line)
    content, context = content_and_context(old.kind, old.fields, old.tags)
    found = NoteRecord(
        guid=old.guid,
        kind=old.kind,
        source=old.source,
        section=section_hash(old.section),
        question=old.question,
        content=content,
        context=context,
        modified=old.modified,
        deck=old.deck,
        id=old.id,
        whole=True,
    )
    return buried(found, old.removed) if old.removed else found
