"""Lines of notes in locks of schemas 1 and 2, and what of them means the same today; nothing in Anki changes.

Schema 1 holds a hash for each field, from which those of content and context follow; sketches of other words,
which are left out; and no order. Unchanged notes are found by their content. Schema 2 holds a hash of the rest of
what is learnt even where all of it is empty.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from deckbuild.identity.content import content_and_context
from deckbuild.identity.hashing import EMPTY, PART, digest, rest, section_hash
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
_NOTHING = frozenset(digest(" ".join((EMPTY,) * fields), PART) for fields in range(32))
"""What schema 2 holds of so many fields, all of which are empty."""


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


def without_nothing(record: NoteRecord) -> NoteRecord:
    """A record of schema 2, without the hash of fields that are empty."""
    return replace(record, content=record.content[: 2 * PART]) if rest(record) in _NOTHING else record
