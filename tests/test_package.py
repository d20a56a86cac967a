"""Packages read back: what they hold, what is refused, lost locks made again, and retired notes."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deckbuild.cards import note_types
from deckbuild.cli import cli
from deckbuild.collection.settings import LOCK
from deckbuild.identity import lock as locks
from deckbuild.package import reader as packages
from deckbuild.package.apkg import apkg, stored_digest
from deckbuild.package.foreign import read_foreign
from deckbuild.package.reader import plain, read_package
from deckbuild.package.retire import TAG
from deckbuild.report.diagnostics import Failure
from deckbuild.syntax.formats import anki_package
from deckbuild.syntax.formats.reading import Unreadable
from hand_made import library

DOCUMENT = """# Letters

## Vowels

### Q1: What is `a`, if $x < 1$?
**Answer:** The first *letter*, of `{{two}}`.

### Q2: What is o?
**Answer:** The fifteenth letter, round as the moon.

### Q3: Which vowel has a dot?
**Answer:** The i has one, and in Turkish there is one without.

### Q4: Which vowel is the most frequent one?
**Answer:** The e, in English and German alike.

## Codes

| Letter | Code | Formula |
|---|---|---|
| a | 97 | $c = 96 + n$ |

| Letter | Octal | Remark |
|---|---|---|
| a & b | 141 | first |
| b | 142 |  |

The code of b is ==98== in ASCII.
"""
GONE = "### Q2: What is o?\n**Answer:** The fifteenth letter, round as the moon.\n"


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def build(folder: Path, *options: str | Path, clock: int = 1_700_000_000) -> bytes:
    """The package of a folder, built at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(clock))
        result = run("build", folder, "-o", folder / "build", "--only", "deck", *options)
    assert result.exit_code == 0, result.output
    return (folder / "build" / "notes.apkg").read_bytes()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "letters.md").write_text(DOCUMENT, encoding="utf-8")
    (folder / "untitled.md").write_text("Q: Why is y odd?\nA: It is a vowel at times.\n", encoding="utf-8")
    return folder


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "letters.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "old.apkg"
    path.write_bytes(data)
    return path


def guids(folder: Path) -> dict[str, bool]:
    """The guids of a folder's lock, and whether their notes live."""
    lock = locks.load(folder / LOCK)
    assert lock is not None
    return {record.guid: not record.removed for record in lock.notes}


def printed_package(path: Path) -> object:
    """A package as it is read for paper."""
    return anki_package.read(path.read_bytes(), path.name)


