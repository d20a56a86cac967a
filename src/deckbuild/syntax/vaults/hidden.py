"""What no reader of a vault sees: comments, ids of blocks and of notes in Anki, and remarks of programs that review.

An id stands at the end of its block, or in a line of its own below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deckbuild.machine.regex import regex
from deckbuild.syntax.vaults.prose import replaced

_COMMENT = regex(r"[ \t]*%%(?P<said>(?!%)(?:[^%\n]|%(?!%))+)%%")
_REVIEW = regex(r"\s*<!--\s*(?:SR:|fsrs:|sr-)(?:(?!-->).)*-->", re.IGNORECASE)
_ANKI = regex(r"\s*<!--\s*ID:\s*(?P<id>\d{8,20})\s*-->")
_ANKI_LINE = regex(r"\s*(?:\^anki-)?ID:\s*(?P<id>\d{13})\s*$")
_SAID = regex(r"(?:anki\b)?\s*(?:ID:)?\s*(?P<id>\d{13})")
"""A comment that is the id of a note in Anki."""

_BLOCK = regex(r"(?P<before>^|.*?\S[ \t]+|[ \t>]+)\^(?P<id>[A-Za-z0-9][A-Za-z0-9-]*)\s*$")
_QUERY = regex(
    r"[ \t>]*(?:[-*+]\s+)?(?P<fence>`{3,}|~{3,})\s*(?P<name>dataview(?:js)?|tasks|query|button|meta-bind\S*)\s*$"
)
_FIELD = regex(
    r"\[(?P<key>[^\W\d][\w -]*)::\s+(?P<value>[^\[\]\n]+)\](?![(\[])"
    r"|\([^\W\d][\w -]*::\s+(?P<shown>[^()\n]+)\)"
)
_BOX = regex(r"[ \t>]*</?aside>\s*$")
_OPERAND = regex(r"(?:^|[\s(=+*/-])(?:\d+|[A-Za-z])\s*$")
_ANKI_DIGITS = 13
"""Digits of an id of Anki: milliseconds since 1970."""


def without_comments(lines: list[str], prose: Sequence[bool]) -> Iterator[tuple[int, str]]:
    """Empty what stands between `%%` signs, on one line or on several; gives lines with ids of Anki in them."""
    opened: int | None = None
    for at, line in enumerate(lines):
        if not prose[at] or "%%" not in line:
            continue
        found: list[str] = []

        def gone(match: object, into: list[str] = found) -> str:
            into.append(match["said"])  # type: ignore[index]
            return ""

        bare = replaced(_COMMENT, gone, line) if opened is None else line
        if ids := [said["id"] for text in found if (said := _SAID.fullmatch(text.strip()))]:
            yield at, ids[0]
        lines[at] = bare
        if "%%" not in bare:
            continue
        if opened is None:
            opened = at
        elif line.rstrip().endswith("%%") or line.lstrip().startswith("%%"):
            if "" not in map(str.strip, lines[opened:at]) or lines[opened].lstrip().startswith("%%"):
                lines[opened] = lines[opened].partition("%%")[0].rstrip()
                lines[opened + 1 : at] = [""] * (at - opened - 1)
                lines[at] = line.partition("%%")[2].lstrip()
            opened = None


def without_queries(lines: list[str], prose: Sequence[bool]) -> Iterator[tuple[int, str]]:
    """Empty blocks of code that a program shows the answer to, not the code; gives each with its name."""
    at = 0
    while at < len(lines):
        found = _QUERY.match(lines[at]) if not prose[at] else None
        at += 1
        if found is None:
            continue
        yield at - 1, found["name"]
        lines[at - 1] = ""
        while at < len(lines) and not prose[at]:
            closed = lines[at].strip(" \t>").startswith(found["fence"])
            lines[at] = ""
            at += 1
            if closed:
                break


def without_fields(line: str) -> str:
    """A line with fields of Dataview as words, `due: 2024-01-02`, and without the tags of a callout of Notion."""
    if "::" in line:
        line = replaced(_FIELD, lambda m: m["shown"] or f"{m['key']}: {m['value']}", line)
    return "" if "aside" in line and _BOX.match(line) else line


def without_ids(line: str) -> tuple[str, str, str]:
    """A line without remarks of reviews and ids; the id of its note in Anki, and that of its block."""
    anki = block = ""
    if "<!--" in line:
        line = replaced(_REVIEW, "", line)
        if match := _ANKI.search(line):
            anki, line = match["id"], _ANKI.sub("", line)
    if "ID:" in line and (match := _ANKI_LINE.match(line)):
        anki, line = match["id"], ""
    if "^" in line and (match := _BLOCK.match(line)) and _is_id(match["id"], match["before"]):
        block, line = match["id"], match["before"].rstrip()
        if block.isdigit():
            anki, block = block, ""
    return line, anki, block


def _is_id(id: str, before: str) -> bool:
    """Whether it is no power: `2 ^10`, `a ^n`."""
    if id.isdigit():
        return len(id) == _ANKI_DIGITS
    return len(id) > 1 and not _OPERAND.search(before)
