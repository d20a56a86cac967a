"""Blocks in which nothing can be a formula or tell of one: most of a document, and done with at one look."""

from __future__ import annotations

from deckbuild.machine.regex import regex
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
    Note,
    Paragraph,
    Quote,
    Section,
    Strike,
    Strong,
    Text,
)
from deckbuild.model.text import inline_text

_SIGN = regex(r"[-+*/=<>^_|!()\\]|\w x ?\d|\d x \w")
"""Of the signs of mathematics those in ASCII, and what begins commands of LaTeX."""

WORDS_ONLY = regex(r"[\sA-Za-zÀ-ÿ,.:;'’\"“”?-]*|[\d\s.,%]*")
"""Text that is no formula as a whole either."""


def is_quiet_section(section: Section) -> bool:
    """Whether all blocks of a section and of its children are quiet."""
    return (
        (section.heading is None or is_quiet(section.heading))
        and all(map(_is_quiet_part, section.body))
        and all(map(is_quiet_section, section.sections))
    )


def _is_quiet_part(part: Note | AnyBlock) -> bool:
    if isinstance(part, Note):
        return all(map(is_quiet, (*part.question, *part.answer, *part.repeated)))
    return is_quiet(part)


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
            return _is_quiet_text(text)
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


def _is_quiet_text(text: str) -> bool:
    if text.isascii():
        return not _SIGN.search(text)
    # With a table of all signs, which a text in English does without.
    from deckbuild.maths.find.sign import SIGN

    return not SIGN.search(text) and "\\" not in text
