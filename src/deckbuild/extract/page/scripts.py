"""The script that a text is written in, as far as word lists and their translations need it."""

from __future__ import annotations

from deckbuild.machine.regex import regex

_CJK = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7a3"))

CJK = regex(f"[{''.join(map('-'.join, _CJK))}]")
"""A letter of Chinese, Japanese or Korean, which are written without blanks or by syllables."""

SIGNS_OF_WORDS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e30-\u0e4e"
"""Vowels and accents that stand over, under and beside letters, for classes of expressions: no `\\w` to Python."""

_SCRIPTS = {
    "cjk": CJK,
    "cyrillic": regex(r"[\u0400-\u04ff]"),
    "greek": regex(r"[\u0370-\u03ff]"),
    "arabic": regex(r"[\u0590-\u06ff]"),
    "indic": regex(r"[\u0900-\u0dff]"),
}


def has_cjk(word: str) -> bool:
    """Whether a word of a list has such a letter. To compile `CJK` takes longer than to look at a list of words."""
    return not word.isascii() and any(first <= sign <= last for sign in word for first, last in _CJK)


def script(text: str) -> str:
    """The script of a text by its first letter that isn't Latin; "latin" without one, "" without letters."""
    if text.isascii():
        return "latin" if any(map(str.isalpha, text)) else ""
    found = next((name for name, letter in _SCRIPTS.items() if letter.search(text)), "latin")
    return found if any(map(str.isalpha, text)) else ""


def differ(one: str, other: str) -> bool:
    """Whether two texts are written in different scripts, as a word and its translation may be."""
    first, second = script(one), script(other)
    return bool(first) and bool(second) and first != second
