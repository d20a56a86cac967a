"""What a family of layouts is, and the values of dimensions that several share.

The first value of a row is the plain one; a value that stands more often is drawn more often.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from layouts.pieces import CJK, Piece, Style

Dimensions = dict[str, tuple[str, ...]]


class Family(Struct, frozen=True):
    """Layouts of one kind.

    `of` says what they hold: `notes`, `terms`, `choices` or `claims`; `kinds` which answers. `write` writes
    one note; `fair` tells whether a reader who doesn't know a layout could tell its notes from the document.
    """

    name: str
    of: str
    kinds: tuple[str, ...]
    write: Callable[[Any, int, Style], Piece]
    fair: Callable[[Style], bool]
    dimensions: Dimensions
    weight: int = 1
    """How often people write so: a family of weight 3 is drawn three times as often as one of weight 1."""


LINE = ("line",)
TEXT = ("line", "lines")
SIMPLE = ("line", "lines", "list", "steps")
ANY = ("line", "lines", "list", "steps", "code", "table", "about code")

TAIL = ("none",) * 10 + (
    "points", "level", "star", "stars", "attribute", "block id", "tag", "comment", "year", "page",
)  # fmt: skip
"""What stands behind a question."""

NUMBER = (
    "none", "none", "none", "1.", "1)", "(1)", "1 -", "1.1", "#1", "001", "Q1.", "Q1:", "[1]", "Question 1:",
    "Question 1.", "Question #1 -", "①",
)  # fmt: skip

WRAP = ("none", "none", "none", "72", "60")
"""The width that running text is filled to."""

BETWEEN = ("blank", "blank", "blank", "two", "three", "---", "***", "<hr>")
"""What parts two notes."""

CLEAR = ("two", "three", "---", "***", "===", "<hr>")
"""Partings that no answer holds."""

BULLET = ("-", "-", "*", "+", "•", "–", "- [ ]", "·")

SECTIONS = ("none", "none", "heading", "bold", "capitals", "equals", "colon")

COMMON: Dimensions = {
    "sections": SECTIONS,
    "after each": ("none",) * 7 + ("top", "advert", "html comment"),
}

LABEL_SIGN = (":", ":", ":", ".", " -", ")", "：", " :")


def is_led(style: Style) -> bool:
    """Whether a question is known by a mark before it or around it."""
    return any(style[name] != "none" for name in ("level", "marker", "number", "asked label", "emphasis"))


def always(style: Style) -> bool:
    """Every layout of the family is fair."""
    return True


def has_fair_labels(style: Style) -> bool:
    """Labels stand in the answer's own line, and bare signs follow short bare labels."""
    kinds = (style["told label"], style["asked label"])
    if style["told label"] != "none" and style["dress"] in ("arrow", "italics", "bold", "fold", "tight fold"):
        return False
    if style["sign"] in (")", ".", " -") and style["label emphasis"] != "none":
        return False
    if style["sign"] in (")", ".", " -") and style["label place"] == "own":
        return False
    if style["sign"] == "：" and style.content.language not in (*CJK, "ko"):
        return False
    return style["sign"] not in (")", ".") or "long" not in kinds
