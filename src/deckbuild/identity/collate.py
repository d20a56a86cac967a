"""Collate: documents, lock and clock become the library that the writers render, and the next lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.cards import note_types
from deckbuild.cards.fields import RenderedNote
from deckbuild.identity.built import as_first_built
from deckbuild.identity.decks import decks, in_order
from deckbuild.identity.drafts import Drafter, draft
from deckbuild.identity.found import Found
from deckbuild.identity.identify import identify, note_id
from deckbuild.identity.lock import Lock, NoteTypeRecord, SourceRecord
from deckbuild.identity.matching import OpenQuestion
from deckbuild.identity.placed import Placed, once
from deckbuild.model import Diagnostic, Document, Duplicates, Entry, Library, outline
from deckbuild.model.text import block_text
from deckbuild.report.diagnostics import Code


class Elsewhere(Struct, frozen=True):
    """What is not part of a build, and may have given notes to it, or have taken some.

    Documents that are new or have changed since the lock was written, and sources of the lock whose file is no
    longer there. None of this is built, and none of its notes counts as removed.
    """

    documents: tuple[Document, ...] = ()
    gone: frozenset[str] = frozenset()


NOTHING = Elsewhere()
"""What is elsewhere when the whole collection is built."""


class Collated(Struct, frozen=True):
    """The library, the lock that goes with it, and errors for which neither may be kept.

    `entries` are all notes of the documents, of which the library's are those that no other stands for, and
    `groups` those that ask the same, by their places among them; of `undecided` groups several are cards of
    their own only because learners have them, and the author has not said that they shall be.
    `rendered` are the notes of the library, in the order of its entries. `outdated` are the guids of notes
    of which only the context has changed since those who imported them got them: titles, tags, sources.
    `doubts` are places among the entries that may be one of some records, as a problem tells too.
    `uncompared` counts notes of the lock that are gone without having been compared with any new one.
    """

    library: Library
    lock: Lock
    problems: tuple[Diagnostic, ...]
    entries: tuple[Entry, ...]
    rendered: tuple[RenderedNote, ...]
    outdated: frozenset[str] = frozenset()
    doubts: tuple[OpenQuestion, ...] = ()
    uncompared: int = 0
    groups: tuple[Duplicates, ...] = ()
    undecided: int = 0


def collate(
    documents: Sequence[Document],
    lock: Lock,
    now: int,
    name: str,
    gone: Iterable[str] = (),
    decided: Mapping[tuple[str, int], str] = MappingProxyType({}),
    refresh: bool = False,
    elsewhere: Elsewhere = NOTHING,
    drafter: Drafter = draft,
) -> Collated:
    """The library of the documents, where each note is an entry, and the lock that goes with it.

    `gone` are sources of the lock whose file is no longer there, `now` is in seconds since 1970 (UTC). Notes
    of sources that are neither read nor gone stay in the lock as they are. `decided` are notes, by source and
    line, that the author settled: the guid to keep, "" for a new note. With `refresh` a note is newer too
    where only its context has changed: titles, tags, names of sources. Of a part of a collection `elsewhere`
    tells what notes may have come from, or gone to. `drafter` gives the drafts of notes.
    """
    documents = sorted(documents, key=lambda document: (in_order(document.source), document.source))
    gone = frozenset(gone)
    sources = _sources(documents, lock, now, name, gone)
    missing = gone | elsewhere.gone
    placed, rendered, found = _notes(documents, lock, missing, name, drafter)
    *_, others = _notes(elsewhere.documents, lock, missing, name, drafter)
    settled = {document.source for document in documents} | gone
    reachable = {document.source for document in elsewhere.documents} | elsewhere.gone
    places = [(place.document.source, place.note.span.line) for place in placed]
    chosen = {at: decided[place] for at, place in enumerate(places) if place in decided}
    identified = identify(found, lock, now, sources, settled, chosen, refresh, others, reachable)
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
        entries,
        tuple(note.with_guid(record.guid) for note, record in zip(rendered, records, strict=True)),
        identified.outdated,
        identified.unclear,
        identified.uncompared,
    )


def _notes(
    documents: Sequence[Document], lock: Lock, gone: frozenset[str], name: str, drafter: Drafter
) -> tuple[list[Placed], list[RenderedNote], list[Found]]:
    """The notes of the documents: in their places, rendered, and as identity sees them."""
    placed = once(Placed(d, note, titles) for d in documents for note, titles in outline.notes(d))
    built = as_first_built(placed, lock, gone, lambda place: drafter(place, name))
    drafts = [one for _, one in built]
    return [place for place, _ in built], [one.rendered for one in drafts], [one.found for one in drafts]


def _unclear(entry: Entry, doubt: OpenQuestion) -> Diagnostic:
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


def _sources(
    documents: Sequence[Document], lock: Lock, now: int, name: str, gone: frozenset[str]
) -> tuple[SourceRecord, ...]:
    """The records of all sources: a source keeps its deck, and its time until its bytes change."""
    records = {record.source: record for record in lock.sources if record.source not in gone}
    deck_of = decks(documents, lock, name)
    for document in documents:
        old = records.get(document.source)
        if old is None:
            deck = deck_of[document.source]
            records[document.source] = SourceRecord(document.source, document.digest, now, deck)
        elif old.digest != document.digest:
            modified = max(now, old.modified + 1)
            records[document.source] = replace(old, digest=document.digest, modified=modified)
    return tuple(records[source] for source in sorted(records))


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
