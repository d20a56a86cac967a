"""MathJax inside Python: whether it accepts a formula, and the formula as SVG.

The same release line shows the cards in Anki. It runs in QuickJS, which sees no files and no network, with
limits on time, memory and stack for each formula. Whatever one formula does, the next meets a fresh MathJax.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    import quickjs

FILES = Path(__file__).resolve().with_name("mathjax_files")
"""Filled when deckbuild is installed or built (`hatch_build.py`)."""

EX = 0.442
"""Ems in the ex that MathJax measures in: the x-height of its TeX fonts."""

LONGEST = 3_000
"""Characters of a formula; longer ones are refused unseen. Such a one takes a fifth of a second as a rule."""

SECONDS = 2.0
"""Processor time for one formula, of the whole process as QuickJS counts it.

The other limits are there to refuse the same formulas everywhere; this one is for what they miss.
"""

MEGABYTES = 64
"""Memory for one formula, beside the 8 that MathJax itself takes."""

STACK = 4 << 20
"""Bytes of stack: enough for some fifty formulas within each other, and what WeasyPrint can follow."""

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


class Refused(Exception):
    """MathJax can't set a formula; the message is its reason, a short sentence."""


class _Typeset(Struct):
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
        _call("checked", tex, display)
    except _Exhausted as error:
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
    found = msgspec.json.decode(_call("typeset", tex, display), type=_Typeset)
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


class _Exhausted(Refused):
    """A limit was met. That may differ from machine to machine, so it is not kept."""


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
    digest.update(_glue().encode())
    digest.update(repr((LONGEST, LARGEST, EX, Svg.__struct_fields__)).encode())
    return digest.digest()


def _glue() -> str:
    return Path(__file__).with_name("engine.js").read_text(encoding="utf-8")


def _key(kind: str, tex: str, display: bool) -> bytes:
    text = "\0".join((kind, str(display), tex))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=_version()).digest()


class _Engine:
    """MathJax in one QuickJS, all on one thread of its own, whose stack is as deep as the limit says.

    QuickJS must be used from one thread, and the main one has 1 MB of stack on Windows.
    """

    def __init__(self) -> None:
        from concurrent.futures import ThreadPoolExecutor

        before = threading.stack_size(4 * STACK)
        try:
            self.thread = ThreadPoolExecutor(1, "mathjax")
            self.thread.submit(lambda: None).result()
        finally:
            threading.stack_size(before)
        self.context: quickjs.Context | None = None
        self.functions: dict[str, Callable[[str, bool], str]] = {}

    def call(self, name: str, tex: str, display: bool) -> str:
        return self.thread.submit(self._call, name, tex, display).result()

    def _call(self, name: str, tex: str, display: bool) -> str:
        import quickjs

        try:
            context = self._ready(name)
            context.set_time_limit(SECONDS)
            answer = self.functions[name](tex, display)
        except quickjs.StackOverflow:
            self._forget()
            raise _Exhausted("It is nested too deeply") from None
        except quickjs.JSException as error:
            self._forget()
            raise _reason(str(error)) from None
        context.set_time_limit(-1)
        if answer.startswith("!"):
            raise Refused(_sentence(answer[1:]))
        return answer

    def _ready(self, name: str) -> Any:
        """MathJax with this function; what sets formulas is loaded only where that is asked for."""
        import quickjs

        if self.context is None:
            self.context = quickjs.Context()
            self.context.set_max_stack_size(STACK)
            self.context.eval(_glue())
            self._load("tex.js", "prepare()")
        if name not in self.functions:
            if name == "typeset":
                self._load("svg.js", "prepareSvg()")
            self.functions[name] = self.context.get(name)
        return self.context

    def _load(self, name: str, prepare: str) -> None:
        assert self.context is not None
        self.context.set_memory_limit(-1)
        self.context.eval((FILES / name).read_text(encoding="utf-8"))
        self.context.eval(prepare)
        self.context.set_memory_limit(self.context.memory()["malloc_size"] + int(MEGABYTES * 1e6))

    def _forget(self) -> None:
        """Start anew for the next formula: this one stopped in the middle of something."""
        self.functions = {}
        self.context = None


@lru_cache(maxsize=1)
def _engine() -> _Engine:
    return _Engine()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_engine.cache_clear)


def _call(name: str, tex: str, display: bool) -> str:
    return _engine().call(name, tex, display)


def _reason(error: str) -> Refused:
    if "interrupted" in error:
        return _Exhausted("It takes too long")
    if "out of memory" in error or error.startswith("null"):
        return _Exhausted("It takes too much memory")
    return Refused("MathJax fails on it")


def _sentence(message: str) -> str:
    """MathJax's own words, short enough for a line."""
    words = " ".join(message.split()).removesuffix(".")
    return words if len(words) <= 100 else f"{words[:99]}…"
