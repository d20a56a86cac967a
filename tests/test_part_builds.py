"""Builds of a part of a collection, between builds of the whole: what was moved keeps its cards.

The learner imports what each build wrote and has reviewed all that there was at first.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckbuild.cli import cli
from deckbuild.collection.settings import LOCK
from deckbuild.identity import lock as locks

pytest.importorskip("anki")

from anki_client import AnkiClient, anki_client

DAY = 86_400
ALGEBRA = [
    ("What does a group need besides its operation?", "A neutral element, and an inverse for each element."),
    ("When is a matrix invertible?", "When its determinant differs from zero."),
    ("What is the kernel of a linear map?", "All vectors that it sends to zero."),
    ("Which degree has a constant polynomial?", "Degree zero, unless it is the zero polynomial."),
]
WAVES = [
    ("Why does a guitar string sound higher when it is shortened?", "Its standing wave becomes shorter too."),
    ("What carries sound through air?", "Small changes of pressure from one layer to the next."),
    ("Which colour is bent most by a prism?", "Violet, as glass slows short waves most."),
    ("What do two waves do where they meet?", "Their heights add up, and they go on unchanged."),
]
Pairs = list[tuple[str, str]]


class Course:
    """A collection with a folder for each subject, and the learner who imports its packages."""

    def __init__(self, root: Path, anki: AnkiClient) -> None:
        self.root, self.anki = root, anki
        self.now = 1_700_000_000
        self.write("maths/algebra.md", ALGEBRA)
        self.write("physics/waves.md", WAVES)
        self.build()
        anki.review_any(100)
        self.first = self.guids()
        self.schedule = {row[0]: row for row in anki.schedule()}
        assert len(self.first) == 8

    def write(self, name: str, pairs: Pairs) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Part\n\n" + "".join(f"## {asked}\n\n{answer}\n\n" for asked, answer in pairs))

    def build(self, part: str = "") -> None:
        self.now += DAY
        out = self.root.parent / "out"
        arguments = ["build", str(self.root / part), "-o", str(out), "--only", "deck"]
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", str(self.now))
            result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, result.output
        newest = max(out.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        self.anki.import_package(newest.read_bytes())

    def guids(self) -> dict[str, str]:
        """The living notes of the lock by their question."""
        lock = locks.load(self.root / LOCK)
        assert lock
        return {record.question: record.guid for record in lock.notes if not record.removed}


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Course]:
    root = tmp_path / "course"
    root.mkdir()
    with anki_client(tmp_path) as anki:
        course = Course(root, anki)
        yield course
        kept = {row[0]: row for row in anki.schedule()}
        assert {guid: kept[guid] for guid in course.schedule} == course.schedule
        assert anki.faults() == []


def move_the_file(course: Course) -> None:
    (course.root / "maths/algebra.md").rename(course.root / "physics/algebra.md")


def move_half_of_it(course: Course) -> None:
    course.write("maths/algebra.md", ALGEBRA[:2])
    course.write("physics/vectors.md", ALGEBRA[2:])


def move_half_into_the_other(course: Course) -> None:
    course.write("maths/algebra.md", ALGEBRA[:2])
    course.write("physics/waves.md", [*WAVES, *ALGEBRA[2:]])


def move_and_edit(course: Course) -> None:
    (course.root / "maths/algebra.md").unlink()
    edited = [(asked, f"{answer} This was shown in the lecture.") for asked, answer in ALGEBRA[1:]]
    course.write("physics/algebra.md", [ALGEBRA[0], *edited])


MOVES = [move_the_file, move_half_of_it, move_half_into_the_other, move_and_edit]


@pytest.mark.parametrize("parts", [["physics"], ["maths"], ["physics", "maths"], ["maths", "physics"]])
@pytest.mark.parametrize("move", MOVES)
def test_what_was_moved_keeps_its_cards_whichever_part_is_built_first(
    course: Course, move: object, parts: list[str]
) -> None:
    assert callable(move)
    move(course)
    for part in parts:
        if any((course.root / part).iterdir()):
            course.build(part)
            assert course.guids() == course.first
    course.build()
    assert course.guids() == course.first
    assert len(course.anki.guids()) == 8


def test_a_file_that_is_gone_gives_its_notes_to_several_parts(course: Course) -> None:
    (course.root / "maths/algebra.md").unlink()
    course.write("physics/vectors.md", ALGEBRA[:2])
    course.write("maths/numbers.md", ALGEBRA[2:])
    course.build("physics/vectors.md")
    course.build("maths/numbers.md")
    assert course.guids() == course.first


def test_what_was_removed_counts_as_removed_in_its_part_alone(course: Course) -> None:
    course.write("maths/algebra.md", ALGEBRA[:3])
    course.write("physics/waves.md", WAVES[:3])
    course.build("maths")
    assert course.first.keys() - course.guids().keys() == {ALGEBRA[3][0].lower().rstrip("?")}
    course.build()
    assert len(course.guids()) == 6


def test_a_copy_in_another_part_is_a_note_of_its_own(course: Course) -> None:
    course.write("physics/copies.md", ALGEBRA[:2])
    course.build("physics")
    lock = locks.load(course.root / LOCK)
    assert lock
    assert sum(not record.removed for record in lock.notes) == 10
    course.build()
    assert len(course.anki.guids()) == 10
