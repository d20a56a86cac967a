"""What was found, held against what a document holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct

from layouts.pieces import Expected
from layouts.sample import Document

Record = dict[str, Any]

MARKS = re.compile(
    r"^\s*(?:[-*+•]|>|\d{1,2}[.)])(?=\s)|^\s*```\w*$|^[\s|:-]*-[\s|:-]*$|[*_`|\s]|</?\w+>", re.MULTILINE
)
"""Marks of Markdown, and white space: what may differ between an answer as written and as listed."""

LETTER = re.compile(r"^[(\[]?\w{1,3}[).\]:–-]{1,2}\s*|^\w\s[-–]\s")
"""The letter or number of an option."""


LETTER_AT_END = re.compile(r"(?:\[[ xX]?\])?[(\[]?\w{0,3}[).\]:–-]{0,2}$")
"""The letter of the first option behind a question whose white space is gone."""

NUMBER_COLUMN = re.compile(r"[:：]*(?:\d{1,3})?[:：]*")
"""What an answer still has of an index column."""


LONGEST_MARK = 24
"""Letters of the longest number, label or mark that a question may still have to be near."""


class Grade(StrEnum):
    """How well a note was found."""

    EXACT = "exact"
    NEAR = "near"
    """The question still has its number, label or a mark, or the answer a title, source or verdict."""
    OFF = "off"
    """A note stands at its place, with another question or answer."""
    MISSED = "missed"


ORDER = tuple(Grade)
"""From the best to the worst."""


class Graded(Struct, frozen=True):
    """The grade of each expected note with the record that earned it, and the records nobody expects."""

    notes: tuple[tuple[Expected, Grade, Record | None], ...]
    false: tuple[Record, ...]


def bare(text: str) -> str:
    """A text without marks and white space."""
    return MARKS.sub("", text)


def graded(document: Document, found: Sequence[Record]) -> Graded:
    """The grades of the notes of a document. Each record counts once; the one that fits best is taken."""
    left = list(found)
    notes: list[tuple[Expected, Grade, Record | None]] = []
    for note in document.notes:
        here = [record for record in left if note.first <= record["line"] <= note.last]
        grades = [(grade(note, record), place) for place, record in enumerate(here)]
        best, place = min(grades, key=lambda pair: ORDER.index(pair[0]), default=(Grade.MISSED, -1))
        record = here[place] if place >= 0 else None
        if record:
            left.remove(record)
        notes.append((note, best, record))
    return Graded(tuple(notes), tuple(record for record in left if not _derived(document, record)))


def _derived(document: Document, record: Record) -> bool:
    """Whether a record is a row or a formula out of an answer, or a reference table of a text."""
    return record["kind"] not in ("qa", "cloze")


def grade(note: Expected, record: Record) -> Grade:
    """How well a record that stands at the place of a note asks and answers it."""
    asked, told = bare(record["question"]), bare(record["answer"])
    question = bare(note.question)
    if note.options:
        answered = _chooses(note, record)
        asked = asked[: asked.find(bare(note.options[0]))] if bare(note.options[0]) in asked else asked
        asked = asked if asked.endswith(tuple(map(bare, note.marks))) else LETTER_AT_END.sub("", asked)
    else:
        answered = _answers(note, told)
    added = _added(question, asked)
    if not answered or added is None or (note.secret and note.secret in record["question"]):
        return Grade.OFF
    if answered is Grade.EXACT and added in ("", *map(bare, note.marks)):
        return Grade.EXACT
    return Grade.NEAR if len(added) <= LONGEST_MARK else Grade.OFF


def _added(text: str, longer: str) -> str | None:
    """What a text holds more than another at one place, None where it holds other things."""
    pairs = enumerate(zip(text, longer, strict=False))
    alike = next((place for place, (a, b) in pairs if a != b), len(text))
    rest = text[alike:]
    if len(longer) < len(text) or not longer.endswith(rest):
        return None
    return longer[alike : len(longer) - len(rest)]


def _answers(note: Expected, told: str) -> Grade | None:
    """Whether the answer is the expected one; what stands in other columns of its row may follow."""
    answer = bare(note.answer)
    if told == answer:
        return Grade.EXACT
    if told == answer + bare(note.behind):
        return Grade.NEAR
    before, found, after = told.partition(answer)
    if not found or not note.titles:
        return None
    rest = before + after
    for text in note.beside:
        rest = rest.replace(bare(text), "", 1)
    if not rest.strip(":：") and not before:
        return Grade.EXACT
    for text in note.titles:
        rest = rest.replace(bare(text), "", 1)
    return Grade.NEAR if NUMBER_COLUMN.fullmatch(rest) else None


def _chooses(note: Expected, record: Record) -> Grade | None:
    """The right options are told and no other, all options are in sight of the question."""
    options = [bare(option) for option in note.options]
    right = [bare(option) for option in note.answer.split("\n")]
    extras = "".join(bare(str(value)) for value in record["extras"].values())
    shown = bare(record["question"]) + extras
    told = [bare(line) for line in record["answer"].split("\n")]
    told += [bare(LETTER.sub("", line.lstrip("*_ >-"), count=1)) for line in record["answer"].split("\n")]
    wrong = [option for option in options if not any(option in text for text in right)]
    if not all(option in shown for option in options):
        return None
    if any(line.startswith(option) for option in wrong for line in told):
        return None
    if all(option in told for option in right):
        return Grade.EXACT
    named = all(any(line.startswith(option) for line in told) for option in right)
    return Grade.NEAR if named else None
