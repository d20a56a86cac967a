"""Formulas that fit a phone: wide ones are broken at their relations, and told how wide they are.

The style sheet of cards makes a formula smaller where its box has less room than that, down to a size that can
still be read. Nothing changes for what is narrower than the narrowest box.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from deckbuild.html.formula_width import RELATIONS, SUMS, clauses, parts, width
from deckbuild.machine.regex import regex

ROOM = 18
"""Ems of a line on a card 360 px wide: 336 px in type of 17, less what a list takes."""

BROKEN = 25
"""Ems from which on a formula is broken: at 0.72 times the size of the text it fills such a line."""

_SURE = 1.1
"""What a width is multiplied with, to be on the safe side of an estimate."""


_SPACES = regex(r"^(\s|\\q?quad\b)+|((?<!\\)\s|\\q?quad\b)+$")
"""Blanks and wide spaces around a line, which part it from others no more."""


def fitted(tex: str, display: bool, delimited: Callable[[str], str]) -> str:
    r"""LaTeX as HTML for a card; `delimited` puts a formula between its delimiters, made safe for HTML.

    A displayed formula is broken into lines, one in a line of text into several, between which the text may
    break.
    """
    if _ems(tex) <= ROOM:
        return delimited(tex)
    if not display:
        return " ".join(_told(piece, delimited) for piece in pieces(tex, ROOM))
    lines = _lines(tex, BROKEN) if _ems(tex) > BROKEN else []
    if len(lines) > 1:
        return _told(_aligned(lines), delimited, max(_ems(line) for line, _ in lines) + 1)
    return _told(tex, delimited)


def _told(tex: str, delimited: Callable[[str], str], ems: int = 0) -> str:
    ems = ems or _ems(tex)
    return f'<span class="wide" style="--ems:{ems}">{delimited(tex)}</span>' if ems > ROOM else delimited(tex)


def pieces(tex: str, room: int) -> list[str]:
    """A formula in running text as several of up to so many ems where it can be cut, for lines to end between them.

    The first sign of a piece that goes on is spaced as between two operands.
    """
    return [f"{{}}{line}" if goes_on else line for line, goes_on in _lines(tex, room)]


def in_lines(tex: str, room: int) -> str:
    """A displayed formula in lines of up to so many ems where it can be cut."""
    lines = _lines(tex, room)
    return _aligned(lines) if len(lines) > 1 else tex


def _aligned(lines: list[tuple[str, bool]]) -> str:
    rows = r" \\ ".join(rf"&\quad {line}" if goes_on else rf"&{line}" for line, goes_on in lines)
    return rf"\begin{{aligned}} {rows} \end{{aligned}}"


def _lines(tex: str, room: int) -> list[tuple[str, bool]]:
    """The formula in lines as full as they may be, each with whether it goes on with the one before.

    A clause that doesn't fit beside another begins a line; one that is too wide is cut at its relations, and where
    that isn't enough at its sums.
    """
    lines = [("", False)]
    for clause in clauses(tex):
        for at, piece in enumerate(_pieces(clause, room)):
            line, goes_on = lines[-1]
            if _ems(line + (piece if at else clause)) <= room:
                lines[-1] = line + piece, goes_on
            else:
                lines.append((piece, at > 0))
    return [(trimmed, goes_on) for line, goes_on in lines if (trimmed := _SPACES.sub("", line))]


def _pieces(clause: str, room: int) -> list[str]:
    return [
        piece
        for part in parts(clause, RELATIONS)
        for piece in (parts(part, SUMS) if _ems(part) > room else [part])
    ]


def _ems(tex: str) -> int:
    return ceil(_SURE * width(tex))
