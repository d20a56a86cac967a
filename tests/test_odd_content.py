"""Odd content on its way through a package into the real Anki: nothing is lost, nothing becomes a command."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

import pytest
from msgspec.structs import astuple, replace

from deckbuild.cards.note_types import note_types
from deckbuild.cards.stored import stored_notes
from deckbuild.collection.media import gather
from deckbuild.decode.source import decode
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Library
from deckbuild.model.text import distinct_text
from deckbuild.package.apkg import apkg
from deckbuild.read import extract

pytest.importorskip("anki")

from anki_client import anki_client

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def library(folder: Path, text: str) -> Library:
    for name in ("oak", "elm"):
        (folder / f"{name}.png").write_bytes(PNG + name.encode())
    found = gather([extract(decode(text.encode(), "a.md"))], folder)
    made = collate(found.documents, Lock("0"), 1_700_000_000, "Odd").library
    return replace(made, media=found.media)


def shown(side: str) -> str:
    """What a side of a card says, tags taken off, images as their names; without path and origin."""
    side = re.sub(r'<p class="(?:path|origin)".*?</p>', "", side)
    side = re.sub(r'<img src="([^"]*)"[^>]*>', r" \1 ", side)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", side)).split())


def pairs(folder: Path, text: str) -> list[tuple[str, str]]:
    """Front and back of the first card of each note, as Anki shows them after an import."""
    made = library(folder, text)
    (folder / "anki").mkdir()
    with anki_client(folder / "anki") as anki:
        assert anki.import_package(apkg(made)) == {"new": len(made.entries)}
        assert anki.faults() == []
        for note in stored_notes(made, note_types()):
            assert tuple(anki.note(note.guid).values()) == note.values
            assert len(anki.cards(note.guid)) == len(note.ordinals)
        sides = [anki.cards(entry.guid)[0] for entry in made.entries]
    return [(shown(front), shown(back).removeprefix(shown(front)).strip()) for front, back in sides]


LONG = "word " * 40_000
EMOJI = "\U0001f469\u200d\U0001f52c \U0001f3f3\ufe0f\u200d\U0001f308 \U0001f44d\U0001f3fd"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What do }} and {{ end?", "A {{field}}, {{#a}}{{/a}} {{FrontSide}} and }}}}."),
        ("What is {{c:this}}?", "No {{cloze::at}} all."),
        ("What is std::vector::at?", ":: and ::: and x::y"),
        ("What is [sound:]?", "[sound: [latex]x[/latex] [$$]y[/$$] [anki:play:q:0] [type:z]"),
        ("Echo?", "Echo?"),
        ("מה זה עץ?", "גרף בלי (circle) 12."),
        (f"What is {EMOJI}?", EMOJI),
        ("What is long?", LONG.strip()),
        (f"What is {LONG}?", "Long."),
        ("What is one word?", "a" * 200_000),
        ("What is a\u200bb\u202ec?", "\ufffe\u009d"),
    ],
    ids=lambda text: text[:12],
)
def test_text_arrives_as_it_stands(tmp_path: Path, question: str, answer: str) -> None:
    text = f"## Q1: {question}\n**Answer:** {answer}\n"
    assert pairs(tmp_path, text) == [(question, answer)]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_tabs_and_line_ends(tmp_path: Path, end: str) -> None:
    text = "## Q1: What\tis\tit?\n**Answer:** a\tb\n\n```\nif x:\n\ty\n```\n\n1.\tone\n2.\ttwo\n"
    assert pairs(tmp_path, text.replace("\n", end)) == [("What is it?", "a b if x: y onetwo")]


def test_escapes_for_terminals_show_that_something_was_there(tmp_path: Path) -> None:
    assert pairs(tmp_path, "## Q1: Red?\n**Answer:** \x1b[31mred\x0b!\n") == [
        ("Red?", "\ufffd[31mred\ufffd!")
    ]


def test_each_of_equal_questions_arrives(tmp_path: Path) -> None:
    assert pairs(tmp_path, "## Q1: Which?\n**Answer:** This.\n" * 3) == [("Which?", "This.")] * 3


def test_signs_of_clozes_inside_of_clozes(tmp_path: Path) -> None:
    text = "A {{c1::std::list}}, {{c2::b :: c {{c1::e}}}} }} and `{{c1::f}}`.\n"
    assert pairs(tmp_path, text) == [
        ("A [list], b :: c [...] }} and {{c1::f}}.", "A std, b :: c e }} and {{c1::f}}.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "## Q1: ![](oak.png)\n**Answer:** An oak.\n\n## Q2: ![](elm.png)\n**Answer:** An elm.\n",
        "Q: ![](oak.png)\nA: An oak.\n\nQ: ![](elm.png)\nA: An elm.\n",
        "| | |\n|---|---|\n| ![](oak.png) | An oak. |\n| ![](elm.png) | An elm. |\n",
    ],
)
def test_images_ask(tmp_path: Path, text: str) -> None:
    oak, elm = (f"db-{hashlib.sha256(PNG + name).hexdigest()[:16]}.png" for name in (b"oak", b"elm"))
    assert pairs(tmp_path, text) == [(oak, "An oak."), (elm, "An elm.")]


def test_images_answer(tmp_path: Path) -> None:
    text = (
        "| | |\n|---|---|\n| Ash | ![](elm.png) |\n\nQ: Oak?\nA: ![](oak.png)\n\nQ: Elm?\nA: ![](gone.png)\n"
    )
    answers = [answer for _, answer in pairs(tmp_path, text)]
    assert [re.sub("[0-9a-f]{16}", "", answer) for answer in answers] == ["db-.png", "db-.png", "[gone.png]"]


def test_the_right_one_of_options_that_are_images_keeps_its_letter(tmp_path: Path) -> None:
    text = "1. Which is an elm?\n   - [ ] ![](oak.png)\n   - [x] ![](elm.png)\n"
    (note,) = stored_notes(library(tmp_path, text), note_types())
    assert '<ol class="options right"><li data-letter="B"><img' in note.values[1]


def test_one_question_about_several_images_is_several_questions() -> None:
    oak = "## Q1: Which tree? ![](oak.png)\n**Answer:** A tree.\n\n"
    elm = "## Q2: Which tree? ![](elm.png)\n**Answer:** A tree.\n\n"

    def made(text: str, lock: Lock) -> tuple[dict[str, str], Lock]:
        library, after, *_ = astuple(
            collate([extract(decode(text.encode(), "a.md"))], lock, 1_700_000_000, "Odd")
        )
        assert not library.groups
        return {distinct_text(e.note.question): e.guid for e in library.entries}, after

    guids, lock = made(oak + elm, Lock("0"))
    assert made(elm + oak, lock)[0] == guids
