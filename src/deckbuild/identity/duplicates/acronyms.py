"""Acronyms that the notes themselves explain, so that a long form and its acronym are one word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from deckbuild.machine.regex import regex

_SHORT = regex(r"\(([A-Z][A-Za-z]{1,6}?)s?\)")
_EXPLAINED = regex(r"\b([A-Z][A-Za-z]{1,6}) \(([^\W\d_][\w -]{2,80})\)")
_WORD = regex(r"[^\W_]+")
_LONGEST = 200
"""Characters before a bracket among which the long form is looked for."""


class Acronyms(Struct, frozen=True):
    """Acronyms by long form, all of them, both case folded, and what finds the long forms."""

    short: dict[str, str]
    known: frozenset[str]
    long: re.Pattern[str] | None

    def collapsed(self, text: str) -> str:
        """A case-folded text with long forms, and plurals of acronyms, as the acronym."""
        if self.long is None:
            return text
        text = self.long.sub(lambda found: self.short[found[1]], text.replace("-", " "))
        return _WORD.sub(lambda word: word[0][:-1] if word[0][:-1] in self.known else word[0], text)


def acronyms(texts: Iterable[str]) -> Acronyms:
    """The acronyms that texts explain by the words whose first letters they are: `Long Form (LF)`, `LF (Long Form)`."""
    found = {}
    for text in texts:
        for explained in _EXPLAINED.finditer(text):
            words = explained[2].casefold().replace("-", " ").split()
            if "".join(word[0] for word in words) == explained[1].casefold():
                found[" ".join(words)] = explained[1].casefold()
        for bracket in _SHORT.finditer(text):
            short = bracket[1].casefold()
            before = text[max(0, bracket.start() - _LONGEST) : bracket.start()].casefold().replace("-", " ")
            words = before.split()[-len(short) :]
            if "".join(word[0] for word in words) == short:
                found[" ".join(words)] = short
    if not found:
        return Acronyms({}, frozenset(), None)
    forms = "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
    return Acronyms(found, frozenset(found.values()), re.compile(rf"\b({forms})s?\b"))
