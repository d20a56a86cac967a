"""Layouts of statements with the verdict, true or false, on the same line."""

from __future__ import annotations

from layouts.content import Pair
from layouts.pieces import Expected, Piece, Style, numbered


def claim(pair: Pair, n: int, style: Style) -> Piece:
    """A numbered statement with its verdict before or behind it."""
    number, text, verdict = numbered(style, n), pair.question, pair.answer
    line = {
        "(True)": f"{number}{text} ({verdict})",
        "[True]": f"{number}{text} [{verdict}]",
        "— True": f"{number}{text} — {verdict}",
        "**True**": f"{number}{text} **{verdict}**",
        "→ True": f"{number}{text} → {verdict}",
        "True before": f"{number}{verdict}: {text}",
        "T before": f"{number}[{verdict}] {text}",
    }[style["claim"]]
    return Piece((line,), Expected(first=0, last=0, question=text, answer=verdict))
