"""A library as an Anki package: a zip archive of a database, in the form that every version of Anki reads."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from deckbuild.cards import note_types
from deckbuild.cards.note_types import NoteType
from deckbuild.cards.stored import StoredNote, deck_names, placed, stored_notes
from deckbuild.model import Library
from deckbuild.model.image_tags import media_names

DATABASE = "collection.anki2"
"""Name of the database inside a package."""

_CHANGES = (24, 92)
"""Offsets of the two counters of changes in the header of an SQLite file (sqlite.org/fileformat.html)."""
_VERSION = 96
"""Offset of the version of SQLite that wrote the file."""


_COMMENT = "deckbuild content sha256:"


def apkg(
    library: Library, retired: tuple[StoredNote, ...] = (), notes: Iterable[StoredNote] | None = None
) -> bytes:
    """The package of a library, and of retired notes, which stand behind all others.

    `notes` are those of the library as Anki stores them, if they have been rendered already.
    The comment of the archive holds the logical digest, which `stored_digest` reads.
    The same library and toolchain give the same bytes, whatever the clock, the time zone or the folder.
    Raises `ValueError` if two entries have one guid, and `OSError` or `sqlite3.Error` if the temporary folder
    can't hold the database.
    """
    from deckbuild.package.database import write_database

    types = list(_used(library, retired))
    decks = deck_names([*(entry.deck for entry in library.entries), *(note.deck for note in retired)])
    digest = _Digest(types)
    shown: set[str] = set()
    with TemporaryDirectory(prefix="deckbuild-") as folder:
        path = Path(folder) / DATABASE
        write_database(path, types, decks, _watched(digest.over(_notes(library, retired, notes)), shown))
        _fix_header(path)
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as package:
            package.comment = f"{_COMMENT}{digest.total.hexdigest()}".encode()
            _add(package, DATABASE, path.read_bytes())
            media = [medium for medium in library.media if medium.name in shown]
            for number, medium in enumerate(media):
                _add(package, str(number), medium.data)
            names = {str(number): medium.name for number, medium in enumerate(media)}
            _add(package, "media", msgspec.json.encode(names))
    return archive.getvalue()


def stored_digest(package: bytes) -> str:
    """SHA-256, hex, over all that Anki would store of a package of ours, as the package itself tells it.

    It is the same under every version of SQLite and zlib, where the bytes of a package may differ. Raises
    `zipfile.BadZipFile` for what is no package.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.comment.decode("ascii", "replace").removeprefix(_COMMENT)


class _Digest:
    """The logical digest, which grows as notes pass on their way, so that each is rendered once."""

    def __init__(self, types: Iterable[tuple[NoteType, int]]) -> None:
        self.total = hashlib.sha256()
        for note_type, modified in types:
            self.total.update(msgspec.json.encode((note_type, modified)))

    def over(self, notes: Iterable[StoredNote]) -> Iterator[StoredNote]:
        """The notes, each counted when it passes."""
        for note in notes:
            self.total.update(msgspec.json.encode(note))
            yield note


def _notes(
    library: Library, retired: Iterable[StoredNote], notes: Iterable[StoredNote] | None
) -> Iterator[StoredNote]:
    yield from stored_notes(library, note_types.note_types()) if notes is None else notes
    yield from placed(retired, library.entries)


def _watched(notes: Iterable[StoredNote], shown: set[str]) -> Iterator[StoredNote]:
    """The notes; the names of the media that they show are added to `shown`."""
    for note in notes:
        if any("<img" in value or "[sound:" in value for value in note.values):
            shown.update(*map(media_names, note.values))
        yield note


def _used(library: Library, retired: Iterable[StoredNote]) -> Iterator[tuple[NoteType, int]]:
    """The note types of all notes, each with the time of its last change."""
    kinds = {entry.note.kind for entry in library.entries} | {note.kind for note in retired}
    for kind, note_type in note_types.note_types().items():
        if kind in kinds:
            yield note_type, library.note_types[kind]


def _fix_header(path: Path) -> None:
    with path.open("r+b") as database:
        for offset in _CHANGES:
            database.seek(offset)
            database.write(struct.pack(">I", 1))
        database.seek(_VERSION)
        database.write(struct.pack(">I", 3_040_000))


def _add(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a file with a fixed date and mode; level 1 is four times as fast as 6 and a third larger."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system = 3
    info.external_attr = 0o644 << 16
    package.writestr(info, data, zipfile.ZIP_DEFLATED, compresslevel=1)
