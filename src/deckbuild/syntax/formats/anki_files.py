"""What lies in a package of Anki: its database, and the numbers that its media have there."""

from __future__ import annotations

import io
import json
import zipfile
import zlib

from msgspec import Struct

from deckbuild.machine.packages import unpack
from deckbuild.syntax.formats.reading import Unreadable

LARGEST = 150_000_000
"""Bytes of the unpacked database, which lies in memory twice for a moment: a hundred times that of 20,000 notes."""

_DATABASES = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The newest first: in packages that have several, the older ones only say that they are old."""


class Unpacked(Struct, frozen=True):
    """A database, and the name in the package of each media file."""

    database: bytes
    media: dict[str, str]


def unpacked(data: bytes) -> Unpacked:
    """The database and the media of a package. Raises `Unreadable` for what is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            database = next((name for name in _DATABASES if name in names), None)
            if database is None:
                raise Unreadable("it isn't an Anki package")
            sizes = (archive.getinfo(name).file_size for name in (database, "media") if name in names)
            if max(sizes) > LARGEST:  # never more is unpacked than is declared
                raise Unreadable(f"it unpacks to more than {LARGEST:,} bytes")
            listed = unpack(archive.read("media"), LARGEST) if "media" in names else b"{}"
            return Unpacked(unpack(archive.read(database), LARGEST), _media(listed))
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise Unreadable("it isn't an Anki package, or it is damaged") from error


def _media(listed: bytes) -> dict[str, str]:
    """The names of media with their names in the package: JSON in older ones, a message in newer ones."""
    if listed.lstrip().startswith(b"{"):
        return {str(name): str(number) for number, name in json.loads(listed).items()}
    entries = messages(listed).get(1, [])
    names = (messages(bytes(entry)).get(1, [b""])[0] for entry in entries if isinstance(entry, bytes))
    return {
        bytes(name).decode(errors="replace"): str(number)
        for number, name in enumerate(names)
        if isinstance(name, bytes)
    }


def messages(data: bytes) -> dict[int, list[bytes | int]]:
    """The fields of a message of Protocol Buffers by number. Raises `ValueError` for what is none."""
    found: dict[int, list[bytes | int]] = {}
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        value: bytes | int
        match key & 7:
            case 0:
                value, at = _varint(data, at)
            case 1 | 5:
                size = 8 if key & 7 == 1 else 4
                value, at = data[at : at + size], at + size
            case 2:
                size, at = _varint(data, at)
                value, at = data[at : at + size], at + size
            case _:
                raise ValueError("no message")
        found.setdefault(key >> 3, []).append(value)
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 70:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
    raise ValueError("no number")
