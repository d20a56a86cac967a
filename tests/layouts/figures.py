"""Figures of many documents: how many notes of each layout are found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from layouts.grade import Grade, Graded, graded
from layouts.reading import records
from layouts.sample import Document

FALSE = "false"

Table = dict[tuple[str, str], Counter[str]]
"""The grades of the notes at each value of each dimension, and the false notes there."""


def graded_documents(
    make: Callable[[int], Document], seeds: Iterable[int]
) -> Iterator[tuple[int, Document, Graded]]:
    """Write, read and grade the documents of some seeds."""
    for seed in seeds:
        document = make(seed)
        yield seed, document, graded(document, records(document.text, document.suffix))


def add(table: Table, document: Document, result: Graded) -> None:
    """Count the notes of a document at all values of its dimensions, and in all (`all`, ``)."""
    for note, grade, _ in result.notes:
        at = document.layout_at(note.first)
        for dimension in (("all", ""), ("answer", note.kind), *at.items()):
            table[dimension][grade] += 1
    for record in result.false:
        for dimension in (("all", ""), *document.layout_at(record["line"]).items()):
            table[dimension][FALSE] += 1


def table_of(make: Callable[[int], Document], seeds: Iterable[int]) -> Table:
    """The figures of the documents of some seeds."""
    table: Table = defaultdict(Counter)
    for _, document, result in graded_documents(make, seeds):
        add(table, document, result)
    return table


def notes(grades: Counter[str]) -> int:
    """How many notes there are."""
    return sum(grades[grade] for grade in Grade)


def share(grades: Counter[str]) -> float:
    """The share of notes that are exact; 1 where there are none."""
    return grades[Grade.EXACT] / notes(grades) if notes(grades) else 1.0


def precision(grades: Counter[str]) -> float:
    """The share of what was found that is exact; 1 where nothing was."""
    made = notes(grades) - grades[Grade.MISSED] + grades[FALSE]
    return grades[Grade.EXACT] / made if made else 1.0


def row(name: str, grades: Counter[str]) -> str:
    """Figures as one line: the share of exact notes, the name, and how many there are of each grade."""
    return (
        f"{share(grades):6.1%}  {name:44.44} {notes(grades):6} notes  {grades[Grade.NEAR]:5} near "
        f"{grades[Grade.OFF]:5} off {grades[Grade.MISSED]:6} missed {grades[FALSE]:5} false"
    )
