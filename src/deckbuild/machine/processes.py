"""Work for several processors: functions that run in processes of their own."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


Progress: TypeAlias = Callable[[int, int], None]
"""Told how many parts are done, of how many."""


def silent(done: int, count: int) -> None:
    """Progress that nobody wants to see."""


def pool(jobs: int) -> ProcessPoolExecutor:
    """Processes for so many jobs, at most one for each processor.

    They are started afresh, so that they hold nothing of this one's memory, and end with it.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    workers = min(os.cpu_count() or 1, jobs)
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


@contextmanager
def ended_by_force(output: str) -> Iterator[None]:
    """Raise `Failure` for the output where the system ended a process that makes it, as where memory runs out."""
    from concurrent.futures import BrokenExecutor

    from deckbuild.report.diagnostics import Code, Failure

    try:
        yield
    except BrokenExecutor as error:
        why = "the system ended a process that sets them, as it does when memory or time runs out"
        raise Failure(Code.ENDLESS_PAGES.at(output, 1, why=why)) from error


def collect_rarely() -> None:
    """Let the garbage collector look less often: most values made here live until the work ends."""
    gc.set_threshold(100_000, 20, 20)


def _begin() -> None:
    collect_rarely()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process that is killed tells nobody; those of its pool would wait for work for ever."""
    import multiprocessing

    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
