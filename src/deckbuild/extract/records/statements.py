"""Definitions and theorems: lines that begin with a strong label and name what it defines or states."""

from __future__ import annotations

from deckbuild.extract.page.signature import marked_start
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.model import Inlines
from deckbuild.model.trim import drop

_LABEL = regex(
    r"(?P<word>[^\W\d_]+)(?:\s(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}))?[.:)]?\s*(?:\((?P<name>[^()]+)\)\s*[.:]?\s*)?"
)
"""The label with its number and the name that some have: `Definition 2.1 (Limit).`"""

_SIGN_BEHIND = regex(r"\s*(?:[-–—―:=]\s*)?(?=\S)")


def named(content: Inlines, text: str, strong: int) -> tuple[int, int, int] | None:
    """Where the term of such a line begins and ends, and where the rest begins; None for other lines.

    It stands in brackets behind the number, or is the emphasised text behind the label, which is `strong` characters
    long.
    """
    match = _LABEL.fullmatch(text, 0, strong) if strong else None
    if not match or match["word"].casefold() not in words().statement:
        return None
    start, end = match.span("name")
    if start < 0:
        start = strong + len(text[strong:]) - len(text[strong:].lstrip())
        end = start + marked_start(drop(content, start))
    behind = _SIGN_BEHIND.match(text, max(end, strong))
    return (start, end, behind.end()) if behind and start < end else None
