"""Fonts for scripts of which ours have no letters, such as Chinese or Thai, from packages that may be installed.

They weigh eight times what ours do, and few need them, so they are no part of deckbuild.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_CJK = ("noto_cjk_sans_jp_regular/NotoSansCJKjp-Regular.otf", "noto_cjk_sans_jp_bold/NotoSansCJKjp-Bold.otf")
"""One face for Chinese, Japanese and Korean: the language of a text says which form a character has in it."""

_FILES = {
    **dict.fromkeys("CJK HIRAGANA KATAKANA HANGUL BOPOMOFO IDEOGRAPHIC FULLWIDTH HALFWIDTH".split(), _CJK),
    **{
        script.upper(): (f"manimgx_fonts/NotoSans{script}[wght].ttf",)
        for script in (
            "Arabic Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Hebrew Kannada Khmer Lao "
            "Malayalam Myanmar Oriya Sinhala Tamil Telugu Thai"
        ).split()
    },
    "EMOJI": ("manimgx_fonts/NotoEmoji[wght].ttf",),
}
"""The files of each script, by the first word of its characters' names in Unicode, and of emoji."""


def fonts_for(characters: Iterable[str]) -> tuple[str, ...]:
    """The files of installed packages for the scripts of these characters, in an order of their own."""
    files = dict.fromkeys(file for script in _scripts(characters) for file in _FILES[script])
    return tuple(path for file in files if (path := _installed(file)))


def scripts(characters: Iterable[str]) -> tuple[str, ...]:
    """The names of the scripts of these characters whose package isn't installed, by the alphabet."""
    return tuple(
        sorted(
            {"Chinese, Japanese and Korean" if _FILES[s] is _CJK else s.title() for s in _lacking(characters)}
        )
    )


def command(characters: Iterable[str]) -> str:
    """What installs the packages that have fonts for these characters, beside the program that runs now."""
    files = (file for script in _lacking(characters) for file in _FILES[script])
    packages = sorted({file.partition("/")[0].replace("_", "-") for file in files})
    return f"{sys.executable} -m pip install {' '.join(packages)}"


def _lacking(characters: Iterable[str]) -> list[str]:
    return [script for script in _scripts(characters) if not all(map(_installed, _FILES[script]))]


def _scripts(characters: Iterable[str]) -> list[str]:
    return sorted({script for char in characters if (script := _script(char)) in _FILES})


def _script(char: str) -> str:
    """The script of a character, by its name; the brackets and stops of Chinese are named by their shapes.

    Emoji stand in blocks of their own, but for older signs, which our fonts have.
    """
    if "\U0001f000" <= char <= "\U0001faff":
        return "EMOJI"
    name = "CJK" if "\u3000" <= char <= "\u303f" else unicodedata.name(char, "")
    return name.partition(" ")[0].partition("-")[0]


@cache
def _installed(file: str) -> str:
    """The whole path of a file of a package; empty where it isn't installed."""
    package, _, name = file.partition("/")
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders)), name) if folders else None
    return str(path) if path and path.is_file() else ""
