"""What MathJax said of formulas, kept from one run to the next in the user's cache folder.

It is a convenience that may never get in the way: processes share it, a broken file is made anew, and where
it can't be read or written the work is simply done again.
"""

from __future__ import annotations

import atexit
import os
import sqlite3
import sys
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

VARIABLE = "DECKBUILD_CACHE"
"""Environment variable that names another folder; where it is empty nothing is kept."""

PAGES = 16_384
"""Most pages of 4 kB that the file may take, 64 MB; when it is full the older half of the entries goes."""

PATIENCE = 0.5
"""Seconds to wait for another process that is writing."""

_SEAL = 8
"""Bytes of a hash in front of each value: the file is never flushed, so a crashed system may spoil it."""


_FORGET = "DELETE FROM entries WHERE number <= (SELECT (min(number) + max(number)) / 2 FROM entries)"


def folder() -> Path | None:
    """Where the cache lies, which may not exist yet; None where there is to be none."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return Path(given) if given else None
    with suppress(RuntimeError):
        if base := os.environ.get("XDG_CACHE_HOME"):
            return Path(base, "deckbuild")
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "deckbuild"
        if base := os.environ.get("LOCALAPPDATA"):
            return Path(base, "deckbuild", "cache")
        return Path.home() / ".cache" / "deckbuild"
    return None


def get(key: bytes) -> bytes | None:
    """The value kept under `key`, or None."""
    found = _run("SELECT value FROM entries WHERE key = ?", key)
    if not found or not isinstance(found[0], bytes):
        return None
    seal, value = found[0][:_SEAL], found[0][_SEAL:]
    return value if seal == _seal(key, value) else None


def put(key: bytes, value: bytes) -> None:
    """Keep `value` under `key`, if that is possible."""
    _run("INSERT OR REPLACE INTO entries (key, value) VALUES (?, ?)", key, _seal(key, value) + value)


def _seal(key: bytes, value: bytes) -> bytes:
    return blake2b(value, digest_size=_SEAL, key=key[:64]).digest()


def _run(statement: str, *values: bytes) -> tuple[object, ...] | None:
    """The first row that a statement gives; None too where there is no cache or it fails."""
    place = folder()
    if place is None:
        return None
    file = place / "formulas.sqlite3"
    for _ in range(2):
        connection = None
        try:
            connection = _connection(file, os.getpid())
            row: tuple[object, ...] | None = connection.execute(statement, values).fetchone()
            return row
        except sqlite3.OperationalError as error:
            if connection is None or "full" not in str(error):
                return None
            with suppress(sqlite3.Error):
                connection.execute(_FORGET)
        except sqlite3.DatabaseError:
            if connection is not None:
                connection.close()
            _connection.cache_clear()
            with suppress(OSError):
                file.unlink(missing_ok=True)
        except OSError:
            return None
    return None


@lru_cache(maxsize=4)
def _connection(file: Path, process: int) -> sqlite3.Connection:
    """The open cache; a forked process opens it again."""
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    atexit.register(connection.close)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA max_page_count = {PAGES}")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS entries (number INTEGER PRIMARY KEY, key BLOB UNIQUE, value BLOB)"
        )
    except sqlite3.Error:
        connection.close()
        raise
    return connection
