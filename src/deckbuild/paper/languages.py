"""The language of a document, by its commonest words: what hyphenation needs to know."""

from __future__ import annotations

import tomllib
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

_AHEAD = 1.3
"""How many times more of them there are than of the next language's."""


def languages(library: Library) -> dict[str, str]:
    """The language of each source whose notes tell it, as HTML names it."""
    words: dict[str, Counter[str]] = {}
    for entry in library.entries:
        text = block_text((*entry.note.question, *entry.note.answer)).casefold()
        words.setdefault(entry.source, Counter()).update(_WORD.findall(text))
    return {source: found for source, counted in words.items() if (found := _language(counted))}


def _language(words: Counter[str]) -> str:
    total = words.total()
    counts = {name: sum(words[word] for word in short) for name, short in _short_words().items()}
    (first, most), (_, next_most) = Counter(counts).most_common(2)
    return first if total and most >= _ENOUGH * total and most >= _AHEAD * next_most else ""


@cache
def _short_words() -> dict[str, list[str]]:
    text = Path(__file__).with_name("languages.toml").read_text(encoding="utf-8")
    return {name: words.split() for name, words in tomllib.loads(text).items()}
