"""A lost lock, made again from a package: which note is which, as far as the package tells.

A package knows the title of a document, not its file, and shows formulas as LaTeX. What is missing here comes
back with the next build, which finds unchanged notes by their fields and others by question and answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from deckbuild.cards import note_types
from deckbuild.identity.found import shortened
from deckbuild.identity.hashing import section_hash
from deckbuild.identity.lock import RETIRED, Lock, NoteRecord, NoteTypeRecord, SourceRecord, buried
from deckbuild.identity.words import sketch
from deckbuild.machine.regex import regex
from deckbuild.model import Document, Kind
from deckbuild.model.text import normalise
from deckbuild.package.reader import Package, PackageNote, hashes, plain
from deckbuild.package.retire import TAG

_COLUMN_TITLE = regex(r"<dt>(.*?)</dt>", re.DOTALL)


def restore(package: Package, documents: Sequence[Document], namespace: str) -> Lock:
    """The lock of a package's notes.

    A note belongs to the document of its title; the first one if two have the same. Notes of no document have
    the title for their source, as if it were a file that is gone: the next build finds them wherever they turn
    up, edited too. Those that were retired count as removed.
    """
    sources: dict[str, str] = {}
    for document in documents:
        sources.setdefault(normalise(document.title or document.source), document.source)
    notes = tuple(sorted((_record(note, sources) for note in package.notes), key=lambda note: note.guid))
    records: dict[str, SourceRecord] = {}
    for note in notes:
        if not note.removed and note.source in sources.values():
            records.setdefault(note.source, SourceRecord(note.source, "", note.modified, note.deck))
    return Lock(
        namespace,
        tuple(NoteTypeRecord(t.kind, note_types.digest(t), modified) for t, modified in package.note_types),
        tuple(records.values()),
        notes,
    )


def _record(note: PackageNote, sources: dict[str, str]) -> NoteRecord:
    content, context = hashes(note)
    title = plain(note.fields.get("Source", ""))
    question, answer = (plain(field) for field in [*note.fields.values()][:2])
    record = NoteRecord(
        guid=note.guid,
        kind=note.kind,
        source=sources.get(normalise(title), title),
        section=section_hash(plain(note.fields.get("Section", ""))),
        question=shortened(normalise(question)),
        sketch="" if note.kind is Kind.CLOZE else sketch(_without_titles(note) or answer),
        content=content,
        context=context,
        modified=note.modified,
        deck=note.deck,
    )
    if TAG in note.tags:
        return replace(buried(record, note.modified), context=RETIRED)
    return record


def _without_titles(note: PackageNote) -> str:
    """The cells of a row, without the titles of their columns."""
    return plain(_COLUMN_TITLE.sub("", note.fields.get("Columns", "")))
