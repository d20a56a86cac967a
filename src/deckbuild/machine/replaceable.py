"""What the system has against replacing a file, told without changing anything."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deckbuild.machine.regex import regex
from deckbuild.report.diagnostics import Code, Failure

_MOUNTS = Path("/proc/self/mountinfo")
_PLACE = 4
"""Which word of its lines is where something is mounted."""

_ESCAPED = regex(r"\\([0-7]{3})")
_WRITING = os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


def refuse_irreplaceable(path: Path) -> None:
    """Raises `OSError` for what no other file can take the place of, though its folder may be written.

    That is a folder, a file of another user in a folder such as /tmp, one that is immutable, one that is mounted by
    itself, as containers do, and on Windows one that a program has open.
    """
    status, folder = path.lstat(), path.parent.stat()
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    is_sticky = folder.st_mode & stat.S_ISVTX and hasattr(os, "geteuid")
    if is_sticky and os.geteuid() not in (0, status.st_uid, folder.st_uid):
        raise PermissionError(errno.EPERM, "it is another user's, whose files can't be replaced there")
    if str(path.parent.resolve() / path.name) in _mounted():
        raise OSError(errno.EBUSY, "it is mounted by itself, so that it can't be replaced")
    if stat.S_ISREG(status.st_mode):
        try:
            os.close(os.open(path, _WRITING))
        except OSError as error:  # a file that may only be read is replaced all the same
            if error.errno == errno.EPERM:
                raise PermissionError(
                    errno.EPERM, "it is immutable or append-only, as lsattr shows"
                ) from error
            if sys.platform == "win32":
                raise


@contextmanager
def refused(path: Path) -> Iterator[None]:
    """What the system says against writing a file, as a `Failure`."""
    try:
        yield
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise Failure(Code.UNWRITABLE.at(str(path), 1, why=why)) from error


def _mounted() -> set[str]:
    """Where something is mounted, as far as the system tells."""
    with suppress(OSError):
        places = (
            line.split(" ")[_PLACE]
            for line in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
        )
        return {_ESCAPED.sub(lambda found: chr(int(found[1], 8)), place) for place in places}
    return set()
