"""Lines of keys: numbers of questions, each with the letters of its right options."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.signature import LETTER
from deckbuild.machine.regex import regex
from deckbuild.syntax.units import Unit

Entry = tuple[int, int, str]
"""A unit, the number of a question, and the letters named for it."""

_PAIR = regex(
    rf"(?<!\w)(\d{{1,3}})\s*[-.):=、．：]*\s*[(（]?({LETTER}(?:\s*,\s*{LETTER})*|[A-H]{{2,5}})[)）]?(?![^\W_])"
)
_WITH_TEXT = regex(rf"\W*(\d{{1,3}})[-.):、．：\s]+[(（]?({LETTER})[).:、．：）]\s*(?=\S)")
_OF_ROW = regex(
    rf"(?:[Qq]\w*\.?\s*)?(\d{{1,3}})[.):]?\s*\|\s*[(（]?({LETTER}(?:\s*[,&/]\s*{LETTER})*)[)）.]?\s*(?:\||$)"
)
_LONGEST = 2000
"""Characters of a line."""

_ROW = 4
"""Entries in a line that are no chance, whatever else stands there."""


def key_lines(units: Sequence[Unit]) -> dict[int, list[Entry]]:
    """The units that hold hardly anything but numbers with letters, or begin with them, and their entries.

    A row of a table begins with them where they are its first cells.
    """
    lines: dict[int, list[Entry]] = {}
    for i, unit in enumerate(units):
        if unit.kind not in ("text", "row", "code") or len(unit.text) > _LONGEST:
            continue
        if unit.kind == "row" and (match := _OF_ROW.match(unit.text)):
            lines[i] = [(i, int(match[1]), match[2])]
            continue
        number = f"{unit.number}. " if unit.number is not None else ""
        text = number + re.sub(r"[*_`|]", " ", unit.text)
        found = _PAIR.findall(text)
        if found and (len(letters(_PAIR.sub("", text))) <= 3 * len(found) or len(found) >= _ROW):
            lines[i] = [(i, int(a), b) for a, b in found]
        elif match := _WITH_TEXT.match(text):
            lines[i] = [(i, int(match[1]), match[2])]
    return lines
