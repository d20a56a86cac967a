"""Text for a terminal: diagnostics as `path:line: severity: message [code]`, with a column where one is meant."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from deckbuild.model import Diagnostic, Severity

_SHOWN = ("Zs", "Cn", "Co")
"""Spaces of all kinds, and characters that are newer than the tables here."""

_JOINERS = "\u200c\u200d"
"""What letters of some scripts, and emoji, are joined and parted with."""


def headline(diagnostic: Diagnostic) -> str:
    """`path:line: severity: message [code]`, on one line; `path:line:column` where a column is meant."""
    d = diagnostic
    place = f"{d.source}:{d.line}:{d.column}" if d.column else f"{d.source}:{d.line}"
    return printable(f"{place}: {d.severity}: {' '.join(d.message.split())} [{d.code}]")


def printable(text: str) -> str:
    """A text on one line; for characters that a terminal obeys, or that are none, stand their escapes."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(char: str) -> str:
    plain = char.isprintable() or unicodedata.category(char) in _SHOWN or char in _JOINERS
    return char if plain else ascii(char)[1:-1]


def has_errors(diagnostics: Iterable[Diagnostic], strict: bool = False) -> bool:
    """Whether any is an error; with `strict` warnings count as errors."""
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(d.severity in failing for d in diagnostics)


def fitted(text: str, columns: int, pad: bool = False) -> str:
    """The beginning of a text that fits into columns, without characters that a terminal obeys; `pad` fills them."""
    plain = "".join(char if char.isprintable() else " " for char in text.expandtabs(4))
    ends = list(accumulate(map(columns_of, plain)))
    if not ends or ends[-1] <= columns:
        return plain + " " * (columns - sum(ends[-1:])) if pad else plain
    cut = plain[: bisect_right(ends, columns - 1)] + "…"
    return cut + " " * (columns - sum(map(columns_of, cut))) if pad else cut


def columns_of(char: str) -> int:
    """Columns of a terminal that a character takes: East Asian wide ones two, combining ones none."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
