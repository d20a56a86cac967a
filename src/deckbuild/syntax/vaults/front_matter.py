"""Front matter as note programs write it: keys with a value, a list in brackets, or a list of items below.

Values are read as programs show them, never refused: templates and colons in titles are no valid YAML, and common.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from deckbuild.machine.regex import regex
from deckbuild.syntax.vaults.prose import front_matter_end

_KEY = regex(r"(?P<key>[^\s:#\-\"'=][^:=]*?)\s*(?::(?=\s|$)|=(?=\s))\s*(?P<value>.*)$")
_ITEM = regex(r"\s*-\s+(?P<value>\S.*)$")
_PARTS = regex(r"""\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<plain>[^,]+))\s*(?:,|$)""")
_NOTE = regex(r"\s#.*$")

Values = Mapping[str, tuple[str, ...]]
"""The values of each key, in lower case; a key without one has none."""


def front_matter(lines: Sequence[str]) -> Values:
    """What the front matter at the head of a document says; nothing where there is none."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in lines[1 : max(1, front_matter_end(lines) - 1)]:
        if match := _KEY.match(line):
            key = match["key"].strip().lower()
            found[key] = list(_values(match["value"].strip()))
        elif key and (item := _ITEM.match(line)):
            found[key] += _one(item["value"])
    return {key: tuple(values) for key, values in found.items()}


def _values(text: str) -> Iterator[str]:
    if text.startswith("[") and text.endswith("]") and not text.startswith("[["):
        for part in _PARTS.finditer(text[1:-1]):
            yield from filter(None, (value.strip() for value in part.groups() if value))
    elif text:
        yield from _one(text)


def _one(text: str) -> Iterator[str]:
    """A value without quotes around it or a comment behind it."""
    text = text.strip()
    if text[:1] in "\"'" and len(text) > 1 and text.find(text[0], 1) > 0:
        text = text[1 : text.index(text[0], 1)]
    elif text[:1] not in ("#", "{"):
        text = _NOTE.sub("", text).strip()
    if text and text not in ("|", ">", "null", "~"):
        yield text
