"""Taking over the notes of another deck: their guids go into the lock, so that their cards keep their schedule."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from msgspec.structs import replace

from deckbuild.cards.note_types import note_types
from deckbuild.collection.media import gather
from deckbuild.commands.context import Context, collated, read_documents
from deckbuild.commands.lock_edits import keep
from deckbuild.identity import lock
from deckbuild.identity.lock import NoteRecord
from deckbuild.machine import folders
from deckbuild.package.adopt import adopted
from deckbuild.package.foreign import read_foreign
from deckbuild.report.counted import counted


def adopt(context: Context, path: Path) -> None:
    """Give notes of the documents the guids that they have in an export of Anki; those in the lock keep theirs.

    What is left to do in Anki is said: it never updates a note by one of another note type.
    """
    collection, report = context.collection, context.report
    foreign = read_foreign(path)
    with folders.alone(collection.root):
        before = lock.load(collection.lock) or lock.new()
        documents = read_documents(context)
        if report.failed:
            return
        gathered = gather(documents, collection.root)
        known = {record.guid for record in before.notes}
        entries = collated(context, gathered, before).library.entries
        free = [entry for entry in entries if entry.guid not in known]
        found = adopted(free, [note for note in foreign if note.guid not in known])
        stubs = [
            NoteRecord(note.guid, free[place].note.kind, free[place].source) for place, note in found.items()
        ]
        decided = {(free[p].source, free[p].note.span.line): note.guid for p, note in found.items()}
        if decided:
            made = collated(context, gathered, replace(before, notes=(*before.notes, *stubs)), decided)
            keep(context, before, made, decided.keys())
    ours = {kind: note_type.name for kind, note_type in note_types().items()}
    left = len(free) - len(found)
    report.say(f"{counted(len(found), 'note')} taken over; {left} of the documents are new, as before")
    ways = Counter((note.note_type, ours[free[place].note.kind]) for place, note in found.items())
    for (old, new), count in sorted(ways.items()):
        if old != new:
            report.say(
                f"{counted(count, 'note')} of the note type “{old}”: build, import the package once, then select these"
                f" notes in Anki’s browser, change their note type to “{new}” (Notes > Change Note Type), and import"
                " the package again with “Update notes: Always”"
            )
