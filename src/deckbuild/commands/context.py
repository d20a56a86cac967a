"""What most commands do first: find the collection, read its documents and their images, collate them."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.collection.collection import Collection, one
from deckbuild.collection.media import Gathered, gather
from deckbuild.collection.unread import unread
from deckbuild.commands.kept_models import read
from deckbuild.decode.source import LIMIT
from deckbuild.maths.check import mathjax
from deckbuild.model import Diagnostic, Document, Severity
from deckbuild.read import read_bytes
from deckbuild.report.counted import counted
from deckbuild.report.diagnostics import Code, Failure
from deckbuild.report.report import Report, shown_path

if TYPE_CHECKING:
    from deckbuild.identity.collate import Collated
    from deckbuild.identity.lock import Lock
    from deckbuild.package.reader import Package


class Context(Struct, frozen=True):
    """What a command works with: a collection, where it tells of problems, and one reading of the clock."""

    collection: Collection
    report: Report
    now: int
    """Seconds since 1970 (UTC): SOURCE_DATE_EPOCH where it is set, else the time when the command began."""


def prepared(paths: Sequence[Path], report: Report) -> Context:
    """The context of a command that was given these paths in the working directory.

    Raises `PathNotFound`, and `Failure` as `collection.one` does.
    """
    report.paths = paths
    return about(one(paths, Path.cwd()), report)


def about(collection: Collection, report: Report) -> Context:
    """The context of a command on a collection that is known already."""
    return Context(collection, report, int(os.environ.get("SOURCE_DATE_EPOCH") or time.time()))


def read_documents(context: Context, kept: Path | None = None) -> list[Document]:
    """The documents of the collection; those that can't be read are reported and left out.

    Where the lock at `kept` knows no note of a file that isn't of its format, nothing is lost without it: that is
    only a warning then.
    """
    collection, report = context.collection, context.report
    documents = []
    if not mathjax.available():
        report.add([Code.NO_MATHJAX.at(shown_path(collection.paths[0]), 1)])
    for file in collection.files:
        try:
            name = collection.source(file)
            collection.refuse_unfit(file)
            document = read(file, name, collection.preferences(name))
        except Failure as failure:
            report.add([_weighed(found, kept) for found in failure.diagnostics], collection.root)
        else:
            report.add(document.diagnostics, collection.root)
            documents.append(document)
    return documents


def _weighed(found: Diagnostic, kept: Path | None) -> Diagnostic:
    if kept is None or found.code != Code.WRONG_FORMAT.slug:
        return found
    from deckbuild.identity import lock

    known = lock.load(kept)
    if known and any(record.source == found.source and not record.removed for record in known.notes):
        return found
    return replace(found, severity=Severity.WARNING)


def standard_input(stream: BinaryIO) -> tuple[Diagnostic, ...]:
    """The problems of a document that comes in; Markdown, or rows where all of it are rows. Raises `Failure`."""
    return read_bytes(stream.read(LIMIT + 1), "-").diagnostics


def with_images(context: Context, documents: Sequence[Document]) -> Gathered:
    """The documents with their images; what is wrong with those is reported, unless it is not wanted.

    It is added to what the documents tell of themselves.
    """
    collection = context.collection
    gathered = gather(documents, collection.root)
    wanted = [d for d in gathered.problems if d.code not in collection.preferences(d.source).ignore]
    context.report.add(wanted, collection.root)
    passed = (d for d in unread(collection, gathered.files) if not _is_unwanted(collection, d))
    context.report.add(passed, collection.root)
    told = {source: tuple(group) for source, group in groupby(wanted, attrgetter("source"))}
    found = (
        replace(document, diagnostics=(*document.diagnostics, *told.get(document.source, ())))
        for document in gathered.documents
    )
    return replace(gathered, documents=tuple(found))


def _is_unwanted(collection: Collection, found: Diagnostic) -> bool:
    """Whether the settings leave a file out, or don't want to be told of it."""
    return found.code in collection.preferences(found.source).ignore


def collated(
    context: Context,
    gathered: Gathered,
    before: Lock,
    decided: Mapping[tuple[str, int], str] = MappingProxyType({}),
    refresh: bool = False,
) -> Collated:
    """The library of the documents with its images, and the lock that follows `before`; nothing is reported.

    `decided` are notes, by source and line, that the author settled: the guid to keep, "" for a new note. With
    `refresh` notes are newer too where only titles, tags or names of sources have changed.
    """
    from deckbuild.commands import elsewhere
    from deckbuild.commands.kept_drafts import Drafts
    from deckbuild.identity.changes import compare
    from deckbuild.identity.collate import Elsewhere, collate

    collection = context.collection
    gone = elsewhere.gone(collection, before)
    ours = frozenset(filter(collection.covers, gone))
    drafts = Drafts()

    def with_others(others: tuple[Document, ...]) -> Collated:
        around = Elsewhere(others, gone - ours)
        return collate(
            gathered.documents,
            before,
            context.now,
            collection.name,
            ours,
            decided,
            refresh,
            around,
            drafts.of,
        )

    made = with_others(())
    if others := elsewhere.changed(collection, before, compare(before, made.lock)):
        made = with_others(others)
    drafts.keep()
    return replace(made, library=replace(made.library, media=gathered.media))


def tell_skipped(package: Package, report: Report) -> None:
    """Say how many notes of a package are none of ours."""
    if package.skipped:
        report.say(
            f"ignored, because of another note type: {counted(package.skipped, 'note')} in the package"
        )


def known_lock(collection: Collection) -> Lock | None:
    """The lock of a collection, for commands that only look."""
    from deckbuild.identity import lock

    return lock.load(collection.lock)
