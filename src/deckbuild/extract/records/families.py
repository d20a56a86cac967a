"""Families: all units of one signature, each family the possible heads of a pattern's records.

Nothing is judged here. The same unit may belong to several families, coarse and fine.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from deckbuild.extract.page.asking import ASKS_SURELY, has_sign
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import marked_start
from deckbuild.machine.regex import regex

_DEFINES = regex(r"[:：~]\s+(?=\S)")
_CLOSED_QUOTE = regex(r"[\"“„«‘][^\"”]*[?!.,][\"”»’]")
_LONGEST_HEAD = 300
"""Characters of a line that asks."""

_SINGLE = frozenset(
    {"heading", "bold", "number", "bullet", "key", "tag", "line", "defined", "asking", "before"}
)
"""Signatures of which one unit may head a note, if the rest of it leaves no doubt."""

_DIFFER = frozenset({"key", "tag", "heading", "before"})
"""Families of which two with the same members are cut differently."""

Name = tuple[str | int, ...]


class Family(Struct, frozen=True):
    """Units of one signature; `name` begins with what it is of: `heading`, `key`, `number`, `bullet`, `before`."""

    name: Name
    members: tuple[int, ...]


def families(page: Page) -> tuple[Family, ...]:
    """All families; those inside folds apart by their depth. `patterns` asks more of families of one."""
    found: defaultdict[Name, list[int]] = defaultdict(list)
    for at in range(len(page.units)):
        for name in _names(page, at):
            found[name].append(at)
    for name, at in (
        *_before_keys(page),
        *_alternating(page),
        *_set_apart(page),
        *_below_headings(page),
    ):
        found[name].append(at)
    made = []
    seen: set[tuple[str | int, ...]] = set()
    for name, members in found.items():
        differs = name[0] in _DIFFER or name == SET_APART
        alike = ("" if differs else name[0], *sorted(set(members)))
        if alike in seen:
            continue
        seen.update((alike,) if alike[0] else ())
        depths: defaultdict[int, list[int]] = defaultdict(list)
        for at in sorted(set(members)):
            depths[page.units[at].fold].append(at)
        made += [
            Family(name, tuple(group)) for group in depths.values() if len(group) >= 2 or name[0] in _SINGLE
        ]
        if len(depths) > 1:
            made.append(Family((*name, "any fold"), tuple(sorted(set(members)))))
    return tuple(made)


def _names(page: Page, at: int) -> Iterator[Name]:
    unit, sign, key = page.units[at], page.signs[at], page.keys[at]
    if (
        unit.kind in ("heading", "text")
        and len(unit.text) < 40
        and role(page.body(at).strip(" :：*_")) == "answer"
    ):
        return
    if sign.label and sign.label_sign and role(sign.label) == "question" and at not in page.in_group:
        yield "key", "role", "question", unit.level
    if unit.kind == "heading":
        yield "heading", unit.level
        if unit.level > 1 and at + 1 < len(page.units) and page.units[at + 1].kind != "heading":
            yield "heading", "leaf"
        if sign.style:
            yield "heading", unit.level, sign.style
        if key and key.form in ("label", "alone"):
            yield "key", key.form, key.text
        if key and key.form == "emoji":
            yield "key", key.form, key.text, unit.level
        return
    if unit.kind != "text" or at in page.listed or at in page.in_group or at in page.answer_runs:
        return
    if key and key.form != "tag":
        yield "key", key.form, key.text
    depth = min(unit.indent // 2, 4)
    if sign.style:
        yield "number", sign.style, sign.mark, depth, unit.quote
        if sign.emphasis:
            yield "number", sign.style, sign.mark, depth, unit.quote, sign.emphasis
    elif sign.mark:
        yield "bullet", sign.mark, depth, unit.quote
        if sign.emphasis:
            yield "bullet", sign.mark, depth, unit.quote, sign.emphasis
    elif sign.emphasis == "whole":
        yield "bold", unit.quote
    elif sign.emphasis == "capitals" and unit.gap:
        yield "capitals", unit.quote
    if unit.tag in ("dt", "p", "li", "summary", "b", "strong") and (
        unit.tag in ("dt", "summary") or sign.emphasis
    ):
        yield "tag", unit.tag
    if not sign.mark and not sign.style:
        yield from _lines(page, at)


def _lines(page: Page, at: int) -> Iterator[Name]:
    """The families of lines without marker or number, by what stands before and behind them."""
    unit, sign, key = page.units[at], page.signs[at], page.keys[at]
    before = page.units[at - 1] if at else None
    behind = page.units[at + 1] if at + 1 < len(page.units) else None
    starts = before is None or unit.gap > 0 or before.kind in ("heading", "rule", "tag")
    alone = key is not None and key.form == "alone"
    if behind is not None and behind.kind == "text":
        follower = page.signs[at + 1]
        if _DEFINES.match(behind.text):
            yield "defined", unit.quote
        elif starts and not alone:
            if follower.mark:
                yield "line", "list, gap" if behind.gap else "list", unit.quote
            elif behind.indent > unit.indent + 1:
                yield "line", "indent" if not behind.gap else "indent, gap", unit.quote
            elif behind.quote > unit.quote:
                yield "line", "quote", unit.quote
            elif _is_plain(page, at):
                yield "line", "plain", unit.quote
    if behind is not None and behind.kind == "code" and not behind.gap and starts:
        yield "line", "code", unit.quote
    if behind is not None and re.search(r"\S::$", unit.text):
        yield ("double colon",)
    if (unit.gap >= 2 or before is None) and not alone:
        yield "gap", unit.quote
    if before is None or before.kind == "rule":
        yield ("divided",)
    if unit.text[:1] in '"“„«‘' and _CLOSED_QUOTE.match(unit.text):
        return
    if sign.asks >= 0.9 and len(unit.text) < _LONGEST_HEAD:
        yield "asking", "any", unit.quote
        if starts:
            yield "asking", "start", unit.quote


def _is_plain(page: Page, at: int) -> bool:
    """Whether a line without emphasis or label stands above a like line without marker or number."""
    unit, behind, follower, key = page.units[at], page.units[at + 1], page.signs[at + 1], page.keys[at]
    like = not behind.gap and not follower.mark and not follower.style and behind.indent == unit.indent
    return like and not page.signs[at].emphasis and not (key and key.form == "label")


SET_APART: Name = ("asking", "set apart")
_MOST_SET_APART = 6
"""Questions of several signatures that are taken together; where there are more, each has enough of its own."""


def _nests(page: Page, at: int) -> bool:
    """Whether an item has something below it that is indented further."""
    item = bool(page.signs[at].mark or page.signs[at].style)
    return item and at + 1 < len(page.units) and page.units[at + 1].indent > page.units[at].indent


def _set_apart(page: Page) -> Iterator[tuple[Name, int]]:
    """What asks by its sign in a heading, in bold, behind a label or above a nested list: short documents mix them.

    Bold text behind a labelled question is in its answer.
    """
    found = []
    labelled = False
    for at, (unit, sign) in enumerate(zip(page.units, page.signs, strict=True)):
        asked = role(sign.label) == "question"
        labelled = asked or (labelled and unit.kind != "heading")
        aside = at in page.listed or at in page.in_group or unit.kind not in ("heading", "text")
        shown = marked_start(unit.content) if sign.emphasis == "start" and not asked else len(unit.text)
        if aside or not has_sign(unit.text[:shown]):
            continue
        told = (
            sign.emphasis in ("whole", "start") or _nests(page, at) or unit.quote > page.units[at - 1].quote
        )
        if unit.kind == "heading" or asked or (told and not labelled):
            found.append(at)
    if 2 <= len(found) <= _MOST_SET_APART:
        yield from ((SET_APART, at) for at in found)


_FEWEST_LINES = 6
"""Lines in a row from which every second one may be a question."""


def _alternating(page: Page) -> Iterator[tuple[Name, int]]:
    """Every second line of runs of bare lines without gaps: question, answer, question, answer."""
    run: list[int] = []
    for at in range(len(page.units) + 1):
        if at < len(page.units) and _is_bare_line(page, at) and (not run or not page.units[at].gap):
            run.append(at)
            continue
        if len(run) >= _FEWEST_LINES and len(run) % 2 == 0:
            yield from ((("line", "second"), i) for i in run[::2])
        run = [at] if at < len(page.units) and _is_bare_line(page, at) else []


def _is_bare_line(page: Page, at: int) -> bool:
    unit, sign = page.units[at], page.signs[at]
    return (
        unit.kind == "text"
        and not (sign.mark or sign.style or sign.letter or page.keys[at])
        and at not in page.listed
    )


_ASKED_BELOW = 0.6
"""Share of the headings of a level below which the first line asks, from which the headings are titles of questions."""


def _below_headings(page: Page) -> Iterator[tuple[Name, int]]:
    """The first line below each heading of a level where most of them ask and the headings don't."""
    found: defaultdict[int, list[bool]] = defaultdict(list)
    asked: defaultdict[int, list[int]] = defaultdict(list)
    for at, unit in enumerate(page.units[:-1]):
        if unit.kind == "heading" and page.units[at + 1].kind == "text":
            asks_below = page.signs[at].asks < ASKS_SURELY <= page.signs[at + 1].asks
            found[unit.level].append(asks_below)
            if asks_below:
                asked[unit.level].append(at + 1)
    for level, heads in asked.items():
        if len(heads) >= 2 and len(heads) >= _ASKED_BELOW * len(found[level]):
            yield from ((("below heading", level), at) for at in heads)


