"""Commands that settle, forget and rename, and what a build says of decks, parts and context."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deckbuild import __version__
from deckbuild.cards import fields
from deckbuild.cli import cli
from deckbuild.collection.settings import LOCK
from deckbuild.html.blocks import flow_html
from deckbuild.html.looks import Look
from deckbuild.identity import lock as locks
from deckbuild.identity.lock import Lock, NoteRecord
from deckbuild.model import Blocks
from deckbuild.package.reader import Package, read_package

HEAP = ("What is a heap and where is it used?", "A tree whose parents are never smaller than their children.")
HALVES = [("What is a heap?", HEAP[1]), ("Where is a heap used?", HEAP[1])]
OTHERS = [
    ("What does a stack return first?", "What was put on it last, as with a pile of plates."),
    ("Why is a hash table fast?", "The key itself tells the place to look at, most of the time."),
]
DAY = 86_400
START = 1_700_000_000


def run(*arguments: str | Path, answers: str = "") -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments], input=answers)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def text(*pairs: tuple[str, str], title: str = "Structures") -> str:
    return f"# {title}\n\n" + "".join(f"## {asked}\n\n{answer}\n\n" for asked, answer in pairs)


class Collection:
    """A folder of documents that is built a day later each time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root.parent / "out"
        self.now = START
        root.mkdir()

    def write(self, name: str, content: str) -> None:
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")

    def build(self, *options: str | Path, paths: tuple[Path, ...] = ()) -> Result:
        self.now += DAY
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", str(self.now))
            return run("build", *(paths or (self.root,)), "-o", self.out, "--only", "deck", *options)

    def lock(self) -> Lock:
        found = locks.load(self.root / LOCK)
        assert found
        return found

    def living(self) -> dict[str, NoteRecord]:
        return {record.question: record for record in self.lock().notes if not record.removed}

    def package(self, name: str = "notes.apkg") -> Package:
        return read_package(self.out / name)


@pytest.fixture
def notes(tmp_path: Path) -> Collection:
    collection = Collection(tmp_path / "notes")
    collection.write("a.md", text(HEAP, *OTHERS))
    assert collection.build().exit_code == 0
    return collection


@pytest.mark.parametrize(("word", "told"), [("plate", "1 note"), ("e", "3 notes")])
def test_notes_that_are_drawn_anew_are_told_with_their_number_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str, told: str
) -> None:
    def drawn(blocks: Blocks, look: Look) -> str:
        return flow_html(blocks, look).replace(word, f"<b>{word}</b>")

    collection = Collection(tmp_path / "notes")
    collection.write("a.md", text(HEAP, *OTHERS))
    with monkeypatch.context() as older:
        older.setattr(fields, "flow_html", drawn)
        collection.build("--no-cache")
    told = f"cards are drawn anew: {told}, although the documents are unchanged"
    assert [told in collection.build("--no-cache").stderr for _ in range(3)] == [True, False, False]


