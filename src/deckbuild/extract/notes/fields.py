"""Fields: a line cut at a sign that parts them, quoted or not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.model import AnyInline, Break, Inlines, SourceSpan, Text
from deckbuild.model.text import inline_text
from deckbuild.model.trim import split_at, strip

_FURTHER = 40
"""Lines that one quoted field may go on over."""


class Line(Struct, frozen=True):
    """One row: its cells and the lines it stands on."""

    cells: tuple[Inlines, ...]
    span: SourceSpan


class Written(Struct, frozen=True):
    """A line that may hold fields; `section` names the lines around it."""

    line: int
    text: str
    content: Inlines
    section: int


class Parted(Struct, frozen=True):
    """A row before its cells are cut out of its text: where each begins and ends."""

    text: str
    content: Inlines
    cuts: Sequence[tuple[int, int]]
    span: SourceSpan


def row_at(texts: Sequence[Written], at: int, sign: str) -> tuple[int, Parted | None]:
    """How many lines a row takes that begins at a line, and the row; None where the sign parts nothing."""
    first = texts[at]
    if sign not in first.text and not first.text.startswith('"'):
        return 1, None
    text, content = first.text, first.content
    last = at
    cuts = _fields(text, sign) if '"' in text else _plain_fields(text, sign)
    while cuts is None and last + 1 < min(len(texts), at + _FURTHER):
        last += 1
        text += "\n" + texts[last].text
        content = (*content, Break(SourceSpan(texts[last].line, texts[last].line)), *texts[last].content)
        cuts = _fields(text, sign)
    if cuts is None:
        last, text, content = at, first.text, first.content
        cuts = _plain_fields(text, sign)
    if sign == "|":
        cuts = cuts[bool(text.startswith("|")) : len(cuts) - bool(text.rstrip().endswith("|"))]
    if len(cuts) < 2:
        return 1, None
    return last - at + 1, Parted(text, content, cuts, SourceSpan(first.line, texts[last].line))


def line_of(row: Parted, sign: str) -> Line:
    """The row with its cells; images and tags, which have no text, belong to the cell that they stand in."""
    cells, done = [], 0
    content = row.content
    for start, end in row.cuts:
        content = split_at(content, start - done)[1] if start > done else content
        cell, content = split_at(content, end - start) if end > start else ((), content)
        unseen = tuple(takewhile(lambda e: not isinstance(e, Text) and not inline_text((e,)), content))
        cell, content = (*cell, *unseen), content[len(unseen) :]
        cells.append(_single_quotes(cell) if sign == "," or "\n" in row.text else cell)
        done = end
    return Line(tuple(strip(c) if sign != "," else c for c in cells), row.span)


def _plain_fields(text: str, sign: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for piece in text.split(sign):
        found.append((start, start + len(piece)))
        start += len(piece) + len(sign)
    return found


def _fields(text: str, sign: str) -> list[tuple[int, int]] | None:
    """Where the fields of a text begin and end, the quotes around them left out; None while a quote is open."""
    found = []
    at = 0
    while at <= len(text):
        if text[at : at + 1] == '"':
            end = at + 1
            while (end := text.find('"', end)) >= 0 and text[end + 1 : end + 2] == '"':
                end += 2
            if end < 0:
                return None
            behind = text[end + 1 :]
            if not behind.strip() or behind.lstrip(" ").startswith(sign):
                found.append((at + 1, end))
                at = end + 1 + len(behind) - len(behind.lstrip(" ")) + len(sign)
                if not behind.strip() and sign not in behind:
                    return found
                continue
        end = text.find(sign, at)
        end = len(text) if end < 0 else end
        found.append((at, end))
        at = end + len(sign)
    return found


def _single_quotes(content: Inlines) -> Inlines:
    """The run with the doubled quotes of a quoted field as they are meant."""
    return tuple(_single(e) for e in content)


def _single(element: AnyInline) -> AnyInline:
    return replace(element, text=element.text.replace('""', '"')) if isinstance(element, Text) else element
