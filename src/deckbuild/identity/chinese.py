"""Whether a Chinese text is another one converted between simplified and traditional characters.

Two standards tell them apart without a table of variants: GB 2312 encodes the simplified characters, Big5 the
traditional ones, and both those that have one form only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

SIMPLIFIED, TRADITIONAL = "gb2312", "big5"
_FIRST = "\u4e00"


def is_converted(one: str, other: str) -> bool:
    """Whether all characters in which two texts differ have one form in one of them and the other in the other."""
    return any(_is_from(*pair) for pair in ((one, other), (other, one)))


_NEARLY_ALL = 0.9
"""Share of the characters that only one standard encodes from which texts are in it; a name may be in the other.

Of 93 Chinese documents 91 have .98 and more; two that mix both have .80 and .68.
"""


def script(texts: Iterable[str]) -> str:
    """The standard that alone encodes nearly all characters of some texts that only one does; empty without any."""
    counts = Counter(form for text in texts for sign in text if sign >= _FIRST and (form := _form(sign)))
    most, count = counts.most_common(1)[0] if counts else ("", 0)
    return most if count >= _NEARLY_ALL * counts.total() else ""


def is_partly_converted(one: str, other: str) -> bool:
    """Whether half of the characters in which two texts differ are simplified in one and traditional in the other.

    The rest are words of another region, say; where these are more, something else is asked.
    """
    pairs = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    ways = Counter((_form(a), _form(b)) for a, b in pairs)
    converted = max(ways[SIMPLIFIED, TRADITIONAL], ways[TRADITIONAL, SIMPLIFIED])
    return 0 < len(pairs) <= 2 * converted


def _is_other_script(one: str, other: str) -> bool:
    """Whether one text has characters that are only simplified, the other some that are only traditional."""
    forms = [{form for sign in text if (form := _form(sign))} for text in (one, other)]
    return {SIMPLIFIED} in forms and {TRADITIONAL} in forms


def _is_from(simplified: str, traditional: str) -> bool:
    if len(simplified) != len(traditional):
        return False
    pairs = [pair for pair in zip(simplified, traditional, strict=True) if pair[0] != pair[1]]
    return _is_other_script(simplified, traditional) and all(
        _is_in(one, SIMPLIFIED) and _is_in(other, TRADITIONAL) and (_form(one) or _form(other))
        for one, other in pairs
    )


def _form(sign: str) -> str:
    """The standard that alone encodes a Chinese character; empty for what both do, or neither."""
    forms = [form for form in (SIMPLIFIED, TRADITIONAL) if sign >= _FIRST and _is_in(sign, form)]
    return forms[0] if len(forms) == 1 else ""


@lru_cache(maxsize=20_000)
def _is_in(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
