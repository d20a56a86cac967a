"""Drafts: notes in their places, rendered and as identity sees them. A draft follows from its note and place alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from deckbuild.cards import fields
from deckbuild.cards.fields import RenderedNote
from deckbuild.identity.content import content_and_context
from deckbuild.identity.found import Found, answered, asked, names, shortened
from deckbuild.identity.hashing import exact_hash, field_hash, section_hash
from deckbuild.identity.placed import Placed
from deckbuild.identity.words import sketch
from deckbuild.model.text import distinct_text, normalise


class Draft(Struct, frozen=True):
    """A note as HTML, without a guid, and as identity compares it."""

    rendered: RenderedNote
    found: Found


Drafter: TypeAlias = Callable[[Placed, str], Draft]
"""Gives the draft of a note in a collection of a name: `draft`, or something that remembers what that gave."""


def draft(place: Placed, name: str) -> Draft:
    """The draft of a note in a collection of this name."""
    note, document = place.note, place.document
    rendered = fields.rendered(note, place.titles, document.source, document.title, place.also, (), name)
    tags = field_hash(" ".join(rendered.tags))
    content, context = content_and_context(note.kind, [*map(field_hash, rendered.values)], tags)
    exact = content
    if any("\n" in value for value in rendered.values):
        exact, _ = content_and_context(note.kind, [*map(exact_hash, rendered.values)], tags)
    found = Found(
        kind=note.kind,
        source=document.source,
        section=section_hash(" › ".join(place.titles)),
        question=shortened(normalise(asked(note))),
        sketch=sketch(answered(note)),
        content=content,
        context=context,
        names=names(note),
        id=note.id,
        whole=normalise(f"{note.title} {distinct_text(note.question)}"),
        exact="" if exact == content else exact,
    )
    return Draft(rendered, found)
