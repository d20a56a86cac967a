"""Edited notes: which of the unmatched notes is which of the unmatched records, where that is clear.

Where there are many, those pairs are compared that share a rare word or stand at the same place. A pair is
accepted if it is alike enough for where it stands and ahead of every rival, the most alike first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from deckbuild.identity.candidates import MOST_BETWEEN, MOST_PAIRS, Pool, candidates
from deckbuild.identity.found import Found
from deckbuild.identity.hashing import back
from deckbuild.identity.likeness import TELLING, Likeness
from deckbuild.identity.lock import FIRST, NoteRecord
from deckbuild.identity.order import Places, Spot
from deckbuild.identity.questions import IDENTICAL, TERM, is_same
from deckbuild.identity.swapped import Swap
from deckbuild.identity.words import LONG_ANSWER, hashes, words
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
SPELT = 0.7
"""Share of letters from which a question in its place, with its own answer, is spelt anew."""
SIMILAR = 0.5
"""Share of letters from which that is for the author to say."""
KEPT = 0.25
"""Likeness of questions below which another one is asked, if the answer is short: others have the same."""
SAYS_ANOTHER = 0.4
"""Likeness of answers below which a question that others ask too, such as "Example", is another note's."""
NEARLY_ALL, LONG_QUESTION = 0.95, 20
"""Likeness from which nearly all of a question has stayed, and words of a long one."""
MOSTLY = 0.75
"""Likeness of answers from which a note that asks something else, in the same place, is for the author to say."""
PLAUSIBLE = 0.4
"""Likeness of questions below which nobody is asked, unless the answer is the same."""

ROUNDS = 4
DIGITS = 9
"""Decimals in which likenesses are compared, so that equal ones are."""


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
    is_long: bool
    """Whether nearly all of a long question has stayed."""


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
    pairs: list[_Pair] = []
    compared: set[str] = set()
    for _ in range(ROUNDS):
        open_places = [place for place in places if place not in new]
        taken = {record.guid for record in new.values()}
        open_records = [record for record in records if record.guid not in taken]
        where = Places(found, living, {**matched, **new})
        pairs = []
        for place, record in candidates(open_places, found, open_records, where, pool):
            compared.add(record.guid)
            pairs.append(_judged(place, found[place], record, where, pool))
        clear = _clear(pairs, found)
        if not clear:
            break
        new |= clear
    doubts = _doubts([pair for pair in pairs if pair.place not in new], new)
    is_part = len(places) * len(records) > MOST_PAIRS
    return Edited(new, doubts, len({r.guid for r in records} - compared) if is_part else 0)


def _judged(place: int, note: Found, record: NoteRecord, where: Places, pool: Pool) -> _Pair:
    likeness = pool.alike(place, note, record)
    enough = _enough(where.found[place], where.records.get(record.guid), note, record, pool.there)
    score, answer = likeness.score, likeness.answer
    plausible = likeness.question >= PLAUSIBLE and not likeness.other and enough < ELSEWHERE
    swap = likeness.swap
    if swap is Swap.ANOTHER or (swap is Swap.UNSURE and enough >= ELSEWHERE):
        return _Pair(place, record, round(-enough, DIGITS), plausible=False, is_long=False)
    if is_same(note.question, record.question):
        if pool.is_repeated(note, record):
            is_title = note.section != record.section or (enough > IN_PLACE and note.source == record.source)
            if is_title and answer is not None and answer < SAYS_ANOTHER:
                score, plausible = 0.0, False
        elif note.kind is Kind.QA and len(words(note.question)) > 2:
            score = max(score, SAME_QUESTION)
        else:
            plausible = enough < AWAY
    else:
        if likeness.other or (score < ELSEWHERE and not _is_kept(note, record, likeness)):
            score = 0.0
        if answer and answer >= IDENTICAL and likeness.told and _is_kept(note, record, likeness):
            score = max(score, min(SAME_ANSWER, BARE + TELLS * likeness.told))
            if likeness.letters >= SPELT:
                score = max(score, IN_PLACE)
            told = likeness.told >= TELLING or likeness.letters >= SIMILAR
            plausible |= told and enough < ELSEWHERE
        if note.kind is Kind.QA and answer and answer < IDENTICAL and likeness.question < KEPT:
            plausible |= answer >= MOSTLY and enough < ELSEWHERE
            score = min(score, enough - 0.01)
        plausible |= swap is Swap.UNSURE
        if likeness.doubtful or swap is Swap.UNSURE:
            score = min(score, enough - 0.01)
    is_long = likeness.question >= NEARLY_ALL and len(words(note.question)) >= LONG_QUESTION
    return _Pair(place, record, round(score - enough, DIGITS), plausible, is_long)


def _is_kept(note: Found, record: NoteRecord, likeness: Likeness) -> bool:
    """Whether something of a question has stayed, or an answer that no other one has by chance.

    A term may get another name.
    """
    if likeness.question >= KEPT or likeness.letters >= SIMILAR or len(hashes(note.sketch)) >= LONG_ANSWER:
        return True
    return min(len(words(note.question)), len(words(record.question))) <= TERM


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
            if all(
                round(pair.excess - other.excess, DIGITS) >= _margin(pair, other, found) for other in rivals
            ):
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
    """How much a pair must be ahead of another: twice as much where both notes say what the record said.

    Several questions about one case have the answer "No", but all that they ask has stayed.
    """
    answers = {back(note) for note in (found[pair.place], found[other.place], pair.record, other.record)}
    return MARGIN * 2 if len(answers) == 1 and not pair.is_long else MARGIN


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
