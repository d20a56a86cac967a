"""Step 1, decode: the bytes of a file as lines of text, numbered for good.

Lines end at LF, CR LF or CR. U+0085, U+2028 and form feeds end no line: editors don't count them either,
and a line number must be the one that the user's editor shows.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct

from deckbuild.decode.repair import repair
from deckbuild.machine import files
from deckbuild.machine.regex import regex
from deckbuild.model import Diagnostic
from deckbuild.report.diagnostics import Code, Failure

LIMIT = 20_000_000
"""Bytes of the largest file that is read: about ten times the longest study notes that users report."""

_LINE_END = regex(r"\r\n|\r|\n")
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")


class Source(Struct, frozen=True):
    """A decoded and repaired file: its name as shown to the user, its lines without their ends."""

    name: str
    lines: tuple[str, ...]
    digest: str
    diagnostics: tuple[Diagnostic, ...] = ()


def load(path: Path, name: str) -> Source:
    """The file at `path`, called `name` in messages. Raises `Failure` if it can't be read or is no text."""
    try:
        data = files.read(path, LIMIT)
    except files.TooLarge as error:
        raise Failure(Code.TOO_LARGE.at(name, 1, limit=error.limit)) from error
    except OSError as error:
        raise Failure(Code.UNREADABLE.at(name, 1, why=error.strerror or "unknown reason")) from error
    return decode(data, name)


def decode(data: bytes, name: str) -> Source:
    """Text from UTF-8 with or without BOM, UTF-16, or Windows-1252 line by line where UTF-8 fails.

    Raises `Failure` for anything that is no text.
    """
    text, problems = _unicode(data, name)
    lines = _LINE_END.split(text)
    if lines[-1] == "":
        lines.pop()
    if not any(map(str.strip, lines)):
        problems.append(Code.EMPTY_FILE.at(name, 1))
    repaired, repairs = repair(tuple(lines), name)
    return Source(name, repaired, hashlib.sha256(data).hexdigest()[:32], (*problems, *repairs))


def _unicode(data: bytes, name: str) -> tuple[str, list[Diagnostic]]:
    encoding = _utf16(data)
    if encoding:
        try:
            return data.decode(encoding), []
        except UnicodeDecodeError as error:
            raise Failure(Code.NOT_TEXT.at(name, 1, why="broken UTF-16")) from error
    if any(byte in _CONTROLS for byte in set(data)):
        raise Failure(Code.NOT_TEXT.at(name, _line_of_control(data), why="it has control characters"))
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Code.NOT_UTF8.at(name, line, byte=data[error.start])
        return "\n".join(map(_mixed, data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))), [problem]


def _utf16(data: bytes) -> str | None:
    """The UTF-16 codec of the data, told by its mark or by the zero bytes of its ASCII characters."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    head = data[:4096]
    for codec, zeros, others in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if len(zeros) >= 4 and zeros.count(0) > 0.7 * len(zeros) and 0 not in others:
            return codec
    return None


def _line_of_control(data: bytes) -> int:
    first = next(i for i, byte in enumerate(data) if byte in _CONTROLS)
    return data.count(b"\n", 0, first) + 1


def _mixed(line: bytes) -> str:
    """One line as UTF-8, else as Windows-1252; its five unassigned bytes become C1 controls."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(_windows_1252(byte) for byte in line)


def _windows_1252(byte: int) -> str:
    return bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)
