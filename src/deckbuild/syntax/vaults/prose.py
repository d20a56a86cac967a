"""What of a document's lines is prose, where marks of note programs count: no code, no mathematics, no addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from deckbuild.machine.regex import regex

_FENCE = regex(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?P<sign>`{3,}|~{3,})(?P<info>[^`]*)$")
_HEADING = regex(r"#{1,6}\s")
_DOLLARS = regex(r"\$\$")
_KEPT = regex(
    r"(?P<ticks>(?<!`)`+(?!`)).+?(?<!`)(?P=ticks)(?!`)"  # code
    r"|\$\$.+?\$\$|(?<![\\$])\$(?=[^\s$])[^$]*?(?<=[^\s$])\$(?!\d)|\\\(.+?\\\)|\\\[.+?\\\]"  # mathematics
    r"|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"  # where links lead
    r"|<?[a-z][a-z+.-]{1,15}://[^\s<>]+"  # addresses
)
"""What stays as it is written inside a line."""

Replacement = str | Callable[[re.Match[str]], str]


def prose_lines(lines: Sequence[str]) -> tuple[bool, ...]:
    """For each line whether marks count on it: outside of front matter, fenced code and `$$…$$`.

    A fence that is never closed ends before the next heading, as it does when the document is parsed.
    """
    found = [True] * len(lines)
    at = front_matter_end(lines)
    found[:at] = [False] * at
    while at < len(lines):
        fence = _FENCE.match(lines[at]) if "```" in lines[at] or "~~~" in lines[at] else None
        if fence:
            end = _fence_end(lines, at, fence["sign"])
        elif len(_DOLLARS.findall(lines[at])) == 1:
            end = next((n + 1 for n in range(at + 1, len(lines)) if "$$" in lines[n]), at + 1)
            end = end if all(line.strip() for line in lines[at:end]) else at + 1
        else:
            at += 1
            continue
        found[at:end] = [False] * (end - at)
        at = end
    return tuple(found)


def front_matter_end(lines: Sequence[str]) -> int:
    """How many lines at the head of a document are front matter, with the signs around it; 0 for none."""
    if not lines or lines[0].rstrip() not in ("---", "+++"):
        return 0
    sign = lines[0].rstrip()
    return next((n + 1 for n in range(1, len(lines)) if lines[n].rstrip() == sign), 0)


def _fence_end(lines: Sequence[str], start: int, sign: str) -> int:
    for at in range(start + 1, len(lines)):
        text = lines[at].strip(" \t>")
        if len(text) >= len(sign) and set(text) == {sign[0]}:
            return at + 1
    headings = (
        at for at in range(start + 2, len(lines)) if _HEADING.match(lines[at]) and not lines[at - 1].strip()
    )
    return next(headings, len(lines))


def replaced(pattern: re.Pattern[str], by: Replacement, line: str) -> str:
    """A line with what matches replaced, outside of code, mathematics and addresses."""
    kept = (
        list(_KEPT.finditer(line))
        if any(sign in line for sign in ("`", "$", "\\(", "\\[", "](", "://"))
        else []
    )
    if not kept:
        return pattern.sub(by, line)
    inside = [match.span() for match in kept]

    def one(match: re.Match[str]) -> str:
        start, end = match.span()
        if any(
            start < last and end > first and not (start < first and last <= end) for first, last in inside
        ):
            return match[0]
        return by(match) if callable(by) else match.expand(by)

    return pattern.sub(one, line)


def said_of(line: str) -> str:
    """A line without its code, its mathematics and its addresses."""
    return _KEPT.sub("", line)
