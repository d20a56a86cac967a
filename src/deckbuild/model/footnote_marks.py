"""Marks of footnotes that their document doesn't tell: `text[^1]` without `[^1]: …`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARK = r"\[\^(?P<label>[\w-]{1,40})\](?![\w+*?{(\[|$])"
_WORD = r"(?<=[\w.,;:!?)”\"»。，])"
UNTOLD = re.compile(_WORD + _MARK)
"""Right behind a word or a stop, and nothing behind it that a regular expression has behind a set of letters."""

BEHIND_TAG = re.compile(rf"(?:(?<=</[abis]>)|(?<=</em>)|(?<=</code>)|(?<=</strong>)|(?<=\x03)){_MARK}")
"""The same in HTML right behind text that is marked up, or behind a piece that is put in later (`Assembly.hold`)."""

_FIRST = re.compile(_MARK)


def untold(text: str, is_behind: bool) -> Iterator[re.Match[str]]:
    """The marks in a text; `is_behind`: right behind text that is marked up, where one may be its beginning."""
    if is_behind and (first := _FIRST.match(text)):
        yield first
    yield from UNTOLD.finditer(text)
