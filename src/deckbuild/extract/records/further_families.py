"""Families of lines by their place: before keys, below headings, behind rules, every second one, set apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deckbuild.extract.page.asking import ASKS_SURELY, has_sign
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import is_meaning, role
from deckbuild.extract.page.scripts import script
from deckbuild.extract.page.signature import marked_start

Name = tuple[str | int, ...]

_STOPS = (".", "!", "…", "。", "！", "।", "۔")
"""What ends a sentence that doesn't ask, nor announces what follows."""

SET_APART: Name = ("asking", "set apart")

_MOST_SET_APART = 6
"""Questions of several signatures that are taken together; where there are more, each has enough of its own."""


def spelled(name: Name) -> str:
    """The name of a family as patterns bear it: `heading, 2`."""
    return ", ".join(map(str, name))


def _nests(page: Page, at: int) -> bool:
    """Whether an item has something below it that is indented further."""
    item = bool(page.signs[at].mark or page.signs[at].style)
    return item and at + 1 < len(page.units) and page.units[at + 1].indent > page.units[at].indent


def set_apart(page: Page) -> Iterator[tuple[Name, int]]:
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


_LISTED = 0.5
"""Share of second lines that ask, from which a run is a list of questions."""


def alternating(page: Page) -> Iterator[tuple[Name, int]]:
    """Every second line of runs of bare lines without gaps: question, answer, question, answer.

    Where the second lines ask too, these are questions without answers, but for translations into another script.
    """
    run: list[int] = []
    for at in range(len(page.units) + 1):
        if at < len(page.units) and _is_bare_line(page, at) and (not run or not page.units[at].gap):
            run.append(at)
            continue
        if len(run) >= _FEWEST_LINES and len(run) % 2 == 0 and not _only_asks(page, run):
            yield from ((("line", "second"), i) for i in run[::2])
        run = [at] if at < len(page.units) and _is_bare_line(page, at) else []


def _only_asks(page: Page, run: Sequence[int]) -> bool:
    """Whether the lines of a run ask in one script, so that none answers the one before."""
    second = run[1::2]
    asking = sum(page.signs[at].asks >= ASKS_SURELY for at in second)
    return asking >= _LISTED * len(second) and len({script(page.units[at].text) for at in run[:2]}) == 1


def _is_bare_line(page: Page, at: int) -> bool:
    unit, sign = page.units[at], page.signs[at]
    return (
        unit.kind == "text"
        and not (sign.mark or sign.style or sign.letter or page.keys[at])
        and at not in page.listed
    )


_ASKED_BELOW = 0.6
"""Share of the headings of a level below which the first line asks, from which the headings are titles of questions."""


def below_headings(page: Page) -> Iterator[tuple[Name, int]]:
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


_DIVIDED = 0.75
"""Share of the titles of a document that stand behind rules, from which rules part it and titles don't."""


def divided(page: Page) -> Iterator[tuple[Name, int]]:
    """The first lines behind rules; titles too, where nearly all titles and mostly plain text stand there."""
    starts = [
        at
        for at, unit in enumerate(page.units)
        if unit.kind in ("heading", "text") and (at == 0 or page.units[at - 1].kind == "rule")
        if at not in page.listed and at not in page.in_group and at not in page.answer_runs
    ]
    marked = (page.signs[at].mark or page.signs[at].style for at in starts)
    plain = [
        at for at, mark in zip(starts, marked, strict=True) if page.units[at].kind == "text" and not mark
    ]
    titles = [at for at in starts if page.units[at].kind == "heading"]
    titled = len(titles) >= _DIVIDED * len(page.headings) and 2 * len(plain) > len(starts)
    yield from ((("divided",), at) for at in sorted((*plain, *titles) if titled else plain))


def further(page: Page) -> Iterator[tuple[Name, int]]:
    """The families of units that more than the unit itself tells of, each with a member."""
    for names in (before_keys, alternating, set_apart, below_headings, divided):
        yield from names(page)


def cited(page: Page) -> frozenset[int]:
    """The lines of quotes of nothing but questions right below a sentence, which cites them.

    What stands right below such a quote answers it.
    """
    found: set[int] = set()
    run: list[int] = []
    for at, (before, unit) in enumerate(pairwise(page.units), 1):
        text = unit.kind == "text" and unit.quote > 0
        if run and text and not unit.gap:
            run.append(at)
            continue
        answered = unit.kind == "text" and not unit.gap
        found.update(run if not answered and all(has_sign(page.units[n].text) for n in run) else ())
        told = before.kind == "text" and before.text.rstrip("\"'”’»*_ ").endswith(_STOPS)
        run = [at] if text and told and not unit.gap and before.quote < unit.quote else []
    return frozenset(found.union(run if all(has_sign(page.units[n].text) for n in run) else ()))


def before_keys(page: Page) -> Iterator[tuple[Name, int]]:
    """The first line of the text that stands before a key which comes back."""
    for at, key in enumerate(page.keys):
        if key is None or at in page.listed or page.units[at].kind != "text":
            continue
        told = key.role == "answer" or is_meaning(key.text.split("|")[0])
        if key.form != "alone" and not (key.form == "label" and told):
            continue
        start = _text_before(page, at)
        if start is not None:
            yield ("before", key.form, key.text), start


def _text_before(page: Page, at: int) -> int | None:
    """The first unit of the paragraph before a unit, or before code above it, if that is text without a key."""
    last = at - 1
    while last > 0 and page.units[last].kind == "code":
        last -= 1
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
