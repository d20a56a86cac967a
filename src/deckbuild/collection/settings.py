"""The settings of a collection: `deckbuild.toml` at its root."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from deckbuild.collection.mistakes import Mistake, meant, mistakes, refused
from deckbuild.collection.places import Keys
from deckbuild.collection.print_settings import Print, at_root
from deckbuild.machine import files
from deckbuild.machine.regex import regex
from deckbuild.maths.set.override import Override
from deckbuild.read import SHAPES
from deckbuild.report.diagnostics import Code, Failure

SETTINGS = "deckbuild.toml"
LOCK = "deckbuild.lock"

LIMIT = 1_000_000
"""Bytes of the largest file of settings: thousands of formulas."""


MOST_PARTS = 100
"""Points of one line of settings outside of strings; `a.b.c` has two."""

MOST = 1_000
"""Patterns of `[paths]`, and sources: each takes some 0.4 ms before a document is looked at."""

_TOML = {
    "Invalid value": "a value is missing, or a text without quotes",
    "Invalid statement": "this is neither a setting, `key = value`, nor the head of a table, `[print]`",
    "Expected '=' after a key in a key/value pair": "there is no = behind the name of a setting",
    "Expected ']' at the end of a table declaration": "there is no ] behind the name of a table",
    "Expected newline or end of document after a statement": "something follows the value on its line",
    "Unterminated string": "a text is never closed with a quote",
    "Illegal character '\\n'": "a text is not closed with a quote on its line",
    "Cannot overwrite a value": "this setting was given before",
}
"""What the parser says, in words of people."""

_SILENT = regex(r""""(?:[^"\\]|\\.)*"|'[^']*'|#.*""")
"""Strings and comments."""


DeckName = Annotated[
    str,
    Meta(
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f-\x9f]*\Z",
        description="a deck has 200 characters at most, on one line",
    ),
]

Questions = Literal[
    "heading 1", "heading 2", "heading 3", "heading 4", "heading 5", "heading 6", "item", "bold", "none"
]
"""What the author says that asks in a document."""


class PathSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What `[paths."pattern"]` may hold.

    Whether to skip, shapes that make notes, unwanted diagnostics, whether notes are asked in reverse too,
    whether ends of lines are kept (None for what the collection says), what asks, whatever it looks like, the
    deck with those above it, and tags of all notes.
    """

    skip: bool = False
    shapes: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    reverse: bool | None = None
    line_breaks: bool | None = None
    questions: Questions | None = None
    deck: DeckName = ""
    tags: tuple[str, ...] = ()


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What `deckbuild.toml` may hold.

    The collection's name, the folders and files of its documents, diagnostics that are not wanted, whether
    notes are asked in reverse too (not said: rows and formulas, where the answer leads to one question only),
    whether folders are decks around those of their documents, whether all ends of lines are kept or none (not
    said: those that the author seems to mean), patterns of files and folders that are left out, settings for the
    documents whose name matches a pattern (`drafts/*.md`), what formulas mean, by source string, and settings of
    printed outputs.
    """

    name: Annotated[
        str,
        Meta(
            max_length=100,
            pattern=r"^[^\x00-\x1f\x7f-\x9f]*\Z",
            description="a name has 100 characters at most, on one line",
        ),
    ] = ""
    sources: tuple[str, ...] = ("sources",)
    ignore: tuple[str, ...] = ()
    reverse: bool | None = None
    folders_as_decks: bool = False
    line_breaks: bool | None = None
    exclude: tuple[str, ...] = ()
    paths: dict[str, PathSettings] = {}
    print: Print = Print()
    formulas: dict[str, Override] = {}


def settings_of(root: Path) -> Settings:
    """The settings of the collection at `root`. Raises `Failure` where they are broken."""
    path = root / SETTINGS
    text = _text(path, root)
    if not text:
        return Settings()
    values = _parsed(path, text)
    found = [*mistakes(values, Settings)]
    if not found:
        settings = msgspec.convert(values, Settings)
        found = [
            *_unknown_codes(settings),
            *_unknown_shapes(settings),
            *_too_many(settings),
            *_empty_formulas(settings),
        ]
    if found:
        raise refused(path, text, found)
    return settings


def settings_text(root: Path) -> str:
    """The file of settings of the collection at `root` as it stands; nothing if there is none."""
    return _text(root / SETTINGS, root)


