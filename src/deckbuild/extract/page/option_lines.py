"""Lines that are options though no text or without a sign: in fences, in tables, behind a letter and a blank."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from deckbuild.extract.page.asking import ASKS_SURELY, asks
from deckbuild.extract.page.option_signs import apart
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import LETTERED, LETTERS, Signature, signature
from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan, Text
from deckbuild.model.trim import drop
from deckbuild.syntax.units import BETWEEN_CELLS, Unit

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


_ABOVE_TABLE = 3
"""Units above a table that are looked at for what it answers."""

_BELOW_TABLE = 3
"""Units below a table that are looked at for a label of the answer, rules among them."""


def out_of_tables(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units, rows of tables that count options by letters in their first cells as text.

    What stands above such a table asks; a label of an answer below it, or a sign in one row, tells the right one.
    """
    found = list(units)
    at = 0
    while at < len(units):
        if units[at].kind != "row":
            at += 1
            continue
        end = next((i for i in range(at, len(units)) if units[i].kind != "row"), len(units))
        titled = LETTERS.get(_cells(units[at])[0].casefold()) != 0
        rows = range(at + titled, end)
        places = [_place(_cells(units[i])) for i in rows]
        if len(rows) >= _FEWEST_ROWS and places == list(range(len(rows))) and _is_choice(units, rows):
            found[at] = replace(units[at], kind="hidden")
            for i in rows:
                found[i] = _as_option(units[i])
        at = end
    return tuple(found)


_FEWEST_ROWS = 2
"""Rows of options: a choice is between two."""


def _place(cells: Sequence[str]) -> int:
    """The place of an option by the first of two cells, -1 for other rows."""
    return LETTERS.get(cells[0].strip(").").casefold(), -1) if len(cells) == 2 and all(cells) else -1


def _is_choice(units: Sequence[Unit], rows: range) -> bool:
    """Whether something asks above rows, and a label below or a sign in one of them tells the right one."""
    above = units[max(0, rows[0] - 1 - _ABOVE_TABLE) : rows[0]]
    if not any(unit.kind in ("text", "heading") and asks(unit.text) >= ASKS_SURELY for unit in above):
        return False
    below = units[rows[-1] + 1 : rows[-1] + 1 + _BELOW_TABLE]
    labelled = any(role(signature(unit).label) == "answer" for unit in below)
    return labelled or sum(bool(apart(units[i], Signature())) for i in rows) == 1


def _cells(unit: Unit) -> list[str]:
    return [cell.strip() for cell in unit.text.split(BETWEEN_CELLS)]


def _as_option(row: Unit) -> Unit:
    """A row with a letter and an option as a line of text: `A) …`."""
    letter, between, option = row.text.partition(BETWEEN_CELLS)
    lead = f"{letter.strip(' ).')}) "
    content = (
        Text(SourceSpan(row.line, row.line), lead),
        *drop(row.content, len(letter) + len(between)),
    )
    return replace(row, kind="text", text=lead + option, content=content)


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
