"""The steps as commands run them: values in the middle, files at the edges.

`build` does in one process what `read`, `collate` and `write` do file to file for make.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.cards.stored import StoredNote
from deckbuild.collection.collection import Collection
from deckbuild.collection.media import Gathered, gather
from deckbuild.collection.settings import print_settings
from deckbuild.commands.explain import Explanation, explain
from deckbuild.commands.outputs import OUTPUTS, Output, begun, deck, preview_page, write
from deckbuild.decode.source import load
from deckbuild.identity import lock
from deckbuild.identity.collate import Changes, collate, compare, losses
from deckbuild.identity.lock import Lock
from deckbuild.machine import files
from deckbuild.maths.check import mathjax
from deckbuild.model import Document, Library, outline
from deckbuild.package.difference import Change, against_lock, against_package
from deckbuild.package.reader import Package, read_package
from deckbuild.package.restore import restore
from deckbuild.package.retire import TAG as RETIRED_TAG
from deckbuild.package.retire import retire
from deckbuild.read import extract, read
from deckbuild.report.diagnostics import Code, Failure
from deckbuild.report.report import Report, shown_path

_MOST_SEARCHED = 50
"""Removed notes that one search names; Anki's browser has one line for it."""


class Options(Struct, frozen=True):
    """How the lock may be used: `lock` names another file, `locked` forbids any change of it.

    `retire` is an older package, whose notes go with the new one once more if they left the documents.
    `tagged` sets long prints in one piece, with structure for screen readers.
    `asked` is a file to tell make which image files were asked for: `+path`, or `-path` if it wasn't there.
    """

    lock: Path | None = None
    locked: bool = False
    accept_removals: bool = False
    retire: Path | None = None
    tagged: bool = False
    asked: Path | None = None


def clock() -> int:
    """Seconds since 1970 (UTC): SOURCE_DATE_EPOCH where it is set, else now."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())


def read_documents(collection: Collection, report: Report) -> list[Document]:
    """The documents of a collection; those that can't be read are reported and left out."""
    documents = []
    if not mathjax.available():
        report.add([Code.NO_MATHJAX.at(shown_path(collection.paths[0]), 1)])
    for file in collection.files:
        try:
            name = collection.source(file)
            document = read(file, name, collection.preferences(name))
        except Failure as failure:
            report.add(failure.diagnostics, collection.root)
        else:
            report.add(document.diagnostics, collection.root)
            documents.append(document)
    return documents


def images(collection: Collection, documents: Sequence[Document], report: Report) -> Gathered:
    """The documents with their images; what is wrong with those is reported, unless it is not wanted.

    It is added to what the documents tell of themselves.
    """
    gathered = gather(documents, collection.root)
    wanted = [d for d in gathered.problems if d.code not in collection.preferences(d.source).ignore]
    report.add(wanted, collection.root)
    told = {source: tuple(group) for source, group in groupby(wanted, attrgetter("source"))}
    found = (
        replace(document, diagnostics=(*document.diagnostics, *told.get(document.source, ())))
        for document in gathered.documents
    )
    return gathered._replace(documents=tuple(found))


def build(
    collection: Collection, folder: Path, kinds: Sequence[str], options: Options, report: Report
) -> None:
    """All outputs of a collection into `folder`. Nothing is written where a document can't be read."""
    package = read_package(options.retire) if options.retire else None
    settings = print_settings(collection.root, options.tagged)
    documents = read_documents(collection, report)
    if report.failed:
        return
    library = settle(collection, documents, options, report)
    if not library:
        return
    outputs = OUTPUTS
    if package:
        retired = _retired(collection, package, options, report)
        outputs = outputs | {"deck": Output(".apkg", partial(deck, retired=retired))}
    with begun(library, kinds, settings) as elsewhere:
        outputs = outputs | elsewhere
        for kind in kinds:
            if report.failed:
                return
            output = outputs[kind]
            data = write(library, output, folder / f"{collection.stem}{output.suffix}", report, settings)
            if kind == "sheet" and data:
                preview = Output(outputs["preview"].suffix, partial(preview_page, sheet=data))
                outputs = outputs | {"preview": preview}


def _retired(
    collection: Collection, package: Package, options: Options, report: Report
) -> tuple[StoredNote, ...]:
    """The removed notes that the package holds, tagged; the lock remembers that they are retired."""
    path = options.lock or collection.lock
    with files.alone(path.parent):
        before = lock.load(path) or lock.new()
        after, retired = retire(before, package, clock())
        if options.locked and after != before:
            changes = f"{len(retired)} retired"
            report.add([Code.LOCK_CHANGES.at(shown_path(path), 1, changes=changes)], collection.root)
        else:
            files.write(path, lock.dump(after))
            report.say(f"{len(retired)} removed notes of the older package go along, tagged {RETIRED_TAG}")
    return retired


def restore_lock(collection: Collection, path: Path, force: bool, report: Report) -> None:
    """Write the lock as the package at `path` tells it, in place of another only with `force`."""
    with files.alone(collection.root):
        if collection.lock.exists() and not force:
            raise Failure(Code.LOCK_EXISTS.at(str(collection.lock), 1))
        package = read_package(path)
        documents = read_documents(collection, report)
        if report.failed:
            return
        restored = restore(package, documents, lock.new().namespace)
        files.write(collection.lock, lock.dump(restored))
    living = sum(not record.removed for record in restored.notes)
    rest = len(restored.notes) - living
    report.say(f"{shown_path(collection.lock)}: {living} notes, and {rest} of no document that is here")
    _tell_skipped(package, report)


