"""Work that may never end, or want all memory, done in a process that the system ends at its limits."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Result = TypeVar("Result")

PATIENCE = 6
"""Seconds by the clock that are waited for one second of work: the computer may be busy."""


class Exceeded(Exception):
    """The work took more than it may."""


def limited(work: Callable[..., Result], *values: object, seconds: int, size: int) -> Result:
    """The result of `work`, a function of a module, done with `values` in a process of its own.

    It may take so many seconds of a processor and bytes of memory; where the system sets no such limits, as
    on Windows, it is ended by the clock. Raises `Exceeded`, and what `work` raises.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(there, seconds, size, work, values), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(PATIENCE * seconds):
            raise Exceeded
        succeeded, result = here.recv()
    except EOFError as error:  # the system has ended it
        raise Exceeded from error
    finally:
        process.kill()
        process.join()
        here.close()
    if not succeeded:
        raise result
    return result  # type: ignore[no-any-return]


def _do(
    there: Connection, seconds: int, size: int, work: Callable[..., Any], values: tuple[object, ...]
) -> None:
    with suppress(ImportError):  # Windows has none
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    try:
        there.send((True, work(*values)))
    except MemoryError:
        there.send((False, Exceeded()))
    except Exception as error:
        there.send((False, error))
