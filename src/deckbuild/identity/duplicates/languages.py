"""The words by which questions ask, by language, and which language a source's questions are in."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from deckbuild.identity.words import UNSPACED, is_unspaced


class Language(Struct, frozen=True):
    """How one language asks. Expressions are None where there are no such words.

    `cues` finds what asks for a facet, in a group of the facet's name. `passing` and `general` are stems;
    `beginnings` are the first two letters of passing words, which no stemmer changes: other words needn't be stemmed
    to tell that they are none. `words` finds the passing words of a language without spaces. `denying` are words
    that say the opposite of what is asked without them. `unspaced` is whether its words stand without spaces: then they
    are found inside others. With `has_capital_nouns` a capital makes no name.
    """

    name: str
    passing: frozenset[str]
    beginnings: frozenset[str]
    words: re.Pattern[str] | None
    general: frozenset[str]
    pointing: re.Pattern[str] | None
    phrases: re.Pattern[str] | None
    clauses: re.Pattern[str] | None
    scope: re.Pattern[str] | None
    cues: re.Pattern[str] | None
    denying: frozenset[str]
    unspaced: bool
    has_capital_nouns: bool
    stem: Callable[[str], str]


NO_LANGUAGE = Language(
    "",
    frozenset(),
    frozenset(),
    None,
    frozenset(),
    None,
    None,
    None,
    None,
    None,
    frozenset(),
    unspaced=False,
    has_capital_nouns=False,
    stem=lambda word: word,
)


@lru_cache(maxsize=1)
def languages() -> tuple[Language, ...]:
    """All languages whose words stand beside this module."""
    return tuple(map(_read, sorted(Path(__file__).parent.glob("*.toml"))))


def language_of(questions: Iterable[str]) -> Language:
    """The language whose passing words most of the words of the questions are; one without words if too few are.

    One word in six is enough: of questions that are hardly more than a topic ("What is paging?") half are.
    """
    text = " ".join(questions).casefold()
    pieces = re.findall(rf"[{UNSPACED}]|[^\W\d_{UNSPACED}]+", text)
    counts = Counter(pieces)
    if not counts:
        return NO_LANGUAGE

    def share(language: Language) -> float:
        if language.words:
            return sum(map(len, language.words.findall(text))) / len(pieces)
        passing = (
            count
            for word, count in counts.items()
            if word[:2] in language.beginnings and language.stem(word) in language.passing
        )
        return sum(passing) / len(pieces)

    best = max(languages(), key=share)
    return best if share(best) >= 1 / 6 else NO_LANGUAGE


def _read(file: Path) -> Language:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    passing = data["passing"].split()
    unspaced = any(map(is_unspaced, passing))
    edge = "" if unspaced else r"\b"

    def either(phrases: Iterable[str], before: str = edge, behind: str = edge) -> re.Pattern[str] | None:
        known = sorted(phrases, key=len, reverse=True)
        if not known:
            return None
        return re.compile(f"{before}(?:{'|'.join(map(re.escape, known))}){behind}")

    stem = _stemmer(data["stemmer"])

    def cue(phrase: str) -> str:
        return f"^{re.escape(phrase[1:])}" if phrase.startswith("^") else f"{edge}{re.escape(phrase)}"

    facets = (
        f"(?P<{name}>(?:{'|'.join(map(cue, sorted(phrases, key=len, reverse=True)))}){edge})"
        for name, phrases in data["facets"].items()
    )

    phrases = either(data["phrases"])
    clauses = either(data["clauses"].split(), "", r"\b")
    return Language(
        name=file.stem,
        passing=frozenset(map(stem, passing)),
        beginnings=frozenset(word[:2] for word in passing),
        words=either(passing) if unspaced else None,
        general=frozenset(map(stem, data["general"].split())),
        pointing=either(data["pointing"]),
        phrases=phrases and re.compile(phrases.pattern, re.IGNORECASE),
        clauses=clauses and re.compile(rf"(?:,|,?\s(?:{data['and']}))\s+(?={clauses.pattern})"),
        scope=either(data["scope"].split(), r"\s", r"\s"),
        cues=re.compile("|".join(facets)),
        denying=frozenset(data["denying"].split()),
        unspaced=unspaced,
        has_capital_nouns=data.get("has_capital_nouns", False),
        stem=stem,
    )


def _stemmer(name: str) -> Callable[[str], str]:
    if not name:
        return lambda word: word
    import snowballstemmer  # loaded only where notes are compared

    stem = snowballstemmer.stemmer(name).stemWord
    return lru_cache(maxsize=100_000)(lambda word: stem(word) if len(word) > 3 else word)
