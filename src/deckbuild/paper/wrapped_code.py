"""Long lines of code on paper: broken between words and names, the rest indented behind a sign that they go on."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import takewhile

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import CodeBlock, Library, List, Quote
from deckbuild.model.changing import changed
from deckbuild.paper.code_drawings import CODE, SMALLEST, in_bands, is_drawing, longest
from deckbuild.paper.press.layout import POINT
from deckbuild.paper.selection import is_wide

ADVANCE = 0.6
"""Ems of a character of code: the fixed width of Fira Mono."""

BESIDE = 4.0
"""Millimetres of a column that bars and indents at the left of code take."""

IN_LIST, IN_QUOTE = 1.2, 3.5
"""Ems that a list indents its items, and millimetres that the bars and insets of a quote or a box take."""

GOES_ON = "  ↪ "
_SEAMS = frozenset(",;([{=，；、（＝")
_LEAST = 16
"""Characters of the narrowest line that is worth breaking."""

_BORDER = regex(
    r"(?<=[\w)\]}>\"'][/.:?&#+|<>)\]}~-])(?=[\w({\[<])(?!(?<=\d\.)\d)|(?<=[^\W_]_)(?=[^\W_])|(?<=[a-z0-9])(?=[A-Z])"
)
"""Behind signs that join names, numbers with a point aside, and between the words of a name in camel case."""
_HANGUL = regex("[\u1100-\u11ff\uac00-\ud7a3]")
_NEVER_FIRST = frozenset("、。，．：；？！）］｝」』】〉》・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_NEVER_LAST = frozenset("（［｛「『【〈《")


def with_wrapped_code(library: Library, column: float, size: float) -> Library:
    """The library for a column of so many millimetres with text of so many points."""
    wrapped = _wrapping(column, size)
    return replace(
        library,
        documents=changed(library.documents, wrapped),
        entries=changed(library.entries, wrapped),
    )


def _wrapping(column: float, size: float, *, nested: bool = False) -> Callable[[object], object | None]:
    """What breaks code in a column; that `nested` in lists and quotes has less room, and the usual type."""

    def wrapped(element: object) -> object | None:
        match element:
            case List():
                inner = _wrapping(column - IN_LIST * size * POINT, size, nested=True)
                return replace(element, items=changed(element.items, inner))
            case Quote():
                inner = _wrapping(column - IN_QUOTE, size, nested=True)
                return replace(element, blocks=changed(element.blocks, inner))
            case CodeBlock(text=text) if longest(text) > (width := _characters(column, CODE * size)):
                if is_drawing(text):
                    return replace(element, text=in_bands(text, column, size))
                most = width if nested else _characters(column, SMALLEST)
                return replace(element, text=_fitted(text, width, most))
        return None

    return wrapped


def _characters(column: float, points: float) -> int:
    """Characters of code in a line, in type of so many points."""
    return max(_LEAST, int((column - BESIDE) / (ADVANCE * points * POINT)))


def _fitted(text: str, width: int, most: int) -> str:
    """Code in lines of `width` characters; of up to `most`, in smaller type, where names would be cut otherwise."""
    lines = text.split("\n")
    long = [line for line in lines if _broken(line, width)[1]]
    rooms = range(width, most + 1) if long else (width,)
    room = next((room for room in rooms if not any(_broken(line, room)[1] for line in long)), width)
    return "\n".join(part for line in lines for part in broken(line, room))


def broken(line: str, width: int) -> list[str]:
    """A line in parts of at most `width` characters, cut at spaces or behind signs, else at the borders of names.

    Only a name that is longer than that is cut inside. Characters of Chinese, Japanese and Korean count twice.
    """
    return _broken(line, width)[0]


def _broken(line: str, width: int) -> tuple[list[str], bool]:
    """The parts of a line, and whether a name is cut inside."""
    text = line.rstrip()
    indent = "".join(takewhile(str.isspace, line))
    ahead = indent[: width // 2] + GOES_ON
    parts: list[str] = []
    lead, at, first, is_cut = "", 0, len(indent) + 1, False
    while (last := _reach(text, at, width - len(lead))) < len(text):
        cut = _cut(text, first, last, _reach(text, at, width // 2 - len(lead)), width - len(ahead))
        if cut is None:
            is_cut, cut = True, max(first, last)
            while cut > first and unicodedata.category(text[cut])[0] == "M":
                cut -= 1
        parts.append((lead + text[at:cut]).rstrip())
        lead, at = ahead, cut
        while text[at].isspace():
            at += 1
        first = at + 1
    return [*parts, lead + text[at:]], is_cut


def _reach(text: str, at: int, width: int) -> int:
    """The place up to which a text from another place on is so many characters wide."""
    if text.isascii():
        return at + width
    for end in range(at, len(text)):
        width -= 1 + is_wide(text[end])
        if width < 0:
            return end
    return len(text)


def _cut(text: str, first: int, last: int, half: int, room: int) -> int | None:
    """Where a text is cut: at the last space beyond `half`, else behind the last sign, else at a border of names.

    What stands behind a cut before `half` must fit into the `room` of the next line, or a border comes first.
    None where there is no such place.
    """
    places = range(first, min(last + 1, len(text)))
    seams = [at for at in places if _is_seam(text, at)]
    spaces = [at for at in seams if text[at] == " " and at > half]
    cut = (spaces or seams or [0])[-1]
    if cut > half or (cut and _is_short(text, cut, room)):
        return cut
    borders = [at for at in places if _is_border(text, at)]
    return max(cut, *borders[-1:], 0) or None


def _is_short(text: str, start: int, room: int) -> bool:
    """Whether the next place to cut a text behind another one is at most so many characters away."""
    end = _reach(text, start, room)
    return end >= len(text) or any(_is_seam(text, at) for at in range(start + 1, end + 1))


def _is_seam(text: str, at: int) -> bool:
    return text[at] == " " or text[at - 1] in _SEAMS


def _is_border(text: str, at: int) -> bool:
    """Whether a name ends here, or a character of Chinese or Japanese that a line may end with."""
    before, behind = text[at - 1], text[at]
    if before.isascii() and behind.isascii():
        return _BORDER.match(text, at) is not None
    wide = is_wide(before) or is_wide(behind)
    return (
        wide
        and not (_HANGUL.match(before) and _HANGUL.match(behind))
        and before not in _NEVER_LAST
        and behind not in _NEVER_FIRST
    )
