"""Letters with accents: where an accent is a sign of its own, and which runs of letters are words."""

from __future__ import annotations

import unicodedata

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens import signs
from deckbuild.maths.tokens.sign_roles import SINGLE

_RATE = regex(" 030[47]$")
"""A dot or a bar over a letter, which words of most languages don't have."""

_CLOSING, _OPENING = frozenset(")]}·"), frozenset("([{^·")
"""What stands before a word that belongs to a sentence, and behind one: `O(n)의`, `概率为(1-p)/2`, `乔尔乔·瓦萨里`."""

_OF_LANGUAGES = frozenset("żŻėĖġĠċĊ")
"""Letters with a dot that words have, in Polish, Lithuanian and Maltese."""

_LATIN = regex(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_CYRILLIC = regex(r"[\u0400-\u04ff]{2,}")
_IDEOGRAPHS = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""Words of languages that part them by no blanks, or of syllables."""

_WORD = regex(r"[^\W\d_]+")


def apart(text: str, at: int) -> str:
    """A letter with its accents apart; not inside a word, where `ï` is an ordinary letter."""
    char = text[at]
    if char.isascii():
        return char
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if char in _OF_LANGUAGES and (before.isalpha() or after.isalpha()):
        return char
    in_word = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
    if in_word and not (_RATE.search(unicodedata.decomposition(char)) and _is_short_run(text, at)):
        return char
    return signs.decomposed(char)


def accented(tex: str, text: str, at: int) -> tuple[str, int]:
    """The LaTeX of a letter with the accents that stand in a text from a place on, and the place behind them."""
    while at < len(text) and text[at] in signs.ACCENTS:
        tex = f"\\{signs.ACCENTS[text[at]]}{{{tex}}}"
        at += 1
    return tex, at


def is_foreign(char: str) -> bool:
    """Whether a letter is none that formulas use: `é` of `Poincaré` after its marks are apart, `ß`."""
    return not (char in signs.GREEK or char in SINGLE or signs.script(char) or signs.styled(char))


def is_word(run: str) -> bool:
    """Whether letters are a word that names something: Latin ones with few accents, Cyrillic or East Asian ones.

    Text in the wrong encoding looks like words of nothing but accented letters.
    """
    ascii_letters = sum(map(str.isascii, run))
    return (
        is_ideographic(run)
        or _CYRILLIC.fullmatch(run) is not None
        or (_LATIN.fullmatch(run) is not None and len(run) > 2 and 2 * ascii_letters > len(run))
    )


def is_ideographic(run: str) -> bool:
    """Whether a run is of Chinese, Japanese or Korean characters only."""
    return _IDEOGRAPHS.fullmatch(run) is not None


def script_run(text: str, at: int, where: str) -> tuple[str, int]:
    """The plain characters of a run of raised or lowered ones, `where` is `sup` or `sub`, and the place behind it."""
    run = ""
    while at < len(text) and (found := signs.script(text[at])) and found[0] == where:
        run += found[1]
        at += 1
        after = text[at + 1 : at + 2]
        if text[at : at + 1] == "," and after and (signs.script(after) or " ")[0] == where:
            run += ","
            at += 1
    return run, at


def is_beside_letters(text: str, at: int, stop: int) -> bool:
    """Whether letters or digits stand against ideographs: `因此速度v = s/t` has words before a formula."""
    before, behind = text[at - 1 : at], text[stop : stop + 1]
    return (
        any(char.isalnum() and not is_ideographic(char) for char in (before, behind))
        or before in _CLOSING
        or behind in _OPENING
    )


def _is_short_run(text: str, at: int) -> bool:
    """Whether a letter stands among two others at most: `ṁv` is a product, `Saṅgha` a word."""
    run = text[max(0, at - 3) : at + 4]
    return max((len(part) for part in _WORD.findall(run)), default=0) <= 3