class TestReading:
    def test_what_was_written_is_read(self, tmp_path: Path) -> None:
        package = read_package(saved(tmp_path, apkg(library())))
        by_guid = {note.guid: note for note in package.notes}
        for entry in library().entries:
            note = by_guid[entry.guid]
            assert (note.kind, note.deck, note.modified) == (entry.note.kind, entry.deck, entry.modified)
            assert note.fields["ID"] == entry.guid
            assert "Notes::Networks::Training" in note.tags
        assert {t.kind: t for t, _ in package.note_types} == note_types.note_types()
        assert package.skipped == 0

    def test_notes_of_others_are_counted_and_left_out(self, tmp_path: Path) -> None:
        path = saved(tmp_path, apkg(library()))
        kind = note_types.note_types()
        changed_database(path, f"UPDATE notes SET mid = 7 WHERE mid = {next(iter(kind.values())).id}")
        package = read_package(path)
        assert package.skipped == 1
        assert len(package.notes) == len(library().entries) - 1

    def test_what_is_no_package_of_ours_is_refused(self, tmp_path: Path) -> None:
        whole = apkg(library())
        exported = io.BytesIO(whole)
        with zipfile.ZipFile(exported, "a") as archive:
            archive.writestr("collection.anki21b", b"")
        text = tmp_path / "text.apkg"
        for data in (b"", b"no zip", whole[:-300], whole.replace(b"collection.anki2", b"collection.other")):
            text.write_bytes(data)
            with pytest.raises(Failure, match="bad-package"):
                read_package(text)
        text.write_bytes(exported.getvalue())
        with pytest.raises(Failure, match="exported by Anki"):
            read_package(text)

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE col SET models = '{'",
            "UPDATE notes SET flds = 'one'",
            "UPDATE notes SET guid = x'ff00'",
            "UPDATE notes SET mod = 'late'",
            "DROP TABLE cards",
            "DELETE FROM col",
            "DELETE FROM notes",
        ],
    )
    def test_a_damaged_database_is_refused(self, tmp_path: Path, change: str) -> None:
        path = saved(tmp_path, apkg(library()))
        changed_database(path, change)
        with pytest.raises(Failure, match="bad-package"):
            read_package(path)

    @pytest.mark.parametrize("read", [read_package, read_foreign, printed_package])
    @pytest.mark.parametrize(
        "change",
        [
            "ALTER TABLE notes ADD COLUMN made AS (hex(zeroblob(9)))",
            "CREATE VIEW made AS SELECT 1 AS x",
            "CREATE VIRTUAL TABLE made USING fts4(x)",
        ],
    )
    def test_what_a_database_works_out_is_refused(
        self, tmp_path: Path, change: str, read: Callable[[Path], object]
    ) -> None:
        path = saved(tmp_path, apkg(library()))
        read(path)
        changed_database(path, change)
        with pytest.raises((Failure, Unreadable), match="may have no end"):
            read(path)

    def test_texts_beyond_the_limit_are_refused(self, tmp_path: Path) -> None:
        path = saved(tmp_path, apkg(library()))
        changed_database(path, "UPDATE notes SET flds = flds || hex(zeroblob(4900000))")
        with pytest.raises(Unreadable, match="more than 10,000,000 characters"):
            printed_package(path)

    def test_a_bomb_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(packages, "LARGEST", 1000)
        with pytest.raises(Failure, match="more than 1,000 bytes"):
            read_package(saved(tmp_path, apkg(library())))

    def test_plain_text_is_what_a_field_shows(self) -> None:
        assert plain(r"<p>\(a \lt b\) &amp; <code>c</code></p>" "\n<p>d<br>e</p>") == "a \\lt b & c\nd\ne"
        assert plain("x {{c1::y}} z") == "x y z"
        assert plain(r"<span>\</span>(no)") == r"\(no)"
        assert plain("<tr><td>1</td><td>2</td></tr>") == "1 | 2"


def changed_database(path: Path, statement: str) -> None:
    """Run a statement on the database inside a package."""
    database = path.with_suffix(".db")
    with zipfile.ZipFile(path) as archive:
        database.write_bytes(archive.read("collection.anki2"))
    connection = sqlite3.connect(database)
    with connection:
        connection.execute(statement)
    connection.close()
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(database, "collection.anki2")


def records(lock: Path) -> list[str]:
    """The lines of notes and of note types."""
    starts = '{"guid":', '{"record":"note-type"'
    return [line for line in lock.read_text().splitlines() if line.startswith(starts)]


class TestLostLock:
    def test_an_unchanged_build_keeps_every_guid_and_time(self, notes: Path, tmp_path: Path) -> None:
        before = build(notes)
        lock = notes / LOCK
        known = records(lock)
        lock.unlink()
        assert run("lock", notes, "--from-apkg", saved(tmp_path, before)).exit_code == 0
        assert stored_digest(build(notes, clock=1_800_000_000)) == stored_digest(before)
        assert records(lock) == known

    def test_two_documents_of_one_title_keep_their_guids(self, notes: Path, tmp_path: Path) -> None:
        text = DOCUMENT.replace("first", "second").replace("round as the moon", "after n")
        text = (
            text.replace("vowel", "consonant")
            .replace("What is `a`, if $x < 1$?", "Who hears `k` in *knot*?")
            .replace("is o?", "is p?")
        )
        (notes / "letters 2.md").write_text(text, encoding="utf-8")
        before = build(notes)
        (notes / LOCK).unlink()
        old = saved(tmp_path, before)
        assert run("lock", notes, "--from-apkg", old).exit_code == 0
        known = read_package(old).notes
        assert read_package(saved(tmp_path, build(notes, clock=1_800_000_000))).notes == known

    def test_edits_since_the_package_keep_their_guids(self, notes: Path, tmp_path: Path) -> None:
        package = saved(tmp_path, build(notes))
        known = guids(notes)
        (notes / LOCK).unlink()
        edit(notes, "Which vowel is the most frequent one", "Which of the vowels is the most frequent")
        edit(notes, "and in Turkish", "and in written Turkish")
        edit(notes, "# Letters", "# Letters of the alphabet")
        run("lock", notes, "--from-apkg", package)
        build(notes, clock=1_800_000_000)
        assert guids(notes) == known

    def test_a_lock_is_only_replaced_by_force(self, notes: Path, tmp_path: Path) -> None:
        package = saved(tmp_path, build(notes))
        before = (notes / LOCK).read_bytes()
        refused = run("lock", notes, "--from-apkg", package)
        assert refused.exit_code == 1
        assert "[lock-exists]" in refused.stderr
        assert (notes / LOCK).read_bytes() == before
        assert run("lock", notes, "--from-apkg", package, "--force").exit_code == 0
        assert (notes / LOCK).read_bytes() != before


