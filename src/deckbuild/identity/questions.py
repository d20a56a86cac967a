"""How alike two questions are, by their words, and what of them was replaced, misspelt or only spelt otherwise."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from rapidfuzz.distance import OSA

from deckbuild.identity.found import Found, words_kept
from deckbuild.identity.lock import NoteRecord
from deckbuild.identity.words import Rarity, hashed, is_unspaced, words
from deckbuild.machine.regex import regex

RARE = 0.5
"""Share of the rarest possible word from which a word is distinctive."""

REPLACED = 0.35
"""Share of what a question tells that makes it another question if it is replaced."""

TERM = 3
"""Words of a question that is but a term."""

TYPO = 0.75
"""Share of letters from which a word may be another's misspelling or inflection."""

IDENTICAL = 0.9
"""Likeness of answers that are the same."""
SAME_SIGNS = 0.75
"""Likeness of answers from which signs may have been taken for others that look like them."""
ACCENTED = 0.6
"""Likeness of answers from which accents make no other word: schon and schön are two."""
COMPOUND = 4
"""Letters of a word that may also be written as two."""

LONGEST_ACRONYM = 6
"""Letters of a word that may stand for others by their initials."""

SENTENCE = 20
"""Characters of a question in which a blank more or less changes nothing."""

_SPACING = str.maketrans("", "", " $")
_LOOK_ALIKE = str.maketrans("oilsbz", "011582")
"""Letters and the digits that scans take them for (Kukich, "Techniques for automatically correcting words in
text", 1992, on errors of character recognition): O and 0, I, l and 1, S and 5, B and 8, Z and 2."""
_COUNT = regex(r"^\d+ (?=\D)")
_HYPHEN = regex(r"(?<=[^\W_])[-\u2010\u2011](?=[^\W_])")


class Asked(Struct, frozen=True):
    """How alike two questions are; what of them was replaced; whether they are terms; a misspelling.

    `kept` is how much the words tell that both have.
    """

    score: float
    names: bool = False
    replaced: bool = False
    term: bool = False
    spelling: bool = False
    kept: float = 0.0


def is_same(one: str, other: str) -> bool:
    """Whether two questions are the same but for a number before one, or blanks and dollars between signs."""
    if one == other or _COUNT.sub("", one) == other or one == _COUNT.sub("", other):
        return True
    return _bare(one) == _bare(other) and len(_bare(one)) >= SENTENCE


@lru_cache(maxsize=20_000)
def _bare(question: str) -> str:
    return question.translate(_SPACING)


def questions(
    note: Found, record: NoteRecord, rarity: Rarity, answer: float, stem: Callable[[str], str]
) -> Asked:
    """How alike the questions are. Only where the answer is the same may a name have been misspelt.

    `stem` takes the endings off the words of their language.
    """
    if note.question == record.question:
        return Asked(1.0)
    mine, theirs = words_once(note.question), words_once(record.question)
    only_mine = [word for word in mine if word not in theirs]
    only_theirs = [word for word in theirs if word not in mine]
    shared = sum(_weight(word, rarity) for word in mine if word in theirs)
    for ours, others in respelt(mine, theirs, only_mine, only_theirs, answer >= SAME_SIGNS):
        shared += max(sum(_weight(word, rarity) for word in side) for side in (ours, others))
        only_mine = [word for word in only_mine if word not in ours]
        only_theirs = [word for word in only_theirs if word not in others]
    spelled = paired = 0.0
    spelling = False
    for word in tuple(only_mine):
        same = (
            w
            for w in only_theirs
            if (answer >= ACCENTED if is_accented(w, word) else _is_inflection(w, word, stem))
        )
        if inflected := next(same, None):
            shared += max(_weight(word, rarity), _weight(inflected, rarity))
            only_mine.remove(word)
            only_theirs.remove(inflected)
            continue
        if not _may_be_misspelt(word):
            continue
        is_open = word not in note.names or answer >= IDENTICAL
        other = max(
            (w for w in only_theirs if _may_be_misspelt(w) and (is_open or _is_plural(word, w))),
            key=lambda w: OSA.normalized_similarity(word, w),
            default=None,
        )
        if other and (likeness := OSA.normalized_similarity(word, other)) >= TYPO:
            spelling |= not _is_inflected(word, other)
            paired += max(_weight(word, rarity), _weight(other, rarity))
            spelled += likeness * max(_weight(word, rarity), _weight(other, rarity))
            only_mine.remove(word)
            only_theirs.remove(other)
    gained, lost = (sum(_weight(w, rarity) for w in only) for only in (only_mine, only_theirs))
    whole = shared + paired + (gained + lost) / 2
    sides = [[_distinction(w, note, rarity) for w in only] for only in (only_mine, only_theirs)]
    return Asked(
        (shared + spelled) / whole if whole else 0.0,
        names=all(map(any, sides)) and any(_NAME in side for side in sides),
        replaced=all(map(any, sides))
        or min(gained, lost) >= REPLACED * (shared + spelled + max(gained, lost)),
        term=min(len(mine), len(theirs)) <= TERM,
        spelling=spelling,
        kept=rarity.total(hashed(word) for word in mine if word not in only_mine),
    )


