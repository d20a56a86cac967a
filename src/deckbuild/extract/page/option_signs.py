"""Signs of options: what may set one of them apart from its sisters, as the right one is."""

from __future__ import annotations

import re

from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.signature import Signature, marked_start
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.model import CodeSpan, Mark, Strike
from deckbuild.model.text import inline_text
from deckbuild.model.trim import drop, strip
from deckbuild.syntax.units import Unit

_TICKS = "✅✓✔☑🟢"

_SHORT_CODE = regex(r":(?:white_check_mark|heavy_check_mark|ballot_box_with_check|check):")

_TAIL = regex(r"\((?P<word>[^()]{2,24})\)\W*$")

_UNDERLINED = regex(r"==.+==|<mark>|<u>")

_END = regex(r"(?P<sign>[✅✓✔☑🟢⭐]|\*+|<--+|←|<-)(?:\s*\([^()]*\))?\s*$")
"""A sign at the end, or before a remark in brackets."""


def apart(unit: Unit, sign: Signature) -> set[str]:
    """What may set one option apart from its sisters, by name."""
    text = unit.text
    found = set()
    if sign.box:
        found.add("box")
    if sign.mark in ("+", "*"):
        found.add(f"mark {sign.mark}")
    if match := _TAIL.search(text):
        found.add(f"tail {letters(match['word'])[:8]}")
    if match := _END.search(text):
        found.add(f"end {match['sign'][:2]}")
    if any(tick in text for tick in _TICKS) or _SHORT_CODE.search(text):
        found.add("tick")
    if any(isinstance(e, Mark) for e in unit.content) or _UNDERLINED.search(text):
        found.add("high")
    shown = marked_start(unit.content)
    behind = text[sign.behind_letter :]
    if (shown and not text[shown:].strip(" .:")) or (
        sign.letter and behind.strip() and _strong_behind(unit, sign.behind_letter)
    ):
        found.add("bold")
    if any(isinstance(e, Strike) for e in unit.content):
        found.add("struck")
    if "❌" in text or "✗" in text or "✘" in text:
        found.add("cross")
    if match := re.match(r"[*+#=>✓✔✅~]", text) or re.match(r"[*+#=>✓✔✅]", behind):
        found.add(f"lead {match[0]}")
    if (
        (rest := strip(drop(unit.content, sign.behind_letter)))
        and len(rest) == 1
        and isinstance(rest[0], CodeSpan)
    ):
        found.add("code")
    match = re.search(r"(?:\s[-–—]\s|\s)(?P<word>[^\W\d_]{4,14})\W*$", text)
    if match and match["word"].casefold() in words().correct:
        found.add("word")
    return found


def _strong_behind(unit: Unit, offset: int) -> bool:
    """Whether all of an option behind its letter is strong."""
    rest = strip(drop(unit.content, offset))
    return bool(rest) and marked_start(rest) >= len(inline_text(rest).rstrip(" ."))
