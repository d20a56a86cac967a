"""What else a note may have been built as: asked in reverse too, or read otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from deckbuild.identity.placed import Placed
from deckbuild.model import Kind
from deckbuild.model.choices import choice


def ways(place: Placed) -> Iterator[Placed]:
    """What else a note may have been: asked in reverse too, or read otherwise, in reverse too or not."""
    if not place.note.reverse:
        yield from reversed_too(place)
    for reading in place.note.readings:
        way = replace(place, note=reading)
        yield way
        if reading.reverse:
            yield replace(place, note=replace(reading, reverse=False))
        else:
            yield from reversed_too(way)


def reversed_too(place: Placed) -> Iterator[Placed]:
    """The note asked in reverse, where it may be and isn't."""
    if may_reverse(place):
        yield replace(place, note=replace(place.note, reverse=True))


def may_reverse(place: Placed) -> bool:
    """Whether the settings let a note be asked in reverse which is not: rows and formulas unless they say no."""
    note, said = place.note, place.document.reverse
    if note.reverse or note.kind is Kind.CLOZE:
        return False
    return said is not False if note.kind is not Kind.QA else said is True and choice(note) is None
