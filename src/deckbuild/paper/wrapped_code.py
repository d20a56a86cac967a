"""Long lines of code on paper: broken between words, the rest indented behind a sign that the line goes on."""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.model import CodeBlock, Library
from deckbuild.model.changing import changed
from deckbuild.paper.press.layout import POINT

ADVANCE = 0.6 * 0.86
"""Ems of a character of code beside text: the fixed width of Fira Mono, in the size that `common.css` gives code."""

BESIDE = 4.0
"""Millimetres of a column that bars and indents at the left of code take."""

GOES_ON = "  ↪ "
_SEAMS = frozenset(",;([{=")
_LEAST = 16
"""Characters of the narrowest line that is worth breaking."""


def with_wrapped_code(library: Library, column: float, size: float) -> Library:
    """The library for a column of so many millimetres with text of so many points."""
    width = max(_LEAST, int((column - BESIDE) / (ADVANCE * size * POINT)))

    def wrapped(element: object) -> object | None:
        if not isinstance(element, CodeBlock) or all(
            len(line) <= width for line in element.text.splitlines()
        ):
            return None
        lines = (part for line in element.text.split("\n") for part in broken(line, width))
        return replace(element, text="\n".join(lines))

    return replace(
        library,
        documents=changed(library.documents, wrapped),
        entries=changed(library.entries, wrapped),
    )


def broken(line: str, width: int) -> list[str]:
    """A line in parts of at most `width` characters, cut at spaces or behind signs, never inside a word.

    A word that is longer than that stays whole.
    """
    indent = line[: len(line) - len(line.lstrip())][: width // 2]
    ahead = indent + GOES_ON
    parts: list[str] = []
    rest = line.rstrip()
    while len(rest) > width:
        start = len(rest) - len(rest.lstrip()) + (len(GOES_ON.lstrip()) if parts else 0) + 1
        cut = _cut(rest, start, width)
        if cut is None:
            break
        parts.append(rest[:cut].rstrip())
        rest = ahead + rest[cut:].lstrip()
    return [*parts, rest]


def _cut(text: str, start: int, width: int) -> int | None:
    """Where a text is cut: at the last space that leaves room, else behind a sign; later, if there is none."""
    places = [at for at in range(start, len(text)) if text[at] == " " or text[at - 1] in _SEAMS]
    fitting = [at for at in places if at <= width]
    spaces = [at for at in fitting if text[at] == " " and at > width // 2]
    found = spaces or fitting or places[:1]
    return found[-1] if found else None
