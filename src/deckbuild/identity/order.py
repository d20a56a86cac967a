"""Where notes stand: between which neighbours, in the documents and in the lock."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from deckbuild.identity.found import Found
from deckbuild.identity.lock import FIRST, NoteRecord

_LAST = "$"
_UNKNOWN = ""


class Gap(Struct, frozen=True):
    """The nearest neighbours, by guid, on both sides that are known to have stayed."""

    source: str
    before: str
    after: str


class Spot(Struct, frozen=True):
    """A note's gap, and its place among the unmatched notes of its kind there."""

    gap: Gap
    rank: int
    count: int


class Places:
    """The spots of unmatched notes and records, given those that are matched."""

    def __init__(
        self, found: Sequence[Found], records: Sequence[NoteRecord], matched: Mapping[int, NoteRecord]
    ) -> None:
        homes = _homes(found, matched)
        place_of = {record.guid: place for place, record in matched.items()}
        stays = {
            record.guid
            for place, record in matched.items()
            if homes.get(found[place].source) == record.source
        }
        self.found: dict[int, Spot] = {}
        self.records: dict[str, Spot] = {}
        by_source: defaultdict[str, list[int]] = defaultdict(list)
        for place, note in enumerate(found):
            by_source[note.source].append(place)
        for source, places in by_source.items():
            home = homes.get(source, source)
            marks = [
                matched[place].guid if place in matched and matched[place].guid in stays else None
                for place in places
            ]
            for at, gap in _gaps(home, marks, FIRST, _LAST).items():
                if places[at] not in matched:
                    self.found[places[at]] = Spot(gap, 0, 0)
        of_source: defaultdict[str, list[NoteRecord]] = defaultdict(list)
        for record in records:
            of_source[record.source].append(record)
        for source, group in of_source.items():
            for chain, first, last in _chains(group):
                marks = [record.guid if record.guid in stays else None for record in chain]
                for at, gap in _gaps(source, marks, first, last).items():
                    if chain[at].guid not in place_of:
                        self.records[chain[at].guid] = Spot(gap, 0, 0)
        kinds = {record.guid: record.kind for record in records}
        self.found = _ranked(self.found, {place: found[place].kind for place in self.found})
        self.records = _ranked(self.records, {guid: kinds[guid] for guid in self.records})


def _homes(found: Sequence[Found], matched: Mapping[int, NoteRecord]) -> dict[str, str]:
    """For each document the source of the lock that most of its notes come from."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for place, record in matched.items():
        votes[found[place].source][record.source] += 1
    return {
        source: max(counts, key=lambda name: (counts[name], name == source, name))
        for source, counts in votes.items()
    }


def _gaps(source: str, marks: Sequence[str | None], first: str, last: str) -> dict[int, Gap]:
    """The gap of each note that isn't marked as one that stayed."""
    before: list[str] = []
    latest = first
    for mark in marks:
        before.append(latest)
        latest = mark or latest
    gaps: dict[int, Gap] = {}
    latest = last
    for at in range(len(marks) - 1, -1, -1):
        if marks[at] is None:
            gaps[at] = Gap(source, before[at], latest)
        latest = marks[at] or latest
    return gaps


def _chains(records: Sequence[NoteRecord]) -> list[tuple[list[NoteRecord], str, str]]:
    """The records of a source in their order, as far as it is known; and what stands before and behind.

    A merge of two branches may leave several chains, or a circle, whose order is not known.
    """
    followers: defaultdict[str, list[NoteRecord]] = defaultdict(list)
    for record in records:
        followers[record.after].append(record)
    guids = {record.guid for record in records}
    heads = [record for record in records if record.after not in guids]
    whole = len(heads) == 1
    chains = []
    seen: set[str] = set()
    for head in heads:
        chain: list[NoteRecord] = []
        open_records = [head]
        while open_records:
            record = open_records.pop()
            if record.guid not in seen:
                seen.add(record.guid)
                chain.append(record)
                open_records += reversed(followers[record.guid])
        start = FIRST if head.after == FIRST else _UNKNOWN
        chains.append((chain, start, _LAST if whole else _UNKNOWN))
    chains += (([record], _UNKNOWN, _UNKNOWN) for record in records if record.guid not in seen)
    return chains


def _ranked(spots: dict, kinds: Mapping) -> dict:  # type: ignore[type-arg]
    groups: defaultdict[object, list[object]] = defaultdict(list)
    for key, spot in spots.items():
        groups[spot.gap, kinds[key]].append(key)
    return {
        key: Spot(spots[key].gap, rank, len(group))
        for group in groups.values()
        for rank, key in enumerate(group)
    }
