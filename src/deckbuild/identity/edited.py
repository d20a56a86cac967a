"""Edited notes: which of the unmatched notes is which of the unmatched records, where that is clear.

Where there are many, those pairs are compared that share a rare word or stand at the same place. A pair is
accepted if it is alike enough for where it stands and ahead of every rival, the most alike first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from deckbuild.identity.found import Found
from deckbuild.identity.hashing import back
from deckbuild.identity.likeness import IDENTICAL, TELLING, Likeness, alike
from deckbuild.identity.lock import FIRST, NoteRecord
from deckbuild.identity.order import Places, Spot
from deckbuild.identity.words import Rarity, hashed, hashes, words
from deckbuild.model import Kind

IN_PLACE = 0.45
"""Likeness of a note that stands alone between the neighbours that its record stood between."""
NEARBY = 0.55
"""Likeness where several notes and records stand between the same neighbours."""
ELSEWHERE = 0.65
"""Likeness in the same document."""
AWAY = 0.75
"""Likeness in another document, which is still there."""
DOUBTFUL = 0.12
"""How much less than enough is left to the author."""
MARGIN = 0.1
"""How much more alike than any rival the right one must be."""
SAME_QUESTION = 0.76
"""Likeness of a question of several words that nobody else asks, whatever its answer."""

SAME_ANSWER = 0.7
"""Likeness at most where only the answer is the same; `TELLS` for each unit of what it tells, above `BARE`."""
BARE, TELLS = 0.3, 0.03
PLAUSIBLE = 0.4
"""Likeness of questions below which nobody is asked, unless the answer is the same."""

MOST_PAIRS = 4_000
"""Pairs that are all compared; of more, those that share a rare word or a place."""
MOST_WITH_WORD = 40
"""Records that share a word which still tells which to compare."""
MOST_TELLING = 8
"""Rare words of a note by which records are looked up."""
MOST_CANDIDATES = 8
"""Records that are compared for the words they share."""
MOST_BETWEEN = 20
"""Notes or records between two neighbours that are all compared; of more, those of nearly the same rank."""
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


class _Pair(Struct, frozen=True):
    place: int
    record: NoteRecord
    excess: float
    """Likeness above what is enough where they stand."""
    plausible: bool
    """Whether a little less than enough is a question to the author."""


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
    pool = _Pool(near, known)
    new: dict[int, NoteRecord] = {}
    pairs: list[_Pair] = []
    compared: set[str] = set()
    for _ in range(ROUNDS):
        open_places = [place for place in places if place not in new]
        taken = {record.guid for record in new.values()}
        open_records = [record for record in records if record.guid not in taken]
        where = Places(found, living, {**matched, **new})
        pairs = []
        for place, record in _candidates(open_places, found, open_records, where, pool):
            compared.add(record.guid)
            pairs.append(_judged(place, found[place], record, where, pool))
        clear = _clear(pairs, found)
        if not clear:
            break
        new |= clear
    doubts = _doubts([pair for pair in pairs if pair.place not in new], new)
    is_part = len(places) * len(records) > MOST_PAIRS
    return Edited(new, doubts, len({r.guid for r in records} - compared) if is_part else 0)


class _Pool:
    """The notes and records of the sources concerned: how rare their words are, and what stands there twice."""

    def __init__(self, found: Sequence[Found], known: Sequence[NoteRecord]) -> None:
        self.there = {note.source for note in found}
        self._words: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        notes: list[Found | NoteRecord] = [*found, *known]
        for note in notes:
            self._words[note.source].append(_telling(note))
        self._rarity: dict[str, Rarity] = {}
        self._alike: dict[tuple[int, str], Likeness] = {}
        sides = (found, known)
        self._questions = [Counter((n.kind, n.source, n.question) for n in side) for side in sides]
        self._answers = [Counter((n.kind, n.source, back(n)) for n in side) for side in sides]

    def rarity(self, source: str) -> Rarity:
        """How rare words are in a source."""
        if source not in self._rarity:
            self._rarity[source] = Rarity(self._words[source])
        return self._rarity[source]

    def alike(self, place: int, note: Found, record: NoteRecord) -> Likeness:
        """How alike a note, by its place, and a record are."""
        pair = place, record.guid
        if pair not in self._alike:
            same = self.has_same_answer(note, record)
            self._alike[pair] = alike(note, record, self.rarity(note.source), same)
        return self._alike[pair]

    def is_repeated(self, note: Found, record: NoteRecord) -> bool:
        """Whether another note of their sources asks, or asked, the same."""
        keys = {(n.kind, n.source, n.question) for n in (note, record)}
        return any(counts[key] > 1 for counts in self._questions for key in keys)

    def has_same_answer(self, note: Found, record: NoteRecord) -> bool:
        """Whether they have one answer that no other note of their sources has or had."""
        keys = {(n.kind, n.source, back(n)) for n in (note, record)}
        return back(note) == back(record) and all(c[key] <= 1 for c in self._answers for key in keys)


def _telling(note: Found | NoteRecord) -> frozenset[str]:
    return hashes(note.sketch) | frozenset(map(hashed, words(note.question)))


def _candidates(
    places: Sequence[int],
    found: Sequence[Found],
    records: Sequence[NoteRecord],
    where: Places,
    pool: _Pool,
) -> list[tuple[int, NoteRecord]]:
    """Pairs that may be one note: they share rare words, or stand between the same neighbours; all, if few."""
    if len(places) * len(records) <= MOST_PAIRS:
        return [(p, record) for p in places for record in records if record.kind is found[p].kind]
    index: defaultdict[tuple[Kind, str], list[int]] = defaultdict(list)
    between: defaultdict[object, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        for word in _telling(record):
            index[record.kind, word].append(at)
        if spot := where.records.get(record.guid):
            between[record.kind, spot.gap].append(at)
    pairs: dict[tuple[int, int], None] = {}
    for place in places:
        note = found[place]
        shared: defaultdict[int, float] = defaultdict(float)
        rarity = pool.rarity(note.source)
        rare = sorted(_telling(note), key=lambda word: (-rarity.of(word), word))
        used = 0
        for word in rare:
            having = index.get((note.kind, word), [])
            if having and len(having) <= MOST_WITH_WORD:
                used += 1
                for at in having:
                    shared[at] += rarity.of(word)
            if used == MOST_TELLING:
                break
        best = sorted(shared, key=lambda at: (-shared[at], at))[:MOST_CANDIDATES]
        pairs |= dict.fromkeys((place, at) for at in best)
        spot = where.found[place]
        group = between.get((note.kind, spot.gap), [])
        if len(group) > MOST_BETWEEN or spot.count > MOST_BETWEEN:
            rank = spot.rank * len(group) // spot.count
            group = group[max(0, rank - 4) : rank + 5]
        pairs |= dict.fromkeys((place, at) for at in group)
    return [(place, records[at]) for place, at in pairs]


def _judged(place: int, note: Found, record: NoteRecord, where: Places, pool: _Pool) -> _Pair:
    likeness = pool.alike(place, note, record)
    enough = _enough(where.found[place], where.records.get(record.guid), note, record, pool.there)
    score, answer = likeness.score, likeness.answer
    plausible = likeness.question >= PLAUSIBLE and not likeness.other
    if note.question == record.question:
        if pool.is_repeated(note, record):
            if note.section != record.section and answer is not None and answer < 0.4:
                score = 0.0
        elif note.kind is Kind.QA and len(words(note.question)) > 2:
            score = max(score, SAME_QUESTION)
    else:
        if likeness.other:
            score = 0.0
        elif likeness.spelling:
            score = min(score, enough - 0.01)
        if answer and answer >= IDENTICAL and likeness.told:
            score = max(score, min(SAME_ANSWER, BARE + TELLS * likeness.told))
            plausible |= likeness.told >= TELLING
    return _Pair(place, record, score - enough, plausible and enough < ELSEWHERE)


def _enough(spot: Spot, other: Spot | None, note: Found, record: NoteRecord, there: set[str]) -> float:
    """How alike a note and a record must be where they stand."""
    if other and spot.gap == other.gap and (spot.gap.before, spot.gap.after) != ("", ""):
        bounded = spot.gap.before not in ("", FIRST) or spot.gap.after not in ("", "$")
        if spot.count == other.count and spot.rank == other.rank and (bounded or spot.count == 1):
            return IN_PLACE
        if bounded and max(spot.count, other.count) <= MOST_BETWEEN:
            return NEARBY
    if note.source == record.source or record.source not in there:
        return ELSEWHERE
    return AWAY


def _clear(pairs: Sequence[_Pair], found: Sequence[Found]) -> dict[int, NoteRecord]:
    """The pairs that are alike enough and ahead of every rival; a rival that found its own is none."""
    best: defaultdict[object, list[_Pair]] = defaultdict(list)
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
            if all(pair.excess - other.excess >= _margin(pair, other, found) for other in rivals):
                clear[pair.place] = pair.record
                taken |= {pair.place, pair.record.guid}
                changed = True
    return clear


def _equal(one: _Pair, other: _Pair, found: Sequence[Found]) -> bool:
    """Whether it makes no difference which of two rivals it is."""
    if one.place == other.place:
        return (one.record.content, one.record.question) == (other.record.content, other.record.question)
    return found[one.place].content == found[other.place].content


def _margin(pair: _Pair, other: _Pair, found: Sequence[Found]) -> float:
    """How much a pair must be ahead of another: twice as much where both notes say what the record said."""
    answers = {back(note) for note in (found[pair.place], found[other.place], pair.record, other.record)}
    return MARGIN * 2 if len(answers) == 1 else MARGIN


def _doubts(pairs: Sequence[_Pair], new: Mapping[int, NoteRecord]) -> tuple[Doubt, ...]:
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
