"""Whether the data of an image is whole, and of a size that a computer can show."""

from __future__ import annotations

import io
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from deckbuild.model import Medium

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_PIXELS = 40_000_000
"""Pixels of an image: more than a scanned page at 600 dpi, some 160 MB in memory."""

MOST_SHAPES = 20_000
"""Elements of a drawing, each of which takes paper some 0.1 ms."""

DRAWING = "svg"
_LINK = ("href", "{http://www.w3.org/1999/xlink}href")


@lru_cache(maxsize=1024)
def mode(medium: Medium) -> str:
    """The kind of its pixels, as Pillow calls it, or `DRAWING`; nothing if it is broken or too large."""
    if medium.name.endswith(".svg"):
        return DRAWING if _is_drawing(medium.data) else ""
    return _raster(medium.data)


def _raster(data: bytes) -> str:
    from PIL import Image as Raster
    from PIL import ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it, for the whole process
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow warns of sizes that only attacks have
            with Raster.open(io.BytesIO(data)) as raster:
                if raster.width * raster.height > MOST_PIXELS:
                    return ""
                raster.load()
                return str(raster.mode)
    except Exception:  # whatever the decoders of broken files raise
        return ""
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _is_drawing(data: bytes) -> bool:
    """Whether SVG can be read, without copies of copies, whose number may grow beyond all bounds."""
    from xml.etree import ElementTree

    try:
        tree = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        return False
    if sum(1 for _ in tree.iter()) > MOST_SHAPES:
        return False
    copying = {
        "#" + name
        for element in tree.iter()
        if (name := element.get("id")) and any(_is_copy(inner) for inner in element.iter())
    }
    return not any(
        element.get(key) in copying for element in tree.iter() if _is_copy(element) for key in _LINK
    )


def _is_copy(element: Element) -> bool:
    return str(element.tag).rpartition("}")[2] == "use"
