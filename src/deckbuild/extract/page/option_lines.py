"""Lines that are options though they are no text or have no sign: in fences, and behind a letter and a blank."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from deckbuild.extract.page.signature import LETTERED, LETTERS, Signature
from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan, Text
from deckbuild.syntax.units import Unit

_FENCE = regex(r"(?:```|~~~)")
_BLANK = regex(r"(?P<letter>[A-HＡ-Ｈ])[ \t\u3000]+(?=\S)")
_FEWEST = 3
"""Options of one question that have nothing behind their letters but a blank."""


def out_of_fences(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units, those of fences that hold nothing but options as lines of text."""
    found = list(units)
    opened = -1
    for at, unit in enumerate(units):
        if unit.kind != "code" or not _FENCE.match(unit.text):
            continue
        if opened < 0 or any(units[i].kind != "code" for i in range(opened, at)):
            opened = at
            continue
        lines = [LETTERED.match(units[i].text) for i in range(opened + 1, at)]
        places = [LETTERS[m["letter"].casefold()] for m in lines if m and m["close"] not in (":", "")]
        if len(places) == len(lines) >= 2 and places == list(range(len(places))):
            for i in range(opened, at + 1):
                found[i] = replace(found[i], kind="hidden")
            for i in range(opened + 1, at):
                span = SourceSpan(found[i].line, found[i].line)
                found[i] = replace(found[i], kind="text", content=(Text(span, found[i].text),))
        opened = -1
    return tuple(found)


def behind_blanks(units: Sequence[Unit], signs: Sequence[Signature]) -> tuple[Signature, ...]:
    """The signatures, with letters for lines such as `A Lima`, `B Quito` that count on so in two places or more."""
    runs: list[list[tuple[int, re.Match[str]]]] = []
    run: list[tuple[int, re.Match[str]]] = []
    for at in range(len(units) + 1):
        match = None
        if at < len(units) and units[at].kind == "text" and not signs[at].letter:
            match = _BLANK.match(units[at].text, signs[at].body)
        if match and LETTERS[match["letter"].casefold()] == len(run):
            run.append((at, match))
            continue
        if len(run) >= _FEWEST:
            runs.append(run)
        run = [(at, match)] if match and LETTERS[match["letter"].casefold()] == 0 else []
    if len(runs) < 2:
        return tuple(signs)
    found = list(signs)
    for run in runs:
        for at, match in run:
            found[at] = replace(
                found[at], letter=match["letter"], letter_style="A ", behind_letter=match.end()
            )
    return tuple(found)
