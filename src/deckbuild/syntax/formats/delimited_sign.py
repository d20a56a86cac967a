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


def sniffed(lines: Sequence[str], usual: str) -> str:
    """The sign by which most rows of a file have one number of fields; `usual` among equals."""
    sample = [line[:_LONGEST] for line in lines if line.strip()][:_SAMPLE]

    def share(sign: str) -> tuple[float, bool, int]:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=sign) if row)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return (count / sum(widths.values()) if width > 1 else 0.0), sign == usual, width

    return max("\t;|,", key=share)
