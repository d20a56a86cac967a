"""What the lines of AsciiDoc begin with, and how far a definition goes."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.machine.regex import regex

TITLE = regex(r"(?P<signs>={1,6}|#{1,6})\s+(?P<text>\S.*?)(?:\s+=+)?\s*$")
STYLE = regex(r"\[(?!\[)(?P<text>[^\[\]]*(?:\[[^\]]*\][^\[\]]*)?)\]\s*$")
FENCE = regex(r"(?P<sign>-{4,}|\.{4,}|\+{4,}|/{4,}|={4,}|\*{4,}|_{4,}|--|`{3})(?P<language>[\w+#-]*)\s*$")
ITEM = regex(r"\s*(?P<sign>\*{1,5}|\.{1,5}|-|\d+\.|<\d+>|<\.>)\s+(?P<text>\S.*)")
TERM = regex(r"\s*(?:\[\[[^\[\]]*\]\])?(?P<term>\S.*?)(?P<sign>:{2,4}|;;)(?:\s+(?P<text>\S.*))?$")


def end_of_definition(lines: Sequence[str], at: int, last: int) -> int:
    """The last line of a definition: up to the next term, in the last one up to text behind a blank line."""
    gap = fenced = ""
    end = at
    ended = 0
    head = TERM.match(lines[at - 1])
    told = at if head and head["text"] else at + 1
    for number in range(at + 1, last + 1):
        line = lines[number - 1].rstrip()
        if fence := FENCE.match(line):
            fenced = "" if fence["sign"] == fenced else fenced or fence["sign"]
        if not fenced and not line.startswith("[") and (TITLE.match(line) and line[0] == "="):
            break
        term = TERM.match(line) if not fenced and not ITEM.match(line) else None
        if term and "://" not in term["term"]:
            return _without_head(lines, at, number - 1)
        attached = bool(fenced or fence or ITEM.match(line) or line.strip() == "+" or line.startswith(" "))
        if gap and line and not attached and end >= told and not ended:
            ended = end
        gap = "" if line else "gap"
        if line and line.strip() != "+":
            end = number
        if line.strip() == "+":
            gap = ""
    return ended or end


def _without_head(lines: Sequence[str], at: int, end: int) -> int:
    """The end of a definition without the anchors and styles that belong to the next term."""
    while end > at and (not lines[end - 1].strip() or STYLE.match(lines[end - 1])):
        end -= 1
    return end