class TestRetired:
    def test_the_lock_remembers_and_the_next_build_repeats(self, notes: Path, tmp_path: Path) -> None:
        old = saved(tmp_path, build(notes))
        edit(notes, GONE, "")
        first = build(notes, "--retire", old, clock=1_800_000_000)
        assert build(notes, "--retire", old, clock=1_900_000_000) == first
        (gone,) = (guid for guid, lives in guids(notes).items() if not lives)
        notes_sent = {note.guid: note for note in read_package(saved(tmp_path, first)).notes}
        assert TAG in notes_sent[gone].tags
        assert "round as the moon" in notes_sent[gone].fields["Answer"]
        assert [note.guid for note in notes_sent.values() if TAG in note.tags] == [gone]

    def test_locked_refuses_to_retire(self, notes: Path, tmp_path: Path) -> None:
        old = saved(tmp_path, build(notes))
        edit(notes, GONE, "")
        build(notes)
        refused = run("build", notes, "-o", tmp_path, "--only", "deck", "--locked", "--retire", old)
        assert refused.exit_code == 1
        assert "[lock-changes]" in refused.stderr
        assert not (tmp_path / "notes.apkg").exists()


class TestAnki:
    def test_after_a_lost_lock_the_import_updates_in_place(self, notes: Path, tmp_path: Path) -> None:
        pytest.importorskip("anki")
        from anki_client import anki_client

        first = build(notes)
        (notes / LOCK).unlink()
        run("lock", notes, "--from-apkg", saved(tmp_path, first))
        edit(notes, "round as the moon", "round as a ball")
        second = build(notes, clock=1_800_000_000)
        with anki_client(tmp_path) as anki:
            count = len(guids(notes))
            assert anki.import_package(first) == {"new": count}
            anki.review_any(4)
            schedule = anki.schedule()
            assert anki.import_package(second) == {"updated": 1, "duplicate": count - 1}
            assert anki.schedule() == schedule
            assert anki.faults() == []

    def test_a_retired_note_gets_its_tag_and_keeps_its_schedule(self, notes: Path, tmp_path: Path) -> None:
        pytest.importorskip("anki")
        from anki_client import anki_client

        first = build(notes)
        edit(notes, GONE, "")
        second = build(notes, "--retire", saved(tmp_path, first), clock=1_750_000_000)
        (gone,) = (guid for guid, lives in guids(notes).items() if not lives)
        edit(notes, "## Codes", f"{GONE}\n## Codes")
        third = build(notes, clock=1_760_000_000)
        with anki_client(tmp_path) as anki:
            count = len(guids(notes))
            anki.import_package(first)
            anki.review_any(count)
            schedule, fields = anki.schedule(), anki.note(gone)
            assert anki.import_package(second) == {"updated": 1, "duplicate": count - 1}
            assert TAG in anki.tags(gone)
            assert (anki.schedule(), anki.note(gone)) == (schedule, fields)
            assert anki.import_package(third) == {"updated": 1, "duplicate": count - 1}
            assert TAG not in anki.tags(gone)
            assert anki.schedule() == schedule
            assert anki.faults() == []
