"""The fonts of printed outputs: our own and none of the system, so that paper looks the same everywhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import category
from xml.sax.saxutils import escape

from deckbuild.diagnostics import Code, Failure

FOLDER = Path(__file__).resolve().parents[1] / "fonts"
"""Filled when deckbuild is installed or built (`hatch_build.py`)."""

COLOURLESS = {ord("✅"): "✔", ord("❌"): "✘"}
"""Signs of tables of yes and no that only emoji fonts have, and the plain signs that mean the same."""

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@contextmanager
def our_fonts_only() -> Iterator[None]:
    """Within it fontconfig, which WeasyPrint asks for fonts, knows `FOLDER` only.

    Fontconfig reads the file that the environment names when WeasyPrint is imported, and each time a document
    is set. The variable is put back afterwards: a program started later, such as a browser, needs all the
    fonts. Raises `Failure` where ours are missing.
    """
    if not FOLDER.is_dir():
        raise Failure(Code.NO_FONTS.at(str(FOLDER), 1))
    before = os.environ.get("FONTCONFIG_FILE")
    with TemporaryDirectory(prefix="deckbuild-fonts-", ignore_cleanup_errors=True) as folder:
        file = Path(folder, "fonts.conf")
        file.write_text(
            _CONFIGURATION.format(fonts=escape(str(FOLDER)), cache=escape(folder)), encoding="utf-8"
        )
        os.environ["FONTCONFIG_FILE"] = str(file)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def without_glyph(text: str) -> set[str]:
    """The characters of `text` that would print as boxes, since none of our fonts has a glyph for them."""
    return {
        char
        for char in set(text)
        if not char.isascii()
        and ord(char) not in COLOURLESS
        and not _invisible(char)
        and ord(char) not in _covered()
    }


def _invisible(char: str) -> bool:
    """Controls, format characters, separators and variation selectors, for which no glyph is drawn."""
    return category(char) in {"Cc", "Cf", "Zl", "Zp", "Zs"} or "\ufe00" <= char <= "\ufe0f"


@cache
def _covered() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    codes: set[int] = set()
    for path in sorted(FOLDER.glob("*.[ot]tf")):
        with TTFont(path, lazy=True) as font:
            codes.update(font.getBestCmap())
    return frozenset(codes)
