"""Inlines and blocks: the elements of a document, a span of lines on each.

Elements are trees of frozen values, which can't form cycles, so the garbage collector needn't track them:
that saves a third of the time that a long document takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct


class SourceSpan(Struct, frozen=True, order=True, array_like=True, gc=False):
    """Lines `line` to `end_line` of a source, both included, counted from 1."""

    line: int
    end_line: int


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


class Footnote(Inline, frozen=True, tag="footnote"):
    """The place of a footnote, whose text stands in the lines `told`; one written in place stands in its own."""

    content: Inlines
    told: SourceSpan


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
    Text | CodeSpan | Strong | Emphasis | Strike | Mark | Link | Image | Break | HtmlSpan | Footnote | Formula
)
Inlines: TypeAlias = tuple[AnyInline, ...]


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
    """Items of one list; `start` is the first number of an ordered one, None for bullets.

    One that is `lettered` counts A, B, C: the options of a question. Their author's own `letters`, in order, are
    told where they are of another script.
    """

    items: tuple[ListItem, ...]
    start: int | None = None
    lettered: bool = False
    letters: str = ""


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
        if isinstance(element, (Strong, Emphasis, Strike, Mark, Link, Footnote)):
            yield from inner_inlines(element.content)
