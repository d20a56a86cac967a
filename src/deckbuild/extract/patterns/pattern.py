"""A pattern: what could be a run of notes, with its evidence and the notes that it would give."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.extract.notes.assemble import assemble
from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.page.keys import Key
from deckbuild.extract.page.page import Page
from deckbuild.extract.patterns.pooled import Features
from deckbuild.extract.records.record import Record
from deckbuild.model import Blocks, Table
from deckbuild.model.documents import COLUMNS

UNDECIDED = "undecided"
"""What is seen in a candidate whose options nothing tells apart."""

SHAPES = {
    "single": "labelled parts",
    "title": "heading and body",
    "item": "item and body",
    "key": "labelled parts",
    "definition": "definition",
    "options": "multiple choice",
    "apart": "answer key",
    "statements": "line with a separator",
    "before key": "labelled parts",
    "line": "line and body",
    "strong separator": "line with a separator",
    "weak separator": "line with a separator",
    "table": COLUMNS,
    "tabbed": COLUMNS,
}
"""What the kinds of pattern are called in messages and settings."""

LINKED = "linked"
"""The name of a pattern whose questions lead to their answers."""


class Pattern(Struct, frozen=True, dict=True):
    """What could be a run of notes.

    `kind` is the class whose weights judge it, `name` says what its heads share; `keys` are lines elsewhere that
    tell its answers.
    """

    kind: str
    name: str
    features: Features
    page: Page
    blocks: Blocks
    records: tuple[Record, ...] = ()
    markers: frozenset[Key] = frozenset()
    made: tuple[Candidate, ...] = ()
    terms: bool = False
    silent: tuple[Record, ...] = ()
    unresolved: tuple[Record, ...] = ()
    keys: frozenset[int] = frozenset()
    table: Table | None = None
    """What rows that are no table are as one."""

    @property
    def by_cue(self) -> bool:
        """Whether the heads share nothing but that they ask."""
        return self.name.startswith("asking")

    @property
    def heads(self) -> set[int]:
        """The lines that its records begin on."""
        return {self.page.units[record.at].line for record in self.records}

    def answered_heads(self, free: Collection[int]) -> list[int]:
        """The lines that its records begin on, of those whose answers begin on one of the lines that are free."""
        units = self.page.units
        if not self.records:
            return [note.span.line for note in self.made if note.span.line in free]
        return [units[r.at].line for r in self.records if r.answer and units[r.answer[0].at].line in free]

    @property
    def shape(self) -> str:
        """What users call patterns of this kind."""
        return SHAPES[self.kind]

    @cached_property
    def unanswered(self) -> tuple[Candidate, ...]:
        """Members that ask and have no answer, as candidates without one."""
        bare = (replace(r, answer=[], options=()) for r in self.silent)
        found = (assemble(self.page, self.blocks, r, self.markers, self.shape) for r in bare)
        return tuple(note for note in found if note)

    @cached_property
    def undecided(self) -> tuple[Candidate, ...]:
        """Questions with options of which nothing tells the right one, as candidates without an answer."""
        seen = frozenset({UNDECIDED})
        bare = (replace(r, answer=[], options=()) for r in self.unresolved)
        found = (assemble(self.page, self.blocks, r, self.markers, self.shape, seen) for r in bare)
        return tuple(note for note in found if note)

    @cached_property
    def notes(self) -> tuple[Candidate, ...]:
        """The notes that the pattern would give."""
        return self.made or tuple(filter(None, map(self._note, self.records)))

    def _note(self, record: Record) -> Candidate | None:
        """The note of a record, which other patterns have as well: it is made once."""
        question, answer, explanation = map(tuple, (record.question, record.answer, record.explanation))
        options = record.options, record.right, record.told_by, explanation
        key = (record.at, record.end, question, answer, record.marker, options, self.markers, self.shape)
        made: dict[Hashable, Candidate | None] = self.page.made
        if key not in made:
            made[key] = assemble(self.page, self.blocks, record, self.markers, self.shape)
        return made[key]
