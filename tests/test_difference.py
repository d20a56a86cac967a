"""What an import would do, told before it is done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import astuple

from deckbuild.cards import fields
from deckbuild.collection.settings import LOCK
from deckbuild.decode.source import decode
from deckbuild.identity.changes import compare
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.read import extract
from test_package import GONE, build, edit, notes, run, saved

__all__ = ["notes"]  # the fixture


def differences(*arguments: str | Path) -> dict[str, dict[str, object]]:
    """The changes that `diff --json` tells, by fate."""
    result = run("diff", *arguments, "--json")
    assert result.exit_code == 0, result.output
    return {change["what"]: change for change in map(json.loads, result.stdout.splitlines())}


def changed(folder: Path) -> None:
    """One note is edited, one added, one removed."""
    edit(folder, "in English and German alike", "in English, French and German alike")
    edit(folder, GONE, "### Q2: Is h a vowel?\n**Answer:** It never was.\n")


def test_nothing_changed_shows_nothing(notes: Path, tmp_path: Path) -> None:
    old = saved(tmp_path, build(notes))
    assert differences(notes) == differences(old, notes) == {}


def test_against_the_lock(notes: Path) -> None:
    build(notes)
    before = (notes / LOCK).read_bytes()
    changed(notes)
    found = differences(notes)
    assert {what: change["question"] for what, change in found.items()} == {
        "added": "Is h a vowel?",
        "updated": "Which vowel is the most frequent one?",
        "retired": "what is o",
    }
    assert found["updated"]["fields"] == [
        {"name": "Answer", "old": None, "new": "The e, in English, French and German alike."}
    ]
    assert (notes / LOCK).read_bytes() == before


def test_a_document_renamed_is_a_move(notes: Path) -> None:
    build(notes)
    (notes / "letters.md").rename(notes / "alphabet.md")
    (change, *_) = (json.loads(line) for line in run("diff", notes, "--json").stdout.splitlines())
    assert (change["what"], change["moved_from"], change["source"]) == ("moved", "letters.md", "alphabet.md")
    assert "moved: letters.md → alphabet.md: What is a" in run("diff", notes).stdout


def test_against_a_package_with_both_texts(notes: Path, tmp_path: Path) -> None:
    old = saved(tmp_path, build(notes))
    changed(notes)
    build(notes, clock=1_800_000_000)
    found = differences(old, notes)
    assert {what: change["question"] for what, change in found.items()} == {
        "added": "Is h a vowel?",
        "updated": "Which vowel is the most frequent one?",
        "retired": "What is o?",
    }
    assert found["updated"]["fields"] == [
        {
            "name": "Answer",
            "old": "The e, in English and German alike.",
            "new": "The e, in English, French and German alike.",
        }
    ]
    shown = run("diff", old, notes)
    assert "Answer: The e, in English and German alike. → The e, in English, French" in shown.stdout
    assert "1 added, 1 updated, 0 moved, 0 context only, 1 retired" in shown.stderr


def test_a_package_newer_than_the_documents_is_told(notes: Path, tmp_path: Path) -> None:
    build(notes)
    old_lock, old_text = (notes / LOCK).read_bytes(), (notes / "letters.md").read_bytes()
    edit(notes, "round as the moon", "round as a ball")
    newer = saved(tmp_path, build(notes, clock=1_900_000_000))
    (notes / LOCK).write_bytes(old_lock)
    (notes / "letters.md").write_bytes(old_text)
    assert set(differences(newer, notes)) == {"kept"}


def test_a_note_is_retired_once(notes: Path, tmp_path: Path) -> None:
    old = saved(tmp_path, build(notes))
    edit(notes, GONE, "")
    assert set(differences(old, notes)) == {"retired"}
    again = saved(tmp_path, build(notes, "--retire", old, clock=1_800_000_000))
    assert differences(again, notes) == {}


def test_two_packages_are_wrong_usage(tmp_path: Path) -> None:
    assert run("diff", "a.apkg", "b.apkg").exit_code == 2


def test_what_is_rendered_differently_is_told_apart_from_edits(monkeypatch: pytest.MonkeyPatch) -> None:
    def document(answer: str) -> str:
        return f"# T\n\n## Q: Why a?\n**Answer:** {answer}\n\n## Q: Why is b next?\n**Answer:** So be it.\n"

    one = extract(decode(document("Somebody has to be.").encode(), "a.md"))
    edited = extract(decode(document("Somebody had to be.").encode(), "a.md"))
    other = extract(decode(document("It stays.").replace("Why a", "Why alone").encode(), "b.md"))
    _, before, *_ = astuple(collate([one, other], Lock("0123456789abcdef"), 1, "N"))
    render = fields.render
    monkeypatch.setattr(fields, "render", lambda *a, **k: ("<b>", *render(*a, **k)[1:]))
    _, after, *_ = astuple(collate([edited, other], before, 2, "N"))
    changes = compare(before, after)
    assert len(changes.changed) == 4
    assert {record.source for record in changes.rendered} == {"b.md"}
    assert len(changes.rendered) == 2
