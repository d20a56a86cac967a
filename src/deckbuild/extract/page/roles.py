"""What a label or a title says of the text it stands beside, by the words of any language."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import Literal, TypeAlias

from msgspec import Struct

from deckbuild.extract.page.scripts import CJK, SIGNS_OF_WORDS, has_cjk
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.syntax.limits import MOST_LINES

Role: TypeAlias = Literal[
    "", "question", "answer", "explanation", "hint", "follow-up", "tags", "level", "source"
]

_TOKEN = regex(rf"[^\W\d_](?:[^\W\d_]|[{SIGNS_OF_WORDS}]|[-'’](?=[^\W\d_]))*+")
_WEAK = frozenset(
    {"a", "r", "o", "о", "back", "key", "solution", "solutions", "reply", "response", "front", "q"}
)
"""Labels of answers and questions that say so alone only; among other words they mean something else."""

_MOST_OTHERS = 1
"""Words of a label beside those that announce an answer; more make a sentence about answers."""

_LONGEST_TITLE = 8
"""Words of a title that may tell what a document holds."""

_NO_NOTES = ("readme", "changelog", "contribut", "license", "licence")
"""Pieces of the titles of files that stand beside programs."""


@lru_cache(maxsize=MOST_LINES)
def role(label: str) -> Role:
    """What a label announces (`Correct answer`, `Réponse`, `解析`); "" for one that no list knows."""
    text = label.casefold().strip()
    tokens = _TOKEN.findall(text)
    if text.isascii() and _said_of_labels().isdisjoint((text, *tokens)):
        return ""
    known = words()
    extras: tuple[tuple[Role, frozenset[str]], ...] = (
        ("explanation", known.explanation),
        ("hint", known.hint),
        ("follow-up", known.follow_up),
        ("tags", known.tags),
        ("level", known.level),
        ("source", known.source),
    )
    found = [token for token in tokens if token not in ("h", "summary")]
    if _is_answer(text, found):
        return "answer"
    if text in known.question or (
        found
        and len(found) <= 3
        and any(t in known.question for t in found)
        and not _has(found, known.answer)
    ):
        return "question"
    parted = text.replace("-", " ").replace("_", " ")
    for name, listed in extras:
        if parted in listed or text in listed or (found and found[0] in listed and len(found) <= 2):
            return name
    return ""


@lru_cache(maxsize=1)
def _said_of_labels() -> frozenset[str]:
    """All words that labels are known by, phrases also word by word: a label with none of them says nothing."""
    known = words()
    listed = (known.answer, known.question, known.explanation, known.hint, known.follow_up, known.tags)
    whole = frozenset().union(*listed, known.level, known.source)
    return whole | {token for word in whole for token in _TOKEN.findall(word)}


def _is_answer(text: str, found: list[str]) -> bool:
    known = words()
    if text in known.answer:
        return True
    hits = [
        t
        for t in found
        if (
            t in known.answer and (len(t) > 1 or (not t.isascii() and not "а" <= t <= "я") or len(found) == 1)
        )
        or (not t.isascii() and CJK.search(t) and _ends_known(t, known.answer))
    ]
    beside = [t for t in found if t in known.filler or t in known.answer_with]
    if any(t in known.question and t not in known.answer for t in found):
        return False
    if not hits or (set(hits) <= _WEAK and len(found) > len(hits) + len(beside)):
        return False
    others = len(found) - len(hits) - len(beside)
    return others <= _MOST_OTHERS and others < len(hits) + len(beside)


def _ends_known(token: str, listed: frozenset[str]) -> bool:
    return any(len(word) > 1 and token.endswith(word) for word in listed)


def _has(found: list[str], listed: frozenset[str]) -> bool:
    return any(token in listed for token in found)


def is_term(label: str) -> bool:
    """Whether a label says that a term stands behind it."""
    return label.casefold().strip() in words().term


def is_meaning(label: str) -> bool:
    """Whether a label says that the meaning of a term stands behind it."""
    return label.casefold().strip() in words().meaning


@lru_cache(maxsize=MOST_LINES)
def is_glossary(title: str) -> bool:
    """Whether a title announces terms and their meanings."""
    return _says(title, words().glossary)


@lru_cache(maxsize=MOST_LINES)
def is_quiz(title: str) -> bool:
    """Whether a title announces questions."""
    return _says(title, words().quiz)


@lru_cache(maxsize=MOST_LINES)
def is_faq(title: str) -> bool:
    """Whether a title announces questions that are asked often: all headings below it are such, whatever they say."""
    return _says(title, words().faq)


@lru_cache(maxsize=MOST_LINES)
def is_section(title: str) -> bool:
    """Whether a title only names a part of a document, such as *Introduction* or *Chapter 3*."""
    found = _TOKEN.findall(title.casefold())
    known = words()
    if not found:
        return True
    if (
        len(found) <= 4
        and found[0] in known.counted_sections
        and (len(found) == 2 or re.search(r"\d|\b[ivx]+\b", title.casefold()))
    ):
        return True
    return len(found) <= 2 and all(t in known.sections for t in found)


class _Stems(Struct, frozen=True):
    """Words of titles as they are looked for: phrases, words without blanks around them, beginnings by `_FIRST`."""

    phrases: tuple[str, ...]
    glued: tuple[str, ...]
    beginnings: dict[str, tuple[str, ...]]


_FIRST = 5
"""Letters of the shortest beginning of a word that may end otherwise."""


@lru_cache(maxsize=4)
def _stems(listed: frozenset[str]) -> _Stems:
    beginnings: defaultdict[str, list[str]] = defaultdict(list)
    for word in listed:
        if len(word) > _FIRST:
            beginnings[word[:_FIRST]].append(word[:-1])
    return _Stems(
        tuple(word for word in listed if " " in word),
        tuple(word for word in listed if has_cjk(word)),
        {first: tuple(found) for first, found in beginnings.items()},
    )


def _says(title: str, listed: frozenset[str]) -> bool:
    text = title.casefold().replace("_", " ").replace("-", " ")
    if (
        len(text.split()) > _LONGEST_TITLE
        or any(name in text for name in _NO_NOTES)
        or any(phrase in text for phrase in words().no_notes)
    ):
        return False
    found = _TOKEN.findall(text)
    stems = _stems(listed)
    if not listed.isdisjoint(found) or any(phrase in text for phrase in stems.phrases):
        return True
    if not text.isascii() and any(word in text for word in stems.glued):
        return True
    return any(token.startswith(stems.beginnings.get(token[:_FIRST], ())) for token in found)
