"""`deckbuild.lock`: the identity of every note, kept beside the documents and committed with them.

One JSON object a line, sorted, so that version control merges what two people added: first the head with the
collection's random namespace, then note types, sources, decisions about notes that ask the same, and notes by
guid. Each line says what it is, unless it is a note. A removed note stays as a tombstone, so that it gets its
identity back if it returns. A merge that keeps the lines of both sides may leave two lines for one thing; the
later one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from deckbuild.identity.hashing import digest
from deckbuild.identity.merged import merged
from deckbuild.machine import files
from deckbuild.model import Kind
from deckbuild.report.diagnostics import Code, Failure

SCHEMA = 3
_OLD_SCHEMAS = 1, 2
"""The first held a hash for each field; in the second, notes said what they are, and hashes were of empty fields, too,
and of each line end."""

FIRST = "-"
"""Stands for the note before the first one of a source."""

RETIRED = "retired"
"""The context of a removed note that was sent once more with a tag that says so: if it returns, it is newer."""

Time = Annotated[int, Meta(ge=0, le=253_402_300_799)]
"""Seconds since 1970, up to the end of the year 9999."""

LIMIT = 200_000_000
"""Bytes of the largest lock that is read; 100,000 notes take 30 million."""


class Head(Struct, frozen=True, tag="lock", tag_field="record", omit_defaults=True):
    """Schema number, the namespace without which two people's decks could share a guid, and who wrote the lock.

    `version` is that of the deckbuild that changed it last, empty where that was before it was written down.
    """

    schema: int
    namespace: str
    version: str = ""


class NoteTypeRecord(Struct, frozen=True, tag="note-type", tag_field="record"):
    """When a note type, as Anki stores it, last changed."""

    kind: Kind
    digest: str
    modified: Time


class SourceRecord(Struct, frozen=True, tag="source", tag_field="record"):
    """A source: hash of its bytes, when that last changed, and the deck that its new notes go to."""

    source: str
    digest: str
    modified: Time
    deck: str


class Decision(Struct, frozen=True, tag="decision", tag_field="record"):
    """What the author said of two notes that ask the same, by their guids.

    `join`: the first stands for the other; `keep`: both stay cards of their own.
    """

    guid: str
    other: str
    verdict: Literal["join", "keep"]
    modified: Time
    """When it was said."""

    @property
    def pair(self) -> tuple[str, str]:
        """The two notes, whichever of them stands for the other."""
        return min(self.guid, self.other), max(self.guid, self.other)


class NoteRecord(Struct, frozen=True, omit_defaults=True):
    """A note: what it is found again by, hashes of what Anki stores, its first deck, and its times.

    Times are seconds since 1970 (UTC): `modified` is when the content last changed, `removed` when the note left
    the documents, 0 while it is there. Of a removed note no more is kept than guid, kind, hashes and times.
    """

    guid: str
    kind: Kind = Kind.QA
    source: str = ""
    section: str = ""
    """Hash of the titles above it."""
    question: str = ""
    """In normal form; of a removed note its hash."""
    sketch: str = ""
    """Of the words of the answer; empty where there is none, or where it isn't known."""
    content: str = ""
    """Hashes of front, back, and the rest of what is learnt, if there is any."""
    context: str = ""
    """Hash of titles, tags and names of sources, as they were when the content last changed."""
    after: str = ""
    """The guid of the note before it in its source, `FIRST` for the first one; empty where it isn't known."""
    modified: Time = 0
    deck: str = ""
    """Its deck, where it isn't that of its source."""
    removed: Time = 0
    id: str = ""
    """The identity that the author gave the note, if any."""
    whole: bool = False
    """Whether the question is still that of a lock of schema 1: with its options, below the title of its table."""
    joined: str = ""
    """The guid of the note that stands for this one, as it asks the same; empty for a card of its own."""
    joint: str = ""
    """Of a note that stands for others, hashes of what it says in their place: what is learnt, then all."""


class Lock(Struct, frozen=True):
    """The whole lock as a value."""

    namespace: str
    note_types: tuple[NoteTypeRecord, ...] = ()
    sources: tuple[SourceRecord, ...] = ()
    notes: tuple[NoteRecord, ...] = ()
    decisions: tuple[Decision, ...] = ()
    version: str = ""


