"""What a shape proposes: a question, its answer, and what the shape saw in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from deckbuild.extract.trim import drop, strip, unwrap
from deckbuild.model import Blocks, Inlines, Paragraph, SourceSpan
from deckbuild.plain import inline_text

QUESTION_LABEL = re.compile(
    r"\s*(?:(?:interview\s+)?q(?:uestion)?\s*(?:no\.?\s*)?(?:\d+(?:\.\d+)*)?\s*[:.)]"
    r"|(?:interview\s+)?q(?:uestion)?\s*\d+(?:\.\d+)*\s*[-–—]?)\s+",
    re.IGNORECASE,
)
"""`Q:`, `Q1.`, `Q1.2:`, `Question 3 -`, `Interview Q:` before a question."""

NUMBER = re.compile(r"\s*#?\d{1,4}(?:\.\d+)*\s*[.):]\s+")
"""`1.`, `2)`, `1.3:` before a question; a number without a sign behind it may be part of the sentence."""

ANSWER_LABEL = re.compile(r"\s*(?:(?:answer|ans|solution)\s*\d*\s*[:.)\-–—]|a\s*\d*\s*:)\s*", re.IGNORECASE)
"""`Answer:`, `Ans-`, `A:`, `Solution 2.` before an answer."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible note. `series` names its siblings: candidates of one shape at one level of one list.

    `seen` are names of evidence that only the shape could see (a label that it took off, a mark around the
    question); the cues add what can be read from question and answer.
    """

    shape: str
    question: Blocks
    answer: Blocks
    span: SourceSpan
    series: tuple[str | int, ...]
    seen: frozenset[str] = frozenset()
    extras: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


def pair(
    shape: str,
    asked: Inlines,
    line: int,
    answer: Sequence[object] | Blocks,
    series: tuple[str | int, ...],
    seen: frozenset[str] = frozenset(),
) -> Candidate:
    """A candidate from a question's run and its answer, with labels and marks taken off and noted."""
    question, labels = clean_question(asked)
    blocks, answered = clean_answer(tuple(answer))  # type: ignore[arg-type]
    end = blocks[-1].span.end_line if blocks else max(line, asked[-1].span.end_line if asked else line)
    return Candidate(
        shape,
        (Paragraph(SourceSpan(line, line), question),),
        blocks,
        SourceSpan(line, end),
        series,
        seen | labels | answered,
    )


def clean_question(content: Inlines) -> tuple[Inlines, frozenset[str]]:
    """The question without label, number, emphasis and quotes around it; and which of them it had."""
    seen = set()
    bare = unwrap(content)
    if bare != strip(content):
        seen.add("marked")
    for name, pattern in (("question label", QUESTION_LABEL), ("number", NUMBER)):
        match = pattern.match(inline_text(bare))
        if match:
            seen.add(name)
            rest = strip(drop(bare, match.end()))
            bare = unwrap(rest)
            if bare != rest:
                seen.add("marked")
    return bare, frozenset(seen)


def clean_answer(blocks: Blocks) -> tuple[Blocks, frozenset[str]]:
    """The answer without its label; and whether it had one."""
    if not blocks or not isinstance(blocks[0], Paragraph):
        return blocks, frozenset()
    first = blocks[0]
    match = ANSWER_LABEL.match(inline_text(first.content))
    if not match:
        return blocks, frozenset()
    rest = strip(drop(first.content, match.end()))
    head = (replace(first, content=rest),) if rest else ()
    return (*head, *blocks[1:]), frozenset({"answer label"})
