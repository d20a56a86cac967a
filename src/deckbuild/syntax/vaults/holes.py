"""Cards of one letter: `C: The [heart] pumps.`, and `Q:` with `A:` beside them, as hashcards reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.reading import Asked
from deckbuild.syntax.vaults.prose import replaced

_HOLES = regex(r"(?<![\\!\]])\[(?P<text>[^\[\]\n^]+)\](?![(\[:{])")
_LABELLED = regex(r"(?P<label>[QAC]):\s+(?=\S)")
_SIDES = regex(r"-{3,}\s*$")


def take_holes(lines: list[str], prose: Sequence[bool]) -> list[Asked]:
    """Cards such as `C: The [heart] pumps.` as clozes; and those of `Q:` and `A:` in a document that has such.

    There must be several, or some of both.
    """
    labels = {
        at: match["label"] for at, line in enumerate(lines) if prose[at] and (match := _LABELLED.match(line))
    }
    holes = [at for at, label in labels.items() if label == "C" and _HOLES.search(lines[at])]
    if not holes or (len(holes) < 2 and not {"Q", "A"} <= set(labels.values())):
        return []
    rules = {at for at, line in enumerate(lines) if prose[at] and _SIDES.match(line)}
    borders = [*sorted({*labels, *rules}), len(lines)]
    found: list[Asked] = []
    asked: SourceSpan | None = None
    for at, end in pairwise(borders):
        if at in rules:
            asked = None
            continue
        last = max(n for n in range(at, end) if lines[n].strip())
        if labels[at] == "C":
            _holes(lines, at, end)
        lines[at] = lines[at][2:].lstrip()
        span = SourceSpan(at + 1, last + 1)
        if labels[at] == "A" and asked:
            found.append(Asked(asked, span))
        asked = span if labels[at] == "Q" else None
    return found


def _holes(lines: list[str], at: int, end: int) -> None:
    count = 0

    def hole(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{{{{c{count}::{match['text']}}}}}"

    for n in range(at, end):
        lines[n] = replaced(_HOLES, hole, lines[n])
