"""What pages put around answers and takes no part in them: folds, their titles, and hashtags."""

from __future__ import annotations

import re
from collections.abc import Iterable

from deckbuild.machine.regex import regex
from deckbuild.model import AnyBlock, Blocks, Html
from deckbuild.model.text import block_text

_COVER = regex(
    r"\W*+(?:(?:click|tap|press)\b.*+|(?:show|see|view|reveal|toggle|expand|hide|the)?\s*+(?:the\s++)?"
    r"(?:answers?|solutions?|spoiler|details|expand|more|hints?))\W*",
    re.IGNORECASE,
)
"""What a folded block says where it only hides the answer: `Answer`, `Click to expand`, `Show solution`."""

_DETAILS = regex(r"<(/?)details\b", re.IGNORECASE)
_HASHTAGS_BACKWARDS = regex(r"\s*+(?:[\w/-]*[^\W\d_]#\s++)++")
"""Hashtags at the end, read from there: a search from the front would read a run of them once for each."""


def is_cover(text: str) -> bool:
    """Whether the title of a folded block only says that an answer is in it."""
    return bool(_COVER.fullmatch(text.strip()))


def hashtags(text: str) -> int:
    """Where the hashtags at the end of a text begin, with the white space before them; its length if none."""
    found = _HASHTAGS_BACKWARDS.match(text[::-1]) if "#" in text else None
    return len(text) - found.end() if found else len(text)


def without_folds(blocks: Iterable[AnyBlock]) -> Blocks:
    """The blocks without HTML that only folds them; a fold with a title of its own stays, with its end."""
    kept: list[AnyBlock] = []
    open_folds: list[bool] = []
    for block in blocks:
        stays = not is_fold(block)
        for end in _DETAILS.findall(block.text) if isinstance(block, Html) else ():
            if not end:
                open_folds.append(stays)
            elif open_folds:
                stays |= open_folds.pop()
        if stays:
            kept.append(block)
    return tuple(kept)


def is_fold(block: AnyBlock) -> bool:
    """Whether a block of HTML only folds what stands around it."""
    if not isinstance(block, Html) or not re.search(r"</?(?:details|summary)\b", block.text, re.IGNORECASE):
        return False
    text = block_text((block,)).strip()
    return not text or is_cover(text)
