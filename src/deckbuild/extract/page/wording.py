"""Wording: what heads and answers look like as texts, whatever stands around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from deckbuild.extract.page.asking import has_sign
from deckbuild.machine.regex import regex
from deckbuild.syntax.limits import MOST_LINES

DATED = regex(
    r"\b(?:19|20)\d\d[-/.]\d|\d[-/.](?:19|20)\d\d\b|\bv?\d+\.\d+\.\d+\b|^\W?\d\d:\d\d\b"
    r"|(?:19|20)\d\d年|^\W*(?:\d{1,2}\W{1,2})?(?:[^\W\d_]{3,10}\W{1,2})?(?:\d{1,2}\W{1,2})?(?:19|20)\d\d\W*$"
)
"""A day, a month with its year, an hour at the start or a version, as titles of diaries and change logs have them."""

_IDENTIFIER = regex(r"[^\s]*[\d_/\\=<>{}\[\]|@$%&*+.:(-][^\s]*[^\s?!.:)]|[<{\[$./@-].*|\S+\.\S+ .*")
"""One word with signs that names in programs have, or what begins as a tag, a path or an option."""

_MAY_DATE = regex(r"\d[-/.:]\d")
"""What any of `DATED` holds."""

_DIGITS = regex(r"\d+")
_WORD = regex(r"[^\W\d_]{3,}")
_LONG_WORD = regex(r"(?<![a-z])[a-z]{4,6}")
_LETTERS_AND_BLANKS = {code: None for code in range(128) if chr(code).isalpha() or chr(code).isspace()}
_START = 60
"""Characters of a head in which its first word is looked for."""

_ESSAY = 3_000
"""Characters of an answer that nobody learns by heart."""

_BEGINNING = 80
"""Characters of an answer in which a definition names what it defines."""


def wording(heads: Sequence[str], answers: Sequence[str]) -> dict[str, float]:
    """Shares of heads and answers, in pairs, that look like questions, names, sentences, essays."""
    count = max(1, len(heads))
    starts = (_WORD.search(head, 0, _START) for head in heads)
    firsts = Counter(found[0].casefold() for found in starts if found)
    bare = [head.strip(" *_`#") for head in heads]
    whole = "\0".join(heads)
    ends = (answer.rstrip(" *_\"'”’)") for answer in answers)
    return {
        "signs": sum(map(has_sign, heads)) / count,
        "wordy heads": sum(map(_wordy, heads)) / count,
        "wordy answers": sum(_wordy(answer[:200]) for answer in answers) / count,
        "identifiers": sum(map(_is_identifier, bare)) / count,
        "small heads": sum(head[:1].islower() for head in bare) / count,
        "sentences": sum(head.endswith((".", "。", ";", ",")) for head in bare) / count,
        "dated heads": sum(map(bool, map(DATED.search, heads))) / count if _MAY_DATE.search(whole) else 0.0,
        "alike heads": 1 - len(set(_DIGITS.sub("", whole).split("\0"))) / count,
        "same first word": max(firsts.values(), default=0) / count if count > 1 else 0.0,
        "essays": sum(min(1.0, len(answer) / _ESSAY) for answer in answers) / count,
        "told in sentences": sum(end.endswith((".", "!", "。")) for end in ends) / count,
        "named in answer": sum(map(_is_named, bare, answers)) / count,
        "one letter": sum(map(_has_one_letter, bare)) / count,
    }


def _wordy(text: str) -> float:
    """The share of the characters of a text that are letters or blanks."""
    if text.isascii():
        return (len(text) - len(text.translate(_LETTERS_AND_BLANKS))) / len(text) if text else 0.0
    return (sum(map(str.isalpha, text)) + sum(map(str.isspace, text))) / len(text)


def _is_identifier(head: str) -> bool:
    call = head.endswith("()") and "\n" not in head
    return call or _IDENTIFIER.fullmatch(head) is not None


def _has_one_letter(head: str) -> bool:
    """Whether a head has one letter at most."""
    return not (len(head) > 1 and head[:2].isalpha()) and sum(map(str.isalpha, head)) < 2


def _is_named(head: str, answer: str) -> bool:
    """Whether an answer begins with words of its head, as definitions do."""
    return not _beginnings(head).isdisjoint(_beginnings(answer[:_BEGINNING]))


@lru_cache(maxsize=MOST_LINES)
def _beginnings(text: str) -> frozenset[str]:
    """The words of a text of four letters and more, up to the sixth."""
    if text.isascii():
        return frozenset(_LONG_WORD.findall(text.lower()))
    return frozenset(word.casefold()[:6] for word in _WORD.findall(text) if len(word) > 3)
