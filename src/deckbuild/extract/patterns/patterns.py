"""Patterns: everything in a document that could be a run of notes, cut whole, with its pooled evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.extract.notes import grids
from deckbuild.extract.notes.assemble import ARROW, assemble
from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.notes.copied import copied
from deckbuild.extract.page.keys import Key
from deckbuild.extract.page.page import Page
from deckbuild.extract.patterns.pooled import Features, of_cut, of_records, of_separated
from deckbuild.extract.records.apart import answered_apart
from deckbuild.extract.records.asked_above import asked_above
from deckbuild.extract.records.borders import trim
from deckbuild.extract.records.claims import claims
from deckbuild.extract.records.cutting import Cut, cut
from deckbuild.extract.records.families import Family, families, is_question_key
from deckbuild.extract.records.follow import followed
from deckbuild.extract.records.layouts import Layout, layout
from deckbuild.extract.records.linked import answered_by_link
from deckbuild.extract.records.record import Part, Record
from deckbuild.extract.records.separators import separated
from deckbuild.extract.records.verdicts import settle
from deckbuild.model import Blocks

TERM_SHARE = 0.7
"""Share of heads that look like terms from which a pattern that hardly asks is one of terms."""


ASKS = 0.75
"""How much a head must ask before it is reported to have no answer."""

_SHORT = 12
"""Lines of a document that may be one question and its answer; a longer one is an article about its title."""

UNDECIDED = "undecided"
"""What is seen in a candidate whose options nothing tells apart."""

WEAK_SEPARATORS = frozenset({"dash", "glued dash", "colon", "=", ";", ",", " / ", " (", " [", "bold", "code"})
"""Signs that stand in sentences too, or none at all."""

BRACKETS = frozenset({" (", " ["})
_MARKS = 0.5
"""Share of distinct texts in brackets up to which they are marks of questions, such as points and levels."""

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
    "table": "columns",
    "tabbed": "columns",
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

    @property
    def by_cue(self) -> bool:
        """Whether the heads share nothing but that they ask."""
        return self.name.startswith("asking")

    @property
    def heads(self) -> set[int]:
        """The lines that its records begin on."""
        return {self.page.units[record.at].line for record in self.records}

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


def patterns(page: Page, blocks: Blocks, rows: bool = False) -> list[Pattern]:
    """All patterns of a document that could give notes; of one that is nothing but `rows`, those of grids."""
    if rows:
        return list(_of_grids(page, blocks))
    sources: list[Callable[[Page, Blocks], Iterator[Pattern]]] = [
        _of_families,
        _of_options,
        _of_lists_apart,
        _of_claims,
        _of_separators,
        _of_grids,
        _of_copied,
    ]
    return [pattern for source in sources for pattern in source(page, blocks)]


def _of_families(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    layouts: dict[tuple[object, ...], Layout] = {}
    for family in families(page):
        made = layout(page, family)
        layouts.setdefault(made.manner, made)
    often = Counter(made.cutting for made in layouts.values())
    cuts: dict[tuple[object, ...], Cut] = {}
    for made in layouts.values():
        key = made.cutting
        found = _copied(cuts[key], made.family) if key in cuts else cut(page, made)
        if often[key] > 1:
            cuts.setdefault(key, _copied(found, made.family))
        answered = _answered(found)
        yield from _of_cut(page, blocks, found)
        if answered:
            yield from _of_cut(page, blocks, answered, found.records)


def _copied(found: Cut, family: Family) -> Cut:
    """The same cut for another family, whose records may change by themselves."""
    return replace(found, family=family, records=tuple(map(_copy, found.records)))


def _copy(record: Record) -> Record:
    return replace(record, question=[*record.question], answer=[*record.answer])


_COMPANY = 3
"""Answered records that show a layout among others without an answer."""

_FEW_ANSWERED = 0.5
"""Share of heads with an answer below which those that have one are looked at by themselves too.

