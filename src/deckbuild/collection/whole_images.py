"""Whether the data of an image is whole, and of a size that a computer can show."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from deckbuild.collection.unfolded import LINK, MOST_UNFOLDED, unfolded
from deckbuild.model import Medium

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from PIL.Image import Image as Raster

MOST_PIXELS = 40_000_000
"""Pixels of an image: more than a scanned page at 600 dpi, some 160 MB in memory."""

MOST_WEBP = MOST_PIXELS // 2
"""Pixels of one in WebP, whose decoder takes four times the memory."""

USUAL_PIXELS = 30
"""Pixels for each byte that screenshots have; photographs have 2 to 10, an empty picture of a kilobyte 30,000."""

MOST_PACKED = 80_000_000
"""Pixels of all pictures together beyond the usual ones: WebP takes 16 ns for one, and prints 60 ns more."""

MOST_SHAPES = 20_000
"""Elements of a drawing, each of which takes paper some 0.1 ms."""

MOST_SIGNS = 1_000_000
"""Characters of the paths, styles and texts of a drawing; each takes paper some 3 µs and 100 bytes."""

MOST_MATCHES = 2_000_000
"""Elements of a drawing times the rules of its styles, each of which takes paper some 0.6 µs."""

SHAPE, SIGN, PIXEL = 1e-4, 3e-6, 5e-8
"""Seconds that paper takes for a shape and a sign of a drawing, and for a pixel."""

DRAWING = "svg"
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
"""What is opened at all: Pillow gives PostScript, for one, to another program."""


@lru_cache(maxsize=1024)
def mode(medium: Medium) -> str:
    """The kind of its pixels, as Pillow calls it, or `DRAWING`; nothing if it is broken or too large."""
    if medium.name.endswith(".svg"):
        return DRAWING if _is_drawing(medium.data) else ""
    return _raster(medium.data)


@lru_cache(maxsize=1024)
def seconds(medium: Medium) -> float:
    """Some seconds that paper takes for an image, by what one shape, sign and pixel take; 0 for a broken one."""
    if not medium.name.endswith(".svg"):
        return PIXEL * _pixels(medium.data)
    from xml.etree import ElementTree

    try:
        tree = ElementTree.fromstring(medium.data)
    except (ElementTree.ParseError, ValueError, LookupError):
        return 0
    shapes = min(unfolded(tree), MOST_UNFOLDED)
    pixels = sum(map(_pixels, _pictures(medium.data)))
    return SHAPE * shapes + SIGN * sum(map(_signs, tree.iter())) + PIXEL * pixels


def packed(medium: Medium) -> int:
    """How many more pixels its pictures say that they have than is usual for so many bytes."""
    pictures = _pictures(medium.data) if medium.name.endswith(".svg") else [medium.data]
    return max(0, sum(map(_pixels, pictures)) - USUAL_PIXELS * len(medium.data))


def is_hidden_picture(data: bytes) -> bool:
    """Whether Pillow takes data for a picture, but one that `mode` would refuse."""
    if data.lstrip()[:1] in (b"<", b""):  # a drawing, or nothing
        return False
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)):
            pass
    except UnidentifiedImageError:
        return False
    except Exception:  # whatever the decoders of broken files raise
        return True
    try:
        with _opened(data) as raster:
            return raster.width * raster.height > _most(raster)
    except Exception:
        return True


def _pixels(data: bytes) -> int:
    """The pixels that a picture says it has; 0 for what is none."""
    try:
        with _opened(data) as raster:
            return int(raster.width * raster.height)
    except Exception:  # whatever the decoders of broken files raise
        return 0


def _raster(data: bytes) -> str:
    from PIL import ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it, for the whole process
    try:
        with _opened(data) as raster:
            if raster.width * raster.height > _most(raster):
                return ""
            with _strict():
                raster.load()
            return str(raster.mode)
    except Exception:  # whatever the decoders of broken files raise
        return ""
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _most(raster: Raster) -> int:
    return MOST_WEBP if raster.format == "WEBP" else MOST_PIXELS


def _opened(data: bytes) -> Raster:
    from PIL import Image

    with _strict():
        return Image.open(io.BytesIO(data), formats=_FORMATS)


@contextmanager
def _strict() -> Iterator[None]:
    """Pillow warns of sizes that only attacks have; that is an error here."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def _is_drawing(data: bytes) -> bool:
    """Whether SVG can be read, and is not too much to be drawn.

    What is drawn again, and drawings in drawings, may grow beyond all bounds; pictures in a drawing are pictures.
    """
    from xml.etree import ElementTree

    try:
        tree = ElementTree.fromstring(data)
        held = _all_held(tree)
    except (ElementTree.ParseError, ValueError, LookupError):
        return False
    shapes = sum(1 for _ in tree.iter())
    if shapes > MOST_SHAPES or sum(map(_signs, tree.iter())) > MOST_SIGNS:
        return False
    rules = sum((element.text or "").count("{") for element in tree.iter())
    if rules * shapes > MOST_MATCHES:
        return False
    if sum(map(_pixels, held)) > MOST_PIXELS or not all(map(_raster, held)):
        return False
    return unfolded(tree) <= MOST_UNFOLDED


def _pictures(data: bytes) -> list[bytes]:
    """What a drawing holds; nothing for one that can't be read."""
    from xml.etree import ElementTree

    try:
        return _all_held(ElementTree.fromstring(data)) if b"data:" in data else []
    except (ElementTree.ParseError, ValueError, LookupError):
        return []


def _all_held(tree: Element) -> list[bytes]:
    return [_held(address) for element in tree.iter() for address in _addresses(element)]


def _addresses(element: Element) -> list[str]:
    """The addresses at which an element holds data itself."""
    found = (element.get(key, "").strip() for key in LINK)
    return [address for address in found if address[:5].lower() == "data:"]


def _held(address: str) -> bytes:
    """The data of a `data:` address. Raises `ValueError` where it isn't any."""
    from urllib.request import DataHandler, Request

    with DataHandler().data_open(Request(address)) as stream:
        return bytes(stream.read())


def _signs(element: Element) -> int:
    """Characters of an element's own text and attributes, addresses aside."""
    written = (value for key, value in element.items() if key not in LINK)
    return sum(map(len, written)) + len(element.text or "") + len(element.tail or "")
