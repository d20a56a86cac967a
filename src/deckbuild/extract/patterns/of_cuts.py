"""Patterns of records that heads of one signature begin, and of those that options show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.extract.notes.assemble import ARROW
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.wording import DATED
from deckbuild.extract.patterns.by_kind import of_cut
from deckbuild.extract.patterns.pattern import Pattern
from deckbuild.extract.records.asked_above import asked_above
from deckbuild.extract.records.borders import trim
from deckbuild.extract.records.cutting import Cut, cut
from deckbuild.extract.records.families import Family, families, is_question_key
from deckbuild.extract.records.follow import followed
from deckbuild.extract.records.further_families import spelled
from deckbuild.extract.records.layouts import Layout, layout
from deckbuild.extract.records.record import Record
from deckbuild.extract.records.verdicts import settle
from deckbuild.machine.regex import regex
from deckbuild.model import Blocks

TERM_SHARE = 0.7
"""Share of heads that look like terms from which a pattern that hardly asks is one of terms."""


ASKS = 0.75
"""How much a head must ask before it is reported to have no answer."""

_SHORT = 12
"""Lines of a document that may be one question and its answer; a longer one is an article about its title."""


def of_families(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    """The patterns of all families, each way of cutting once; in lists mostly without answers the answered ones too."""
    layouts: dict[tuple[object, ...], Layout] = {}
    for family in families(page):
        made = layout(page, family)
        layouts.setdefault(made.manner, made)
    often = Counter(made.cutting for made in layouts.values())
    cuts: dict[tuple[object, ...], Cut] = {}
    for made in layouts.values():
        key = made.cutting
        found = _copied(cuts[key], made.family) if key in cuts else cut(page, made)
        if often[key] > 1 and key not in cuts:
            cuts[key] = _copied(found, made.family)
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


def of_options(page: Page, blocks: Blocks) -> Iterator[Pattern]:
    """The pattern of the text above groups of options."""
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
    if found.family.name[0] == "heading" and _are_days(page, found.records):
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
    name = spelled(found.family.name)
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


_DAYS = 0.8
"""Share of headings that are days, months of a year or versions, from which these head a chronicle or a change log."""

_YEAR = regex(r"\W*\d{4}\W*")


def _are_days(page: Page, records: Sequence[Record]) -> bool:
    """Whether headings only say when something was; years alone are learnt, and so is what a title calls a quiz."""
    heads = [page.body(record.at) for record in records]
    days = sum(bool(DATED.search(head)) and not _YEAR.fullmatch(head) for head in heads)
    learnt = page.is_quiz or page.is_glossary or page.holds_quiz or page.holds_terms
    return len(heads) >= _COMPANY and days >= _DAYS * len(heads) and not learnt


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
