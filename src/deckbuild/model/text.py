"""Plain text of inlines and blocks, in the document's own characters, and the form that identity compares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Break,
    CodeBlock,
    CodeSpan,
    Emphasis,
    Footnote,
    Formula,
    FrontMatter,
    Heading,
    Html,
    HtmlSpan,
    Image,
    Inlines,
    Link,
    List,
    Paragraph,
    Quote,
    Row,
    Rule,
    Strong,
    Table,
    Text,
    image_tags,
    inline_runs,
    inner_blocks,
    inner_inlines,
)
from deckbuild.model.callouts import callout

# Functions of `re` compile these when they are first used; few documents need them.
_NUMBER = (
    r"(?i)(?:(?:chapter|section|part|unit|module)\s+)?(?:\d+(?:\.\d+)*[.):]|\d+(?:\.\d+)+|[IVX]+[.):])\s+"
)
_FILLER = dict.fromkeys(map(ord, ".,;:?¿…\"'`´“”„‚‘’«»‹›()[]{}\u00ad\u200b\ufeff"), " ")
_TAG = r"</?[A-Za-z][^<>]*>"
_PARTING = r"""(?xi)</?(?:
    address|article|aside|blockquote|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure
    |footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b"""
"""Tags of elements that stand by themselves: the words around one are never one word."""

_TAG_OR_COMMENT = rf"(?s)<!--.*?-->|{_TAG}"


_HALF = "[\ud800-\udfff]"


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, which escapes can write and no file can hold."""
    return text if text.isascii() else re.sub(_HALF, "\ufffd", text)


def inline_text(content: Iterable[AnyInline]) -> str:
    """Text of a run without its marks and footnotes.

    A line break becomes a newline, an image its alternative text.
    """
    return "".join([e.text if type(e) is Text else _element(e) for e in content])


def _element(element: AnyInline) -> str:
    match element:
        case CodeSpan(text=text) | Text(text=text) | Formula(text=text):
            return text
        case Break():
            return "\n"
        case Strong(content=content) | Emphasis(content=content):
            return inline_text(content)
        case Image(alt=alt):
            return alt
        case Footnote():
            return ""
        case HtmlSpan(text=text):
            is_image = text[:4].lower() == "<img"
            return image_tags.shown(text)[1] if is_image else "\n" if parts_words(text) else ""
        case _:
            return inline_text(element.content)


def has_image(content: Iterable[AnyInline]) -> bool:
    """Whether a run shows an image."""
    return any(
        isinstance(e, Image) or (isinstance(e, HtmlSpan) and e.text[:4].lower() == "<img")
        for e in inner_inlines(tuple(content))
    )


def is_blank(content: Inlines) -> bool:
    """Whether a run shows nothing: no text and no image."""
    return not inline_text(content).strip() and not has_image(content)


def is_link(blocks: Iterable[AnyBlock]) -> bool:
    """Whether blocks are links and nothing else, but for signs and numbers around them."""
    runs = [run for block in blocks for run in inline_runs(block)]
    linked = sum(_letters(e.content) for run in runs for e in inner_inlines(run) if isinstance(e, Link))
    return linked > 0 and linked == sum(map(_letters, runs))


def _letters(content: Inlines) -> int:
    return sum(map(str.isalpha, inline_text(content)))


def distinct_text(blocks: Iterable[AnyBlock]) -> str:
    """What tells blocks from others: their text, and how the addresses of images end that have none."""
    blocks = tuple(blocks)
    runs = (run for outer in blocks for block in inner_blocks(outer) for run in inline_runs(block))
    images = (e for run in runs for e in inner_inlines(run) if isinstance(e, Image) and not e.alt.strip())
    return "\n".join((block_text(blocks), *(image.url[-80:] for image in images)))


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
            box = callout(block)
            return block_text((Paragraph(block.span, box.title), *box.blocks) if box else blocks)
        case Html(text=text):
            return _without_tags(image_tags.as_text(text))
        case Rule() | FrontMatter():
            return ""


def _without_tags(text: str) -> str:
    """The text of HTML, a line for each element that stands by itself; no comments.

    Behind the last end of a comment none is looked for again and again.
    """
    end = text.rfind("-->")
    end = end + 3 if end >= 0 else 0
    bare = re.sub(_TAG_OR_COMMENT, _between, text[:end]) + re.sub(_TAG, _between, text[end:])
    return "\n".join(line for part in bare.split("\n") if (line := part.rstrip())).strip()


def _between(tag: re.Match[str]) -> str:
    return "\n" if parts_words(tag[0]) else ""


def parts_words(tag: str) -> bool:
    """Whether a tag of HTML, or a comment, parts the words around it."""
    return re.match(_PARTING, tag) is not None


def one_line(content: Inlines) -> str:
    """Text of a run on one line, white space folded."""
    return " ".join(inline_text(content).split())


_WORDS = (
    r"\S{1,1000}(?![\u0300-\u036f\u3099\u309a\u1160-\u11ff])\s*|\S{1,1000}\s*|\s+"  # not before what composes
)
"""Pieces of a text, composed by themselves: marks in a row are sorted in the square of their number."""


def normalise(text: str) -> str:
    """The form in which two spellings of one question are equal: letters, digits and signs, case folded.

    White space, quotes, brackets and sentence punctuation are dropped; signs that carry meaning (`+`, `#`,
    `²`) stay, so that `C`, `C++` and `C#` differ.
    """
    if not text.isascii():
        text = "".join(unicodedata.normalize("NFC", piece) for piece in re.findall(_WORDS, text))
    return " ".join(text.casefold().translate(_FILLER).split())


def unnumbered(title: str) -> str:
    """A section's title without its number: `2.1 Tides`, `Chapter 3: Tides` and `Tides` are one topic."""
    return re.sub(_NUMBER, "", title, count=1) or title
