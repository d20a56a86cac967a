"""Cards between two lines, as plug-ins that feed Anki read them: a note type, fields with labels, tags, an id.

    START            %%ANKI
    Basic            Basic
    Front text       Front text
    Back: …          Back: …
    <!--ID: …-->     Reference: …
    END              END%%

And in one line: `STARTI [Basic] Front text Back: … ENDI`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.reading import Asked
from deckbuild.syntax.vaults.signs import PARTED

_BEGIN = regex(r"[ \t>]*(?:%%\s*)?START\s*$|[ \t>]*%%\s*ANKI\s*$")
_END = regex(r"[ \t>]*END\s*(?:%%)?\s*$")
_LABEL = regex(r"\s*(?P<name>[^\W\d_][\w ()/-]{0,40}?)\s*:(?:\s+|$)(?P<value>.*)$")
_ID = regex(r"\s*(?:<!--\s*)?ID:\s*(?P<id>\d{8,20})(?:\s*-->)?\s*$")
_INLINE = regex(
    r"STARTI\s+(?:\[(?P<type>[^\]\n]*)\]\s*)?(?P<front>.+?)\s+(?:(?P<label>[^\W\d_][\w ]{0,30}):\s+(?P<back>.+?)\s+)?"
    r"(?:Tags:\s*(?P<tags>.*?)\s*)?(?:<!--\s*ID:\s*(?P<id>\d{8,20})\s*-->\s*)?ENDI"
)
_CLOZE_TYPE = regex(r"cloze|lücken|trous|huecos|lacun|穴埋め|填空", re.IGNORECASE)
_BOTH_WAYS = regex(r"revers|umgekehrt|invers|反向|両面", re.IGNORECASE)
_HOLE = regex(r"(?<!\{)\{(?:c?(?P<number>\d{1,2})[:|])?(?P<text>[^{}\n]+)\}(?!\})")
_MOST = 400
"""Lines that a card may have."""

Announces = Callable[[str], str]
"""What a label announces: `answer`, `source`, `tags` …, by the words of any language."""


class TakenBlocks(Struct):
    """The cards found, ids of Anki, tags, and heads of cards that ask both ways.

    Lines count from 0, but those of `asked` from 1.
    """

    asked: list[Asked]
    anki: dict[int, str]
    tags: dict[int, tuple[str, ...]]
    both_ways: set[int]


def take_blocks(lines: list[str], prose: Sequence[bool], announces: Announces) -> TakenBlocks:
    """The cards between such lines; what is no text of theirs is emptied, clozes are as Anki writes them."""
    found = TakenBlocks([], {}, {}, set())
    for at, end in _bounds(lines, prose):
        _take(lines, at, end, announces, found)
    for at, line in enumerate(lines):
        if prose[at] and "STARTI" in line and (match := _INLINE.search(line)):
            kind = match["type"] or ""
            if match["id"]:
                found.anki[at] = match["id"]
            found.tags[at] = tuple((match["tags"] or "").split())
            if _CLOZE_TYPE.search(kind) or match["back"] is None:
                lines[at] = _with_clozes(match["front"])
            else:
                lines[at] = f"{match['front']}{PARTED}{match['back']}"
                found.both_ways.update([at] if _BOTH_WAYS.search(kind) else [])
    return found


def _bounds(lines: Sequence[str], prose: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The first and the last line of each block."""
    start: int | None = None
    for at, line in enumerate(lines):
        if not prose[at] and start is None:
            continue
        if _BEGIN.match(line):
            start = at
        elif start is not None and _END.match(line):
            if at - start <= _MOST and at > start + 1:
                yield start, at
            start = None


def _take(lines: list[str], start: int, end: int, announces: Announces, found: TakenBlocks) -> None:
    inside = [n for n in range(start + 1, end) if lines[n].strip()]
    lines[start] = lines[end] = ""
    if not inside:
        return
    kind = lines[inside[0]].strip()
    lines[inside[0]] = ""
    fields: list[list[int]] = [[]]
    tags: tuple[str, ...] = ()
    extras: dict[str, str] = {}
    id = ""
    for n in inside[1:]:
        if match := _ID.match(lines[n]):
            id, lines[n] = match["id"], ""
            continue
        label = _LABEL.match(lines[n])
        told = announces(label["name"].casefold()) if label else ""
        if label and told == "tags":
            tags, lines[n] = tuple(label["value"].replace(",", " ").split()), ""
        elif label and told == "source" and fields[0]:
            extras[label["name"].casefold()], lines[n] = label["value"].strip(), ""
        elif label and told == "question" and not fields[0]:
            lines[n] = label["value"]
            fields[0].append(n)
        elif (
            label
            and fields[0]
            and len(fields) == 1
            and (told == "answer" or not _answered(lines, n, inside, announces))
        ):
            lines[n] = label["value"]
            fields.append([n])
        else:
            fields[-1].append(n)
    if not fields[0]:
        return
    first = fields[0][0]
    if id:
        found.anki[first] = id
    found.tags[first] = tags
    if _CLOZE_TYPE.search(kind) or len(fields) == 1:
        for n in fields[0]:
            lines[n] = _with_clozes(lines[n])
        for n in (n for field in fields[1:] for n in field):
            lines[n] = ""
        return
    if _BOTH_WAYS.search(kind):
        found.both_ways.add(first)
    told_from, told_to = fields[1][0], fields[1][-1]
    found.asked.append(
        Asked(SourceSpan(first + 1, fields[0][-1] + 1), SourceSpan(told_from + 1, told_to + 1), extras=extras)
    )


def _answered(lines: Sequence[str], at: int, inside: Sequence[int], announces: Announces) -> bool:
    """Whether a later line has a label that announces an answer."""
    labels = (_LABEL.match(lines[n]) for n in inside if n > at)
    return any(label and announces(label["name"].casefold()) == "answer" for label in labels)


def _with_clozes(line: str) -> str:
    """Braces of a cloze as Anki writes them: `{text}`, `{2:text}`, each without a number one of its own."""
    count = 0

    def cloze(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{{{{c{match['number'] or count}::{match['text']}}}}}"

    return _HOLE.sub(cloze, line) if "{{c" not in line else line
