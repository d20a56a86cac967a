"""Plain drawings, as MathJax makes of formulas, put on paper without WeasyPrint's own reading of SVG.

That takes 10 ms for a formula, and most of a page's time where it has many. What is not plain is left to it.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from functools import lru_cache
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element, ParseError, fromstring

from msgspec import Struct

from deckbuild.machine.regex import regex

PREFIX = "data:image/svg+xml;base64,"

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""As in PDF: `a b c d e f` take x, y to a·x + c·y + e, b·x + d·y + f."""

_SAME: Matrix = (1, 0, 0, 1, 0, 0)
_SVG = "{http://www.w3.org/2000/svg}"
_STYLE = {"fill": "currentColor", "stroke": "currentColor", "stroke-width": "0"}
"""What a plain drawing may say of its ink: all is filled with black, which is what an image's current colour is."""

_STEP = regex(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = regex(r"-?(?:\d+\.?\d*|\.\d+)")
_NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "T": 2, "C": 6, "Z": 0}
_CHANGE = regex(r"\s*(translate|scale)\(([^()]*)\)\s*")
"""The steps of paths and the changes of places that MathJax uses."""


class _NotPlain(Exception):
    pass


class Drawing(Struct, frozen=True):
    """An image as WeasyPrint knows them: the operators of PDF that paint a box with these sides."""

    left: float
    top: float
    width: float
    height: float
    operators: bytes

    def get_intrinsic_size(self, _resolution: float, _font_size: float) -> tuple[None, None, float]:
        """No width or height of its own, but how many times wider than high it is."""
        return None, None, self.width / self.height

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        """Paint it as large as has room in these sides, in their middle."""
        scale = min(width / self.width, height / self.height)
        stream.transform(
            scale,
            0,
            0,
            scale,
            (width - self.width * scale) / 2 - self.left * scale,
            (height - self.height * scale) / 2 - self.top * scale,
        )
        stream.stream.append(self.operators)


class Drawings(dict[str, Any]):
    """The images that WeasyPrint has read, by their URL; plain drawings are among them from the start."""

    def __contains__(self, url: object) -> bool:
        if super().__contains__(url):
            return True
        drawing = _drawing(url) if isinstance(url, str) and url.startswith(PREFIX) else None
        if drawing:
            self[str(url)] = drawing
        return drawing is not None


@lru_cache(maxsize=4096)
def _drawing(url: str) -> Drawing | None:
    """The drawing of a URL; None where it isn't plain."""
    try:
        return plain_drawing(b64decode(url.removeprefix(PREFIX), validate=True))
    except (Error, ParseError, _NotPlain, ValueError):
        return None


def plain_drawing(markup: bytes) -> Drawing:
    """SVG of outlines and rectangles filled with one colour. Raises `_NotPlain` for any other."""
    root = fromstring(markup)
    if root.tag != f"{_SVG}svg" or set(root.attrib) != {"viewBox"}:
        raise _NotPlain
    left, top, width, height = _numbers(root.attrib["viewBox"], 4)
    if not (width > 0 and height > 0):
        raise _NotPlain
    painted: list[bytes] = [b"0 g"]
    for child in root:
        _paint(child, _SAME, painted)
    return Drawing(left, top, width, height, b"\n".join(painted))


def _paint(element: Element, above: Matrix, painted: list[bytes]) -> None:
    """Add the operators of an element that stands in space changed by `above`."""
    rest = dict(element.attrib)
    matrix = _changed(above, rest.pop("transform", ""))
    name = element.tag.removeprefix(_SVG)
    if name == "g":
        for child in element:
            _paint(child, matrix, painted)
    elif name == "path":
        painted += b"q", _written(*matrix), b"cm", _outline(rest.pop("d", "")), b"f", b"Q"
    elif name == "rect":
        sides = (float(rest.pop(side, "0")) for side in ("x", "y", "width", "height"))
        painted += b"q", _written(*matrix), b"cm", _written(*sides), b"re", b"f", b"Q"
    else:
        raise _NotPlain
    if any(_STYLE.get(key) != value for key, value in rest.items() if not key.startswith("data-")):
        raise _NotPlain


def _changed(matrix: Matrix, changes: str) -> Matrix:
    """The matrix of a space within another, moved and scaled in it."""
    a, b, c, d, e, f = matrix
    end = 0
    while end < len(changes):
        found = _CHANGE.match(changes, end)
        if not found:
            raise _NotPlain
        end = found.end()
        numbers = _numbers(found[2])
        if found[1] == "translate":
            x, y = numbers if len(numbers) == 2 else (*_one(numbers), 0.0)
            e, f = a * x + c * y + e, b * x + d * y + f
        else:
            x, y = numbers if len(numbers) == 2 else _one(numbers) * 2
            a, b, c, d = a * x, b * x, c * y, d * y
    return a, b, c, d, e, f


@lru_cache(maxsize=4096)
def _outline(steps: str) -> bytes:
    """A path of SVG as one of PDF, which has cubic curves only."""
    made: list[bytes] = []
    x = y = first_x = first_y = bend_x = bend_y = 0.0
    before = ""
    for name, numbers in _STEP.findall(steps):
        count = _NUMBERS.get(name)
        values = _numbers(numbers)
        if count is None or (len(values) % count if count else values):
            raise _NotPlain
        for at in zip(*[iter(values)] * count, strict=True) if count else ((),):
            if name == "M":
                x, y = first_x, first_y = at
                made += _written(x, y), b"m"
            elif name in "LHV":
                x, y = at if name == "L" else (at[0], y) if name == "H" else (x, at[0])
                made += _written(x, y), b"l"
            elif name in "QT":
                if name == "Q":
                    bend_x, bend_y = at[:2]
                else:
                    turned = before in "QT"
                    bend_x, bend_y = (2 * x - bend_x, 2 * y - bend_y) if turned else (x, y)
                end_x, end_y = at[-2:]
                nearer = (x + 2 * bend_x) / 3, (y + 2 * bend_y) / 3
                further = (end_x + 2 * bend_x) / 3, (end_y + 2 * bend_y) / 3
                x, y = end_x, end_y
                made += _written(*nearer, *further, x, y), b"c"
            elif name == "C":
                x, y = at[-2:]
                made += _written(*at), b"c"
            else:
                x, y = first_x, first_y
                made.append(b"h")
            before = name
            name = "L" if name == "M" else name
    return b" ".join(made)


def _numbers(text: str, count: int = 0) -> tuple[float, ...]:
    """The numbers of an attribute, `count` of them where that isn't 0."""
    found = _NUMBER.findall(text)
    if _NUMBER.sub("", text).strip(" ,\n") or (count and len(found) != count):
        raise _NotPlain
    return tuple(map(float, found))


def _one(numbers: tuple[float, ...]) -> tuple[float]:
    if len(numbers) != 1:
        raise _NotPlain
    return (numbers[0],)


def _written(*numbers: float) -> bytes:
    """Numbers as PDF has them, to a ten thousandth: an em is a thousand units of MathJax's."""
    return " ".join(f"{number:.4f}".rstrip("0").rstrip(".") for number in numbers).encode()
