"""What of a question was replaced by something else, of what says what it is about.

Spelling, inflection, articles, order, question words and words that ask for the same facet may change, an
abbreviation may be spelt out, and details may come or go.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rapidfuzz.distance import OSA

from deckbuild.identity.duplicates.languages import Language, languages
from deckbuild.identity.found import Found, words_kept
from deckbuild.identity.questions import TERM, TYPO, is_accented, respelt, words_once
from deckbuild.identity.words import is_unspaced

SPELLED = 5
"""Letters of a word in which one that is missing, doubled or out of order is a slip."""
PARTICLE = 3
"""Letters of a word that may be an article or a preposition in a language whose words are not known."""
SLOT, SIGNS = 2, 4
"""Words, or characters of scripts without spaces, that one slot of a sentence takes."""
BROAD, BROAD_SIGNS = 2, 4
"""Words, or characters of scripts without spaces, of a term before which one more makes a narrower term."""
SAME_FACETS = frozenset(("contrast", "types", "pros", "cons"))
"""Facets whose words all mean the same: advantages and benefits."""
_POSSESSIVE = "s"
"""What normal form makes of 's."""
_INSIDE = str.maketrans("", "", "-'’\u2010\u2011")


class Replaced(Struct, frozen=True):
    """The words, or the characters of scripts without spaces, that each of two questions has in place of the other's.

    `is_slot` is whether all else that they are about is the same in the same order; `is_misspelt` whether a word is
    nearly spelt as another; `kept` are words that both have, `signs` all characters of scripts without spaces.
    """

    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    signs: tuple[str, str]
    kept: tuple[str, ...]
    is_slot: bool
    is_misspelt: bool


def replaced(
    note: Found, question: str, language: Language, is_strict: bool, agrees: bool
) -> Replaced | None:
    """What of a question a note replaced; None if nothing that counts.

    `language` is that of the note's source. If `is_strict`, a word that denies or narrows a term and comes or goes
    counts too, as does one that stands alone for another where only one of the two says what a question is about: most
    and least. If the answer `agrees`, accents make no other word.
    """
    asked, known = _without_same_facets(words_kept(note.question), words_kept(question), language)
    mine, theirs = words_once(asked), words_once(known)
    only_mine = [word for word in mine if word not in theirs and not is_unspaced(word)]
    only_theirs = [word for word in theirs if word not in mine and not is_unspaced(word)]
    for ours, others in respelt(mine, theirs, only_mine, only_theirs, look_alike=True):
        only_mine = [word for word in only_mine if word not in ours]
        only_theirs = [word for word in only_theirs if word not in others]
    is_term = min(len(mine), len(theirs)) <= TERM
    names_left = note.names - {_POSSESSIVE}
    lone = middles(mine, theirs) if is_strict else ((), ())
    is_lone = len(lone[0]) == len(lone[1]) == 1 and OSA.normalized_similarity(lone[0][0], lone[1][0]) < TYPO
    only_mine = [w for w in only_mine if w in names_left or _counts(w, language, is_term)]
    counted = [w for w in only_theirs if _counts(w, language, is_term)]
    # An acronym may be spelt as an article is: the gates AND and OR.
    only_theirs = counted if counted or names_left.isdisjoint(only_mine) else only_theirs
    is_misspelt = False
    for word in tuple(only_mine):
        other = max(only_theirs, key=lambda w: OSA.normalized_similarity(word, w), default=None)
        if other and (agrees if is_accented(word, other) else _is_same_word(word, other, language)):
            only_mine.remove(word)
            only_theirs.remove(other)
        elif other and is_word(word) and min(len(word), len(other)) >= SPELLED:
            is_misspelt |= OSA.normalized_similarity(word, other) >= TYPO
    signs = _unspaced(asked), _unspaced(known)
    here, there = set(signs[0]) - set(signs[1]), set(signs[1]) - set(signs[0])
    if is_lone and bool(only_mine) != bool(only_theirs):
        only_mine, only_theirs = list(lone[0]), list(lone[1])
    denied = is_strict and not _denying(language).isdisjoint({*mine} ^ {*theirs} | here | there)
    asks, asked_before = (
        [w for w in words if w in only or (w in both and _counts(w, language, is_term))]
        for words, only, both in ((mine, only_mine, theirs), (theirs, only_theirs, mine))
    )
    narrowed = is_strict and (_is_narrowed(asks, asked_before, BROAD) or _is_narrowed(*signs, BROAD_SIGNS))
    if not ((only_mine and only_theirs) or (here and there) or denied or narrowed):
        return None
    slots = middles(asks, asked_before)
    return Replaced(
        tuple(only_mine),
        tuple(only_theirs),
        signs,
        tuple(word for word in mine if word in theirs and _counts(word, language, is_term)),
        max(map(len, slots)) <= SLOT and max(map(len, middles(*signs))) <= SIGNS,
        is_misspelt,
    )


