"""The face for other programs: three calls that print nothing and raise what stops them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import deckbuild
from conftest import needs_pango
from deckbuild import Failure, build_library, read_document, render
from deckbuild.model import Kind, outline

DOCUMENT = """# Bees

## Q: How many legs has a bee?
**Answer:** Six.

## Q: How many wings?
**Answer:** [todo]
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "bees.md").write_text(DOCUMENT)
    return folder


def test_a_document_is_read_and_nothing_is_written_or_printed(
    notes: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    document = read_document(notes / "bees.md")
    assert [note.kind for note, _ in outline.notes(document)] == [Kind.QA]
    assert (document.source, document.title) == ("bees.md", "Bees")
    assert [d.code for d in document.diagnostics] == ["placeholder"]
    assert [path.name for path in notes.iterdir()] == ["bees.md"]
    assert capfd.readouterr() == ("", "")


def test_a_library_keeps_its_guids_in_the_lock(notes: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (entry,) = build_library(notes).entries
    assert (notes / "deckbuild.lock").is_file()
    (notes / "bees.md").rename(notes / "insects.md")
    (moved,) = build_library(str(notes)).entries
    assert (moved.guid, moved.source) == (entry.guid, "insects.md")
    assert capfd.readouterr() == ("", "")


def test_settings_of_the_collection_hold(notes: Path) -> None:
    (notes / "deckbuild.toml").write_text('name = "Insects"\nignore = ["placeholder"]\n')
    assert read_document(notes / "bees.md").diagnostics == ()
    assert build_library(notes).name == "Insects"


def test_what_stops_is_raised(notes: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Failure, match="lock-changes"):
        build_library(notes, locked=True)
    with pytest.raises(FileNotFoundError, match=r"wasps\.md"):
        read_document(notes / "wasps.md")
    (notes / "bees.md").write_bytes(b"\0\1\2")
    with pytest.raises(Failure, match="not-text"):
        read_document(notes / "bees.md")
    with pytest.raises(Failure, match="not-text"):
        build_library(notes)
    assert not (notes / "deckbuild.lock").exists()
    assert capfd.readouterr() == ("", "")


def test_a_deck_is_that_of_the_command(notes: Path, tmp_path: Path) -> None:
    deck = render(build_library(notes), "deck")
    command = [
        sys.executable,
        "-m",
        "deckbuild",
        "build",
        notes,
        "-o",
        tmp_path,
        "--only",
        "deck",
        "-q",
        "--locked",
    ]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    assert deck == (tmp_path / "notes.apkg").read_bytes()


@needs_pango
def test_a_sheet_is_a_pdf(notes: Path) -> None:
    assert render(build_library(notes), "sheet").startswith(b"%PDF")


def test_other_names_are_not_there() -> None:
    assert not hasattr(deckbuild, "nothing")
    with pytest.raises(KeyError):
        render(deckbuild.api.Library("Empty", (), ()), "scroll")


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, deckbuild; print(*(name for name in sys.modules if name.startswith('deckbuild')))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["deckbuild"]
