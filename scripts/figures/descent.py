"""Gradient descent on quadratics, where every step can be computed by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from figures.axes import Axes
from figures.canvas import (
    BLUE,
    EDGE,
    INK,
    RED,
    SMALL,
    Figure,
    Look,
    Point,
    dots,
    line,
    node,
    number,
    path,
    text,
)

CURVATURE = 10
"""Of f(x, y) = (x² + 10y²)/2 along y; along x it is 1."""

PLAIN, HEAVY = Look(RED, 1.4, "4 2"), Look(BLUE, 1.8)
CONTOUR = "#a9b0b9"

STEPS = 14
START = (-9.0, 2.0)


def along_parabola(rate: float, start: float, steps: int) -> list[Point]:
    """Points of descent on f(w) = w², whose slope is 2w."""
    found = [start]
    for _ in range(steps):
        found.append(found[-1] - rate * 2 * found[-1])
    return [(x, x * x) for x in found]


def on_ellipses(rate: float, momentum: float) -> list[Point]:
    """Points of descent on (x² + 10y²)/2: v ← μv − η∇f, then the point moves by v."""
    (x, y), (u, v) = START, (0.0, 0.0)
    found = [(x, y)]
    for _ in range(STEPS):
        u, v = momentum * u - rate * x, momentum * v - rate * CURVATURE * y
        x, y = x + u, y + v
        found.append((x, y))
    return found


def height(point: Point) -> float:
    """(x² + 10y²)/2."""
    return (point[0] ** 2 + CURVATURE * point[1] ** 2) / 2


def gradient_descent() -> Figure:
    """Three learning rates on a parabola; plain steps and momentum in a narrow valley."""
    return Figure(
        "gradient-descent",
        350,
        (*_rates(), *_valley()),
    )


def _rates() -> list[str]:
    marks = []
    cases = ((0.05, "too small", -1.3, 6), (0.4, "good", -1.3, 4), (1.05, "too large", -0.8, 5))
    for at, (rate, words, start, steps) in enumerate(cases):
        axes = Axes(14 + 114 * at, 42, 104, 76, (-1.5, 1.5), (0, 2.1))
        points = [axes.at(*point) for point in along_parabola(rate, start, steps)]
        marks += [
            text(66 + 114 * at, 20, words, bold=True),
            text(66 + 114 * at, 36, f"η = {rate}", SMALL),
            axes.curve(lambda x: x * x, Look(EDGE, 1.4), -1.45, 1.45),
            line(points, Look(BLUE, 1.4)),
            dots(points, 2.8, BLUE),
            node(*points[0], radius=4.5, look=Look(BLUE, 1.8)),
        ]
    return [*marks, text(180, 137, "f(w) = w²: every step multiplies w by 1 − 2η", SMALL)]


def _valley() -> list[str]:
    axes = Axes(10, 148, 340, 136, (-10.7, 3.3), (-3.3, 3.3))
    plain = on_ellipses(0.17, 0)
    heavy = on_ellipses(0.1, 0.5)
    first, second = [axes.at(*point) for point in plain], [axes.at(*point) for point in heavy]
    return [
        *(_contour(axes, level) for level in (1, 5, 15, 30, 50)),
        *_walk(first, PLAIN, _squares),
        *_walk(second, HEAVY, _dots),
        node(*first[0], radius=4.5, look=Look(INK, 1.8)),
        text(first[0][0], first[0][1] - 9, "start", SMALL),
        text(180, 300, f"f(x, y) = ½(x² + {CURVATURE}y²), f after {STEPS} steps:", SMALL),
        *_walk([(16.0, 314.0), (46.0, 314.0)], PLAIN, _squares),
        text(56, 318, f"plain, η = 0.17: {height(plain[-1]):.2f}", SMALL, "start"),
        *_walk([(16.0, 332.0), (46.0, 332.0)], HEAVY, _dots),
        text(56, 336, f"momentum 0.5, η = 0.1: {height(heavy[-1]):.3f}", SMALL, "start"),
    ]


def _contour(axes: Axes, level: float) -> str:
    """A line of equal f, as far as the axes reach to the right."""
    across, up = math.sqrt(2 * level), math.sqrt(2 * level / CURVATURE)
    end = min(across, axes.x[1])
    rise = up * math.sqrt(1 - (end / across) ** 2)
    right, top, left, base = *axes.at(end, rise), *axes.at(-across, 0)
    middle = axes.at(0, 0)
    arc = f"A{number(middle[0] - left)} {number(middle[1] - axes.at(0, up)[1])} 0 0 0 "
    ends = (f"{number(left)} {number(base)}", f"{number(right)} {number(2 * base - top)}")
    return path(f"M{number(right)} {number(top)}{arc}{ends[0]}{arc}{ends[1]}", Look(CONTOUR, 1))


def _walk(points: Sequence[Point], look: Look, marks: Callable[[Sequence[Point], str], str]) -> list[str]:
    return [line(points, look), marks(points, look.colour)]


def _dots(points: Sequence[Point], colour: str) -> str:
    return dots(points, 2.8, colour)


def _squares(points: Sequence[Point], colour: str) -> str:
    squares = "".join(f"M{number(x - 2.5)} {number(y - 2.5)}h5v5h-5z" for x, y in points)
    return f'<path d="{squares}" fill="{colour}"/>'
