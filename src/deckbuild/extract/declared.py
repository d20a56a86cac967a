"""Questions that the format of a document tells itself: nothing is weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from deckbuild.extract.notes.assemble import MULTIPLE_CHOICE
from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.patterns.pattern import UNDECIDED
from deckbuild.model import AnyBlock, Blocks, Heading, List, Paragraph, SourceSpan
from deckbuild.model.trim import unwrap
from deckbuild.syntax import markdown
from deckbuild.syntax.formats.reading import Asked

SHAPE = "told by the format"
"""The shape of a note whose format says what asks and what answers."""


def blocks_between(lines: Sequence[str], asked: Sequence[Asked]) -> Blocks:
    """The blocks of a document, each part of a question read by itself: none reaches into another."""
    found: list[Blocks] = []
    done = 0
    for part in (p for one in asked for p in (one.question, one.options, one.answer) if p):
        found.append(markdown.blocks(lines[done : part.line - 1], done + 1))
        found.append(markdown.blocks(lines[part.line - 1 : part.end_line], part.line))
        done = part.end_line
    found.append(markdown.blocks(lines[done:], done + 1))
    return tuple(block for part in found for block in part)


def declared(blocks: Blocks, asked: Sequence[Asked]) -> Iterator[Candidate]:
    """The candidates of these questions; those without an answer too."""
    at = 0
    for one in asked:
        while at < len(blocks) and blocks[at].span.line < one.question.line:
            at += 1
        end = at
        while end < len(blocks) and blocks[end].span.line <= one.span.end_line:
            end += 1
        own = blocks[at:end]
        question = tuple(map(_plain, _within(own, one.question)))
        options = tuple(
            replace(block, lettered=True) if isinstance(block, List) else block
            for block in (_within(own, one.options) if one.options else ())
        )
        answer = _within(own, one.answer) if one.answer else ()
        if question:
            yield Candidate(
                MULTIPLE_CHOICE if options else SHAPE,
                (*question, *options),
                answer,
                one.span,
                _seen(bool(options), bool(answer)),
                one.extras,
                one.tags,
            )
        at = end


def _seen(options: bool, answer: bool) -> frozenset[str]:
    if not options:
        return frozenset({SHAPE})
    return frozenset({SHAPE, "options"} if answer else {SHAPE, "options", UNDECIDED})


def _within(blocks: Blocks, span: SourceSpan) -> Blocks:
    return tuple(b for b in blocks if span.line <= b.span.line <= span.end_line)


def _plain(block: AnyBlock) -> AnyBlock:
    """A block of a question without what only makes it bold; a heading as the paragraph that it is on a card."""
    if isinstance(block, Heading):
        return Paragraph(block.span, unwrap(block.content))
    return replace(block, content=unwrap(block.content)) if isinstance(block, Paragraph) else block
