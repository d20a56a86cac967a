"""Options of multiple choice on paper: lists counted by letters, the right ones by those they had."""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.model import Library, Note
from deckbuild.model.changing import changed
from deckbuild.model.choices import choice


def with_letters(library: Library) -> Library:
    """The library for paper, with letters before all options."""
    if not any("options" in entry.note.cues for entry in library.entries):
        return library
    return replace(
        library,
        documents=changed(library.documents, _lettered),
        entries=changed(library.entries, _lettered),
    )


def _lettered(element: object) -> object | None:
    parts = choice(element) if isinstance(element, Note) else None
    if parts is None or not isinstance(element, Note):
        return None
    options = replace(parts.options, start=1, lettered=True)
    right = tuple(
        replace(options, span=options.items[at].span, items=(options.items[at],), start=at + 1)
        for at in parts.right
    )
    return replace(element, question=(*parts.asked, options), answer=(*right, *parts.rest))
