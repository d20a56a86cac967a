"""Pipes that are part of a cell, as in `P(A|B)`: GFM ends the cell there and drops what is too much for the table."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.machine.regex import regex

_RULE = regex(r"[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_OPEN, _CLOSE, _QUOTES = "([{", ")]}", "`$"


def with_pipes(lines: Sequence[str]) -> Sequence[str]:
    """The lines with the pipes escaped that stand inside brackets, code or LaTeX, in rows with too many cells.

    Only where the row then has as many cells as its table, which shows that they were meant as text.
    """
    found: list[str] | None = None
    columns = 0
    for at, line in enumerate(lines):
        if "|" not in line:
            columns = 0
        elif _RULE.fullmatch(line) and at and "|" in lines[at - 1]:
            columns = _cells(line, ())
        elif columns and _cells(line, ()) > columns:
            inside = _inside(line)
            if inside and _cells(line, inside) == columns:
                found = list(lines) if found is None else found
                found[at] = "".join("\\|" if n in inside else char for n, char in enumerate(line))
    return found or lines


def _cells(line: str, inside: Sequence[int]) -> int:
    """The cells of a row, without the pipes at some places."""
    row = line.strip().strip(">").strip()
    pipes = line.count("|") - line.count("\\|") - len(inside)
    return 1 + pipes - row.startswith("|") - (row.endswith("|") and not row.endswith("\\|"))


def _inside(line: str) -> tuple[int, ...]:
    """The places of pipes inside brackets, code or LaTeX that are closed in the same line."""
    found: list[int] = []
    since: list[int] = []
    depth, quote = 0, ""
    for at, char in enumerate(line):
        if quote:
            if char == quote:
                quote = ""
        elif char in _QUOTES and char in line[at + 1 :]:
            quote = char
        elif char in _OPEN:
            depth += 1
        elif char in _CLOSE and depth:
            depth -= 1
        if char == "|" and (depth or quote) and line[at - 1 : at] != "\\":
            since.append(at)
        if not (depth or quote):
            found += since
            since = []
    return tuple(found)
