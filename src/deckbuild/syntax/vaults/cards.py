"""Cards that a hashtag or a sign declares: `Question #card` with its answer below, `Question::Answer`, `C: a [hole]`.

Of an item the answer is what is indented below it; of a heading or a line the lines up to the next blank one, as
the plug-ins read them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from msgspec import Struct

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.reading import Asked
from deckbuild.syntax.vaults.prose import front_matter_end, replaced

_CARD = regex(
    r"(?:(?<=\s)|^)(?:#(?:flash-?)?card(?P<how>[-/][a-z]+)?|#?\[\[(?:flash)?card\]\])(?=[\s.,;]|$)[ \t]*",
    re.IGNORECASE,
)
_VAULT = regex(
    r"#flashcards(?:/|\b)|<!--\s*SR:|^cards-deck:|(?:(?<=\s)|^)#(?:flash)?card\b",
    re.IGNORECASE | re.MULTILINE,
)
_REVIEWED = regex(r"<!--\s*SR:")
ITEM = regex(r"(?P<indent>[ \t>]*)(?P<marker>[-*+]|\d+[.)])[ \t]+(?P<text>.*)$")
_HEADING = regex(r"\s{0,3}#{1,6}\s")
_PARENT = regex(r"(?P<text>.*?\S)\s*(?P<sign>>>>?|<><?|:::?|;;;?|↓)\s*$")
COLONS = regex(r"\s*(?<!:):::?(?!:)(?!\w+(?:[(<]|::))\s*")
_END_OF_ANSWER = regex(r"\s*(?:\^\d{13}|<!--|#{1,6}\s|(?:-{3,}|\*{3,}|_{3,})\s*$|\?{1,2}\s*$)")
_OTHER_SIGN = regex(r"\S\s*;;\s*\S")
_SIDES = regex(r"-{3,}\s*$")
_MOST_ASKED = 4
"""Lines that the first side of a file of one card may have."""


class Cards(Struct):
    """Cards of several lines, and the lines of those that ask both ways; lines count from 1."""

    asked: list[Asked]
    both_ways: set[int]


def holds_cards(lines: Sequence[str], values: Mapping[str, Sequence[str]]) -> bool:
    """Whether a document shows marks of a program that reads `::` as a card; `values` are those of its front matter."""
    may_hold = (line for line in lines if "card" in line.lower() or "SR:" in line)
    return _is_tagged(values) or any(map(_VAULT.search, may_hold))


def is_reviewed(lines: Sequence[str], values: Mapping[str, Sequence[str]]) -> bool:
    """Whether a document is tagged for the review of its cards, or shows remarks that reviews left.

    Not if its author has the program part cards by another sign (`;;`): then no marks of ours tell them all.
    """
    remarks = [at for at, line in enumerate(lines) if "SR:" in line and _REVIEWED.search(line)]
    if any(_OTHER_SIGN.search(line) for at in remarks for line in lines[max(0, at - 1) : at + 1]):
        return False
    return _is_tagged(values) or bool(remarks)


def _is_tagged(values: Mapping[str, Sequence[str]]) -> bool:
    tags = (tag.strip("# ").casefold() for key in ("tags", "tag") for tag in values.get(key, ()))
    return any(tag.partition("/")[0] == "flashcards" for text in tags for tag in text.split())


def take_cards(
    lines: list[str],
    prose: Sequence[bool],
    taken: set[int],
    values: Mapping[str, object],
    graph: bool,
    ids: Sequence[int] = (),
) -> Cards:
    """The cards of several lines, outside of the lines `taken` (from 0); their hashtags and bullets are taken off.

    In a `graph` properties may have stood between the lines of a question. `ids` are lines in which a program wrote
    the id of the card above: such a card goes on to there, over headings and blank lines.
    """
    found = Cards([], set())
    _take_sides(lines, prose, values, found)
    taken = taken | {n for one in found.asked for n in range(one.span.line - 1, one.span.end_line)}
    at = 0
    while at < len(lines):
        line = lines[at]
        item = ITEM.match(line)
        match = _CARD.search(line) if prose[at] and at not in taken and "card" in line.lower() else None
        parent = _PARENT.match(item["text"]) if item and prose[at] and at not in taken else None
        if match is None and parent is None:
            at += 1
            continue
        how = (match["how"] or "") if match else ""
        both = "revers" in how or (parent is not None and "<>" in parent["sign"])
        if match:
            lines[at] = replaced(_CARD, "", line).rstrip()
            item = ITEM.match(lines[at])
            if COLONS.search(lines[at]) and _is_alone(lines, at):  # both sides stand on this line
                at += 1
                continue
        above = _item_above(lines, at) if match and not item else None
        if above is not None and not any(one.span.end_line > above for one in found.asked):
            at = _of_item(lines, above, "", both, found, asked_to=at)
        elif item and item["text"].strip():
            text = parent["text"] if parent and not match else ""
            last = _last_of_item(lines, at, graph) if match else at
            at = _of_item(lines, at, text, both, found, asked_to=last)
        elif match and "spaced" not in (match["how"] or ""):
            at = _of_line(lines, prose, at, both, found, _id_of(lines, at, ids))
        else:
            at += 1
    return found


def _item_above(lines: Sequence[str], at: int) -> int | None:
    """The line of the item that an indented line goes on with; None where it is of none."""
    depth = _columns(lines[at])
    for n in range(at - 1, -1, -1) if depth else ():
        if ITEM.match(lines[n]):
            return n if _columns(lines[n]) < depth else None
        if lines[n].strip() and not _columns(lines[n]):
            return None
    return None


def _last_of_item(lines: Sequence[str], at: int, graph: bool) -> int:
    """The last line of the text of an item, before what is listed below it."""
    depth = _columns(lines[at])
    last = at
    for n in range(at + 1, len(lines)):
        if ITEM.match(lines[n]) or (lines[n].strip() and _columns(lines[n]) <= depth):
            break
        if lines[n].strip():
            last = n
        elif not graph:
            break
    return last


def _of_item(lines: list[str], at: int, text: str, both: bool, found: Cards, asked_to: int) -> int:
    """A card of an item, its question as far as line `asked_to`, and what is indented below it; the line to go on from.

    `text` stands for that of the first line, if there is any.
    """
    depth = _columns(lines[at])
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or _columns(lines[end]) > depth):
        if end > asked_to and ITEM.match(lines[end]) and _CARD.search(lines[end]):
            break
        end += 1
    below = [n for n in range(at + 1, end) if lines[n].strip()]
    asked = [n for n in below if n <= asked_to]
    if len(asked) == len(below):
        asked = []
    told = below[len(asked) :]
    if not told:
        return max(asked_to, at) + 1
    item = ITEM.match(lines[at])
    lines[at] = text or (item["text"] if item else lines[at])
    for n in asked:
        lines[n] = lines[n].strip()
    margin = min(_columns(lines[n]) for n in told)
    for n in range(told[0], told[-1] + 1):
        lines[n] = _dedented(lines[n], margin)
    last = asked[-1] if asked else at
    found.asked.append(Asked(SourceSpan(at + 1, last + 1), SourceSpan(told[0] + 1, told[-1] + 1)))
    found.both_ways.update([at + 1] if both else [])
    return told[-1] + 1


def _id_of(lines: Sequence[str], at: int, ids: Sequence[int]) -> int | None:
    """The line with the id of the card that begins in a line; None where another card begins before it."""
    place = bisect_right(ids, at)
    end = ids[place] if place < len(ids) else None
    return None if end is None or any(_CARD.search(lines[n]) for n in range(at + 1, end)) else end


def _of_line(
    lines: list[str], prose: Sequence[bool], at: int, both: bool, found: Cards, closed: int | None = None
) -> int:
    """A card of a heading or a line, and the lines below it up to a blank one, or to the id of its note."""
    last = at if lines[at].strip() or at == 0 else at - 1
    border = found.asked[-1].span.end_line if found.asked else 0
    first = last
    while (
        first > border
        and prose[first - 1]
        and not _HEADING.match(lines[first])
        and _asks_on(lines[first - 1])
    ):
        first -= 1
    start = at + 1
    while start < len(lines) and not lines[start].strip():
        start += 1
    end = start
    while end < len(lines) and (not prose[end] or _goes_on(lines[end])):
        end += 1
    if closed is not None:
        end = next((n + 1 for n in range(closed - 1, at, -1) if lines[n].strip()), start)
    if not lines[last].strip() or end == start:
        return at + 1
    found.asked.append(Asked(SourceSpan(first + 1, last + 1), SourceSpan(start + 1, end)))
    found.both_ways.update([first + 1] if both else [])
    return end


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not _END_OF_ANSWER.match(line) and not _CARD.search(line)


def _is_alone(lines: Sequence[str], at: int) -> bool:
    """Whether nothing below a line could answer it."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return not _goes_on(below) or COLONS.search(below) is not None


