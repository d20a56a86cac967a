"""Drawings of box signs in code: a line of one that is broken destroys it.

Wide ones are set smaller, and those that would be too small are cut from top to bottom, their parts below each other.
"""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup

from deckbuild.machine.regex import regex
from deckbuild.paper.press.layout import CHARACTER
from deckbuild.paper.selection import characters, is_wide

SMALLEST = 6.5
"""Points of the smallest type of a drawing, as of all else on a card."""

CODE = 0.86
"""The size of code beside text, as in `common.css`."""

ROOM, BESIDE = 0.94, 3
"""Characters of code for each character of text that fits into a line, less those that its bar and indent take."""

SPARE = 1.3
"""Characters more that `with_wrapped_code` leaves in a line."""

GOES_ON = "↪"
"""What stands above the rest of a drawing that was cut."""

_SIGN = regex(r"[\u2500-\u257f]|\+[-=]{3,}")
_LINE = regex(r"[\u2500-\u257f+=|_-]")
_BLOCK = regex(r'<div class="hl"><pre><code>((?:(?!</pre>).)*)</code></pre></div>', re.DOTALL)
_TAG = regex(r"<[^>]*>")


def is_drawing(code: str) -> bool:
    """Whether at least two lines of code have signs for lines and corners."""
    return sum(_SIGN.search(line) is not None for line in code.splitlines()) >= 2


def longest(code: str) -> int:
    """Characters of the longest line."""
    return max(map(characters, code.splitlines()), default=0)


def in_bands(drawing: str, column: float, size: float) -> str:
    """A drawing for a column of so many millimetres with text of so many points, cut where it would be too small."""
    line = int(column / (CHARACTER * size))
    most = int((ROOM * line - BESIDE) * CODE * size / SMALLEST)
    rows = [_cells(row) for row in drawing.splitlines()]
    width = max(map(len, rows), default=0)
    grid = [row + [" "] * (width - len(row)) for row in rows]
    bands, start = [], 0
    while width - start > most:
        cut = min(range(start + most, start + most // 2, -1), key=lambda at: _damage(grid, at))
        bands.append((start, cut))
        start = cut
    parts = (
        "\n".join("".join(row[a:b]).rstrip() for row in grid).rstrip() for a, b in (*bands, (start, width))
    )
    return f"\n{GOES_ON}\n".join(parts)


def _cells(row: str) -> list[str]:
    """The characters of a line, an empty one behind each that has the width of two."""
    return [cell for char in row for cell in ((char, "") if is_wide(char) else (char,))]


def _damage(grid: list[list[str]], at: int) -> int:
    """What a cut before a column destroys: words more than lines, blanks nothing."""
    pairs = ((row[at - 1], row[at]) for row in grid)
    return sum((1 if _LINE.search(a + b) else 9) for a, b in pairs if a != " " and b != " ")


def with_code_fitted(html: Markup, line: int) -> Markup:
    """HTML whose code is small enough for lines of so many characters of text of the page's own size."""
    if "<pre><code>" not in html:
        return html
    room = ROOM * line - BESIDE

    def fitted(found: re.Match[str]) -> str:
        code = unescape(_TAG.sub("", found[1]))
        wide = longest(code)
        free = room if is_drawing(code) else room + SPARE
        if wide <= free:
            return found[0]
        return found[0].replace("<pre>", f'<pre style="font-size: {CODE * free / wide:.3g}rem">', 1)

    return Markup(_BLOCK.sub(fitted, html))
