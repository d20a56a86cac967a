"""Marks behind a question that are none of it: hashtags, points, levels, stars, anchors. Most become tags."""

from __future__ import annotations

import re

from deckbuild.extract.notes.labels import hashtags
from deckbuild.extract.page.asking import ASKS_SURELY, asks, tail_start
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.model import Inlines
from deckbuild.model.text import inline_text
from deckbuild.model.trim import drop, split_at, strip, unwrap

_ANCHOR = regex(r"\s*(?:\{#[^{}]*\}|\^[\w-]{2,40})\s*$")
_ANCHORED = regex(r"\[[^\[\]]+\]\{#[^{}]*\}")
"""A text in brackets that an anchor stands behind."""

_MARK = regex(r"\s*(?:[(\[（【](?P<said>[^()\[\]（）【】]{1,24})[)\]）】]|(?P<sign>[⭐★☆🔥🟢🟡🔴\ufe0f]+))")
_LONGEST_TERM = 6
"""Words of a term at most."""

_POINTS = regex(r"\d{1,3}(?:[.,]\d)?\s?[^\W\d_]{1,12}\.?")


def without_marks(content: Inlines) -> tuple[Inlines, tuple[str, ...]]:
    """A run without marks around the whole of it and marks at its end, and the tags that these are."""
    content = unwrap(content)
    text = inline_text(content)
    tags: tuple[str, ...] = ()
    end = hashtags(text)
    if 0 < end < len(text):
        tags = tuple(word.strip("#") for word in text[end:].split())
        content = split_at(content, end)[0]
        text = text[:end]
    if _ANCHORED.fullmatch(text.strip()):
        content = strip(drop(split_at(content, text.index("]"))[0], text.index("[") + 1))
    elif (match := _ANCHOR.search(text)) and match.start() > 0:
        content = split_at(content, match.start())[0]
    text = inline_text(content)
    start = tail_start(text)
    if 0 < start < len(text) and (found := _marks(text[start:])):
        content, tags = split_at(content, start)[0], (*found, *tags)
    return _without_colon(unwrap(strip(content))), tags


def _without_colon(content: Inlines) -> Inlines:
    """A term without the colon that leads to its meaning on the lines below."""
    text = inline_text(content)
    if not text.endswith((":", "：")) or len(text.split()) > _LONGEST_TERM or asks(text) >= ASKS_SURELY:
        return content
    return strip(split_at(content, len(text) - 1)[0])


def _marks(tail: str) -> tuple[str, ...]:
    """The tags that what stands behind the sign of a question is; none where any of it says something else."""
    found = []
    at = 0
    tail = tail.rstrip(" *_")
    while at < len(tail):
        match = _MARK.match(tail, at)
        if not match:
            return ()
        said = (match["said"] or match["sign"]).strip()
        if match["said"] and said.casefold() not in words().grade and not _POINTS.fullmatch(said):
            return ()
        found.append(re.sub(r"\s+", "-", said))
        at = match.end()
    return tuple(found)
