"""What a cell holds as blocks: its lines are paragraphs, lists where they begin as items do, and `<pre>` is code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckbuild.machine.regex import regex
from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Blocks,
    Break,
    CodeBlock,
    HtmlSpan,
    Inlines,
    List,
    ListItem,
    Paragraph,
    SourceSpan,
)
from deckbuild.model.text import inline_text
from deckbuild.model.trim import drop, strip

_BREAK = regex(r"<(?:br|/?p|/?div)\b[^<>]*>", re.IGNORECASE)
_ITEM = regex(r"(?P<indent>[\s\u00a0]*)(?:[-*•·▪◦–]|(?P<number>\d{1,3})[.)])[\s\u00a0]+(?=\S)")
_PRE = regex(r"<(?P<closes>/?)pre\b[^<>]*>", re.IGNORECASE)
_LANGUAGE = regex(r"\blang(?:uage)?-(?P<name>[\w+#]{1,20})", re.IGNORECASE)
_INDENT = 2
"""Columns by which an item stands further in than the one that it belongs to."""

_Item = tuple[int, int | None, Inlines]
"""Columns before an item, its number, and what it says."""


def cell_blocks(cell: Inlines, span: SourceSpan) -> Blocks:
    """The blocks of a cell. One of a single line, or whose lines are no items, is one paragraph."""
    tags = [(at, tag) for at, e in enumerate(cell) if isinstance(e, HtmlSpan) and (tag := _PRE.match(e.text))]
    if start := next((at for at, tag in tags if not tag["closes"]), -1) + 1:
        end = next((at for at, tag in tags if tag["closes"] and at >= start), len(cell))
        before, behind = strip(cell[: start - 1]), strip(cell[end + 1 :])
        return (*cell_blocks(before, span), *_code(cell[start - 1 : end], span), *cell_blocks(behind, span))
    lines = [line for line in _lines(cell) if inline_text(line).strip() or line]
    items = [_ITEM.match(inline_text(line)) for line in lines]
    if sum(map(bool, items)) < 2:
        return (Paragraph(span, strip(cell)),) if cell else ()
    found: list[AnyBlock] = []
    run: list[_Item] = []
    for line, match in zip(lines, items, strict=True):
        if match:
            number = int(match["number"]) if match["number"] else None
            run.append((len(match["indent"].expandtabs(4)), number, strip(drop(line, match.end()))))
            continue
        found += _lists(run, span)
        run = []
        found.append(Paragraph(span, strip(line)))
    return (*found, *_lists(run, span))


def _code(content: Inlines, span: SourceSpan) -> Blocks:
    """What `<pre>` holds, in the language that its classes name."""
    text = inline_text(content).replace("\u00a0", " ").strip("\n").rstrip()
    told = _LANGUAGE.search("".join(e.text for e in content if isinstance(e, HtmlSpan)))
    return (CodeBlock(span, text, told["name"].lower() if told else ""),) if text else ()


def _lines(cell: Inlines) -> Iterator[Inlines]:
    line: list[AnyInline] = []
    for element in cell:
        if isinstance(element, Break) or (isinstance(element, HtmlSpan) and _BREAK.match(element.text)):
            yield tuple(line)
            line = []
        else:
            line.append(element)
    yield tuple(line)


def _lists(items: list[_Item], span: SourceSpan) -> Iterator[List]:
    """Items as lists, those that stand further in inside the one above them."""
    at = 0
    while at < len(items):
        indent, start, _ = items[at]
        made: list[ListItem] = []
        while at < len(items) and (items[at][1] is None) == (start is None):
            content = items[at][2]
            at, first = at + 1, at + 1
            while at < len(items) and items[at][0] >= indent + _INDENT:
                at += 1
            made.append(ListItem((Paragraph(span, content), *_lists(items[first:at], span)), span))
        yield List(span, tuple(made), start)
