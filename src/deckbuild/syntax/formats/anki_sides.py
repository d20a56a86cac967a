"""The sides of cards as Anki shows them: what is hidden in them, and backs that say the front again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuild.machine.regex import regex

UNSEEN = regex(
    r"<(?P<tag>\w{1,20})[^<>]{0,300}(?:visibility|display)\s{0,9}:\s{0,9}(?:hidden|none)[^<>]{0,300}>"
    r".{0,5000}?</(?P=tag)\s{0,9}>"
    r"|\{\{(?:[\w-]{1,30}:){0,5}(?:type|hint):[^{}]{0,300}\}\}|<!--.{0,5000}?-->"
    r"|<(?P<code>script|style)\b.{0,50000}?</(?P=code)\s{0,9}>",
    re.DOTALL | re.IGNORECASE,
)
"""What a front holds and doesn't show: hidden elements, the field to type an answer in, hints."""

_HINT = regex(r"<a\s[^<>]{0,20}class=[\"']?hint\b[^<>]{0,900}>.{0,900}?</a>", re.DOTALL)
"""What is clicked on for a hint."""

_LINE = regex(r"\s*<hr\b[^<>]{0,300}>\s*", re.IGNORECASE)
_COVERED = regex(r"\{\{c\d{1,3}::image-occlusion:|<div id=\"?image-occlusion-container")


def is_covered(cells: Sequence[str]) -> bool:
    """Whether a row is an image whose parts are covered in turn, as a note or as a card."""
    return any(map(_COVERED.search, cells))


def sides(cells: Sequence[str]) -> list[str]:
    """The fields of a row without what cards hide; of a back that repeats its front what stands below the line."""
    if not any("<" in cell for cell in cells):
        return [*cells]
    seen = [UNSEEN.sub("", _HINT.sub("", cell)).strip() if "<" in cell else cell for cell in cells]
    if len(seen) > 1 and seen[0].strip() and seen[1].startswith(seen[0].strip()):
        line = _LINE.match(seen[1], len(seen[0].strip()))
        seen[1] = seen[1][line.end() :] if line and seen[1][line.end() :].strip() else seen[1]
    return seen
