"""Shapes of lines that ask without a mark: answered on the same line, on the next, or by what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from deckbuild.extract.candidate import Candidate, Series, pair
from deckbuild.extract.labels import QUESTION_LABEL
from deckbuild.extract.sequence import asks, has_lines, is_asking, items, until
from deckbuild.model import AnyBlock, Blocks, Break, Heading, List, Paragraph, Rule, SourceSpan
from deckbuild.model.text import inline_text
from deckbuild.model.trim import drop, joined_lines, split_at, split_lines, strip

_DASH = re.compile(r"[?？؟][\"”’)]*+(?P<dash>[ \t]*+(?:[-–—=]>|[-–—→])[ \t]++)(?=\S)")
_LONGEST_TITLE = 5
"""Words."""


def asking_line_and_rest(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """A paragraph whose first lines end with a question mark or begin with a label; the others answer."""
    for at, block in enumerate(sequence):
        if isinstance(block, Paragraph) and _first_line_asks(block):
            body = _body(sequence, at + 1, fewest=0)
            yield from _asking_line(block, body, ("asking line", depth, "paragraph"), "unmarked")
    for listed in (block for block in sequence if isinstance(block, List)):
        for item in listed.items:
            first = item.blocks[0] if item.blocks else None
            if isinstance(first, Paragraph):
                yield from _asking_line(first, item.blocks[1:], ("asking line", depth, "item"))
                if listed.start is not None:
                    yield from _line_and_options(first, item.blocks[1:], depth)


def asking_line_and_dash(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """A line that asks and answers behind a dash, as in `What does DNS do? - It finds addresses`.

    What stands below it up to the next such line belongs to the answer.
    """
    for block in sequence:
        if isinstance(block, Paragraph) and _DASH.search(inline_text(block.content)):
            yield from _dashed(block, (), ("dash", depth, "line"), "unmarked")
    for item in items(sequence):
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, Paragraph) and _DASH.search(inline_text(first.content)):
            yield from _dashed(first, item.blocks[1:], ("dash", depth, "item"))


def asking_paragraph_and_body(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """A paragraph of one line that asks, without any mark, answered by what follows up to the next."""
    for at, block in enumerate(sequence):
        if isinstance(block, Paragraph) and asks(block):
            body = _body(sequence, at + 1, fewest=1)
            series: Series = ("asking paragraph", depth)
            yield pair("asking paragraph and body", block.content, block.span, body, series, "alone")


def _dashed(block: Paragraph, following: Blocks, series: Series, *seen: str) -> Iterator[Candidate]:
    lines = list(split_lines(block))
    found = [(at, dash) for at, line in enumerate(lines) if (dash := _DASH.search(inline_text(line.content)))]
    for (at, dash), end in zip(found, [*(at for at, _ in found[1:]), len(lines)], strict=True):
        content = lines[at].content
        question = strip(split_at(content, dash.start("dash"))[0])
        first = replace(lines[at], content=strip(drop(content, dash.end())))
        below = following if end == len(lines) else ()
        answer = (*joined_lines((first, *lines[at + 1 : end])), *below)
        yield pair("asking line and dash", question, lines[at].span, answer, series, *seen)


def _asking_line(paragraph: Paragraph, following: Blocks, series: Series, *seen: str) -> Iterator[Candidate]:
    """The pair in a paragraph of which one of the first lines ends with a question mark."""
    lines = list(split_lines(paragraph)) if has_lines(paragraph) else []
    labelled = bool(lines) and _is_labelled(lines[0])
    end = 1 if labelled else next((at for at, line in enumerate(lines[:3], 1) if asks(line)), 0)
    if 0 < end < len(lines) and (end == 1 or series[-1] == "item"):
        yield _divided(paragraph, lines[end].span.line, following, series, *seen)


def _line_and_options(paragraph: Paragraph, following: Blocks, depth: int) -> Iterator[Candidate]:
    """The pair in a numbered paragraph whose first line doesn't ask: options or an answer stand below it."""
    lines = list(split_lines(paragraph)) if has_lines(paragraph) else []
    if len(lines) > 1 and not any(map(asks, lines[:3])) and not _is_wrapped(*lines[:2]):
        series: Series = ("asking line", depth, "item")
        yield _divided(paragraph, lines[1].span.line, following, series, "number")


def _is_wrapped(line: Paragraph, following: Paragraph) -> bool:
    """Whether a sentence goes on from one line to the next, which no letter of an option begins."""
    before, after = inline_text(line.content).rstrip(), inline_text(following.content)
    return before[-1:].isalnum() and after[:1].islower() and after[1:2] not in (")", ".", ":")


def _divided(paragraph: Paragraph, line: int, following: Blocks, series: Series, *seen: str) -> Candidate:
    """A candidate whose question ends before a line of a paragraph, where its answer begins."""
    at = next(n for n, e in enumerate(paragraph.content) if e.span.line >= line)
    head, tail = paragraph.content[:at], strip(paragraph.content[at:])
    first = replace(paragraph, content=tail, span=replace(paragraph.span, line=line))
    span = SourceSpan(paragraph.span.line, line - 1)
    return pair("asking line and rest", strip(head), span, (first, *following), series, *seen)


def _first_line_asks(block: AnyBlock) -> bool:
    """Whether a block is a paragraph of several lines of which the first asks or is labelled."""
    if not isinstance(block, Paragraph) or not has_lines(block):
        return False
    end = next((at for at, element in enumerate(block.content) if type(element) is Break), None)
    return end is not None and (is_asking(block.content[:end]) or _is_labelled(block))


def _is_labelled(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with a numbered label of a question: `Q3 State Ohm's law`."""
    label = QUESTION_LABEL.match(inline_text(paragraph.content))
    return label is not None and any(map(str.isdigit, label[0]))


def _ends_body(block: AnyBlock) -> bool:
    return isinstance(block, (Heading, Rule)) or asks(block) or _first_line_asks(block)


def _body(sequence: Blocks, start: int, fewest: int) -> Blocks:
    """The blocks up to the next question, without a title of those that follow; `fewest` are kept."""
    body = until(sequence, start, _ends_body)
    end = start + len(body)
    titled = len(body) > fewest and end < len(sequence) and _is_title(body[-1])
    return body[:-1] if titled and not isinstance(sequence[end], (Heading, Rule)) else body


def _is_title(block: AnyBlock) -> bool:
    """Whether a paragraph could head a group in text without headings: a few words, and no sentence."""
    if not isinstance(block, Paragraph) or has_lines(block):
        return False
    text = inline_text(block.content).strip()
    return text[:1].isupper() and text[-1].isalnum() and len(text.split()) <= _LONGEST_TITLE
