"""Documents that were read before, kept from one run to the next in the user's cache folder.

A document is found again by what its reading depends on: its bytes, its name, the settings that tell of it, and
the code. As with what MathJax said (`maths/check/cache.py`), the cache may never get in the way: each file is replaced
whole, one that is broken is none, and where it can't be written the work is simply done again.
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
from deckbuild.maths.check import mathjax
from deckbuild.model import Document, codec
from deckbuild.read import Preferences, extract, opened
from deckbuild.report.diagnostics import Failure

LEAST = 200
"""Lines from which a document is kept: a shorter one is read in the time that looking for it takes."""

MOST = 300_000_000
"""Bytes that all kept documents may take; beyond that those go that were not used for longest."""

_SEAL = 16
"""Bytes of a hash in front of each document."""


def read(path: Path, name: str, preferences: Preferences) -> Document:
    """What `deckbuild.read.read` gives for the file at `path`, called `name`. Raises `Failure` as that does."""
    source, reading = opened(path, name)
    folder = _folder() if len(source.lines) >= LEAST else None
    if folder is None:
        return extract(source, preferences, reading)
    told = (source.digest, name, repr(preferences), str(mathjax.available()), _code())
    kept = folder / hashlib.blake2b("\0".join(told).encode(), digest_size=20).hexdigest()
    if (document := _kept(kept)) is not None:
        return document
    document = extract(source, preferences, reading)
    _keep(kept, codec.encode(document))
    return document


def _folder() -> Path | None:
    from deckbuild.maths.check import cache  # short documents need no database

    folder = cache.folder()
    return folder / "documents" if folder else None


def _kept(path: Path) -> Document | None:
    try:
        data = path.read_bytes()
        if data[:_SEAL] != _seal(data[_SEAL:]):
            return None
        document = codec.decode(data[_SEAL:], Document)
        path.touch()  # it was used
    except (OSError, codec.CodecError):
        return None
    return document


def _keep(path: Path, data: bytes) -> None:
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
        with suppress(OSError):
            yield path, path.stat()


def _seal(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_SEAL).digest()


@lru_cache(maxsize=1)
def _code() -> str:
    """What tells one state of the code and of the packages that it reads with from another: names, sizes, times."""
    package = Path(__file__).parent.parent
    parts = [sys.version, str(Path(msgspec.__file__).parent.parent.stat().st_mtime_ns)]
    for file in sorted(package.rglob("*")):
        if file.suffix in (".py", ".toml", ".json"):
            status = file.stat()
            parts.append(f"{file.relative_to(package)} {status.st_size} {status.st_mtime_ns}")
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=20).hexdigest()
