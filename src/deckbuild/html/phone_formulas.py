"""Formulas that fit a phone: wide ones are broken at their relations, and told how wide they are.

The style sheet of cards makes a formula smaller where its box has less room than that, down to a size that can
still be read. Nothing changes for what is narrower than the narrowest box.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import ceil

from deckbuild.html.formula_width import RELATIONS, SUMS, parts, width

ROOM = 18
"""Ems of a line on a card 360 px wide: 336 px in type of 17, less what a list takes."""

BROKEN = 25
"""Ems from which on a formula is broken: at 0.72 times the size of the text it fills such a line."""

_SURE = 1.1
"""What a width is multiplied with, to be on the safe side of an estimate."""


def fitted(tex: str, display: bool, delimited: Callable[[str], str]) -> str:
    r"""LaTeX as HTML for a card; `delimited` puts a formula between its delimiters, made safe for HTML.

    A displayed formula is broken into lines, one in a line of text into several, between which the text may
    break.
    """
    if _ems(tex) <= ROOM:
        return delimited(tex)
    if not display:
        return " ".join(_told(_continued(at, part), delimited) for at, part in enumerate(_lines(tex, ROOM)))
    lines = _lines(tex, BROKEN) if _ems(tex) > BROKEN else [tex]
    if len(lines) > 1:
        first, *rest = lines
        rows = r" \\ ".join((rf"&{first}", *(rf"&\quad {line}" for line in rest)))
        tex = rf"\begin{{aligned}} {rows} \end{{aligned}}"
        return _told(tex, delimited, max(map(_ems, lines)) + 1)
    return _told(tex, delimited)


def _told(tex: str, delimited: Callable[[str], str], ems: int = 0) -> str:
    ems = ems or _ems(tex)
    return f'<span class="wide" style="--ems:{ems}">{delimited(tex)}</span>' if ems > ROOM else delimited(tex)


def _continued(at: int, part: str) -> str:
    """A later piece of a formula in running text, whose first sign is spaced as between two operands."""
    return f"{{}}{part}" if at else part


def _lines(tex: str, room: int) -> list[str]:
    """The formula cut at relations, and where that isn't enough at sums, into lines as full as they may be."""
    pieces = [
        piece
        for part in parts(tex, RELATIONS)
        for piece in (parts(part, SUMS) if _ems(part) > room else [part])
    ]
    lines = pieces[:1]
    for _, piece in pairwise(pieces):
        if _ems(lines[-1] + piece) <= room:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.strip() for line in lines]


def _ems(tex: str) -> int:
    return ceil(_SURE * width(tex))
