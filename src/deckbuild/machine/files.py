"""Reading files that are files, and writing them whole.

A reader, or a build after a kill, sees the old content or the new, never a part.

What is read, changed and written again needs `folders.alone` besides, or two processes lose each other's changes.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from deckbuild.machine.folders import make, unmake
from deckbuild.machine.kept_files import Kept, kept
from deckbuild.machine.replaceable import refuse_irreplaceable, refused
from deckbuild.report.diagnostics import Code, Failure

_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened: without waiting for another program, as bytes."""


class TooLarge(OSError):
    """A file has more bytes than the `limit` that is read of it."""

    def __init__(self, limit: int) -> None:
        super().__init__(errno.EFBIG, f"it has more than {limit:,} bytes")
        self.limit = limit


def regular(path: Path) -> Path:
    """The path, where a regular file is there. Raises `OSError` for all else.

    A pipe would be waited for, and a device may never end.
    """
    status = path.stat()  # before it is opened, which some devices take for a command
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it isn't a regular file")
    return path


def read(path: Path, limit: int) -> bytes:
    """The content of a regular file. Raises `OSError` for all else, and `TooLarge` beyond `limit` bytes.

    The size that a file tells may be none at all.
    """
    if regular(path).stat().st_size > limit:
        raise TooLarge(limit)
    with os.fdopen(os.open(path, _READ), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it isn't a regular file")
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(limit)
    return data


def exists(path: Path) -> bool:
    """Whether there is a file or folder; a name that the system doesn't take is that of none.

    What lies in a folder that can't be entered is taken to be there: it isn't known to be gone.
    """
    try:
        return path.exists()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False


def lies_in(path: Path, folder: Path) -> bool:
    """Whether a file is in a folder, wherever links lead.

    One that leads round in a circle, or over more links than the system follows, is nowhere.
    """
    try:
        with suppress(FileNotFoundError):
            path.stat()  # refuses long chains, which `resolve` would follow link by link
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def unreachable(path: Path) -> str:
    """Why the system can't get to a file; nothing where it can, or where the file is only gone."""
    try:
        path.stat()
    except OSError as error:
        told = {errno.ENOENT: "", errno.ELOOP: "its link leads round in a circle"}
        return told.get(error.errno or 0, error.strerror or "unknown reason")
    return ""


def resolved(path: Path) -> Path:
    """Where a path leads, whether or not a file is there; one over links in a circle is taken as it stands."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def write(path: Path, data: bytes) -> bool:
    """Replace the file at `path`, making its folder. Returns whether the content differs from before.

    A file that holds `data` already is left alone, its time included, so that make sees no change.
    Raises `Failure` if the system refuses.
    """
    return write_all([(path, data)])[0]


def write_all(contents: Sequence[tuple[Path, bytes]]) -> list[bool]:
    """Replace several files in this order, as `write` does each, once all of them lie beside their places.

    Where the system refuses one, those that were replaced are put back. Raises `Failure` then, which also names
    those that can't be.
    """
    drafts: list[Path | None] = []
    made: list[Path] = []
    before: list[Kept] = []
    try:
        for path, data in contents:
            with refused(path):
                drafts.append(None if holds(path, data) else _draft(path, data, made))
        for (path, _), draft in zip(contents, drafts, strict=True):
            if draft:
                with refused(path):
                    before.append(kept(path))
                    draft.replace(path)
    except BaseException as error:
        stuck = [old.path for old in reversed(before) if not old.put_back()]
        for draft in filter(None, drafts):
            draft.unlink(missing_ok=True)
        unmake(made)
        if stuck and isinstance(error, Failure):
            why = "it is new already, and can't be put back as it was"
            also = (Code.UNWRITABLE.at(str(path), 1, why=why) for path in stuck)
            raise Failure(*error.diagnostics, *also) from error
        raise
    for old in before:
        old.forget()
    return [draft is not None for draft in drafts]


def refuse_unwritable(path: Path) -> None:
    """Raises `Failure` where a file can't be written, as far as that can be told before it is."""
    folder = next(above for above in path.absolute().parents if exists(above))
    with refused(path):
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, f"{folder} is no folder")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if os.path.lexists(path):
            refuse_irreplaceable(path)


def holds(path: Path, data: bytes) -> bool:
    """Whether a file is there with this content."""
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _draft(path: Path, data: bytes, made: list[Path]) -> Path:
    """The data in a file beside `path`; folders that were missing are added to those `made`."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    import tempfile

    make(path.parent, made)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        draft.chmod(0o666 & ~_umask())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _umask() -> int:
    """The process's file mode mask; the system only tells it when it is set."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
