"""What lines of one paragraph begin with where each is an item of its own: a sign, a letter or number, a label."""

from __future__ import annotations

import unicodedata
from collections import Counter

from deckbuild.machine.regex import regex
from deckbuild.model import Emphasis, Inlines, Strong, Text
from deckbuild.model.text import inline_text
from deckbuild.syntax.run_lines import lines_of

_KEYCAP = regex(r"[0-9#*]\ufe0f?\u20e3")
_PICTURED = "\ufe0f"
"""What makes a picture of a sign that is a letter or punctuation by itself, as in `ℹ️` and `‼️`."""
_BEHIND_SIGN = regex(r"[^\w\s]*\s*")
_BULLET = regex(r"[•‣⁃·→⇒–—]\s")
_COUNT = regex(r"\(?(?:[0-9]{1,2}|[a-zA-Z]|[ivx]{2,4})\)\s")
_FIELD = regex(r"[^\W_][\w’' -]{0,30}:\s")
_COLON = regex(r"\s*[:：–—]\s")

_BY_CHANCE = frozenset(("bullet", "count", "label"))
"""Marks that may stand at the start of a wrapped line, too: the first line, or a colon before one, tells."""


def marked_lines(content: Inlines) -> frozenset[int]:
    """The lines of a paragraph, from 0, that begin an item: at least two of them begin alike.

    Signs such as emoji hardly ever begin two lines by chance, nor one where a label is behind them. Other marks count
    where the first line has one too, or the line before leads in with a colon; names of fields and bold text where
    nearly all lines begin so.
    """
    lines = list(lines_of(content))
    texts = [inline_text(line).strip() for line in lines]
    marks = [_mark(line, text) for line, text in zip(lines, texts, strict=True)]
    found = {at for at, mark in enumerate(marks) if mark == "labelled sign"}
    marks = [mark.removeprefix("labelled ") for mark in marks]
    for mark, count in Counter(marks).items():
        if not mark or count < 2:
            continue
        places = [at for at, other in enumerate(marks) if other == mark]
        begun = places[0] == 0 or texts[places[0] - 1].endswith((":", "："))
        if mark == "sign" or (mark in _BY_CHANCE and begun) or count == len(lines):
            found.update(places)
    return frozenset(found)


def _sign(text: str) -> int:
    """Where the text behind a sign begins that a line begins with; 0 where it begins with none."""
    if _KEYCAP.match(text) or unicodedata.category(text[0]) == "So" or text[1:2] == _PICTURED:
        behind = _BEHIND_SIGN.match(text, 1)
        return behind.end() if behind else 1
    return 0


def _mark(line: Inlines, text: str) -> str:
    """The kind of a line's mark; empty where it has none."""
    if not text:
        return ""
    if end := _sign(text):
        return "labelled sign" if _FIELD.match(text, end) else "sign"
    if _BULLET.match(text):
        return "bullet"
    if _COUNT.match(text):
        return "count"
    filled = [e for e in line if not (isinstance(e, Text) and not e.text.strip())]
    if isinstance(filled[0], Strong | Emphasis):
        after = inline_text(tuple(filled[1:2]))
        if inline_text((filled[0],)).rstrip().endswith((":", "：")) or _COLON.match(after):
            return "label"
        return "bold" if isinstance(filled[0], Strong) else ""
    return "field" if not text[0].islower() and _FIELD.match(text) else ""
