"""Shape: lines of plain text that start with a question label and an answer label in turn.

    Q: What is a socket?
    A: One end of a connection.

The labels may be in bold or behind a bullet, numbered, and in any language: two words that take turns at the
start of lines are labels if what stands behind the first of them mostly asks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from deckbuild import syntax
from deckbuild.extract.candidate import Candidate, ask
from deckbuild.model import Blocks

QUESTIONS = frozenset({"q", "question", "ques", "que", "interview q", "interview question"})
ANSWERS = frozenset({"a", "an", "ans", "answer", "solution", "correct answer"})

_LABEL = re.compile(
    r"(?P<lead>\s*(?:>\s*)*(?:[-*+•]\s+)?(?P<mark>\*\*|__|\*|_)?)"
    r"(?P<word>[^\W\d_][^\W\d_ ]{0,14}(?: [^\W\d_]{1,10})?)\s?(?P<number>#?\d+(?:\.\d+)*)?"
    r"(?P<sign>\s*[:：.)\-–—]+|(?<=\d)|(?<=\b[Aa][Nn][Ss]))(?P<close>\*\*|__|\*|_)?(?=\s|$|[^\W_])"
)
_HEADING = re.compile(r"#{1,6}\s")
_ASKS = re.compile(r"[?？؟;]\W*$")
_TURNS = 2
"""How often unknown words must take turns before they are labels."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A labelled line: its number from 0, the label's word, and where the text behind the label starts."""

    at: int
    word: str
    start: int
    mark: str


def labelled_lines(lines: Sequence[str]) -> Iterator[Candidate]:
    """The pairs of a text whose question and answer lines are labelled; nothing where no labels turn up."""
    found = list(_labels(lines))
    words = _turns(found, lines)
    if not words:
        return
    asking, answering = words
    heads = [line for line in found if line.word in asking]
    ends = [*(line.at for line in heads[1:]), len(lines)]
    for head, end in zip(heads, ends, strict=True):
        stop = next((at for at in range(head.at + 1, end) if _is_heading(lines, at)), end)
        reply = next((x for x in found if x.word in answering and head.at < x.at < stop), None)
        if reply:
            question = _blocks(lines, head, reply.at)
            answer = _blocks(lines, reply, stop)
            if question:
                yield ask(
                    "labelled lines", question, answer, ("labelled line",), "question label", "answer label"
                )


def _is_heading(lines: Sequence[str], at: int) -> bool:
    """Whether a line is a heading; directly below other text it is a comment of unfenced code."""
    return bool(_HEADING.match(lines[at])) and not lines[at - 1].strip()


def _labels(lines: Sequence[str]) -> Iterator[_Line]:
    for at, line in enumerate(lines):
        match = _LABEL.match(line)
        if match:
            mark = match["mark"] or ""
            open_mark = "" if match["close"] == mark else mark
            yield _Line(at, match["word"].casefold(), match.end(), open_mark)


def _turns(found: Sequence[_Line], lines: Sequence[str]) -> tuple[frozenset[str], frozenset[str]] | None:
    """The words of question and answer labels: known ones, else the two that take turns most often."""
    words = {line.word for line in found}
    if words & QUESTIONS and words & ANSWERS:
        return QUESTIONS, ANSWERS
    turns = Counter((one.word, other.word) for one, other in pairwise(found) if one.word != other.word)
    counts = Counter(line.word for line in found)
    asking = Counter(line.word for line in found if _ASKS.search(lines[line.at]))
    for (first, second), number in turns.most_common(4):
        all_turn = number >= 0.8 * max(counts[first], counts[second])
        if number >= _TURNS and all_turn and asking[first] >= 0.5 * counts[first] > asking[second]:
            return frozenset({first}), frozenset({second})
    return None


def _blocks(lines: Sequence[str], head: _Line, stop: int) -> Blocks:
    """The blocks from a label to a line, the label taken off, the rest moved left by its hanging indent."""
    first = lines[head.at][head.start :].strip()
    if head.mark and first.endswith(head.mark):
        first = first.removesuffix(head.mark)
    elif head.mark:
        first = f"{head.mark}{first}"
    rest = lines[head.at + 1 : stop]
    hanging = min((len(x) - len(x.lstrip()) for x in rest if x.strip()), default=0)
    hanging = min(hanging, max(head.start, 4))
    return syntax.blocks([first, *(x[hanging:] if x.strip() else "" for x in rest)], head.at + 1)