def about(question: str, language: Language) -> tuple[str, ...]:
    """The words that say what a question is about."""
    words = words_once(question)
    return tuple(word for word in words if _counts(word, language, len(words) <= TERM))


def is_word(text: str) -> bool:
    """Whether it is of letters, with hyphens or apostrophes between them."""
    return "".join(filter(str.isalpha, text)) == text.translate(_INSIDE)


def _is_narrowed(one: Sequence[str], other: Sequence[str], broad: int) -> bool:
    """Whether a short term has something before it in one of two questions: a bond and a junk bond."""
    short, long = sorted((one, other), key=len)
    gained = middles(short, long)
    is_inside = bool(short) and short[-1] == long[-1]
    return 0 < len(short) <= broad and is_inside and bool(gained[1]) and not gained[0]


def _denying(language: Language) -> frozenset[str]:
    """The words that deny in a language, and in all whose words stand without spaces."""
    return language.denying.union(*(other.denying for other in languages() if other.unspaced))


def middles(one: Sequence[str], other: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """What each of two sequences has between their common beginning and their common end."""
    shorter = min(len(one), len(other))
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    behind = next((at for at in range(shorter - start) if one[-1 - at] != other[-1 - at]), shorter - start)
    return one[start : len(one) - behind], other[start : len(other) - behind]


def _without_same_facets(one: str, other: str, language: Language) -> tuple[str, str]:
    """Two questions without the words by which both ask for the same facet."""
    if not language.cues:
        return one, other
    cues = [[m for m in language.cues.finditer(text) if m.lastgroup in SAME_FACETS] for text in (one, other)]
    both = {m.lastgroup for m in cues[0]} & {m.lastgroup for m in cues[1]}
    bare = []
    for text, found in zip((one, other), cues, strict=True):
        for cue in reversed([m for m in found if m.lastgroup in both]):
            text = f"{text[: cue.start()]} {text[cue.end() :]}"
        bare.append(text)
    return bare[0], bare[1]


def _counts(word: str, language: Language, is_term: bool) -> bool:
    """Whether a word says what a question is about."""
    if word == _POSSESSIVE or not any(map(str.isalnum, word)):
        return False
    if language.stem(word) in language.passing:
        return False
    return bool(language.passing) or is_term or not word.isalpha() or len(word) > PARTICLE


def _is_same_word(one: str, other: str, language: Language) -> bool:
    """Whether a word is another one's inflection or misspelling."""
    return _is_slip(one, other) or language.stem(one) == language.stem(other)


def _is_slip(one: str, other: str) -> bool:
    """Whether a letter is missing in one of two words, stands twice, or has changed places with its neighbour.

    One in the place of another makes other words: nitrate and nitrite, Iran and Iraq.
    """
    if not (is_word(one) and is_word(other)) or one[0] != other[0]:
        return False
    if one in (f"{other}s", f"{other}es") or other in (f"{one}s", f"{one}es"):
        return True
    is_missing = len(one) != len(other) and min(len(one), len(other)) >= SPELLED - 1
    return (is_missing or sorted(one) == sorted(other)) and OSA.distance(one, other) == 1


def _unspaced(text: str) -> str:
    """The characters of scripts without spaces that say what a question is about."""
    for language in languages() if any(map(is_unspaced, text)) else ():
        text = language.words.sub("", text) if language.words else text
    return "".join(filter(is_unspaced, text))
