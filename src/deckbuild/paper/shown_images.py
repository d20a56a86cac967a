"""The images that blocks show, in the model's own elements and in raw HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Html,
    HtmlSpan,
    Image,
    SourceSpan,
    image_tags,
    inline_runs,
    inner_blocks,
    inner_inlines,
)


class Shown(Struct, frozen=True):
    """An image: the name of its medium, what a message calls it, and its lines."""

    medium: str
    name: str
    span: SourceSpan


def shown_images(blocks: Iterable[AnyBlock]) -> Iterator[Shown]:
    """The images of blocks that have a medium, in document order."""
    for outer in blocks:
        for block in inner_blocks(outer):
            if isinstance(block, Html):
                yield from _tags(block)
            for run in inline_runs(block):
                yield from shown_in(run)


def shown_in(content: Iterable[AnyInline]) -> Iterator[Shown]:
    """The images of a run that have a medium."""
    for element in inner_inlines(tuple(content)):
        if isinstance(element, Image) and element.media and not image_tags.is_recording(element.media):
            is_embedded = element.url.lower().startswith("data:")
            yield Shown(element.media, element.media if is_embedded else element.url, element.span)
        elif isinstance(element, HtmlSpan):
            yield from _tags(element)


def _tags(raw: Html | HtmlSpan) -> Iterator[Shown]:
    names = sorted(image_tags.media_names(raw.text))
    return (Shown(name, name, raw.span) for name in names if not image_tags.is_recording(name))
