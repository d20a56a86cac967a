"""Edited notes: which of the unmatched notes is which of the unmatched records, where that is clear.

Where there are many, those pairs are compared that share a rare word or stand at the same place. A pair is
accepted if it is alike enough for where it stands and ahead of every rival, the most alike first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from deckbuild.identity.candidates import MOST_PAIRS, Pool, candidates
from deckbuild.identity.changed import changed_alike
from deckbuild.identity.found import Found
from deckbuild.identity.hashing import back
from deckbuild.identity.judged import DIGITS, DOUBTFUL, Pair, judged
from deckbuild.identity.lock import NoteRecord
from deckbuild.identity.order import Places

MARGIN = 0.1
"""How much more alike than any rival the right one must be."""
ROUNDS = 4


class Doubt(Struct, frozen=True):
    """A note, by its place, and the records that it may be, the likeliest first."""

    place: int
    rivals: tuple[NoteRecord, ...]


class Edited(Struct, frozen=True):
    """Records by the place of their note; what is left to the author; how many records were not compared."""

    records: dict[int, NoteRecord]
    doubts: tuple[Doubt, ...]
    uncompared: int = 0


def edited(
    places: Sequence[int],
    found: Sequence[Found],
    records: Sequence[NoteRecord],
    living: Sequence[NoteRecord],
    matched: Mapping[int, NoteRecord],
) -> Edited:
    """The edited notes among `places`, which none of the `records` equals.

    `living` are all records that were there, `matched` those that are found already.
    """
    sources = {found[place].source for place in places} | {record.source for record in records}
    near = [note for note in found if note.source in sources]
    known = [record for record in living if record.source in sources]
    pool = Pool(near, known)
    new: dict[int, NoteRecord] = {}
    pairs: list[Pair] = []
    compared: set[str] = set()
    for _ in range(ROUNDS):
        open_places = [place for place in places if place not in new]
        taken = {record.guid for record in new.values()}
        open_records = [record for record in records if record.guid not in taken]
        where = Places(found, living, {**matched, **new})
        alike = changed_alike(found, {**matched, **new})
        pairs = []
        for place, record in candidates(open_places, found, open_records, where, pool):
            compared.add(record.guid)
            pairs.append(judged(place, found[place], record, where, pool, alike))
        clear = _clear(pairs, found)
        if not clear:
            break
        new |= clear
    doubts = _doubts([pair for pair in pairs if pair.place not in new], new)
    is_part = len(places) * len(records) > MOST_PAIRS
    return Edited(new, doubts, len({r.guid for r in records} - compared) if is_part else 0)


def _clear(pairs: Sequence[Pair], found: Sequence[Found]) -> dict[int, NoteRecord]:
    """The pairs that are alike enough and ahead of every rival; a rival that found its own is none."""
    best: defaultdict[object, list[Pair]] = defaultdict(list)
    for pair in pairs:
        best[pair.place].append(pair)
        best[pair.record.guid].append(pair)
    clear: dict[int, NoteRecord] = {}
    taken: set[object] = set()
    changed = True
    while changed:
        changed = False
        for pair in sorted(pairs, key=lambda p: (-p.excess, p.place, p.record.guid)):
            if pair.excess < 0:
                break
            if {pair.place, pair.record.guid} & taken:
                continue
            rivals = [
                other
                for side in (pair.place, pair.record.guid)
                for other in best[side]
                if other is not pair
                and not {other.place, other.record.guid} & taken
                and not _equal(pair, other, found)
            ]
            if all(
                round(pair.excess - other.excess, DIGITS) >= _margin(pair, other, found) for other in rivals
            ):
                clear[pair.place] = pair.record
                taken |= {pair.place, pair.record.guid}
                changed = True
    return clear


def _equal(one: Pair, other: Pair, found: Sequence[Found]) -> bool:
    """Whether it makes no difference which of two rivals it is."""
    if one.place == other.place:
        return (one.record.content, one.record.question) == (other.record.content, other.record.question)
    return found[one.place].content == found[other.place].content


def _margin(pair: Pair, other: Pair, found: Sequence[Found]) -> float:
    """How much a pair must be ahead of another: twice as much where both notes say what the record said.

    Several questions about one case have the answer "No", but all that they ask has stayed.
    """
    answers = {back(note) for note in (found[pair.place], found[other.place], pair.record, other.record)}
    return MARGIN * 2 if len(answers) == 1 and not pair.is_long else MARGIN


def _doubts(pairs: Sequence[Pair], new: Mapping[int, NoteRecord]) -> tuple[Doubt, ...]:
    """One doubt for each history at stake, with the likeliest pair; its other rivals behind."""
    taken: set[object] = {record.guid for record in new.values()}
    open_pairs = sorted(
        (p for p in pairs if p.excess >= -DOUBTFUL * p.plausible and p.record.guid not in taken),
        key=lambda p: (-p.excess, p.place, p.record.guid),
    )
    doubts = []
    for pair in open_pairs:
        if {pair.place, pair.record.guid} & taken:
            continue
        rivals = (p.record for p in open_pairs if p.place == pair.place and p.record.guid not in taken)
        doubts.append(Doubt(pair.place, tuple(rivals)))
        taken |= {pair.place, pair.record.guid}
    return tuple(sorted(doubts, key=lambda doubt: doubt.place))
