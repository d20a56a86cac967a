"""The document tree: sections by heading, with the chosen notes in the place of the blocks they took."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from deckbuild.model import AnyBlock, Blocks, Heading, List, Note, Quote, Section, SourceSpan, claimed
from deckbuild.syntax import markdown


def tree(lines: Sequence[str], blocks: Blocks, notes: Sequence[Note]) -> Section:
    """The root section of a document. Its heading is the title: the only heading of the first level.

    A note whose question is a heading ends the sections that this heading would end: it begins one without a title.
    """
    taken = sorted(span for note in notes for span in claimed(note))
    levels = {block.span.line: block.level for block in blocks if isinstance(block, Heading)}
    pieces = [piece for block in blocks for piece in _rest(block, taken, lines)]
    parts: list[Note | AnyBlock] = sorted([*pieces, *notes], key=lambda part: part.span.line)
    tops = [p for p in parts if isinstance(p, Heading) and p.level == 1]
    title = tops[0] if len(tops) == 1 and parts[0] is tops[0] else None
    if title:
        parts.remove(title)
    whole = SourceSpan(1, max(1, len(lines)))
    return replace(_section(None, parts, whole, levels), heading=title)


def _section(
    heading: Heading | None, parts: Sequence[Note | AnyBlock], span: SourceSpan, levels: Mapping[int, int]
) -> Section:
    """The section of a heading from all parts below it; subsections begin at each highest heading left.

    `levels` are those of the headings by line, of notes too. Before the first subsection a note is no border.
    """
    starts: list[int] = []
    level = 0
    for at, part in enumerate(parts):
        own = part.level if isinstance(part, Heading) else levels.get(part.span.line) if starts else None
        if own is not None and (not starts or own <= level):
            starts.append(at)
            level = own
    ends = [*starts, len(parts)]
    body = tuple(parts[: ends[0]])
    sections = []
    for start, stop in pairwise(ends):
        head = parts[start]
        end_line = parts[stop].span.line - 1 if stop < len(parts) else span.end_line
        inner = SourceSpan(head.span.line, end_line)
        title = head if isinstance(head, Heading) else None
        sections.append(_section(title, parts[start + (title is not None) : stop], inner, levels))
    return Section(body, span, heading, tuple(sections))


def _rest(block: AnyBlock, taken: Sequence[SourceSpan], lines: Sequence[str]) -> Iterator[AnyBlock]:
    """What is left of a block where notes took lines of it; the block itself where none did."""
    within = _overlapping(taken, block.span)
    if not within:
        yield block
    elif any(span.line <= block.span.line and block.span.end_line <= span.end_line for span in within):
        return
    elif isinstance(block, Quote):
        for child in block.blocks:
            yield from _rest(child, within, lines)
    elif isinstance(block, List):
        yield from _rest_of_list(block, within, lines)
    else:
        own = {line for span in within for line in range(span.line, span.end_line + 1)}
        for first, last in _runs(block.span, own):
            yield from markdown.blocks(lines[first - 1 : last], first)


def _overlapping(taken: Sequence[SourceSpan], span: SourceSpan) -> Sequence[SourceSpan]:
    """Those of the spans, which are sorted and disjoint, that share a line with another."""
    first = bisect_left(taken, span.line, key=lambda other: other.end_line)
    return taken[first : bisect_right(taken, span.end_line, lo=first, key=lambda other: other.line)]


def _rest_of_list(block: List, taken: Sequence[SourceSpan], lines: Sequence[str]) -> Iterator[AnyBlock]:
    for at, item in enumerate(block.items):
        kept = [b for child in item.blocks for b in _rest(child, taken, lines)]
        if tuple(kept) == item.blocks:
            start = None if block.start is None else block.start + at
            yield List(item.span, (item,), start)
        else:
            yield from kept


def _runs(span: SourceSpan, taken: set[int]) -> Iterator[tuple[int, int]]:
    """First and last lines of the runs of a span that are not taken."""
    free = [line for line in range(span.line, span.end_line + 1) if line not in taken]
    for at, line in enumerate(free):
        if at == 0 or free[at - 1] != line - 1:
            end = at
            while end + 1 < len(free) and free[end + 1] == free[end] + 1:
                end += 1
            yield line, free[end]
