"""A question as what it asks about and which kind of question it asks about it."""

from __future__ import annotations

from collections.abc import Iterator, Set

from msgspec import Struct

from deckbuild.identity.duplicates.acronyms import Acronyms
from deckbuild.identity.duplicates.languages import Language
from deckbuild.identity.words import UNSPACED, is_unspaced
from deckbuild.machine.regex import regex

GENERAL, LATER, SCOPE, ASIDE = 0.3, 0.3, 0.35, 0.25
"""What a word counts that says a class of things, stands in a further clause, says where, stands in brackets; of 1.

Set on three labelled collections (167 pairs of notes that ask the same): .2 to .5 for SCOPE find 119 to 123 of
them, with the same errors.
"""
MOST_CLAUSES = 5
"""Clauses of a question that are read: what asks more is a task in prose, which no other note asks."""

_WORD = regex(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+(?:[+#]+(?!\w))?|[<>=!*|%$@^~]+")
_MARKS = regex(r"(?<=\w)['’]s\b|[`*\"“”„«»‘’']")
_PREFIX = regex(r"\b(de|non|un|re|pre|multi|sub|semi|anti|auto|inter|intra|co)-(?=\w)")
_ASIDE = regex(r"\(([^()]*)\)")
_SENTENCE = regex(r"[?.!;:？。！；：]+(?:\s+|$|(?<=[？。！；：]))")
_EDGE = " \t\n?.!:;,-–—？。！"
_NEGATIVE = frozenset(
    "not no non without except never nicht kein keine ohne sin sans sem не без 不 无".split()
)


class Ways(Struct, frozen=True):
    """What a question asks: the facets of its clauses, and the words of its topic with what each counts.

    `standing` is what they count where two topics part: a word that says where counts there, too. `signs` are
    numbers, operators and negations, in which questions that ask the same agree. `points` is whether the
    question is about something that stands beside it.
    """

    facets: tuple[frozenset[str], ...]
    topic: dict[str, float]
    standing: dict[str, float]
    scope: frozenset[str]
    names: frozenset[str]
    signs: frozenset[str]
    points: bool


def asking(question: str, language: Language, acronyms: Acronyms) -> Ways:
    """What a question asks."""
    text = _MARKS.sub(" ", question)
    names = frozenset() if text.isupper() else frozenset(map(language.stem, _names(text)))
    facets, topic, standing, scope, signs = [], dict[str, float](), dict[str, float](), set[str](), set[str]()
    for at, clause in enumerate(_clauses(text, language, acronyms)[:MOST_CLAUSES]):
        said = " ".join(_ASIDE.sub(" ", clause).split())
        facets.append(_facets(said, language))
        for piece, share in _parts(clause, said, language, later=at > 0):
            for word in _words(piece, language, names):
                late = LATER if at else 1.0
                tells = GENERAL if word in language.general else 1.0
                counts = 1.0 if word in names else late * tells * (ASIDE if share == ASIDE else 1.0)
                topic[word] = max(topic.get(word, 0.0), late * tells * share)
                standing[word] = max(standing.get(word, 0.0), counts)
                if share == SCOPE:
                    scope.add(word)
                if word in _NEGATIVE or not word[0].isalpha():
                    signs.add(word)
    points = language.pointing is not None and language.pointing.search(text.casefold()) is not None
    return Ways(
        tuple(facets), topic, standing, frozenset(scope), names & topic.keys(), frozenset(signs), points
    )


def agree(one: Ways, other: Ways) -> bool:
    """Whether two questions ask the same kind of question, or one asks first what the other asks later, too."""
    if not one.facets or not other.facets:
        return False
    first, second = one.facets[0], other.facets[0]
    return first == second or first in other.facets[1:] or second in one.facets[1:]


def _names(text: str) -> Iterator[str]:
    """Words with a capital behind their first letter: acronyms, names of programs and of their parts."""
    for word in _WORD.findall(text):
        if word[1:] != word[1:].lower():
            yield word.casefold()


def _clauses(text: str, language: Language, acronyms: Acronyms) -> list[str]:
    """The clauses of a question, case folded; only a small letter begins one inside a sentence (`WHERE` is a name)."""
    found = []
    for sentence in _SENTENCE.split(text):
        bare = sentence.strip(_EDGE)
        if language.phrases:
            bare = language.phrases.sub(" ", bare).strip(_EDGE)
        for part in language.clauses.split(bare) if language.clauses else [bare]:
            clause = acronyms.collapsed(_PREFIX.sub(r"\1", part.casefold())).strip(_EDGE)
            if clause:
                found.append(clause)
    return found


def _facets(said: str, language: Language) -> frozenset[str]:
    """The facets that a clause asks for. Where it names one, it doesn't matter that it asks how to go about it."""
    found = {cue.lastgroup or "" for cue in language.cues.finditer(said)} if language.cues else set()
    return frozenset(found - {"method"} or found)


def _parts(clause: str, said: str, language: Language, later: bool) -> list[tuple[str, float]]:
    """A clause cut into what it is about, where that is looked at, and what stands in brackets.

    A `later` clause may only say where: "and how is it used in printing?" is about what the first one is about.
    """
    cut = len(said)
    for preposition in language.scope.finditer(said) if language.scope else ():
        before = _words(said[: preposition.start()], language, frozenset())
        # "The structure of a cell" is about the cell.
        if later or any(word not in language.general for word in before):
            cut = preposition.start()
            break
    return [(said[:cut], 1.0), (said[cut:], SCOPE), (" ".join(_ASIDE.findall(clause)), ASIDE)]


def _words(text: str, language: Language, names: Set[str]) -> list[str]:
    """The words of a text that say what it is about, as stems; of scripts without spaces pairs of characters."""
    if language.cues:
        text = language.cues.sub(" ", text)
    if language.unspaced and language.words:
        text = language.words.sub(" ", text)
    found: list[str] = []
    for word in _WORD.findall(text):
        stem = language.stem(word)
        if is_unspaced(word) and len(word) > 2:
            found += (word[at : at + 2] for at in range(len(word) - 1))
        elif stem not in language.passing or stem in names or word in _NEGATIVE:
            found.append(stem)
    return found
