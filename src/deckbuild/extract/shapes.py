"""Shapes: who stands beside whom. Each proposes candidates and judges nothing.

A shape is a function from one sequence of sibling blocks to candidates; `SHAPES` lists them all. A new layout
costs one more function here (or, where a layout isn't made of blocks, a module such as `records`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from deckbuild.extract.candidate import Candidate, pair
from deckbuild.extract.trim import drop, strip
from deckbuild.model import (
    AnyBlock,
    Blocks,
    Break,
    Emphasis,
    Heading,
    List,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Strong,
)
from deckbuild.plain import inline_text

_ARROW = re.compile(r"\s*(?:→|⟶|⇒|->|=>)\s*")


def candidates(blocks: Blocks) -> Iterator[Candidate]:
    """What all shapes propose for the blocks and for every sequence of blocks nested in them."""
    for depth, sequence in _sequences(blocks):
        for shape in SHAPES:
            yield from shape(sequence, depth)


def _sequences(blocks: Blocks, depth: int = 0) -> Iterator[tuple[int, Blocks]]:
    yield depth, blocks
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                yield from _sequences(item.blocks, depth + 1)
        elif isinstance(block, Quote):
            yield from _sequences(block.blocks, depth + 1)


def heading_and_body(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """A heading, answered by all that follows up to the next heading of its level or above."""
    for at, block in enumerate(sequence):
        if isinstance(block, Heading):
            body = _until(sequence, at + 1, _closes(block.level))
            series = ("heading", block.level)
            yield pair("heading and body", block.content, block.span.line, body, series)


def marked_line_and_body(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """A paragraph that is strong as a whole, answered by what follows up to the next of its kind."""
    for at, block in enumerate(sequence):
        if _is_marked_line(block):
            assert isinstance(block, Paragraph)
            body = _until(sequence, at + 1, lambda b: isinstance(b, (Heading, Rule)) or _is_marked_line(b))
            seen = frozenset({"marked"})
            yield pair("marked line and body", block.content, block.span.line, body, ("marked", depth), seen)


def item_and_children(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """A list item whose first line is answered by the blocks nested in it."""
    for item in _items(sequence):
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, Paragraph) and len(item.blocks) > 1:
            answer = _flat(item.blocks[1:])
            series = ("item", depth)
            yield pair("item and children", first.content, first.span.line, answer, series)


def marked_then_arrow(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """A marked question, an arrow on the same line or at the start of the next, and the answer."""
    for block in sequence:
        if isinstance(block, Paragraph):
            yield from _arrow(block, (), ("arrow", depth, "paragraph"))
    for item in _items(sequence):
        if item.blocks and isinstance(item.blocks[0], Paragraph):
            yield from _arrow(item.blocks[0], item.blocks[1:], ("arrow", depth, "item"))


SHAPES: tuple[Callable[[Blocks, int], Iterator[Candidate]], ...] = (
    heading_and_body,
    marked_line_and_body,
    item_and_children,
    marked_then_arrow,
)


def _arrow(paragraph: Paragraph, children: Blocks, series: tuple[str | int, ...]) -> Iterator[Candidate]:
    """The pair in a paragraph that starts with marked text; only its first arrow divides."""
    content = paragraph.content
    end = next((at for at, element in enumerate(content) if not _belongs_to_mark(element)), len(content))
    head, tail = content[:end], content[end:]
    match = _ARROW.match(inline_text(tail))
    if not match or not any(isinstance(element, (Strong, Emphasis)) for element in head):
        return
    answer = strip(drop(tail, match.end()))
    if answer:
        first = replace(paragraph, content=answer, span=replace(paragraph.span, line=answer[0].span.line))
        line = paragraph.span.line
        yield pair("arrow", head, line, (first, *children), series, frozenset({"marked", "arrow"}))


def _belongs_to_mark(element: object) -> bool:
    if isinstance(element, (Strong, Emphasis)):
        return True
    return not isinstance(element, Break) and not inline_text((element,)).strip()  # type: ignore[arg-type]


def _is_marked_line(block: AnyBlock) -> bool:
    """Whether a paragraph is one line of strong text, a number or label before it aside."""
    if not isinstance(block, Paragraph) or block.span.line != block.span.end_line:
        return False
    content = strip(block.content)
    if not content or not isinstance(content[-1], Strong):
        return False
    before = inline_text(content[:-1]).strip()
    return all(isinstance(e, (Strong, Emphasis)) or not inline_text((e,)).strip() for e in content) or bool(
        re.fullmatch(r"\(?\w{1,3}[.):]", before)
    )


def _closes(level: int) -> Callable[[AnyBlock], bool]:
    return lambda block: isinstance(block, Heading) and block.level <= level


def _until(sequence: Blocks, start: int, stops: Callable[[AnyBlock], bool]) -> Blocks:
    """The blocks from `start` up to the first that stops, without rules at the end."""
    end = next((at for at in range(start, len(sequence)) if stops(sequence[at])), len(sequence))
    while end > start and isinstance(sequence[end - 1], Rule):
        end -= 1
    return sequence[start:end]


def _items(sequence: Blocks) -> Iterator[ListItem]:
    for block in sequence:
        if isinstance(block, List):
            yield from block.items


def _flat(blocks: Blocks) -> Blocks:
    """The blocks themselves, or those of the only item of an only list: a lone nested bullet is no list."""
    if len(blocks) == 1 and isinstance(blocks[0], List) and len(blocks[0].items) == 1:
        return blocks[0].items[0].blocks
    return blocks