class TestReview:
    @pytest.fixture
    def split(self, notes: Collection) -> Collection:
        notes.write("a.md", text(*HALVES, *OTHERS))
        refused = notes.build()
        assert refused.exit_code == 1
        assert refused.stderr.count("[unclear]") == 1
        return notes

    def test_what_is_decided_is_kept(self, split: Collection) -> None:
        heap = split.living()["what is a heap and where is it used"].guid
        shown = run("identity", split.root, "--review", "--package", split.out / "notes.apkg", answers="1\n")
        assert "was What is a heap and where is it used?" in shown.stderr
        assert "parents are never smaller" in shown.stderr
        assert "1 settled" in shown.stderr
        assert split.build().exit_code == 0
        assert heap in {split.living()[name].guid for name in ("what is a heap", "where is a heap used")}

    def test_if_one_is_new_the_other_is_the_old_one(self, split: Collection) -> None:
        heap = split.living()["what is a heap and where is it used"].guid
        shown = run("identity", split.root, "--review", answers="n\n")
        assert "not kept" in shown.stderr
        assert split.build().exit_code == 0
        assert heap in {record.guid for record in split.living().values()}
        assert len(split.living()) == 4

    def test_who_skips_or_quits_is_asked_again(self, split: Collection) -> None:
        before = (split.root / LOCK).read_bytes()
        (split.root / "build").mkdir()
        (split.root / "build" / "half.apkg").write_bytes(b"PK")
        (split.out / "notes.apkg").rename(split.root / "build" / "notes.apkg")
        for answer in ("s\n", "q\n"):
            shown = run("identity", split.root, "--review", answers=answer)
            assert shown.exit_code == 0
            assert "parents are never smaller" in shown.stderr.partition("1: was")[2]
            assert (split.root / LOCK).read_bytes() == before
        assert split.build().exit_code == 1

    def test_what_was_decided_is_kept_where_the_input_ends(self, notes: Collection) -> None:
        notes.write("a.md", text(HEAP, *OTHERS, ("What is the widest node?", "The root")))
        assert notes.build().exit_code == 0
        notes.write("a.md", text(*HALVES, *OTHERS, ("What is the broadest node?", "The root")))
        assert notes.build().stderr.count("[unclear]") == 2
        run("identity", notes.root, "--review", answers="n\n")
        assert notes.build().stderr.count("[unclear]") == 1

    def test_notes_that_changed_in_the_same_way_are_settled_at_once(self, notes: Collection) -> None:
        cells = [("Osmosis", "Water moves to where more is dissolved, through a membrane that lets it pass.")]
        cells += [("Mitosis", "One cell becomes two which have equal chromosomes, in several steps.")]
        notes.write("a.md", text(HEAP, *((f"Biology: {name}", answer) for name, answer in cells), *OTHERS))
        assert notes.build().exit_code == 0
        guids = {record.guid for record in notes.living().values()}
        notes.write(
            "a.md",
            text(HEAP, *((f"Botany: {name}", f"{answer} In plants.") for name, answer in cells), *OTHERS),
        )
        assert notes.build().stderr.count("[unclear]") == 2
        assert "a(ll 2 of the document" in run("identity", notes.root, "--review", answers="a\n").stderr
        assert notes.build().exit_code == 0
        assert {record.guid for record in notes.living().values()} == guids

    def test_one_guid_for_two_notes_is_refused(self, split: Collection) -> None:
        heap = split.living()["what is a heap and where is it used"].guid
        before = (split.root / LOCK).read_bytes()
        places = [str(split.root / f"a.md:{line}") for line in (3, 7)]
        refused = run("identity", split.root, "--same", places[0], heap, "--same", places[1], heap)
        assert refused.exit_code == 1
        assert "[settled-twice]" in refused.stderr
        assert run("identity", split.root, "--same", places[0], heap, "--new", places[0]).exit_code == 1
        assert (split.root / LOCK).read_bytes() == before

    def test_one_guid_for_two_notes_is_refused_in_two_commands_too(self, split: Collection) -> None:
        heap = split.living()["what is a heap and where is it used"].guid
        first, second = (str(split.root / f"a.md:{line}") for line in (3, 7))
        assert run("identity", split.root, "--same", first, heap).exit_code == 0
        before = (split.root / LOCK).read_bytes()
        refused = run("identity", split.root, "--same", second, heap)
        assert refused.exit_code == 1
        assert "[settled-twice]" in refused.stderr
        assert (split.root / LOCK).read_bytes() == before
        assert run("identity", split.root, "--same", second, heap, "--new", first).exit_code == 0
        assert split.build().exit_code == 0
        assert split.living()["where is a heap used"].guid == heap

    def test_the_printed_command_settles_it(self, split: Collection) -> None:
        printed = shlex.split(split.build().stderr.split("`deckbuild ")[1].split("`")[0])
        assert run(*printed).exit_code == 0
        _, _, _, guid, _ = printed
        assert split.build().exit_code == 0
        assert guid in {record.guid for record in split.living().values()}

    def test_nothing_unclear_is_told(self, notes: Collection) -> None:
        assert "there are no open questions" in run("identity", notes.root, "--review").stderr


def test_a_lost_lock_is_told_before_its_package_is_written_over(notes: Collection) -> None:
    guids = {record.guid for record in notes.lock().notes}
    (notes.root / LOCK).unlink()
    refused = notes.build()
    assert refused.exit_code == 1
    assert "[lock-lost]" in refused.stderr
    printed = shlex.split(refused.stderr.split("`deckbuild ")[1].split("`")[0])
    assert run(*printed).exit_code == 0
    assert notes.build().exit_code == 0
    assert {record.guid for record in notes.lock().notes} == guids


class TestForgotten:
    def test_only_what_was_removed_before_the_day_is_forgotten(self, notes: Collection) -> None:
        notes.write("a.md", text(HEAP, OTHERS[0]))
        assert notes.build("--accept-removals").exit_code == 0
        (gone,) = (record for record in notes.lock().notes if record.removed)
        assert gone.source == gone.sketch == ""
        for day, kept in (("2023-11-16", 3), ("2023-11-17", 2)):
            assert run("lock", notes.root, "--forget", "--before", day).exit_code == 0
            assert len(notes.lock().notes) == kept
        notes.write("a.md", text(HEAP, *OTHERS))
        assert notes.build().exit_code == 0
        assert len(notes.living()) == 3

    @pytest.mark.parametrize("options", [("--forget",), ("--before", "2024-01-01"), (), ("--force",)])
    def test_half_an_order_is_wrong_usage(self, notes: Collection, options: tuple[str, ...]) -> None:
        assert run("lock", notes.root, *options).exit_code == 2


