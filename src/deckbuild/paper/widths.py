"""How wide words, formulas and tables are on the sheet, before it is laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from math import ceil

from deckbuild.html.cell_formulas import with_formulas
from deckbuild.machine.regex import regex
from deckbuild.maths.check.mathjax import available
from deckbuild.model import (
    AnyInline,
    Blocks,
    Diagnostic,
    Formula,
    Inlines,
    Table,
    Text,
    inline_runs,
    inner_blocks,
    inner_inlines,
)
from deckbuild.model.text import inline_text
from deckbuild.paper.formula_images import SCALE, image, legible_cells
from deckbuild.paper.selection import LINE, Item
from deckbuild.report.diagnostics import Code

COLUMN = 31.0
"""Ems in a line of `LINE` characters: 88 mm at 8 pt."""

SMALLEST = 5.0
"""Points that print must have to be read."""

TIGHT = 1.45
"""Width of lines in type of 6.5 pt in a booklet in characters of the usual, with less space between cells; most text
takes less than estimated."""

MOST = 2.0
"""Width of lines in a sheet's column in characters of the usual from which on a table takes no part in it: most of its
columns would have half a word to a line."""

_SIGNS = {
    sign: width
    for signs, width in (("mwMW@%", 1.65), ("GHNOQUDKR&", 1.3), ("ijlIfrt.,:;'|!()[]/-", 0.65))
    for sign in signs
}
_USUAL = 1.1
"""Widths of such signs of Source Sans in bold type, and of all others, in characters of the usual."""

_SEAM = regex(r"(?<=[\w)\]][/._,:=+-])(?=\w)")
_WIDE = regex("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")
_UNSPACED = regex("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese and Khmer, which have no spaces between words: Pango knows where these end."""
_LONGEST_UNSPACED = 12
_KOREAN = regex("[\uac00-\ud7a3]")
_WIDE_RUN = regex("[\uac00-\ud7a3]+|[\u2e80-\ua4cf\uff00-\uff60]")
_CODE_SEAM = regex(r"(?<=[/.,:;=?&#+|)\]}>~-])(?=[\w({\[])|(?<=[^\W_]_)(?=[^\W_])|(?<=[a-z0-9])(?=[A-Z])")
"""Behind signs that join names, and between the words of a name in camel case."""
_PIECE = regex(r"(?:&#?\w+;|.){1,30}")


def pieces(word: str) -> list[str]:
    """The word cut after signs that join the words of a path, a name or a term, else every 30 characters.

    Whole where it has characters of Chinese, Japanese, Korean or Thai, whose scripts have rules of their own.
    """
    if not word.isascii() and (_WIDE.search(word) or _UNSPACED.search(word)):
        return [word]
    return [piece for part in _SEAM.split(word) for piece in _PIECE.findall(part)]


def code_pieces(word: str) -> list[str]:
    """A word of code cut between the names that make it up, else every 30 characters."""
    return [piece for part in _CODE_SEAM.split(word) for piece in _PIECE.findall(part)]


def least_width(blocks: Blocks) -> float:
    """Characters in a line of the widest table if no word is broken, two for the space after each column.

    A formula that is set can't be broken.
    """
    tables = (inner for block in blocks for inner in inner_blocks(block) if isinstance(inner, Table))
    return max((sum(_column_widths(table)) for table in tables), default=0)


def _column_widths(table: Table, room: Callable[[str], float] | None = None) -> list[float]:
    """Characters that each column needs for its longest word and the space behind it; `room` tells that of a word."""
    table = legible_cells(table)
    columns = zip_longest(*(row.cells for row in (table.header, *table.rows)), fillvalue=())
    return [2 + max(_longest_piece(cell, room or _room) for cell in column) for column in columns]


def has_room(item: Item, line: int) -> bool:
    """Whether the tables of an item can be read in a column with lines of so many characters."""
    return least_width(item.answer) <= MOST * line


