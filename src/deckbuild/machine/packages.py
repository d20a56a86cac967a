"""Parts of packages, which are ZIP archives, as those of Word and Anki."""

from __future__ import annotations

import errno
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from deckbuild.machine.files import TooLarge

if TYPE_CHECKING:
    from zipfile import ZipFile


def package_of(path: Path) -> Path | None:
    """The file that a path leads into, as `notes.docx/word/media/image1.png` does; None for an ordinary path."""
    return next((above for above in path.parents if above.is_file()), None)


class Packages:
    """Packages that were opened, each once: to read the list of its parts for each part would be its square."""

    def __init__(self) -> None:
        self._opened: dict[Path, ZipFile] = {}

    def read(self, package: Path, name: str, limit: int) -> bytes:
        """A part of a package, which is a ZIP archive. Raises `OSError` for none, `TooLarge` beyond `limit`."""
        import zipfile

        try:
            if package not in self._opened:
                self._opened[package] = zipfile.ZipFile(package)
            with self._opened[package].open(name) as stream:
                data = stream.read(limit + 1)
        except (EOFError, KeyError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
            raise OSError(errno.ENOENT, f"there is no {name} in it") from error
        if len(data) > limit:
            raise TooLarge(limit)
        return unpack(data, limit)

    def close(self) -> None:
        """Close them."""
        for archive in self._opened.values():
            archive.close()


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
