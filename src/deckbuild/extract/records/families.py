"""Families: all units of one signature, each family the possible heads of a pattern's records.

Nothing is judged here. The same unit may belong to several families, coarse and fine.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import is_meaning, is_term, role
from deckbuild.extract.records.further_families import (
    SET_APART,
    Name,
    cited,
    further,
)
from deckbuild.extract.records.record import TO_WRITE_ON
from deckbuild.machine.regex import regex

_DEFINES = regex(r"[:：~]\s+(?=\S)")

_CLOSED_QUOTE = regex(r"[\"“„«‘][^\"”]*[?!.,][\"”»’]")

_LONGEST_HEAD = 300
"""Characters of a line that asks."""

_SINGLE = frozenset(
    {"heading", "bold", "number", "bullet", "key", "tag", "line", "defined", "asking", "before"}
)
"""Signatures of which one unit may head a note, if the rest of it leaves no doubt."""

_SEVERAL = 4
"""Headings of the first level from which none is the title of the document."""

CALLOUT: Name = ("tag", "callout")
"""Titles of boxes such as definitions and theorems; one that comes back only names a kind of them."""

_ADMONITIONS = frozenset(
    f"[!{kind}]"
    for kind in (
        "abstract attention bug caution check cite danger error example fail failure help hint important info"
        " missing note quote success summary tip tldr todo warning"
    ).split()
)
"""Kinds of boxes that remark on the text around them (Obsidian help: callouts; docs.github.com: alerts)."""

_APART = ("dt", "summary")
"""Elements that set a line apart by themselves."""

_EMPHASISED = ("p", "li", "b", "strong")
"""Elements that hold any text, and may head a note where it is emphasised."""

_DIFFER = frozenset({"key", "tag", "heading", "before"})
"""Families of which two with the same members are cut differently."""


class Family(Struct, frozen=True):
    """Units of one signature; `name` begins with what it is of: `heading`, `key`, `number`, `bullet`, `before`."""

    name: Name
    members: tuple[int, ...]


def families(page: Page) -> tuple[Family, ...]:
    """All families; those inside folds apart by their depth. `patterns` asks more of families of one."""
    found: defaultdict[Name, list[int]] = defaultdict(list)
    quoted = cited(page)
    for at in range(len(page.units)):
        if at not in quoted:
            for name in _names(page, at):
                found[name].append(at)
    for name, at in further(page):
        if at not in quoted:
            found[name].append(at)
    made = []
    seen: set[tuple[str | int, ...]] = set()
    for name, several in found.items():
        members = sorted(set(several))
        differs = name[0] in _DIFFER or name == SET_APART
        alike = ("" if differs else name[0], *members)
        if alike in seen:
            continue
        seen.update((alike,) if alike[0] else ())
        depths: defaultdict[int, list[int]] = defaultdict(list)
        for at in members:
            depths[page.units[at].fold].append(at)
        made += [
            Family(name, tuple(group)) for group in depths.values() if len(group) >= 2 or name[0] in _SINGLE
        ]
        if len(depths) > 1:
            made.append(Family((*name, "any fold"), tuple(members)))
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
        below_title = unit.level > 1 or page.tops >= _SEVERAL
        if below_title and at + 1 < len(page.units) and page.units[at + 1].kind != "heading":
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
    if key and key.form == "alone" and TO_WRITE_ON.search(unit.text):
        return
    if key and key.form != "tag" and not is_meaning(key.text.split("|")[0]):
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
    elif sign.emphasis == "capitals" and (unit.gap or at == 0):
        yield "capitals", unit.quote
    if unit.tag in _APART or (unit.tag in _EMPHASISED and sign.emphasis):
        yield "tag", unit.tag
    if unit.tag.startswith("[!") and unit.tag not in _ADMONITIONS and not (key and key.form == "alone"):
        yield CALLOUT
    if "." in unit.tag:
        yield "tag", unit.tag
    elif at and page.units[at - 1].kind == "tag" and _may_ask(page, at):
        yield "tag", f"<{page.units[at - 1].tag}>"
    if sign.mark and _has_paragraph(page, at):
        yield "line", "item", unit.quote
    if not (sign.mark or sign.style or unit.tag == "summary"):
        yield from _lines(page, at)


def _may_ask(page: Page, at: int) -> bool:
    """Whether a line is in an element of a class and asks, or the class says that it does."""
    tag = page.units[at - 1].tag
    return "." in tag and (page.signs[at].asks >= 0.5 or role(tag.partition(".")[2]) == "question")


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
            elif behind.indent > unit.indent + _DEEPER:
                yield "line", "indent" if not behind.gap else "indent, gap", unit.quote
            elif behind.quote > unit.quote:
                yield "line", "quote", unit.quote
            elif _is_plain(page, at):
                yield "line", "plain", unit.quote
        elif _is_outlined(page, at) and not alone:
            yield "line", "list" if follower.mark else "indent", unit.quote
    if behind is not None and behind.kind == "code" and not behind.gap and starts:
        yield "line", "code", unit.quote
    if behind is not None and re.search(r"\S::$", unit.text):
        yield ("double colon",)
    if unit.quote and behind is not None and behind.quote < unit.quote and behind.gap and starts:
        yield "quoted", unit.quote
    if (unit.gap >= 2 or before is None) and not alone and not unit.tag.startswith("[!"):
        yield "gap", unit.quote
    if unit.text[:1] in '"“„«‘' and _CLOSED_QUOTE.match(unit.text):
        return
    spoken = key is not None and key.form == "label" and not key.role  # by somebody who is named
    if sign.asks >= 0.9 and len(unit.text) < _LONGEST_HEAD and not spoken:
        yield "asking", "any", unit.quote
        if starts:
            yield "asking", "start", unit.quote


_DEEPER = 1
"""Columns by which lines may differ in indentation and mean nothing by it."""


def _is_outlined(page: Page, at: int) -> bool:
    """Whether a line without a blank one before it stands out between lines that are indented further."""
    unit, before, behind = page.units[at], page.units[at - 1], page.units[at + 1]
    deeper = min(before.indent, behind.indent) > unit.indent + _DEEPER
    return deeper and before.kind == "text" and not behind.gap and before.quote == unit.quote


_LONGEST_TERM = 60
"""Characters of an item above a paragraph that is not the rest of its sentence."""


def _has_paragraph(page: Page, at: int) -> bool:
    """Whether a short item has a paragraph of its own below: lists of points have none, or further points.

    What stands below an item right behind another one is below the whole list.
    """
    if at + 1 >= len(page.units):
        return False
    unit, behind, follower = page.units[at], page.units[at + 1], page.signs[at + 1]
    if behind.kind != "text" or follower.mark or follower.style or behind.quote != unit.quote:
        return False
    if at and page.signs[at - 1].mark == page.signs[at].mark and not unit.gap:
        return False
    if behind.gap:
        return behind.gap == 1
    short = len(unit.text) <= _LONGEST_TERM and unit.text[-1:] not in ".,;"
    return short and behind.text[:1].isupper()


def _is_plain(page: Page, at: int) -> bool:
    """Whether a line without emphasis or label stands above a like line without marker or number."""
    unit, behind, follower, key = page.units[at], page.units[at + 1], page.signs[at + 1], page.keys[at]
    like = not behind.gap and not follower.mark and not follower.style and behind.indent == unit.indent
    return like and not page.signs[at].emphasis and not (key and key.form == "label")


def is_question_key(family: Family) -> bool:
    """Whether the members are labelled or titled as questions, also by their element's class, or labelled as terms."""
    if family.name[:2] == ("key", "role"):
        return True
    if family.name[0] == "tag":
        return role(str(family.name[1]).partition(".")[2].rstrip(">")) == "question"
    label = str(family.name[2]).split("|")[0] if family.name[0] == "key" else ""
    return role(label) == "question" or (family.name[:2] == ("key", "label") and is_term(label))
