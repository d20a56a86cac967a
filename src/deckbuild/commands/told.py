"""What a build says of its notes: which changed, which wait, which stand for others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from deckbuild.identity.changes import Changes
from deckbuild.identity.collate import Collated
from deckbuild.identity.lock import Lock, NoteRecord
from deckbuild.report.counted import counted
from deckbuild.report.report import shown_path

_MOST_SEARCHED = 50
"""Removed notes that one search names; Anki's browser has one line for it."""


def groups_told(made: Collated) -> Iterator[str]:
    """How many notes ask what others ask: those that one card stands for, and those left to the author."""
    joined = len(made.entries) - len(made.library.entries)
    if joined:
        cards = sum(1 for entry in made.library.entries if entry.others)
        notes, on = counted(joined, "note"), counted(cards, "card")
        yield f"asked more than once: {notes} joined to {on}, answers folded there"
    if made.undecided:
        yield (
            f"asked more than once by cards that were built before: {counted(made.undecided, 'group')};"
            " `deckbuild duplicates PATH` shows them and takes decisions"
        )


def context_told(before: Lock, made: Collated, refresh: bool) -> Iterator[str]:
    """Which notes go to new learners only, as they are, or to everyone, at what price."""
    known = {record.guid: record for record in before.notes if not record.removed}
    if refresh:
        cards = {entry.guid for entry in made.library.entries}
        count = sum(
            record.guid in known
            and record.guid in cards
            and known[record.guid].content == record.content
            and known[record.guid].modified != record.modified
            for record in made.lock.notes
        )
        yield f"refreshed: {counted(count, 'note')}; importing overwrites the learner's own tags and edits there"
    elif made.outdated:
        yield (
            f"changed in context only (titles, tags, sources): {counted(len(made.outdated), 'note')}; learners who"
            " have them get that with the next change, or with --refresh"
        )


def changes_told(changes: Changes, path: Path) -> Iterator[str]:
    """What a new lock says against the old.

    Anki keeps notes that a package no longer has; its browser finds a few of them, a tag all.
    """
    yield f"{shown_path(path)}: {changes}"
    if changes.rendered:
        count = len(changes.rendered)
        yield f"cards are drawn anew: {counted(count, 'note')}, although the documents are unchanged"
    if changes.one_way:
        rows = counted(len(changes.one_way), "row")
        yield f"no longer asked in reverse: {rows}, whose card in Anki is empty until Tools > Empty Cards removes it"
    if len(changes.removed) > _MOST_SEARCHED:
        yield ("removed notes stay in Anki; to tag them there, build with --retire and an older package")
    elif changes.removed:
        yield f"removed notes stay in Anki; to find them, search the browser for: {_search(changes.removed)}"
    if changes.joined:
        joined = _search(changes.joined[:_MOST_SEARCHED])
        yield f"joined notes stay in Anki; to suspend them there, search the browser for: {joined}"


def _search(records: Sequence[NoteRecord]) -> str:
    return " OR ".join(f'"ID:{record.guid}"' for record in records)
