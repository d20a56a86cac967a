"""Large parts of packages as files of their own, which never lie in memory whole."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO

import zstandard

from deckbuild.machine.files import TooLarge

_PIECE = 1 << 20
"""Bytes that are copied at a time."""


def copy_inside(package: Path, name: str, target: Path, limit: int) -> None:
    """Write a part of a package, a ZIP archive, to a file, unpacked once more where newer Anki packed it by Zstandard.

    Raises `OSError` where it can't be read, `TooLarge` beyond `limit` bytes, `ValueError` for what is broken.
    """
    with zipfile.ZipFile(package) as archive:
        with archive.open(name) as packed:
            twice = packed.read(4) == b"\x28\xb5\x2f\xfd"
        with archive.open(name) as packed, target.open("wb") as out:
            _unpack(packed, out, limit, twice)


def _unpack(packed: IO[bytes], out: IO[bytes], limit: int, twice: bool) -> None:
    if twice:
        with zstandard.ZstdDecompressor().stream_reader(packed) as stream:
            try:
                _copy(stream, out, limit)
            except zstandard.ZstdError as error:
                raise ValueError("it can't be unpacked") from error
    else:
        _copy(packed, out, limit)


def _copy(stream: IO[bytes], out: IO[bytes], limit: int) -> None:
    left = limit
    while piece := stream.read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise TooLarge(limit)
        out.write(piece)
