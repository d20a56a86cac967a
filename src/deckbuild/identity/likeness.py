"""How alike a note and a record are: by the words of question and answer, each as rare as it is.

What is distinctive of a question - a name, a number, an acronym, a rare word - is never nearly equal: where one
stands for another and the answer is another too, it is another note, however much of the pattern they share.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.distance import OSA

from deckbuild.identity import chinese
from deckbuild.identity.duplicates.languages import Language
from deckbuild.identity.found import Found
from deckbuild.identity.hashing import back
from deckbuild.identity.lock import NoteRecord
from deckbuild.identity.questions import IDENTICAL, TERM, Asked, is_same, questions
from deckbuild.identity.swapped import Swap, swapped
from deckbuild.identity.words import Rarity, hashed, hashes, similarity, words
from deckbuild.model import Kind

TELLING = 4.0
"""What words that two texts share must tell together to count in full: two words that a note in seven has."""

AGREES = 0.45
"""Likeness of answers, in their own words, from which a replaced word of the question may be a correction."""
AGREES_ON_NAMES = 0.75
"""The same where a name, a number or an acronym was replaced."""
AGREES_IN_DETAIL = 0.6
"""The same where it was one of many words, all others the same."""
DETAIL = 0.8
"""Likeness of questions from which a replaced name is a detail."""
NEARLY_ALL = 0.9
"""Likeness of long questions from which a replaced name leaves no doubt, if the answers agree."""
MUCH = 20.0
"""What the words must tell that stayed in a long question or answer: five words of a note in fifty."""
HALF = 0.5
"""Likeness of questions that have half of their words in common."""
SAYS_THE_SAME = 0.3
"""Likeness of answers below which a term with a word more or less is another term."""

CONTAINED = 0.65
"""Likeness where all of a question has stayed, and the answer, however much has come or gone."""

UNCHANGED = 0.97
"""Likeness of answers from which a term that was replaced is a new name for the same."""

KEEPS_SIGNS = 0.1
"""Likeness of answers of which the characters were converted: those with one form stay, where they are neighbours."""

OWN = 3
"""Notes, of now and before, that have a word of an answer which is still its own."""

BORDER = 0.1
"""How much less it counts that all words are alike where the border of question and answer is another."""


class Likeness(Struct, frozen=True):
    """How alike a note and a record are, 0 to 1; `question` and `answer` by themselves, None without an answer.

    `told` is how much the words tell that are the answer's own and have stayed. `other` says that it is another
    note whatever the score, `doubtful` that only the author knows. `letters` is how much of the letters of the
    questions is the same, where the answers are; `swap` whether one question stands in another's place. `is_same`
    says that the question is the same but for its signs, `is_partly_converted` that characters of a Chinese question
    were converted, and others replaced.
    """

    score: float
    question: float
    answer: float | None
    told: float
    other: bool
    doubtful: bool
    letters: float = 0.0
    swap: Swap = Swap.NONE
    is_same: bool = False
    is_partly_converted: bool = False


def alike(
    note: Found,
    record: NoteRecord,
    rarity: Rarity,
    language: Language,
    same_answer: bool,
    is_other_script: bool,
) -> Likeness:
    """How alike a note and a record are.

    `language` is that of the note's source; `same_answer` says that they have one answer which no other note has,
    `is_other_script` that the Chinese characters of the source are the traditional ones, and were the simplified ones,
    or the other way. A single question that may have been converted is for the author to say: without a table of
    variants 动脉 and 靜脈, artery and vein, may be the same.
    """
    may_be_converted = language.unspaced and chinese.is_converted(note.question, record.question)
    is_converted = may_be_converted and is_other_script
    same_question = is_converted or is_same(note.question, record.question)
    if note.kind is Kind.QA and _held_options(note, record):
        note = replace(note, question=note.whole)
    mine, theirs = _hashes(note.sketch), _hashes(record.sketch)
    answer = similarity(mine, theirs, rarity)
    asked = Asked(1.0) if is_converted else questions(note, record, rarity, answer, language.stem)
    if not (mine and theirs):
        is_another_picture = not mine and not theirs and back(note) != back(record)
        other = asked.replaced or asked.names or (is_another_picture and asked.score < DETAIL)
        return Likeness(asked.score, asked.score, None, 0.0, other, asked.spelling, is_same=same_question)
    is_partly = is_other_script and chinese.is_partly_converted(note.question, record.question)
    own_mine, own_theirs = (frozenset(w for w in side if rarity.count(w) <= OWN) for side in (mine, theirs))
    own = similarity(own_mine, own_theirs, rarity) if own_mine and own_theirs else 0.0
    told = rarity.total(own_mine & own_theirs)
    if same_answer:
        told = rarity.total(mine & theirs)
        own = 1.0 if asked.score >= 0.5 and (told >= TELLING or not asked.names) else own
    weight = max(1 - answer, min(1.0, rarity.total(mine & theirs) / TELLING))
    score = (asked.score + weight * answer) / (1 + weight)
    my_key, their_key = _keys(note.question), _keys(record.question)
    whole = similarity(mine | my_key, theirs | their_key, rarity)
    if note.kind is Kind.QA:
        whole -= BORDER
    was_inside = note.kind is Kind.ROW and (my_key <= theirs or their_key <= mine)
    is_key = was_inside and whole >= AGREES_IN_DETAIL
    is_unchanged = back(note) == back(record) or (answer >= UNCHANGED and told >= MUCH)
    score = max(score, whole, CONTAINED if answer >= IDENTICAL and _is_contained(my_key, their_key) else 0.0)
    return Likeness(
        score,
        asked.score,
        answer,
        told,
        not is_key and _is_other(asked, answer, own, told),
        not is_key and _is_doubtful(asked, answer, own, is_unchanged),
        OSA.normalized_similarity(note.question, record.question) if same_answer else 0.0,
        Swap.NONE if is_key or same_question else swapped(note, record, language, rarity, answer),
        same_question,
        not is_converted and bool(answer >= KEEPS_SIGNS if may_be_converted else is_partly),
    )


def _is_other(asked: Asked, answer: float, own: float, told: float) -> bool:
    """Whether what was replaced makes another note, as the answers don't agree, or agree on next to nothing."""
    if asked.term and asked.score < AGREES and answer < UNCHANGED:
        return True
    is_part = not asked.replaced and answer >= IDENTICAL
    if asked.term and asked.score < DETAIL and own < SAYS_THE_SAME and not is_part:
        return True
    if asked.names and asked.score >= DETAIL:
        return max(own, answer) < AGREES_IN_DETAIL
    if asked.names:
        return min(own, answer) < AGREES_ON_NAMES or told < TELLING
    return asked.replaced and own < AGREES and not _is_nearly_the_same(asked, answer)