def _asks_on(line: str) -> bool:
    """Whether a line may be the one before the last of a question."""
    return bool(line.strip()) and not (_HEADING.match(line) or ITEM.match(line) or COLONS.search(line))


def _take_sides(lines: list[str], prose: Sequence[bool], values: Mapping[str, object], found: Cards) -> None:
    """The card that a whole file is: its first side, `---`, its second; `---` twice where it asks both ways."""
    head = front_matter_end(lines)
    rules = [n for n in range(head, len(lines)) if prose[n] and _SIDES.match(lines[n])]
    told = [n for n in range(head, len(lines)) if lines[n].strip() and n not in rules]
    while rules and told and rules[-1] > told[-1]:
        rules.pop()
    if not rules or not told or len(rules) > 2 or any(rules[0] < n < rules[-1] for n in told):
        return
    front, back = [n for n in told if n < rules[0]], [n for n in told if n > rules[-1]]
    if not front or any(_HEADING.match(lines[n]) for n in back):
        return
    asks = lines[front[-1]].rstrip(" *_").endswith(("?", "？", "؟"))
    if "noteid" not in values and (not asks or len(front) > _MOST_ASKED or len(rules) > 1):
        return
    for n in range(rules[0], len(lines)):
        lines[n] = "" if _SIDES.match(lines[n]) and prose[n] else lines[n]
    found.asked.append(Asked(SourceSpan(front[0] + 1, front[-1] + 1), SourceSpan(back[0] + 1, back[-1] + 1)))
    found.both_ways.update([front[0] + 1] if len(rules) > 1 else [])


def _columns(line: str) -> int:
    text = line.lstrip(">").expandtabs(4) if line.startswith(">") else line.expandtabs(4)
    return len(text) - len(text.lstrip())


def _dedented(line: str, margin: int) -> str:
    return line.expandtabs(4)[margin:] if line.strip() else line
