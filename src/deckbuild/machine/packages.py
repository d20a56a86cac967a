"""Parts of packages, which are ZIP archives, as those of Word and Anki."""

from __future__ import annotations

import errno
import zlib
from pathlib import Path

from deckbuild.machine.files import TooLarge


def package_of(path: Path) -> Path | None:
    """The file that a path leads into, as `notes.docx/word/media/image1.png` does; None for an ordinary path."""
    return next((above for above in path.parents if above.is_file()), None)


def read_inside(package: Path, name: str, limit: int) -> bytes:
    """A part of a package, which is a ZIP archive. Raises `OSError` where there is none, `TooLarge` beyond `limit`."""
    import zipfile

    try:
        with zipfile.ZipFile(package) as archive, archive.open(name) as stream:
            data = stream.read(limit + 1)
    except (EOFError, KeyError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise OSError(errno.ENOENT, f"there is no {name} in it") from error
    if len(data) > limit:
        raise TooLarge(limit)
    return unpack(data, limit)


def unpack(data: bytes, limit: int) -> bytes:
    """Data that newer packages of Anki hold packed by Zstandard once more, at most `limit` bytes of it.

    Other data stays as it is. Raises `ValueError` for what is broken or larger.
    """
    if not data.startswith(b"\x28\xb5\x2f\xfd"):
        return data
    import zstandard

    try:
        with zstandard.ZstdDecompressor().stream_reader(data) as stream:
            found = stream.read(limit + 1)
    except zstandard.ZstdError as error:
        raise ValueError("it can't be unpacked") from error
    if len(found) > limit:
        raise ValueError(f"it unpacks to more than {limit:,} bytes")
    return found
