"""Shapes made of blocks: who stands beside whom. Each proposes candidates and judges nothing.

A shape is a function from one sequence of sibling blocks to candidates; `SHAPES` lists them all. A new layout
costs one more function here, or one more in `LINE_SHAPES` of `extract` where a layout isn't made of blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace

from deckbuild.extract.asking_lines import (
    asking_line_and_dash,
    asking_line_and_rest,
    asking_paragraph_and_body,
)
from deckbuild.extract.candidate import Candidate, Series, ask, pair, titled
from deckbuild.extract.labels import NUMBER, QUESTION_LABEL, divide, is_answer_title, without_folds
from deckbuild.extract.sequence import has_lines, is_asking, items, until
from deckbuild.extract.terms import glossary_items, question_tables
from deckbuild.extract.vocabulary import QUESTIONS, pattern
from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Blocks,
    Break,
    Emphasis,
    Heading,
    List,
    Paragraph,
    Quote,
    Rule,
    SourceSpan,
    Strong,
)
from deckbuild.model.text import has_image, inline_text
from deckbuild.model.trim import drop, joined_lines, split_lines, strip

_ARROW = re.compile(r"\s*(?:→|⟶|⇒|->|=>)\s*")
_TASK = re.compile(rf"\W*(?:{pattern(QUESTIONS)})\W*\d+(?:\.\d+)*\W*(?:\([^()]*\))?\W*", re.IGNORECASE)
"""A heading that only numbers a question: `Question 3`, `Aufgabe 2 (4 Punkte)`."""

_CALLOUT = re.compile(r"\s*\[!(?:question|faq|help)\][-+]?\s*", re.IGNORECASE)


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
            body = without_folds(until(sequence, at + 1, _closes(block.level)))
            statement, answer = divide(body)
            series: Series = ("heading", block.level)
            if has_image(block.content) or not _TASK.fullmatch(inline_text(block.content)):
                question = (Paragraph(block.span, block.content), *statement)
                yield ask("heading and body", question, answer, series)
            elif statement:
                found = ask("heading and body", statement, answer, series, "question label")
                yield titled(found, block.span.line, inline_text(block.content).strip())


def marked_line_and_body(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """A paragraph that is marked as a whole, answered by what follows up to the next of its kind."""
    for at, block in enumerate(sequence):
        if isinstance(block, Paragraph) and _is_marked_line(block):
            body = until(sequence, at + 1, _ends_marked_body)
            yield pair("marked line and body", block.content, block.span, body, ("marked", depth), "marked")


def item_and_children(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """A list item whose first paragraph is answered by the blocks nested in it."""
    for item in items(sequence):
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, Paragraph) and len(item.blocks) > 1:
            answer = _flat(item.blocks[1:])
            yield pair("item and children", first.content, first.span, answer, ("item", depth))


def marked_start_and_rest(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """A marked question with its answer behind it: after an arrow, on the next line, or on the same one."""
    for at, block in enumerate(sequence):
        if isinstance(block, Paragraph) and _has_mark(block):
            number = _marked_number(block)
            stops = partial(_ends_marked_body, next_number=number + 1 if number else 0)
            body = until(sequence, at + 1, stops)
            yield from _marked_start(block, body, ("marked start", depth, "paragraph"))
    for item in items(sequence):
        if item.blocks and isinstance(item.blocks[0], Paragraph):
            yield from _marked_start(item.blocks[0], item.blocks[1:], ("marked start", depth, "item"))


def numbered_item_and_body(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """A numbered item of one line, answered by the blocks after its list, up to the item that counts on."""
    for at, block in enumerate(sequence):
        if isinstance(block, List) and block.start is not None and len(block.items[-1].blocks) == 1:
            first = block.items[-1].blocks[0]
            body = until(sequence, at + 1, lambda b: isinstance(b, Heading) or _is_numbered(b))
            if isinstance(first, Paragraph) and not has_lines(first) and body:
                series: Series = ("numbered item", depth)
                yield pair("numbered item and body", first.content, first.span, body, series, "number")


def question_callouts(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """A callout, `> [!question] What …?`, answered by the rest of its quote."""
    for block in sequence:
        first = block.blocks[0] if isinstance(block, Quote) and block.blocks else None
        if isinstance(block, Quote) and isinstance(first, Paragraph):
            lines = list(split_lines(first))
            match = _CALLOUT.match(inline_text(lines[0].content))
            if match:
                below = joined_lines(lines[1:])
                asked = strip(drop(lines[0].content, match.end()))
                answer = (*below, *block.blocks[1:])
                yield pair("question callout", asked, lines[0].span, answer, ("callout",), "question label")


SHAPES: tuple[Callable[[Blocks, int], Iterator[Candidate]], ...] = (
    heading_and_body,
    marked_line_and_body,
    item_and_children,
    marked_start_and_rest,
    asking_line_and_rest,
    asking_line_and_dash,
    asking_paragraph_and_body,
    numbered_item_and_body,
    question_tables,
    glossary_items,
    question_callouts,
)


def _marked_start(paragraph: Paragraph, following: Blocks, series: Series) -> Iterator[Candidate]:
    """The pair in a paragraph that starts with marked text; only its first arrow divides."""
    content = paragraph.content
    end = next((at for at, element in enumerate(content) if not _belongs_to_mark(element)), len(content))
    head, tail = content[:end], content[end:]
    if not tail or not any(isinstance(element, (Strong, Emphasis)) for element in head):
        return
    arrow = _ARROW.match(inline_text(tail))
    answer = strip(drop(tail, arrow.end()) if arrow else tail)
    if not answer or not (arrow or isinstance(tail[0], Break) or is_asking(head)):
        return
    first = replace(paragraph, content=answer, span=replace(paragraph.span, line=answer[0].span.line))
    span = SourceSpan(paragraph.span.line, paragraph.span.line)
    rest = () if arrow and series[-1] == "paragraph" else following
    seen = ("marked", "arrow") if arrow else ("marked",)
    yield pair("marked start and rest", head, span, (first, *rest), series, *seen)


def _belongs_to_mark(element: AnyInline) -> bool:
    if isinstance(element, (Strong, Emphasis)):
        return True
    return not isinstance(element, Break) and not inline_text((element,)).strip()


def _is_marked_line(block: AnyBlock) -> bool:
    """Whether a paragraph is marked text as a whole, a number or label before it aside."""
    if not isinstance(block, Paragraph) or not _has_mark(block):
        return False
    content = strip(block.content)
    if not content or not isinstance(content[-1], (Strong, Emphasis)):
        return False
    before = inline_text(content[:-1]).strip()
    return all(map(_belongs_to_mark, content)) or bool(re.fullmatch(r"\(?\w{1,3}[.):]", before))


def _has_mark(paragraph: Paragraph) -> bool:
    return any(isinstance(element, (Strong, Emphasis)) for element in paragraph.content)


def _starts_marked(block: AnyBlock) -> bool:
    """Whether a paragraph begins with a marked question, or with a marked label of one."""
    if not isinstance(block, Paragraph) or not block.content:
        return False
    first = block.content[0]
    return isinstance(first, (Strong, Emphasis)) and (
        is_asking((first,)) or bool(QUESTION_LABEL.match(inline_text(block.content)))
    )


def _marked_number(block: AnyBlock) -> int:
    """The number with which a marked start counts, as in `**3. Explain XSS.**`; 0 if it has none."""
    first = block.content[0] if isinstance(block, Paragraph) and block.content else None
    counted = NUMBER.match(inline_text((first,))) if isinstance(first, (Strong, Emphasis)) else None
    return int(counted["number"]) if counted else 0


def _ends_marked_body(block: AnyBlock, next_number: int = 0) -> bool:
    if isinstance(block, (Heading, Rule)) or _is_marked_line(block) or _starts_marked(block):
        return True
    return next_number > 0 and _marked_number(block) == next_number


def _is_numbered(block: AnyBlock) -> bool:
    return isinstance(block, List) and block.start is not None


def _closes(level: int) -> Callable[[AnyBlock], bool]:
    return lambda block: isinstance(block, Heading) and block.level <= level and not is_answer_title(block)


def _flat(blocks: Blocks) -> Blocks:
    """The blocks themselves, or those of the only item of an only list: a lone nested bullet is no list."""
    if len(blocks) == 1 and isinstance(blocks[0], List) and len(blocks[0].items) == 1:
        return blocks[0].items[0].blocks
    return blocks
