"""Labelled documents as what a fit needs: their patterns with evidence, and a grade for each note of them.

Documents come with `labels.json` and a grader that holds notes against lines: `judge` of `check/lines.py` below
`DECKBUILD_CORPUS`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from deckbuild.decode.source import Source, decode, load
from deckbuild.extract import marks
from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.page.page import page
from deckbuild.extract.patterns.patterns import patterns
from deckbuild.extract.patterns.sure_layouts import is_sure
from deckbuild.model import SourceSpan
from deckbuild.model.text import block_text
from deckbuild.syntax import markdown
from deckbuild.syntax.table_pipes import join_cells
from deckbuild.syntax.units import units

LONG = 350
"""Lines from which a document isn't repeated, to keep the fit quick."""

TWICE = 2
"""How often a text stands in one document, beside once: who copies twice has each question twice."""

Label = dict[str, Any]
Record = dict[str, Any]

NOT_EXACT = 0.3
"""What a note is worth that begins right and is cut or swollen."""


@dataclass(frozen=True)
class Graded:
    """A note of a pattern: its lines, the number of the pair it answers (-1 for none), and what it is worth, 0 to 1.

    What labels call optional doesn't count.
    """

    span: SourceSpan
    pair: int
    worth: float
    counts: bool = True


@dataclass(frozen=True)
class Proposed:
    """A pattern of a document without the document: all that `choose` asks for, and the grades of its notes.

    `records` are the lines that its records begin on; `sure` says that its layout leaves no doubt.
    """

    kind: str
    name: str
    features: dict[str, float]
    notes: tuple[Graded, ...]
    keys: frozenset[int]
    by_cue: bool
    records: tuple[int, ...] = ()
    sure: bool = False

    @property
    def heads(self) -> set[int]:
        """The lines that its records begin on."""
        return set(self.records)


@dataclass(frozen=True)
class Sample:
    """A labelled document of a group: the number of its pairs, and all patterns; lines `taken` are no pattern's."""

    name: str
    group: str
    pairs: int
    proposed: tuple[Proposed, ...]
    taken: frozenset[int]


Grades = Callable[[Sequence[Candidate]], tuple[Graded, ...]]


def labelled(group: str, folder: Path, docs: Path, check: Path, twice: bool = False) -> Iterator[Sample]:
    """The documents of `labels.json` in a folder, which lie in `docs`, graded by `lines.py` in `check`.

    With `twice`, each short one comes once more with its text standing twice in it.
    """
    if str(check) not in sys.path:
        sys.path.insert(0, str(check))
    grader = import_module("lines")
    labels = msgspec.json.decode((folder / "labels.json").read_bytes(), type=dict[str, Label])
    for name, label in labels.items():
        path = docs / label["doc"]
        if path.exists():
            lines = grader.lines_of(path, label.get("encoding"))
            yield sampled(
                name, group, load(path, label["doc"]), len(label["pairs"]), _by_lines(grader, lines, label)
            )
            if twice and path.suffix in (".md", ".txt") and len(lines) < LONG:
                text, told = _twice(lines, label)
                yield sampled(
                    f"{name} × {TWICE}",
                    "twice",
                    decode(text.encode(), label["doc"]),
                    len(told["pairs"]),
                    _by_lines(grader, text.split("\n"), told),
                )


_LINES = ("q", "a", "more", "opt", "tail", "q_lines", "q_text", "alt_start", "alt_end")
"""Fields of a labelled pair that hold numbers of lines."""


def _twice(lines: Sequence[str], label: Label) -> tuple[str, Label]:
    """A text that stands twice in one document, and its labels."""
    whole = "\n".join(lines).rstrip("\n") + "\n\n"
    length = whole.count("\n")
    pairs = [{k: _moved(v, length) if k in _LINES else v for k, v in pair.items()} for pair in label["pairs"]]
    rest = {
        name: [*label.get(name, ()), *_moved(label.get(name, []), length)]
        for name in ("unanswered", "optional")
    }
    return whole * TWICE, {**label, "pairs": [*label["pairs"], *pairs], **rest}


def _moved(lines: Any, by: int) -> Any:
    return lines + by if isinstance(lines, int) else [_moved(line, by) for line in lines]


def without_notes(group: str, folder: Path) -> Iterator[Sample]:
    """The documents of a folder that hold no notes."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        yield sampled(path.name, group, load(path, path.name), 0, all_wrong)


def all_wrong(notes: Sequence[Candidate]) -> tuple[Graded, ...]:
    """The grades of notes in a document that holds none."""
    return tuple(Graded(note.span, -1, 0.0) for note in notes)


def _by_lines(grader: ModuleType, lines: Any, label: Label) -> Grades:
    def grades(notes: Sequence[Candidate]) -> tuple[Graded, ...]:
        records = list(map(listed, notes))
        pairs, false = grader.judge(lines, label, records)
        wrong = {id(record) for record in false}
        told = {place: (pair, grade) for pair, (grade, _, place) in pairs.items()}
        result = []
        for place, note in enumerate(notes):
            pair, grade = told.get(place, (-1, "missed"))
            worth = {"exact": 1.0, "start": NOT_EXACT}.get(grade, 0.0)
            result.append(Graded(note.span, pair, worth, pair >= 0 or id(records[place]) in wrong))
        return tuple(result)

    return grades


def sampled(name: str, group: str, source: Source, pairs: int, grades: Grades) -> Sample:
    """A document of a group with its patterns, their notes graded."""
    unmarked, _ = marks.take_marks(source.lines)
    lines, *_ = join_cells(unmarked)
    blocks = markdown.blocks(lines)
    seen = page(Path(source.name).stem, units(lines, blocks))
    proposed = tuple(
        Proposed(
            p.kind,
            p.name,
            dict(p.features),
            grades(p.notes),
            p.keys,
            p.by_cue,
            tuple(seen.units[record.at].line for record in p.records),
            is_sure(p),
        )
        for p in patterns(seen, blocks)
        if p.notes
    )
    return Sample(name, group, pairs, proposed, seen.clozes)


def listed(note: Candidate) -> Record:
    """A candidate as `deckbuild list` shows notes."""
    return {
        "kind": "qa",
        "question": " ".join(block_text(note.question).split()),
        "answer": block_text(note.answer),
        "line": note.question[0].span.line if note.question else note.span.line,
        "extras": dict(note.extras),
    }
