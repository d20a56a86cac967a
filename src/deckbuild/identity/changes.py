"""What became of notes and note types from one lock to the next, and whether that may be meant."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from deckbuild.identity.hashing import rest
from deckbuild.identity.lock import Lock, NoteRecord
from deckbuild.model import Diagnostic, Kind
from deckbuild.report.counted import counted
from deckbuild.report.diagnostics import Code

MOST_LOST = 0.3
"""Share of a source's notes that may leave at once without being asked about; beyond it, a changed layout or
a broken file is likelier than intent."""


class Changes(Struct, frozen=True):
    """What a new lock says against the old: notes by what became of them, and note types that changed."""

    added: tuple[NoteRecord, ...] = ()
    changed: tuple[NoteRecord, ...] = ()
    removed: tuple[NoteRecord, ...] = ()
    note_types: tuple[str, ...] = ()
    joined: tuple[NoteRecord, ...] = ()
    """Cards of their own before, for which others stand by a decision."""
    rendered: tuple[NoteRecord, ...] = ()
    """Those of the changed whose document has not changed: deckbuild reads or renders it differently."""
    one_way: tuple[NoteRecord, ...] = ()
    """Rows that are no longer asked in reverse."""

    def __str__(self) -> str:
        counts = f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed"
        if self.joined:
            counts += f", {len(self.joined)} joined to others"
        return f"{counts}, note types {', '.join(self.note_types)}" if self.note_types else counts


def compare(before: Lock, after: Lock) -> Changes:
    """What became of the notes and note types from one lock to the next; those that others stand for are none."""
    old = {record.guid: record for record in before.notes if not record.removed and not record.joined}
    living = {record.guid: record for record in after.notes if not record.removed}
    new = {guid: record for guid, record in living.items() if not record.joined}
    digests = {record.kind: record.digest for record in before.note_types}
    same = _unchanged(before, after)
    changed = tuple(r for guid, r in new.items() if guid in old and old[guid].modified != r.modified)
    return Changes(
        tuple(record for guid, record in new.items() if guid not in old),
        changed,
        tuple(record for guid, record in old.items() if guid not in living),
        tuple(r.kind for r in after.note_types if digests.get(r.kind, r.digest) != r.digest),
        tuple(living[guid] for guid in old if guid in living and guid not in new),
        tuple(
            r
            for r in changed
            if r.source in same and old[r.guid].source == r.source and old[r.guid].content != r.content
        ),
        tuple(r for r in changed if r.kind is Kind.ROW and rest(old[r.guid]) and not rest(r)),
    )


def losses(
    before: Lock, after: Lock, read: Iterable[str], version: str, unclear: Iterable[str] = ()
) -> tuple[Diagnostic, ...]:
    """An error for each source that was read and lost more than `MOST_LOST` of its notes.

    A note that another stands for is no card that could be lost. Of those whose guids are `unclear` the author has
    yet to say whether they are lost. If the lock was written by another `version` of deckbuild than this one, that
    is named as the cause.
    """
    living = {record.guid for record in after.notes if not record.removed} | {*unclear}
    same = _unchanged(before, after)
    problems = []
    for source in sorted(read):
        had = [r.guid for r in before.notes if r.source == source and not (r.removed or r.joined)]
        lost = sum(guid not in living for guid in had)
        if lost > MOST_LOST * len(had):
            notes = counted(len(had), "note")
            cause = _cause(before.version, version, source in same)
            problems.append(Code.REMOVALS.at(source, 1, lost=lost, notes=notes, cause=cause))
    return tuple(problems)


def _unchanged(before: Lock, after: Lock) -> set[str]:
    """The sources whose bytes are those of before."""
    documents = {(record.source, record.digest) for record in before.sources}
    return {record.source for record in after.sources if (record.source, record.digest) in documents}


def _cause(old: str, new: str, is_same: bool) -> str:
    """What a message says of the version that wrote the lock, where it is another."""
    if old == new:
        return ""
    wrote = f"deckbuild {old}" if old else "an older deckbuild"
    if is_same:
        return f": the document is unchanged, but deckbuild {new} reads it differently from {wrote}"
    return f"; the lock was written by {wrote}, and deckbuild {new} may read it differently"
