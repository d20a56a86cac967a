"""Axes for curves: from values of a function to units of a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from figures.canvas import EDGE, INK, SMALL, Look, Point, line, number, path, text, way

AXIS = Look(INK, 1)
LEVEL = Look(EDGE, 1, "1 3")
PIECES = 8
FLAT = 0.05
"""Units by which a curve may leave the chords that stand for it: finer than a screen shows."""


class Axes(NamedTuple):
    """A rectangle of the picture and the values at its edges."""

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, x: float, y: float) -> Point:
        """Where a pair of values lies."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + self.width * across, self.top + self.height * (1 - up)

    def through(self, values: Sequence[Point], look: Look) -> str:
        """A line through pairs of values."""
        return line([self.at(x, y) for x, y in values], look)

    def curve(self, function: Callable[[float], float], look: Look, *between: float) -> str:
        """A function between two values, or over the whole width."""
        begin, end = between or self.x
        steps = [begin + (end - begin) * at / PIECES for at in range(PIECES + 1)]
        known = [(x, function(x)) for x in steps]
        points = [
            point for one, other in pairwise(known) for point in (one, *self._between(function, one, other))
        ]
        return self.through([*points, known[-1]], look)

    def _between(self, function: Callable[[float], float], one: Point, other: Point) -> list[Point]:
        """Pairs of values that a curve needs between two others."""
        x = (one[0] + other[0]) / 2
        middle = (x, function(x))
        (_, chord), (_, height) = self.at(x, (one[1] + other[1]) / 2), self.at(*middle)
        if abs(chord - height) < FLAT:
            return []
        return [*self._between(function, one, middle), middle, *self._between(function, middle, other)]

    def cross(self, x: float = 0, y: float = 0) -> str:
        """Both axes, which meet at a pair of values."""
        return path(
            way([self.at(self.x[0], y), self.at(self.x[1], y)])
            + way([self.at(x, self.y[0]), self.at(x, self.y[1])]),
            AXIS,
        )

    def ticks(self, *marks: tuple[float, str], y: float = 0) -> str:
        """Marks on the axis at height `y`, with their words below."""
        places = [(*self.at(value, y), words) for value, words in marks]
        strokes = "".join(f"M{number(x)} {number(base)}v4" for x, base, _ in places)
        return path(strokes, AXIS) + "".join(text(x, base + 18, words, SMALL) for x, base, words in places)

    def level(self, value: float, words: str, right: bool = False) -> str:
        """A dotted line across at one height, with its words inside, left or right."""
        (left, height), (end, _) = self.at(self.x[0], value), self.at(self.x[1], value)
        room = 8 * len(words) + 4
        begin, end = (left, end - room) if right else (left + room, end)
        place = (self.left + self.width, "end") if right else (self.left, "start")
        return line([(begin, height), (end, height)], LEVEL) + text(
            place[0], height + 4, words, SMALL, place[1]
        )
