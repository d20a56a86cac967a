"""Cutting inline runs at an offset of their plain text, without losing marks or spans."""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.model import (
    AnyInline,
    Break,
    CodeSpan,
    Emphasis,
    HtmlSpan,
    Inlines,
    Link,
    Mark,
    Strike,
    Strong,
    Text,
)
from deckbuild.model.text import has_image, inline_text

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'"}


def split_at(content: Inlines, offset: int) -> tuple[Inlines, Inlines]:
    """The run before and after `offset` characters of its plain text.

    Text, code and marked elements are cut in two; an element that can't be cut goes whole to the left.
    """
    left: list[AnyInline] = []
    for at, element in enumerate(content):
        length = len(inline_text((element,)))
        if offset <= 0:
            return tuple(left), content[at:]
        if offset < length:
            head, tail = _cut(element, offset)
            return (*left, head), (*tail, *content[at + 1 :])
        left.append(element)
        offset -= length
    return tuple(left), ()


def _cut(element: AnyInline, offset: int) -> tuple[AnyInline, Inlines]:
    match element:
        case Text(text=text) | CodeSpan(text=text):
            return replace(element, text=text[:offset]), (replace(element, text=text[offset:]),)
        case Strong() | Emphasis() | Strike() | Mark() | Link():
            head, tail = split_at(element.content, offset)
            return replace(element, content=head), (replace(element, content=tail),)
        case _:
            return element, ()


def drop(content: Inlines, count: int) -> Inlines:
    """The run without its first `count` characters; blanks behind an image without text stay with it."""
    head, tail = split_at(content, count)
    blank = len(head)
    while blank and not inline_text(head[blank - 1 : blank]).strip():
        blank -= 1
    image = next((at for at in range(blank, len(head)) if has_image(head[at : at + 1])), None)
    return tail if image is None else content[image:]


def strip(content: Inlines) -> Inlines:
    """The run without white space and breaks at its ends; images and tags of fixed text stay, which have no text."""
    if content and not (_has_blank_end(content[0], 0) or _has_blank_end(content[-1], -1)):
        return content
    stay = [at for at, element in enumerate(content) if has_image((element,)) or _is_fixed(element)]
    if not stay:
        return _stripped(content)
    first, behind = stay[0], stay[-1] + 1
    head, tail = _stripped(content[:first], right=False), _stripped(content[behind:], left=False)
    return (*head, *content[first:behind], *tail)


def _stripped(content: Inlines, left: bool = True, right: bool = True) -> Inlines:
    text = inline_text(content)
    end = len(text.rstrip()) if right else len(text)
    start = end - len(text[:end].lstrip()) if left else 0
    if start or end < len(text):
        content = split_at(split_at(content, end)[0], start)[1]
    while left and content and _is_blank(content[0]):
        content = content[1:]
    while right and content and _is_blank(content[-1]):
        content = content[:-1]
    return content


def _has_blank_end(element: AnyInline, end: int) -> bool:
    """Whether the first (0) or last (-1) character of an element is white space, or it has none at all."""
    text = element.text if type(element) is Text else inline_text((element,))
    return not text or text[end].isspace()


def _is_fixed(element: AnyInline) -> bool:
    return isinstance(element, HtmlSpan) and element.text.lower().startswith(("<pre", "</pre"))


def _is_blank(element: AnyInline) -> bool:
    return isinstance(element, Break) or (isinstance(element, Text) and not element.text)


def unwrap(content: Inlines) -> Inlines:
    """The run without strong or emphasis around the whole of it, and without quotes around the whole."""
    content = strip(content)
    if len(content) == 1 and isinstance(content[0], (Strong, Emphasis)):
        return unwrap(content[0].content)
    text = inline_text(content)
    if len(text) > 2 and _QUOTES.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
        return unwrap(split_at(drop(content, 1), len(text) - 2)[0])
    return content
