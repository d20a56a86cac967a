"""What was made before and is kept from one run to the next, in the user's cache folder.

It is found again by all that it follows from, the code among it. As with what MathJax said (`maths/check/cache.py`),
the cache may never get in the way: each file is replaced whole, one that is broken is none, and where it can't be
written the work is simply done again.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import msgspec

from deckbuild.machine import files
from deckbuild.machine.regex import regex
from deckbuild.report.diagnostics import Failure

MOST = 300_000_000
"""Bytes that all kept files may take; beyond that those go that were not used for longest."""

_NAME = regex(r"[0-9a-f]{40}")

_SEAL = 16
"""Bytes of a hash in front of each file."""


def place(*told: str) -> Path | None:
    """The file for what follows from `told` and the code; None where nothing is kept."""
    from deckbuild.maths.check import cache  # short documents need no database

    folder = cache.folder()
    name = hashlib.blake2b("\0".join((*told, code())).encode(), digest_size=20).hexdigest()
    return folder / "documents" / name if folder else None


def load(path: Path) -> bytes | None:
    """What a file holds; None where there is none, or a broken one."""
    try:
        data = files.read(path, MOST)
        if data[:_SEAL] != _seal(data[_SEAL:]):
            return None
        path.touch()  # it was used
    except OSError:
        return None
    return data[_SEAL:]


def keep(path: Path, data: bytes) -> None:
    """Write a file, and remove those of this kind beyond `MOST`: the folder may be one of the user's own."""
    with suppress(OSError, Failure):
        files.write(path, _seal(data) + data)
        found = sorted(((s.st_mtime, s.st_size, p) for p, s in _sizes(path.parent)), reverse=True)
        total = 0
        for _, size, old in found:
            total += size
            if total > MOST:
                old.unlink(missing_ok=True)


def _sizes(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for path in folder.iterdir():
        if _NAME.fullmatch(path.name):
            with suppress(OSError):
                yield path, path.lstat()


def _seal(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_SEAL).digest()


@lru_cache(maxsize=1)
def code() -> str:
    """What tells one state of the code and of the packages that it reads with from another: names, sizes, times."""
    package = Path(__file__).parent.parent
    parts = [sys.version, str(Path(msgspec.__file__).parent.parent.stat().st_mtime_ns)]
    for file in sorted(package.rglob("*")):
        if file.suffix in (".py", ".toml", ".json"):
            status = file.stat()
            parts.append(f"{file.relative_to(package)} {status.st_size} {status.st_mtime_ns}")
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=20).hexdigest()
