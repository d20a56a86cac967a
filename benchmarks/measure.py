"""Time and memory of work in processes of its own, and tables of what came out."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from threading import Timer
from typing import NamedTuple

MEMORY_LIMIT = 2_000_000_000
"""Bytes of address space that a command may take before the system refuses it more."""

_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes of one unit of `ru_maxrss`."""


class Run(NamedTuple):
    """What one run gave: its result (seconds, as a rule) and its peak of resident memory in MB.

    A process begins with the memory of the one that starts it, so no peak is below that of the benchmark. Of
    several processes the largest counts.
    """

    result: float
    peak: float


class Ended(NamedTuple):
    """How a command ended: seconds, peak of resident memory in MB, exit status, last line of its stderr.

    The status is negative where a signal ended it.
    """

    seconds: float
    peak: float
    status: int
    last_words: str


def fresh(work: Callable[..., float], *arguments: object) -> Run:
    """The result of `work(*arguments)` in a new Python, with the peak of that process.

    The garbage collector runs as seldom as in the `deckbuild` command, for peers too.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_watched, work, arguments).result()


def medians(runs: int, *works: Callable[[], Run]) -> list[Run]:
    """For each of several works the median of its runs; they take turns, so that a busy machine slows all."""
    rounds = [[work() for work in works] for _ in range(runs)]
    return [
        Run(median(run.result for run in column), median(run.peak for run in column))
        for column in zip(*rounds, strict=True)
    ]


def command(arguments: Sequence[str | Path], folder: Path, limit: float = 600) -> Ended:
    """Run a command in a folder, its output thrown away; after `limit` seconds it is killed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    errors = folder / "stderr"
    with errors.open("wb") as stderr:
        start = time.perf_counter()
        process = subprocess.Popen(
            arguments,
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            preexec_fn=_limit_memory,
        )
        timer = Timer(limit, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    lines = errors.read_text(encoding="utf-8", errors="replace").split("\n")
    last_words = next((line for line in reversed(lines) if line.strip()), "")
    return Ended(seconds, _megabytes(usage.ru_maxrss), process.returncode, last_words)


class Table:
    """A table in Markdown, printed row by row as the figures come in."""

    def __init__(self, title: str, *columns: str) -> None:
        print(f"\n{title}\n")
        self.widths = [max(len(columns[0]), 32), *(max(len(column), 8) for column in columns[1:])]
        self.row(*columns)
        print("|".join(["", "-" * (self.widths[0] + 2), *(f"{'-' * (w + 1)}:" for w in self.widths[1:]), ""]))

    def row(self, name: str, *cells: str) -> None:
        """Print one row; all cells but the first are flush right."""
        figures = (cell.rjust(width) for cell, width in zip(cells, self.widths[1:], strict=True))
        print("|", " | ".join([name.ljust(self.widths[0]), *figures]), "|", flush=True)


def _watched(work: Callable[..., float], arguments: Sequence[object]) -> Run:
    gc.set_threshold(100_000, 20, 20)
    result = work(*arguments)
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Run(result, _megabytes(max(peaks)))


def _megabytes(peak: int) -> float:
    return peak * _PEAK_UNIT / 1e6


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
