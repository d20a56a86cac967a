"""An end to work of Python in this process that may take for ever."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_LOOK = 0.2
"""Seconds between two looks at the clock of the processor."""


class TimeIsUp(BaseException):  # not `Exception`, which libraries catch
    """The work took longer than it may."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raises `TimeIsUp` in what is done within it, once it has taken so many seconds of a processor.

    It is raised between two steps of Python, on every system and in every thread; a single call of a library
    in C is not ended.
    """
    done = threading.Event()
    lock = threading.Lock()
    worker = threading.get_ident()
    end = time.process_time() + seconds

    def watch() -> None:
        while not done.wait(_LOOK):
            with lock:
                if not done.is_set() and time.process_time() > end:
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        ctypes.c_ulong(worker), ctypes.py_object(TimeIsUp)
                    )

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            done.set()
