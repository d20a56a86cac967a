"""Commands that change nothing but the lock: make a lost one again, settle which note is which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from deckbuild.collection.collection import Collection
from deckbuild.collection.media import gather
from deckbuild.commands.context import Context, collated, read_documents, tell_skipped
from deckbuild.identity import lock
from deckbuild.machine import files
from deckbuild.model import outline
from deckbuild.package.reader import read_package
from deckbuild.package.restore import restore
from deckbuild.report.diagnostics import Code, Failure
from deckbuild.report.report import shown_path


def restore_lock(context: Context, path: Path, force: bool) -> None:
    """Write the lock as the package at `path` tells it, in place of another only with `force`."""
    collection, report = context.collection, context.report
    with files.alone(collection.root):
        if collection.lock.exists() and not force:
            raise Failure(Code.LOCK_EXISTS.at(str(collection.lock), 1))
        package = read_package(path)
        documents = read_documents(context)
        if report.failed:
            return
        restored = restore(package, documents, lock.new().namespace)
        files.write(collection.lock, lock.dump(restored))
    names = {document.source for document in documents}
    living = sum(record.source in names for record in restored.notes)
    rest = len(restored.notes) - living
    report.say(f"{shown_path(collection.lock)}: {living} notes restored; {rest} belong to no document here")
    tell_skipped(package, report)


def decide(context: Context, same: Sequence[tuple[str, str]], new: Sequence[str]) -> None:
    """Write into the lock what the author says of notes: which record a note is, or that it is a new one.

    A note is named by `path:line`, a record by its guid. Nothing else in the lock changes.
    """
    collection, report = context.collection, context.report
    with files.alone(collection.root):
        before = lock.load(collection.lock) or lock.new()
        documents = read_documents(context)
        guids = {record.guid for record in before.notes}
        lines = {(d.source, note.span.line) for d in documents for note, _ in outline.notes(d)}
        decided: dict[tuple[str, int], str] = {}
        for name, guid in (*same, *((name, "") for name in new)):
            place = _place(name, collection)
            if place not in lines:
                report.add([Code.NO_SUCH_NOTE.at(lock.NAME, 1, what="note at", name=name)], collection.root)
            elif guid and guid not in guids:
                report.add([Code.NO_SUCH_NOTE.at(lock.NAME, 1, what="guid", name=guid)], collection.root)
            else:
                decided[place] = guid
        if report.failed:
            return
        made = collated(context, gather(documents, collection.root), before, decided)
        settled = {e.guid for e in made.library.entries if (e.source, e.note.span.line) in decided}
        kept = [record for record in before.notes if record.guid not in settled]
        records = [record for record in made.lock.notes if record.guid in settled]
        files.write(collection.lock, lock.dump(replace(before, notes=(*kept, *records))))
    report.say(f"{shown_path(collection.lock)}: {len(records)} settled")


def _place(name: str, collection: Collection) -> tuple[str, int]:
    """Source and line of `path:line`, the path seen from the root or from the working directory."""
    path, _, line = name.rpartition(":")
    number = int(line) if line.isdecimal() else 0
    if (collection.root / path).exists():
        return Path(path).as_posix(), number
    return collection.source(Path(path).absolute()), number