def _is_doubtful(asked: Asked, answer: float, own: float, unchanged: bool) -> bool:
    """Whether it may be one note with a word put right, or two that follow one pattern."""
    if asked.names and asked.score >= NEARLY_ALL and asked.kept >= MUCH:
        return False
    if asked.names:
        return not unchanged or max(own, answer) < IDENTICAL
    if asked.spelling:
        return own < AGREES_IN_DETAIL
    return asked.replaced and own < AGREES and _is_nearly_the_same(asked, answer)


def _is_nearly_the_same(asked: Asked, answer: float) -> bool:
    """Whether half of the question has stayed and nearly all of the answer, if none of its words is its own."""
    return not asked.term and asked.score >= HALF and answer >= AGREES_ON_NAMES


def _is_contained(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether all that one question says has stayed in the other, which tells the case before it, say."""
    return min(len(one), len(other)) > TERM and (one <= other or other <= one)


def _held_options(note: Found, record: NoteRecord) -> bool:
    """Whether the question of multiple choice held its options before, when they were read as its text."""
    if not note.whole.startswith(note.question):  # a title stands before it, and no options behind it
        return False
    options = _keys(note.whole) - _keys(note.question)
    return bool(options) and options <= _keys(record.question)


@lru_cache(maxsize=20_000)
def _keys(question: str) -> frozenset[str]:
    return frozenset(map(hashed, words(question)))


@lru_cache(maxsize=20_000)
def _hashes(sketched: str) -> frozenset[str]:
    return hashes(sketched)
