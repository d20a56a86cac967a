"""Columns of equal height at the end of a sheet.

WeasyPrint can balance columns itself, but searches for the height in steps of a pixel and lays the page out
at each: seconds for a few large boxes. Here one plain layout tells where everything stands, and the places
to break follow from that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import accumulate, pairwise
from math import inf

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
    space: Mapping[str, float] = {}


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

    def height(start: int, stop: int) -> float:
        return bottoms[stop - 1] - tops[start]

    now = max(box.bottom for box in placed) - min(box.top for box in placed)
    best = _parted(len(placed), min(columns, len(placed)), height)
    found = [height(start, stop) for start, stop in pairwise((0, *best, len(placed)))]
    if max(found) > now - GAIN:
        return Levels()
    space: dict[str, float] = {}
    for (start, stop), now in zip(pairwise((0, *best, len(placed))), found, strict=True):
        inner = names[start : stop - 1]
        share = (max(found) - now - 1) / len(inner) if inner else 0
        if share > 0:
            space |= dict.fromkeys(inner, min(share, MOST_SPACE))
    return Levels(frozenset(names[start] for start in best), space)


def _parted(count: int, parts: int, height: Callable[[int, int], float]) -> tuple[int, ...]:
    """Where to part so many boxes: the highest part as low as can be, then all as even as can be.

    Least squares make parts even. The best way for the first boxes in so many parts is the best way for fewer
    boxes in one part less, and the rest: time grows with the square of the boxes, not with all ways to part.
    """
    lowest = _least(count, parts, height, max)[1]

    def square(before: float, one: float) -> float:
        return before + one * one if one <= lowest else inf

    return _least(count, parts, height, square)[0]


def _least(
    count: int, parts: int, height: Callable[[int, int], float], joined: Callable[[float, float], float]
) -> tuple[tuple[int, ...], float]:
    """Where to part so many boxes for the least sum, and the sum: `joined` adds a part's height to one."""
    ways: list[tuple[tuple[int, ...], float]] = [
        ((), joined(0.0, height(0, stop))) for stop in range(1, count + 1)
    ]
    for part in range(1, parts):
        ways = [
            min(
                (
                    ((*ways[start - 1][0], start), joined(ways[start - 1][1], height(start, stop)))
                    for start in range(part, stop)
                ),
                key=lambda way: way[1],
                default=((), inf),
            )
            for stop in range(1, count + 1)
        ]
    return ways[-1]


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
