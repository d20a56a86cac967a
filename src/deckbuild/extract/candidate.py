"""What a shape proposes: a question, its answer, and what the shape saw in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import replace as replace_candidate

from msgspec.structs import replace

from deckbuild.extract.labels import clean_answer, clean_question
from deckbuild.model import Blocks, Inlines, Paragraph, SourceSpan

Series = tuple[str | int, ...]
"""Names the siblings of a candidate: those of one shape at one level."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible note.

    `seen` are names of evidence that only the shape could see (a label that it took off, a mark around the
    question); the cues add what can be read from question and answer. `repeated` are blocks that the answer
    says again.
    """

    shape: str
    question: Blocks
    answer: Blocks
    span: SourceSpan
    series: Series
    seen: frozenset[str] = frozenset()
    extras: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    repeated: Blocks = ()


def pair(
    shape: str,
    asked: Inlines,
    span: SourceSpan,
    answer: Blocks,
    series: Series,
    *seen: str,
) -> Candidate:
    """A candidate whose question is one run; `span` are the question's lines."""
    return ask(shape, (Paragraph(span, asked),), answer, series, *seen)


def ask(shape: str, question: Blocks, answer: Blocks, series: Series, *seen: str) -> Candidate:
    """A candidate with labels, marks and citations taken off question and answer, and noted."""
    labels: frozenset[str] = frozenset()
    address = ""
    lines = SourceSpan(question[0].span.line, question[-1].span.end_line)
    first = question[0]
    if isinstance(first, Paragraph):
        content, labels, address = clean_question(first.content)
        question = (replace(first, content=content), *question[1:])
    blocks, answered = clean_answer(answer, "question label" in labels | frozenset(seen))
    end = blocks[-1].span.end_line if blocks else lines.end_line
    return Candidate(
        shape,
        question,
        blocks,
        SourceSpan(lines.line, max(end, lines.end_line)),
        series,
        labels | answered | frozenset(seen),
        {"source": address} if address else {},
    )


def titled(candidate: Candidate, line: int, title: str) -> Candidate:
    """The candidate below a title that only numbers it; what the title says is kept as an extra."""
    span = SourceSpan(line, candidate.span.end_line)
    return replace_candidate(candidate, span=span, extras={**candidate.extras, "title": title})
