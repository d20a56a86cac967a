"""Labelled documents as what a fit needs: their patterns with evidence, and a grade for each note of them.

A folder of documents comes with `labels.json` and its own grader: `judge` of `check/lines.py` below
`DECKBUILD_CORPUS`, which holds notes against lines.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from deckbuild.decode.source import Source, decode, load
from deckbuild.extract import marks
from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.page.page import page
from deckbuild.extract.patterns.patterns import Pattern, patterns
from deckbuild.model.text import block_text
from deckbuild.syntax import markdown
from deckbuild.syntax.latex_rules import join_cells
from deckbuild.syntax.units import units

Label = dict[str, Any]


@dataclass(frozen=True)
class Graded:
    """A note of a pattern: the number of the pair it answers (-1 for none), and how well, 0 to 1."""

    first: int
    last: int
    pair: int
    worth: float
    counts: bool
    """Whether it counts at all: what labels call optional is neither right nor false."""


@dataclass(frozen=True)
class Proposed:
    """A pattern of a document without the document."""

    kind: str
    name: str
    features: dict[str, float]
    notes: tuple[Graded, ...]
    keys: frozenset[int]
    by_cue: bool


@dataclass(frozen=True)
class Sample:
    """A labelled document: the number of its pairs, and all that could be notes. `clozes` are lines that are taken."""

    name: str
    group: str
    pairs: int
    proposed: tuple[Proposed, ...]
    taken: frozenset[int]


def samples(group: str, labels: Path, docs: Path, check: Path) -> Iterator[Sample]:
    """The documents of `labels`, which lie in `docs`, graded by `lines.py` in `check`."""
    sys.path.insert(0, str(check)) if str(check) not in sys.path else None
    grader = import_module("lines")
    for name, label in msgspec.json.decode(labels.read_bytes(), type=dict[str, Label]).items():
        path = docs / label["doc"]
        if not path.exists():
            continue
        lines = grader.lines_of(path, label.get("encoding"))

        def grades(
            notes: Sequence[Candidate], lines: Any = lines, label: Label = label
        ) -> tuple[Graded, ...]:
            records = [_record(note) for note in notes]
            found, false = grader.judge(lines, label, records)
            wrong = {id(record) for record in false}
            by_note = {place: (pair, grade) for pair, (grade, _, place) in found.items()}
            result = []
            for place, note in enumerate(notes):
                pair, grade = by_note.get(place, (-1, "missed"))
                counts = pair >= 0 or id(records[place]) in wrong
                worth = {"exact": 1.0, "start": 0.3}.get(grade, 0.0)
                result.append(Graded(note.span.line, note.span.end_line, pair, worth, counts))
            return tuple(result)

        yield sample(name, group, load(path, label["doc"]), len(label["pairs"]), grades)


def sample(name: str, group: str, source: Source, pairs: int, grades: Any) -> Sample:
    """One document whose notes the function `grades` judges."""
    unmarked, _ = marks.take_marks(source.lines)
    lines, _ = join_cells(unmarked)
    blocks = markdown.blocks(lines)
    seen = page(Path(source.name).stem, units(lines, blocks))
    return Sample(
        name,
        group,
        pairs,
        tuple(_proposed(pattern, grades(pattern.notes)) for pattern in patterns(seen, blocks)),
        frozenset(seen.clozes),
    )


def text_sample(name: str, group: str, text: str, suffix: str, pairs: int, grades: Any) -> Sample:
    """A document that is a text."""
    return sample(name, group, decode(text.encode(), f"document{suffix}"), pairs, grades)


def _proposed(pattern: Pattern, notes: tuple[Graded, ...]) -> Proposed:
    return Proposed(pattern.kind, pattern.name, dict(pattern.features), notes, pattern.keys, pattern.by_cue)


def _record(note: Candidate) -> dict[str, Any]:
    """A candidate as `deckbuild list` shows notes."""
    return {
        "kind": "qa",
        "question": " ".join(block_text(note.question).split()),
        "answer": block_text(note.answer),
        "line": note.question[0].span.line if note.question else note.span.line,
        "extras": dict(note.extras),
    }
