"""What fills the last page of a sheet: of the questions that were left out, as many as have room there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, takewhile

from deckbuild.paper.press.balance import Box, fill
from deckbuild.paper.press.layout import PageLayout
from deckbuild.paper.selection import Item, lines
from deckbuild.paper.sheet.sheet_pieces import HEADING, SPACE
from deckbuild.paper.widths import has_room

EMPTY = 0.1
"""The part of a page that may stay empty: hand-made sheets of several pages leave none, ours 8 % below columns."""
STILL_EMPTY = 0.2
"""The part of a page from which on what is left after a first filling is filled too."""
ROUNDS = 2
TRIES = 4
LESS = 0.75
"""The part of what didn't fit that is tried next: a table or a formula takes more than its lines of text."""


def fillings(
    left: Sequence[Item], taken: Sequence[Item], end: Mapping[str, Box], paper: PageLayout
) -> Iterator[tuple[Item, ...]]:
    """Items to try below the boxes of a last page, fewer each time; nothing where it is full.

    `left` are those that may be taken, the best first, `taken` those that are there already; all are given in the
    order of their topics. One that takes more than a column, or more than its width, is none of them.
    """
    room = (1 - fill(end, paper.box)) * paper.lines * paper.columns
    if room < (STILL_EMPTY if taken else EMPTY) * paper.lines * paper.columns:
        return
    here = set(map(id, taken))
    heights = [
        (item, _height(item, paper)) for item in left if id(item) not in here and has_room(item, paper.line)
    ]
    heights = [(item, height) for item, height in heights if height < paper.lines]
    totals = accumulate(height for _, height in heights)
    count = len(list(takewhile(lambda total: total <= room, totals)))
    for _ in range(TRIES):
        if not count:
            return
        found = [*taken, *(item for item, _ in heights[:count])]
        topics = dict.fromkeys(item.topic for item in found)
        places = {topic: place for place, topic in enumerate(topics)}
        yield tuple(sorted(found, key=lambda item: places[item.topic]))
        count = int(count * LESS)


def _height(item: Item, paper: PageLayout) -> float:
    """Lines that an item takes in a column of a sheet, with half a heading above it."""
    return lines(item.question, paper.line) + lines(item.answer, paper.line) + SPACE + HEADING / 2
