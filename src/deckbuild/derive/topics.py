"""What the title of a section says that it is about: without its number, and without the words that ask."""

from __future__ import annotations

from functools import lru_cache

from deckbuild.extract.words import words
from deckbuild.model.text import unnumbered

_JOINS = frozenset(("", "&", "and", "with", "from", "und", "y", "e", "et", "и", "和"))
_EDGE = " ?.!:;,¿¡？：。()[]-–—"


@lru_cache(maxsize=1024)
def topic(title: str) -> str:
    """`3. What is osmosis?` and `Osmosis: questions and answers` are about osmosis; nothing if no word is left."""
    parts = unnumbered(title).split()
    known = words()
    asked = {word for word in known.question | known.answer if len(word) > 2 or not word.isascii()}
    if any(_bare(part) in asked for part in parts):
        while parts and _bare(parts[-1]) in asked | known.quiz | _JOINS:
            parts.pop()
    if parts and (
        title.rstrip().endswith(("?", "？")) or _bare(parts[0]) in known.asks - known.asks_or_names
    ):
        while parts and _bare(parts[0]) in known.asks | known.points:
            parts.pop(0)
    return " ".join(parts).strip(_EDGE)


def is_topic(tag: str) -> bool:
    """Whether a word that stands as a tag is more than a word of a question, as web pages cut these into tags."""
    known = words()
    return tag.casefold() not in known.asks | known.points | _JOINS


def _bare(word: str) -> str:
    return word.strip(_EDGE).casefold()
