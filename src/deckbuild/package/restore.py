"""A lost lock, made again from a package: which note is which, as far as the package tells.

A package knows the title of a document, not its file, and shows formulas as LaTeX. What is missing here comes
back with the next build, which finds unchanged notes by their fields and others by question and answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuild.cards import note_types
from deckbuild.identity.lock import Lock, NoteRecord, NoteTypeRecord, SourceRecord
from deckbuild.identity.matching import sketch
from deckbuild.machine.regex import regex
from deckbuild.model import Document, Kind
from deckbuild.model.text import normalise
from deckbuild.package.reader import Package, PackageNote, hashes, plain
from deckbuild.package.retire import TAG

_COLUMN_TITLE = regex(r"<dt>(.*?)</dt>", re.DOTALL)


def restore(package: Package, documents: Sequence[Document], namespace: str) -> Lock:
    """The lock of a package's notes.

    A note belongs to the document of its title; the first one if two have the same. Notes of no document, and
    those that were retired, count as removed: they get their identity back wherever they turn up.
    """
    sources: dict[str, str] = {}
    for document in documents:
        sources.setdefault(normalise(document.title or document.source), document.source)
    notes = tuple(sorted((_record(note, sources) for note in package.notes), key=lambda note: note.guid))
    records: dict[str, SourceRecord] = {}
    for note in notes:
        if not note.removed:
            records.setdefault(note.source, SourceRecord(note.source, "", note.modified, note.deck))
    return Lock(
        namespace,
        tuple(NoteTypeRecord(t.kind, note_types.digest(t), modified) for t, modified in package.note_types),
        tuple(records.values()),
        notes,
    )


def _record(note: PackageNote, sources: dict[str, str]) -> NoteRecord:
    fields, tags = hashes(note)
    title = plain(note.fields.get("Source", ""))
    source = sources.get(normalise(title))
    shown = list(note.fields.values())
    return NoteRecord(
        guid=note.guid,
        kind=note.kind,
        source=source or title,
        section=plain(note.fields.get("Section", "")),
        question=normalise(f"{_title(note)} {plain(shown[0])}"),
        sketch="" if note.kind is Kind.CLOZE else sketch(plain(shown[1])),
        fields=fields,
        tags=tags,
        deck=note.deck,
        modified=note.modified,
        removed=0 if source and TAG not in note.tags else note.modified,
    )


def _title(note: PackageNote) -> str:
    """The title of the table that a note was made from: the field `Table` also names the columns below it."""
    match note.kind:
        case Kind.ROW:
            titles = " · ".join(filter(None, map(plain, _COLUMN_TITLE.findall(note.fields["Columns"]))))
            return plain(note.fields["Table"]).removesuffix(titles)
        case Kind.FORMULA:
            section = plain(note.fields["Section"]) or plain(note.fields["Source"])
            return section.rpartition(" › ")[2]
        case _:
            return ""
