"""Step 2, repair: UTF-8 that was once read as Windows-1252 (mojibake) is turned back.

Exact byte sequences only, and only in a file that convicts itself: every character beyond ASCII must be one
that Windows-1252 has, and nearly all of them must form well-made UTF-8 when turned back into bytes. A healthy
German or French text never does. Windows-1252 has no character for the bytes 81, 8D, 8F, 90 and 9D, so
double encoding often loses them; such a byte is put back only where one character is by far the likeliest.
The number of lines and all healthy files stay as they are; nothing is normalised.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from deckbuild.machine.regex import regex
from deckbuild.model import Diagnostic
from deckbuild.report.diagnostics import Code

LOSABLE = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""Bytes without a character in Windows-1252."""

USUAL = {b"\xe2\x80": "”", b"\xe2\x82": "₁", b"\xe2\x86": "←"}
"""Three-byte sequences by their first two bytes, where one character with a losable last byte is usual in
documents and the others (`‐ ‏`, `ₐ ₍`, `↝`) are rare."""

_RUN = regex(r"[^\x00-\x7f]+")
_LEAD = regex(r"[\u00c2-\u00f4]")
_CONVICTING_SHARE = 0.9
"""Of all sequences beyond ASCII, those that must turn back: in a healthy text accents stand alone."""


class _Chunk(Struct, frozen=True):
    """Part of a run: its characters as found, and its bytes. `missing` marks a sequence cut by one byte."""

    found: str
    data: bytes
    whole: bool
    missing: bool = False


def repair(lines: tuple[str, ...], name: str) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """The lines with mojibake undone, and a diagnostic for each line changed and each byte inferred."""
    if not any(_LEAD.search(line) for line in lines):
        return lines, ()
    runs = [run for line in lines for run in _RUN.findall(line)]
    encoded = [_bytes(run) for run in runs]
    if None in encoded:
        return lines, ()
    pieces = [piece for run, data in zip(runs, encoded, strict=True) for piece in _pieces(run, data or b"")]
    if not _convicted(pieces):
        return lines, ()
    repaired, problems = [], []
    for number, line in enumerate(lines, 1):
        fixed = _RUN.sub(lambda match: _fix(match.group()), line)
        repaired.append(fixed)
        if fixed != line:
            problems.append(_report(line, fixed, name, number))
    return tuple(repaired), tuple(problems)


def _convicted(pieces: Sequence[_Chunk]) -> bool:
    """Whether a text is double-encoded: two whole sequences at least, and hardly a stray character."""
    whole = sum(piece.whole for piece in pieces)
    turned = whole + sum(piece.missing and _char(piece) != piece.found for piece in pieces)
    return whole >= 2 and turned >= _CONVICTING_SHARE * len(pieces)


def _bytes(run: str) -> bytes | None:
    """The run in Windows-1252, or None if it has a character that is not in it."""
    try:
        return bytes(ord(ch) if 0x80 <= ord(ch) <= 0x9F else ch.encode("cp1252")[0] for ch in run)
    except UnicodeEncodeError:
        return None


def _pieces(run: str, data: bytes) -> Iterator[_Chunk]:
    """The run cut into UTF-8 sequences: whole ones, ones that lack their last byte, and stray bytes."""
    at = 0
    while at < len(data):
        length = 2 if 0xC2 <= data[at] <= 0xDF else 3 if data[at] <= 0xEF else 4
        if not 0xC2 <= data[at] <= 0xF4:
            length = 1
        tail = 0
        while tail < length - 1 and at + tail + 1 < len(data) and 0x80 <= data[at + tail + 1] <= 0xBF:
            tail += 1
        end = at + tail + 1
        part = data[at:end]
        whole = length > 1 and tail == length - 1 and _decodes(part)
        missing = length > 2 and tail == length - 2
        yield _Chunk(run[at:end], part, whole, missing)
        at = end


def _decodes(data: bytes) -> bool:
    try:
        return unicodedata.category(data.decode("utf-8")) != "Cn"
    except UnicodeDecodeError:
        return False


def _fix(run: str) -> str:
    return "".join(map(_char, _pieces(run, _bytes(run) or b"")))


def _char(piece: _Chunk) -> str:
    if piece.whole:
        return piece.data.decode("utf-8")
    return _infer(piece) if piece.missing else piece.found


def _infer(piece: _Chunk) -> str:
    """The character of a cut sequence, or the characters as found where none is certain enough."""
    candidates = [data for byte in LOSABLE if _decodes(data := piece.data + bytes([byte]))]
    if len(candidates) == 1:
        return candidates[0].decode("utf-8")
    return USUAL.get(piece.data, piece.found)


def _report(before: str, after: str, name: str, line: int) -> Diagnostic:
    for match in _RUN.finditer(before):
        for piece in _pieces(match.group(), _bytes(match.group()) or b""):
            if piece.missing:
                column = match.start() + 1
                return Code.LOST_BYTE.at(name, line, column, before=piece.found, after=_char(piece))
    first = _RUN.search(before)
    column = first.start() if first else 0
    return Code.MOJIBAKE.at(name, line, column + 1, before=before[column:][:20], after=after[column:][:16])
