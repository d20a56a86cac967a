"""Documents of our own for a fit: fixtures and examples, which say where notes stand, random layouts and texts.

These grade themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from conftest import read_cases
from deckbuild.decode.source import decode
from deckbuild.extract.notes.candidate import Candidate
from fitting.labelled import NOT_EXACT, TWICE, Graded, Grades, Sample, all_wrong, listed, sampled
from layouts import negatives
from layouts.grade import Grade, graded
from layouts.sample import documents

CASES = ("shapes.md", "layouts.md", "choices.md", "run_on.md", "derive.md")
"""Fixtures that say on which lines each note stands."""

NEAR = 0.9
"""What a note of a random layout is worth whose question keeps a mark."""


def fixtures() -> Iterator[Sample]:
    """The cases of our own fixtures, which say on which lines each note stands."""
    for case in (case for name in CASES for case in read_cases(name)):
        told = (
            re.match(r"(\d+)(?:-(\d+))? (?!row|formula|cloze)", line) for line in case.expected.splitlines()
        )
        spans = [(int(found[1]), int(found[2] or 0)) for found in told if found]
        for times in (1, TWICE):
            yield _repeated(case.title, case.text, spans, times)


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
            yield _repeated(path.stem, path.read_text("utf-8"), spans, times)


def _repeated(name: str, text: str, spans: Sequence[tuple[int, int]], times: int) -> Sample:
    """A document whose text stands in it several times, with all its notes."""
    whole = f"{text.rstrip()}\n\n"
    length = whole.count("\n")
    moved = [(a + n * length, b and b + n * length) for n in range(times) for a, b in spans]
    source = decode((whole * times if times > 1 else text).encode(), "document.md")
    return sampled(
        f"{name} × {times}", "fixtures" if times == 1 else "twice", source, len(moved), _by_spans(moved)
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
            records = list(map(listed, notes))
            told = {id(r): (n, g) for n, (_, g, r) in enumerate(graded(document, records).notes) if r}
            worth = {Grade.EXACT: 1.0, Grade.NEAR: NEAR, Grade.OFF: 0.2, Grade.MISSED: 0.0}
            found = [told.get(id(record), (-1, Grade.MISSED)) for record in records]
            return tuple(
                Graded(note.span, pair, worth[grade])
                for note, (pair, grade) in zip(notes, found, strict=True)
            )

        source = decode(document.text.encode(), f"document{document.suffix}")
        yield sampled(f"seed {seed}", "random", source, len(document.notes), grades)


def random_texts(seeds: range) -> Iterator[Sample]:
    """Random texts that hold no notes."""
    for seed in seeds:
        document = negatives.documents(seed)
        source = decode(document.text.encode(), f"document{document.suffix}")
        yield sampled(f"text {seed}", "random texts", source, 0, all_wrong)
