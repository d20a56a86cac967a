"""Groups of notes that ask the same. They are grouped, never deleted: the author decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from deckbuild.model import Duplicates, Entry, Kind
from deckbuild.model.text import distinct_text, normalise


def duplicates(entries: Sequence[Entry]) -> tuple[Duplicates, ...]:
    """Groups of question notes whose questions are equal once normalised, in the order of the library."""
    asking: defaultdict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        if entry.note.kind is Kind.QA:
            asking[normalise(distinct_text(entry.note.question))].append(place)
    return tuple(
        Duplicates(tuple(places), "same", 1.0, "same question")
        for places in asking.values()
        if len(places) > 1
    )
