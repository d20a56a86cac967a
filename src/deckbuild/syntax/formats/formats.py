"""Which reader a file needs: by the ending of its name, of plain text by what stands in it too.

A reader is loaded when the first file of its format comes.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from importlib import import_module
from pathlib import PurePath
from typing import Any

from deckbuild.syntax.formats.reading import Reading, Unreadable

PLAIN = (".md", ".markdown", ".mdown", ".txt", ".text")
"""Endings of Markdown and of text that is read as such."""

READERS = {
    ".csv": "delimited",
    ".tsv": "delimited",
    ".html": "html_pages",
    ".htm": "html_pages",
    ".xhtml": "html_pages",
    ".ipynb": "notebooks",
    ".rmd": "executable",
    ".qmd": "executable",
    ".json": "json_records",
    ".jsonl": "json_records",
    ".ndjson": "json_records",
    ".rst": "restructured",
    ".rest": "restructured",
    ".org": "org",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".asc": "asciidoc",
    ".tex": "latex_notes",
    ".latex": "latex_notes",
}
"""The module that reads a format, by the ending of a file's name."""

BINARY = {".docx": "word"}
"""The same for formats that are no text; a place in them is the number of a paragraph."""

PRINTED = {".apkg": "anki_package"}
"""What is read only where it is named, and only printed: decks of Anki."""

_BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What reading a file whose parts are missing, or contradict each other, ends in, in libraries too."""

SUFFIXES = (*PLAIN, *READERS, *BINARY)
"""Endings of all files that are read when a folder is named."""


def reading(name: str, lines: Sequence[str]) -> Reading | None:
    """The reading of a text file; None for Markdown, plain text and programs.

    Raises `Unreadable` for what is not of its format, or nested beyond all limits.
    """
    suffix = PurePath(name).suffix.lower()
    module = READERS.get(suffix, "")
    if suffix in (".txt", ".text", "") and _is_delimited(lines):
        module = "delimited"
    if not module:
        return None
    return _read(module, lines, name)  # type: ignore[no-any-return]


def _is_delimited(lines: Sequence[str]) -> bool:
    from deckbuild.syntax.formats.delimited_sign import sign_of

    return bool(sign_of(lines))


def is_packed(name: str) -> bool:
    """Whether a file of this name is no text, but a package that holds its text."""
    return PurePath(name).suffix.lower() in BINARY | PRINTED


def is_printed(name: str) -> bool:
    """Whether a file of this name is only printed."""
    return PurePath(name).suffix.lower() in PRINTED


def packed(name: str, data: bytes) -> tuple[tuple[str, ...], Reading]:
    """The plain text of the paragraphs of a package, and its reading. Raises `Unreadable`."""
    return _read((BINARY | PRINTED)[PurePath(name).suffix.lower()], data, name)  # type: ignore[no-any-return]


def _read(module: str, content: object, name: str) -> Any:
    reader = import_module(f"deckbuild.syntax.formats.{module}")
    try:
        return reader.read(content, name)
    except RecursionError as error:
        raise Unreadable("its parts are nested too deeply") from error
    except (csv.Error, ValueError) as error:
        raise Unreadable("a field or a number in it is beyond all limits") from error
    except _BROKEN as error:
        raise Unreadable("parts of it are missing or broken") from error
