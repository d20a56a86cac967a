"""Decks of Anki as sources of paper: the notes of an `.apkg`, their fields chosen by the templates of their type.

Of several templates the first says what asks. A place is the number of a note, in the order of decks.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from deckbuild.machine import databases
from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.anki_files import Unpacked, messages, unpacked
from deckbuild.syntax.formats.anki_sides import UNSEEN
from deckbuild.syntax.formats.delimited import SOUND, plain_text
from deckbuild.syntax.formats.html_pages import HtmlPage, parsed
from deckbuild.syntax.formats.reading import Asked, Reading, Unreadable, Writer

MOST_NOTES = 20_000
"""Notes of one package: a stack of paper of a metre."""

MOST_CARDS = 20 * MOST_NOTES
"""Their cards: a note has one or two, one with many clozes some twenty."""

LONGEST = 10_000_000
"""Characters of all notes of one package: 500 for each of so many."""

_FIELD = regex(r"\{\{(?![#/^!])(?:[\w-]+:)*(?P<name>[^{}:]+)\}\}")
_TEX = regex(
    r"\[(?:latex|(?P<display>\$\$)|\$)\](?P<tex>(?:(?!\[(?:latex|\$\$?)\]).)+?)\[/(?:latex|\$\$|\$)\]",
    re.DOTALL,
)
_SOURCE = regex(r"(?<=\bsrc=)(?P<quote>[\"']?)(?P<name>[^\"'>]{1,900}?)(?P=quote)(?=[\s/>])", re.IGNORECASE)
_TAG = regex(r"</?(?:br|div|p|span)\b[^<>]{0,900}>", re.IGNORECASE)
_HIDDEN = frozenset(("FrontSide", "Tags", "Deck", "Subdeck", "Type", "Card", "CardFlag", "Note ID"))


class _Kind(Struct, frozen=True):
    """A note type: its fields, what its first template shows on both sides, and whether it has clozes."""

    fields: tuple[str, ...]
    front: str
    back: str
    is_cloze: bool


def read(data: bytes, name: str) -> tuple[tuple[str, ...], Reading]:
    """The plain text of the notes of a package, and its reading. Raises `Unreadable` for what is none."""
    package = unpacked(data)
    with TemporaryDirectory(prefix="deckbuild-") as folder:
        database = Path(folder) / "collection"
        database.write_bytes(package.database)
        try:
            with databases.opened(database) as connection:
                notes = _notes(connection, package)
        except databases.TooMuch as error:
            raise Unreadable(str(error)) from error
        except (sqlite3.Error, ValueError, KeyError, TypeError, IndexError) as error:
            raise Unreadable("its database is damaged") from error
    if len(notes) > MOST_NOTES:
        raise Unreadable(f"it has {len(notes):,} notes; at most {MOST_NOTES:,} are printed")
    media = {file: f"{name.rpartition('/')[2]}/{number}" for file, number in package.media.items()}
    return _written(notes, media)


_Note = tuple[str, _Kind, dict[str, str], tuple[str, ...]]
"""The deck of a note, its type, its fields by name, and its tags."""


def _notes(connection: sqlite3.Connection, package: Unpacked) -> list[_Note]:
    connection.create_collation("unicase", lambda a, b: (a > b) - (a < b))
    kinds, decks = _kinds(connection), _decks(connection)
    cards = "SELECT nid, did FROM cards ORDER BY ord DESC"
    places = dict(databases.rows(connection, cards, MOST_CARDS, LONGEST))
    query = "SELECT id, mid, tags, flds FROM notes ORDER BY id LIMIT ?"
    rows = databases.rows(connection, query, MOST_NOTES + 1, LONGEST, (MOST_NOTES + 1,))
    found = [
        (decks.get(places.get(id), ""), kinds[kind], dict(zip(kinds[kind].fields, values.split("\x1f"), strict=False)),
         tuple(tags.split()))
        for id, kind, tags, values in rows
        if kind in kinds
    ]  # fmt: skip
    return sorted(found, key=lambda note: note[0])


def _kinds(connection: sqlite3.Connection) -> dict[int, _Kind]:
    """The note types by their ids, from either form of the database."""
    if _has(connection, "notetypes"):
        fields: dict[int, list[str]] = {}
        for kind, field in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
            fields.setdefault(kind, []).append(field)
        sides = {
            kind: messages(bytes(config))
            for kind, config in connection.execute(
                "SELECT ntid, config FROM templates ORDER BY ntid, ord DESC"
            )
        }
        found = {}
        for kind, config in connection.execute("SELECT id, config FROM notetypes"):
            texts = sides.get(kind, {})
            front, back = (bytes(texts.get(n, [b""])[0]).decode(errors="replace") for n in (1, 2))
            is_cloze = messages(bytes(config)).get(1, [0])[0] == 1
            found[kind] = _Kind(tuple(fields.get(kind, ())), front, back, is_cloze)
        return found
    import json

    (models,) = connection.execute("SELECT models FROM col").fetchone()
    return {
        int(id): _Kind(
            tuple(field["name"] for field in model["flds"]),
            model["tmpls"][0]["qfmt"],
            model["tmpls"][0]["afmt"],
            model.get("type") == 1,
        )
        for id, model in json.loads(models).items()
    }


def _decks(connection: sqlite3.Connection) -> dict[int | None, str]:
    if _has(connection, "decks"):
        return {
            id: name.replace("\x1f", "::") for id, name in connection.execute("SELECT id, name FROM decks")
        }
    import json

    (decks,) = connection.execute("SELECT decks FROM col").fetchone()
    return {int(id): deck["name"] for id, deck in json.loads(decks).items()}


def _has(connection: sqlite3.Connection, table: str) -> bool:
    told = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    return told.fetchone() is not None and connection.execute(f"SELECT 1 FROM {table}").fetchone() is not None


def _written(notes: Sequence[_Note], media: Mapping[str, str]) -> tuple[tuple[str, ...], Reading]:
    out = Writer()
    lines: list[str] = []
    open_decks: list[str] = []
    for number, (deck, kind, fields, tags) in enumerate(notes, 1):
        names = deck.split("::") if deck else []
        for depth, name in enumerate(names):
            if open_decks[: depth + 1] != names[: depth + 1]:
                out.gap()
                out.add(f"{'#' * min(6, depth + 1)} {' '.join(name.split())}", number)
                out.gap()
        open_decks = names
        if any("::image-occlusion:" in value for value in fields.values()):
            lines.append("(an image with covers)")
            out.aside[number] = "an image whose parts are covered in turn"
            continue
        front, back = _sides(kind, fields)
        asked = _part(out, [fields[name] for name in front], number, media)
        if kind.is_cloze and asked:
            told_beside = "\n".join(filter(None, (plain_text(fields[name]) for name in back)))
            out.extra |= dict.fromkeys(range(asked.line, asked.end_line + 1), told_beside)
        lines.append(" ".join(out.lines[(asked or SourceSpan(1, 0)).line - 1 :]).strip() or "(empty)")
        if kind.is_cloze or not asked:
            continue
        told = _part(out, [fields[name] for name in back], number, media)
        if told:
            out.asked.append(Asked(asked, told, tags=tags))
    return tuple(lines), out.reading()


def _sides(kind: _Kind, fields: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The fields that ask, and those that only the back shows; the first and the others where templates tell none."""
    seen = kind.front if kind.is_cloze else UNSEEN.sub("", kind.front)
    shown = list(dict.fromkeys(name.strip() for name in _FIELD.findall(seen) if name.strip() in fields))
    front = [name for name in shown if name not in _HIDDEN and fields[name].strip()] or list(kind.fields[:1])
    behind = dict.fromkeys(name.strip() for name in _FIELD.findall(kind.back))
    back = [name for name in behind if name in fields and name not in front and name not in _HIDDEN]
    return front, back or [name for name in fields if name not in front]


