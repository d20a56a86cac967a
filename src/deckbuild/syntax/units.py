"""Units: the lines of a document in order, each with its place among the blocks and the text that was read there.

One reading for all that looks for patterns: nothing behind this step parses a line again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import (
    AnyBlock,
    Blocks,
    CodeBlock,
    Formula,
    FrontMatter,
    Heading,
    Html,
    Inlines,
    List,
    Paragraph,
    Quote,
    Row,
    Rule,
    SourceSpan,
    Table,
    Text,
)
from deckbuild.model.text import inline_text
from deckbuild.model.trim import drop, split_at, strip
from deckbuild.syntax.html_lines import BREAKS, MORE, UnitKind, html_lines
from deckbuild.syntax.limits import DEEPEST
from deckbuild.syntax.run_lines import lines_of

BETWEEN_CELLS = " | "
"""Stands between the cells of a row in its text."""

_CALLOUT = regex(r"(?P<sign>\[![\w-]{1,40}\])[-+]?\s*")
_MARKER = regex(r"[ \t>]*(?:(?P<bullet>[-*+])|(?P<number>\d{1,9})(?P<sign>[.)]))(?=\s|$)")
_QUOTES = regex(r"(?:[ \t]*>)+")


_SUMMARY_ENDS = regex(r"</summary|</details")


class Unit(Struct, frozen=True, gc=False):
    """One line, or a part of one.

    `content` is the text as it was read, without the marker of a list; `start` is where it begins in the plain text of
    the line where the line was parted. `marker` is `-`, `*`, `+` or `1.` of a list that was read as one, `number` its
    number as written. `indent` counts columns behind the signs of quotes, `quote` these signs and boxes without them,
    `fold` the open `<details>` (`DEEPEST` at most), `gap` the blank lines before. `tag` is the first HTML tag, or
    `[!note]` for the title of a callout.
    """

    line: int
    kind: UnitKind
    text: str = ""
    content: Inlines = ()
    start: int = 0
    marker: str = ""
    number: int | None = None
    level: int = 0
    indent: int = 0
    quote: int = 0
    fold: int = 0
    gap: int = 0
    tag: str = ""


def units(lines: Sequence[str], blocks: Blocks) -> tuple[Unit, ...]:
    """The units of a document in the order of its lines; blank lines are none, nor are lines of nothing but `<br>`."""
    found = [unit for block in blocks for unit in _of_block(block, lines)]
    return tuple(_placed(found, lines))


def part(unit: Unit, cuts: Sequence[int]) -> Iterator[Unit]:
    """The unit cut at offsets of its text, each part without white space at its ends."""
    content, done = unit.content, 0
    for at, end in enumerate((*cuts, len(unit.text))):
        head, content = split_at(content, end - done)
        text = unit.text[done:end]
        lead = len(text) - len(text.lstrip())
        if text.strip():
            first = {} if at == 0 else {"marker": "", "number": None, "gap": 0, "tag": ""}
            yield replace(
                unit, text=text.strip(), content=strip(head), start=unit.start + done + lead, **first
            )
        done = end


def _placed(found: Sequence[Unit], lines: Sequence[str]) -> Iterator[Unit]:
    """The units with blank lines before them and folds around them counted."""
    before = fold = depth = 0
    in_summary = False
    for unit in found:
        raw = lines[unit.line - 1]
        if unit.line == before and unit.start:
            yield replace(unit, fold=depth) if depth else unit
            continue
        gap = max(0, unit.line - before - 1)
        before = unit.line
        if "<" not in raw and not in_summary:
            depth = min(fold, DEEPEST)
            yield replace(unit, gap=gap, fold=depth) if gap or depth else unit
            continue
        lowered = raw.lower()
        opened = lowered.count("<details") if unit.kind != "code" else 0
        closed = lowered.count("</details") if unit.kind != "code" else 0
        inside = fold + opened - closed if closed >= opened else fold
        in_summary = in_summary and not opened
        depth = min(max(0, inside), DEEPEST)
        yield replace(unit, gap=gap, fold=depth, tag=MORE if in_summary else unit.tag)
        in_summary = (in_summary or "<summary" in lowered) and not _SUMMARY_ENDS.search(lowered)
        fold = max(0, fold + opened - closed)


def _of_block(block: AnyBlock, lines: Sequence[str]) -> Iterator[Unit]:
    match block:
        case Paragraph(span=span, content=content):
            yield from _text_lines(content, span, lines)
        case Heading(span=span, content=content, level=level):
            text = " ".join(inline_text(content).split())
            yield _unit(span.line, "heading", lines, text=text, content=content, level=level)
        case List(items=items):
            for item in items:
                yield from _of_item(item.blocks, item.span, lines)
        case Quote(blocks=inner, span=span):
            held = [unit for child in inner for unit in _of_block(child, lines)]
            if ">" not in lines[span.line - 1]:
                held = [replace(unit, quote=unit.quote + 1) for unit in held]
            yield from map(_without_callout, held[:1])
            yield from held[1:]
        case CodeBlock(span=span):
            for number in range(span.line, span.end_line + 1):
                if lines[number - 1].strip():
                    yield _unit(number, "code", lines, text=lines[number - 1].strip())
        case Table(header=header, rows=rows):
            for row in (header, *rows):
                if any(row.cells):
                    content = _joined(row)
                    yield _unit(row.span.line, "row", lines, text=inline_text(content), content=content)
        case Html(span=span, text=text):
            yield from _of_html(text, span, lines)
        case Rule(span=span):
            yield _unit(span.line, "rule", lines)
        case Formula(span=span):
            for number in range(span.line, span.end_line + 1):
                yield _unit(number, "code", lines, text=lines[number - 1].strip())
        case FrontMatter(span=span):
            for number in range(span.line, span.end_line + 1):
                yield _unit(number, "hidden", lines)


def _joined(row: Row) -> Inlines:
    """The cells of a row as one run."""
    between = Text(row.span, BETWEEN_CELLS)
    return tuple(e for n, cell in enumerate(row.cells) for e in ((between, *cell) if n else cell))


def _without_callout(unit: Unit) -> Unit:
    """The first line of a quote without the kind of a callout, `[!question]-`."""
    match = _CALLOUT.match(unit.text)
    if not match or match.end() == len(unit.text):
        return unit
    content = drop(unit.content, match.end())
    start, tag = unit.start + match.end(), match["sign"].casefold()
    return replace(unit, text=unit.text[match.end() :], content=content, start=start, tag=tag)


def _of_item(blocks: Blocks, span: SourceSpan, lines: Sequence[str]) -> Iterator[Unit]:
    """The units of a list's item; the first of them carries its marker."""
    inner = [unit for block in blocks for unit in _of_block(block, lines)]
    match = _MARKER.match(lines[span.line - 1])
    if not inner:
        inner = [_unit(span.line, "text", lines)]
    if match and inner[0].line == span.line and not inner[0].marker:
        number = int(match["number"]) if match["number"] else None
        marker = match["bullet"] or f"1{match['sign']}"
        inner[0] = replace(inner[0], marker=marker, number=number)
    yield from inner