def refused_at(root: Path, found: Iterable[Mistake]) -> Failure:
    """Mistakes in the settings of the collection at `root` that only show where they are used."""
    return refused(root / SETTINGS, settings_text(root), found)


def _text(path: Path, root: Path) -> str:
    """The text of a file of settings; nothing if there is no file."""
    try:
        if not path.is_symlink() and not path.exists():
            return ""
        if not files.lies_in(path, root):
            raise Failure(Code.OUTSIDE.at(str(path), 1, what="the file of settings"))
        return files.read(path, LIMIT).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Failure(Code.BAD_SETTINGS.at(str(path), 1, why=why)) from error


def _refuse_long_keys(path: Path, text: str) -> None:
    """Raises `Failure` for a key of so many parts that the parser would take all memory for it."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_PARTS and _SILENT.sub("", line).count(".") > MOST_PARTS:
            raise Failure(Code.BAD_SETTINGS.at(str(path), number, why="they are nested too deeply"))


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    _refuse_long_keys(path, text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
        end = text.count("\n") + 1
        line, column = (int(found[1]), int(found[2])) if found and found[1] else (end, 0)
        said = str(error)[: found.start()] if found else str(error)
        why = _TOML.get(said, f"it is no TOML: {said[:1].lower()}{said[1:]}")
        raise Failure(Code.BAD_SETTINGS.at(str(path), line, column, why=why)) from error
    except (RecursionError, ValueError) as error:  # brackets hundreds deep; a number of thousands of digits
        why = "they are nested too deeply" if isinstance(error, RecursionError) else "a value can't be read"
        raise Failure(Code.BAD_SETTINGS.at(str(path), 1, why=why)) from error


def _unknown_codes(settings: Settings) -> Iterator[Mistake]:
    """Codes of diagnostics that no diagnostic has."""
    known = [code.slug for code in Code]
    lists: list[tuple[Keys, tuple[str, ...]]] = [(("ignore",), settings.ignore)]
    lists += [(("paths", name, "ignore"), found.ignore) for name, found in settings.paths.items()]
    for way, codes in lists:
        for number, code in enumerate(codes):
            if code not in known:
                yield Mistake((*way, number), f"there is no diagnostic {code}{meant(code, known)}")


def _too_many(settings: Settings) -> Iterator[Mistake]:
    """Tables and lists that have more than they may."""
    for key, count in (
        ("paths", len(settings.paths)),
        ("sources", len(settings.sources)),
        ("exclude", len(settings.exclude)),
    ):
        if count > MOST:
            yield Mistake((key,), f"there are {count:,} {key}, more than {MOST:,}", of_key=True)


def _empty_formulas(settings: Settings) -> Iterator[Mistake]:
    """Source strings that stand nowhere, or everywhere."""
    for text in settings.formulas:
        if not text.strip():
            yield Mistake(("formulas", text), "a formula has at least one character", of_key=True)


def _unknown_shapes(settings: Settings) -> Iterator[Mistake]:
    """Shapes that no note can have."""
    for name, found in settings.paths.items():
        for number, shape in enumerate(found.shapes):
            if shape not in SHAPES:
                near = meant(shape, SHAPES) or f"; there are {', '.join(SHAPES)}"
                yield Mistake(("paths", name, "shapes", number), f"there is no shape {shape}{near}")


def matching(settings: Settings, source: str) -> list[PathSettings]:
    """The settings for documents of this name, in the order of the file."""
    return [found for pattern, found in settings.paths.items() if fnmatchcase(source, pattern)]


def excluded(settings: Settings, source: str) -> bool:
    """Whether a pattern of `exclude` matches a document, or a folder that it is in: `drafts`, `*.csv`, `old/*.md`."""
    parts = source.split("/")
    ways = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    return any(
        fnmatchcase(text, pattern.strip("/"))
        for pattern in settings.exclude
        for text in (*ways, *(parts if "/" not in pattern.strip("/") else ()))
    )


def print_settings(root: Path, tagged: bool = False) -> Print:
    """The settings of printed outputs of the collection at `root`, with whole paths; `tagged` turns that on.

    Raises `Failure` for broken settings, and where a file that they name isn't there.
    """
    return at_root(settings_of(root).print, root, root / SETTINGS, tagged)
