"""How much a text by itself looks like a question or a task: signs first, then words of any language."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from deckbuild.extract.page.scripts import CJK, SIGNS_OF_WORDS
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.syntax.limits import MOST_LINES

SIGNS = "?？؟՞\u037e"
"""Signs at the end of a question; the last is the Greek one."""

_SIGNS = tuple(SIGNS)
_SIGN = regex(f"[{SIGNS}]")

ASKS_SURELY = 0.75
"""How much a text must ask to be taken for a question by itself."""

_TAIL = regex(
    r"\s*(?:[(\[（【][^()\[\]（）【】]{0,60}[)\]）】]|[*_`~\"”»'’“]|[⭐★☆✅✔❓🔥⚡🟢🟡🔴\ufe0f]|_?\d{1,4}_?|[.!:：\\]"
    r"|\{[^{}]{0,40}\}|#[\w/-]{1,30}|\^[\w-]{2,20})$"
)
"""What authors write behind the sign of a question: points, levels, stars, anchors, hashtags."""

_MOST_TAILS = 8
"""Such tails of one line, which bounds the work on a line of nothing else."""

_INSIDE = regex(r"[?？؟](?=\s|[^\W\d_]{3,9}$|[\u3040-\u9fff])")
_GAP = regex(r"[.…_]{4,}|\[\s*(?:\.\.+|…|_+|\?)[^\]]*\]")
_WORD = regex(rf"[^\W_][\w’'&{SIGNS_OF_WORDS}-]*")


def is_east_asian(text: str) -> bool:
    """Whether a text has Chinese, Japanese or Korean characters."""
    return not text.isascii() and bool(CJK.search(text))


def tail_start(text: str) -> int:
    """Where what stands behind a question's own sign begins; the length of a text that has no such sign."""
    if not _SIGN.search(text):
        return len(text)
    end = len(text)
    for _ in range(_MOST_TAILS):
        head = text[:end].rstrip()
        if head.endswith(_SIGNS):
            return len(head)
        match = _TAIL.search(head[-90:])
        if not match:
            break
        end = len(head) - len(match[0])
    return len(text)


def has_sign(text: str) -> bool:
    """Whether a text ends with the sign of a question, what may stand behind one aside."""
    return bool(_SIGN.search(text)) and text[: tail_start(text)].rstrip().endswith(_SIGNS)


@lru_cache(maxsize=MOST_LINES)
def asks(text: str) -> float:
    """0 to 1: how much a text looks like a question or a task by itself."""
    text = text.strip()
    if not text:
        return 0.0
    signed = bool(_SIGN.search(text))
    if signed and has_sign(text):
        return 1.0 if len(_WORD.findall(text.casefold())) >= 2 or is_east_asian(text) else 0.45
    asked_inside = signed and _INSIDE.search(text)
    if text.startswith("¿") or (asked_inside and "://" not in text):
        return 0.9
    return max(_by_words(text), 0.6 if _GAP.search(text) else 0.0)


class _Glued(Struct, frozen=True):
    """Words of scripts without blanks that stand inside, or at the end of, what asks."""

    inside: tuple[str, ...]
    at_end: tuple[str, ...]


@lru_cache(maxsize=1)
def _glued() -> _Glued:
    known = words()
    return _Glued(*(tuple(filter(is_east_asian, some)) for some in (known.asks_inside, known.asks_at_end)))


@lru_cache(maxsize=1)
def _phrases() -> tuple[str, ...]:
    return tuple(word for word in words().asks_inside if " " in word)


def _by_words(text: str) -> float:
    known = words()
    if is_east_asian(text):
        glued = _glued()
        if any(word in text for word in glued.inside):
            return 0.75
        return 0.5 if text.rstrip(" .。:：").endswith(glued.at_end) else 0.0
    lowered = text.casefold()
    if begun := _by_start(lowered):
        return begun
    match = _WORD.search(lowered)
    if match and match[0] in known.given and any(_by_start(p) >= 0.8 for p in lowered.split(", ", 2)[1:]):
        return 0.8
    last = _WORD.findall(lowered[-_LONGEST_WORD:])[-1:]
    if last and last[0] in known.asks_at_end:
        return 0.75
    phrases = [phrase for phrase in _phrases() if phrase.partition(" ")[0] in lowered]
    if phrases and (said := " ".join(_WORD.findall(lowered))) and any(phrase in said for phrase in phrases):
        return 0.75
    if text.rstrip("\"'”’)*_ ").endswith(("!", "！")) and 2 <= len(_WORD.findall(lowered)) <= 25:
        return 0.35
    return 0.0


def _by_start(lowered: str) -> float:
    """How much a text asks by its first words, 0 where they don't tell."""
    known = words()
    match = _WORD.search(lowered)
    found = _WORD.findall(lowered) if match and match[0] in known.asks else ()
    if len(found) < 2:
        return 0.0
    if found[0] not in known.asks_or_names:
        return 0.8
    return 0.8 if len(found) >= 3 and (found[1] in known.points or found[1].isdigit()) else 0.35


_LONGEST_WORD = 100
"""Characters at the end of a text in which its last word is looked for."""
