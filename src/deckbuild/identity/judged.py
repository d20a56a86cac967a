"""Whether a note and a record are alike enough for where they stand, and what only the author can say of them."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from deckbuild.identity.candidates import MOST_BETWEEN, Pool
from deckbuild.identity.changed import Change, change
from deckbuild.identity.found import Found
from deckbuild.identity.likeness import TELLING, Likeness
from deckbuild.identity.lock import FIRST, NoteRecord
from deckbuild.identity.order import Places, Spot
from deckbuild.identity.questions import IDENTICAL, TERM
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

DIGITS = 9
"""Decimals in which likenesses are compared, so that equal ones are."""


class Pair(Struct, frozen=True):
    """A note, by its place, and a record, as they stand."""

    place: int
    record: NoteRecord
    excess: float
    """Likeness above what is enough where they stand."""
    plausible: bool
    """Whether a little less than enough is a question to the author."""
    is_long: bool
    """Whether nearly all of a long question has stayed."""


def judged(
    place: int,
    note: Found,
    record: NoteRecord,
    where: Places,
    pool: Pool,
    alike: Collection[tuple[str, Change]],
) -> Pair:
    """How a note, by its place, and a record stand to each other.

    `alike` are changes of questions, by their source, that several notes share.
    """
    likeness = pool.alike(place, note, record)
    enough = _enough(where.found[place], where.records.get(record.guid), note, record, pool.there)
    score, answer = likeness.score, likeness.answer
    plausible = likeness.question >= PLAUSIBLE and not likeness.other and enough < ELSEWHERE
    swap = likeness.swap
    if swap is Swap.UNSURE and alike and enough < ELSEWHERE and answer and answer >= MOSTLY:
        swap = Swap.NONE if (note.source, change(note.question, record.question)) in alike else swap
    if swap is Swap.ANOTHER:
        return Pair(place, record, round(-enough, DIGITS), plausible=False, is_long=False)
    if likeness.is_same:
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
        if swap is Swap.UNSURE:
            plausible = enough < ELSEWHERE or score >= enough or likeness.letters >= SIMILAR
            score = max(score, enough - DOUBTFUL) if likeness.letters >= SIMILAR else score
        if likeness.is_partly_converted and enough < ELSEWHERE:
            plausible, score = True, max(score, enough - DOUBTFUL)
        if likeness.doubtful or likeness.is_partly_converted or swap is Swap.UNSURE:
            score = min(score, enough - 0.01)
    is_long = likeness.question >= NEARLY_ALL and len(words(note.question)) >= LONG_QUESTION
    return Pair(place, record, round(score - enough, DIGITS), plausible, is_long)


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
