"""What a label or a title says of the text it stands beside, by the words of any language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from deckbuild.extract.page.scripts import CJK, SIGNS_OF_WORDS
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex

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

_NO_NOTES = regex(r"readme|changelog|contribut|licen[sc]e", re.IGNORECASE)


@lru_cache(maxsize=4096)
def role(label: str) -> Role:
    """What a label announces (`Correct answer`, `Réponse`, `解析`); "" for one that no list knows."""
    text = label.casefold().strip()
    known = words()
    extras: tuple[tuple[Role, frozenset[str]], ...] = (
        ("explanation", known.explanation),
        ("hint", known.hint),
        ("follow-up", known.follow_up),
        ("tags", known.tags),
        ("level", known.level),
        ("source", known.source),
    )
    found = [token for token in _TOKEN.findall(text) if token not in ("h", "summary")]
    if _is_answer(text, found):
        return "answer"
    if text in known.question or (
        found
        and len(found) <= 3
        and any(t in known.question for t in found)
        and not _has(found, known.answer)
    ):
        return "question"
    for name, listed in extras:
        if text in listed or (found and found[0] in listed and len(found) <= 2):
            return name
    return ""


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


@lru_cache(maxsize=4096)
def is_glossary(title: str) -> bool:
    """Whether a title announces terms and their meanings."""
    return _says(title, words().glossary)


@lru_cache(maxsize=4096)
def is_quiz(title: str) -> bool:
    """Whether a title announces questions."""
    return _says(title, words().quiz)


@lru_cache(maxsize=4096)
def is_faq(title: str) -> bool:
    """Whether a title announces questions that are asked often: all headings below it are such, whatever they say."""
    return _says(title, words().faq)


@lru_cache(maxsize=4096)
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


def _says(title: str, listed: frozenset[str]) -> bool:
    text = re.sub(r"[_-]", " ", title.casefold())
    if (
        _NO_NOTES.search(text)
        or any(phrase in text for phrase in words().no_notes)
        or len(text.split()) > _LONGEST_TITLE
    ):
        return False
    found = set(_TOKEN.findall(text))
    if found & listed or any(" " in word and word in text for word in listed):
        return True
    return any(word in text and CJK.search(word) for word in listed) or any(
        len(word) >= 6 and token.startswith(word[:-1]) for word in listed for token in found
    )
