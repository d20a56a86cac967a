"""Step 1, decode: the bytes of a file as lines of text, numbered for good.

Lines end at LF, CR LF or CR. U+0085, U+2028 and form feeds end no line: editors don't count them either,
and a line number must be the one that the user's editor shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from shlex import quote

from msgspec import Struct

from deckbuild.decode.repair import repair
from deckbuild.machine import files
from deckbuild.machine.regex import regex
from deckbuild.model import Diagnostic
from deckbuild.report.diagnostics import Code, Failure

LIMIT = 20_000_000
"""Bytes of the largest file that is read: about ten times the longest study notes that users report."""

_LINE_END = regex(r"\r\n|\r|\n")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_BINARY = 100
"""A file of which less than one byte in so many is a control character is a text with slips: pages copied from a PDF
and files of DOS have a few, images and archives one byte in ten."""


class Source(Struct, frozen=True):
    """A decoded and repaired file: its name as shown to the user, its lines without their ends."""

    name: str
    lines: tuple[str, ...]
    digest: str
    diagnostics: tuple[Diagnostic, ...] = ()


def load(path: Path, name: str) -> Source:
    """The file at `path`, called `name` in messages. Raises `Failure` if it can't be read or is no text."""
    return decode(content(path, name), name)


def content(path: Path, name: str) -> bytes:
    """The bytes of a file. Raises `Failure` if it can't be read, or is too large."""
    try:
        return files.read(path, LIMIT)
    except files.TooLarge as error:
        raise Failure(Code.TOO_LARGE.at(name, 1, limit=error.limit)) from error
    except OSError as error:
        raise Failure(Code.UNREADABLE.at(name, 1, why=error.strerror or "unknown reason")) from error


def digest(data: bytes) -> str:
    """A hash of the bytes of a source, hex."""
    return hashlib.sha256(data).hexdigest()[:32]


def decode(data: bytes, name: str) -> Source:
    """Text from UTF-8 with or without BOM, UTF-16, or the encodings of before (see `legacy`).

    Raises `Failure` for anything that is no text, or whose encoding nothing tells.
    """
    text, problems = _text(data, name)
    lines = _LINE_END.split(text)
    if lines[-1] == "":
        lines.pop()
    if not any(map(str.strip, lines)):
        problems.append(Code.EMPTY_FILE.at(name, 1))
    repaired, repairs = repair(tuple(lines), name)
    return Source(name, repaired, digest(data), (*problems, *repairs))


def _text(data: bytes, name: str) -> tuple[str, list[Diagnostic]]:
    encoding = _utf16(data)
    if encoding:
        try:
            return data.decode(encoding), []
        except UnicodeDecodeError as error:
            raise Failure(Code.NOT_TEXT.at(name, 1, why="broken UTF-16")) from error
    text = data.translate(None, _CONTROLS)
    problems = []
    if len(text) < len(data):
        unmarked = _unmarked_utf16(data)
        if unmarked is not None:
            return unmarked, []
        places = _lines_of_controls(data)
        if (len(data) - len(text)) * _BINARY > len(data):
            raise Failure(Code.NOT_TEXT.at(name, places[0], why="it has control characters"))
        problems.append(Code.CONTROL_CHARACTERS.at(name, places[0], lines=_counted(places, "has", "have")))
    try:
        return text.decode("utf-8-sig"), problems
    except UnicodeDecodeError:
        legacy, others = _legacy(text, name)
        return legacy, [*problems, *others]


def _unmarked_utf16(data: bytes) -> str | None:
    """The text of UTF-16 with few ASCII characters and no mark, in which a line end has a zero byte."""
    if 0 in data and len(data) % 2 == 0:
        from deckbuild.decode.legacy import utf16

        return utf16(data)
    return None


def _legacy(data: bytes, name: str) -> tuple[str, list[Diagnostic]]:
    from deckbuild.decode.legacy import Undecodable, decoded

    try:
        found = decoded(data)
    except Undecodable as error:
        likely = ", ".join(error.encodings)
        problem = Code.UNKNOWN_ENCODING.at(name, error.line, likely=likely, file=quote(name))
        raise Failure(problem) from error
    problems = []
    if found.foreign:
        lines = "this document is" if found.whole else _counted(found.foreign)
        problem = Code.NOT_UTF8.at(
            name, found.foreign[0], lines=lines, encoding=found.encoding, file=quote(name)
        )
        problems.append(problem)
    if found.broken:
        problems.append(Code.BROKEN_UTF8.at(name, found.broken[0], lines=_counted(found.broken)))
    return found.text, problems


def _counted(lines: Sequence[int], one: str = "is", several: str = "are") -> str:
    return f"this line {one}" if len(lines) == 1 else f"{len(lines):,} lines {several}"


def _utf16(data: bytes) -> str | None:
    """The UTF-16 codec of the data, told by its mark or by the zero bytes of its ASCII characters."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    head = data[:4096]
    for codec, zeros, others in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if len(zeros) >= 4 and zeros.count(0) > 0.7 * len(zeros) and 0 not in others:
            return codec
    return None


def _lines_of_controls(data: bytes) -> list[int]:
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return [number for number, line in enumerate(lines, 1) if line.translate(None, _CONTROLS) != line]
