"""Collate: documents, lock and clock become the library that the writers render, and the next lock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.cards import fields, note_types
from deckbuild.cards.fields import RenderedNote
from deckbuild.derive.named_formulas import same_formula
from deckbuild.identity.content import content_and_context
from deckbuild.identity.duplicates import duplicates
from deckbuild.identity.found import Found, answered, asked, names, shortened
from deckbuild.identity.hashing import field_hash, section_hash
from deckbuild.identity.identify import identify, note_id
from deckbuild.identity.lock import Lock, NoteRecord, NoteTypeRecord, SourceRecord, question_hash
from deckbuild.identity.matching import Unclear
from deckbuild.identity.words import sketch
from deckbuild.model import Diagnostic, Document, Entry, Kind, Library, Note, outline
from deckbuild.model.text import block_text, distinct_text, normalise
from deckbuild.report.diagnostics import Code

MOST_LOST = 0.3
"""Share of a source's notes that may leave at once without being asked about; beyond it, a changed layout or
a broken file is likelier than intent."""


class Changes(Struct, frozen=True):
    """What a new lock says against the old: notes by what became of them, and note types that changed."""

    added: tuple[NoteRecord, ...] = ()
    changed: tuple[NoteRecord, ...] = ()
    removed: tuple[NoteRecord, ...] = ()
    note_types: tuple[str, ...] = ()
    rendered: tuple[NoteRecord, ...] = ()
    """Those of the changed whose document has not changed: deckbuild reads or renders it differently."""

    def __str__(self) -> str:
        counts = f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed"
        return f"{counts}, note types {', '.join(self.note_types)}" if self.note_types else counts


class _Placed(Struct, frozen=True):
    """A note in its place, and the titles of further sources that give it."""

    document: Document
    note: Note
    titles: tuple[str, ...]
    also: tuple[str, ...] = ()


class Collated(Struct, frozen=True):
    """The library, the lock that goes with it, and errors for which neither may be kept.

    `rendered` are the notes of the library, in the order of its entries. `outdated` are the guids of notes
    of which only the context has changed since those who imported them got them: titles, tags, sources.
    `doubts` are places among the entries that may be one of some records, as a problem tells too.
    `uncompared` counts notes of the lock that are gone without having been compared with any new one.
    """

    library: Library
    lock: Lock
    problems: tuple[Diagnostic, ...]
    rendered: tuple[RenderedNote, ...]
    outdated: frozenset[str] = frozenset()
    doubts: tuple[Unclear, ...] = ()
    uncompared: int = 0


def collate(
    documents: Sequence[Document],
    lock: Lock,
    now: int,
    name: str,
    gone: Iterable[str] = (),
    decided: Mapping[tuple[str, int], str] = MappingProxyType({}),
    refresh: bool = False,
) -> Collated:
    """The library of the documents and the lock that goes with it.

    `gone` are sources of the lock whose file is no longer there, `now` is in seconds since 1970 (UTC). Notes
    of sources that are neither read nor gone stay in the lock as they are. `decided` are notes, by source and
    line, that the author settled: the guid to keep, "" for a new note. With `refresh` a note is newer too
    where only its context has changed: titles, tags, names of sources.
    """
    documents = sorted(documents, key=lambda document: document.source)
    gone = frozenset(gone)
    sources = _sources(documents, lock, now, name, gone)
    placed = _once(_Placed(d, note, titles) for d in documents for note, titles in outline.notes(d))
    placed = _as_first_built(placed, lock, gone)
    rendered = list(map(_rendered, placed))
    found = [_found(place, note) for place, note in zip(placed, rendered, strict=True)]
    settled = {document.source for document in documents} | gone
    places = [(place.document.source, place.note.span.line) for place in placed]
    chosen = {at: decided[place] for at, place in enumerate(places) if place in decided}
    identified = identify(found, lock, now, sources, settled, chosen, refresh)
    records = identified.records
    entries = tuple(
        Entry(p.note, p.document.source, p.titles, deck, r.guid, note_id(r.guid), r.modified, p.also)
        for p, r, deck in zip(placed, records, identified.decks, strict=True)
    )
    types = _note_types(lock, now)
    library = Library(
        name=name,
        documents=tuple(documents),
        entries=entries,
        groups=duplicates(entries),
        note_types={record.kind: record.modified for record in types},
        updated=max((r.modified for r in sources if r.source in settled), default=now),
    )
    problems = (
        *_repeated_ids(entries),
        *(_unclear(entries[doubt.place], doubt) for doubt in identified.unclear),
    )
    return Collated(
        library,
        replace(identified.lock, note_types=types),
        problems,
        tuple(note.with_guid(record.guid) for note, record in zip(rendered, records, strict=True)),
        identified.outdated,
        identified.unclear,
        identified.uncompared,
    )


def compare(before: Lock, after: Lock) -> Changes:
    """What became of the notes and note types from one lock to the next."""
    old = {record.guid: record for record in before.notes if not record.removed}
    new = {record.guid: record for record in after.notes if not record.removed}
    digests = {record.kind: record.digest for record in before.note_types}
    documents = {(record.source, record.digest) for record in before.sources}
    same = {record.source for record in after.sources if (record.source, record.digest) in documents}
    changed = tuple(r for guid, r in new.items() if guid in old and old[guid].modified != r.modified)
    return Changes(
        tuple(record for guid, record in new.items() if guid not in old),
        changed,
        tuple(record for guid, record in old.items() if guid not in new),
        tuple(r.kind for r in after.note_types if digests.get(r.kind, r.digest) != r.digest),
        tuple(r for r in changed if r.source in same and old[r.guid].source == r.source),
    )


def _unclear(entry: Entry, doubt: Unclear) -> Diagnostic:
    line = entry.note.span.line
    rival = doubt.rivals[0]
    asked = " ".join(block_text(entry.note.question).split())
    return Code.UNCLEAR.at(
        entry.source,
        line,
        question=asked,
        known="” or “".join(record.question for record in doubt.rivals),
        place=f"{entry.source}:{line}",
        guid=rival.guid,
    )


def _repeated_ids(entries: Iterable[Entry]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], str] = {}
    for entry in entries:
        note, place = entry.note, f"{entry.source}:{entry.note.span.line}"
        known = first.setdefault((note.kind, note.id), place) if note.id else place
        if known != place:
            yield Code.REPEATED_ID.at(entry.source, note.span.line, id=note.id, place=known)


def losses(before: Lock, after: Lock, read: Iterable[str]) -> tuple[Diagnostic, ...]:
    """An error for each source that was read and lost more than `MOST_LOST` of its notes."""
    gone = {record.guid for record in compare(before, after).removed}
    problems = []
    for source in sorted(read):
        had = [r.guid for r in before.notes if r.source == source and not r.removed]
        lost = sum(guid in gone for guid in had)
        if lost > MOST_LOST * len(had):
            problems.append(Code.REMOVALS.at(source, 1, lost=lost, count=len(had)))
    return tuple(problems)


def _once(placed: Iterable[_Placed]) -> list[_Placed]:
    """The notes in order; a formula that several sources give under one name, spelled as they like, is one.

    It keeps its place in the first of them, and what the others add to it.
    """
    kept: list[_Placed] = []
    first: dict[tuple[str, str], int] = {}
    for place in placed:
        key = same_formula(place.note)
        if key is None or (at := first.setdefault(key, len(kept))) == len(kept):
            kept.append(place)
            continue
        known, other = kept[at], place
        said = {block_text((block,)) for block in known.note.answer}
        more = tuple(block for block in other.note.answer[1:] if block_text((block,)) not in said)
        note = replace(known.note, answer=(*known.note.answer, *more))
        also = dict.fromkeys((*known.also, other.document.title or other.document.source))
        also.pop(known.document.title or known.document.source, None)
        kept[at] = replace(known, note=note, also=tuple(also))
    return kept


def _as_first_built(placed: Sequence[_Placed], lock: Lock, gone: frozenset[str]) -> list[_Placed]:
    """The notes; a row that was a question, or a question that was a row, of the same words stays what it was.

    A table may be read as the one or the other when a column comes or goes, and Anki never updates a note whose
    note type is another.
    """
    others = {Kind.QA: Kind.ROW, Kind.ROW: Kind.QA}
    known = Counter(
        (r.kind, "" if r.source in gone else r.source, r.question) for r in lock.notes if r.kind in others
    )
    keys = [(place.document.source, shortened(normalise(asked(place.note)))) for place in placed]
    counts = Counter(keys)
    found = []
    for place, key in zip(placed, keys, strict=True):
        kind = place.note.kind
        if kind in others and (kind, *key) not in known:
            other = others[kind]
            elsewhere = (("", key[1]), ("", question_hash(key[1])))
            was = known[other, *key] == 1 or any(
                known[other, *way] == 1 and (kind, *way) not in known for way in elsewhere
            )
            if was and counts[key] == 1:
                place = replace(place, note=replace(place.note, kind=other, reverse=False))
        found.append(place)
    return found


def _rendered(place: _Placed) -> RenderedNote:
    document = place.document
    return fields.rendered(place.note, place.titles, document.source, document.title, place.also)


def _found(place: _Placed, rendered: RenderedNote) -> Found:
    note = place.note
    hashes = [*map(field_hash, rendered.values)]
    content, context = content_and_context(note.kind, hashes, field_hash(" ".join(rendered.tags)))
    return Found(
        kind=note.kind,
        source=place.document.source,
        section=section_hash(" › ".join(place.titles)),
        question=shortened(normalise(asked(note))),
        sketch=sketch(answered(note)),
        content=content,
        context=context,
        names=names(note),
        id=note.id,
        whole=normalise(f"{note.title} {distinct_text(note.question)}"),
    )


def _sources(
    documents: Iterable[Document], lock: Lock, now: int, name: str, gone: frozenset[str]
) -> tuple[SourceRecord, ...]:
    """The records of all sources: a source keeps its deck, and its time until its bytes change."""
    records = {record.source: record for record in lock.sources if record.source not in gone}
    for document in documents:
        old = records.get(document.source)
        if old is None:
            deck = _deck(name, document)
            records[document.source] = SourceRecord(document.source, document.digest, now, deck)
        elif old.digest != document.digest:
            modified = max(now, old.modified + 1)
            records[document.source] = replace(old, digest=document.digest, modified=modified)
    return tuple(records[source] for source in sorted(records))


def _deck(name: str, document: Document) -> str:
    """The deck of a new source: below the collection's, named by the document's title, else by its file."""
    title = document.title or PurePosixPath(document.source).stem
    return "::".join(part.replace("::", ":").replace('"', "'").strip() for part in (name, title))


def _note_types(lock: Lock, now: int) -> tuple[NoteTypeRecord, ...]:
    old = {record.kind: record for record in lock.note_types}
    records = []
    for kind, note_type in note_types.note_types().items():
        digest = note_types.digest(note_type)
        record = old.get(kind)
        if record is None:
            record = NoteTypeRecord(kind, digest, now)
        elif record.digest != digest:
            record = NoteTypeRecord(kind, digest, max(now, record.modified + 1))
        records.append(record)
    return tuple(sorted(records, key=lambda record: record.kind))
