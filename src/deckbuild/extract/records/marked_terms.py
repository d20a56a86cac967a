"""Terms that are strong, whatever stands behind them: authors change signs, markers and depths from list to list.

Lines of one marker with one sign are families of their own (`separators`); here are all of a document together, with
items that say nothing but their term and hold points that tell it.
"""

from __future__ import annotations

from collections import Counter

from deckbuild.extract.page.asking import asks
from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import marked_start
from deckbuild.extract.page.wording import DATED
from deckbuild.extract.records.line_cuts import Cut
from deckbuild.extract.records.no_pairs import are_links, are_speakers
from deckbuild.extract.records.pairs import pair
from deckbuild.extract.records.record import Part, Record, says
from deckbuild.machine.regex import regex

MARKED = "marked"

_FEWEST = 5
"""Terms that show that an author marks them."""

_ONE_WAY = 0.95
"""Share of terms with one sign, marker and depth from which they are a family by themselves."""

_MOST_WORDS = 10
"""Words of a term; longer ones are sentences in bold."""

_BEHIND = regex(
    r"\s*(?:[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?\s*){0,2}(?:[:：](?=\s|[^\x00-\x7f])|[-–—=]+>?(?=\s)|→)\s*"
)
"""A sign between a term and its meaning, behind an emoji that some have."""

_SIGNS = ":：.-–—=→> "


def marked_terms(page: Page) -> tuple[list[Record], float] | None:
    """The records of all terms of a document, and the share of lines with a strong start that they are.

    None where all are written in one way, or too few are terms.
    """
    members = [
        at
        for at, (unit, sign) in enumerate(zip(page.units, page.signs, strict=True))
        if unit.kind == "text" and sign.emphasis in ("start", "whole")
        if at not in page.listed and at not in page.in_group and unit.line not in page.clozes
        if not _is_news(page, page.sections[at])
    ]
    cuts = {at: cut for at in members if page.signs[at].emphasis == "start" if (cut := _cut(page, at))}
    named = Counter(_name(page, at, cut) for at, cut in cuts.items())
    cuts = {
        at: cut for at, cut in cuts.items() if not (_is_point(page, at) and named[_name(page, at, cut)] > 1)
    }
    alone: list[Record] = []
    for at in members:
        if at not in cuts and (record := _told_below(page, at, frozenset(cuts))):
            alone.append(record)
            cuts = {i: cut for i, cut in cuts.items() if not record.at < i < record.end}
    hits = list(cuts.items())
    if len(hits) < _FEWEST or are_speakers(page, hits) or are_links(page, hits):
        return None
    terms = frozenset(cuts)
    records = [pair(page, at, cut, terms, True) for at, cut in hits]
    ways = Counter([_way(page, at, cut) for at, cut in hits] + ["alone" for _ in alone])
    if ways.most_common(1)[0][1] >= _ONE_WAY * (len(hits) + len(alone)):
        return None
    strong = sum(page.signs[at].emphasis == "start" for at in members)
    return sorted((*records, *alone), key=lambda record: record.at), len(hits) / strong


def _is_news(page: Page, section: int) -> bool:
    """Whether a title above a line is a day or a version, as in diaries and change logs."""
    while section >= 0:
        if DATED.search(page.title(section)):
            return True
        section = page.parent(section)
    return False


def _cut(page: Page, at: int) -> Cut | None:
    """Where the term of a line begins and ends, and where its meaning begins."""
    unit, sign = page.units[at], page.signs[at]
    strong = marked_start(unit.content)
    term = unit.text[sign.body : strong]
    key = page.keys[at]
    if not term.strip(_SIGNS) or len(term.split()) > _MOST_WORDS or (key and key.form == "label"):
        return None
    match = _BEHIND.match(unit.text, strong)
    if not match and not term.rstrip().endswith((":", "：")):
        return None
    behind = match.end() if match else len(unit.text) - len(unit.text[strong:].lstrip())
    if not says(unit, behind) or role(term.strip(_SIGNS)) in ("question", "answer"):
        return None
    return sign.body, sign.body + len(term.rstrip(_SIGNS)), behind


def _name(page: Page, at: int, cut: Cut) -> str:
    return letters(page.units[at].text[cut[0] : cut[1]])


def _is_point(page: Page, at: int) -> bool:
    """Whether a line is an item inside another one: what comes back there labels points of several terms."""
    return bool(page.signs[at].mark or page.signs[at].style) and page.units[at].indent > 0


def _way(page: Page, at: int, cut: Cut) -> tuple[object, ...]:
    """How a term is written: what stands behind it, its marker, its depth."""
    unit, sign = page.units[at], page.signs[at]
    behind = unit.text[cut[1] : cut[2]].strip().replace("–", "-").replace("—", "-").replace("：", ":")
    return behind[-1:], sign.marker, unit.indent // 2, unit.quote


def _told_below(page: Page, at: int, terms: frozenset[int]) -> Record | None:
    """The record of an item that says only its term, told by points below it, of which fewer than half are terms."""
    unit, sign = page.units[at], page.signs[at]
    term = unit.text[sign.body :].rstrip(_SIGNS)
    whole = sign.emphasis == "whole" or not unit.text[marked_start(unit.content) :].strip(_SIGNS)
    if not (sign.mark or sign.style) or not whole or role(term):
        return None
    end = at + 1
    while (
        end < len(page.units)
        and page.units[end].kind in ("text", "code")
        and page.units[end].indent > unit.indent
    ):
        end += 1
    below = range(at + 1, end)
    if not below or 2 * len(terms.intersection(below)) >= len(below) or len(term.split()) > _MOST_WORDS:
        return None
    record = Record(at, end, [Part(at, sign.body, sign.body + len(term))])
    record.answer = [Part(i) for i in below]
    record.asks, record.answered = asks(term), True
    return record
