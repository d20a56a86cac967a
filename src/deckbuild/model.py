"""The one model between documents and outputs: frozen values, a line span on every element.

A *note* is what Anki stores, a *card* is what Anki makes of it. HTML begins in the writers, never here.
Each value has one JSON form (see `codec`): unions are tagged with `type`, defaults are left out. Elements are
trees of frozen values, which can't form cycles, so the garbage collector needn't track them: that saves a
third of the time that a long document takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

SCHEMA = 1
"""Number of the JSON form. A file with another number is refused, never guessed at."""


class SourceSpan(Struct, frozen=True, order=True, array_like=True, gc=False):
    """Lines `line` to `end_line` of a source, both included, counted from 1."""

    line: int
    end_line: int


# --- inlines -------------------------------------------------------------------------------------------


class Inline(Struct, frozen=True, omit_defaults=True, gc=False):
    """What every inline element has; never used by itself."""

    span: SourceSpan


class Text(Inline, frozen=True, tag="text"):
    text: str


class CodeSpan(Inline, frozen=True, tag="code-span"):
    text: str


class Strong(Inline, frozen=True, tag="strong"):
    content: Inlines


class Emphasis(Inline, frozen=True, tag="emphasis"):
    content: Inlines


class Strike(Inline, frozen=True, tag="strike"):
    content: Inlines


class Mark(Inline, frozen=True, tag="mark"):
    """`==text==`: what the author highlighted; in a cloze note, what a card asks for.

    `number` is the card's as the author wrote it (`{{c2::text}}`), 0 where each mark has a card of its own;
    `hint` stands in place of the text while it is asked for.
    """

    content: Inlines
    number: int = 0
    hint: str = ""


class Link(Inline, frozen=True, tag="link"):
    content: Inlines
    url: str


class Image(Inline, frozen=True, tag="image"):
    """An image at `url`, as written; `media` is its name among the library's media, empty if it has none.

    One that is `embedded` as wikis do (`![[tree.png]]`) may lie in any folder of the collection.
    """

    alt: str
    url: str
    media: str = ""
    embedded: bool = False


class Break(Inline, frozen=True, tag="break"):
    """The end of a line inside a paragraph; `hard` where the author asked for a new line."""

    hard: bool = False


class HtmlSpan(Inline, frozen=True, tag="html-span"):
    """One raw HTML tag or comment inside a line, not yet sanitised."""

    text: str


class Formula(Inline, frozen=True, tag="formula"):
    """Mathematics: `text` as written, `tex` as LaTeX or None where it was not understood.

    It stands among the inlines, and as a block where `display` is set. `legend` says what its symbols mean.
    """

    text: str
    tex: str | None = None
    display: bool = False
    why: str = ""
    legend: tuple[Meaning, ...] = ()


class Meaning(Struct, frozen=True, omit_defaults=True, gc=False):
    """One line of a formula's legend: a symbol and what it stands for."""

    symbol: Inlines
    text: Inlines
    span: SourceSpan


AnyInline: TypeAlias = (
    Text | CodeSpan | Strong | Emphasis | Strike | Mark | Link | Image | Break | HtmlSpan | Formula
)
Inlines: TypeAlias = tuple[AnyInline, ...]


# --- blocks --------------------------------------------------------------------------------------------


class Block(Struct, frozen=True, omit_defaults=True, gc=False):
    """What every block has; never used by itself."""

    span: SourceSpan


class Heading(Block, frozen=True, tag="heading"):
    level: int
    content: Inlines


class Paragraph(Block, frozen=True, tag="paragraph"):
    content: Inlines


class CodeBlock(Block, frozen=True, tag="code-block"):
    text: str
    language: str = ""


class ListItem(Struct, frozen=True, omit_defaults=True):
    blocks: Blocks
    span: SourceSpan


class List(Block, frozen=True, tag="list"):
    """Items of one list; `start` is the first number of an ordered one, None for bullets."""

    items: tuple[ListItem, ...]
    start: int | None = None


class Row(Struct, frozen=True, omit_defaults=True):
    cells: tuple[Inlines, ...]
    span: SourceSpan


class Table(Block, frozen=True, tag="table"):
    """`span` runs from the header row to the last row; every row has as many cells as the header."""

    header: Row
    rows: tuple[Row, ...]


class Quote(Block, frozen=True, tag="quote"):
    blocks: Blocks


