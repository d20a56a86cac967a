"""The fonts of printed outputs: ours and the author's, so that paper looks the same on every system."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unicodedata import category

from deckbuild.machine.deadline import TimeIsUp, deadline
from deckbuild.machine.memory import memory_at_most
from deckbuild.report.diagnostics import Code, Failure

SECONDS, SIZE = 4, 300_000_000
"""Seconds of a processor and bytes of memory that reading a font may take.

One of 45,000 characters takes .2 and 50 million.
"""

FOLDER = Path(__file__).resolve().with_name("font_files")
"""Filled when deckbuild is installed or built (`hatch_build.py`)."""

COLOURLESS = {"✅": "✔", "❌": "✘"}
"""Signs of tables of yes and no that only emoji fonts have, and the plain signs that mean the same."""

_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir>
<match target="pattern">
<test qual="all" name="family" compare="not_eq"><string>monospace</string></test>
<edit name="family" mode="append_last"><string>sans-serif</string></edit>
</match>
<alias binding="same"><family>sans-serif</family><prefer><family>Source Sans Pro</family></prefer></alias>
<alias binding="same"><family>monospace</family><prefer><family>Fira Mono</family></prefer></alias>
</fontconfig>
"""
"""Drawings of authors name generic families, and fonts of their systems. Without the rules any of our fonts
would stand for those, code's as well as the text's.
"""


@contextmanager
def only_fonts(own: Sequence[str] = ()) -> Iterator[None]:
    """Within it fontconfig, which WeasyPrint asks for fonts, knows `FOLDER` and the files `own` only.

    Fontconfig reads the file that the environment names when WeasyPrint is imported, and each time a document
    is set. The variable is put back afterwards: a program started later, such as a browser, needs all the
    fonts. Raises `Failure` where ours are missing.
    """
    if not FOLDER.is_dir():
        raise Failure(Code.NO_FONTS.at(str(FOLDER), 1))
    before = os.environ.get("FONTCONFIG_FILE")
    with TemporaryDirectory(prefix="deckbuild-fonts-", ignore_cleanup_errors=True) as folder:
        for number, font in enumerate(own):
            shutil.copy(font, Path(folder, f"{number}{Path(font).suffix}"))
        file = Path(folder, "fonts.conf")
        folders = "".join(f"<dir>{escape(path)}</dir>" for path in (str(FOLDER), folder))
        file.write_text(_CONFIGURATION.format(folders=folders, cache=escape(folder)), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(file)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def without_glyph(text: str, own: tuple[str, ...] = ()) -> set[str]:
    """The characters of `text` that would print as boxes: neither our fonts nor the files `own` have them.

    Raises `Failure` for a file that is no font.
    """
    return {
        char
        for char in set(text)
        if not char.isascii()
        and char not in COLOURLESS
        and not _invisible(char)
        and ord(char) not in _covered(own)
    }


def families(own: Sequence[str]) -> tuple[str, ...]:
    """The names of font files' families for CSS. Raises `Failure` for a file that is no font."""
    return tuple(dict.fromkeys(_family(file).replace('"', "").replace("\\", "") for file in own))


def _family(file: str) -> str:
    with _opened(file) as font:
        return str(font["name"].getBestFamilyName() or Path(file).stem)


@contextmanager
def _opened(file: str) -> Iterator[Any]:
    """A font; of a file with several the first, since all have the same characters.

    Raises `Failure` for one that can't be read, or takes too much: a table of a few bytes may tell of all numbers.
    """
    import logging

    from fontTools.ttLib import TTFont, TTLibError

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # a line for each odd record of a table
    try:
        with (
            Path(file).open("rb") as stream,
            deadline(SECONDS),
            memory_at_most(SIZE),
            TTFont(stream, fontNumber=0, lazy=True) as font,
        ):
            yield font
            return
    except (TTLibError, OSError) as error:
        why = str(error)
    except (TimeIsUp, MemoryError):
        why = f"it takes more than {SECONDS} seconds or {SIZE:,} bytes to read"
    except Exception as error:  # whatever a broken table brings about in the library
        why = f"it is broken: {type(error).__name__} {error}"[:200]
    raise Failure(Code.BAD_FONT.at(file, 1, why=why))


def _invisible(char: str) -> bool:
    """Controls, format characters, separators and variation selectors, for which no glyph is drawn."""
    return category(char) in {"Cc", "Cf", "Zl", "Zp", "Zs"} or "\ufe00" <= char <= "\ufe0f"


@cache
def _covered(own: tuple[str, ...]) -> frozenset[int]:
    codes: set[int] = set()
    for file in (*sorted(map(str, FOLDER.glob("*.[ot]tf"))), *own):
        with _opened(file) as font:
            codes.update(font.getBestCmap() or ())
    return frozenset(codes)
