"""What reaches a learner's reviewed cards when the documents, or the learner's own collection, have changed.

Documents are published, imported with Anki's default choices and reviewed; then something changes, and the
next release is imported.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import astuple, replace

from deckbuild.cards import note_types
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Kind
from deckbuild.package.apkg import apkg

pytest.importorskip("anki")

from anki_client import AnkiClient, anki_client
from reading import read_once

DAY = 86_400
START = 1_600_000_000
CELLS = """# Cells
## Q: What does a ribosome do?
**Answer:** It builds proteins.

## Q: Where does glycolysis happen?
**Answer:** In the cytosol.
"""
GENES = """# Genes
The genome of a ==virus== may be RNA.

## Q: Which base does RNA have in place of thymine?
**Answer:** Uracil.

"""


class Course:
    """Documents by name, and the learner who imports each release and reviews."""

    def __init__(self, anki: AnkiClient) -> None:
        self.anki = anki
        self.documents = {"cells.md": CELLS, "genes.md": GENES}
        self.lock = Lock("0123456789abcdef")
        self.now = START

    def replace(self, name: str, old: str, new: str) -> None:
        assert old in self.documents[name]
        self.documents[name] = self.documents[name].replace(old, new)

    def release(self, refresh: bool = False) -> bytes:
        """The next package, a day after the last."""
        self.now += DAY
        documents = [read_once(text, name) for name, text in self.documents.items()]
        gone = [record.source for record in self.lock.sources if record.source not in self.documents]
        library, self.lock, problems, *_ = astuple(
            collate(documents, self.lock, self.now, "Biology", gone, refresh=refresh)
        )
        assert not problems
        return apkg(library)

    def update(self, always: bool = False, refresh: bool = False) -> dict[str, int]:
        return self.anki.import_package(self.release(refresh), always)

    def guid(self, words: str) -> str:
        (found,) = (record.guid for record in self.lock.notes if words in record.question)
        return found

    def wait_until_after_the_learner_s_edits(self) -> None:
        self.now = int(time.time()) + DAY


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Course]:
    """All four cards are reviewed."""
    with anki_client(tmp_path) as anki:
        course = Course(anki)
        assert course.update() == {"new": 4}
        anki.review_any(4)
        assert all(reps == 1 for (reps,) in anki.rows("select reps from cards"))
        yield course
        assert anki.faults() == []


# --- the documents change ------------------------------------------------------------------------------


def test_nothing_changed_means_nothing_is_touched(course: Course) -> None:
    before = course.anki.stored()
    assert course.update() == {"duplicate": 4}
    assert course.anki.stored() == before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("cells.md", "builds proteins", "translates RNA"),
        ("cells.md", "What does a ribosome do?", "What does each ribosome do?"),
        ("cells.md", "## Q: What does a", "<!-- deckbuild: id ribo -->\n## Q: What did a"),
    ],
    ids=["answer", "question", "id and question"],
)
def test_an_edit_lands_on_the_reviewed_card(course: Course, name: str, old: str, new: str) -> None:
    schedule = course.anki.schedule()
    course.replace(name, old, new)
    assert course.update() == {"updated": 1, "duplicate": 3}
    assert course.anki.schedule() == schedule
    note = course.anki.note(course.guid("ribosome"))
    assert new.split("Q: ")[-1] in note["Question"] + note["Answer"]


def test_a_revert_is_an_edit_too(course: Course) -> None:
    course.replace("cells.md", "builds", "makes")
    course.update()
    course.replace("cells.md", "makes", "builds")
    assert course.update() == {"updated": 1, "duplicate": 3}
    assert "builds" in course.anki.note(course.guid("ribosome"))["Answer"]


def test_a_note_moved_to_another_document_stays_where_it_is_in_anki(course: Course) -> None:
    schedule = course.anki.schedule()
    decks = course.anki.decks()
    moved = CELLS[CELLS.index("## Q: Where") :]
    course.replace("cells.md", moved, "")
    course.documents["genes.md"] += moved
    assert course.update() == {"duplicate": 4}
    assert course.anki.schedule() == schedule
    assert course.anki.decks() == decks


def test_a_renamed_document_changes_no_schedule(course: Course) -> None:
    schedule = course.anki.schedule()
    course.documents["biology/cells.md"] = course.documents.pop("cells.md")
    course.update()
    assert course.anki.schedule() == schedule


def test_a_removed_note_stays_in_anki_with_its_history_and_is_itself_when_it_returns(course: Course) -> None:
    before = course.anki.stored()
    removed = CELLS[CELLS.index("## Q: Where") :]
    course.replace("cells.md", removed, "")
    assert course.update() == {"duplicate": 3}
    assert course.anki.stored() == before
    course.documents["cells.md"] += removed
    assert course.update() == {"duplicate": 4}
    assert course.anki.stored() == before


def test_a_new_style_reaches_all_cards_and_changes_no_note(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = course.anki.stored()
    types = note_types.note_types()
    restyled = replace(types[Kind.QA], css=types[Kind.QA].css + "\n/* new */")
    monkeypatch.setattr(note_types, "note_types", lambda: {**types, Kind.QA: restyled})
    assert course.update() == {"duplicate": 4}
    assert course.anki.css("deckbuild qa").endswith("/* new */")
    assert course.anki.stored() == before


def test_new_titles_and_tags_wait_for_the_next_change_of_the_note(course: Course) -> None:
    guid = course.guid("glycolysis")
    course.anki.add_tag(guid, "mine")
    course.wait_until_after_the_learner_s_edits()
    course.replace("cells.md", "## Q: Where", "## Energy\n### Q: Where")
    assert course.update() == {"duplicate": 4}
    assert course.anki.tags(guid) == ["mine"]
    course.replace("cells.md", "In the cytosol.", "It happens in the cytosol.")
    assert course.update() == {"updated": 1, "duplicate": 3}
    assert course.anki.tags(guid) == ["Biology::Energy"]
    assert course.anki.note(guid)["Section"] == "Energy"


def test_new_titles_and_tags_reach_who_asks_for_a_refresh(course: Course) -> None:
    schedule = course.anki.schedule()
    course.replace("cells.md", "# Cells", "# The cell")
    assert course.update() == {"duplicate": 4}
    assert course.update(refresh=True) == {"updated": 2, "duplicate": 2}
    assert course.anki.note(course.guid("glycolysis"))["Source"] == "The cell"
    assert course.update(refresh=True) == {"duplicate": 4}
    assert course.anki.schedule() == schedule


def test_new_learners_get_new_titles_at_once(course: Course, tmp_path: Path) -> None:
    course.replace("cells.md", "## Q: Where", "## Energy\n### Q: Where")
    package = course.release()
    (tmp_path / "other").mkdir()
    with anki_client(tmp_path / "other") as other:
        other.import_package(package)
        assert other.tags(course.guid("glycolysis")) == ["Biology::Energy"]


def test_a_new_cloze_adds_a_card_and_a_dropped_one_leaves_its_card(course: Course) -> None:
    schedule = course.anki.schedule()
    course.replace("genes.md", "be RNA.", "be ==RNA==.")
    assert course.update() == {"updated": 1, "duplicate": 3}
    grown = course.anki.schedule()
    assert len(grown) == 5
    assert [row for row in grown if row in schedule] == schedule
    course.replace("genes.md", "==RNA==", "RNA")
    assert course.update() == {"updated": 1, "duplicate": 3}
    assert course.anki.schedule() == grown


def test_always_updating_still_skips_what_has_not_changed(course: Course) -> None:
    before = course.anki.stored()
    assert course.update(always=True) == {"duplicate": 4}
    assert course.anki.stored() == before
    course.replace("cells.md", "proteins", "peptides")
    assert course.update(always=True) == {"updated": 1, "duplicate": 3}


# --- the learner changes something in Anki -------------------------------------------------------------


def test_a_learner_s_text_stays_while_the_document_says_the_same(course: Course) -> None:
    guid = course.guid("ribosome")
    course.anki.edit(guid, "Answer", "my own words")
    course.wait_until_after_the_learner_s_edits()
    course.replace("genes.md", "Uracil", "It has uracil")
    assert course.update() == {"updated": 1, "duplicate": 3}
    assert course.anki.note(guid)["Answer"] == "my own words"


def test_a_later_edit_of_the_document_replaces_the_learner_s_text(course: Course) -> None:
    guid = course.guid("ribosome")
    schedule = course.anki.schedule()
    course.anki.edit(guid, "Answer", "my own words")
    course.wait_until_after_the_learner_s_edits()
    course.replace("cells.md", "proteins", "peptides")
    assert course.update() == {"updated": 1, "duplicate": 3}
    assert "peptides" in course.anki.note(guid)["Answer"]
    assert course.anki.schedule() == schedule


def test_an_edit_older_than_the_learner_s_own_lands_only_with_always(course: Course) -> None:
    guid = course.guid("ribosome")
    course.replace("cells.md", "proteins", "peptides")
    package = course.release()
    course.anki.edit(guid, "Answer", "my own words")
    assert course.anki.import_package(package) == {"duplicate": 4}
    assert course.anki.note(guid)["Answer"] == "my own words"
    assert course.anki.import_package(package, always=True) == {"updated": 1, "duplicate": 3}
    assert "peptides" in course.anki.note(guid)["Answer"]


def test_flags_and_suspensions_survive_an_edit(course: Course) -> None:
    course.anki.flag_and_suspend(course.guid("ribosome"))
    schedule = course.anki.schedule()
    course.wait_until_after_the_learner_s_edits()
    course.replace("cells.md", "proteins", "peptides")
    assert course.update() == {"updated": 1, "duplicate": 3}
    assert course.anki.schedule() == schedule


def test_a_learner_s_tag_stays_until_the_note_s_document_changes_it(course: Course) -> None:
    guid = course.guid("ribosome")
    course.anki.add_tag(guid, "mine")
    course.wait_until_after_the_learner_s_edits()
    assert course.update() == {"duplicate": 4}
    assert course.anki.tags(guid) == ["mine"]
    course.replace("cells.md", "proteins", "peptides")
    course.update()
    assert course.anki.tags(guid) == []


def test_a_deleted_note_comes_back_only_while_the_documents_have_it(course: Course) -> None:
    kept, removed = course.guid("ribosome"), course.guid("glycolysis")
    course.anki.delete(kept)
    course.anki.delete(removed)
    course.replace("cells.md", CELLS[CELLS.index("## Q: Where") :], "")
    assert course.update() == {"new": 1, "duplicate": 2}
    assert kept in course.anki.guids()
    assert removed not in course.anki.guids()
