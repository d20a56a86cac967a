"""Commands that only look: what importing a new build would do, what became of each line of a document."""

from __future__ import annotations

from pathlib import Path

from deckbuild.cards import note_types
from deckbuild.cards.stored import stored_notes
from deckbuild.commands.context import (
    Context,
    collated,
    known_lock,
    read_documents,
    tell_skipped,
    with_images,
)
from deckbuild.commands.explain import Explanation, explain
from deckbuild.commands.listing import joined_notes
from deckbuild.identity import lock
from deckbuild.identity.collate import Collated
from deckbuild.identity.joining import join
from deckbuild.identity.lock import Lock
from deckbuild.package.difference import Change, against_lock, against_package
from deckbuild.package.reader import read_package
from deckbuild.read import extract, opened
from deckbuild.report.diagnostics import Failure


def library(context: Context, before: Lock, grouped: bool = False) -> Collated | None:
    """The library as a build would make it, with no lock written; None, and a report, if that fails.

    With `grouped` its groups of notes that ask the same are looked for even if nothing is new.
    """
    documents = read_documents(context)
    if context.report.failed:
        return None
    found = collated(context, with_images(context, documents), before)
    made = join(found, before, context.now, grouped=grouped)
    context.report.add(made.problems, context.collection.root)
    return made


def difference(context: Context, path: Path | None) -> list[Change]:
    """What importing a new build would do, against the lock or an older package."""
    package = read_package(path) if path else None
    before = known_lock(context.collection) or lock.new()
    made = library(context, before)
    if made is None:
        return []
    notes = stored_notes(made.library, note_types.note_types(), made.rendered)
    if package is None:
        return against_lock(made.library, notes, before, made.lock, made.outdated)
    tell_skipped(package, context.report)
    return against_package(made.library, notes, made.lock, package)


def explained(context: Context) -> Explanation | None:
    """What became of each line of a collection's only document; None, and a report, if it can't be read."""
    collection = context.collection
    (file,) = collection.files
    name = collection.source(file)
    try:
        collection.refuse_unfit(file)
        source, reading = opened(file, name)
        document = extract(source, collection.preferences(name), reading)
    except Failure as failure:
        context.report.add(failure.diagnostics, collection.root)
        return None
    known = known_lock(collection)
    joined = joined_notes([document], known) if known else {}
    return explain(source, document, reading is None, {owner: why for (_, owner), why in joined.items()})
