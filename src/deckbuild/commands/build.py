"""Building: documents to outputs, with the lock between. `collate` is the part that make runs by itself.

All that is to be written is made first: a build that fails changes nothing on disk.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from deckbuild import __version__
from deckbuild.cards.stored import StoredNote
from deckbuild.collection.decks import decks_kept
from deckbuild.collection.idle import idle_settings
from deckbuild.commands import outputs
from deckbuild.commands.context import Context, collated, read_documents, with_images
from deckbuild.commands.outputs import OUTPUTS, Material, Unwritten
from deckbuild.commands.told import changes_told, context_told, groups_told
from deckbuild.identity import lock
from deckbuild.identity.changes import compare, losses
from deckbuild.identity.collate import Collated
from deckbuild.identity.joining import join
from deckbuild.machine import files, folders
from deckbuild.model import Document, Library
from deckbuild.package.reader import Package, read_package
from deckbuild.package.retire import TAG, retire
from deckbuild.report.counted import counted
from deckbuild.report.diagnostics import Code, Failure
from deckbuild.report.headline import has_errors
from deckbuild.report.report import Report, shown_path

_PRINTED = frozenset(("sheet", "booklet", "cutouts"))
"""What is made of a deck of Anki."""


class Options(Struct, frozen=True):
    """How the lock may be used: `lock` names another file, `locked` forbids any change of it.

    `retire` is an older package, whose notes go with the new one once more if they left the documents.
    `tagged` sets long prints in one piece, with structure for screen readers.
    `refresh` sends notes to everyone of which only titles, tags or names of sources have changed.
    `asked` are two files to tell make which image files were asked for, those that are there and the others:
    whole paths with a NUL behind each.
    """

    lock: Path | None = None
    locked: bool = False
    accept_removals: bool = False
    retire: Path | None = None
    tagged: bool = False
    refresh: bool = False
    asked: tuple[Path, Path] | None = None


class Collation(Struct, frozen=True):
    """The library of the documents, the files to write before its outputs, and what to tell once they are."""

    made: Collated
    files: tuple[tuple[Path, bytes], ...]
    retired: tuple[StoredNote, ...]
    news: tuple[str, ...]


def build(
    context: Context, folder: Path, kinds: Sequence[str], options: Options, spared: Sequence[str] = ()
) -> None:
    """All outputs of a collection into `folder`, and its lock: all of them, or nothing where one fails.

    Those `spared` are done without, and a warning says so, where Pango is missing.
    """
    collection, report = context.collection, context.report
    collection.refuse_links_outside(folder)

    if collection.is_only_printed and not set(kinds) <= _PRINTED:
        raise Failure(Code.ONLY_PRINTED.at(shown_path(collection.paths[0]), 1))

    def path(kind: str) -> Path:
        return folder / f"{collection.stem}{OUTPUTS[kind].suffix}"

    kept = options.lock or collection.lock
    for kind in kinds:
        _refuse_lock(path(kind), kept)
        files.refuse_unwritable(path(kind))
    if not collection.is_only_printed:
        if "deck" in kinds:
            _refuse_lost_lock(path("deck"), kept)
        if not options.locked and not kept.exists():
            files.refuse_unwritable(kept)
    package = read_package(options.retire) if options.retire else None
    settings = collection.printing(options.tagged)
    with folders.alone(kept.parent):
        documents = read_documents(context, kept)
        report.add(idle_settings(collection, documents), collection.root)
        if report.failed:
            return
        settled = settle(context, documents, options, package)
        if not settled:
            return
        material = Material(settled.made.library, settings, settled.made.rendered, settled.retired)
        made = outputs.unwritten(kinds, material, path, report, spared)
        if made:
            write(settled, made, report)


def collate(context: Context, documents: Sequence[Document], output: Path, options: Options) -> None:
    """The library of documents that have been read, as a file, and its lock: both or none. For make."""
    path = options.lock or context.collection.lock
    for written in (output, *(options.asked or ())):
        _refuse_lock(written, path)
    with folders.alone(path.parent):
        settled = settle(context, documents, options)
        if not settled:
            return
        library = Material(settled.made.library)
        made = outputs.unwritten(["model"], library, lambda kind: output, context.report)
        if made:
            write(settled, made, context.report)


def _refuse_lock(output: Path, path: Path) -> None:
    """Raises `Failure` where an output would be written over the lock at `path`."""
    if files.resolved(output) == files.resolved(path):
        raise Failure(Code.LOCK_IS_OUTPUT.at(shown_path(output), 1))


def _refuse_lost_lock(package: Path, path: Path) -> None:
    """Raises `Failure` where there is no lock at `path`, but a package that tells its guids, and would be lost too."""
    if package.exists() and not path.exists():
        quoted = shlex.quote(shown_path(package))
        raise Failure(Code.LOCK_LOST.at(shown_path(package), 1, package=quoted))


def settled_library(context: Context, options: Options) -> Library | None:
    """The library of the documents, its lock written; None, and a report, where that can't be."""
    kept = options.lock or context.collection.lock
    with folders.alone(kept.parent):
        documents = read_documents(context, kept)
        settled = None if context.report.failed else settle(context, documents, options)
        if settled is None:
            return None
        write(settled, [], context.report)
        return settled.made.library


