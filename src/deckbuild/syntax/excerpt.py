"""Excerpts: some lines of a document, or parts of lines, as blocks, cut from the tree that was read once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Blocks,
    Break,
    CodeBlock,
    Heading,
    Html,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Quote,
    Row,
    SourceSpan,
    Table,
)
from deckbuild.model.text import inline_text, is_blank
from deckbuild.model.trim import split_at, strip
from deckbuild.syntax.run_lines import lines_of
from deckbuild.syntax.units import BETWEEN_CELLS

_TITLE_OF_FOLD = regex(r"\A.*</summary\s*>", re.IGNORECASE)
_DETAILS_END = regex(r"</details\s*>\s*\Z", re.IGNORECASE)

Kept = Mapping[int, tuple[int, int | None]]
"""For each line that is kept, the first and the last character of its plain text (None for its end)."""


def excerpt(blocks: Blocks, kept: Kept) -> Blocks:
    """The blocks with nothing but the lines kept.

    An item whose own first line isn't kept whole gives its blocks without being an item.
    """
    if not kept:
        return ()
    first, last = min(kept), max(kept)
    return tuple(part for block in _between(blocks, first, last) for part in _of(block, kept))


def _between(blocks: Sequence[AnyBlock], first: int, last: int) -> Sequence[AnyBlock]:
    """Those of the blocks, which are in order, that share a line with `first` to `last`."""
    start = bisect_left(blocks, first, key=lambda block: block.span.end_line)
    return blocks[start : bisect_right(blocks, last, lo=start, key=lambda block: block.span.line)]


def _of(block: AnyBlock, kept: Kept) -> Iterator[AnyBlock]:
    span = block.span
    match block:
        case Heading():
            if span.line in kept:
                yield replace(block, content=_piece(block.content, kept[span.line]))
        case Paragraph():
            yield from _paragraphs(block, kept)
        case List():
            yield from _of_list(block, kept)
        case Quote():
            inner = tuple(part for child in block.blocks for part in _of(child, kept))
            if inner:
                whole = inner[0].span.line == block.blocks[0].span.line
                yield from (replace(block, blocks=inner, span=_around(inner)),) if whole else inner
        case CodeBlock():
            yield from _of_code(block, kept)
        case Table():
            yield from _of_table(block, kept)
        case Html():
            yield from _of_html(block, kept)
        case _:
            if any(line in kept for line in range(span.line, span.end_line + 1)):
                yield block


def _around(blocks: Blocks) -> SourceSpan:
    return SourceSpan(blocks[0].span.line, blocks[-1].span.end_line)


def _piece(content: Inlines, cut: tuple[int, int | None]) -> Inlines:
    """The characters of a run from the first up to the last."""
    start, end = cut
    if end is not None:
        content = split_at(content, end)[0]
    return strip(split_at(content, start)[1]) if start else strip(content)


def _paragraphs(block: Paragraph, kept: Kept) -> Iterator[Paragraph]:
    """A paragraph for each run of lines that are kept."""
    span = block.span
    numbers = range(span.line, span.end_line + 1)
    if all(kept.get(number) == (0, None) for number in numbers):
        yield block
        return
    run: list[AnyInline] = []
    first = last = 0
    for number, line in zip(numbers, lines_of(block.content), strict=False):
        piece = _piece(line, kept[number]) if number in kept else ()
        if not piece:
            if run:
                yield Paragraph(SourceSpan(first, last), tuple(run))
            run = []
            continue
        if run:
            run.append(Break(SourceSpan(last, last)))
        else:
            first = number
        run += piece
        last = number
    if run:
        yield Paragraph(SourceSpan(first, last), tuple(run))


def _of_list(block: List, kept: Kept) -> Iterator[AnyBlock]:
    first, last = min(kept), max(kept)
    start = bisect_left(block.items, first, key=lambda item: item.span.end_line)
    stop = bisect_right(block.items, last, lo=start, key=lambda item: item.span.line)
    run: list[ListItem] = []
    number = start
    for at in range(start, stop):
        item = block.items[at]
        inner = tuple(part for child in item.blocks for part in _of(child, kept))
        if not inner:
            continue
        if kept.get(item.span.line, (1, None))[0] == 0:
            number = number if run else at
            run.append(ListItem(inner, _around(inner)))
            continue
        yield from _listed(block, run, number)
        run = []
        yield from inner
    yield from _listed(block, run, number)


def _listed(block: List, items: Sequence[ListItem], at: int) -> Iterator[List]:
    if items:
        span = SourceSpan(items[0].span.line, items[-1].span.end_line)
        yield List(span, tuple(items), None if block.start is None else block.start + at)


def _of_table(block: Table, kept: Kept) -> Iterator[AnyBlock]:
    """The rows that are kept, below the head; of a single one that is cut its last cells, or the last as a text."""
    rows = tuple(row for row in block.rows if row.span.line in kept)
    if len(rows) == 1 and (start := kept[rows[0].span.line][0]):
        (row,) = rows
        first = sum(end <= start for end in _ends(row))
        cells = [cell for cell in row.cells[first:] if not is_blank(cell)]
        if len(cells) == 1:
            yield Paragraph(row.span, cells[0])
            return
        head = replace(block.header, cells=block.header.cells[first:])
        block, rows = replace(block, header=head), (replace(row, cells=row.cells[first:]),)
    if rows or block.header.span.line in kept:
        end = rows[-1].span.end_line if rows else block.header.span.end_line
        yield replace(block, rows=rows, span=SourceSpan(block.header.span.line, end))


def _ends(row: Row) -> Iterator[int]:
    """Where each cell ends in the text of a row's unit, with the sign behind it."""
    return accumulate(len(inline_text(cell)) + len(BETWEEN_CELLS) for cell in row.cells)


def _of_code(block: CodeBlock, kept: Kept) -> Iterator[CodeBlock]:
    span = block.span
    lines = block.text.rstrip("\n").split("\n")
    fenced = span.end_line - span.line + 1 > len(lines)
    first = span.line + (1 if fenced else 0)
    here = [n for n in range(len(lines)) if first + n in kept or not lines[n].strip()]
    if len(here) == len(lines):
        if any(first + n in kept for n in range(len(lines))):
            yield block
        return
    inside = [n for n in here if lines[n].strip()]
    if inside:
        text = "\n".join(lines[inside[0] : inside[-1] + 1]) + "\n"
        yield replace(block, text=text, span=SourceSpan(first + inside[0], first + inside[-1]))


def _of_html(block: Html, kept: Kept) -> Iterator[Html]:
    lines = block.text.rstrip("\n").split("\n")
    here = [n for n in range(len(lines)) if block.span.line + n in kept]
    parted = [n for n in here if kept[block.span.line + n][0] > 0]
    for n in parted:
        lines[n] = _DETAILS_END.sub("", _TITLE_OF_FOLD.sub("", lines[n])).strip()
    if not parted and len(here) == sum(bool(line.strip()) for line in lines):
        yield block
    elif here:
        text = "\n".join(lines[here[0] : here[-1] + 1])
        yield Html(SourceSpan(block.span.line + here[0], block.span.line + here[-1]), text)
