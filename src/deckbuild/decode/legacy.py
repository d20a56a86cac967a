"""Text that is no UTF-8: in an encoding of before, or UTF-8 with broken characters.

chardet ranks the encodings, and the first in which the text reads like words is taken. Only lines with bytes
beyond ASCII are shown to it: much code around a few words would hide them. It is loaded here, and this module
only for such documents.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from unicodedata import category

import chardet
from chardet.enums import EncodingEra
from msgspec import Struct

from deckbuild.decode.words import ENOUGH, readable
from deckbuild.machine.regex import regex

ERAS = EncodingEra.MODERN_WEB | EncodingEra.LEGACY_ISO | EncodingEra.DOS | EncodingEra.LEGACY_MAC
"""Encodings that documents were written in. Without those of mainframes and of single countries."""

WESTERN = "Windows-1252"
_NO_TEXT = ("Cc", "Cn", "Co", "Cs")
_SAMPLE = 20_000
"""Bytes that are looked at, about 3,000 words: so many tell as much as more would."""

_ASCII = bytes(range(128))
_WORD = regex(rb"\S*[\x80-\xff]\S*")
_PLAIN_WORD = regex(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_ADDRESS = regex(rb"(?<=[!-~])[!-~]{25,}")
"""A long run of ASCII, but for its first byte, which may be the second half of a character."""


class Decoded(Struct, frozen=True):
    """A text that is not all UTF-8, and the numbers of its lines in another encoding, and of broken ones."""

    text: str
    encoding: str
    foreign: tuple[int, ...]
    broken: tuple[int, ...]
    whole: bool
    """Whether no line beyond ASCII was read as UTF-8."""


class Undecodable(Exception):
    """In no encoding do the words read like words. Has the likeliest ones."""

    def __init__(self, encodings: tuple[str, ...], line: int) -> None:
        super().__init__(*encodings)
        self.encodings = encodings
        self.line = line


def decoded(data: bytes) -> Decoded:
    """The text of bytes that are no UTF-8. Raises `Unclear`.

    In a document of several encodings lines that are UTF-8 stay so. U+FFFD stands for what is lost of a line
    that was UTF-8: most of its bytes are sound, or it stands among more lines of UTF-8.
    """
    lines = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
    beyond = [at for at, line in enumerate(lines) if not line.isascii()]
    unsound = [at for at in beyond if _sound(lines[at]) < 1]
    mostly = 0.5 if _sound(data) > 0.9 or len(unsound) < len(beyond) else 1
    foreign = [at for at in unsound if _sound(lines[at]) < mostly]
    encoding = ""
    if foreign:
        try:
            encoding = encoding_of(lines[at] for at in foreign)
        except Undecodable as error:
            if 2 * len(foreign) >= len(beyond):
                raise Undecodable(error.encodings, foreign[0] + 1) from None
            foreign = []
    # Short lines of Chinese may happen to be UTF-8 too.
    if 2 * len(foreign) > len(beyond) and _has_wide_characters(encoding):
        foreign = beyond
    taken = set(foreign)
    text = "\n".join(
        line.decode(encoding if at in taken else "utf-8", errors="replace") for at, line in enumerate(lines)
    )
    broken = tuple(at + 1 for at in unsound if at not in taken)
    return Decoded(text, encoding, tuple(at + 1 for at in foreign), broken, taken == set(beyond))


def encoding_of(lines: Iterable[bytes]) -> str:
    """The encoding of lines with bytes beyond ASCII, by the name that iconv takes. Raises `Unclear`.

    Where Windows-1252 has signs only, as in English with its quotes and dashes, no letters could tell.
    """
    sample = b"\n".join(lines)[:_SAMPLE]
    ranked = list(dict.fromkeys(_ranked(_telling(sample))))
    signs = not any(char.isalpha() for char in sample.decode(WESTERN, errors="replace") if char > "\x7f")
    for encoding in (WESTERN, *ranked) if signs else (*ranked, WESTERN):
        if readable(sample.decode(encoding, errors="replace")) >= ENOUGH:
            return encoding
    raise Undecodable(tuple(ranked[:3]), 1)


def utf16(data: bytes) -> str | None:
    """The text of UTF-16 without a mark; None for what is none: without blanks, or with characters of no text."""
    known = "utf-16-le", "utf-16-be"
    for found in chardet.detect_all(data[:_SAMPLE], include_encodings=known, no_match_encoding=known[0]):
        try:
            text = data.decode(found["encoding"] or "utf-16")
        except UnicodeDecodeError:
            continue
        blanks = [char for char in set(text) if char.isspace()]
        if blanks and not any(category(char) in _NO_TEXT for char in {*text} - {*blanks}):
            return text if readable(text) >= ENOUGH else None
    return None


def _telling(sample: bytes) -> bytes:
    """Words of other scripts without ASCII around them; where words have ASCII letters too, all lines.

    English between few words of Russian would make them French. Addresses are in no language.
    """
    words = _PLAIN_WORD.findall(sample)
    others = sum(1 < _beyond_ascii(word) >= len(word) / 2 for word in words)
    telling = b" ".join(_WORD.findall(sample)) if 2 * others > len(words) else sample
    return _ADDRESS.sub(b" ", telling)


def _ranked(sample: bytes) -> Iterator[str]:
    for found in chardet.detect_all(sample, encoding_era=ERAS):
        if found["encoding"]:
            yield _NAMES.get(found["encoding"], found["encoding"])


_NAMES = {
    "ISO-8859-1": WESTERN,
    "ISO-8859-9": "Windows-1254",
    "EUC-KR": "CP949",
    "SHIFT_JIS": "CP932",
    "GB2312": "GB18030",
    "TIS-620": "CP874",
    "MacRoman": "MACINTOSH",
}
"""For an encoding the one that has all its characters and more, by a name that iconv knows."""


def _sound(line: bytes) -> float:
    """The share of a line's bytes beyond ASCII that form characters of UTF-8."""
    return _beyond_ascii(line.decode(errors="ignore").encode()) / (_beyond_ascii(line) or 1)


def _beyond_ascii(line: bytes) -> int:
    return len(line.translate(None, _ASCII))


def _has_wide_characters(encoding: str) -> bool:
    """Whether an encoding has characters of more than one byte."""
    return len("一".encode(encoding, errors="ignore")) > 1
