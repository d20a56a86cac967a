"""MathJax inside Python: whether it accepts a formula, and the formula as SVG.

The same release line shows the cards in Anki. What it says is kept from one run to the next.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from importlib.util import find_spec

import msgspec
from msgspec import Struct

from deckbuild.maths.check.engine import FILES, Exhausted, Refused, call, engine, glue
from deckbuild.maths.check.patience import OVER

EX = 0.442
"""Ems in the ex that MathJax measures in: the x-height of its TeX fonts."""

LONGEST = 3_000
"""Characters of a formula; longer ones are refused unseen. Such a one takes a fifth of a second as a rule."""

LARGEST = 1_000
"""Ems that a formula may be wide or high; more than any paper has room for."""


class Svg(Struct, frozen=True):
    """A formula as a standalone SVG image; `width`, `height` and `depth` below the baseline in em.

    `texts` are the characters that MathJax's fonts lack: the image leaves them to the fonts of its viewer.
    """

    markup: str
    width: float
    height: float
    depth: float
    texts: str = ""


class _Typeset(Struct, frozen=True):
    markup: str
    width: str
    height: str
    depth: str
    texts: str


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether there is an engine: QuickJS has no package for Macs with Intel processors, for one."""
    return find_spec("quickjs") is not None and (FILES / "tex.js").is_file()


@lru_cache(maxsize=4096)
def problem(tex: str, display: bool = False) -> str | None:
    """None if MathJax accepts the LaTeX, else its reason in a short sentence. Only where `available`.

    Characters that its fonts lack are no problem: a card takes them from the fonts of its device.
    """
    from deckbuild.maths.check import cache

    key = _key("problem", tex, display)
    known = cache.get(key)
    if known is not None:
        return known.decode() or None
    try:
        _checked(tex)
        call("checked", tex, display)
    except Exhausted as error:
        return str(error)
    except Refused as error:
        found = str(error)
    else:
        found = ""
    cache.put(key, found.encode())
    return found or None


def svg(tex: str, display: bool = False) -> Svg:
    """The formula as an image, the same bytes each time. Only where `available`.

    Raises `Refused` where MathJax can't set it, which it may also find with a formula that has no `problem`:
    setting one takes more of everything.
    """
    from deckbuild.maths.check import cache

    key = _key("svg", tex, display)
    known = cache.get(key)
    if known is not None:
        return msgspec.json.decode(known, type=Svg)
    _checked(tex)
    patience = engine().patience
    if patience.refuses(tex):
        raise Exhausted(OVER.capitalize())
    with patience.tried(tex):
        answer = call("typeset", tex, display)
    found = msgspec.json.decode(answer, type=_Typeset)
    if not (found.width.endswith("ex") and found.height.endswith("ex")):
        raise Refused("It is as wide as the page it stands on")
    width, height, depth = (
        round(float(size.removesuffix("ex")) * EX, 4) for size in (found.width, found.height, found.depth)
    )
    if max(width, height) > LARGEST:
        raise Refused(f"It is larger than {LARGEST} em")
    image = Svg(found.markup, width, height, -depth, found.texts)
    cache.put(key, msgspec.json.encode(image))
    return image


def _checked(tex: str) -> None:
    if len(tex) > LONGEST:
        raise Refused(f"It is longer than {LONGEST:,} characters")
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in tex):
        raise Refused("It has characters that stand for nothing")


@lru_cache(maxsize=1)
def _version() -> bytes:
    """A hash of all that an answer depends on: MathJax, and how it is called."""
    digest = blake2b(digest_size=16)
    for name in ("tex.js", "svg.js"):
        digest.update((FILES / name).read_bytes())
    digest.update(glue().encode())
    digest.update(repr((LONGEST, LARGEST, EX, Svg.__struct_fields__)).encode())
    return digest.digest()


def _key(kind: str, tex: str, display: bool) -> bytes:
    text = "\0".join((kind, str(display), tex))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=_version()).digest()
