"""Lines that no one writes: so many signs, or words so long, that looking for the other end of each never ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.reading import Unreadable

_LONG = 500
"""Characters of a line from which its signs are counted."""

MOST_LOOKED_AT = 200_000_000
"""Signs of long lines times the characters of these: for each sign its end is looked for in the rest of the line.
That takes some five seconds. Two megabytes of paragraphs on a line each have a quarter of it."""

MOST_OF_WORDS = 100_000_000
"""The squares of the lengths of words: docutils tries at each character of one whether it is an address.
That takes some three seconds, and lets a word of 10,000 characters pass."""

_SIGNS = regex(r"[\[({<*_`#^~+/=$\\:]")
_STARTS = regex(r"[*`|](?=\S)|(?<!\S)_`")
_WORD = regex(r"\S{500,}")


def refuse_signs(lines: Sequence[str]) -> None:
    """Raises `Unreadable` for long lines whose signs are beyond the limit, where each line is read alone."""
    _refuse(enumerate(lines, 1), _SIGNS)


def refuse_paragraphs(lines: Sequence[str]) -> None:
    """Raises `Unreadable` for paragraphs of reStructuredText with too many signs, or with words that are too long."""
    _refuse(_paragraphs(lines), _STARTS)
    squares = 0
    for number, line in enumerate(lines, 1):
        squares += sum(len(word[0]) ** 2 for word in _WORD.finditer(line))
        if squares > MOST_OF_WORDS:
            raise Unreadable("its words are too long", number)


def _refuse(texts: Iterable[tuple[int, str]], signs: re.Pattern[str]) -> None:
    looked = 0
    for number, text in texts:
        if len(text) > _LONG:
            looked += len(text) * sum(1 for _ in signs.finditer(text))
            if looked > MOST_LOOKED_AT:
                raise Unreadable(
                    "a paragraph is too long for the signs in it; split it with blank lines", number
                )


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    first = 0
    for at, line in enumerate((*lines, "")):
        if not line.strip():
            yield first + 1, "\n".join(lines[first:at])
            first = at + 1
