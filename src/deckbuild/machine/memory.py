"""A limit of memory for work in this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STATUS = Path("/proc/self/statm")


@contextmanager
def memory_at_most(size: int) -> Iterator[None]:
    """Raises `MemoryError` in what is done within it, where that takes `size` bytes more than before.

    Linux alone tells how much a process has; elsewhere there is no limit.
    """
    try:
        import resource

        pages = int(_STATUS.read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = pages * resource.getpagesize() + size
    known = [most for most in (limit, soft, hard) if most != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(known), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
