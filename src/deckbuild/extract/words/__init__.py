"""Words by role, in the languages that study documents come in: one file of TOML for each language.

They help where structure shows a pattern, and never decide by themselves. A role holds words parted by blanks; `_`
joins the words of a phrase.

asks            begin a question or a task
asks_or_names   … or a title, where no `points` follow
asks_inside     stand anywhere in one (scripts without blanks)
asks_at_end     close one
given           begin what a task is given, before a comma
below           say that what is asked about follows the question
question, answer   labels or titles of that part
answer_with     go with a label of an answer (`correct answer`)
explanation, hint, follow_up, tags, level, source   labels of extras
filler          stand beside a label and say nothing
correct         mark the right option
glossary, quiz  stems in titles of documents that hold terms, questions
faq             … whose headings all ask, whatever they say
no_notes        phrases in titles that hold such a stem and announce something else
sections        titles that ask nothing
counted_sections   … with a number behind
grade           levels of difficulty, behind a question
term, meaning, reading   titles of columns
statement       label of a definition, a theorem and the like, with a number or a name behind
facet           titles that any topic can have: its formula, its units
aspect          titles of a first column whose cells say in what the others are compared
counter         titles of a first column that counts the rows; letters and signs alone
announces       end labels that announce a formula and don't name it
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from deckbuild.machine.regex import regex


class Words(Struct, frozen=True):
    """The words of all languages by role, case folded."""

    asks: frozenset[str] = frozenset()
    asks_or_names: frozenset[str] = frozenset()
    asks_inside: frozenset[str] = frozenset()
    asks_at_end: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    question: frozenset[str] = frozenset()
    answer: frozenset[str] = frozenset()
    answer_with: frozenset[str] = frozenset()
    explanation: frozenset[str] = frozenset()
    hint: frozenset[str] = frozenset()
    follow_up: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    level: frozenset[str] = frozenset()
    source: frozenset[str] = frozenset()
    filler: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()
    glossary: frozenset[str] = frozenset()
    quiz: frozenset[str] = frozenset()
    faq: frozenset[str] = frozenset()
    no_notes: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    counted_sections: frozenset[str] = frozenset()
    grade: frozenset[str] = frozenset()
    term: frozenset[str] = frozenset()
    meaning: frozenset[str] = frozenset()
    reading: frozenset[str] = frozenset()
    statement: frozenset[str] = frozenset()
    correct: frozenset[str] = frozenset()
    facet: frozenset[str] = frozenset()
    aspect: frozenset[str] = frozenset()
    counter: frozenset[str] = frozenset()
    announces: frozenset[str] = frozenset()


_ROLE = regex(r'^(?P<role>\w+) *= *(?P<quotes>"""|")(?P<words>[^"\\]*)(?P=quotes) *$', re.MULTILINE)
"""A role in a file. The files are TOML of nothing but strings: to load and run a parser of TOML takes every check
longer than to read a small document."""


@lru_cache(maxsize=1)
def words() -> Words:
    """The words of all files beside this module."""
    roles: dict[str, set[str]] = {name: set() for name in Words.__struct_fields__}
    for file in Path(__file__).parent.glob("*.toml"):
        for match in _ROLE.finditer(file.read_text(encoding="utf-8")):
            roles[match["role"]].update(word.replace("_", " ") for word in match["words"].casefold().split())
    return Words(**{role: frozenset(found) for role, found in roles.items()})
