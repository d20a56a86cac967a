"""Where lines of word lists are parted by no sign: by brackets, wide blanks, a change of script, a part of speech."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.extract.page.scripts import script
from deckbuild.machine.regex import regex

WIDE = "blanks"
SCRIPT = "script"
ABBREVIATED = "abbreviation"
FRAMED = "frame"

_FRAMED = regex(
    r"(?:\[(?P<bare>[^\[\]]{1,60})\]|[【「](?P<east>[^【】「」]{1,60})[】」])\s*[:：]?\s*(?=[^\s(:\[【「])"
)
_WIDE = regex(r"(?<=\S)(?:[ \u00a0]{2,}|\u3000+)(?=\S)")

_LATIN = regex(r"[A-Za-z\u00c0-\u024f]")
_OTHER = regex(
    r"[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0900-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
)
"""Letters of scripts that are hardly mixed with Latin inside a word."""

_ENDED = ("。", ".", "！", "!", "？", "?", "；", ";", "：", ":", "，", ",")
_SENTENCE = regex(r"[.:;!?。：；！？]")
_MOST_WORDS = 5
"""Words of a term."""

_LONGEST = 60
"""Characters of its translation."""

_MOSTLY = 0.5
"""Share of a translation's letters that are of the other script; it may quote the term, or its long form."""

_ABBREVIATED = regex(
    r"(?P<term>[^\s.:;!?。；：][^.:;!?。；：]{0,40}?)\s+"
    r"(?P<sort>\(?[^\W\d_]{1,5}\.(?:\s?[/&,;]\s?[^\W\d_]{1,5}\.)*\)?)\s*(?=\S)"
)

_SORTS = 0.4
"""Share of lines that have an abbreviation of their own, up to which these are parts of speech."""

_FEW_SORTS = 6
"""Parts of speech that any list may have."""


def at_wide(text: str, start: int, strong: int) -> tuple[int, int] | None:
    """Two blanks or more, once in the line."""
    found = list(_WIDE.finditer(text, start))
    return found[0].span() if len(found) == 1 else None


def at_frame(text: str, start: int, strong: int) -> tuple[int, int] | None:
    """Brackets around the term that the line begins with: `[Keel] the lowest beam`."""
    match = _FRAMED.match(text, start)
    return (match.end("bare") if match["bare"] else match.end("east"), match.end()) if match else None


def at_script(text: str, start: int, strong: int) -> tuple[int, int] | None:
    """A blank between words of one script and their translation into another."""
    if text.isascii():
        return None
    first, other = _LATIN.search(text, start), _OTHER.search(text, start)
    if not first or not other:
        return None
    wanted = _OTHER if first.start() < other.start() else _LATIN
    turn = max(first.start(), other.start())
    while turn > start and not (text[turn - 1].isspace() or text[turn - 1].isalnum()):
        turn -= 1
    left, right = text[start:turn].rstrip(), text[turn:]
    if not left or not text[turn - 1].isspace() or len(right) > _LONGEST or right.endswith(_ENDED):
        return None
    if _SENTENCE.search(left) or len(left.split()) > _MOST_WORDS:
        return None
    told = sum(map(str.isalpha, right))
    return (start + len(left), turn) if len(wanted.findall(right)) >= _MOSTLY * told else None


def is_untold(text: str) -> bool:
    """Whether a line of a word list is words of one script that nobody has translated yet."""
    mixed = _LATIN.search(text) and _OTHER.search(text)
    return not mixed and not _SENTENCE.search(text) and 0 < len(text.split()) <= _MOST_WORDS + 1


def at_abbreviation(text: str, start: int, strong: int) -> tuple[int, int] | None:
    """The blank between a word and its part of speech, which belongs to the meaning: `bow n. front of a ship`."""
    match = _ABBREVIATED.match(text, start)
    if not match or len(match["term"].split()) > _MOST_WORDS:
        return None
    return match.end("term"), match.start("sort")


def are_sorts(texts: Sequence[str]) -> bool:
    """Whether the abbreviations behind terms, at the start of each text, are few that come back."""
    found = {text[: text.index(".")].strip("( ").casefold() for text in texts if "." in text}
    return len(found) < len(texts) and len(found) <= max(_FEW_SORTS, _SORTS * len(texts))


def are_words(lefts: Sequence[str]) -> bool:
    """Whether terms are words of one script, so that a list translates into one direction.

    Names in capitals, digits or several cases (`HTTP`, `HashMap`) begin sentences of other scripts.
    """
    named = sum(bool(_NAME.search(left)) for left in lefts)
    return len({script(left) for left in lefts}) == 1 and named <= _NAMED * len(lefts)


_NAME = regex(r"\w[A-Z]|[\d_]")
_NAMED = 0.3
"""Share of terms that may be such names."""
