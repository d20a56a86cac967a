"""Shape: numbered questions whose answers stand together further down, under the same numbers.

1. Which scheduler runs most often?      Answers
a) long-term                          1. b
b) short-term                         2. A program in execution.
2. What is a process?
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from deckbuild.extract.candidate import Candidate, ask
from deckbuild.extract.vocabulary import ANSWERS, pattern
from deckbuild.model import AnyBlock, Blocks, Heading, List, ListItem, Paragraph
from deckbuild.model.text import inline_text
from deckbuild.model.trim import joined_lines, split_lines

_TITLE = re.compile(rf"\W*+(?:(?:{pattern(ANSWERS - {'a'})})s?(?: keys?)?|keys?)\W*", re.IGNORECASE)
_NUMBER = re.compile(r"[\s>]*(?P<number>\d{1,4})[.)]")
_FEWEST = 2
"""Answers of a key; a list of one item below such a title is an answer like any other."""


class _Numbered(NamedTuple):
    """An item of a numbered list with the number that stands in the source; Markdown counts by itself."""

    number: int
    item: ListItem


def answer_keys(lines: Sequence[str], blocks: Blocks) -> Iterator[Candidate]:
    """The numbered items above each key, answered by its items with their numbers.

    A key counts only if each of its numbers stands once among the questions since the last key.
    """
    questions: list[_Numbered] = []
    for block, following in pairwise(blocks):
        questions.extend(_numbered(block, lines))
        if not _is_title(block):
            continue
        answers = list(_numbered(following, lines))
        counts = Counter(question.number for question in questions)
        if len(answers) >= _FEWEST and all(counts[answer.number] == 1 for answer in answers):
            asked = {question.number: question.item for question in questions}
            pairs = (_candidate(asked[number], item) for number, item in answers)
            yield from (pair for pair in pairs if pair)
            questions = []


def _candidate(asked: ListItem, item: ListItem) -> Candidate | None:
    """The pair of two items: the first line asks, what stands below it is options; nothing without text."""
    first, *below = asked.blocks or (None,)
    if not isinstance(first, Paragraph) or not item.blocks:
        return None
    line, *options = split_lines(first)
    question = (line, *joined_lines(options), *below)
    made = ask("answer key", question, item.blocks, ("answer key",), "answer label", "number")
    return replace(made, span=asked.span, repeated=item.blocks if options or below else ())


def _numbered(block: AnyBlock, lines: Sequence[str]) -> Iterator[_Numbered]:
    for item in block.items if isinstance(block, List) and block.start is not None else ():
        if match := _NUMBER.match(lines[item.span.line - 1]):
            yield _Numbered(int(match["number"]), item)


def _is_title(block: AnyBlock) -> bool:
    """Whether a heading, or a paragraph of one line, says no more than that answers follow."""
    return isinstance(block, (Heading, Paragraph)) and bool(_TITLE.fullmatch(inline_text(block.content)))
