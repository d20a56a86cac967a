"""What tells texts from others: their words, sketched for the lock, and how rare each word is."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Set
from functools import lru_cache

from deckbuild.machine.regex import regex
from deckbuild.model.text import normalise

SKETCH_WORDS = 16
LONG_ANSWER = 8
"""Words of an answer that isn't short: no other note has it by chance."""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-"
"""64 signs in ascending order of their code points, so that hashes sort as their values do."""
_LENGTH = 3

UNSPACED = (
    r"\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff"
    r"\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts that put no spaces between words, and Hangul, whose words take particles without one."""
_PIECE = regex(rf"[{UNSPACED}]+|[^\s{UNSPACED}\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]+")
_ONE_UNSPACED = regex(f"[{UNSPACED}]")
_BEFORE, _BEHIND = "#*~_|", "*~_|"
_FIRST_UNSPACED = "\u0e00"


def words(text: str) -> list[str]:
    """The words of a text in normal form, without marks of Markdown that were left around them.

    Of scripts without spaces each pair of neighbouring characters stands for a word.
    """
    text = normalise(text)
    if text.isascii():
        return [bare for word in text.split() if (bare := word.lstrip(_BEFORE).rstrip(_BEHIND))]
    found: list[str] = []
    for piece in _PIECE.findall(text):
        piece = piece.lstrip(_BEFORE).rstrip(_BEHIND)
        if not piece:
            continue
        if piece[0] < _FIRST_UNSPACED or not is_unspaced(piece) or len(piece) == 1:
            found.append(piece)
        else:
            found += (piece[at : at + 2] for at in range(len(piece) - 1))
    return found


def is_unspaced(word: str) -> bool:
    """Whether a word is a piece of a script without spaces."""
    return word >= _FIRST_UNSPACED and _ONE_UNSPACED.match(word) is not None


@lru_cache(maxsize=100_000)
def hashed(word: str) -> str:
    """A word as 18 bits in three characters."""
    value = zlib.crc32(word.encode())
    return _DIGITS[value >> 12 & 63] + _DIGITS[value >> 6 & 63] + _DIGITS[value & 63]


def sketch(text: str) -> str:
    """The smallest hashes of the words of a text: enough to tell how many words two texts share.

    A bottom-k sketch (Cohen, "Size-estimation framework", 1997) of k = 16.
    """
    return "".join(sorted(set(map(hashed, words(text))))[:SKETCH_WORDS])


def hashes(sketched: str) -> frozenset[str]:
    """The hashes that a sketch holds."""
    return frozenset(sketched[at : at + _LENGTH] for at in range(0, len(sketched), _LENGTH))


class Rarity:
    """How much each hashed word tells: the logarithm of how few of the notes have it."""

    def __init__(self, notes: Iterable[Set[str]]) -> None:
        self._counts: Counter[str] = Counter()
        self._notes = 0
        for note in notes:
            self._counts.update(note)
            self._notes += 1
        self.highest = math.log((self._notes + 2) / 2)
        """What a word of one note tells."""
        self._unknown = math.log(self._notes + 2)
        self._told = {word: math.log((self._notes + 2) / (count + 1)) for word, count in self._counts.items()}

    def count(self, word: str) -> int:
        """How many notes have the word."""
        return self._counts[word]

    def of(self, word: str) -> float:
        """0 for a word of all notes, more for rare ones."""
        return self._told.get(word, self._unknown)

    def total(self, words: Iterable[str]) -> float:
        """How much several words tell together, the same in any order."""
        return math.fsum(self._told.get(word, self._unknown) for word in words)


def similarity(one: Set[str], other: Set[str], rarity: Rarity) -> float:
    """How much of what two sketched texts say they share, 0 to 1: the mean of two shares, words weighed.

    One is that of all they say, the other that of the one that says less: an answer that only grew stays
    close to what it was.
    """
    smallest = set(sorted(one | other)[:SKETCH_WORDS])
    both = rarity.total(smallest & one & other)
    either = rarity.total(smallest)
    less = min(rarity.total(smallest & one), rarity.total(smallest & other))
    return (both / either + both / less) / 2 if both else 0.0
