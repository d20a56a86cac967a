"""Building: documents to outputs, with the lock between. `settle` is the part that make runs by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from deckbuild.cards.stored import StoredNote
from deckbuild.commands import outputs
from deckbuild.commands.context import Context, collated, read_documents, with_images
from deckbuild.commands.outputs import OUTPUTS, Material
from deckbuild.identity import lock
from deckbuild.identity.collate import Changes, Collated, compare, losses
from deckbuild.machine import files
from deckbuild.model import Document
from deckbuild.package.reader import Package, read_package
from deckbuild.package.retire import TAG, retire
from deckbuild.report.diagnostics import Code
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


def build(context: Context, folder: Path, kinds: Sequence[str], options: Options) -> None:
    """All outputs of a collection into `folder`. Nothing is written where a document can't be read."""
    collection, report = context.collection, context.report
    package = read_package(options.retire) if options.retire else None
    settings = collection.printing(options.tagged)
    documents = read_documents(context)
    if report.failed:
        return
    settled = settle(context, documents, options)
    if not settled:
        return
    retired = _retired(context, package, options) if package else ()
    if report.failed:
        return
    material = Material(settled.library, settings, settled.rendered, retired)
    stem = collection.stem
    outputs.write(kinds, material, lambda kind: folder / f"{stem}{OUTPUTS[kind].suffix}", report)


def settle(context: Context, documents: Sequence[Document], options: Options) -> Collated | None:
    """The library of the documents, its lock written; None, and a report, where the lock may not change."""
    collection, report = context.collection, context.report
    path = options.lock or collection.lock
    gathered = with_images(context, documents)
    if options.asked:
        lines = (f"{'-+'[there]}{path}\n" for path, there in sorted(gathered.files.items()))
        files.write(options.asked, "".join(lines).encode("utf-8", "surrogateescape"))
    with files.alone(path.parent):
        before = lock.load(path) or lock.new()
        made = collated(context, gathered, before)
        changes = compare(before, made.lock)
        problems = list(made.problems)
        if not made.library.entries:
            problems.append(Code.NO_NOTES.at(shown_path(collection.paths[0]), 1))
        if not options.accept_removals:
            problems += losses(before, made.lock, {document.source for document in documents})
        if options.locked and made.lock != before:
            problems.append(Code.LOCK_CHANGES.at(shown_path(path), 1, changes=changes))
        report.add(problems, collection.root)
        if problems:
            return None
        written = not options.locked and files.write(path, lock.dump(made.lock))
    if written:
        _tell_changes(changes, path, report)
    return made


def _retired(context: Context, package: Package, options: Options) -> tuple[StoredNote, ...]:
    """The removed notes that the package holds, tagged; the lock remembers that they are retired."""
    collection, report = context.collection, context.report
    path = options.lock or collection.lock
    with files.alone(path.parent):
        before = lock.load(path) or lock.new()
        after, retired = retire(before, package, context.now)
        if options.locked and after != before:
            changes = f"{len(retired)} retired"
            report.add([Code.LOCK_CHANGES.at(shown_path(path), 1, changes=changes)], collection.root)
        else:
            files.write(path, lock.dump(after))
            report.say(f"{len(retired)} removed notes from the older package are included, tagged {TAG}")
    return retired


def _tell_changes(changes: Changes, path: Path, report: Report) -> None:
    """What a new lock says against the old.

    Anki keeps notes that a package no longer has; its browser finds a few of them, a tag all.
    """
    report.say(f"{shown_path(path)}: {changes}")
    if changes.rendered:
        count = len(changes.rendered)
        report.say(f"{count} notes are rendered differently although their documents are unchanged")
    if len(changes.removed) > _MOST_SEARCHED:
        report.say("removed notes stay in Anki; to tag them there, build with --retire and an older package")
    elif changes.removed:
        search = " OR ".join(f'"ID:{record.guid}"' for record in changes.removed)
        report.say(f"removed notes stay in Anki; to find them, search the browser for: {search}")
