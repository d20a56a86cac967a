"""The bold words that an item of a sheet opens with."""

from __future__ import annotations

import pytest

from deckbuild.model import CodeSpan, Text
from deckbuild.model.text import inline_text
from deckbuild.paper.run_in import term
from hand_made import SPAN, text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is a spring tide?", "Spring tide"),
        ("Explain the Coriolis force in simple terms.", "Coriolis force in simple terms"),
        ("Can you explain the concept of upwelling?", "Upwelling"),
        ("Define ebb", "Ebb"),
        ("What are the differences between ebb and flood?", "Differences between ebb and flood"),
        ("what’s M2?", "M2"),
    ],
)
def test_a_question_for_a_term_opens_with_the_term(question: str, expected: str) -> None:
    assert inline_text(term(text(question), "en-GB")) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Why are there two high tides a day?",
        "What is a spring tide? When does it come?",
        "What is a spring tide, and when does it come?",
        "What is wrong with this table?",
        "What is salt used for?",
        "Explain how the moon moves the water",
        "What are the three largest known tidal ranges on earth?",
        "What is it?",
        "What is?",
    ],
)
def test_any_other_question_stays_whole(question: str) -> None:
    assert inline_text(term(text(question), "en")) == question


def test_code_in_a_term_stays_code() -> None:
    found = term((*text("What is "), CodeSpan(SPAN, "tide"), *text("?")), "en")
    assert found == (CodeSpan(SPAN, "tide"),)


def test_questions_in_other_languages_stay_whole() -> None:
    assert term((Text(SPAN, "Define ebb"),), "de") == (Text(SPAN, "Define ebb"),)
