"""A document without the marks of note programs, and what these marks said of its lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from deckbuild.syntax.formats.reading import Asked

if TYPE_CHECKING:
    from deckbuild.syntax.vaults.front_matter import Values

MOST_TAGS, LONGEST_TAG = 100, 500
"""Tags of a note, and characters of one: front matter may be as long as a document, and each note repeats its tags."""


class Taken(Struct, frozen=True):
    """A document without marks, and what they said; numbers of lines count from 1.

    `ids` are what tells notes apart, `anki` those of them that are numbers of notes in Anki; `tags` stand on a line
    of their text; `everywhere` and what a heading carries hold for all below. `hidden` are lines that were nothing
    but marks, `missing` what is embedded and `unshown` what no card can show, by line.
    """

    lines: tuple[str, ...]
    values: Values = {}
    ids: Mapping[int, str] = {}
    anki: Mapping[int, str] = {}
    tags: Mapping[int, tuple[str, ...]] = {}
    sections: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Lines of headings with the tags that hold below each."""
    everywhere: tuple[str, ...] = ()
    deck: str = ""
    hidden: frozenset[int] = frozenset()
    missing: tuple[tuple[int, str], ...] = ()
    unshown: tuple[tuple[int, str], ...] = ()
    asked: tuple[Asked, ...] = ()
    """Cards of several lines."""
    pairs: tuple[tuple[int, str, str], ...] = ()
    """Cards of one line: its number, question and answer."""
    both_ways: frozenset[int] = frozenset()
    """Lines of cards that ask both ways."""
    reviewed: bool = False
    """Whether a program reviews the cards that marks declare in the document, and so no others."""
    extra: Mapping[int, str] = {}
    """What a cloze of a line shows with its answer."""

    @property
    def title(self) -> str:
        """The title that the front matter gives the document."""
        return next(iter(self.values.get("title", ())), "")

    def of(self, first: int, last: int) -> tuple[str, ...]:
        """The tags of the lines from `first` to `last`, of the headings above them, and of the document."""
        at = bisect_right(self.sections, first, key=lambda section: section[0]) - 1
        above = self.sections[at][1] if at >= 0 else ()
        inside = (self.tags.get(number, ()) for number in range(first, last + 1)) if self.tags else ()
        told = (tag for tags in (self.everywhere, above, *inside) for tag in tags if len(tag) <= LONGEST_TAG)
        return tuple(dict.fromkeys(told))[:MOST_TAGS]
