"""Blocks in which nothing can be a formula or tell of one: most of a document, and done with at one look."""

from __future__ import annotations

from deckbuild.maths.find.spans import SIGN, WORDS_ONLY
from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Break,
    CodeSpan,
    Emphasis,
    Heading,
    Inlines,
    Link,
    List,
    Mark,
    Paragraph,
    Quote,
    Strike,
    Strong,
    Text,
)
from deckbuild.model.text import inline_text


def is_quiet(block: AnyBlock) -> bool:
    """Whether a block is text without any sign of mathematics, and no single letter in bold or code."""
    match block:
        case Paragraph(content=content) | Heading(content=content):
            return _is_quiet_run(content)
        case List(items=items):
            return all(is_quiet(inner) for item in items for inner in item.blocks)
        case Quote(blocks=blocks):
            return all(map(is_quiet, blocks))
    return False


def _is_quiet_run(content: Inlines) -> bool:
    return all(map(_is_quiet_element, content))


def _is_quiet_element(element: AnyInline) -> bool:
    match element:
        case Text(text=text):
            return not SIGN.search(text) and "\\" not in text
        case CodeSpan(text=text):
            return len(text.strip()) > 1 and WORDS_ONLY.fullmatch(text) is not None
        case Strong(content=content):
            return _is_quiet_run(content) and len(inline_text(content).strip()) != 1
        case (
            Emphasis(content=content)
            | Strike(content=content)
            | Mark(content=content)
            | Link(content=content)
        ):
            return _is_quiet_run(content)
    return isinstance(element, Break)
