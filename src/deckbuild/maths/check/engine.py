"""MathJax in QuickJS, which sees no files and no network, with limits on time, memory and stack for each formula.

Whatever one formula does, the next meets a fresh MathJax.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deckbuild.maths.check.patience import Patience

if TYPE_CHECKING:
    import quickjs

FILES = Path(__file__).resolve().with_name("mathjax_files")
"""Filled when deckbuild is installed or built (`hatch_build.py`)."""

SECONDS = 2.0
"""Processor time for one formula, of the whole process as QuickJS counts it.

The other limits are there to refuse the same formulas everywhere; this one is for what they miss.
"""

MEGABYTES = 64
"""Memory for one formula, beside the 8 that MathJax itself takes."""

STACK = 4 << 20
"""Bytes of stack: enough for some fifty formulas within each other, and what WeasyPrint can follow."""


class Refused(Exception):
    """MathJax can't set a formula; the message is its reason, a short sentence."""


class Exhausted(Refused):
    """A limit was met. That may differ from machine to machine, so it is not kept."""


def glue() -> str:
    """The script that stands between MathJax and this module."""
    return Path(__file__).with_name("engine.js").read_text(encoding="utf-8")


class Engine:
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
        self.patience = Patience()
        """For setting formulas; whether MathJax accepts them is asked for each document with one of its own."""

    def call(self, name: str, tex: str, display: bool) -> str:
        """As the function below does, whatever thread calls."""
        return self.thread.submit(self._call, name, tex, display).result()

    def _call(self, name: str, tex: str, display: bool) -> str:
        import quickjs

        try:
            context = self._ready(name)
            context.set_time_limit(SECONDS)
            answer = self.functions[name](tex, display)
        except quickjs.StackOverflow:
            self._forget()
            raise Exhausted("It is nested too deeply") from None
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
            self.context.eval(glue())
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
def engine() -> Engine:
    """The engine of this process."""
    return Engine()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=engine.cache_clear)


def call(name: str, tex: str, display: bool) -> str:
    """What a function of `engine.js` answers for a formula. Raises `Refused`, with the reason."""
    return engine().call(name, tex, display)


def _reason(error: str) -> Refused:
    if "interrupted" in error:
        return Exhausted("It takes too long")
    if "out of memory" in error or error.startswith("null"):
        return Exhausted("It takes too much memory")
    return Refused("MathJax fails on it")


def _sentence(message: str) -> str:
    """MathJax's own words, short enough for a line."""
    words = " ".join(message.split()).removesuffix(".")
    return words if len(words) <= 100 else f"{words[:99]}…"
