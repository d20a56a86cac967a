"""Formulas in print: MathJax's SVG as an image in the line, in the size of the text and on its baseline.

What has no LaTeX, or can't be set, keeps its own characters.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache

from msgspec.structs import replace

from deckbuild.html.cell_formulas import is_stacked, with_formulas
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
"""Ems that a formula may be high: nine tenths of a page. Formulas can't be broken."""


def formula_html(formula: Formula) -> str:
    """A formula as an image with the LaTeX as its alternative text, else in its own characters."""
    found = image(formula)
    if found is None:
        return f'<span class="math-raw">{escape(formula.text)}</span>'
    style = f"width:{found.width * SCALE:.4g}em;vertical-align:{-found.depth * SCALE:.4g}em"
    return f'<img class="math" src="{_url(found.markup)}" alt="{escape(formula.tex or "")}" style="{style}">'


def image(formula: Formula) -> mathjax.Svg | None:
    """How MathJax sets a formula; None where its own characters are shown instead."""
    return _image(formula.tex, formula.display) if formula.tex else None


@lru_cache(maxsize=4096)
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