def respelt(
    mine: Sequence[str],
    theirs: Sequence[str],
    only_mine: Sequence[str],
    only_theirs: Sequence[str],
    look_alike: bool,
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Words of both sides that are the same but for a blank, a hyphen, signs that look alike, or an abbreviation."""
    forms = {_form(text, look_alike): parts for text, parts in _forms(theirs, only_theirs)}
    for text, parts in _forms(mine, only_mine):
        other = forms.pop(_form(text, look_alike), None)
        if other and len(parts) + len(other) < 4:
            yield parts, other
    for short in only_mine:
        if long := _spelt_out(short, theirs, only_theirs):
            yield (short,), long
    for short in only_theirs:
        if long := _spelt_out(short, mine, only_mine):
            yield long, (short,)


def _spelt_out(short: str, spoken: Sequence[str], only: Sequence[str]) -> tuple[str, ...]:
    """The words in a row that a word is the initials of, some of which the other side lacks."""
    if not (2 <= len(short) <= LONGEST_ACRONYM and short.isalpha()):
        return ()
    parts = [(part, word) for word in spoken for part in word.replace("-", " ").split()]
    for at in range(len(parts) - len(short) + 1):
        run = parts[at : at + len(short)]
        if all(part[0] == letter for (part, _), letter in zip(run, short, strict=True)):
            words = tuple(dict.fromkeys(word for _, word in run))
            if not set(words).isdisjoint(only):
                return words
    return ()


def _forms(spoken: Sequence[str], only: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Words that the other side lacks, by themselves and together with a neighbour."""
    for word in only:
        if len(word) > 1:
            yield word, (word,)
    for one, other in pairwise(spoken):
        both = one + other
        if (one in only or other in only) and len(both) >= COMPOUND and any(map(str.isalpha, both)):
            yield both, (one, other)


def _form(text: str, look_alike: bool) -> str:
    bare = _HYPHEN.sub("", text)
    return bare.translate(_LOOK_ALIKE) if look_alike else bare


_RARE_WORD, _NAME = 1, 2


def _distinction(word: str, note: Found, rarity: Rarity) -> int:
    """Whether a word is a name, a number or a sign, or at least rare."""
    if word in note.names or not (word.isalpha() or is_unspaced(word)):
        return _NAME
    return _RARE_WORD if rarity.of(hashed(word)) >= RARE * rarity.highest else 0


def _may_be_misspelt(word: str) -> bool:
    return len(word) > 3 and word.isalpha() and not is_unspaced(word)


def _is_inflection(one: str, other: str, stem: Callable[[str], str]) -> bool:
    """Whether two words are one but for the endings of their language."""
    return _may_be_misspelt(other) and one.isalpha() and stem(one) == stem(other)


def _is_inflected(one: str, other: str) -> bool:
    """Whether two words differ in up to two letters at the end of one of them."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= 2


def _is_plural(one: str, other: str) -> bool:
    """Whether one of two words is the other with an `s` behind it."""
    return one == f"{other}s" or other == f"{one}s"


def _weight(word: str, rarity: Rarity) -> float:
    """How much a word of a question tells; short ones are seldom what it is about, unless they are signs."""
    length = 1.0 if not word.isalpha() or is_unspaced(word) else min(1.0, len(word) / 5)
    return 0.2 + length * rarity.of(hashed(word))


def is_accented(one: str, other: str) -> bool:
    """Whether two words are the same but for the accents that Latin, Greek and Cyrillic letters bear."""
    return one != other and not (one.isascii() and other.isascii()) and _unaccented(one) == _unaccented(other)


def _unaccented(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not "\u0300" <= sign <= "\u036f")


@lru_cache(maxsize=20_000)
def words_once(question: str) -> Sequence[str]:
    """Its words, each once; of names parted by a slash each is one."""
    return tuple(dict.fromkeys(part for word in words(words_kept(question)) for part in _parts(word)))


def _parts(word: str) -> Sequence[str]:
    parts = word.split("/")
    return parts if len(parts) > 1 and all(len(part) > 1 and part.isalpha() for part in parts) else (word,)
