"""What the ids say that a program wrote below the notes it made: which hashtag declares cards, and where each ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from deckbuild.machine.regex import regex

_HEADING = regex(r"\s{0,3}#{1,6}\s")
_OWN = regex(r"(?<=\s)#(?P<name>[^\W\d_][\w-]*)[ \t]*$")
_GIVEN = regex(r"\s*<!--\s*ID:\s*\d{8,20}")
_FEWEST_OWN = 2
"""Blocks with an id of Anki below them in which a hashtag must end a line to be what declares cards."""


def with_own_tags(lines: list[str], prose: Sequence[bool]) -> None:
    """Write `#card` for the hashtags that a document declares its cards by, whatever they are called.

    They end a line of most blocks below which a program wrote the id of a note.
    """
    own: dict[str, list[int]] = {}
    given: Counter[str] = Counter()
    for at, line in enumerate(lines):
        if not prose[at] or not (match := _OWN.search(line)) or _HEADING.fullmatch(line[: match.start()]):
            continue
        end = next((n for n in range(at + 1, len(lines)) if not lines[n].strip()), len(lines))
        own.setdefault(match["name"], []).append(at)
        given[match["name"]] += any(_GIVEN.match(lines[n]) for n in range(at + 1, end))
    for name, places in own.items():
        if given[name] >= max(_FEWEST_OWN, len(places) / 2):
            for at in places:
                lines[at] = _OWN.sub("#card", lines[at])


def ids_below(lines: Sequence[str]) -> list[int]:
    """The lines (from 0) in which a program wrote the id of the note that ends above."""
    return [at for at, line in enumerate(lines) if "<!--" in line and _GIVEN.match(line)]
