"""How a question changed, so that the same change of many notes of a document is seen as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from deckbuild.identity.found import Found
from deckbuild.identity.hashing import back
from deckbuild.identity.lock import NoteRecord
from deckbuild.identity.questions import words_once
from deckbuild.identity.replaced import middles

COMPANY = 3
"""Notes of a document that changed in one way, at least, for a further one to be taken for changed so too."""


class Change(Struct, frozen=True):
    """What a question lost and what it has instead, and whether it did at its beginning, or at its end.

    Of words that only came or only went it doesn't matter which: of two names of each term one goes. Nor does it where
    nothing stayed: a column was written in another script.
    """

    lost: tuple[str, ...]
    gained: tuple[str, ...]
    at_start: bool
    at_end: bool


def change(question: str, was: str) -> Change | None:
    """How a question became what it is, both in normal form; None where no word came or went."""
    before, now = words_once(was), words_once(question)
    lost, gained = middles(before, now)
    at_start, at_end = before[:1] != now[:1], before[-1:] != now[-1:]
    if not (lost or gained):
        return None
    if lost and gained and (len(lost) < len(before) or len(gained) < len(now)):
        return Change(tuple(lost), tuple(gained), at_start, at_end)
    return Change(("…",) if lost else (), ("…",) if gained else (), at_start, at_end)


def changed_alike(found: Sequence[Found], records: Mapping[int, NoteRecord]) -> frozenset[tuple[str, Change]]:
    """The changes that several notes of a source share whose answers stayed as they were."""
    counts = Counter(
        (note.source, one)
        for note, record in ((found[place], record) for place, record in records.items())
        if note.question != record.question and back(note) == back(record)
        if (one := change(note.question, record.question))
    )
    return frozenset(key for key, count in counts.items() if count >= COMPANY)
