"""Files as they were, kept beside their places until all of a build have been replaced."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from msgspec import Struct


class Kept(Struct, frozen=True):
    """What was at a path: a file that lies `beside` it by now, or nothing."""

    path: Path
    beside: Path | None

    def put_back(self) -> bool:
        """Make the path as it was. Returns whether that could be done."""
        try:
            if self.beside:
                self.beside.replace(self.path)  # which leaves two links to one file alone
            else:
                self.path.unlink(missing_ok=True)
        except OSError:
            if not _is_same(self.path, self.beside):
                return False
        self.forget()
        return True

    def forget(self) -> None:
        """Delete what lies beside."""
        if self.beside:
            with suppress(OSError):
                self.beside.unlink(missing_ok=True)


def kept(path: Path) -> Kept:
    """The file at a path, if any, under a second name: a link, or a copy where the system makes no such links.

    Raises `OSError` where neither can be made.
    """
    if not os.path.lexists(path):
        return Kept(path, None)
    import secrets
    import shutil

    beside = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.old")
    try:
        if hasattr(os, "getuid") and path.lstat().st_uid != os.getuid():
            raise PermissionError  # a link to somebody else's file may be theirs to delete
        os.link(path, beside, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, beside, follow_symlinks=False)
    return Kept(path, beside)


def _is_same(path: Path, beside: Path | None) -> bool:
    """Whether a path holds what it did: the file that could not be replaced in the first place."""
    if beside is None:
        return not os.path.lexists(path)
    return path.is_file() and beside.is_file() and path.read_bytes() == beside.read_bytes()
