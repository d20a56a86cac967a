"""Tags that a text is about stay in it; those that it uses are used."""

from __future__ import annotations

import pytest

from deckbuild.decode.source import decode
from deckbuild.model import outline
from deckbuild.model.text import block_text
from deckbuild.read import extract


def asked_and_answered(text: str) -> tuple[str, str]:
    note, _ = outline.notes(extract(decode(text.encode(), "notes.md")))[0]
    return " ".join(block_text(note.question).split()), " ".join(block_text(note.answer).split())


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between <section> and <article>?",
        "Where does a <nav> belong?",
        'What does <input type="text"> ask for?',
        "When is (<aside>) used?",
    ],
)
def test_a_tag_that_nothing_ends_is_text(question: str) -> None:
    assert asked_and_answered(f"## {question}\n\nThat depends.\n")[0] == question


def test_a_line_may_begin_with_it() -> None:
    text = "## What are landmarks?\n\n<main> holds the page.\n\n- <header>: the top\n- <footer>: the end\n"
    assert asked_and_answered(text)[1] == "<main> holds the page. <header>: the top <footer>: the end"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A <b>bold</b> word.", "A bold word."),
        ("H<sub>2</sub>O, x<br>y and <br> z", "H2O, x y and z"),
        ("<p> A paragraph.", "A paragraph."),
        ("<div> A box.\n</div>", "A box."),
        ('<input type="checkbox"> done', "done"),
        ("<details>\n<summary>More</summary>\n\nIt floats.\n\n</details>", "It floats."),
    ],
)
def test_a_tag_that_is_used_is_none(written: str, read: str) -> None:
    assert asked_and_answered(f"## What is ice?\n\n{written}\n")[1] == read
