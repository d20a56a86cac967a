"""The way of one document, from its file to the model: decode and repair, syntax, extract, derive, ledger.

Pure but for `read` and `opened`, which open the file.
"""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from deckbuild.decode.source import LIMIT, Source, content, decode, digest, load
from deckbuild.derive.derive import SHAPES as DERIVED
from deckbuild.extract.declared import SHAPE
from deckbuild.extract.patterns.pattern import SHAPES as EXTRACTED
from deckbuild.model import Document
from deckbuild.read.preferences import Preferences as Preferences
from deckbuild.read.steps import document
from deckbuild.report.diagnostics import Code, Failure
from deckbuild.syntax import limits, programs
from deckbuild.syntax.formats import formats
from deckbuild.syntax.formats.formats import SUFFIXES as SUFFIXES
from deckbuild.syntax.formats.places import put_back
from deckbuild.syntax.formats.reading import Reading, Unreadable

SHAPES = (*dict.fromkeys((*EXTRACTED.values(), SHAPE)), *DERIVED)
"""All that a note's shape may be."""


def is_only_printed(name: str) -> bool:
    """Whether a file of this name is a deck of Anki, which is printed and never built again."""
    return formats.is_printed(name)


def read(path: Path, name: str, preferences: Preferences = Preferences()) -> Document:  # noqa: B008  a frozen value
    """The document in the file at `path`, called `name`. Raises `Failure` for no text, or too much."""
    source, reading = opened(path, name)
    return extract(source, preferences, reading)


def read_bytes(data: bytes, name: str) -> Document:
    """The document in the bytes of a text. Raises `Failure` for no text, or too much."""
    if len(data) > LIMIT:
        raise Failure(Code.TOO_LARGE.at(name, 1, limit=LIMIT))
    return extract(decode(data, name))


def opened(path: Path, name: str) -> tuple[Source, Reading | None]:
    """The lines of a file, or its paragraphs where it has none, and as what they are read. Raises `Failure`."""
    if not formats.is_packed(name):
        source = load(path, name)
        return source, reading_of(source)
    data = content(path, name)
    try:
        paragraphs, reading = formats.packed(name, data)
    except Unreadable as error:
        raise _wrong_format(name, error) from error
    return Source(name, paragraphs, digest(data)), reading


def extract(
    source: Source,
    preferences: Preferences = Preferences(),  # noqa: B008
    reading: Reading | None = None,
) -> Document:
    """The document that a source holds: its tree, its ledger, and what the user should know of it.

    `reading` is what `opened` found; without it a text file is looked at by its name. Raises `Failure` where the
    source is beyond the limits.
    """
    reading = reading or reading_of(source)
    text = source if reading is None else replace(source, lines=reading.lines)
    if beyond := limits.beyond(text.lines):
        what, count, limit = beyond
        raise Failure(Code.TOO_LONG.at(source.name, 1, what=what, count=count, limit=limit))
    characters = sum(map(len, source.lines)) if programs.language_of(source.name) else 0
    if characters > programs.MOST_CHARACTERS:
        what, limit = "characters of code", programs.MOST_CHARACTERS
        raise Failure(Code.TOO_LONG.at(source.name, 1, what=what, count=characters, limit=limit))
    try:
        limits.refuse_accents(text.lines)
        read = document(text, preferences, reading)
    except limits.Tangled as error:
        line = reading.places[error.line - 1].line if reading else error.line
        problem = Code.TANGLED.at(source.name, line, what=error.what, count=error.count, limit=error.limit)
        raise Failure(problem) from error
    return read if reading is None else put_back(read, reading, source.lines)


def reading_of(source: Source) -> Reading | None:
    """The lines of Markdown that a source of another format is read as; None for text. Raises `Failure`."""
    try:
        return formats.reading(source.name, source.lines)
    except Unreadable as error:
        raise _wrong_format(source.name, error) from error


def _wrong_format(name: str, error: Unreadable) -> Failure:
    return Failure(Code.WRONG_FORMAT.at(name, error.line, why=str(error)))
