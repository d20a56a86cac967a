"""Columns of equal height at the end of a sheet.

WeasyPrint can balance columns itself, but searches for the height in steps of a pixel and lays the page out
at each: seconds for a few large boxes. Here one plain layout tells where everything stands, and the places
to break follow from that.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate, combinations, pairwise
from typing import NamedTuple

GAIN = 13.0
"""CSS pixels, a line, that the tallest column must lose for breaks to be worth a second layout."""


class Box(NamedTuple):
    """A box on a page in CSS pixels, `top` and `bottom` counted downwards."""

    left: float
    top: float
    right: float
    bottom: float


def column_starts(boxes: Mapping[str, Box], columns: int) -> frozenset[str]:
    """The boxes of a page, by name, that should begin a new column, so that the columns are level.

    The tallest gets as low as can be, and the others near it. `boxes` come in their order, filled into the
    columns from the first on. Empty where nothing is gained, and where a box goes on in the next column, as
    a long table does.
    """
    names, placed = list(boxes), list(boxes.values())
    if len(placed) < 2 or _is_split(placed):
        return frozenset()
    gaps = [low.top - high.bottom for high, low in pairwise(placed) if low.left == high.left]
    widest = max(gaps, default=0.0)
    steps = [
        low.top - high.top if low.left == high.left else high.bottom - high.top + widest
        for high, low in pairwise(placed)
    ]
    ends = [0.0, *accumulate(steps), sum(steps) + placed[-1].bottom - placed[-1].top]

    def unevenness(starts: tuple[int, ...]) -> tuple[float, float]:
        heights = [ends[stop] - ends[start] for start, stop in pairwise((0, *starts, len(placed)))]
        return max(heights), sum(height * height for height in heights)

    now = max(box.bottom for box in placed) - min(box.top for box in placed)
    count = min(columns, len(placed)) - 1
    best = min(combinations(range(1, len(placed)), count), key=unevenness)
    return frozenset(names[start] for start in best) if unevenness(best)[0] <= now - GAIN else frozenset()


def fill(boxes: Mapping[str, Box], page: Box) -> float:
    """The part of a page that its boxes fill, 0 to 1; `page` is all that they may fill, with every column."""
    columns: dict[float, float] = {}
    for box in boxes.values():
        columns[box.left] = max(columns.get(box.left, 0), box.bottom - page.top)
    width = max((box.right - box.left for box in boxes.values()), default=0)
    return sum(columns.values()) * width / ((page.right - page.left) * (page.bottom - page.top))


def _is_split(boxes: list[Box]) -> bool:
    """Whether a box goes on in a later column, so that the next one there doesn't stand at the top."""
    top = min(box.top for box in boxes)
    return any(low.left != high.left and low.top > top + 1 for high, low in pairwise(boxes))
