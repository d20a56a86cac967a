"""Wording: what heads and answers look like as texts, whatever stands around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from deckbuild.extract.page.asking import has_sign
from deckbuild.machine.regex import regex

DATED = regex(r"\b(?:19|20)\d\d[-/.]\d|\d[-/.](?:19|20)\d\d\b|\bv?\d+\.\d+\.\d+\b|^\W?\d\d:\d\d\b")
"""A day, an hour at the start or the number of a version, as titles of diaries and change logs have them."""

_IDENTIFIER = regex(r"[^\s]*[\d_/\\=<>{}\[\]|@$%&*+.:(-][^\s]*[^\s?!.:)]|[<{\[$./@-].*|.*\(\)|\S+\.\S+ .*")
"""One word with signs that names in programs have, or what begins as a tag, a path or an option."""

_DIGITS = regex(r"\d+")
_WORD = regex(r"[^\W\d_]{3,}")
_ESSAY = 3_000
"""Characters of an answer that nobody learns by heart."""

_BEGINNING = 80
"""Characters of an answer in which a definition names what it defines."""


def wording(heads: Sequence[str], answers: Sequence[str]) -> dict[str, float]:
    """Shares of heads and answers, in pairs, that look like questions, names, sentences, essays."""
    count = max(1, len(heads))
    firsts = Counter(found[0].casefold() for head in heads if (found := _WORD.findall(head[:60])))
    bare = [head.strip(" *_`#") for head in heads]
    return {
        "signs": sum(map(has_sign, heads)) / count,
        "wordy heads": sum(map(_wordy, heads)) / count,
        "wordy answers": sum(_wordy(answer[:200]) for answer in answers) / count,
        "identifiers": sum(_IDENTIFIER.fullmatch(head) is not None for head in bare) / count,
        "small heads": sum(head[:1].islower() for head in bare) / count,
        "sentences": sum(head.endswith((".", "。", ";", ",")) for head in bare) / count,
        "dated heads": sum(DATED.search(head) is not None for head in heads) / count,
        "alike heads": 1 - len({_DIGITS.sub("", head) for head in heads}) / count,
        "same first word": max(firsts.values(), default=0) / count if count > 1 else 0.0,
        "essays": sum(min(1.0, len(answer) / _ESSAY) for answer in answers) / count,
        "told in sentences": sum(a.rstrip(" *_\"'”’)").endswith((".", "!", "。")) for a in answers) / count,
        "named in answer": sum(map(_is_named, bare, answers)) / count,
        "one letter": sum(sum(map(str.isalpha, head)) < 2 for head in bare) / count,
    }


def _wordy(text: str) -> float:
    """The share of the characters of a text that are letters or blanks."""
    return sum(c.isalpha() or c.isspace() for c in text) / len(text) if text else 0.0


def _is_named(head: str, answer: str) -> bool:
    """Whether an answer begins with words of its head, as definitions do."""
    said = set(_folded(answer[:_BEGINNING]))
    return any(word in said for word in _folded(head))


def _folded(text: str) -> Iterable[str]:
    return (word.casefold()[:6] for word in _WORD.findall(text) if len(word) > 3)
