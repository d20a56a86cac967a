"""Which deck a document gets: the one its author names, else one of its own; and tags and ways back of settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckbuild.api import build_library
from deckbuild.collection.collection import one
from deckbuild.commands.build import Options, build
from deckbuild.commands.context import about
from deckbuild.report.report import Report


def decks(folder: Path) -> dict[str, str]:
    return {entry.source: entry.deck for entry in build_library(folder).entries}


def write(folder: Path, documents: dict[str, str], settings: str = "") -> Path:
    for name, text in documents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "deckbuild.toml").write_text(f'name = "N"\nsources = ["."]\n{settings}', encoding="utf-8")
    return folder


NOTE = "## What is a {0}?\n\nA sort of {0}.\n"
TITLED = "# Intro\n\n" + NOTE
FOLDERS = {
    "a/intro.md": TITLED.format("frog"),
    "b/Intro.md": TITLED.format("lute"),
    "b/x.md": NOTE.format("oboe"),
}


def test_documents_of_one_title_never_share_a_deck(tmp_path: Path) -> None:
    write(tmp_path, FOLDERS)
    assert decks(tmp_path) == {"a/intro.md": "N::a::Intro", "b/Intro.md": "N::b::Intro", "b/x.md": "N::x"}
    write(tmp_path, {"c/other.md": TITLED.format("pine"), "c/INTRO.md": TITLED.format("fir")})
    found = decks(tmp_path)
    assert found["a/intro.md"] == "N::a::Intro", "decks stay as they were first built"
    assert (found["c/other.md"], found["c/INTRO.md"]) == ("N::c::other", "N::c::INTRO")


def test_ids_of_exported_pages_are_in_no_name(tmp_path: Path) -> None:
    id = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    write(tmp_path, {f"Boats {id}/Knots {id}.md": NOTE.format("hitch")}, "folders_as_decks = true\n")
    assert set(decks(tmp_path).values()) == {"N::Boats::Knots"}


def test_a_title_that_comes_later_takes_no_deck(tmp_path: Path) -> None:
    write(tmp_path, {"intro.md": TITLED.format("frog")})
    assert decks(tmp_path) == {"intro.md": "N::Intro"}
    write(tmp_path, {"b/intro.md": TITLED.format("lute")})
    assert decks(tmp_path) == {"intro.md": "N::Intro", "b/intro.md": "N::b::Intro"}


def test_folders_are_decks_where_settings_say_so(tmp_path: Path) -> None:
    write(tmp_path, {"d/e/y.md": NOTE.format("harp"), **FOLDERS}, "folders_as_decks = true\n")
    assert decks(tmp_path) == {
        "a/intro.md": "N::a::Intro",
        "b/Intro.md": "N::b::Intro",
        "b/x.md": "N::b::x",
        "d/e/y.md": "N::d::e::y",
    }


def test_folders_begin_below_the_sources(tmp_path: Path) -> None:
    write(tmp_path, {"notes/a/x.md": NOTE.format("harp")})
    (tmp_path / "deckbuild.toml").write_text('sources = ["notes"]\nname = "N"\nfolders_as_decks = true\n')
    assert decks(tmp_path) == {"notes/a/x.md": "N::a::x"}


def test_a_deck_that_the_document_or_the_settings_name(tmp_path: Path) -> None:
    own = "---\ndeck: Music::Winds\ntags: [old]\n---\n" + NOTE
    documents = {"a.md": own.format("oboe"), "b.md": own.format("flute"), "c.md": own.format("lute")}
    write(tmp_path, documents, '[paths."c.md"]\ndeck = "Other"\ntags = ["x/y"]\n')
    assert decks(tmp_path) == {"a.md": "Music::Winds", "b.md": "Music::Winds", "c.md": "Other"}
    tags = {entry.source: entry.note.tags for entry in build_library(tmp_path).entries}
    assert tags == {"a.md": ("old",), "b.md": ("old",), "c.md": ("old", "x::y")}


def test_a_deck_named_later_is_told_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"a.md": NOTE.format("oboe")})
    assert decks(tmp_path) == {"a.md": "N::a"}
    write(tmp_path, {"a.md": "---\ndeck: Winds\n---\n" + NOTE.format("oboe")})
    report = Report()
    build(about(one([tmp_path], tmp_path), report), tmp_path / "out", ["deck"], Options())
    assert 'deckbuild lock --deck "N::a" "Winds"' in capsys.readouterr().err
    assert decks(tmp_path) == {"a.md": "N::a"}


def test_questions_are_asked_in_reverse_where_settings_say_so(tmp_path: Path) -> None:
    same = "## What is red?\n\nA colour.\n\n## What is blue?\n\nA colour.\n\n## What is loud?\n\nA sound.\n"
    choice = "Which is a bird?\n\n- [ ] a bee\n- [x] an owl\n"
    write(tmp_path, {"a.md": same, "b.md": choice}, "reverse = true\n")
    found = [(e.note.span.line, e.note.reverse) for e in build_library(tmp_path).entries]
    assert found == [(1, False), (5, False), (9, True), (1, False)]