def column_shares(table: Table, line: int) -> list[float]:
    """What part of the width each column of a table gets that is too wide for lines of so many characters."""
    widths = _shared([width - 1 for width in _column_widths(table, _set)], TIGHT * line)
    return [width / sum(widths) for width in widths]


def _shared(needed: Sequence[float], room: float) -> list[float]:
    """Widths of columns that fill a room: where it is too small, narrow ones get all, the others alike parts."""
    found, left = [0.0] * len(needed), min(room, sum(needed))
    for done, at in enumerate(sorted(range(len(needed)), key=needed.__getitem__)):
        found[at] = min(needed[at], left / (len(needed) - done))
        left -= found[at]
    return found


def _longest_piece(cell: Inlines, room: Callable[[str], float]) -> float:
    formulas = (element for element in inner_inlines(cell) if isinstance(element, Formula))
    words = (piece for word in inline_text(with_formulas(cell, _blank)).split() for piece in pieces(word))
    return max((*map(_characters, formulas), *map(room, words)), default=0)


def _set(word: str) -> float:
    """The room of a word as it is set: `May` takes more than `till`."""
    if not word.isascii():
        return _room(word)
    return sum(_SIGNS.get(sign, _USUAL) for sign in word)


def _room(word: str) -> int:
    """The characters that a word needs on one line: two for each wide one, of which a line may hold any."""
    if not word.isascii() and _UNSPACED.search(word):
        return min(len(word), _LONGEST_UNSPACED)
    if word.isascii() or not _WIDE.search(word):
        return len(word)
    return max((2 * len(part) if _KOREAN.match(part) else 4 for part in _WIDE_RUN.findall(word)), default=4)


def _blank(formula: Formula) -> AnyInline:
    """Nothing in the place of a formula that is set."""
    return Text(formula.span, " ") if image(formula) else formula


def _characters(formula: Formula) -> int:
    """The characters of text that are as wide as the formula's image; 0 where there is none."""
    return ceil(_ems(formula) / COLUMN * LINE)


def _ems(formula: Formula) -> float:
    found = image(formula)
    return found.width * SCALE if found else 0.0


def wide_formulas(items: Iterable[Item], line: int, text: float) -> tuple[Diagnostic, ...]:
    """A warning for each formula that fits into its column only below a legible size.

    A column has lines of `line` characters of `text` points.

    In a table that is too wide for it, that is the column of the table.
    """
    return tuple(
        Code.WIDE_FORMULA.at(item.source, formula.span.line, size=f"{size:.2g}")
        for item in items
        for formula, room in _formulas(item, line)
        if (wide := _ems(formula)) and (size := text * room / wide) < SMALLEST
    )


def unset_formulas(items: Iterable[Item]) -> tuple[Diagnostic, ...]:
    """A warning for each formula of which there is LaTeX, yet no image."""
    if not available():
        return ()
    return tuple(
        Code.UNPRINTED_FORMULA.at(item.source, formula.span.line, text=" ".join(formula.text.split()))
        for item in items
        for formula, _ in _formulas(item, LINE)
        if formula.tex and image(formula) is None
    )


def _formulas(item: Item, line: int) -> Iterator[tuple[Formula, float]]:
    """The formulas of an item, each with the ems that it has; reference tables may run across the page."""
    column = COLUMN * line / LINE
    for outer in (*item.question, *item.answer):
        for block in inner_blocks(outer):
            if isinstance(block, Formula):
                yield block, column
            if isinstance(block, Table):
                if item.question and least_width((block,)) > line:
                    yield from _in_cells(block, column, line)
                continue
            for run in inline_runs(block):
                yield from ((found, column) for found in inner_inlines(run) if isinstance(found, Formula))


def _in_cells(table: Table, column: float, line: int) -> Iterator[tuple[Formula, float]]:
    """The formulas of a table that is too wide for a column of so many ems, each with those of its own column."""
    shares = column_shares(table, line)
    for row in (table.header, *table.rows):
        for cell, share in zip(row.cells, shares, strict=False):
            yield from (
                (found, share * column) for found in inner_inlines(cell) if isinstance(found, Formula)
            )
