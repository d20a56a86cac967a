"""All shapes asked: every candidate of a document, options moved to their questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from deckbuild.extract.answer_keys import answer_keys
from deckbuild.extract.candidate import Candidate
from deckbuild.extract.choices import with_choices
from deckbuild.extract.definitions import definition_lists, double_colons, parted_by_question_mark
from deckbuild.extract.details import details
from deckbuild.extract.labelled_lines import labelled_lines
from deckbuild.extract.records import records
from deckbuild.extract.shapes import candidates
from deckbuild.model import Blocks

LINE_SHAPES: tuple[Callable[[Sequence[str]], Iterator[Candidate]], ...] = (
    records,
    labelled_lines,
    details,
    definition_lists,
    double_colons,
    parted_by_question_mark,
)
"""Shapes made of lines, where Markdown would run together what belongs apart."""


def propose(lines: Sequence[str], blocks: Blocks) -> list[Candidate]:
    """What any shape sees in the lines of a document or in its blocks."""
    by_lines = (candidate for shape in LINE_SHAPES for candidate in shape(lines))
    found = (*candidates(blocks), *by_lines, *answer_keys(lines, blocks))
    return [with_choices(candidate) for candidate in found]
