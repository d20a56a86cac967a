"""Long lines of code on paper: broken between words, the rest indented behind a sign that the line goes on."""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.model import CodeBlock, Library
from deckbuild.model.changing import changed
from deckbuild.paper.code_drawings import CODE, in_bands, is_drawing, longest
from deckbuild.paper.press.layout import POINT
from deckbuild.paper.selection import is_wide

ADVANCE = 0.6 * CODE
"""Ems of a character of code beside text: the fixed width of Fira Mono."""

BESIDE = 4.0
"""Millimetres of a column that bars and indents at the left of code take."""

GOES_ON = "  ↪ "
_SEAMS = frozenset(",;([{=，；、（＝")
_LEAST = 16
"""Characters of the narrowest line that is worth breaking."""


def with_wrapped_code(library: Library, column: float, size: float) -> Library:
    """The library for a column of so many millimetres with text of so many points."""
    width = max(_LEAST, int((column - BESIDE) / (ADVANCE * size * POINT)))

    def wrapped(element: object) -> object | None:
        if not isinstance(element, CodeBlock):
            return None
        wide = longest(element.text)
        if wide <= width:
            return None
        if is_drawing(element.text):
            return replace(element, text=in_bands(element.text, column, size))
        lines = (part for line in element.text.split("\n") for part in broken(line, width))
        return replace(element, text="\n".join(lines))

    return replace(
        library,
        documents=changed(library.documents, wrapped),
        entries=changed(library.entries, wrapped),
    )


def broken(line: str, width: int) -> list[str]:
    """A line in parts of at most `width` characters, cut at spaces or behind signs, never inside a word.

    A word that is longer than that stays whole. Characters of Chinese, Japanese and Korean count twice.
    """
    text = line.rstrip()
    indent = line[: len(line) - len(line.lstrip())]
    ahead = indent[: width // 2] + GOES_ON
    parts: list[str] = []
    lead, at, first = "", 0, len(indent) + 1
    while (last := _reach(text, at, width - len(lead))) < len(text):
        cut = _cut(text, first, last, _reach(text, at, width // 2 - len(lead)))
        if cut is None:
            break
        parts.append((lead + text[at:cut]).rstrip())
        lead, at = ahead, cut
        while text[at].isspace():
            at += 1
        first = at + 1
    return [*parts, lead + text[at:]]


def _reach(text: str, at: int, width: int) -> int:
    """The place up to which a text from another place on is so many characters wide."""
    if text.isascii():
        return at + width
    for end in range(at, len(text)):
        width -= 1 + is_wide(text[end])
        if width < 0:
            return end
    return len(text)


def _cut(text: str, first: int, last: int, half: int) -> int | None:
    """Where a text is cut: at the last space beyond `half`, else behind the last sign; later, if there is none."""
    fitting = [at for at in range(first, min(last + 1, len(text))) if _is_seam(text, at)]
    spaces = [at for at in fitting if text[at] == " " and at > half]
    if fitting:
        return (spaces or fitting)[-1]
    return next((at for at in range(max(first, last + 1), len(text)) if _is_seam(text, at)), None)


def _is_seam(text: str, at: int) -> bool:
    return text[at] == " " or text[at - 1] in _SEAMS
