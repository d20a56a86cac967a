"""Whether one short question was put in the place of another that has the same short answer.

Many questions share a short answer: a number, a name, a few words. So it makes two questions one note only where
all that the question is about has stayed: spelling, inflection, articles, order and question words may change, and
details may come or go. A name, a number or an acronym in the place of another makes another note; of other words
that stand for each other the author knows whether they mean the same.
"""

from __future__ import annotations

from enum import Enum

from rapidfuzz.distance import OSA

from deckbuild.identity.duplicates.languages import Language, languages
from deckbuild.identity.found import Found, words_kept
from deckbuild.identity.lock import NoteRecord
from deckbuild.identity.questions import TERM, TYPO, is_same, respelt, words_once
from deckbuild.identity.words import LONG_ANSWER, Rarity, hashed, hashes, is_unspaced

FEW = 4
"""Words of an answer that many questions have; of one that is longer, others may still be found to have it."""
LONG_QUESTION = 20
"""Words of a question of which one more or less doesn't tell."""
OWN = 3
"""Notes, of now and before, that have a word which is still a question's own."""
MIDDLING_QUESTION = 12
"""Words of a question in which another common word doesn't tell."""
SPELLED = 5
"""Letters of a word in which one that is missing, doubled or out of order is a slip."""
SIMILAR = 0.5
"""Share of letters from which a term may be another spelling."""
PARTICLE = 3
"""Letters of a word that may be an article or a preposition in a language whose words are not known."""
_POSSESSIVE = "s"
"""What normal form makes of 's."""
_INSIDE = str.maketrans("", "", "-'’\u2010\u2011")


class Swap(Enum):
    """What became of a question: nothing that counts, a word that may mean the same, or another question."""

    NONE = 0
    UNSURE = 1
    ANOTHER = 2


def swapped(note: Found, record: NoteRecord, language: Language, rarity: Rarity) -> Swap:
    """Whether the note asks something else than the record did, given that they have one answer.

    `language` is that of the note's source, `rarity` how rare words are there.
    """
    answer = len(hashes(note.sketch))
    mine, theirs = words_once(note.question), words_once(record.question)
    is_long = answer >= LONG_ANSWER or min(len(mine), len(theirs)) >= LONG_QUESTION
    if is_long or is_same(note.question, record.question):
        return Swap.NONE
    signs = [_unspaced(words_kept(question)) for question in (note.question, record.question)]
    only_mine = [word for word in mine if word not in theirs and not is_unspaced(word)]
    only_theirs = [word for word in theirs if word not in mine and not is_unspaced(word)]
    for ours, others in respelt(mine, theirs, only_mine, only_theirs, look_alike=True):
        only_mine = [word for word in only_mine if word not in ours]
        only_theirs = [word for word in only_theirs if word not in others]
    is_term = min(len(mine), len(theirs)) <= TERM
    names_left = note.names - {_POSSESSIVE}
    only_mine = [w for w in only_mine if w in names_left or _counts(w, language, is_term)]
    counted = [w for w in only_theirs if _counts(w, language, is_term)]
    # An acronym may be spelt as an article is: the gates AND and OR.
    only_theirs = counted if counted or names_left.isdisjoint(only_mine) else only_theirs
    is_misspelt = False
    for word in tuple(only_mine):
        other = max(only_theirs, key=lambda w: OSA.normalized_similarity(word, w), default=None)
        if other and (_is_slip(word, other) or language.stem(word) == language.stem(other)):
            only_mine.remove(word)
            only_theirs.remove(other)
        elif other and _is_word(word) and min(len(word), len(other)) >= SPELLED:
            is_misspelt |= OSA.normalized_similarity(word, other) >= TYPO
    replaced = all({*here} - {*there} for here, there in (signs, signs[::-1]))
    if not (only_mine and only_theirs) and not replaced:
        return Swap.NONE
    is_respelt = (
        is_term
        and all(len(word) > 1 and _is_word(word) for word in (*only_mine, *only_theirs))
        and OSA.normalized_similarity(" ".join(only_mine), " ".join(only_theirs)) >= SIMILAR
    )
    about = [word for word in mine if _counts(word, language, is_term)]
    in_titles = len(about) > TERM and note.names.issuperset(about)
    names = any(not _is_word(w) or (w in note.names and not in_titles) for w in (*only_mine, *only_theirs))
    kept = any(rarity.count(hashed(word)) <= OWN for word in about if word in theirs) or any(signs)
    if not names and min(len(mine), len(theirs)) >= MIDDLING_QUESTION:
        return Swap.NONE
    if answer > FEW:
        return Swap.UNSURE
    is_one = kept and not names and min(len(only_mine), len(only_theirs)) < 2 and _is_mostly_kept(*signs)
    return Swap.UNSURE if is_misspelt or is_respelt or is_one else Swap.ANOTHER


def _counts(word: str, language: Language, is_term: bool) -> bool:
    """Whether a word says what a question is about."""
    if word == _POSSESSIVE or not any(map(str.isalnum, word)):
        return False
    if language.stem(word) in language.passing:
        return False
    return bool(language.passing) or is_term or not word.isalpha() or len(word) > PARTICLE


def _is_word(text: str) -> bool:
    """Whether it is of letters, with hyphens or apostrophes between them."""
    return "".join(filter(str.isalpha, text)) == text.translate(_INSIDE)


def _is_slip(one: str, other: str) -> bool:
    """Whether a letter is missing in one of two words, stands twice, or has changed places with its neighbour.

    One in the place of another makes other words: nitrate and nitrite, Iran and Iraq.
    """
    if not (_is_word(one) and _is_word(other)) or one[0] != other[0]:
        return False
    if one in (f"{other}s", f"{other}es") or other in (f"{one}s", f"{one}es"):
        return True
    is_missing = len(one) != len(other) and min(len(one), len(other)) >= SPELLED - 1
    return (is_missing or sorted(one) == sorted(other)) and OSA.distance(one, other) == 1


def _is_mostly_kept(one: str, other: str) -> bool:
    """Whether most characters of scripts without spaces are those of the other question."""
    return all(
        3 * sum(sign in there for sign in here) >= 2 * len(here)
        for here, there in ((one, other), (other, one))
    )


def _unspaced(text: str) -> str:
    """The characters of scripts without spaces that say what a question is about."""
    for language in languages() if any(map(is_unspaced, text)) else ():
        text = language.words.sub("", text) if language.words else text
    return "".join(filter(is_unspaced, text))