class Rule(Block, frozen=True, tag="rule"):
    """A thematic break."""


class Html(Block, frozen=True, tag="html"):
    """A block of raw HTML, not yet sanitised."""

    text: str


class FrontMatter(Block, frozen=True, tag="front-matter"):
    """Settings between `---` lines at the head of a document."""

    text: str


AnyBlock: TypeAlias = (
    Heading | Paragraph | CodeBlock | List | Table | Quote | Rule | Html | Formula | FrontMatter
)
Blocks: TypeAlias = tuple[AnyBlock, ...]


# --- notes and documents -------------------------------------------------------------------------------


class Kind(StrEnum):
    """The four kinds of note, each with an Anki note type of its own."""

    QA = "qa"
    ROW = "row"
    FORMULA = "formula"
    CLOZE = "cloze"


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


def claimed(note: Note) -> tuple[SourceSpan, ...]:
    """The lines of a note: its span, and further down those of an answer that stands in a key."""
    spans = {block.span for block in (*note.answer, *note.repeated)}
    return (note.span, *(span for span in spans if span.line > note.span.end_line))


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
    INFO = "info"


class Diagnostic(Struct, frozen=True, omit_defaults=True):
    """One problem for the user: where, what (`code` and a sentence), and what to do next (`hint`)."""

    source: str
    line: int
    code: str
    severity: Severity
    message: str
    hint: str
    column: int = 1


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
    schema: int = SCHEMA


class Entry(Struct, frozen=True, omit_defaults=True):
    """A note with its place and its identity, as the writers take it.

    `guid` is Anki's identity of the note, `note_id` its first choice of a number in the user's collection,
    `modified` the time in seconds since 1970 (UTC) at which its rendered content last changed. The order of
    a library's entries is the order in which new cards are shown.
    """

    note: Note
    source: str
    section: tuple[str, ...]
    deck: str
    guid: str
    note_id: int
    modified: int
    also: tuple[str, ...] = ()
    """Titles of further sources that give the same formula, for whose notes this one stands."""


class Group(Struct, frozen=True, omit_defaults=True):
    """Notes that ask the same; `members` are places in the library's entries."""

    members: tuple[int, ...]
    verdict: str
    score: float
    why: str


class Medium(Struct, frozen=True):
    """An image file: a name made of its content, which is the same for equal files, and its bytes."""

    name: str
    data: bytes


class Library(Struct, frozen=True, omit_defaults=True):
    """All documents of a collection, collated: what the writers render.

    `media` are the images that its documents show.
    `note_types` gives for each kind the time at which its note type last changed, `updated` the last change
    of any source, both in seconds since 1970 (UTC).
    """

    name: str
    documents: tuple[Document, ...]
    entries: tuple[Entry, ...]
    groups: tuple[Group, ...] = ()
    note_types: dict[Kind, int] = {}
    updated: int = 0
    media: tuple[Medium, ...] = ()
    schema: int = SCHEMA


# --- walking -------------------------------------------------------------------------------------------


def walk(section: Section, path: tuple[Heading, ...] = ()) -> Iterator[tuple[Section, tuple[Heading, ...]]]:
    """Each section in document order, with the headings from the outermost down to its own."""
    here = (*path, section.heading) if section.heading else path
    yield section, here
    for child in section.sections:
        yield from walk(child, here)


def inner_blocks(block: AnyBlock) -> Iterator[AnyBlock]:
    """The block itself and all blocks nested in it, in document order."""
    yield block
    if isinstance(block, List):
        for item in block.items:
            for child in item.blocks:
                yield from inner_blocks(child)
    elif isinstance(block, Quote):
        for child in block.blocks:
            yield from inner_blocks(child)


def inline_runs(block: AnyBlock) -> Iterator[Inlines]:
    """The inline runs that stand directly in a block: its text, its legend, or its cells row by row."""
    if isinstance(block, (Heading, Paragraph)):
        yield block.content
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            yield from row.cells
    elif isinstance(block, Formula):
        for line in block.legend:
            yield from (line.symbol, line.text)


def inner_inlines(content: Inlines) -> Iterator[AnyInline]:
    """All inline elements of a run, nested ones too, in document order."""
    for element in content:
        yield element
        if isinstance(element, (Strong, Emphasis, Strike, Mark, Link)):
            yield from inner_inlines(element.content)
