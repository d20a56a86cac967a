"""Notes, and documents of sections with notes and blocks: one source, read.

A *note* is what Anki stores, a *card* is what Anki makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from deckbuild.model.elements import (
    AnyBlock,
    Blocks,
    Footnote,
    Heading,
    SourceSpan,
    Table,
    inline_runs,
    inner_blocks,
    inner_inlines,
)

SCHEMA = 1
"""Number of the JSON form. A file with another number is refused, never guessed at."""


class Kind(StrEnum):
    """The four kinds of note, each with an Anki note type of its own."""

    QA = "qa"
    ROW = "row"
    FORMULA = "formula"
    CLOZE = "cloze"


COLUMNS = "columns"
"""The shape of a note that a row of questions or terms gives."""

REFERENCES = ("source", "sources", "reference", "references", "link", "links", "see also", "further reading")
"""Labels of a document under which it says where more stands."""

CONTEXT = "context"
"""The label of what stands above a cloze in its list or its box, and of the line that announces a row's table."""

EXTRA = "extra"
"""The label of what a cloze shows with its answer."""

SHOWN_APART = frozenset(("hint", "follow-up", "difficulty", "type", *REFERENCES))
"""Labels whose texts have places of their own on a card, or are tags."""


class Note(Struct, frozen=True, omit_defaults=True, tag="note"):
    """One thing to learn, before it has an identity.

    `question` and `answer` are blocks, since questions hold code and options too. What they mean by kind:
    qa: question, answer. row: the key cell, and a two-row table of the other columns with their titles.
    formula: the name, and the formula followed by what the document says of it. cloze: the paragraph with
    its `Mark`s, and nothing. `shape` and `cues` say why this is a note. `extras` are labelled values of the
    document (difficulty, type, hint, …) by lower-case label; `tags` are the author's own.
    """

    kind: Kind
    question: Blocks
    answer: Blocks
    span: SourceSpan
    shape: str = ""
    cues: tuple[str, ...] = ()
    extras: dict[str, str] = {}
    tags: tuple[str, ...] = ()
    title: str = ""
    """Name of the table or group a derived note stands in; empty for others."""
    id: str = ""
    """The identity that the author gave it, if any."""
    column: str = ""
    """Title of the column that a row's key stands in; empty where the columns are what the row compares."""
    reverse: bool = False
    """Whether the answer of a row or formula leads back to its question and to no other."""
    repeated: Blocks = ()
    """Blocks of its lines that the answer says again, and that are therefore not shown."""
    readings: tuple[Note, ...] = ()
    """Of a row of a table what else it may be read as: what was built once stays so when its table grows."""
    row: Table | None = None
    """Of a row of a table all of it, blank cells and those that aren't shown too, below the titles of its columns."""

    @property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """Titles and texts of the columns beside the answer of a row of questions or terms."""
        if self.shape != COLUMNS:
            return ()
        return tuple(
            (title, text) for title, text in self.extras.items() if title not in SHOWN_APART and text
        )


def claimed(note: Note) -> tuple[SourceSpan, ...]:
    """The lines of a note: its span, and further down those of an answer that stands in a key."""
    spans = {span for block in (*note.answer, *note.repeated) for span in _spans(block)}
    return (note.span, *(span for span in sorted(spans) if span.line > note.span.end_line))


def _spans(block: AnyBlock) -> Iterator[SourceSpan]:
    """The lines of a block; of a table, of which a note may have a single row, its head and each of its rows."""
    if not isinstance(block, Table) or not block.rows:
        yield block.span
        return
    first = block.rows[0].span.line
    yield SourceSpan(block.span.line, min(first, block.header.span.end_line + 2) - 1)
    yield from (row.span for row in block.rows)


def footnotes(note: Note) -> Iterator[Footnote]:
    """The footnotes of a note's question and answer."""
    for outer in (*note.question, *note.answer):
        for block in inner_blocks(outer):
            for run in inline_runs(block):
                yield from (e for e in inner_inlines(run) if isinstance(e, Footnote))


class Section(Struct, frozen=True, omit_defaults=True):
    """A heading with what stands below it, in the order of the document."""

    body: tuple[Note | AnyBlock, ...]
    span: SourceSpan
    heading: Heading | None = None
    sections: tuple[Section, ...] = ()


class Fate(StrEnum):
    """What became of a line."""

    NOTE = "note"
    TABLE = "table"
    FORMULA = "formula"
    PROSE = "prose"
    STRUCTURE = "structure"
    BLANK = "blank"
    DROPPED = "dropped"


class Claim(Struct, frozen=True, omit_defaults=True):
    """Lines with one fate; `owner` is what took them (`note:12.answer`), `why` the reason."""

    span: SourceSpan
    fate: Fate
    owner: str = ""
    why: str = ""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"
    INFO = "info"


class Diagnostic(Struct, frozen=True, omit_defaults=True):
    """One problem for the user: where, what (`code` and a sentence), and what to do next (`hint`)."""

    source: str
    line: int
    code: str
    severity: Severity
    message: str
    hint: str
    column: int = 0
    """Counted from 1; 0 where the whole line is meant."""


class Refusal(Struct, frozen=True, omit_defaults=True):
    """Lines of one layout that could be questions and gave no notes, and why.

    `heads` are the lines on which they begin, `what` is such a line, in the singular, `setting` takes them ("" for
    none), `chance` is how likely they ask, 0 to 1. `spoke` and `missing` name the evidence that counted most for them,
    and what would have counted most beside it.
    """

    heads: tuple[SourceSpan, ...]
    what: str
    setting: str
    chance: float
    spoke: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Document(Struct, frozen=True, omit_defaults=True):
    """One source, read. `derived` are notes made from tables and formulas of the tree, beside it."""

    source: str
    title: str
    digest: str
    """Hash of the bytes of the source, hex."""
    root: Section
    ledger: tuple[Claim, ...]
    derived: tuple[Note, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    unwanted: dict[str, tuple[SourceSpan, ...]] = {}
    """Lines of which the author wants no diagnostic of a code."""
    deck: str = ""
    """The deck that the author names for its notes, with those above it; empty where none is named."""
    folders: tuple[str, ...] = ()
    """Folders that are decks between that of the collection and that of the document."""
    reverse: bool | None = None
    """Whether notes are asked in reverse too, as the settings say; None: rows and formulas are."""
    refusals: tuple[Refusal, ...] = ()
    """What could have been notes, the likeliest first."""
    schema: int = SCHEMA


def walk(section: Section, path: tuple[Heading, ...] = ()) -> Iterator[tuple[Section, tuple[Heading, ...]]]:
    """Each section in document order, with the headings from the outermost down to its own."""
    here = (*path, section.heading) if section.heading else path
    yield section, here
    for child in section.sections:
        yield from walk(child, here)