Record = Head | NoteTypeRecord | SourceRecord | Decision
_DECODER = msgspec.json.Decoder(Record)
_NOTES = msgspec.json.Decoder(NoteRecord)
_NOTE, _OLD_NOTE = '{"guid":', '{"record":"note",'


def new() -> Lock:
    """An empty lock with a namespace of its own."""
    import secrets

    return Lock(secrets.token_hex(8))


def question_hash(question: str) -> str:
    """What a removed note keeps of its question."""
    return digest(question, 16)


def buried(record: NoteRecord, now: int) -> NoteRecord:
    """A note that left the documents: what it needs to be itself if it returns, and no more."""
    return NoteRecord(
        guid=record.guid,
        kind=record.kind,
        question=question_hash(record.question),
        content=record.content,
        context=record.context,
        modified=record.modified,
        removed=now,
        id=record.id,
        whole=record.whole,
        joined=record.joined,
    )


def load(path: Path) -> Lock | None:
    """The lock at `path`, None if there is no file. Raises `Failure` for anything that is no whole lock."""
    try:
        text = files.read(path, LIMIT).decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Failure(Code.BAD_LOCK.at(str(path), 1, why=why)) from error
    return parse(text, str(path))


def parse(text: str, name: str) -> Lock:
    """The lock that `text` holds; `name` is used in messages. Raises `Failure`."""

    def refuse(line: int, why: str) -> Failure:
        return Failure(Code.BAD_LOCK.at(name, line, why=why))

    if not text.endswith("\n"):
        raise refuse(text.count("\n") + 1, "it is truncated")
    records: list[Record | NoteRecord] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            raise refuse(number, "it contains merge conflict markers; keep the lines of both sides")
        try:
            records.append(_decoded(line))
        except (msgspec.MsgspecError, RecursionError) as error:
            why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
            raise refuse(number, f"this line is not a valid record ({why})") from error
    heads = [record for record in records if isinstance(record, Head)]
    if not isinstance(records[0], Head):
        raise refuse(1, "its first line is missing")
    for head in heads:
        if head.schema not in (*_OLD_SCHEMAS, SCHEMA):
            raise refuse(1, f"it has schema {head.schema}; this version of deckbuild writes schema {SCHEMA}")
    types = (r for r in records if isinstance(r, NoteTypeRecord))
    sources = (r for r in records if isinstance(r, SourceRecord))
    notes = (r for r in records if isinstance(r, NoteRecord))
    decisions = (r for r in records if isinstance(r, Decision))
    return Lock(
        heads[0].namespace,
        merged(types, lambda record: record.kind, lambda record: record.digest),
        merged(sources, lambda record: record.source, lambda record: record.digest),
        merged(
            notes, lambda record: record.guid, lambda record: (record.content, record.context, record.joint)
        ),
        merged(decisions, lambda record: record.pair, lambda record: record.verdict),
        heads[-1].version,
    )


def _decoded(line: str) -> Record | NoteRecord:
    """The record of a line, of any schema."""
    if line.startswith(_NOTE):
        return _NOTES.decode(line)
    if not line.startswith(_OLD_NOTE):
        return _DECODER.decode(line)  # type: ignore[no-any-return]
    from deckbuild.identity import old_lock

    return old_lock.record(line) if '"fields":[' in line else old_lock.without_nothing(_NOTES.decode(line))


def dump(lock: Lock) -> bytes:
    """The text of a lock; the same lock gives the same bytes."""
    return b"".join(msgspec.json.encode(record) + b"\n" for record in _records(lock))


def _records(lock: Lock) -> Iterator[Record | NoteRecord]:
    yield Head(SCHEMA, lock.namespace, lock.version)
    yield from sorted(lock.note_types, key=lambda record: record.kind)
    yield from sorted(lock.sources, key=lambda record: record.source)
    yield from sorted(lock.decisions, key=lambda record: record.pair)
    yield from sorted(lock.notes, key=lambda record: record.guid)
