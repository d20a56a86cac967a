"""Two branches of a collection, merged by git."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from deckbuild.cli import cli
from deckbuild.collection.settings import LOCK
from deckbuild.identity import lock
from deckbuild.identity.lock import Lock, NoteRecord
from deckbuild.model import Kind

ROOT = Path(__file__).parent.parent
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
NO_SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


FOUNDATIONS = ("01-foundations.md", "## Matrices and Vectors")
TRAINING = ("02-training.md", "## 1. Loss Surfaces")


class Clone:
    """One author's copy of the example collection."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *arguments: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@localhost", "-c", "commit.gpgsign=false")
        done = subprocess.run(
            ["git", *who, *arguments],
            cwd=self.root,
            env=os.environ | NO_SETTINGS,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "change")

    def build(self, *options: str, document: str = "") -> None:
        """Build one document, or all."""
        output = str(self.root.parent / "out")
        arguments = [
            "build",
            str(self.root / "sources" / document),
            "-o",
            output,
            "--only",
            "model",
            *options,
        ]
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, result.output

    def add_notes(self, document: str, heading: str, topic: str) -> None:
        """Three notes right below a heading of a document."""
        path = self.root / "sources" / document
        text = path.read_text(encoding="utf-8")
        assert text.count(f"\n{heading}\n") == 1
        notes = "".join(f"### Q: What is {topic} {n}?\n**Answer:** The {n} of {topic}.\n\n" for n in range(3))
        path.write_text(text.replace(f"\n{heading}\n", f"\n{heading}\n\n{notes}"), encoding="utf-8")

    def lock(self) -> Lock:
        found = lock.load(self.root / LOCK)
        assert found
        return found

    def guids(self) -> dict[str, str]:
        return {record.guid: record.question for record in self.lock().notes if not record.removed}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """Two documents of the example collection in a repository of its own, its lock up to date."""
    clone = Clone(tmp_path_factory.mktemp("merge") / "built")
    (clone.root / "sources").mkdir(parents=True)
    for name, _ in (FOUNDATIONS, TRAINING):
        shutil.copy(ROOT / "sources" / name, clone.root / "sources")
    for name in (LOCK, "deckbuild.toml", ".gitattributes"):
        shutil.copy(ROOT / name, clone.root)
    clone.git("init", "--quiet", "--initial-branch", "main")
    clone.build()
    clone.commit()
    return clone


@pytest.fixture
def clones(built: Clone, tmp_path: Path) -> tuple[Clone, Clone]:
    for name in ("mine", "yours"):
        built.git("clone", "--quiet", ".", str(tmp_path / name))
    return Clone(tmp_path / "mine"), Clone(tmp_path / "yours")


@needs_git
@pytest.mark.parametrize(
    "places",
    [(FOUNDATIONS, TRAINING), (FOUNDATIONS, ("01-foundations.md", "## Probability and Information"))],
    ids=["two documents", "two sections"],
)
def test_branches_that_add_notes_merge_without_a_conflict_and_keep_all_guids(
    clones: tuple[Clone, Clone], places: tuple[tuple[str, str], tuple[str, str]]
) -> None:
    mine, yours = clones
    base = mine.guids()
    for clone, place, topic in zip(clones, places, ("quokka", "axolotl"), strict=True):
        clone.add_notes(*place, topic)
        clone.build(document=place[0])
        clone.commit()
    expected = mine.guids() | yours.guids()
    assert len(expected) == len(base) + 6
    mine.git("pull", "--quiet", "--no-rebase", "--no-edit", "../yours", "main")
    if places[0][0] != places[1][0]:
        mine.build("--locked")
    mine.build()
    assert mine.guids() == expected
    lines = (mine.root / LOCK).read_bytes()
    assert lines == lock.dump(mine.lock())


@needs_git
def test_a_document_renamed_on_one_branch_and_edited_on_the_other_keeps_its_guids(
    clones: tuple[Clone, Clone],
) -> None:
    mine, yours = clones
    before, known = mine.guids(), len(mine.lock().notes)
    (mine.root / "sources/01-foundations.md").rename(mine.root / "sources/00-mathematics.md")
    path = yours.root / "sources/01-foundations.md"
    path.write_text(path.read_text(encoding="utf-8").replace("**Answer**: ", "**Answer**: Well: "), "utf-8")
    for clone in clones:
        clone.build()
        clone.commit()
    mine.git("pull", "--quiet", "--no-rebase", "--no-edit", "../yours", "main")
    mine.build()
    assert mine.guids().keys() == before.keys()
    assert len(mine.lock().notes) == known


def test_notes_of_a_renamed_document_are_found_even_if_the_lock_has_lost_the_old_document_s_line(
    tmp_path: Path,
) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/old.md").write_text("Q: What is a?\nA: A letter.\n")
    clone = Clone(tmp_path)
    (tmp_path / "deckbuild.toml").write_text("")
    clone.build()
    before = clone.guids()
    (tmp_path / LOCK).write_bytes(lock.dump(replace(clone.lock(), sources=())))
    (tmp_path / "sources/old.md").rename(tmp_path / "sources/new.md")
    clone.build()
    assert clone.guids() == before


NOTE = NoteRecord("g", Kind.QA, "a.md", question="what is a", content="old", modified=10)


def text(*notes: NoteRecord) -> str:
    """The lock as a merge leaves it that keeps all lines."""
    whole = [lock.dump(Lock("n", notes=(note,))).decode().splitlines(keepends=True) for note in notes]
    return "".join([whole[0][0], *(lines[1] for lines in whole)])


def merged(*notes: NoteRecord) -> NoteRecord:
    (one,) = lock.parse(text(*notes), LOCK).notes
    (other,) = lock.parse(text(*reversed(notes)), LOCK).notes
    assert (one.modified, one.removed) == (other.modified, other.removed)
    return one


def test_of_two_lines_for_one_note_the_later_counts() -> None:
    edited = replace(NOTE, content="new", modified=20)
    assert merged(NOTE, edited) == edited
    assert merged(NOTE, replace(NOTE, removed=30)).removed == 30
    assert merged(replace(NOTE, removed=15), edited) == edited
    assert merged(NOTE, NOTE) == NOTE


def test_two_edits_in_one_second_give_a_time_that_is_later_than_both() -> None:
    mine, yours = (replace(NOTE, content=side, modified=20) for side in ("mine", "yours"))
    assert merged(mine, yours).modified == 21
