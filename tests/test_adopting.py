"""Notes of another deck that documents take over: their cards keep their schedule in the real Anki."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from anki.collection import DeckIdLimit, ExportAnkiPackageOptions

from anki_client import AnkiClient, anki_client
from test_lock_edits import run

OLD = [
    ("What holds an anchor?", "A chain."),
    ("What is aft?", "The end behind."),
    ("What is a keel?", "A beam."),
]


def old_deck(anki: AnkiClient) -> list[Any]:
    """Basic notes as another program made them, one of them reviewed; their ids and guids."""
    collection = anki.collection
    deck = collection.decks.id("Ships")
    basic = collection.models.by_name("Basic")
    assert basic is not None and deck is not None
    for front, back in OLD:
        note = collection.new_note(basic)
        note["Front"], note["Back"] = f"<p>{front}</p>", back
        collection.add_note(note, deck)
    anki.review("Ships", 2)
    return anki.rows("select id, guid from notes order by id")


def exported(anki: AnkiClient, folder: Path, legacy: bool) -> Path:
    path = folder / f"old-{legacy}.apkg"
    deck = anki.collection.decks.id_for_name("Ships")
    assert deck is not None
    options = ExportAnkiPackageOptions(with_scheduling=False, with_media=False, legacy=legacy)
    anki.collection.export_anki_package(out_path=str(path), options=options, limit=DeckIdLimit(deck))
    return path


def vault(folder: Path, ids: list[Any]) -> Path:
    """The documents: the first card's question was edited, but its program left a number; the last one is new."""
    folder.mkdir()
    (folder / "ships.md").write_text(
        f"START\nBasic\nWhat keeps an anchor?\nBack: A chain.\n<!--ID: {ids[0][0]}-->\nEND\n\n"
        "START\nBasic\nWhat is **aft**?\nBack: The end behind.\nEND\n\n"
        "START\nBasic\nWhat is a mast?\nBack: A pole.\nEND\n",
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize("legacy", [False, True])
def test_cards_of_another_note_type_keep_their_schedule(
    tmp_path: Path, legacy: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "SOURCE_DATE_EPOCH", "1600000000"
    )  # Anki passes over a note changed in the same second
    with anki_client(tmp_path) as anki:
        ids = old_deck(anki)
        before = [row for row in anki.schedule() if row[7]]
        assert len(before) == 2
        notes = vault(tmp_path / "notes", ids)
        told = run("lock", "--adopt", exported(anki, tmp_path, legacy), notes)
        assert told.exit_code == 0
        assert "2 notes taken over; 1 of the documents are new" in told.stdout + told.stderr
        assert "2 notes of the note type “Basic”" in told.stdout + told.stderr
        run("build", notes, "-o", tmp_path / "out", "--only", "deck")
        package = (tmp_path / "out" / "notes.apkg").read_bytes()
        assert anki.import_package(package) == {"new": 1, "conflicting": 2}

        models = anki.collection.models
        old, new = models.by_name("Basic"), models.by_name("deckbuild qa")
        assert old is not None and new is not None
        change = models.change_notetype_info(old_notetype_id=old["id"], new_notetype_id=new["id"]).input
        change.note_ids.extend(id for id, _ in ids[:2])
        models.change_notetype_of_notes(change)
        assert anki.import_package(package, always=True) == {"updated": 2, "duplicate": 1}

        assert anki.note(ids[0][1])["Question"] == "<p>What keeps an anchor?</p>"
        assert anki.note(ids[1][1])["Answer"] == "<p>The end behind.</p>"
        assert [row for row in anki.schedule() if row[7]] == before, "no review is lost"
        assert len(anki.guids()) == 4, "nothing is there twice"
        assert not anki.faults()


def test_ids_of_other_programs_are_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """flashcards-obsidian leaves `^number` below a card, yanki `noteId` above; both questions were edited since."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    with anki_client(tmp_path) as anki:
        ids = old_deck(anki)
        before = [row for row in anki.schedule() if row[7]]
        notes = tmp_path / "notes"
        notes.mkdir()
        (notes / "anchors.md").write_text(f"What keeps an anchor down? #card\nA chain.\n^{ids[0][0]}\n")
        (notes / "aft.md").write_text(
            f"---\nnoteId: {ids[1][0]}\n---\n\nWhich end is aft?\n\n---\n\nThe end behind.\n"
        )
        told = run("lock", "--adopt", exported(anki, tmp_path, True), notes)
        assert "2 notes taken over" in told.stdout + told.stderr
        run("build", notes, "-o", tmp_path / "out", "--only", "deck")
        package = (tmp_path / "out" / "notes.apkg").read_bytes()
        assert anki.import_package(package) == {"conflicting": 2}
        models = anki.collection.models
        old, new = models.by_name("Basic"), models.by_name("deckbuild qa")
        assert old is not None and new is not None
        change = models.change_notetype_info(old_notetype_id=old["id"], new_notetype_id=new["id"]).input
        change.note_ids.extend(id for id, _ in ids[:2])
        models.change_notetype_of_notes(change)
        assert anki.import_package(package, always=True) == {"updated": 2}
        assert anki.note(ids[0][1])["Question"] == "<p>What keeps an anchor down?</p>"
        assert anki.note(ids[1][1])["Question"] == "<p>Which end is aft?</p>"
        assert [row for row in anki.schedule() if row[7]] == before, "no review is lost"


def test_notes_as_text_are_found_by_their_questions(tmp_path: Path) -> None:
    notes = vault(tmp_path / "notes", [(1_700_000_000_009,)])
    export = tmp_path / "old.txt"
    head = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
    export.write_text(
        head + "abc\tBasic\tShips\tWhat is <b>aft</b>?\tThe end behind.\tsea\n", encoding="utf-8"
    )
    told = run("lock", "--adopt", export, notes)
    assert "1 note taken over" in told.stdout + told.stderr
    assert '"guid":"abc"' in (notes / "deckbuild.lock").read_text(encoding="utf-8")
    again = run("lock", "--adopt", export, notes)
    assert "0 notes taken over" in again.stdout + again.stderr, "what the lock knows stays as it is"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.apkg", b"no archive", "not a zip"),
        ("a.txt", b"#separator:tab\nfront\tback\n", "has no ids"),
        ("b.txt", b"#guid column:1\n", "holds no notes"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    notes = vault(tmp_path / "notes", [(1,)])
    (tmp_path / name).write_bytes(content)
    told = run("lock", "--adopt", tmp_path / name, notes)
    assert told.exit_code == 1
    assert "[bad-export]" in told.stderr and why in told.stderr
    assert not (notes / "deckbuild.lock").exists()
