"""Writing files whole: a reader, or a build after a kill, sees the old content or the new, never a part."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from deckbuild.diagnostics import Code, Failure


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
