"""Plain text of inlines and blocks, in the document's own characters, and the form that identity compares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from deckbuild import image_tags
from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Break,
    CodeBlock,
    CodeSpan,
    Formula,
    FrontMatter,
    Heading,
    Html,
    HtmlSpan,
    Image,
    Inlines,
    List,
    Paragraph,
    Quote,
    Row,
    Rule,
    Table,
    Text,
)

_FILLER = dict.fromkeys(map(ord, ".,;:?¿…\"'`´“”„‚‘’«»‹›()[]{}\u00ad\u200b\ufeff"), " ")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)


def inline_text(content: Iterable[AnyInline]) -> str:
    """Text of a run without its marks; a line break becomes a newline, an image its alternative text."""
    return "".join(map(_element, content))


def _element(element: AnyInline) -> str:
    match element:
        case Text(text=text) | CodeSpan(text=text) | Formula(text=text):
            return text
        case Break():
            return "\n"
        case Image(alt=alt):
            return alt
        case HtmlSpan(text=text):
            tag = text[:4].lower()
            return "\n" if tag.startswith("<br") else image_tags.shown(text)[1] if tag == "<img" else ""
        case _:
            return inline_text(element.content)


def row_text(row: Row) -> str:
    """The non-empty cells of a row with ` | ` between them."""
    return " | ".join(text for cell in row.cells if (text := inline_text(cell).strip()))


def block_text(blocks: Iterable[AnyBlock]) -> str:
    """Text of blocks, a line for each line, item and row; blocks are parted by newlines."""
    return "\n".join(text for block in blocks if (text := _block(block)))


def _block(block: AnyBlock) -> str:
    match block:
        case Heading(content=content) | Paragraph(content=content):
            return inline_text(content)
        case CodeBlock(text=text):
            return text.rstrip("\n")
        case Formula(text=text, legend=legend):
            lines = (f"{inline_text(line.symbol)} = {inline_text(line.text)}" for line in legend)
            return "\n".join((text, *lines))
        case List(items=items):
            return "\n".join(block_text(item.blocks) for item in items)
        case Table(header=header, rows=rows):
            return "\n".join(text for row in (header, *rows) if (text := row_text(row)))
        case Quote(blocks=blocks):
            return block_text(blocks)
        case Html(text=text):
            return _TAG.sub("", image_tags.as_text(text)).strip()
        case Rule() | FrontMatter():
            return ""


def one_line(content: Inlines) -> str:
    """Text of a run on one line, white space folded."""
    return " ".join(inline_text(content).split())


def normalise(text: str) -> str:
    """The form in which two spellings of one question are equal: letters, digits and signs, case folded.

    White space, quotes, brackets and sentence punctuation are dropped; signs that carry meaning (`+`, `#`,
    `²`) stay, so that `C`, `C++` and `C#` differ.
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().translate(_FILLER).split())