Where most are answered, those without a cue of their own follow the others, and one more without an answer changes
nothing.
"""


def _answered(found: Cut) -> Cut | None:
    """The answered records by themselves, where most of a list of questions has no answer; None elsewhere.

    Lines that share nothing but that they ask are no list.
    """
    if found.family.name[0] == "asking":
        return None
    answered = [r for r in found.records if r.answered or r.options]
    told = [r for r in answered if r.asks >= ASKS]
    if len(told) < _COMPANY or len(answered) >= _FEW_ANSWERED * len(found.records):
        return None
    family = Family((*found.family.name, "answered"), tuple(r.at for r in told))
    return _copied(replace(found, records=tuple(told)), family)


def _of_options(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    found = asked_above(page)
    if found:
        yield from _of_cut(page, blocks, found)


def _of_cut(page: Page, blocks: Blocks, found: Cut, among: Sequence[Record] = ()) -> Iterator[Pattern]:
    """The pattern of a cut; its records may be some `among` others whose heads look alike."""
    count = len(found.records)
    if count == 1 and not _is_sure(page, found, found.records[0]):
        return
    if (
        sum(r.answered for r in found.records) / count + sum(bool(r.options) for r in found.records) / count
        < 0.2
    ):
        return
    features = of_cut(page, found)
    whole = among or found.records
    features["left out"] = 1 - count / len(whole)
    terms = features["term"] >= TERM_SHARE and features["ask"] < 0.4 and features["options"] < 0.5
    terms = terms or found.family.name[0] in ("defined", "double colon")
    records = followed(page, found, terms)
    silent = tuple(r for r in whole if not r.answered and not r.options and r.asks >= ASKS and not terms)
    followers = len(records)
    made = settled(page, found, records)
    right = sum(bool(r.right) for r in records if r.options)
    features["right options"] = right / followers if followers else 0.0
    name = ", ".join(map(str, found.family.name))
    if made.records or (made.unresolved and kind_of(found) == "options"):
        features["followed"] = len(made.records) / len(found.records)
        yield Pattern(
            kind_of(found),
            name,
            features,
            page,
            blocks,
            made.records,
            found.markers,
            terms=terms,
            silent=silent,
            unresolved=made.unresolved,
            keys=made.keys,
        )


class Settled(Struct, frozen=True):
    """Records with their answers as they are told, those with options that nothing tells apart, and lines of keys."""

    records: tuple[Record, ...]
    unresolved: tuple[Record, ...]
    keys: frozenset[int]


def settled(page: Page, found: Cut, records: Sequence[Record]) -> Settled:
    """Records of a cut with their right options, and answers that end where the pattern shows, keys elsewhere read."""
    elsewhere = settle(page, records)
    chosen = [r for r in records if r.options]
    known = any(r.right for r in chosen)
    unresolved = (r for r in chosen if not r.right and r.marker is None and (r.asks >= ASKS or known))
    told = [r for r in records if not r.options or r.right or r.marker is not None]
    trim(page, found, told, elsewhere)
    for record in told:
        record.answer += record.explanation
    return Settled(tuple(told), tuple(unresolved), frozenset(page.units[i].line for i in elsewhere))


def _is_sure(page: Page, found: Cut, record: Record) -> bool:
    """Whether a record by itself leaves no doubt: it asks or is labelled, and a label, a fold or an option answers."""
    labelled = is_question_key(found.family)
    told = record.marker is not None and any(key.role == "answer" for key in found.markers)
    folded = page.units[record.at].tag == "summary" and record.asks >= ASKS
    told = (
        told or (record.asks >= 1 and any(key.text == "?" for key in found.markers)) or _points(page, record)
    )
    told = told or (labelled and record.asks >= 1 and record.answered)
    told = told or (record.asks >= 1 and record.answered and _is_all(page, record))
    defined = found.family.name[0] == "defined"
    chosen = (
        bool(record.options)
        and record.asks >= ASKS
        and sum(g[0] < record.end and g[0] > record.at for g in page.groups) == 1
    )
    others = sum(page.signs[i].asks >= ASKS for i in range(record.at + 1, record.end))
    return folded or defined or (others <= 1 and (chosen or (told and (labelled or record.asks >= ASKS))))


def _is_all(page: Page, record: Record) -> bool:
    """Whether a document is one question in a heading, below titles, and its short answer; contents lists aside."""
    held = [
        i
        for i in range(len(page.units))
        if page.units[i].kind in ("text", "heading", "code") and i not in page.listed
    ]
    below = [i for i in held if i > record.at]
    titled = all(page.units[i].kind == "heading" for i in held if i <= record.at)
    whole = all(i < record.end and page.units[i].kind != "heading" for i in below)
    return titled and whole and len(held) <= _SHORT and page.units[record.at].kind == "heading"


def _points(page: Page, record: Record) -> bool:
    """Whether an arrow leads from the question to its answer."""
    first = record.answer[0] if record.answer else None
    return first is not None and ARROW.match(page.units[first.at].text, first.start) is not None


def kind_of(found: Cut) -> str:
    """The class whose weights judge a cut."""
    name = found.family.name
    if len(found.records) == 1:
        return "single"
    match name[0]:
        case "heading" | "bold" | "capitals":
            return "title"
        case "number" | "bullet":
            return "item"
        case "key" | "tag":
            return "key"
        case "defined" | "double colon":
            return "definition"
        case "options":
            return "options"
        case "before":
            return "before key"
        case _:
            return "line"


def _of_lists_apart(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    lists = [("two lists", records) for records in answered_apart(page)]
    for name, records in (*lists, (LINKED, answered_by_link(page))):
        if records:
            features = of_records(page, records) | {"answer marker": 1.0}
            yield Pattern("apart", name, features, page, blocks, records)


def _of_claims(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    for records in claims(page):
        features = of_records(page, records) | {"judged": 1.0}
        yield Pattern("statements", "statements", features, page, blocks, records)


def _of_separators(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    for found in separated(page):
        features = of_separated(page, found)
        if features["distinct"] < 0.7 or features["links"] > 0.6 or features["paths"] > 0.5:
            continue
        if found.separator == "=" and features["formulas"] > 0.5:
            continue
        if found.separator in BRACKETS and features["distinct answers"] <= _MARKS and features["signs"] > 0:
            continue
        kind = "weak separator" if found.separator in WEAK_SEPARATORS else "strong separator"
        features |= {f"by {found.separator}": 1.0, f"of {found.name[0]}": 1.0}
        yield Pattern(
            kind,
            f"{found.separator!r} in {', '.join(map(str, found.name))}",
            features,
            page,
            blocks,
            found.records,
            terms=features["ask"] < 0.4,
        )


def _of_grids(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    for grid in grids.grids(page, blocks):
        made = tuple(grids.notes(grid))
        if made:
            kind = "tabbed" if grid.tabbed else "table"
            yield Pattern(kind, kind, grid.features, page, blocks, made=made)


def _of_copied(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    """Records of labelled values; all that repeats in them is a label, so that they are judged as labelled parts."""
    made = tuple(copied(page.units, blocks))
    places = {unit.line: at for at, unit in reversed(list(enumerate(page.units)))}
    records = []
    for note in made:
        at, end = places[note.span.line], places[note.span.end_line] + 1
        told = [Part(places[line]) for b in note.answer if (line := b.span.line) in places]
        records.append(
            Record(at, end, [Part(at)], answer=told, asks=page.signs[at].asks, answered=bool(told))
        )
    if records:
        features = of_records(page, records) | {"answer marker": 1.0, "question key": 1.0}
        yield Pattern("key", "copied", features, page, blocks, made=made)
