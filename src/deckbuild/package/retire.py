"""Retired notes: those that left the documents, sent once more from an older package with a tag.

An import deletes nothing, so this is how learners find what to delete. The tag comes with a later time, since
Anki takes nothing else; question, answer and schedule stay as they are.
"""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.cards import fields, note_types
from deckbuild.cards.stored import StoredNote
from deckbuild.identity.lock import RETIRED, Lock
from deckbuild.package.reader import Package

TAG = "deckbuild::retired"


def retire(lock: Lock, package: Package, now: int) -> tuple[Lock, tuple[StoredNote, ...]]:
    """The removed notes of the lock that `package` holds, tagged, and the lock that remembers the tag.

    A note that comes back is thereby newer than its retired self. Notes that were retired before stay as they
    were. `now` is in seconds since 1970 (UTC).
    """
    types = note_types.note_types()
    known = {note.guid: note for note in package.notes}
    records = []
    retired = []
    for record in lock.notes:
        note = known.get(record.guid)
        if record.removed and note and note.kind is record.kind:
            note_type = types[note.kind]
            values = {field.name: note.fields.get(field.name, "") for field in note_type.fields}
            note = replace(note, fields=values, tags=tuple(sorted({*note.tags, TAG}, key=str.casefold)))
            if record.context != RETIRED:
                later = max(now, record.modified + 1, note.modified + 1)
                record = replace(record, context=RETIRED, modified=later)
            stored = tuple(values.values())
            retired.append(
                StoredNote(
                    guid=note.guid,
                    kind=note.kind,
                    deck=note.deck,
                    modified=record.modified,
                    id=note.id,
                    due=0,
                    values=stored,
                    tags=note.tags,
                    ordinals=fields.card_ordinals(note_type, stored),
                )
            )
        records.append(record)
    return replace(lock, notes=tuple(records)), tuple(retired)
