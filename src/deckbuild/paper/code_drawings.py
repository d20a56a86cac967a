"""Drawings of box signs in code: a line of one that is broken destroys it, so wide ones are set smaller."""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup

from deckbuild.machine.regex import regex
from deckbuild.paper.selection import characters

CODE = 0.86
"""The size of code beside text, as in `common.css`."""

SMALLEST = 0.62
"""The part of its size down to which a drawing is made smaller: beside text of 8 pt 6.9 pt become 4.3."""

ROOM, BESIDE = 0.94, 3
"""Characters of code for each character of text that fits into a line, less those that its bar and indent take."""

_SIGN = regex("[\u2500-\u257f]")
_CODE = regex(r'<div class="hl"><pre><code>((?:(?!</pre>).)*)</code></pre></div>', re.DOTALL)
_TAG = regex(r"<[^>]*>")


def is_drawing(code: str) -> bool:
    """Whether at least two lines of code have signs for lines and corners."""
    return sum(_SIGN.search(line) is not None for line in code.splitlines()) >= 2


def longest(code: str) -> int:
    """Characters of the longest line."""
    return max(map(characters, code.splitlines()), default=0)


def with_drawings_fitted(html: Markup, line: int) -> Markup:
    """HTML whose drawings are small enough for lines of so many characters of text."""
    if html.isascii() or not _SIGN.search(html):
        return html
    room = ROOM * line - BESIDE

    def fitted(found: re.Match[str]) -> str:
        code = unescape(_TAG.sub("", found[1]))
        wide = longest(code)
        if wide <= room or not is_drawing(code):
            return found[0]
        size = CODE * max(SMALLEST, room / wide)
        return found[0].replace("<pre>", f'<pre style="font-size: {size:.3g}em">', 1)

    return Markup(_CODE.sub(fitted, html))