class TestDecks:
    def test_a_name_given_later_is_told_and_new_learners_get_it_on_request(self, notes: Collection) -> None:
        notes.write("deckbuild.toml", 'name = "Informatics::First year"\nsources = ["."]\n')
        told = notes.build()
        assert told.exit_code == 0
        assert "[deck-kept]" in told.stderr
        assert {note.deck for note in notes.package("Informatics-First-year.apkg").notes} == {
            "notes::Structures"
        }
        before = notes.living()
        assert run("lock", notes.root, "--deck", "notes", "Informatics::First year").exit_code == 0
        told = notes.build()
        assert "deck-kept" not in told.stderr
        package = notes.package("Informatics-First-year.apkg")
        assert {note.deck for note in package.notes} == {"Informatics::First year::Structures"}
        assert {r.guid: r.modified for r in notes.living().values()} == {
            r.guid: r.modified for r in before.values()
        }

    def test_a_deck_that_is_not_there_is_told(self, notes: Collection) -> None:
        assert "[no-such-deck]" in run("lock", notes.root, "--deck", "elsewhere", "here").stderr

    def test_new_notes_of_a_renamed_document_come_to_the_old_ones(self, notes: Collection) -> None:
        (notes.root / "a.md").unlink()
        new = ("What is a queue good for?", "Work that is done in the order in which it came.")
        notes.write("renamed.md", text(HEAP, *OTHERS, new, title="Data structures"))
        assert notes.build().exit_code == 0
        assert {note.deck for note in notes.package().notes} == {"notes::Structures"}


class TestReleases:
    """What is said when a document loses notes and another version of deckbuild wrote the lock."""

    @pytest.fixture
    def older(self, notes: Collection) -> Collection:
        path = notes.root / LOCK
        head, _, rest = path.read_text(encoding="utf-8").partition("\n")
        assert f'"version":"{__version__}"' in head
        path.write_text(head.replace(__version__, "0.0.9") + "\n" + rest, encoding="utf-8")
        return notes

    def test_the_new_release_is_named_where_the_document_is_unchanged(self, older: Collection) -> None:
        older.write("deckbuild.toml", 'sources = ["."]\n[paths."a.md"]\nquestions = "item"\n')
        (older.root / "b.md").write_text(text(("What is a ring?", "A set with two operations that fit.")))
        stopped = older.build()
        assert stopped.exit_code == 1
        assert (
            f"unchanged, but deckbuild {__version__} reads it differently from deckbuild 0.0.9"
            in stopped.stderr
        )

    def test_it_is_a_possible_cause_where_the_document_changed(self, older: Collection) -> None:
        older.write("a.md", text(HEAP))
        stopped = older.build()
        assert "lost 2 of 3 notes; the lock was written by deckbuild 0.0.9" in stopped.stderr
        assert older.build("--accept-removals").exit_code == 0
        assert older.lock().version == __version__

    def test_a_build_that_changes_nothing_leaves_the_lock_as_it_is(self, older: Collection) -> None:
        before = (older.root / LOCK).read_bytes()
        assert older.build("--locked").exit_code == 0
        assert (older.root / LOCK).read_bytes() == before


class TestParts:
    def test_the_package_of_a_part_leaves_that_of_the_whole_alone(self, notes: Collection) -> None:
        notes.write("Maths/b.md", text(("What is a ring?", "A set with two operations that fit together.")))
        assert notes.build().exit_code == 0
        whole = (notes.out / "notes.apkg").read_bytes()
        part = notes.root / "Maths"
        assert notes.build(paths=(part,)).exit_code == 0
        assert notes.build(paths=(part / "b.md",)).exit_code == 0
        assert notes.build(paths=(part, notes.root / "a.md")).exit_code == 0
        assert (notes.out / "notes.apkg").read_bytes() == whole
        names = {path.name: len(read_package(path).notes) for path in notes.out.glob("*.apkg")}
        assert names == {"notes.apkg": 4, "notes-Maths.apkg": 1, "b.apkg": 1, "notes-Maths-a.apkg": 4}

    def test_a_document_named_as_its_folder_has_a_package_of_its_own(self, notes: Collection) -> None:
        notes.write("notes.md", text(("What is a ring?", "A set with two operations that fit together.")))
        assert notes.build().exit_code == 0
        assert notes.build(paths=(notes.root / "notes.md",)).exit_code == 0
        assert len(notes.package().notes) == 4
        assert len(notes.package("notes-notes.apkg").notes) == 1


class TestContext:
    def test_a_new_title_is_counted_apart_and_refreshed_on_request(self, notes: Collection) -> None:
        notes.write("a.md", text(HEAP, *OTHERS, title="Data structures"))
        changes = [json.loads(line) for line in run("diff", notes.root, "--json").stdout.splitlines()]
        assert [change["what"] for change in changes] == ["context only"] * 3
        assert "changed in context only (titles, tags, sources): 3 notes" in notes.build().stderr
        refreshed = notes.build("--refresh")
        assert "refreshed: 3 notes" in refreshed.stderr
        assert not run("diff", notes.root).stdout
        assert {note.modified for note in notes.package().notes} == {notes.now}

    def test_what_it_was_is_shown_beside_what_it_is(self, notes: Collection) -> None:
        notes.write("a.md", text((f"{HEAP[0][:-1]} today?", HEAP[1]), *OTHERS))
        shown = run("diff", notes.root).stdout
        assert "what is a heap and where is it used → What is a heap and where is it used today?" in shown
