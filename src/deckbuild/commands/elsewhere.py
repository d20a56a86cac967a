"""What of a collection is not part of a build, but may hold notes that came from there or were moved away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from deckbuild.collection.collection import Collection
from deckbuild.collection.media import gather
from deckbuild.decode.source import load
from deckbuild.identity.changes import Changes
from deckbuild.identity.lock import Lock
from deckbuild.machine import files
from deckbuild.model import Document
from deckbuild.read import read
from deckbuild.report.diagnostics import Failure


def known_sources(before: Lock) -> set[str]:
    """The sources that a lock knows."""
    return {record.source for record in before.sources} | {
        record.source for record in before.notes if record.source
    }


def gone(collection: Collection, before: Lock) -> frozenset[str]:
    """The sources of a lock whose file is no longer there, wherever in the collection that was."""
    return frozenset(s for s in known_sources(before) if not files.exists(collection.root / s))


def changed(collection: Collection, before: Lock, changes: Changes) -> tuple[Document, ...]:
    """Documents that are not part of the build and may concern it, given what it changes so far.

    A new note may have been moved there from a document that has changed since; a removed one may have been
    moved into such a document, or into a new one. What can't be read tells nothing, and is not reported: the
    build is not about it.
    """
    if not (changes.added or changes.removed):
        return ()
    digests = {record.source: record.digest for record in before.sources}
    there = (source for source in known_sources(before) if not collection.covers(source))
    candidates = {collection.root / source for source in there}
    if changes.removed:
        candidates |= set(collection.outside())
    documents = list(_read(collection, sorted(candidates), digests))
    return gather(documents, collection.root).documents


def _read(collection: Collection, candidates: Iterable[Path], digests: dict[str, str]) -> Iterator[Document]:
    for file in candidates:
        name = collection.source(file)
        try:
            collection.refuse_unfit(file)
            if load(file, name).digest != digests.get(name):
                yield read(file, name, collection.preferences(name))
        except Failure:
            continue
