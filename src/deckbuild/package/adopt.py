"""Which notes of the documents are notes of another deck: by the number that a program left, else by the question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from deckbuild.identity.found import asked
from deckbuild.machine.regex import regex
from deckbuild.model import Entry
from deckbuild.model.text import normalise
from deckbuild.package.foreign import ForeignNote
from deckbuild.package.reader import plain

_DIGITS = regex(r"\d{10,20}")


def adopted(entries: Sequence[Entry], notes: Sequence[ForeignNote]) -> dict[int, ForeignNote]:
    """The notes of another deck by the place of the entry that each is.

    A number in the document tells surely. A question does where one entry and one note have it, as their text.
    """
    by_id = {str(note.id): note for note in notes if note.id}
    found: dict[int, ForeignNote] = {}
    for place, entry in enumerate(entries):
        if _DIGITS.fullmatch(entry.note.id) and entry.note.id in by_id:
            found[place] = by_id[entry.note.id]
    taken = {note.guid for note in found.values()}
    left = [place for place in range(len(entries)) if place not in found]
    questions = {place: normalise(asked(entries[place].note)) for place in left}
    fronts = {
        note.guid: normalise(plain(note.fields[0]))
        for note in notes
        if note.guid not in taken and note.fields
    }
    here, there = Counter(questions.values()), Counter(fronts.values())
    by_front = {front: guid for guid, front in fronts.items()}
    by_guid = {note.guid: note for note in notes}
    for place, question in questions.items():
        if question and here[question] == there[question] == 1:
            found[place] = by_guid[by_front[question]]
    return found
