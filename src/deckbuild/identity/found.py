"""A note of the documents as identity sees it, before it is known which one it is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from deckbuild.cards.context import context_fields
from deckbuild.model import Blocks, Kind, List, Mark, Note, Table, inline_runs, inner_inlines
from deckbuild.model.text import block_text, distinct_text, inline_text, normalise

LONGEST = 500
"""Characters of a question that are kept; a longer one ends in a hash of all of it."""

PART = 8
"""Hex digits of the hash of one part of a note: front, back, and the rest of its content."""

_COUNTER = re.compile(r"[(\[]\s*\d+\s*[)\]]|\d+\s*$")
"""How many notes a section holds, as its title tells."""


class Found(Struct, frozen=True):
    """A note of the documents: where it stands, what it asks and answers, hashes of what Anki would store.

    `question` is what identity compares, in normal form: of multiple choice the stem, of a row its key. `names`
    are words of the question that are names, acronyms or symbols. `content` and `context` are as in the lock.
    """

    kind: Kind
    source: str
    section: str
    question: str
    sketch: str
    content: str
    context: str
    names: frozenset[str] = frozenset()
    id: str = ""
    whole: str = ""
    """The question as locks of schema 1 hold it: with its options, or below the title of its table."""


class Hashed(Protocol):
    """A note or a record, of which the hashes of its content are known."""

    @property
    def content(self) -> str:
        """Hashes of front, back and rest."""


def back(note: Hashed) -> str:
    """The hash of a note's answer."""
    return note.content[PART : 2 * PART]


def asked(note: Note) -> str:
    """What a note asks: of multiple choice without the options, which belong to its answer."""
    return distinct_text(_stem(note))


def answered(note: Note) -> str:
    """What a note answers: options too; of tables the cells without titles of columns; of clozes the marks."""
    if note.kind is Kind.CLOZE:
        marks = (
            inline_text(element.content)
            for block in note.question
            for run in inline_runs(block)
            for element in inner_inlines(run)
            if isinstance(element, Mark)
        )
        return "\n".join(marks)
    if note.kind is Kind.QA:
        options = note.question[len(_stem(note)) :]
        return block_text((*options, *note.answer))
    cells = (
        inline_text(cell)
        for block in note.answer
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
    )
    return "\n".join((block_text(b for b in note.answer if not isinstance(b, Table)), *cells))


def _stem(note: Note) -> Blocks:
    *stem, last = note.question or (None,)
    has_options = "options" in note.cues and isinstance(last, List) and any(stem)
    return note.question[:-1] if has_options else note.question


def shortened(question: str) -> str:
    """A question as the lock holds it."""
    if len(question) <= LONGEST:
        return question
    return f"{question[:LONGEST]} #{digest(question, 16)}"


def names(note: Note) -> frozenset[str]:
    """Words of the question that must not be taken for others: capitals behind the first word, or inside."""
    found = set()
    text = " ".join(asked(note).split())
    for at, word in enumerate(re.findall(r"\S+", text)):
        bare = word.strip(".,;:!?()[]{}\"'“”‘’«»`*_")
        if bare[1:] != bare[1:].lower() or (at and bare[:1] != bare[:1].lower()):
            found |= set(normalise(bare).split())
    return frozenset(found)


def section_hash(titles: str) -> str:
    """A hash of the titles above a note, without the number of notes that some of them tell."""
    bare = normalise(" › ".join(_COUNTER.sub("", title).strip() for title in titles.split(" › ")))
    return digest(bare, 6) if bare else ""


def digest(text: str, length: int) -> str:
    """So many hex digits of a hash."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()[:length]


def field_hash(text: str) -> str:
    """12 hex digits of one field: enough to see a change."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def content_and_context(kind: Kind, fields: Sequence[str], tags: str) -> tuple[str, str]:
    """What the lock holds of a note: three hashes of its content in one string, and one of its context.

    Of hashes of its fields, the last of which is the guid's, and of its tags.
    """
    context = context_fields(kind)
    rest = [value for at, value in enumerate(fields[:-1]) if at not in context]
    front, back = [*rest, "", ""][:2]
    around = [fields[at] for at in sorted(context) if at < len(fields)]
    content = f"{front[:PART]}{back[:PART]:0<{PART}}{digest(' '.join(rest[2:]), PART)}"
    return content, digest(" ".join((*around, tags)), PART)
