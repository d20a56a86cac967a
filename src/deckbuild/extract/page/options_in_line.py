"""Options that stand side by side on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuild.extract.page.signature import LETTERS
from deckbuild.machine.regex import regex
from deckbuild.syntax.units import Unit


def part_options(units: Sequence[Unit]) -> dict[int, tuple[int, ...]]:
    """Where units hold options side by side (`A) x  B) y  C) z`): the offsets to cut them at, by unit."""
    found = {}
    for at, unit in enumerate(units):
        if unit.kind == "text" and len(unit.text) < 400:
            cuts = _side_by_side(unit.text)
            if cuts:
                found[at] = cuts
    return found if len(found) >= 2 else {}


_INSIDE = regex(
    r"(?:^|(?<=\s))(?P<open>\(?)(?P<letter>[A-HＡ-Ｈa-hА-Еа-е])(?P<close>[.)．、:]|\s-(?=\s))\s*(?=\S)|(?P<hash>#)(?P<number>[1-8])\)\s*(?=\S)"
)

_TOLD = regex(r"\|\s*[1-8]$")
"""The number of the right option at the end of the line that holds all of them."""


def _side_by_side(text: str) -> tuple[int, ...]:
    run: list[re.Match[str]] = []
    for match in _INSIDE.finditer(text):
        place = int(match["number"]) - 1 if match["number"] else LETTERS.get(match["letter"].casefold())
        same = not run or match.group("open", "close", "hash") == run[0].group("open", "close", "hash")
        if place == len(run) and same:
            run.append(match)
    if len(run) >= 3 or (len(run) == 2 and not text[: run[0].start()].strip()):
        told = _TOLD.search(text)
        return (*(match.start() for match in run if match.start()), *((told.start(),) if told else ()))
    return ()
