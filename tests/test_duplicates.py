"""Notes that ask the same, on cases of our own and on labelled collections."""

from __future__ import annotations

import pytest

from conftest import Case, read_cases
from deckbuild.decode.source import decode
from deckbuild.identity.collate import collate
from deckbuild.identity.duplicates import duplicates
from deckbuild.identity.lock import Lock
from deckbuild.read import extract


@pytest.mark.parametrize("case", read_cases("duplicates.md"), ids=str)
def test_notes_that_ask_the_same_are_grouped(case: Case) -> None:
    entries = collate([extract(decode(case.text.encode(), "notes.md"))], Lock(""), 0, "Notes").entries
    found = sorted(
        f"{group.verdict} {' '.join(str(entries[at].note.span.line) for at in group.members)}"
        for group in duplicates(entries)
    )
    assert found == case.expected.splitlines()