def write(settled: Collation, unwritten: Sequence[Unwritten], report: Report) -> None:
    """Write the lock, then the outputs, and tell what is new."""
    outputs.write(unwritten, report, settled.files)
    for line in settled.news:
        report.say(report.with_paths(line))


def settle(
    context: Context, documents: Sequence[Document], options: Options, package: Package | None = None
) -> Collation | None:
    """The library of the documents with the lock to write; None, and a report, where that may not change.

    `package` is an older one, whose removed notes go along.
    """
    collection, report = context.collection, context.report
    path = options.lock or collection.lock
    gathered = with_images(context, documents)
    before = lock.new() if collection.is_only_printed else lock.load(path) or lock.new()
    made = join(
        collated(context, gathered, before, refresh=options.refresh), before, context.now, options.refresh
    )
    changes = compare(before, made.lock)
    problems = list(made.problems)
    if not made.entries:
        problems.append(Code.NO_NOTES.at(shown_path(collection.paths[0]), 1))
    if not options.accept_removals:
        read = {document.source for document in documents}
        unclear = {doubt.rivals[0].guid for doubt in made.doubts}
        problems += losses(before, made.lock, read, __version__, unclear)
    if options.locked and made.lock != before:
        problems.append(Code.LOCK_CHANGES.at(shown_path(path), 1, changes=changes))
    after, retired = retire(made.lock, package, context.now) if package else (made.lock, ())
    if options.locked and after != made.lock:
        retirement = f"{len(retired)} retired"
        problems.append(Code.LOCK_CHANGES.at(shown_path(path), 1, changes=retirement))
    if made.uncompared:
        count = counted(made.uncompared, "removed note")
        problems.append(Code.NOT_COMPARED.at(shown_path(path), 1, count=count))
    report.add(problems, collection.root)
    if has_errors(problems):
        return None
    report.add(decks_kept(collection, before, documents), collection.root)
    news = [*changes_told(changes, path)] if made.lock != before else []
    news += groups_told(made)
    news += context_told(before, made, options.refresh)
    if package:
        news.append(f"{counted(len(retired), 'removed note')} of the older package included, tagged {TAG}")
    if collection.is_only_printed:
        return Collation(made, (), (), ())
    written = replace(after, version=before.version if after == before else __version__)
    first = [] if options.locked else [(path, lock.dump(written))]
    if options.asked:
        for is_there, told in zip((True, False), options.asked, strict=True):
            paths = sorted(file for file, there in gathered.files.items() if there is is_there)
            first.append((told, b"".join(os.fsencode(path) + b"\0" for path in paths)))
    for file, data in first:  # before the outputs are made, which takes longer
        if not files.holds(file, data):
            files.refuse_unwritable(file)
    return Collation(made, tuple(first), retired, tuple(news))
