"""Records: a question with its answer as parts of the lines of a document, and what such parts say."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import category

from msgspec import Struct, field

from deckbuild.extract.page.page import Page
from deckbuild.machine.regex import regex
from deckbuild.model.text import has_image
from deckbuild.syntax.units import Unit

TO_WRITE_ON = regex(r"_{4,}\W*$")
"""The end of a line of a form that its reader fills in."""

_SYMBOLS = frozenset({"So", "Sc", "Cn", "Co"})
"""Categories of characters that say something without being letters or digits."""


class Part(Struct, frozen=True, gc=False):
    """A unit, or the characters of its text from `start` up to `end`."""

    at: int
    start: int = 0
    end: int | None = None


class Record(Struct):
    """One member with what belongs to it, up to `end`: parts of the question, options, and parts of the answer.

    `explanation` is what a key of answers elsewhere says of the right option.

    `right` are the places of the right options, `told_by` what tells them.
    """

    at: int
    end: int
    question: list[Part] = field(default_factory=list)
    options: tuple[int, ...] = ()
    answer: list[Part] = field(default_factory=list)
    marker: int | None = None
    right: tuple[int, ...] = ()
    explanation: list[Part] = field(default_factory=list)
    told_by: str = ""
    asks: float = 0.0
    answered: bool = False
    inline: bool = False


def text_of(page: Page, parts: Sequence[Part]) -> str:
    """The plain text of parts, a line for each."""
    if len(parts) == 1:
        (p,) = parts
        return page.units[p.at].text[p.start : p.end]
    return "\n".join(page.units[p.at].text[p.start : p.end] for p in parts)


def wordy(text: str) -> bool:
    """Whether a text has letters."""
    return any(map(str.isalpha, text))


def says(unit: Unit, start: int = 0) -> bool:
    """Whether a unit says something behind an offset: by letters and digits, by symbols, or by an image."""
    return _has_signs(unit.text[start:]) or has_image(unit.content)


def says_part(unit: Unit, part: Part) -> bool:
    """Whether a part of an answer says something; the fences around code say nothing."""
    return not unit.text.startswith(("```", "~~~")) and says(unit, part.start)


def _has_signs(text: str) -> bool:
    """Whether a text has letters, digits or symbols such as emoji."""
    return any(c.isalnum() or (c > "\u2600" and category(c) in _SYMBOLS) for c in text)
