"""A page: a document as patterns look at it, all that is known of its units before any pattern is proposed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from deckbuild.extract.page.asking import ASKS_SURELY
from deckbuild.extract.page.commands import below_remarks, with_remarks
from deckbuild.extract.page.held import held
from deckbuild.extract.page.inside import answer_labels, counted_on, evened, parted_at, titled
from deckbuild.extract.page.key_lines import Entry, key_lines
from deckbuild.extract.page.keys import Key, keys, wordings
from deckbuild.extract.page.listed_options import Group
from deckbuild.extract.page.listings import listed
from deckbuild.extract.page.option_lines import behind_blanks, out_of_fences, out_of_tables
from deckbuild.extract.page.option_signs import apart
from deckbuild.extract.page.options import answer_runs, groups
from deckbuild.extract.page.options_in_line import part_options
from deckbuild.extract.page.roles import is_glossary, is_quiz, is_section, role
from deckbuild.extract.page.signature import Signature, signatures
from deckbuild.extract.page.verdict_lines import judged_below
from deckbuild.extract.page.wording import DATED
from deckbuild.machine.regex import regex
from deckbuild.syntax.units import Unit

_PROSE = 160
"""Characters of a line from which it is a paragraph rather than a point."""

_LONG = 300
"""Lines from which a document is long."""

_LINK = regex(r"https?://|www\.")

CLOZE = regex(r"\{\{c\d{1,3}::")
"""The author's own cloze begins: its line is a note already, and no pattern's."""


class Page(Struct, frozen=True, dict=True):
    """What is known of a document.

    `name` is its file name without the ending; `listed` are units of contents lists, `groups` the options of each
    question, `held` what belongs to an option besides its first unit, `wordings` the texts as they may come back.
    """

    name: str
    units: tuple[Unit, ...]
    signs: tuple[Signature, ...]
    listed: frozenset[int]
    groups: tuple[Group, ...]
    held: Mapping[int, tuple[int, ...]]
    answer_runs: frozenset[int]
    keys: tuple[Key | None, ...]
    wordings: tuple[str, ...]

    @cached_property
    def in_group(self) -> frozenset[int]:
        """The units that are options or belong to them."""
        return frozenset(i for group in self.groups for at in group for i in (at, *self.held.get(at, ())))

    def behind(self, options: Group) -> int:
        """The first unit behind options."""
        return (options[-1], *self.held.get(options[-1], ()))[-1] + 1

    @cached_property
    def keyed(self) -> tuple[int, ...]:
        """The units that have a key, in order."""
        return tuple(at for at, key in enumerate(self.keys) if key)

    @cached_property
    def asking_labels(self) -> tuple[int, ...]:
        """The units behind gaps that are labelled as questions, and ask or are numbered."""
        return tuple(
            at
            for at in self.keyed
            if (key := self.keys[at]) and key.form == "label" and self.units[at].gap
            if (self.signs[at].asks >= ASKS_SURELY or self.signs[at].number is not None)
            if key.role == "question"
        )

    @cached_property
    def headings(self) -> tuple[int, ...]:
        """The units that are headings, in order."""
        return tuple(at for at, unit in enumerate(self.units) if unit.kind == "heading")

    @cached_property
    def tops(self) -> int:
        """How many headings are of the first level."""
        return sum(self.units[at].level == 1 for at in self.headings)

    @cached_property
    def option_marks(self) -> dict[int, frozenset[str]]:
        """What may set each option apart from its sisters."""
        return {at: frozenset(apart(self.units[at], self.signs[at])) for group in self.groups for at in group}

    @cached_property
    def key_lines(self) -> dict[int, list[Entry]]:
        """The units that may be lines of keys of answers, with their entries."""
        return key_lines(self.units)

    @cached_property
    def sections(self) -> tuple[int, ...]:
        """For each unit the last heading before it, -1 where there is none."""
        found, last = [], -1
        for at, unit in enumerate(self.units):
            if unit.kind == "heading":
                last = at
            found.append(last)
        return tuple(found)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What may be the title of the document: its name, its first headings of the highest level, its first line."""
        tops = [u.text for u in self.units if u.kind == "heading" and u.level == 1][:2]
        first = [u.text for u in self.units if u.kind in ("text", "heading")][:1]
        return (self.name, *tops, *first)

    @cached_property
    def is_glossary(self) -> bool:
        """Whether the document says by its title that it holds terms."""
        return any(map(is_glossary, self.titles))

    @cached_property
    def is_quiz(self) -> bool:
        """Whether the document says by its title that it holds questions."""
        return any(map(is_quiz, self.titles))

    @cached_property
    def clozes(self) -> frozenset[int]:
        """The lines with clozes that the author wrote, but those that a label makes a question or an answer."""
        return frozenset(
            unit.line
            for unit, sign in zip(self.units, self.signs, strict=True)
            if unit.kind == "text"
            and CLOZE.search(unit.text)
            and role(sign.label) not in ("question", "answer")
        )

    @cached_property
    def manner(self) -> dict[str, float]:
        """What the document consists of: shares of its lines that are long, linked, code, items, or ask."""
        told = [at for at, u in enumerate(self.units) if u.kind in ("text", "heading", "code", "row")]
        count = max(1, len(told))
        heads = [at for at in told if self.units[at].kind == "heading" and self.body(at)]
        plain = [at for at in told if self.units[at].kind == "text"]
        return {
            "prose": sum(len(self.units[at].text) > _PROSE for at in plain) / count,
            "linked": sum(_LINK.search(self.units[at].text) is not None for at in plain) / count,
            "coded": sum(self.units[at].kind == "code" for at in told) / count,
            "itemised": sum(bool(self.signs[at].mark) for at in plain) / count,
            "dated": sum(DATED.search(self.units[at].text) is not None for at in heads) / max(1, len(heads)),
            "sections": sum(is_section(self.units[at].text) for at in heads) / max(1, len(heads)),
            "long": min(1.0, count / _LONG),
            "asked": sum(self.signs[at].asks >= ASKS_SURELY for at in told) / count,
        }

    @cached_property
    def asking(self) -> tuple[int, ...]:
        """The units that ask by themselves."""
        return tuple(at for at, sign in enumerate(self.signs) if sign.asks >= ASKS_SURELY)

    @cached_property
    def answer_labels(self) -> tuple[int, ...]:
        """The units that announce an answer by a word."""
        return tuple(at for at, key in enumerate(self.keys) if key and key.role == "answer")

    @cached_property
    def holds_quiz(self) -> bool:
        """Whether a title below the first ones says that questions follow."""
        return any(u.kind == "heading" and is_quiz(u.text) for u in self.units)

    @cached_property
    def holds_terms(self) -> bool:
        """Whether a title below the first ones says that terms follow."""
        return any(u.kind == "heading" and is_glossary(u.text) for u in self.units)

    @cached_property
    def texts(self) -> int:
        """How many units hold text, code or rows."""
        return sum(u.kind in ("text", "heading", "code", "row") for u in self.units)

    @cached_property
    def parents(self) -> tuple[int, ...]:
        """For each unit the nearest heading above that ranks higher, -1 where there is none."""
        found: list[int] = []
        above: list[int] = []
        for at, unit in enumerate(self.units):
            if unit.kind == "heading":
                while above and self.units[above[-1]].level >= unit.level:
                    above.pop()
            found.append(above[-1] if above else -1)
            if unit.kind == "heading":
                above.append(at)
        return tuple(found)

    @cached_property
    def shown(self) -> dict[Hashable, dict[str, float]]:
        """What records show, by all that it follows from: patterns share many."""
        return {}

    @cached_property
    def made(self) -> dict[Hashable, Any]:
        """The notes that were made of records, by all that they follow from."""
        return {}

    def parent(self, at: int) -> int:
        """The nearest heading above a unit that ranks higher, -1 if there is none."""
        return self.parents[at]

    def title(self, at: int) -> str:
        """The text of a heading, "" for none."""
        return self.units[at].text if at >= 0 else ""

    def body(self, at: int) -> str:
        """The text of a unit behind its number and bullet."""
        return self.units[at].text[self.signs[at].body :]


def page(name: str, units: Sequence[Unit]) -> Page:
    """The page of a document, its units parted where they hold several logical lines."""
    lines = below_remarks(with_remarks(out_of_tables(out_of_fences(units))))
    parted = parted_at(lines, part_options(lines))
    parted = parted_at(parted, answer_labels(parted))
    if run_on := counted_on(parted):
        parted = titled(evened(parted_at(parted, run_on)))
    parted, signs = judged_below(parted, behind_blanks(parted, signatures(parted)))
    runs = answer_runs(parted, signs)
    found = groups(parted, signs, runs)
    belongs = held(parted, signs, found)
    inside = {i for group in found for at in group for i in (at, *belongs.get(at, ()))}
    worded = wordings(parted, signs)
    keyed = keys(parted, signs, worded, inside | runs)
    return Page(name, parted, signs, listed(parted, signs), found, belongs, runs, keyed, worded)
