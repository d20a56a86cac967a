"""Commands that change nothing but the lock: make a lost one again, settle which note is which, forget, rename."""

from __future__ import annotations

from collections.abc import Collection as AnyOf
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from deckbuild import __version__
from deckbuild.collection.collection import Collection
from deckbuild.collection.media import gather
from deckbuild.collection.settings import LOCK
from deckbuild.commands.context import Context, collated, read_documents, tell_skipped
from deckbuild.identity import lock
from deckbuild.identity.collate import Collated
from deckbuild.identity.lock import Lock
from deckbuild.machine import files, folders
from deckbuild.model import outline
from deckbuild.package.reader import read_package
from deckbuild.package.restore import restore
from deckbuild.report.counted import counted
from deckbuild.report.diagnostics import Code, Failure
from deckbuild.report.report import shown_path

_MOST_NAMED = 10
"""Decks that a hint names."""


def restore_lock(context: Context, path: Path, force: bool) -> None:
    """Write the lock as the package at `path` tells it, in place of another only with `force`."""
    collection, report = context.collection, context.report
    with folders.alone(collection.root):
        if collection.lock.exists() and not force:
            raise Failure(Code.LOCK_EXISTS.at(str(collection.lock), 1))
        package = read_package(path)
        documents = read_documents(context)
        if report.failed:
            return
        restored = replace(restore(package, documents, lock.new().namespace), version=__version__)
        files.write(collection.lock, lock.dump(restored))
    names = {document.source for document in documents}
    living = sum(record.source in names for record in restored.notes)
    rest = len(restored.notes) - living
    report.say(
        f"{shown_path(collection.lock)}: {counted(living, 'note')} restored, {rest} more belong to no document here"
    )
    tell_skipped(package, report)


def forget_removed(context: Context, before: datetime) -> None:
    """Drop the notes from the lock that left the documents before a day, UTC; they return as new ones."""
    limit = int(before.replace(tzinfo=UTC).timestamp())
    collection = context.collection
    with folders.alone(collection.root):
        known = lock.load(collection.lock) or lock.new()
        kept = tuple(record for record in known.notes if not 0 < record.removed < limit)
        files.write(collection.lock, lock.dump(replace(known, notes=kept)))
    count = len(known.notes) - len(kept)
    context.report.say(f"{shown_path(collection.lock)}: {counted(count, 'removed note')} forgotten")


def rename_deck(context: Context, old: str, new: str) -> None:
    """Let the notes of a deck, and of the decks below it, be built for another; no note is touched.

    Raises `Failure` where no note is in that deck.
    """
    collection = context.collection

    def renamed(deck: str) -> str:
        inside = deck == old or deck.startswith(f"{old}::")
        return new + deck[len(old) :] if inside else deck

    with folders.alone(collection.root):
        known = lock.load(collection.lock) or lock.new()
        after = replace(
            known,
            sources=tuple(replace(record, deck=renamed(record.deck)) for record in known.sources),
            notes=tuple(replace(record, deck=renamed(record.deck)) for record in known.notes),
        )
        if after == known:
            raise Failure(Code.NO_SUCH_DECK.at(str(collection.lock), 1, name=old, decks=_decks(known)))
        files.write(collection.lock, lock.dump(after))
    context.report.say(
        f"{shown_path(collection.lock)}: the deck is “{new}” from the next build on; rename it in Anki too, or new"
        " cards will go into a second deck"
    )


def _decks(known: Lock) -> str:
    """The decks of a lock as a hint names them, the first of many."""
    decks = sorted({*(r.deck for r in known.sources), *(r.deck for r in known.notes)} - {""})
    more = ", …" if len(decks) > _MOST_NAMED else ""
    return ", ".join(f"“{deck}”" for deck in decks[:_MOST_NAMED]) + more if decks else "none"


