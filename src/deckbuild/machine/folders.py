"""Folders: made and taken away again, and held by one process at a time."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from deckbuild.machine.replaceable import refused


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time into a folder; others wait here. The system ends it when the process dies.

    The folder itself is held where the system can do that, so that no guard file lies among the documents.
    Not for use inside itself. One that is made for this goes again if nothing was put there. Raises `Failure` if the
    folder can't be opened.
    """
    made: list[Path] = []
    try:
        with refused(folder):
            make(folder, made)
            descriptor = _hold(folder)
        try:
            yield
        finally:
            os.close(descriptor)
    finally:
        unmake(made)


def make(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it; what was missing is added to `made`."""
    for missing in [above for above in reversed((folder, *folder.parents)) if not above.exists()]:
        missing.mkdir(exist_ok=True)
        made.append(missing)


def unmake(made: Sequence[Path]) -> None:
    """Delete folders that were made, outermost first, where they are empty."""
    for folder in reversed(made):
        with suppress(OSError):  # something is in it by now
            folder.rmdir()


if sys.platform == "win32":
    import hashlib
    import msvcrt
    import tempfile

    def _hold(folder: Path) -> int:
        name = hashlib.blake2b(os.path.normcase(folder.resolve()).encode(), digest_size=8).hexdigest()
        descriptor = os.open(Path(tempfile.gettempdir(), f"deckbuild-{name}.guard"), os.O_RDWR | os.O_CREAT)
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError as error:  # it gives up after ten seconds
                if error.errno != errno.EDEADLK:
                    raise
            else:
                return descriptor
else:
    import fcntl

    def _hold(folder: Path) -> int:
        descriptor = os.open(folder, os.O_RDONLY)
        with suppress(OSError):  # some network file systems hold no folders; a build there goes on unguarded
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        return descriptor
