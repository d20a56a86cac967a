"""Which note stands for others that ask the same: by what stood before, by what the author said, by the groups.

Two notes that learners have are never made one without a decision: one of them would be a card that no import
updates again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from deckbuild.identity.lock import Lock, NoteRecord

EDITED = "edited"
"""Stands in `joint` where a note was edited by the build of a part without the other that it is joined to."""


def standing(
    before: Lock,
    after: Lock,
    groups: Sequence[Sequence[str]],
    built: Collection[str],
    fullness: Callable[[str], int],
) -> dict[str, str]:
    """For each note that another stands for the guid of that one.

    `groups` are guids of notes of the build that ask the same, in its order; `built` are those of all its notes,
    and `fullness` says how much one of them answers, 0 of others. `after` is the lock that follows `before`, which
    holds who stood for whom so far. That stays as long as neither is edited, or one of them is not part of the
    build.
    """
    old = {record.guid: record for record in before.notes}
    living = {record.guid: record for record in after.notes if not record.removed}
    chosen = {d.other: d.guid for d in before.decisions if d.verdict == "join"}
    clusters = _Clusters(
        frozenset(guid for guid in living if guid in old and (not old[guid].joined or guid in chosen)),
        frozenset(frozenset((d.guid, d.other)) for d in before.decisions if d.verdict == "keep"),
    )
    for other, guid in chosen.items():
        if other in living and guid in living:
            clusters.join(guid, other, decided=True)
    grouped = {guid: number for number, group in enumerate(groups) for guid in group}
    for record in living.values():
        stood = living.get(record.joined)
        if stood and (
            record.guid not in built
            or stood.guid not in built
            or (_unchanged(record, old) and _unchanged(stood, old))
            or grouped.get(record.guid, -1) == grouped.get(stood.guid, -2)
        ):
            clusters.join(stood.guid, record.guid)
    for group in groups:
        first = next((guid for guid in group if clusters.is_released(guid)), group[0])
        for guid in group:
            clusters.join(first, guid)
    stood_for = {record.joined for record in living.values() if record.joined}
    found: dict[str, str] = {}
    for cluster in clusters.several():
        head = max(
            cluster,
            key=lambda guid: (
                guid not in chosen,
                guid in clusters.released,
                guid in stood_for,
                fullness(guid),
                -cluster.index(guid),
            ),
        )
        found |= {guid: head for guid in cluster if guid != head}
    return found


def _unchanged(record: NoteRecord, old: Mapping[str, NoteRecord]) -> bool:
    """Whether a note says what it said when the last build joined it."""
    known = old.get(record.guid)
    return known is not None and is_unedited(known, record) and known.joint != EDITED


def is_unedited(known: NoteRecord, record: NoteRecord) -> bool:
    """Whether a note says what it said, by its hashes or, where those of an older lock are others, by its time."""
    return record.content == known.content or record.modified == known.modified


class _Clusters:
    """Notes that one card stands for, as they grow."""

    def __init__(self, released: frozenset[str], apart: frozenset[frozenset[str]]) -> None:
        self.released = released
        self._apart = apart
        self._of: dict[str, list[str]] = {}

    def join(self, one: str, other: str, decided: bool = False) -> None:
        """Make two clusters one, unless the author keeps some of them apart, or learners have both."""
        first, second = self._cluster(one), self._cluster(other)
        if first is second or any(frozenset((a, b)) in self._apart for a in first for b in second):
            return
        if not decided and self.is_released(one) and self.is_released(other):
            return
        first += second
        self._of |= dict.fromkeys(first, first)

    def is_released(self, guid: str) -> bool:
        """Whether learners have a card of its cluster."""
        return any(member in self.released for member in self._cluster(guid))

    def several(self) -> Iterable[list[str]]:
        """The clusters of more than one note."""
        return [found for guid, found in self._of.items() if guid == found[0] and len(found) > 1]

    def _cluster(self, guid: str) -> list[str]:
        return self._of.setdefault(guid, [guid])
