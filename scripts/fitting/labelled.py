"""Labelled documents as what a fit needs: their patterns with evidence, and a grade for each note of them.

Documents come with `labels.json` and a grader that holds notes against lines: `judge` of `check/lines.py` below
`DECKBUILD_CORPUS`. Random layouts and texts without notes grade themselves.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from conftest import read_cases
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
from layouts import negatives
from layouts.grade import Grade, graded
from layouts.sample import documents

CASES = ("shapes.md", "layouts.md", "choices.md", "run_on.md", "derive.md")
"""Fixtures that say on which lines each note stands."""

LONG = 350
"""Lines from which a document isn't repeated, to keep the fit quick."""

TWICE = 2
"""How often a text stands in one document, beside once: who copies twice has each question twice."""

Label = dict[str, Any]
Record = dict[str, Any]

NOT_EXACT = 0.3
"""What a note is worth that begins right and is cut or swollen."""

NEAR = 0.9
"""… of a random layout whose question keeps a mark."""


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
            yield _sample(
                name, group, load(path, label["doc"]), len(label["pairs"]), _by_lines(grader, lines, label)
            )
            if twice and path.suffix in (".md", ".txt") and len(lines) < LONG:
                text, told = _twice(lines, label)
                yield _sample(
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
        yield _sample(path.name, group, load(path, path.name), 0, _wrong)


def fixtures() -> Iterator[Sample]:
    """The cases of our own fixtures, which say on which lines each note stands."""
    for case in (case for name in CASES for case in read_cases(name)):
        told = (
            re.match(r"(\d+)(?:-(\d+))? (?!row|formula|cloze)", line) for line in case.expected.splitlines()
        )
        spans = [(int(found[1]), int(found[2] or 0)) for found in told if found]
        for times in (1, TWICE):
            yield _repeated(case.title, "fixtures", case.text, spans, times)


def examples(sources: Path, golden: Path) -> Iterator[Sample]:
    """Our own documents, as their accepted readings say on which lines each note stands."""
    for path in sorted(sources.glob("*.*")):
        reading = golden / f"{path.stem}.txt"
        if not reading.exists():
            continue
        claims = re.findall(r"^ *(\d+)-(\d+) +note +note:(\d+)\.", reading.read_text("utf-8"), re.MULTILINE)
        lines: dict[str, list[int]] = {}
        for first, last, note in claims:
            lines.setdefault(note, []).extend((int(first), int(last)))
        spans = [(min(found), max(found)) for found in lines.values()]
        for times in (1, TWICE):
            yield _repeated(path.stem, "fixtures", path.read_text("utf-8"), spans, times)


def _repeated(name: str, group: str, text: str, spans: Sequence[tuple[int, int]], times: int) -> Sample:
    """A document whose text stands in it several times, with all its notes."""
    whole = f"{text.rstrip()}\n\n"
    length = whole.count("\n")
    moved = [(a + n * length, b and b + n * length) for n in range(times) for a, b in spans]
    source = decode((whole * times if times > 1 else text).encode(), "document.md")
    return _sample(
        f"{name} × {times}", group if times == 1 else "twice", source, len(moved), _by_spans(moved)
    )


def _by_spans(spans: Sequence[tuple[int, int]]) -> Grades:
    """By first and last lines; a last one of 0 is not told."""
    starts = {first: pair for pair, (first, _) in enumerate(spans)}

    def grades(notes: Sequence[Candidate]) -> tuple[Graded, ...]:
        return tuple(
            Graded(n.span, pair, 1.0 if spans[pair][1] in (0, n.span.end_line) else NOT_EXACT)
            if (pair := starts.get(n.span.line, -1)) >= 0
            else Graded(n.span, -1, 0.0)
            for n in notes
        )

    return grades


def random_layouts(seeds: range) -> Iterator[Sample]:
    """Documents in random layouts."""
    for seed in seeds:
        document = documents(seed)

        def grades(notes: Sequence[Candidate], document: Any = document) -> tuple[Graded, ...]:
            records = list(map(_record, notes))
            told = {id(r): (n, g) for n, (_, g, r) in enumerate(graded(document, records).notes) if r}
            worth = {Grade.EXACT: 1.0, Grade.NEAR: NEAR, Grade.OFF: 0.2, Grade.MISSED: 0.0}
            found = [told.get(id(record), (-1, Grade.MISSED)) for record in records]
            return tuple(
                Graded(note.span, pair, worth[grade])
                for note, (pair, grade) in zip(notes, found, strict=True)
            )

        source = decode(document.text.encode(), f"document{document.suffix}")
        yield _sample(f"seed {seed}", "random", source, len(document.notes), grades)


def random_texts(seeds: range) -> Iterator[Sample]:
    """Random texts that hold no notes."""
    for seed in seeds:
        document = negatives.documents(seed)
        source = decode(document.text.encode(), f"document{document.suffix}")
        yield _sample(f"text {seed}", "random texts", source, 0, _wrong)


def _wrong(notes: Sequence[Candidate]) -> tuple[Graded, ...]:
    return tuple(Graded(note.span, -1, 0.0) for note in notes)


def _by_lines(grader: ModuleType, lines: Any, label: Label) -> Grades:
    def grades(notes: Sequence[Candidate]) -> tuple[Graded, ...]:
        records = list(map(_record, notes))
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


def _sample(name: str, group: str, source: Source, pairs: int, grades: Grades) -> Sample:
    unmarked, _ = marks.take_marks(source.lines)
    lines, _ = join_cells(unmarked)
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


def _record(note: Candidate) -> Record:
    """A candidate as `deckbuild list` shows notes."""
    return {
        "kind": "qa",
        "question": " ".join(block_text(note.question).split()),
        "answer": block_text(note.answer),
        "line": note.question[0].span.line if note.question else note.span.line,
        "extras": dict(note.extras),
    }
