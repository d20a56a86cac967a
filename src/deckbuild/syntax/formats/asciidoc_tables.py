"""The rows of AsciiDoc's tables: a line each, or cells below each other that the number of columns parts."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.asciidoc_lines import ITEM

_CELL = regex(r"(?:(?<=\s)|^)(?P<spec>(?:\d*\.?\d+[+*])?[<^>.]*[aehlmsdv]?)\|")
_COLUMNS = regex(r"cols\s*=\s*\"?(?P<told>[^\"\]]+)")
_TIMES = regex(r"(\d+)\*")

Rows = list[tuple[list[str], tuple[int, int]]]
"""The cells of each row, and the first and the last line that they stand on."""


def rows_of(lines: Sequence[str], first: int, sign: str, style: str) -> tuple[Rows, bool]:
    """The rows of a table from the lines inside it, and whether the first holds titles."""
    if sign in ",:":
        parted = csv.reader(lines, delimiter=sign)
        found = [(cells, (first + n, first + n)) for n, cells in enumerate(parted) if cells]
        return found, "header" in style
    cells: list[tuple[str, int, int]] = []
    widths: list[int] = []
    gap = 0
    for number, line in enumerate(lines, first):
        if not line.strip():
            gap = gap or (len(cells) if number > first else 0)
            continue
        parts = list(_CELL.finditer(line))
        if not parts and cells:
            text, start, before = cells[-1]
            flows = (
                text
                and before == number - 1
                and not ITEM.match(line)
                and not ITEM.match(lines[before - first])
            )
            cells[-1] = (f"{text}{' ' if flows else chr(10)}{line.strip()}", start, number)
            continue
        if parts and (lead := line[: parts[0].start()].strip()) and cells:
            text, start, _ = cells[-1]
            cells[-1] = (f"{text}\n{lead}", start, number)
        ends = [part.start() for part in parts[1:]] + [len(line)]
        for part, end in zip(parts, ends, strict=True):
            text = line[part.end() : end].strip()
            times = _TIMES.match(part["spec"])
            cells += [(text, number, number)] * (min(20, int(times[1])) if times else 1)
            if "+" in part["spec"] and part["spec"][0].isdigit():
                cells += [("", number, number)] * (
                    min(20, int(part["spec"].split("+")[0].split(".")[0] or 1)) - 1
                )
        widths.append(len(parts))
    width = _width(style) or (widths[0] if widths else 0)
    if not width:
        return [], False
    rows: Rows = []
    for at in range(0, len(cells), width):
        row = cells[at : at + width]
        rows.append(([text for text, _, _ in row], (row[0][1], max(end for _, _, end in row))))
    return rows, "header" in style or gap == width


def _width(style: str) -> int:
    """How many columns the style of a table tells; 0 where it tells none."""
    told = _COLUMNS.search(style)
    if not told:
        return 0
    parts = [part.strip() for part in told["told"].replace(";", ",").split(",")]
    return sum(int(m[1]) if (m := _TIMES.match(part)) else 1 for part in parts)
