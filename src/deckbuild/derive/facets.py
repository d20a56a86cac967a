"""Headings that ask for a part of what the heading above them names: `Formula` below `Gravity`.

By itself such a word says nothing on a card; with the title above it, it is a question: `Gravity: Formula`.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from deckbuild.derive.topics import topic
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.model import Heading, Inlines, Kind, Note, Paragraph, Section, Text
from deckbuild.model.outline import shortened
from deckbuild.model.text import one_line, unnumbered

_WORD = regex(r"[^\W\d_]+")
_HEADS = "heading and body"
"""The shape of notes whose heads are headings."""


def is_facet(title: str) -> bool:
    """Whether a title is one word, or one term, that any topic can have: `Units`, `2. Definition:`."""
    return unnumbered(title).strip(" :：.").casefold() in words().facet


def about(path: Sequence[Heading]) -> str:
    """What the innermost heading names of which facets are told: a title that is more than such words; else ""."""
    known = words()
    general = known.facet | known.quiz | known.glossary
    for heading in reversed(path):
        said = topic(one_line(heading.content))
        found = [word.casefold() for word in _WORD.findall(said)]
        if any(len(word) > 3 and word not in general for word in found):
            return shortened(said)
    return ""


def with_topics(section: Section, above: tuple[Heading, ...] = ()) -> Section:
    """The tree, questions that are the heading of a facet behind the title that they belong to."""
    path = (*above, section.heading) if section.heading else above
    body = tuple(_asked_of(part, path) if isinstance(part, Note) else part for part in section.body)
    inner = tuple(with_topics(below, path) for below in section.sections)
    return replace(section, body=body, sections=inner)


def _asked_of(note: Note, path: Sequence[Heading]) -> Note:
    match note:
        case Note(kind=Kind.QA, shape=shape, question=(Paragraph(content=content) as asked,)) if (
            shape == _HEADS and is_facet(one_line(content)) and (said := about(path))
        ):
            return replace(note, question=(replace(asked, content=of(said, content)),))
    return note


def of(said: str, content: Inlines) -> Inlines:
    """The words of a facet behind what it is told of."""
    return (Text(content[0].span, f"{said}: "), *content)
