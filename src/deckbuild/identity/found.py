"""A note of the documents as identity sees it, before it is known which one it is."""

from __future__ import annotations

import re

from msgspec import Struct

from deckbuild.identity.hashing import digest
from deckbuild.model import Blocks, Kind, List, Mark, Note, Table, inline_runs, inner_inlines
from deckbuild.model.text import block_text, distinct_text, inline_text, normalise

LONGEST = 500
"""Characters of a question that are kept; of a longer one its beginning and its end, then a hash of all of it.

Exams tell one case for several questions, which differ in their last sentences."""
_END = 200


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
    exact: str = ""
    """The content as locks of schemas 1 and 2 hold it, with each line end; empty where it is the same."""


def asked(note: Note) -> str:
    """What a note asks: of multiple choice the stem, without the options."""
    return distinct_text(_stem(note))


def answered(note: Note) -> str:
    """What a note answers: of tables the cells without titles of columns; of clozes the marks.

    Of multiple choice it is the right option, and all options only where none is told: many questions share theirs.
    """
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
        return block_text(note.answer or note.question[len(_stem(note)) :])
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
    return f"{question[: LONGEST - _END]} {question[-_END:]} #{digest(question, 16)}"


def words_kept(question: str) -> str:
    """What a question as the lock holds it says: without the hash of a longer one."""
    return question if len(question) <= LONGEST else question.rpartition(" #")[0]


def names(note: Note) -> frozenset[str]:
    """Words of the question that must not be taken for others: capitals behind the first word, or inside."""
    found = set()
    text = " ".join(asked(note).split())
    for at, word in enumerate(re.findall(r"\S+", text)):
        bare = word.strip(".,;:!?()[]{}\"'“”‘’«»`*_")
        if bare[1:] != bare[1:].lower() or (at and bare[:1] != bare[:1].lower()):
            found |= set(normalise(bare).split())
    return frozenset(found)
