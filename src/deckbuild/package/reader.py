"""Reading a package back: the notes, note types and decks of an `.apkg` that deckbuild wrote."""

from __future__ import annotations

import html
import re
import shutil
import sqlite3
import zipfile
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec import Struct

from deckbuild.cards import note_types
from deckbuild.cards.note_types import Field, NoteType, Template
from deckbuild.identity.content import content_and_context
from deckbuild.identity.hashing import field_hash
from deckbuild.machine import databases, files
from deckbuild.machine.regex import regex
from deckbuild.model import Kind
from deckbuild.package.apkg import DATABASE
from deckbuild.report.diagnostics import Code, Failure

LARGEST = 500_000_000
"""Bytes of the unpacked database that are read: some hundred thousand notes; more is no deck but a trap."""

MOST, LONGEST_TEXT = 1_000_000, 150_000_000
"""Notes or cards that are read, and characters of all notes: ten times what a hundred thousand have."""

_NEWER = ("collection.anki21", "collection.anki21b")
"""Databases of packages that Anki itself exports; the one we read is then only a note that says so."""

_CARDS = "SELECT nid, did FROM cards ORDER BY ord DESC"
_NOTES = "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
_BREAK = regex(r"(?:<br\s*/?>|</(?:p|div|li|tr|dt|dd|pre|h[1-6]|blockquote|summary)>)\s*")
_CELL = regex(r"</t[dh]>\s*<t[dh][^>]*>")
_TAG = regex(r"</?[A-Za-z][^<>]*>")
_MATHS = regex(r"\\[()\[\]]")
_CLOZE = regex(r"\{\{c[0-9]+::(.*?)\}\}", re.DOTALL)


class PackageNote(Struct, frozen=True):
    """A note of a package: its fields by name, HTML; `modified` in seconds since 1970 (UTC)."""

    id: int
    guid: str
    kind: Kind
    fields: dict[str, str]
    tags: tuple[str, ...]
    modified: int
    deck: str


class Package(Struct, frozen=True):
    """A package: note types, each with the time of its last change, and notes by ascending id.

    `skipped` counts the notes of other note types, which are left out.
    """

    note_types: tuple[tuple[NoteType, int], ...]
    notes: tuple[PackageNote, ...]
    skipped: int = 0


class _Field(Struct, frozen=True):
    name: str
    id: int = 0


class _Template(Struct, frozen=True):
    name: str
    qfmt: str
    afmt: str
    bqfmt: str = ""
    bafmt: str = ""
    id: int = 0


class _Model(Struct, frozen=True):
    """A note type as the database holds it."""

    name: str
    flds: tuple[_Field, ...]
    tmpls: tuple[_Template, ...]
    css: str
    mod: int


class _Deck(Struct, frozen=True):
    name: str


_Row = tuple[int, str, int, int, str, str]


def read_package(path: Path) -> Package:
    """The package at `path`. Raises `Failure` for what is no package, too large, or not of deckbuild."""

    def refuse(why: object) -> Failure:
        return Failure(Code.BAD_PACKAGE.at(str(path), 1, why=why))

    try:
        with TemporaryDirectory(prefix="deckbuild-") as folder:
            database = Path(folder) / DATABASE
            with zipfile.ZipFile(files.regular(path)) as archive:
                names = archive.namelist()
                if DATABASE not in names:
                    raise refuse("it isn't an Anki package")
                if any(name in names for name in _NEWER):
                    raise refuse("it was exported by Anki, not built by deckbuild")
                if archive.getinfo(DATABASE).file_size > LARGEST:  # never more is unpacked than is declared
                    raise refuse(f"it unpacks to more than {LARGEST:,} bytes")
                with archive.open(DATABASE) as packed, database.open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked)
            package = _read(database)
    except zipfile.BadZipFile as error:
        raise refuse("it isn't a zip archive, or it is damaged") from error
    except OSError as error:
        raise refuse(error.strerror) from error
    except databases.TooMuch as error:
        raise refuse(str(error)) from error
    except (sqlite3.Error, zlib.error, EOFError, RuntimeError, ValueError, KeyError, TypeError) as error:
        raise refuse(f"its database is damaged ({error})") from error
    if not package.notes:
        raise refuse("it contains no notes from deckbuild")
    return package


def _read(database: Path) -> Package:
    with databases.opened(database) as connection:
        (models, decks) = connection.execute("SELECT models, decks FROM col").fetchone()
        ours = {note_type.id: note_type for note_type in note_types.note_types().values()}
        found = {
            id: (_note_type(ours[id], model), model.mod)
            for name, model in msgspec.json.decode(models, type=dict[str, _Model]).items()
            if (id := int(name)) in ours
        }
        deck_names = {
            int(id): deck.name for id, deck in msgspec.json.decode(decks, type=dict[str, _Deck]).items()
        }
        deck_ids = dict(databases.rows(connection, _CARDS, MOST, LONGEST_TEXT))
        selected = list(databases.rows(connection, _NOTES, MOST, LONGEST_TEXT))
    rows = msgspec.convert(selected, list[_Row])
    known = [row for row in rows if row[2] in found]
    notes = tuple(
        PackageNote(
            id,
            guid,
            found[type_id][0].kind,
            dict(zip((field.name for field in found[type_id][0].fields), values.split("\x1f"), strict=True)),
            tuple(tags.split()),
            modified,
            deck_names[deck_ids[id]],
        )
        for id, guid, type_id, modified, tags, values in known
    )
    return Package(tuple(found.values()), notes, len(rows) - len(known))


def _note_type(ours: NoteType, model: _Model) -> NoteType:
    """The note type as the package has it, which another version of deckbuild may have written."""
    return NoteType(
        ours.kind,
        ours.id,
        model.name,
        tuple(Field(field.id, field.name) for field in model.flds),
        tuple(Template(t.id, t.name, t.qfmt, t.afmt, t.bqfmt, t.bafmt) for t in model.tmpls),
        ours.is_cloze,
        model.css,
    )


def plain(field: str) -> str:
    """The text that a field shows: no tags, a line for each block, the LaTeX of formulas, clozes open."""
    text = _MATHS.sub("", _CLOZE.sub(r"\1", field))
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", _CELL.sub(" | ", text)))).strip()


def hashes(note: PackageNote) -> tuple[str, str]:
    """What the lock holds of a note: hashes of its content, and one of its context."""
    tags = field_hash(" ".join(note.tags))
    return content_and_context(note.kind, [*map(field_hash, note.fields.values())], tags)
