"""Which sign parts the fields of a text file: the one it names itself, else the one in all of its lines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from deckbuild.machine.regex import regex

SETTING = regex(
    r"#(?P<name>separator|html|tags|columns|deck|notetype|(?:tags|deck|notetype|guid) column|if matches)\s?:"
    r"\s*(?P<value>.*)",
    re.IGNORECASE,
)
"""A line above the rows of Anki's text export, as its manual has them."""

NAMES = {"tab": "\t", "semicolon": ";", "pipe": "|", "comma": ",", "colon": ":", "space": " "}
"""What Anki calls signs."""

_FEWEST = {"\t": 2, ";": 3, "|": 3}
"""Lines of plain text from which a sign that each of them has once or more parts fields."""

_FEWEST_DOUBLED = 3
"""The same for a sign of several equal characters."""

_USUAL = 0.8
"""Share of lines with one number of TABs; a TAB at the end of some is a slip of their author."""

_PROSE = 0.2
"""Share of lines with a blank behind a semicolon, as sentences have it."""

_MARKUP = regex(r"\||#{1,6}\s|>")
_RULE = regex(r"[\s|:-]+")
_DOUBLED = regex(
    r"(?<=[^\s/|;@~%&^+!\\§¦])[^\S\t]*(?P<sign>([/|;@~%&^+!\\§¦])\2{1,7})[^\S\t]*(?=[^\s/|;@~%&^+!\\§¦])"
)
"""A sign of several equal characters between two texts, which export dialogues let people choose."""

_ON_LINE = regex(r"(?P<sign>([/|;@~%&^+!\\\\§¦#*=-])\2{1,7}|[;\t,|]| [-–—:=] |(?<=\w)[-:=](?=\w))")
"""A sign that may part fields or rows where all rows stand on one line."""

_INSIDE = ("-", ":", "=")
"""Signs that stand inside of words, too."""

_FEWEST_ON_LINE = 3
"""Pairs on one line of text that are rows."""

_MOST_SIGNS = 6
"""Signs of a line that are tried in pairs."""

_ON_LINE_LONGEST = 100_000
"""Characters of a line that is looked at for rows."""

_LONGEST = 5_000
"""Characters of a row that are looked at for signs."""

_SAMPLE = 200
"""Rows that tell the sign of a file."""


def told(lines: Sequence[str]) -> dict[str, str]:
    """The settings at the head of Anki's text export, by name."""
    found: dict[str, str] = {}
    for line in lines:
        match = SETTING.fullmatch(line.strip("\n"))
        if not match:
            break
        found.setdefault(match["name"].casefold(), match["value"].strip(" "))
    return found


def named(settings: dict[str, str]) -> str:
    """The sign that settings name; nothing where they name none."""
    value = settings.get("separator", "")
    sign = NAMES.get(value.strip().casefold(), value[:1])
    return "" if sign in '"\r\n' else sign


def sign_of(lines: Sequence[str]) -> str:
    """The sign that parts all lines of a plain text into as many fields; nothing for other text."""
    if settings := told(lines[:20]):
        return named(settings)
    full = [line for line in lines if line.strip()]
    if on_line(full) or paragraphs(lines):
        return "\t"
    for sign, fewest in _FEWEST.items():
        if len(full) < fewest or any(_RULE.fullmatch(line) for line in full[:3]):
            continue
        if sum(f"{sign} " in line for line in full) > _PROSE * len(full) and sign == ";":
            continue
        counts = Counter(line.strip("\n").count(sign) for line in full)
        usual = counts.most_common(1)[0][1] >= (_USUAL if sign == "\t" else 1) * len(full)
        if usual and 0 not in counts and not any(map(_MARKUP.match, full)):
            return sign
    return doubled(full)


def doubled(lines: Sequence[str]) -> str:
    """The sign of several equal characters that stands once in each line; nothing where there is none."""
    lines = [line for line in lines if line.strip()]
    first = _DOUBLED.search(lines[0][:_LONGEST]) if len(lines) >= _FEWEST_DOUBLED else None
    if first is None:
        return ""
    sign = first["sign"]
    once = all([found["sign"] for found in _DOUBLED.finditer(line[:_LONGEST])] == [sign] for line in lines)
    return sign if once else ""


def on_line(lines: Sequence[str]) -> list[str]:
    """The rows that stand on the one line of a text, a TAB between the fields of each; none of other texts.

    Exports of vocabulary trainers with signs of their own look so: `cat,Katze;dog,Hund`. Two signs take turns;
    a dash, a colon and `=` have blanks around them.
    """
    text = lines[0].strip() if len(lines) == 1 else ""
    if not text or len(text) > _ON_LINE_LONGEST or text.endswith((".", "!", "?")):
        return []
    signs = list(dict.fromkeys(found["sign"] for found in _ON_LINE.finditer(text)))[:_MOST_SIGNS]
    for field in signs:
        for row in signs:
            rows = [part.split(field) for part in text.split(row) if part.strip()] if row != field else []
            if len(rows) >= _FEWEST_ON_LINE and all(
                len(cells) == len(rows[0]) > 1 and all(map(str.strip, cells)) for cells in rows
            ):
                if field in _INSIDE and not _are_pairs(rows):
                    continue
                return ["\t".join(" ".join(cell.split()) for cell in cells) for cells in rows]
    return []


def _are_pairs(rows: Sequence[Sequence[str]]) -> bool:
    """Whether all rows have two fields with words in both."""
    return all(len(cells) == 2 and all(any(map(str.isalpha, c)) for c in cells) for cells in rows)


def paragraphs(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The first and last lines of rows that blank lines part, counted from 0: each has one TAB, in its first line.

    None where no row has more than one line.
    """
    found: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    tabs = all(
        "\t" in lines[a].strip() and not any("\t" in x for x in lines[a + 1 : b + 1]) for a, b in found
    )
    several = any(b > a for a, b in found)
    return found if tabs and several and len(found) >= _FEWEST_ON_LINE else []


def sniffed(lines: Sequence[str], usual: str) -> str:
    """The sign by which most rows of a file have one number of fields; `usual` among equals."""
    sample = [line[:_LONGEST] for line in lines if line.strip()][:_SAMPLE]

    def share(sign: str) -> tuple[float, bool, int]:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=sign) if row)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return (count / sum(widths.values()) if width > 1 else 0.0), sign == usual, width

    return max("\t;|,", key=share)
