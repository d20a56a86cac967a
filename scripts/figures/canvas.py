"""What all pictures share: a light panel of 360 units, its colours, strokes, letters, boxes and arrows.

A document shows a picture by `<img>`, where it inherits no colour and no font: so each brings its own
ground, which is light on white paper and on a dark card alike. What colours tell, dashes or words tell too.
Marks are strings of SVG; lengths are units of the view box, and y grows downwards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDTH = 360
"""About as many units as a phone has CSS pixels across, so that a size here is the size there."""

SIZE = 13
SMALL = 12
"""The least size of letters: at 330 pixels of width they are still 11 high."""

INK, PAPER, EDGE = "#1c2430", "#fbfaf7", "#6b7480"
BLUE, RED, GREEN = "#1d5c9e", "#b03a0b", "#1b6e46"
SKY, SAND, MINT, PLAIN = "#dbe8f6", "#fbe3cf", "#d8efe0", "#eceef1"
"""The last four are grounds of boxes: all so light that ink on them has a contrast of at least 12."""

HEAD = 8
"""Length of an arrow's head."""

Point = tuple[float, float]


class Figure(NamedTuple):
    """One picture: the name of its file, its height, and its marks from the lowest to the topmost."""

    name: str
    height: int
    marks: tuple[str, ...]


class Look(NamedTuple):
    """How a line is drawn; `dash` as SVG writes it."""

    colour: str = INK
    width: float = 1.6
    dash: str = ""


SOLID = Look()
OUTLINE = Look(INK, 1.3)


def svg(figure: Figure, title: str, words: str) -> str:
    """The whole file, with what the picture is called and its alternative text."""
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {figure.height}" '
            f'width="{WIDTH}" height="{figure.height}" font-family="sans-serif" font-size="{SIZE}" '
            f'fill="{INK}">',
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(words)}</desc>",
            f'<rect x=".5" y=".5" width="{WIDTH - 1}" height="{figure.height - 1}" rx="10" '
            f'fill="{PAPER}" stroke="{EDGE}"/>',
            *figure.marks,
            "</svg>\n",
        )
    )


def number(value: float) -> str:
    """A tenth of a unit is finer than any screen shows."""
    return f"{round(value, 1) + 0:g}"


def text(
    x: float,
    y: float,
    words: str,
    size: float = SIZE,
    anchor: str = "middle",
    bold: bool = False,
    turn: int = 0,
) -> str:
    """Words on the base line `y`. In them `_{k}` is an index and `^{k}` an exponent; `turn` is in degrees."""
    place = (
        f'transform="translate({number(x)} {number(y)}) rotate({turn})"'
        if turn
        else f'x="{number(x)}" y="{number(y)}"'
    )
    anchored = f' text-anchor="{anchor}"' if anchor != "start" else ""
    sized = f' font-size="{number(size)}"' if size != SIZE else ""
    weight = ' font-weight="bold"' if bold else ""
    return f"<text {place}{anchored}{sized}{weight}>{_with_indices(words)}</text>"


def _with_indices(words: str) -> str:
    pieces, shift = [], 0
    for piece in re.split(r"([_^]\{[^}]*\})", words):
        if not piece:
            continue
        wanted = {"_{": 3, "^{": -4}.get(piece[:2], 0)
        shown = escape(piece[2:-1] if wanted else piece, quote=False)
        small = f' font-size="{SMALL}"' if wanted else ""
        pieces.append(f'<tspan dy="{wanted - shift}"{small}>{shown}</tspan>' if wanted != shift else shown)
        shift = wanted
    return "".join(pieces)


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    words: str = "",
    fill: str = PLAIN,
    look: Look = OUTLINE,
    size: float = SIZE,
) -> str:
    """A box round the point `x`, `y`, with lines of words in its middle."""
    lines = words.split("\n") if words else []
    first = y + 0.36 * size - (len(lines) - 1) * (size + 3) / 2
    return (
        f'<rect x="{number(x - width / 2)}" y="{number(y - height / 2)}" width="{number(width)}" '
        f'height="{number(height)}" rx="5" fill="{fill}"{_stroke(look)}/>'
    ) + "".join(text(x, first + at * (size + 3), line, size) for at, line in enumerate(lines))


def node(
    x: float, y: float, sign: str = "", radius: float = 9, fill: str = PAPER, look: Look = OUTLINE
) -> str:
    """A small circle: a unit of a network, or an operation with its sign."""
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"{_stroke(look)}/>'
        + (_sign(x, y, sign, radius / 2) if sign else "")
    )


def _sign(x: float, y: float, sign: str, reach: float) -> str:
    """A plus or a times of strokes, which lies in the middle in every font."""
    ends = ((reach, 0.0), (0.0, reach)) if sign == "+" else ((0.8 * reach,) * 2, (0.8 * reach, -0.8 * reach))
    return "".join(line([(x - right, y - down), (x + right, y + down)]) for right, down in ends)


def line(points: Sequence[Point], look: Look = SOLID) -> str:
    """A line through points."""
    return path(way(points), look)


def arrow(points: Sequence[Point], look: Look = SOLID) -> str:
    """A line through points with a head at the last one, which the tip touches."""
    (x0, y0), (x1, y1) = points[-2:]
    length = math.hypot(x1 - x0, y1 - y0)
    along, across = (x1 - x0) / length, (y1 - y0) / length
    back = (x1 - HEAD * along, y1 - HEAD * across)
    wings = [(back[0] + side * 4 * across, back[1] - side * 4 * along) for side in (1, -1)]
    end = (x1 - HEAD / 2 * along, y1 - HEAD / 2 * across)
    return line([*points[:-1], end], look) + f'<path d="{way([(x1, y1), *wings])}z" fill="{look.colour}"/>'


def dots(points: Sequence[Point], radius: float, colour: str = INK) -> str:
    """Many equal dots in one path: strokes of no length with round ends."""
    strokes = "".join(f"M{number(x)} {number(y)}h0" for x, y in points)
    width = number(2 * radius)
    return f'<path d="{strokes}" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"/>'


def path(shape: str, look: Look = SOLID) -> str:
    """A line of a shape as SVG writes it, not filled."""
    return f'<path d="{shape}" fill="none"{_stroke(look)} stroke-linejoin="round"/>'


def way(points: Sequence[Point]) -> str:
    """Points as SVG writes a line through them."""
    return "M" + " ".join(f"{number(x)} {number(y)}" for x, y in points)


def _stroke(look: Look) -> str:
    dashed = f' stroke-dasharray="{look.dash}"' if look.dash else ""
    return f' stroke="{look.colour}" stroke-width="{number(look.width)}"{dashed}'
