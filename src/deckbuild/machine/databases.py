"""Reading SQLite databases that others made: tables alone, and no more of them than memory holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

LONGEST = 10_000_000
"""Bytes of one value: of a note with all its fields, or of all note types."""

_MADE = """
SELECT 1 FROM sqlite_master AS part LEFT JOIN pragma_table_xinfo(part.name) AS field
WHERE part.type = 'view' OR part.sql LIKE 'CREATE VIRTUAL%' OR field.hidden > 0
"""
"""Views, virtual tables and columns that are worked out: a few bytes of them may be gigabytes, or have no end."""


class TooMuch(ValueError):
    """A database holds what may have no end, or more than is read."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database in a file, to be read. Raises `TooMuch` and `sqlite3.Error` where it is more than tables."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
        if connection.execute(_MADE).fetchone():
            raise TooMuch("it has views or columns that are worked out, which may have no end")
        yield connection


def rows(
    connection: sqlite3.Connection, query: str, most: int, characters: int, values: Sequence[object] = ()
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query. Raises `TooMuch` where they are more than `most`, or their texts together longer."""
    left = characters
    for count, row in enumerate(connection.execute(query, values), 1):
        left -= sum(len(value) for value in row if isinstance(value, str | bytes))
        if count > most:
            raise TooMuch(f"it has more than {most:,} notes or cards")
        if left < 0:
            raise TooMuch(f"its texts have more than {characters:,} characters")
        yield row
