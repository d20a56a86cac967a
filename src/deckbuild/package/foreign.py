"""Notes of other decks: a package that Anki exported, or its notes as text, for what tells which note is which."""

from __future__ import annotations

import csv
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec import Struct

from deckbuild.machine import databases, files
from deckbuild.machine.copied import copy_inside
from deckbuild.package.reader import LARGEST, LONGEST_TEXT, MOST
from deckbuild.report.diagnostics import Code, Failure

_DATABASES = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The newest first: beside a newer one the older only says that it is old."""


class ForeignNote(Struct, frozen=True):
    """A note of any note type: its number in the collection that it was exported from (0 in text), and its fields."""

    id: int
    guid: str
    note_type: str
    fields: tuple[str, ...]


class _Named(Struct, frozen=True):
    name: str


def read_foreign(path: Path) -> tuple[ForeignNote, ...]:
    """The notes of an export of Anki. Raises `Failure` for what is none, and for text without ids."""
    try:
        files.regular(path)
        notes = tuple(
            _of_text(path) if path.suffix.lower() in (".txt", ".csv", ".tsv") else _of_package(path)
        )
    except (
        OSError,
        sqlite3.Error,
        zipfile.BadZipFile,
        zlib.error,
        csv.Error,
        ValueError,
        KeyError,
        TypeError,
        RuntimeError,
    ) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Failure(Code.BAD_EXPORT.at(str(path), 1, why=why or "it is damaged")) from error
    if not notes:
        raise Failure(Code.BAD_EXPORT.at(str(path), 1, why="it holds no notes"))
    return notes


def _of_package(path: Path) -> Iterator[ForeignNote]:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    database = next((name for name in _DATABASES if name in names), None)
    if database is None:
        raise ValueError("it isn't an Anki package")
    with TemporaryDirectory(prefix="deckbuild-") as folder:
        unpacked = Path(folder) / "collection"
        copy_inside(path, database, unpacked, LARGEST)
        with databases.opened(unpacked) as connection:
            types = _note_types(connection)
            query = "SELECT id, guid, mid, flds FROM notes ORDER BY id"
            rows = list(databases.rows(connection, query, MOST, LONGEST_TEXT))
    for id, guid, kind, fields in msgspec.convert(rows, list[tuple[int, str, int, str]]):
        yield ForeignNote(id, guid, types.get(kind, ""), tuple(fields.split("\x1f")))


def _note_types(connection: sqlite3.Connection) -> dict[int, str]:
    """The names of note types, which newer databases have in a table of their own."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'notetypes'").fetchone():
        return dict(connection.execute("SELECT id, name FROM notetypes").fetchall())
    (models,) = connection.execute("SELECT models FROM col").fetchone()
    found = msgspec.json.decode(models, type=dict[str, _Named])
    return {int(id): model.name for id, model in found.items()}


def _of_text(path: Path) -> Iterator[ForeignNote]:
    """Notes in plain text: lines of settings that begin with `#`, then a line of fields for each note."""
    lines = files.read(path, LARGEST).decode("utf-8-sig").splitlines(keepends=True)
    head: dict[str, str] = {}
    while lines and lines[0].startswith("#") and ":" in lines[0]:
        key, _, value = lines.pop(0)[1:].rstrip("\r\n").partition(":")
        head[key.strip().lower()] = value.strip()
    if "guid column" not in head:
        raise ValueError("it has no ids; export it once more with “Include unique identifier”")
    named = {"tab": "\t", "comma": ",", "semicolon": ";", "colon": ":", "pipe": "|", "space": " "}
    separator = head.get("separator", "tab")
    csv.field_size_limit(databases.LONGEST)
    places = {
        key: int(value) - 1 for key, value in head.items() if key.endswith(" column") and value.isdecimal()
    }
    for row in csv.reader(lines, delimiter=named.get(separator.lower(), separator[:1] or "\t")):
        if len(row) > places["guid column"]:
            kind = places.get("notetype column", -1)
            yield ForeignNote(
                0,
                row[places["guid column"]],
                row[kind] if 0 <= kind < len(row) else head.get("notetype", ""),
                tuple(_rest(row, places.values())),
            )


def _rest(row: Sequence[str], places: object) -> Iterator[str]:
    return (value for at, value in enumerate(row) if at not in places)  # type: ignore[operator]
