"""The language of a document, by its script or its commonest words: what hyphens and headers need to know."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

from deckbuild.machine.regex import regex
from deckbuild.model import Library
from deckbuild.model.text import block_text

_WORD = regex(r"[^\W\d_]+")
_ENOUGH = 0.12
"""The part of a text's words that the short words of its language are. Of 75 documents in ten languages, 56 reach
it, all of them in the language that they are written in."""

_DISTINCT = 3
"""Different short words that a text must have: a letter that counts things is a word of some language."""

_AHEAD = 1.3
"""How many times more of them there are than of the next language's."""

_ALIKE = {"da", "nb"}
"""Danish and Norwegian share nearly all short words: the few others tell them apart."""

_SCRIPTS = {
    "ko": regex("[\uac00-\ud7a3]"),
    "zh": regex("[\u3040-\u30ff\u4e00-\u9fff]"),
    "he": regex("[\u05d0-\u05ea]"),
    "ar": regex("[\u0621-\u064a]"),
    "th": regex("[\u0e00-\u0e7f]"),
    "hi": regex("[\u0900-\u097f]"),
}
"""Letters of scripts that one language has most texts in; those of Japanese count as Chinese first."""

_KANA = regex("[\u3040-\u30ff]")
_PERSIAN = regex("[\u067e\u0686\u06a9\u06cc]")
_OTHERS = regex("[ڕڵۆێەټډړږښڼې\u0679\u0688\u0691\u06ba\u06be\u06c1\u06d2]")
_OF_ANOTHER = 0.02
"""The part of a script's letters from which on they are Japanese, Persian, or else Urdu, Kurdish or Pashto."""


def languages(library: Library) -> dict[str, str]:
    """The language of each source whose notes tell it, as HTML names it."""
    words: dict[str, Counter[str]] = {}
    for entry in library.entries:
        text = block_text((*entry.note.question, *entry.note.answer)).casefold()
        words.setdefault(entry.source, Counter()).update(_WORD.findall(text))
    return {source: found for source, counted in words.items() if (found := _language(counted))}


def runs_backwards(text: str) -> bool:
    """Whether a text runs from the right, as its first letter says."""
    return (
        next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L") != "L"
    )


def _language(words: Counter[str]) -> str:
    if not "".join(words).isascii() and (found := _by_script(words)) is not None:
        return found
    total = words.total()
    counts = {name: sum(words[word] for word in short) for name, short in _short_words().items()}
    (first, most), *others = Counter(counts).most_common()
    next_most = next(count for name, count in others if {first, name} != _ALIKE)
    known = sum(word in words for word in _short_words()[first])
    sure = known >= _DISTINCT and most >= _ENOUGH * total and most >= _AHEAD * next_most
    return first if sure else ""


def _by_script(words: Counter[str]) -> str | None:
    """The language of a text more than half of whose letters are of one of `_SCRIPTS`; empty if it is another."""
    letters = sum(len(word) * count for word, count in words.items())
    for language, script in _SCRIPTS.items():
        own = _count(script, words)
        if 2 * own > letters:
            if language == "zh" and _count(_KANA, words) > _OF_ANOTHER * own:
                return "ja"
            if language == "ar" and _count(_OTHERS, words) > _OF_ANOTHER * own:
                return ""
            return "fa" if language == "ar" and _count(_PERSIAN, words) > _OF_ANOTHER * own else language
    return None


def _count(letters: re.Pattern[str], words: Counter[str]) -> int:
    return sum(len(letters.findall(word)) * count for word, count in words.items())


@cache
def _short_words() -> dict[str, list[str]]:
    text = Path(__file__).with_name("languages.toml").read_text(encoding="utf-8")
    return {name: words.split() for name, words in tomllib.loads(text).items()}
