"""Marks of note programs: what of them stays on cards, and what they say of notes."""

from __future__ import annotations

from conftest import Case, cases
from test_extract import document, shown_questions


@cases("vaults.md")
def test_vaults(case: Case) -> None:
    assert list(shown_questions(document(case.text))) == case.expected.splitlines()