def _text_lines(content: Inlines, span: SourceSpan, lines: Sequence[str]) -> Iterator[Unit]:
    """A unit for each line of a paragraph that shows something."""
    for number, head in enumerate(lines_of(content), span.line):
        if head and not BREAKS.fullmatch(lines[number - 1]):
            line = inline_text(head)
            lead = len(line) - len(line.lstrip())
            yield _unit(number, "text", lines, text=line.strip(), content=strip(head), start=lead)


def _of_html(text: str, span: SourceSpan, lines: Sequence[str]) -> Iterator[Unit]:
    """A unit for each line of raw HTML: its text without tags, or nothing but tags."""
    for line in html_lines(text, span.line):
        yield _unit(
            line.number,
            line.kind,
            lines,
            text=line.text,
            content=line.content,
            level=line.level,
            tag=line.tag,
            start=line.start,
        )


def _unit(number: int, kind: UnitKind, lines: Sequence[str], **more: object) -> Unit:
    raw = lines[number - 1]
    if not raw[:1].isspace() and not raw.startswith(">"):
        return Unit(number, kind, **more)  # type: ignore[arg-type]
    quotes = _QUOTES.match(raw)
    bare = raw[quotes.end() :] if quotes else raw
    expanded = bare.expandtabs(4)
    indent = len(expanded) - len(expanded.lstrip())
    quote = quotes[0].count(">") if quotes else 0
    return Unit(number, kind, indent=indent, quote=quote, **more)  # type: ignore[arg-type]
