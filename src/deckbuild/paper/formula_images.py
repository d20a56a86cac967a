"""Formulas in print: MathJax's SVG as an image in the line, in the size of the text and on its baseline.

What has no LaTeX, or can't be set, keeps its own characters.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache

from msgspec.structs import replace

from deckbuild.html.cell_formulas import is_stacked, with_formulas
from deckbuild.html.phone_formulas import in_lines, pieces
from deckbuild.html.raw_html import escape
from deckbuild.maths.check import mathjax
from deckbuild.maths.check.engine import Refused
from deckbuild.model import Formula, Table
from deckbuild.paper.press.fonts import without_glyph

SCALE = 1.05
"""Size of a formula beside text of 1: with it small letters are nearly as high as those of Source Sans, whose
x-height is 0.486 em against 0.442, and capitals not much higher."""

FAMILIES = "Source Sans Pro, DejaVu Sans, Noto Sans Math, Noto Sans Symbols2"
"""For the characters that MathJax's own fonts lack."""

TALLEST = 60.0
"""Ems that a formula may be high: nine tenths of a page. Formulas can't be broken over pages."""

WIDEST = 34.0
"""Ems from which on a formula is broken into lines: what fits into one of a card of 80 mm at 6.5 pt, the smallest
type there; a column of the sheet has 38 of that size. What is less wide is made smaller."""

LINE_ROOM, PIECE_ROOM = 29, 18
"""Estimated ems of a line of a broken formula that is displayed, and of a piece of one in running text."""


def formula_html(formula: Formula) -> str:
    """A formula as an image with the LaTeX as its alternative text, else in its own characters."""
    found = _images(formula.tex, formula.display) if formula.tex else ()
    if not found:
        return f'<span class="math-raw">{escape(formula.text)}</span>'
    return " ".join(_html(tex, image) for tex, image in found)


def _html(tex: str, found: mathjax.Svg) -> str:
    style = f"width:{found.width * SCALE:.4g}em;vertical-align:{-found.depth * SCALE:.4g}em"
    return f'<img class="math" src="{_url(found.markup)}" alt="{escape(tex)}" style="{style}">'


def image(formula: Formula) -> mathjax.Svg | None:
    """How MathJax sets a formula, of several pieces the widest; None where its own characters are shown instead."""
    found = _images(formula.tex, formula.display) if formula.tex else ()
    return max((image for _, image in found), key=lambda image: image.width, default=None)


@lru_cache(maxsize=4096)
def _images(tex: str, display: bool) -> tuple[tuple[str, mathjax.Svg], ...]:
    """The images of a formula, each with its LaTeX: one, or several pieces of a wide one in running text."""
    whole = _image(tex, display)
    if whole is None:
        return ()
    if whole.width * SCALE <= WIDEST:
        return ((tex, whole),)
    if display:
        broken = _image(in_lines(tex, LINE_ROOM), display)
        return ((tex, broken or whole),)
    cut = pieces(tex, PIECE_ROOM)
    found = tuple((piece, image) for piece in cut if (image := _image(piece, display)))
    return found if len(found) == len(cut) else ((tex, whole),)


def _image(tex: str, display: bool) -> mathjax.Svg | None:
    if not mathjax.available():
        return None
    try:
        found = mathjax.svg(tex, display)
    except Refused:
        return None
    fits = min(found.width, found.height) > 0.05 and found.height * SCALE < TALLEST
    return found if fits and not without_glyph(found.texts) else None


@lru_cache(maxsize=4096)
def _url(markup: str) -> str:
    markup = markup.replace("<svg", f'<svg font-family="{FAMILIES}"', 1) if "<text" in markup else markup
    return f"data:image/svg+xml;base64,{b64encode(markup.encode()).decode()}"


def legible_cells(table: Table) -> Table:
    """The table with the formulas of its cells as `legible` sets them."""
    header, *rows = (
        replace(row, cells=tuple(with_formulas(cell, legible) for cell in row.cells))
        for row in (table.header, *table.rows)
    )
    return replace(table, header=header, rows=tuple(rows))


def legible(formula: Formula) -> Formula:
    """A formula in a cell with its fractions set as in a formula of its own."""
    return replace(formula, display=True) if is_stacked(formula) else formula
