"""Locks of schema 1: their lines of notes, and what of them means the same today.

They hold a hash for each field, from which those of content and context follow; sketches of other words, which
are left out; and no order. Unchanged notes are found by their content, so nothing in Anki changes.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from deckbuild.identity.content import content_and_context
from deckbuild.identity.hashing import section_hash
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


DECODER = msgspec.json.Decoder(OldRecord)


def section(record: OldRecord) -> str:
    """The hash of the titles above a note."""
    return section_hash(record.section)


def content(record: OldRecord) -> tuple[str, str]:
    """The hashes of content and context."""
    return content_and_context(record.kind, record.fields, record.tags)
