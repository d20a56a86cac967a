"""Whether a question was put in the place of another, one slot of which it fills otherwise.

Many questions share a short answer: a number, a name, a few words. So it makes two questions one note only where
all that the question is about has stayed. A name, a number or an acronym in the place of another makes another
note; of other words that stand for each other the author knows whether they mean the same. Where the answer was
rewritten too, the two follow one pattern, as left and right join do, until the author says otherwise.
"""

from __future__ import annotations

from enum import Enum

from rapidfuzz.distance import OSA

from deckbuild.identity.duplicates.languages import Language
from deckbuild.identity.found import Found
from deckbuild.identity.hashing import back
from deckbuild.identity.lock import NoteRecord
from deckbuild.identity.questions import ACCENTED, TERM, words_once
from deckbuild.identity.replaced import Replaced, about, is_word, replaced
from deckbuild.identity.words import LONG_ANSWER, Rarity, hashed, hashes

FEW = 4
"""Words of an answer that many questions have; of one that is longer, others may still be found to have it."""
LONG_QUESTION = 20
"""Words of a question of which one more or less doesn't tell."""
OWN = 3
"""Notes, of now and before, that have a word which is still a question's own."""
MIDDLING_QUESTION = 12
"""Words of a question in which another common word doesn't tell."""
SIMILAR = 0.5
"""Share of letters from which a term may be another spelling."""


class Swap(Enum):
    """What became of a question: nothing that counts, a word that may mean the same, or another question."""

    NONE = 0
    UNSURE = 1
    ANOTHER = 2


def swapped(note: Found, record: NoteRecord, language: Language, rarity: Rarity, answer: float) -> Swap:
    """Whether the note asks something else than the record did.

    `language` is that of the note's source, `rarity` how rare words are there, `answer` how alike the answers are.
    """
    has_few = len(hashes(note.sketch)) <= FEW and note.sketch == record.sketch
    is_unchanged = has_few or back(note) == back(record)
    length = min(len(words_once(note.question)), len(words_once(record.question)))
    is_long = min(len(hashes(note.sketch)), len(hashes(record.sketch))) >= LONG_ANSWER
    if length >= LONG_QUESTION or (is_long and is_unchanged):
        return Swap.NONE
    found = replaced(note, record.question, language, is_strict=not is_unchanged, agrees=answer >= ACCENTED)
    if found is None:
        return Swap.NONE
    if is_unchanged:
        return _with_one_answer(note, found, language, rarity, length)
    return Swap.NONE if is_long and not found.is_slot else Swap.UNSURE


def _with_one_answer(note: Found, found: Replaced, language: Language, rarity: Rarity, length: int) -> Swap:
    """What a question with replaced words is below the same short answer."""
    words = (*found.mine, *found.theirs)
    is_term = length <= TERM
    asks = about(note.question, language)
    in_titles = language.has_capital_nouns or (len(asks) > TERM and note.names.issuperset(asks))
    names = any(not is_word(w) or (w in note.names and not in_titles) for w in words)
    if not names and length >= MIDDLING_QUESTION:
        return Swap.NONE
    if len(hashes(note.sketch)) > FEW:
        return Swap.UNSURE
    is_respelt = (
        is_term
        and all(len(word) > 1 and is_word(word) for word in words)
        and OSA.normalized_similarity(" ".join(found.mine), " ".join(found.theirs)) >= SIMILAR
    )
    kept = any(rarity.count(hashed(word)) <= OWN for word in found.kept) or any(found.signs)
    is_one = (
        kept and not names and min(len(found.mine), len(found.theirs)) < 2 and _is_mostly_kept(*found.signs)
    )
    return Swap.UNSURE if found.is_misspelt or is_respelt or is_one else Swap.ANOTHER


def _is_mostly_kept(one: str, other: str) -> bool:
    """Whether most characters of scripts without spaces are those of the other question."""
    return all(
        3 * sum(sign in there for sign in here) >= 2 * len(here)
        for here, there in ((one, other), (other, one))
    )
