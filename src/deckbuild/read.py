"""The way of one document: decode and repair, syntax, extract, derive, ledger.

Pure but for `read`, which opens the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from deckbuild import syntax
from deckbuild.derive import derive
from deckbuild.diagnostics import Code
from deckbuild.extract.candidate import Candidate
from deckbuild.extract.choices import with_choices
from deckbuild.extract.choose import choose
from deckbuild.extract.cues import Judged, is_placeholder, judge, question
from deckbuild.extract.definitions import definition_lists, double_colons, parted_by_question_mark
from deckbuild.extract.details import details
from deckbuild.extract.labelled_lines import labelled_lines
from deckbuild.extract.records import records
from deckbuild.extract.shapes import candidates
from deckbuild.extract.tree import tree
from deckbuild.ledger import ledger
from deckbuild.model import Diagnostic, Document, Kind, Note, SourceSpan
from deckbuild.plain import one_line
from deckbuild.source import Source, load

LINE_SHAPES: tuple[Callable[[Sequence[str]], Iterator[Candidate]], ...] = (
    records,
    labelled_lines,
    details,
    definition_lists,
    double_colons,
    parted_by_question_mark,
)
"""Shapes made of lines, where Markdown would run together what belongs apart."""


def read(path: Path, name: str) -> Document:
    """The document in the file at `path`, called `name`. Raises `Failure` if the file holds no text."""
    return extract(load(path, name))


def extract(source: Source) -> Document:
    """The document that a source holds: its tree, its ledger, and what the user should know of it."""
    blocks = syntax.blocks(source.lines)
    proposed = [*candidates(blocks), *(c for shape in LINE_SHAPES for c in shape(source.lines))]
    chosen = choose(judge([with_choices(candidate) for candidate in proposed]))
    notes: list[Note] = []
    dropped: dict[SourceSpan, str] = {}
    problems: list[Diagnostic] = []
    for judged in chosen:
        refusal = _refusal(judged)
        if refusal is None:
            notes.append(_note(judged))
        else:
            span = judged.candidate.span
            asked = " ".join(question(judged.candidate).split())
            problems.append(refusal.at(source.name, span.line, question=asked))
            dropped[span] = refusal.slug
    root = tree(source.lines, blocks, notes)
    derived = derive(root)
    return Document(
        source=source.name,
        title=one_line(root.heading.content) if root.heading else "",
        digest=source.digest,
        root=root,
        ledger=ledger(source.lines, root, derived, dropped),
        derived=derived,
        diagnostics=(*source.diagnostics, *problems),
    )


def _refusal(judged: Judged) -> Code | None:
    if not judged.candidate.answer:
        return Code.UNANSWERED
    return Code.PLACEHOLDER if is_placeholder(judged.candidate) else None


def _note(judged: Judged) -> Note:
    candidate = judged.candidate
    return Note(
        kind=Kind.QA,
        question=candidate.question,
        answer=candidate.answer,
        span=candidate.span,
        shape=candidate.shape,
        cues=judged.cues,
        extras=dict(candidate.extras),
        tags=candidate.tags,
    )
