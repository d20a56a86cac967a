"""Images of documents on paper: which of a library's media can be printed, and those put into pages.

Pieces of pages name a medium as cards do; paper has no folder of media, so whole pages come with the bytes behind
`media:` addresses. What can't be printed shows its alternative text.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable
from mimetypes import MimeTypes

from deckbuild.collection.whole_images import mode
from deckbuild.html.looks import alternative
from deckbuild.machine.regex import regex
from deckbuild.model import Diagnostic, Library, Medium
from deckbuild.paper.drawn_words import has_more_than_words, with_words
from deckbuild.paper.selection import Item
from deckbuild.paper.shown_images import shown_images
from deckbuild.report.diagnostics import Code

_DEEP = ("I", "I;16", "I;16B", "F")
"""Modes of Pillow's for more than 8 bits, which WeasyPrint would print as noise."""
_IMAGE = regex(r'<img src="(db-[0-9a-f]{16}\.[a-z]+)" alt="([^"]*)">')


def address(medium: Medium) -> str:
    """The medium as a `data:` address."""
    kind = MimeTypes().guess_type(medium.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(medium.data).decode()}"


def pictures(page: str) -> set[str]:
    """The names of the images on a page that `with_pictures` puts into it."""
    return {match[1] for match in _IMAGE.finditer(page)}


def with_pictures(page: str, media: Iterable[Medium]) -> tuple[str, dict[str, bytes]]:
    """A page whose images, named as media, have addresses, and what is there; one that isn't known becomes its text."""
    if '<img src="db-' not in page:
        return page, {}
    known = {medium.name: medium for medium in media}
    found: dict[str, bytes] = {}

    def shown(match: re.Match[str]) -> str:
        medium = known.get(match[1])
        if medium is None or not is_printable(medium):
            return alternative("", html.unescape(match[2]), "image")
        place = f"media:{medium.name}"
        if place not in found:
            found[place] = with_words(medium.data) if medium.name.endswith(".svg") else medium.data
        return f'<img class="picture" src="{place}" alt="{match[2]}">'

    return _IMAGE.sub(shown, page), found


def unprintable_pictures(library: Library, items: Iterable[Item]) -> tuple[Diagnostic, ...]:
    """A warning for each image of the items that cards show and paper can't, or not all of it."""
    wrong = {
        medium.name: Code.WORDS_OF_DRAWING if is_printable(medium) else Code.UNPRINTABLE_IMAGE
        for medium in library.media
        if not is_printable(medium) or (medium.name.endswith(".svg") and has_more_than_words(medium.data))
    }
    if not wrong:
        return ()
    found = (
        wrong[image.medium].at(item.source, image.span.line, name=image.name)
        for item in items
        for image in shown_images((*item.question, *item.answer))
        if image.medium in wrong
    )
    return tuple(dict.fromkeys(found))


def is_printable(medium: Medium) -> bool:
    """Whether the data of a medium can be drawn on paper in little time and memory."""
    return mode(medium) not in ("", *_DEEP)
