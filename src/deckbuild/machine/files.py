"""Writing files whole: a reader, or a build after a kill, sees the old content or the new, never a part.

What is read, changed and written again needs `alone` besides, or two processes lose each other's changes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deckbuild.report.diagnostics import Code, Failure


def write(path: Path, data: bytes) -> bool:
    """Replace the file at `path`, making its folder. Returns whether the content differs from before.

    A file that holds `data` already is left alone, its time included, so that make sees no change.
    Raises `Failure` if the system refuses.
    """
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise Failure(Code.UNWRITABLE.at(str(path), 1, why=why)) from error
    return True


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time into a folder; others wait here. The system ends it when the process dies.

    The folder itself is held where the system can do that, so that no guard file lies among the documents.
    Not for use inside itself. Raises `Failure` if the folder can't be opened.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = _hold(folder)
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise Failure(Code.UNWRITABLE.at(str(folder), 1, why=why)) from error
    try:
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import errno
    import hashlib
    import msvcrt

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


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The process's file mode mask; the system only tells it when it is set."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
