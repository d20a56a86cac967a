"""Documents kept between runs: found again by all that their reading depends on, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from deckbuild.commands import kept as kept_files
from deckbuild.commands import kept_drafts, kept_models
from deckbuild.commands.kept_drafts import Drafts
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.maths.check import cache
from deckbuild.model import Document, codec
from deckbuild.read import Preferences
from deckbuild.read import read as read_anew

TEXT = "".join(f"## What is tide {n}?\n\nThe one after tide {n - 1}.\n\n" for n in range(1, 80))
NO_SETTINGS = Preferences()


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    path = tmp_path / "tides.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def kept(file: Path) -> list[Path]:
    folder = file.parent / "cache" / "documents"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def read(file: Path, name: str = "tides.md", preferences: Preferences = NO_SETTINGS) -> Document:
    return kept_models.read(file, name, preferences)


def test_a_document_comes_back_as_it_was_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(file)
    monkeypatch.setattr(kept_models, "extract", None)  # not to be called again
    assert read(file) == first == read_anew(file, "tides.md")


def test_another_text_name_or_setting_is_another_document(file: Path) -> None:
    first = read(file)
    assert read(file, "streams.md").source == "streams.md"
    assert read(file, preferences=Preferences(questions="none")) != first
    file.write_text(TEXT.replace("tide", "wave"), encoding="utf-8")
    assert read(file) == read_anew(file, "tides.md") != first
    assert len(kept(file)) == 4


def test_other_code_reads_anew(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(file)
    monkeypatch.setattr(kept_files, "code", lambda: "another version")
    read(file)
    assert len(kept(file)) == 2


@pytest.mark.parametrize("spoil", [bytes, lambda data: data[:-1], lambda data: data[:40] + b"x" + data[41:]])
def test_what_is_broken_is_read_anew(file: Path, spoil: object) -> None:
    first = read(file)
    (place,) = kept(file)
    good = place.read_bytes()
    assert callable(spoil)
    place.write_bytes(b"" if spoil is bytes else spoil(good))
    assert read(file) == first
    assert place.read_bytes() == good


def test_a_folder_that_cannot_be_written_is_none(file: Path) -> None:
    (file.parent / "cache").write_text("a file")
    assert codec.encode(read(file)) == codec.encode(read_anew(file, "tides.md"))


def test_short_documents_are_not_kept(file: Path) -> None:
    file.write_text("# Why?\n\nBecause.\n", encoding="utf-8")
    read(file)
    assert kept(file) == []


def test_what_was_not_used_for_longest_goes_first(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(file)
    (first,) = kept(file)
    monkeypatch.setattr(kept_files, "MOST", first.stat().st_size * 3 // 2)
    read(file, "streams.md")
    assert first not in kept(file)
    assert len(kept(file)) == 1


def drafted(document: Document, name: str = "Sea") -> list[Path]:
    """Collate a document with kept drafts, compare with what it gives without, and name the files that are kept."""
    known = Drafts()
    made = collate([document], Lock("0" * 32), 1, name, drafter=known.of)
    known.keep()
    assert made == collate([document], Lock("0" * 32), 1, name)
    return kept(Path(document.source))


def test_drafts_come_back_as_they_were_made(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(TEXT * 2, encoding="utf-8")
    document = read(file, str(file))
    drafted(document)
    monkeypatch.setattr(kept_drafts, "draft", None)  # not to be called again
    known = Drafts()
    made = collate([document], Lock("0" * 32), 1, "Sea", drafter=known.of)
    assert len(made.entries) == 158


@pytest.mark.parametrize("spoil", [bytes, lambda data: data[:-1], lambda data: data[:40] + b"x" + data[41:]])
def test_broken_drafts_are_made_anew(file: Path, spoil: object) -> None:
    file.write_text(TEXT * 2, encoding="utf-8")
    document = read(file, str(file))
    for path in drafted(document):
        assert callable(spoil)
        path.write_bytes(b"" if spoil is bytes else spoil(path.read_bytes()))
    assert len(drafted(document)) == 2


def test_another_title_or_collection_has_drafts_of_its_own(file: Path) -> None:
    file.write_text(TEXT * 2, encoding="utf-8")
    document = read(file, str(file))
    drafted(document)
    drafted(replace(document, title="Streams"))
    drafted(document, "Ocean")


def test_files_of_others_in_the_folder_stay(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "MOST", 0)
    other = file.parent / "cache" / "documents" / "thesis.odt"
    other.parent.mkdir(parents=True)
    other.write_text("three years of work")
    read(file)
    assert kept(file) == [other]
