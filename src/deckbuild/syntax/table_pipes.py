"""Pipes that are part of a cell, as in `P(A|B)`: GFM ends the cell there and drops what is too much for the table."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from deckbuild.machine.regex import regex
from deckbuild.model import Blocks, Table, inner_blocks

_DELIMITER_ROW = regex(r"[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = regex(r"(?<!\\)\|")
_LATEX_OR_CODE = regex(r"(?<![\\$])\$(?!\s)[^$`]*[^$`\s\\]\$(?!\d)|(?<!`)`[^`]+`(?!`)")
_BETWEEN_CELLS = regex(r"\S\s+\|\s+\S")
_IN_WORD = regex(r"(?<=[^\s|\\])\|(?=[^\s|])")
_OPEN, _CLOSE = "([{", ")]}"


def join_cells(lines: Sequence[str]) -> tuple[list[str], list[int], list[int]]:
    """Lines in which a `|` inside LaTeX, code, brackets or a word parts no row, and two lists of numbers of lines.

    These are the mended ones, and others with more cells than the header. A row is mended only if it then has as many
    cells as the header; line numbers count from 1.
    """
    mended, numbers, longer = list(lines), [], []
    columns = 0
    for at, line in enumerate(lines):
        if "|" not in line:
            columns = 0
        elif _DELIMITER_ROW.fullmatch(line) and at:
            columns = _cells(line)
        elif columns and _cells(line) > columns:
            quoted = _in_latex_or_code(line)
            bracketed = quoted | set(_in_brackets(line, quoted))
            for inside in (quoted, bracketed, bracketed | _in_words(line)):
                joined = "".join("\\|" if n in inside else char for n, char in enumerate(line))
                if _cells(joined) == columns:
                    mended[at] = joined
                    numbers.append(at + 1)
                    break
            else:
                if any(map(str.strip, _PIPE.split(line.strip(" \t>").strip("|"))[columns:])):
                    longer.append(at + 1)
    return mended, numbers, longer


def cut_rows(longer: Sequence[int], blocks: Blocks) -> list[int]:
    """Which of the lines with more cells than the header are rows of tables, whose last cells GFM drops."""
    if not longer:
        return []
    tables = (inner for block in blocks for inner in inner_blocks(block) if isinstance(inner, Table))
    rows = {row.span.line for table in tables for row in table.rows}
    return [line for line in longer if line in rows]


def _cells(line: str) -> int:
    text = line.strip(" \t>")
    outer = text.startswith("|") + (text.endswith("|") and not text.endswith("\\|"))
    return len(_PIPE.findall(text)) + 1 - outer


def _in_latex_or_code(line: str) -> set[int]:
    return {
        pipe.start()
        for found in _LATEX_OR_CODE.finditer(line)
        for pipe in _PIPE.finditer(line, *found.span())
    }


def _in_words(line: str) -> set[int]:
    """The places of pipes with a sign on both sides, as in `w/|o`, where others of the row have blanks around them."""
    if not _BETWEEN_CELLS.search(line):
        return set()
    return {pipe.start() for pipe in _IN_WORD.finditer(line)}


def _in_brackets(line: str, quoted: Container[int]) -> Iterator[int]:
    """The places of pipes inside brackets that are closed in the line, those in `quoted` aside."""
    waiting: list[int] = []
    depth = 0
    for at, char in enumerate(line):
        depth = depth + (char in _OPEN) - (char in _CLOSE and depth > 0)
        if char == "|" and depth and at not in quoted and line[at - 1 : at] != "\\":
            waiting.append(at)
        if not depth:
            yield from waiting
            waiting = []
