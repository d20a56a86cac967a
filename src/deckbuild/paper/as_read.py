"""A library as its documents are read today: a print says nothing twice and leaves nothing out.

Cards stay of the kind that learners have them in, whatever their table is read as since. Prints have tables as such and
questions from notes, so they go by the documents.
"""

from __future__ import annotations

from collections import defaultdict

from msgspec.structs import replace

from deckbuild.model import Entry, Library, Note, outline


def as_read(library: Library) -> Library:
    """The library, each note of the kind that its document has it in."""
    read: defaultdict[tuple[str, int], list[Note]] = defaultdict(list)
    for document in library.documents:
        for note, _ in outline.notes(document):
            read[document.source, note.span.line].append(note)

    def today(entry: Entry) -> Entry:
        notes = read[entry.source, entry.note.span.line]
        if len(notes) == 1 and notes[0].kind is not entry.note.kind:
            return replace(entry, note=notes[0])
        return entry

    return replace(library, entries=tuple(map(today, library.entries)))