def difference(collection: Collection, path: Path | None, report: Report) -> list[Change]:
    """What importing a new build would do, against the lock or an older package. Writes nothing."""
    package = read_package(path) if path else None
    documents = read_documents(collection, report)
    if report.failed:
        return []
    before = known_lock(collection) or lock.new()
    left = gone(collection, before)
    gathered = images(collection, documents, report).documents
    library, after, unsettled = collate(gathered, before, clock(), collection.name, left)
    report.add(unsettled, collection.root)
    if package is None:
        return against_lock(library, before, after)
    _tell_skipped(package, report)
    return against_package(library, after, package)


def _tell_skipped(package: Package, report: Report) -> None:
    if package.skipped:
        report.say(f"{package.skipped} notes of the package are of other note types and left out")


def settle(
    collection: Collection,
    documents: Sequence[Document],
    options: Options,
    report: Report,
) -> Library | None:
    """The library of the documents, its lock written; None, and a report, where the lock may not change."""
    path = options.lock or collection.lock
    gathered = images(collection, documents, report)
    if options.asked:
        lines = (f"{'-+'[there]}{path}\n" for path, there in sorted(gathered.files.items()))
        files.write(options.asked, "".join(lines).encode("utf-8", "surrogateescape"))
    with files.alone(path.parent):
        before = lock.load(path) or lock.new()
        left = gone(collection, before)
        library, after, unsettled = collate(gathered.documents, before, clock(), collection.name, left)
        changes = compare(before, after)
        problems = list(unsettled)
        if not library.entries:
            problems.append(Code.NO_NOTES.at(shown_path(collection.paths[0]), 1))
        if not options.accept_removals:
            problems += losses(before, after, {document.source for document in documents})
        if options.locked and after != before:
            problems.append(Code.LOCK_CHANGES.at(shown_path(path), 1, changes=changes))
        report.add(problems, collection.root)
        if problems:
            return None
        written = not options.locked and files.write(path, lock.dump(after))
    if written:
        report.say(f"{shown_path(path)}: {changes}")
        if changes.rendered:
            count = len(changes.rendered)
            report.say(f"rendered differently: {count} notes, though their documents are the same")
        _tell_removed(changes, report)
    return replace(library, media=gathered.media)


def gone(collection: Collection, known: Lock) -> list[str]:
    """Sources of the lock that lie in the paths asked for, and whose file is no longer there."""
    names = {record.source for record in known.sources} | {record.source for record in known.notes}
    return [name for name in names if collection.covers(name) and not (collection.root / name).exists()]


def decide(
    collection: Collection, same: Sequence[tuple[str, str]], new: Sequence[str], report: Report
) -> None:
    """Write into the lock what the author says of notes: which record a note is, or that it is a new one.

    A note is named by `path:line`, a record by its guid. Nothing else in the lock changes.
    """
    with files.alone(collection.root):
        before = lock.load(collection.lock) or lock.new()
        documents = read_documents(collection, report)
        guids = {record.guid for record in before.notes}
        lines = {(d.source, note.span.line) for d in documents for note, _ in outline.notes(d)}
        decided: dict[tuple[str, int], str] = {}
        for name, guid in (*same, *((name, "") for name in new)):
            place = _place(name, collection)
            if place not in lines:
                report.add(
                    [Code.NO_SUCH_NOTE.at(collection.source(collection.lock), 1, what="note at", name=name)]
                )
            elif guid and guid not in guids:
                report.add([Code.NO_SUCH_NOTE.at(lock.NAME, 1, what="guid", name=guid)], collection.root)
            else:
                decided[place] = guid
        if report.failed:
            return
        gathered = gather(documents, collection.root).documents
        library, after, _ = collate(gathered, before, clock(), collection.name, (), decided)
        settled = {e.guid for e in library.entries if (e.source, e.note.span.line) in decided}
        kept = [record for record in before.notes if record.guid not in settled]
        records = [record for record in after.notes if record.guid in settled]
        files.write(collection.lock, lock.dump(replace(before, notes=(*kept, *records))))
    report.say(f"{shown_path(collection.lock)}: {len(records)} settled")


def _place(name: str, collection: Collection) -> tuple[str, int]:
    """Source and line of `path:line`, the path seen from the root or from the working directory."""
    path, _, line = name.rpartition(":")
    number = int(line) if line.isdecimal() else 0
    if (collection.root / path).exists():
        return Path(path).as_posix(), number
    return collection.source(Path(path).absolute()), number


def explained(collection: Collection, report: Report) -> Explanation | None:
    """What became of each line of a collection's only document; None, and a report, if it can't be read."""
    (file,) = collection.files
    name = collection.source(file)
    try:
        source = load(file, name)
    except Failure as failure:
        report.add(failure.diagnostics, collection.root)
        return None
    return explain(source, extract(source, collection.preferences(name)))


def known_lock(collection: Collection) -> Lock | None:
    """The lock of a collection, for commands that only look."""
    return lock.load(collection.lock)


def _tell_removed(changes: Changes, report: Report) -> None:
    """Anki keeps notes that a package no longer has; its browser finds a few of them, a tag all."""
    if len(changes.removed) > _MOST_SEARCHED:
        report.say("removed notes stay in Anki; to tag them there, build with --retire and an older deck")
    elif changes.removed:
        search = " OR ".join(f'"ID:{record.guid}"' for record in changes.removed)
        report.say(f"removed notes stay in Anki; to find them, search its browser for: {search}")
