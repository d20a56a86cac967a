"""Words that the notes themselves write in two ways, so that a long form and its acronym are one word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from msgspec import Struct

from deckbuild.machine.regex import regex

_SHORT = regex(r"\(([A-Z][A-Za-z]{1,6}?)s?\)")
_EXPLAINED = regex(r"\b([A-Z][A-Za-z]{1,6}) \(([^\W\d_][\w -]{2,80})\)")
_WORD = regex(r"[^\W_]+")
_LONGEST = 200
"""Characters before a bracket among which the long form is looked for."""
_SHORTEST_COMPOUND = 6
"""Letters of a word from which two words side by side are its parts: of shorter ones too many are (`to day`)."""


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
        return _WORD.sub(lambda word: self._singular(word[0]), text)

    def _singular(self, word: str) -> str:
        return word[:-1] if word.endswith("s") and word[:-1] in self.known else word


def acronyms(questions: Sequence[str], answers: Sequence[str]) -> Acronyms:
    """The acronyms that notes explain (`Long Form (LF)`, `LF (Long Form)`), and words that questions also write apart.

    An acronym has the first letter of each word, and may have others of them: `Database System (DBS)`.
    """
    found = dict(_written_apart(questions))
    for text in chain(questions, answers):
        for explained in _EXPLAINED.finditer(text):
            words = explained[2].casefold().replace("-", " ").split()
            if len(words) > 1 and _abbreviates(explained[1].casefold(), words):
                found[" ".join(words)] = explained[1].casefold()
        for bracket in _SHORT.finditer(text):
            short = bracket[1].casefold()
            before = text[max(0, bracket.start() - _LONGEST) : bracket.start()].casefold().replace("-", " ")
            words = before.split()[-len(short) :]
            while len(words) > 1 and not _abbreviates(short, words):
                words = words[1:]
            if len(words) > 1:
                found[" ".join(words)] = short
    if not found:
        return Acronyms({}, frozenset(), None)
    forms = "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
    return Acronyms(found, frozenset(found.values()), re.compile(rf"\b({forms})s?\b"))


def _abbreviates(short: str, words: Sequence[str]) -> bool:
    """Whether the letters of `short` are the first letters of the words, in order, others of theirs between."""
    if not words:
        return not short
    first, rest = words[0], words[1:]
    return any(
        first.startswith(short[:1])
        and _in_order(short[1:taken], first[1:])
        and _abbreviates(short[taken:], rest)
        for taken in range(1, len(short) - len(rest) + 1)
    )


def _in_order(letters: str, word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _written_apart(questions: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Two words side by side that other questions write as one: `file system`, `filesystem`."""
    lines = [_WORD.findall(question.casefold()) for question in questions]
    whole = {word for line in lines for word in line if len(word) >= _SHORTEST_COMPOUND}
    for line in lines:
        for one, other in pairwise(line):
            if one + other in whole:
                yield f"{one} {other}", one + other