def _part(out: Writer, fields: Sequence[str], number: int, media: Mapping[str, str]) -> SourceSpan | None:
    """The HTML of fields as lines; None where they say nothing."""
    out.gap()
    first = len(out.lines) + 1
    for field in fields:
        for line in _lines(field, media):
            out.add(line, number)
        out.gap()
    while len(out.lines) >= first and not out.lines[-1]:
        out.lines.pop()
        out.places.pop()
    return SourceSpan(first, len(out.lines)) if len(out.lines) >= first else None


def _bracketed(found: re.Match[str]) -> str:
    """LaTeX between Anki's own signs as between those of MathJax, on one line and without tags."""
    tex = " ".join(_TAG.sub(" ", found["tex"].replace("&nbsp;", " ")).split())
    return rf"\[{tex}\]" if found["display"] else rf"\({tex}\)"


def _lines(field: str, media: Mapping[str, str]) -> Iterator[str]:
    text = SOUND.sub("", field)
    text = _TEX.sub(_bracketed, text)
    text = _SOURCE.sub(lambda m: f'"{media.get(m["name"], m["name"])}"', text)
    if "<" not in text and "&" not in text:
        from deckbuild.syntax.formats.reading import escaped, started

        yield from (started(escaped(line.strip())) for line in text.split("\n"))
        return
    root = parsed(f"<body>{text}</body>")
    if root is not None:
        inner = Writer()
        page = HtmlPage(inner, root)
        page.walk(root)
        page.flush()
        yield from inner.lines