def _before_keys(page: Page) -> Iterator[tuple[Name, int]]:
    """The first line of the text that stands before a key which comes back."""
    for at, key in enumerate(page.keys):
        if key is None or at in page.listed or page.units[at].kind != "text":
            continue
        if key.form != "alone" and not (key.form == "label" and key.role == "answer"):
            continue
        start = _text_before(page, at)
        if start is not None:
            yield ("before", key.form, key.text), start


def _text_before(page: Page, at: int) -> int | None:
    """The first unit of the paragraph before a unit, if that is text without a key."""
    last = at - 1
    if last < 0 or page.units[last].kind != "text" or page.keys[last] or last in page.in_group:
        return None
    if page.units[at].gap > 2:
        return None
    while last > 0 and not page.units[last].gap and not page.signs[last].mark and not page.signs[last].style:
        other = page.units[last - 1]
        if (
            other.kind != "text"
            or page.keys[last - 1]
            or page.signs[last - 1].emphasis
            or last - 1 in page.in_group
        ):
            break
        last -= 1
    return last


def is_question_key(family: Family) -> bool:
    """Whether the members are labelled or titled as questions."""
    if family.name[:2] == ("key", "role"):
        return True
    return family.name[0] == "key" and role(str(family.name[2]).split("|")[0]) == "question"
