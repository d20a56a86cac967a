"""Columns of equal height at the end of a sheet.

WeasyPrint can balance columns itself, but searches for the height in steps of a pixel and lays the page out
at each: seconds for a few large boxes. Here one plain layout tells where everything stands, and the places
to break follow from that.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate, combinations, pairwise
from types import MappingProxyType

from msgspec import Struct

GAIN = 13.0
"""CSS pixels, a line, that the tallest column must lose for breaks to be worth a second layout."""
MOST_SPACE = 10.0
"""CSS pixels that may be added between two boxes: less than a line, or they would seem to be parted."""


class Box(Struct, frozen=True):
    """A box on a page in CSS pixels, `top` and `bottom` counted downwards."""

    left: float
    top: float
    right: float
    bottom: float


class Levels(Struct, frozen=True):
    """How to level columns: boxes that begin one, and pixels to leave below boxes beyond the usual."""

    starts: frozenset[str] = frozenset()
    space: Mapping[str, float] = MappingProxyType({})


def levels(boxes: Mapping[str, Box], columns: int) -> Levels:
    """What makes the columns of a page level; nothing where that gains less than a line.

    The tallest column gets as low as can be; what the others lack then is shared out between their boxes, as
    far as that doesn't tear them apart. `boxes` come in their order, filled into the columns from the first
    on. A box that goes on in the next column, as a long table does, leaves all as it is.
    """
    names, placed = list(boxes), list(boxes.values())
    if len(placed) < 2 or _is_split(placed):
        return Levels()
    gaps = [low.top - high.bottom for high, low in pairwise(placed) if low.left == high.left]
    widest = max(gaps, default=0.0)
    steps = [
        low.top - high.top if low.left == high.left else high.bottom - high.top + widest
        for high, low in pairwise(placed)
    ]
    tops = [0.0, *accumulate(steps)]
    bottoms = [top + box.bottom - box.top for top, box in zip(tops, placed, strict=True)]

    def heights(starts: tuple[int, ...]) -> list[float]:
        return [bottoms[stop - 1] - tops[start] for start, stop in pairwise((0, *starts, len(placed)))]

    now = max(box.bottom for box in placed) - min(box.top for box in placed)
    count = min(columns, len(placed)) - 1
    best = min(
        combinations(range(1, len(placed)), count),
        key=lambda starts: (max(heights(starts)), sum(height * height for height in heights(starts))),
    )
    found = heights(best)
    if max(found) > now - GAIN:
        return Levels()
    space: dict[str, float] = {}
    for (start, stop), height in zip(pairwise((0, *best, len(placed))), found, strict=True):
        inner = names[start : stop - 1]
        share = (max(found) - height - 1) / len(inner) if inner else 0
        if share > 0:
            space |= dict.fromkeys(inner, min(share, MOST_SPACE))
    return Levels(frozenset(names[start] for start in best), space)


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
