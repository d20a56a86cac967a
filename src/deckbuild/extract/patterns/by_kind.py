"""Evidence of one kind of pattern besides what all records show: of heads with bodies, and of lines with a sign."""

from __future__ import annotations

import re
from functools import partial

from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import is_meaning
from deckbuild.extract.page.scripts import differ
from deckbuild.extract.patterns.pooled import Features, is_term, median, of_records, sampled
from deckbuild.extract.records.cutting import Cut
from deckbuild.extract.records.families import is_question_key
from deckbuild.extract.records.further_families import Name
from deckbuild.extract.records.record import Record, text_of
from deckbuild.extract.records.separated import Separated
from deckbuild.machine.regex import regex

PARTING = ("?", "??", "？")
"""Lines between a question and its answer, as spaced repetition plug-ins write them."""

_MATHEMATICAL = regex(r"[√∑∏∫·×÷²³⁻ᵀ]|\w\^\w|\w/\w+\)")
"""Signs of a formula behind an equals sign, which is no meaning of a term."""

_OF_KINDS = frozenset({"line", "asking", "key"})
"""Families that are told apart by the second part of their names."""


def _depth(name: Name) -> int:
    """How far the items of a family are indented, 0 for others."""
    match name:
        case ("number", _, _, int(depth), *_) | ("bullet", _, int(depth), *_):
            return depth
    return 0


def of_cut(page: Page, cut: Cut) -> Features:
    """What the records of a family show besides: markers, options, keys, folds."""
    records = cut.records
    count = len(records)
    known = any(key.role == "answer" or is_meaning(key.text.split("|")[0]) for key in cut.markers)
    marked = sum(r.marker is not None for r in records) / count
    headings = len(page.headings)
    return of_records(page, records) | {
        "answer marker": marked * known,
        "other marker": marked * (not known and bool(cut.markers)),
        "parted": sum(r.marker is not None and page.units[r.marker].text in PARTING for r in records) / count,
        "options": sum(bool(r.options) for r in records) / count,
        "question key": float(is_question_key(cut.family)),
        "both labelled": marked * known * is_question_key(cut.family),
        "bare": float(cut.bare),
        "fold head": sum(page.units[r.at].tag == "summary" for r in records) / count,
        "inline": sum(r.inline for r in records) / count,
        f"of {'-'.join(map(str, cut.family.name[: 2 if cut.family.name[0] in _OF_KINDS else 1]))}": 1.0,
        "nested": float(_depth(cut.family.name) > 0),
        "leaf": float(cut.family.name[:2] == ("heading", "leaf")),
        "template": min(1.0, sum(share >= 0.6 for share in cut.inner.values()) / 3),
        "all headings": count / headings if headings and page.units[records[0].at].kind == "heading" else 0.0,
    }


def of_separated(page: Page, found: Separated) -> Features:
    """What lines show that a separator parts: its cover, how often it stands in each, how long both sides are."""
    records = sampled(found.records)
    count = len(records)
    left = [text_of(page, r.question) for r in records]
    right = [text_of(page, r.answer) for r in records]
    return of_records(page, found.records) | {
        "cover of family": found.cover,
        "once": found.once,
        "cover of text": len(found.records) / max(1, page.texts),
        "spaced": sum(map(partial(_is_spaced, page), records)) / count,
        "two scripts": sum(map(differ, left, right)) / count,
        "both short": sum(is_term(a) and len(b) <= 70 for a, b in zip(left, right, strict=True)) / count,
        "left short": float(median(map(len, left)) <= 40),
        "strong start": sum(page.signs[r.at].emphasis == "start" for r in records) / count,
        "links": sum("](" in b or "http" in b for b in right) / count,
        "formulas": sum(bool(_MATHEMATICAL.search(b)) for b in right) / count,
        "wordless": sum(not any(map(str.isalpha, b)) for b in right) / count,
        "settings": sum(
            bool(re.fullmatch(r"[\w.-]+", a)) and bool(re.search(r"\d|/|true|false", b))
            for a, b in zip(left, right, strict=True)
        )
        / count,
    }


def _is_spaced(page: Page, record: Record) -> bool:
    """Whether blanks stand on both sides of the sign that parts a line."""
    text, end, behind = page.units[record.at].text, record.question[0].end or 0, record.answer[0].start
    return text[end - 1 : end].isspace() and text[behind : behind + 1].isspace()
