"""Images of documents on paper: which of a library's media can be printed, and those put into pages.

Pieces of pages name a medium as cards do; paper has no folder of media, so whole pages get the
bytes as `data:` addresses. What can't be printed shows its alternative text.
"""

from __future__ import annotations

import base64
import html
import io
import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from xml.etree import ElementTree

from deckbuild.html.blocks import alternative
from deckbuild.model import Diagnostic, Library, Medium
from deckbuild.paper.selection import Item
from deckbuild.paper.shown_images import shown_images
from deckbuild.report.diagnostics import Code

MOST_PIXELS = 40_000_000
"""Pixels of an image that is printed: more than a scanned page at 600 dpi, some 160 MB in memory."""

_DEEP = ("I", "I;16", "I;16B", "F")
"""Modes of Pillow's for more than 8 bits, which WeasyPrint would print as noise."""
_TYPES = {"jpg": "jpeg", "svg": "svg+xml"}
_IMAGE = re.compile(r'<img src="(db-[0-9a-f]{16}\.[a-z]+)" alt="([^"]*)">')
_LINK = ("href", "{http://www.w3.org/1999/xlink}href")


def address(medium: Medium) -> str:
    """The medium as a `data:` address."""
    ending = medium.name.rpartition(".")[2]
    return f"data:image/{_TYPES.get(ending, ending)};base64,{base64.b64encode(medium.data).decode()}"


def with_pictures(page: str, media: Iterable[Medium]) -> str:
    """A page whose images, named as media, are in it; one that isn't among `media` becomes its text."""
    if '<img src="db-' not in page:
        return page
    known = {medium.name: medium for medium in media}

    def shown(match: re.Match[str]) -> str:
        medium = known.get(match[1])
        if medium is None or not is_printable(medium):
            return alternative("", html.unescape(match[2]), "image")
        return f'<img class="picture" src="{address(medium)}" alt="{match[2]}">'

    return _IMAGE.sub(shown, page)


def broken_pictures(library: Library, items: Iterable[Item]) -> tuple[Diagnostic, ...]:
    """A warning for each image of the items whose data can't be printed, though it begins as one."""
    broken = {medium.name for medium in library.media if not is_printable(medium)}
    if not broken:
        return ()
    found = (
        Code.BROKEN_IMAGE.at(item.source, image.span.line, name=image.name)
        for item in items
        for image in shown_images((*item.question, *item.answer))
        if image.medium in broken
    )
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1024)
def is_printable(medium: Medium) -> bool:
    """Whether the data of a medium is whole and can be drawn in little time and memory."""
    return _is_drawing(medium.data) if medium.name.endswith(".svg") else _is_raster(medium.data)


def _is_raster(data: bytes) -> bool:
    from PIL import Image as Raster
    from PIL import ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it, for the whole process
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow warns of sizes that only attacks have
            with Raster.open(io.BytesIO(data)) as raster:
                if raster.width * raster.height > MOST_PIXELS or raster.mode in _DEEP:
                    return False
                raster.load()
    except Exception:  # whatever the decoders of broken files raise
        return False
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return True


def _is_drawing(data: bytes) -> bool:
    """Whether SVG can be read, without copies of copies, whose number may grow beyond all bounds."""
    try:
        tree = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        return False
    copying = {
        "#" + name
        for element in tree.iter()
        if (name := element.get("id")) and any(_is_copy(inner) for inner in element.iter())
    }
    return not any(
        element.get(key) in copying for element in tree.iter() if _is_copy(element) for key in _LINK
    )


def _is_copy(element: ElementTree.Element) -> bool:
    return str(element.tag).rpartition("}")[2] == "use"