def decide(context: Context, same: Sequence[tuple[str, str]], new: Sequence[str]) -> None:
    """Write into the lock what the author says of notes: which record a note is, or that it is a new one.

    A note is named by `path:line`, a record by its guid; one record is one note. Nothing else in the lock
    changes.
    """
    collection, report = context.collection, context.report
    with folders.alone(collection.root):
        before = lock.load(collection.lock) or lock.new()
        documents = read_documents(context)
        guids = {record.guid for record in before.notes}
        lines = {(d.source, note.span.line) for d in documents for note, _ in outline.notes(d)}
        decided: dict[tuple[str, int], str] = {}
        for name, guid in (*same, *((name, "") for name in new)):
            place = place_of(name, collection)
            if place not in lines:
                report.add([Code.NO_SUCH_NOTE.at(LOCK, 1, what="note at", name=name)], collection.root)
            elif guid and guid not in guids:
                report.add([Code.NO_SUCH_NOTE.at(LOCK, 1, what="guid", name=guid)], collection.root)
            elif place in decided or (guid and guid in decided.values()):
                twice = f"note at {name}" if place in decided else f"guid {guid}"
                report.add([Code.SETTLED_TWICE.at(LOCK, 1, what=twice)], collection.root)
            else:
                decided[place] = guid
        if report.failed:
            return
        made = collated(context, gather(documents, collection.root), before, decided)
        taken = _taken_from_others(before, made, decided)
        if taken:
            found = [Code.SETTLED_TWICE.at(LOCK, 1, what=f"guid {guid}") for guid in taken]
            report.add(found, collection.root)
            return
        keep(context, before, made, decided.keys())


def _taken_from_others(
    before: Lock, made: Collated, decided: Mapping[tuple[str, int], str]
) -> tuple[str, ...]:
    """Guids whose notes still say, or were said to be, what another note of the documents says: its history."""
    known = {record.guid: record for record in before.notes}
    places = {e.guid: (e.source, e.note.span.line) for e in made.entries}
    new = {
        (record.kind, record.content)
        for record in made.lock.notes
        if record.guid not in known and places.get(record.guid) not in decided
    }
    return tuple(guid for guid in decided.values() if guid and (known[guid].kind, known[guid].content) in new)


def keep(context: Context, before: Lock, made: Collated, places: AnyOf[tuple[str, int]]) -> None:
    """Write the lock as it was `before`, with the records that notes at these places have by now."""
    path = context.collection.lock
    settled = {e.guid for e in made.entries if (e.source, e.note.span.line) in places}
    there = settled | {record.guid for record in before.notes}
    after_of = {record.guid: record.after for record in made.lock.notes}
    kept = [record for record in before.notes if record.guid not in settled]
    records = []
    for record in (record for record in made.lock.notes if record.guid in settled):
        neighbour = record.after
        while neighbour not in there and neighbour in after_of:
            neighbour = after_of[neighbour]
        records.append(replace(record, after=neighbour))
    known_guids = {record.guid for record in before.notes}
    for new in (record for record in records if record.guid not in known_guids):
        # What followed on its neighbour follows on it, so that all still know where they stand.
        kept = [
            replace(r, after=new.guid) if (r.source, r.after) == (new.source, new.after) else r for r in kept
        ]
    known = {record.source for record in before.sources}
    sources = [
        r for r in made.lock.sources if r.source not in known and any(n.source == r.source for n in records)
    ]
    after = replace(before, notes=(*kept, *records), sources=(*before.sources, *sources))
    files.write(path, lock.dump(after))
    context.report.say(f"{shown_path(path)}: {len(records)} settled")


def place_of(name: str, collection: Collection) -> tuple[str, int]:
    """Source and line of `path:line`, the path seen from the root or from the working directory."""
    path, _, line = name.rpartition(":")
    number = int(line) if line.isdecimal() else 0
    if not Path(path).is_absolute() and (collection.root / path).exists():
        return Path(path).as_posix(), number
    return collection.source(Path(path).absolute()), number
