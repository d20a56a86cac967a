"""Notes that ask the same, from build to build, as a learner with the real Anki meets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckbuild.cli import cli
from deckbuild.collection.settings import LOCK
from deckbuild.identity import lock as locks
from deckbuild.identity.lock import NoteRecord

pytest.importorskip("anki")

from anki_client import AnkiClient, anki_client

DAY = 86_400
FILLER = [
    ("Which metal melts in the hand?", "Gallium."),
    ("How long is a light year?", "About nine trillion kilometres."),
    ("Who composed The Rite of Spring?", "Igor Stravinsky."),
]
SHORT = ("What is osmosis?", "Water moves through a membrane.")
LONG = (
    "Explain the concept of osmosis.",
    "Water moves through a membrane towards the side with more solutes, until both sides hold as much.",
)
Pairs = list[tuple[str, str]]


class Course:
    """A collection in a folder, and the learner who imports what each build wrote."""

    def __init__(self, root: Path, anki: AnkiClient) -> None:
        self.root, self.anki = root, anki
        self.now = 1_700_000_000
        self.told = ""

    def write(self, name: str, pairs: Pairs) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Part\n\n" + "".join(f"## {asked}\n\n{answer}\n\n" for asked, answer in pairs))

    def run(self, *arguments: str) -> str:
        self.now += DAY
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", str(self.now))
            result = CliRunner().invoke(cli, [*arguments])
        assert result.exit_code == 0, result.output
        return result.output

    def build(self, part: str = "", *options: str) -> dict[str, int]:
        out = self.root.parent / "out"
        self.told = self.run("build", str(self.root / part), "-o", str(out), "--only", "deck", *options)
        (package,) = out.glob("*.apkg")
        found = self.anki.import_package(package.read_bytes())
        package.unlink()
        return found

    def record(self, asked: str) -> NoteRecord:
        lock = locks.load(self.root / LOCK)
        assert lock
        (found,) = (r for r in lock.notes if r.question and asked.casefold().rstrip("?.") in r.question)
        return found

    def note(self, asked: str) -> dict[str, str]:
        return self.anki.note(self.record(asked).guid)


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Course]:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "deckbuild.toml").write_text('sources = ["."]\n')
    with anki_client(tmp_path) as anki:
        yield Course(tmp_path / "course", anki)


@pytest.fixture
def joined(course: Course) -> Course:
    """The short answer was learnt first; the long one came later and was joined to its card."""
    course.write("a.md", [SHORT, *FILLER[:2]])
    course.build()
    course.anki.review_any(100)
    course.write("b/b.md", [LONG, *FILLER[2:]])
    assert course.build() == {"new": 1, "updated": 1, "duplicate": 2}
    return course


def test_new_notes_that_ask_the_same_are_one_card_with_the_fullest_answer(course: Course) -> None:
    course.write("a.md", [SHORT, *FILLER[:2]])
    course.write("b.md", [LONG, *FILLER[2:]])
    assert course.build() == {"new": 4}
    card = course.note("Explain the concept of osmosis.")
    assert "solutes" in card["Answer"]
    assert "What is osmosis?" in card["Others"]
    assert "Water moves through a membrane.</p>" in card["Others"]
    assert course.record("What is osmosis?").joined == course.record("Explain the concept").guid
    assert "1 note joined to 1 card" in course.told
    assert course.build() == {"duplicate": 4}
    assert "0 added" not in course.told


def test_a_card_that_was_learnt_stands_for_what_comes_later(joined: Course) -> None:
    card = joined.note("What is osmosis?")
    assert "solutes" in card["Answer"]
    assert "Explain the concept of osmosis." in card["Others"]
    assert "Water moves through a membrane.</p>" in card["Others"]
    assert not joined.anki.faults()


def test_the_schedule_stays_and_both_come_apart_when_one_asks_something_else(joined: Course) -> None:
    was, schedule = joined.record("Explain the concept"), joined.anki.schedule()
    joined.write("b/b.md", [("How is osmosis measured?", LONG[1]), *FILLER[2:]])
    assert joined.build() == {"new": 1, "updated": 1, "duplicate": 3}
    now = joined.record("How is osmosis measured")
    assert (now.guid, now.joined) == (was.guid, "")
    assert joined.note("What is osmosis?")["Others"] == ""
    assert joined.note("What is osmosis?")["Answer"] == "<p>Water moves through a membrane.</p>"
    assert [row for row in joined.anki.schedule() if row[0] != now.guid] == schedule


def test_a_changed_answer_of_a_joined_note_updates_the_card_that_stands_for_it(joined: Course) -> None:
    joined.write("b/b.md", [(LONG[0], f"{LONG[1]} Plants drink that way."), *FILLER[2:]])
    assert joined.build() == {"updated": 1, "duplicate": 3}
    assert "Plants drink" in joined.note("What is osmosis?")["Answer"]


def test_without_the_note_of_its_card_another_goes_on_as_that_card(joined: Course) -> None:
    was = joined.record("Explain the concept")
    joined.write("a.md", FILLER[:2])
    assert joined.build("", "--accept-removals") == {"updated": 1, "duplicate": 3}
    now = joined.record("Explain the concept")
    assert (now.guid, now.joined) == (was.joined, "")
    assert "0 removed" in joined.told


def test_one_of_two_equal_notes_may_be_deleted(course: Course) -> None:
    course.write("a.md", [SHORT, *FILLER[:2]])
    course.write("b/b.md", [SHORT, *FILLER[2:]])
    course.build()
    for name, pairs in (("a.md", FILLER[:2]), ("a.md", [SHORT, *FILLER[:2]]), ("b/b.md", FILLER[2:])):
        course.write(name, pairs)
        assert "new" not in course.build("", "--accept-removals")
        assert "0 removed" in course.told


@pytest.mark.parametrize("name", ["a.md", "b/b.md"])
def test_one_of_two_equal_notes_may_be_deleted_and_the_other_reworded(name: str, course: Course) -> None:
    names = {"a.md": FILLER[:2], "b/b.md": FILLER[2:]}
    for one, pairs in names.items():
        course.write(one, [SHORT, *pairs])
    course.build()
    for one, pairs in names.items():
        course.write(one, [("What is meant by osmosis?", SHORT[1]), *pairs] if one == name else pairs)
    assert "new" not in course.build("", "--accept-removals")
    assert "0 removed" in course.told
    assert "meant" in course.note("What is meant by osmosis?")["Question"]


def test_a_joined_note_is_no_removal_and_its_own_removal_none_of_a_card(joined: Course) -> None:
    assert "0 removed" in joined.told
    joined.write("b/b.md", FILLER[2:])
    assert joined.build("", "--accept-removals") == {"updated": 1, "duplicate": 3}
    assert "0 removed" in joined.told


def test_builds_of_a_part_leave_joined_what_is_joined(joined: Course) -> None:
    assert joined.build("b") == {"duplicate": 1}
    assert joined.record("Explain the concept").joined
    assert joined.build("a.md") == {"duplicate": 3}
    assert "solutes" in joined.note("What is osmosis?")["Answer"]
    assert joined.build() == {"duplicate": 4}


def test_what_a_part_could_not_tell_comes_back_with_the_whole(joined: Course) -> None:
    joined.write("a.md", [(SHORT[0], "Water wanders through a membrane."), *FILLER[:2]])
    assert joined.build("a.md") == {"updated": 1, "duplicate": 2}
    assert joined.note("What is osmosis?")["Others"] == ""
    assert joined.build() == {"updated": 1, "duplicate": 3}
    assert "solutes" in joined.note("What is osmosis?")["Answer"]


def test_a_part_that_asks_something_else_comes_apart_with_the_whole(joined: Course) -> None:
    was = joined.record("Explain the concept")
    joined.write("a.md", [("How is osmosis shown?", SHORT[1]), *FILLER[:2]])
    joined.build("a.md")
    assert joined.build()["new"] == 1
    assert joined.record("Explain the concept").guid == was.guid
    assert not joined.record("Explain the concept").joined


def test_titles_of_joined_notes_reach_learners_by_refresh(joined: Course) -> None:
    path = joined.root / "b/b.md"
    path.write_text(path.read_text().replace("# Part", "# Cells"))
    assert joined.build() == {"duplicate": 4}
    assert joined.build("", "--refresh")["updated"] >= 2
    assert "Cells" in joined.note("What is osmosis?")["Source"]


@pytest.fixture
def apart(course: Course) -> Course:
    """Both were learnt before they were built together."""
    course.write("a.md", [SHORT, *FILLER[:2]])
    course.write("b/b.md", [LONG, *FILLER[2:]])
    course.build("a.md")
    course.build("b")
    course.anki.review_any(100)
    return course


def test_two_cards_that_were_learnt_are_joined_by_decision_only(apart: Course) -> None:
    assert apart.build() == {"duplicate": 5}
    assert "1 group, 1 of them undecided" in apart.run("duplicates", str(apart.root))
    schedule = apart.anki.schedule()
    short, long = apart.record("What is osmosis?"), apart.record("Explain the concept")
    apart.run("duplicates", str(apart.root), "--join", f"{apart.root / 'a.md'}:3", long.guid)
    assert apart.build() == {"updated": 1, "duplicate": 3}
    assert f'"ID:{long.guid}"' in apart.told
    assert "0 removed" in apart.told
    assert "solutes" in apart.note("What is osmosis?")["Answer"]
    assert apart.record("Explain the concept").joined == short.guid

    apart.run("duplicates", str(apart.root), "--keep", short.guid, long.guid)
    assert apart.build() == {"updated": 1, "duplicate": 4}
    assert apart.anki.schedule() == schedule
    assert "0 of them undecided" in apart.run("duplicates", str(apart.root))
    assert '"decided":["keep"]' in apart.run("list", str(apart.root), "--what", "duplicates", "--json")


def test_notes_that_the_author_keeps_apart_are_never_joined(joined: Course) -> None:
    joined.run("duplicates", str(joined.root), "--keep", "a.md:3", "b/b.md:3")
    assert joined.build() == {"new": 1, "updated": 1, "duplicate": 3}
    assert joined.note("What is osmosis?")["Others"] == ""


def test_decisions_about_notes_that_nobody_knows_are_refused(joined: Course) -> None:
    result = CliRunner().invoke(cli, ["duplicates", str(joined.root), "--join", "a.md:3", "a.md:4"])
    assert result.exit_code == 1
    assert "no-such-note" in result.output


def test_groups_stand_side_by_side_and_are_decided_one_by_one(apart: Course) -> None:
    shown = apart.run("duplicates", str(apart.root))
    (line,) = (line for line in shown.splitlines() if "a.md:3" in line)
    assert "b/b.md:3" in line
    result = CliRunner().invoke(cli, ["duplicates", str(apart.root), "--review"], input="1\n")
    assert result.exit_code == 0, result.output
    assert apart.build() == {"updated": 1, "duplicate": 3}


def test_the_ledger_says_which_card_holds_a_joined_note(joined: Course) -> None:
    shown = joined.run("list", str(joined.root), "--what", "ledger", "--json")
    assert "joined to “what is osmosis” of a.md" in shown
    assert "joined to “what is osmosis” of a.md" in " ".join(
        joined.run("explain", str(joined.root / "b/b.md")).split()
    )
