"""Paper, columns and type of a printed output, in millimetres and points, and what fits into them."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.collection.print_settings import Print
from deckbuild.paper.press.balance import Box

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height, upright."""

SIZE = 8.5
"""Points of a sheet's text: in three columns on A4, nine lines of ten have 72 characters or less."""
GUTTER = 5.0
CHARACTER = 0.171
"""Width that a character of our text face gets, in mm for each point of its size. Most English text takes 13
percent less; tables, with words in bold, need the rest."""

LEADING = 1.2125
"""Distance of lines, in sizes of the type: 9.7 pt for 8 pt."""

POINT = 25.4 / 72
"""Millimetres."""
PIXEL = 96 / 25.4
"""CSS pixels in a millimetre."""


class PageLayout(Struct, frozen=True):
    """A page; `top`, `side` and `bottom` are its margins. `size` is that of the text.

    `picture` is the greatest height of an image, as a length of CSS.
    """

    width: float
    height: float
    side: float
    top: float
    bottom: float
    columns: int
    size: float
    leading: float = LEADING
    picture: str = "none"

    @property
    def column(self) -> float:
        """Width of a column in mm."""
        return (self.width - 2 * self.side - GUTTER * (self.columns - 1)) / self.columns

    @property
    def box(self) -> Box:
        """All that text may fill, in CSS pixels."""
        left, top = self.side * PIXEL, self.top * PIXEL
        return Box(left, top, self.width * PIXEL - left, (self.height - self.bottom) * PIXEL)

    @property
    def line(self) -> int:
        """Characters of text in a line of a column."""
        return int(self.column / (CHARACTER * self.size))

    @property
    def free(self) -> float:
        """Height of a column in mm."""
        return self.height - self.top - self.bottom

    @property
    def lines(self) -> int:
        """Lines of text in a column."""
        return int(self.free / (self.size * self.leading * POINT))


def sheet(settings: Print) -> PageLayout:
    """The page of a cheat sheet."""
    width, height = PAPERS[settings.paper]
    size = settings.font_size or SIZE
    if settings.orientation == "landscape":
        page = PageLayout(height, width, 8, 8, 11, settings.columns or 3, size)
    else:
        page = PageLayout(width, height, 13, 8, 11, settings.columns or 2, size)
    return replace(page, picture=f"{page.free / 4:.1f}mm")


def booklet(settings: Print) -> PageLayout:
    """The page of a booklet, upright. One column has larger type and wide margins, or lines would be long."""
    single = settings.booklet_columns == 1
    size = settings.booklet_font_size or (10.5 if single else 9)
    side = 38 if single else 15
    page = PageLayout(*PAPERS[settings.paper], side, 18, 18, settings.booklet_columns, size, 1.3)
    return replace(page, picture=f"{page.free / 2:.1f}mm")
