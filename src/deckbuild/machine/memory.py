"""A limit of memory for work in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STATUS = Path("/proc/self/statm")
_DATA = 5
"""Which number there are the pages of data and stack."""


@contextmanager
def memory_at_most(size: int) -> Iterator[None]:
    """Raises `MemoryError` in what is done within it, where that takes `size` bytes more than before.

    What counts is memory that can be written, not addresses: for each thread that a library starts, such as Pango's,
    malloc sets aside 128 million of these, and GLib ends the process where it gets none. A thread's stack counts, 8
    million. Linux alone tells how much a process has; elsewhere there is no limit.
    """
    try:
        import resource

        pages = int(_STATUS.read_text(encoding="ascii").split()[_DATA])
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = pages * resource.getpagesize() + size
    known = [most for most in (limit, soft, hard) if most != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(known), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
