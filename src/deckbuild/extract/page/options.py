"""Options of multiple choice: runs of units whose letters or numbers go up from the first, wherever they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deckbuild.extract.page.held import KEY_LENGTH
from deckbuild.extract.page.listed_options import MOST, Group, is_asked, told_apart
from deckbuild.extract.page.signature import LETTERS, ROMAN, Signature
from deckbuild.syntax.units import Unit

_BETWEEN = 6
"""Units that the options of one question may have between them: wrapped lines, code."""


def answer_runs(units: Sequence[Unit], signs: Sequence[Signature]) -> frozenset[int]:
    """Runs of lines with letters of options but without their order: keys of answers, no options."""
    found: set[int] = set()
    run: list[int] = []
    for at in range(len(units) + 1):
        if (
            at < len(units)
            and signs[at].letter
            and signs[at].letter[0] not in ROMAN
            and signs[at].box is None
        ):
            run.append(at)
            continue
        if at < len(units) and units[at].kind in ("tag", "hidden"):
            continue
        if len(run) >= KEY_LENGTH:
            places = [LETTERS[signs[i].letter.casefold()] for i in run]
            up = sum(b == a + 1 or (b == 0 and a >= 1) for a, b in pairwise(places))
            if up < 0.7 * (len(places) - 1):
                found.update(run)
        run = []
    return frozenset(found)


def groups(units: Sequence[Unit], signs: Sequence[Signature], keys: frozenset[int]) -> tuple[Group, ...]:
    """The options of each question of a document.

    A style of letters counts where it comes twice; lists and bare lines only where one of each group is told from its
    sisters, or named behind it.
    """
    kept: list[Group] = []
    for roman in (False, True):
        runs = [] if kept else list(_lettered(units, signs, keys, roman))
        styles = Counter(style for style, _ in runs)
        kept += [
            group
            for style, group in runs
            if len(group) <= MOST and (styles[style] >= 2 or len(runs) == 1 or is_asked(group, units, signs))
        ]
    boxes = list(_boxed(units, signs))
    ticked = [
        group
        for group in boxes
        if is_asked(group, units, signs) and sum(bool(signs[at].box) for at in group) == 1
    ]
    kept += boxes if (len(boxes) >= 2 or (boxes and kept)) and not _are_tasks(boxes, signs) else ticked
    taken = {at for group in kept for at in range(group[0], group[-1] + 1)}
    more = [group for group in told_apart(units, signs) if not taken & set(group)]
    if len(more) <= len(kept):
        more = [group for group in more if is_asked(group, units, signs)]
    return tuple(sorted({group[0]: group for group in (*more, *kept)}.values()))


_TICKED = 0.5
"""Share of groups with boxes of which some are ticked and some are not, from which they are choices and no tasks."""


def _are_tasks(boxes: Sequence[Group], signs: Sequence[Signature]) -> bool:
    """Whether boxes are of tasks: in most groups all are ticked, or none, and no letters count them."""
    lettered = any(signs[at].letter for group in boxes for at in group)
    told = sum(len({bool(signs[at].box) for at in group}) == 2 for group in boxes)
    return not lettered and told < _TICKED * len(boxes)


def _lettered(
    units: Sequence[Unit], signs: Sequence[Signature], keys: frozenset[int], roman: bool
) -> Iterator[tuple[str, Group]]:
    """Runs of letters; small Roman numbers count only by themselves, as they mostly count statements to judge."""
    current: list[int] = []
    style = ""
    filled = 0
    for at, (unit, sign) in enumerate(zip(units, signs, strict=True)):
        if at in keys or unit.kind in ("hidden", "tag"):
            continue
        place = _place(units, signs, at, roman)
        if place is None or sign.box is not None:
            filled += unit.kind != "code"
            if filled > _BETWEEN or unit.kind in ("heading", "rule"):
                if len(current) >= 2:
                    yield style, tuple(current)
                current = []
            continue
        same = sign.letter_style == style
        if current and place == len(current) and (same or filled == 0):
            current.append(at)
        else:
            if len(current) >= 2:
                yield style, tuple(current)
            current, style = ([at], sign.letter_style) if place == 0 else ([], "")
        filled = 0
    if len(current) >= 2:
        yield style, tuple(current)


def _place(units: Sequence[Unit], signs: Sequence[Signature], at: int, roman: bool) -> int | None:
    """The place of an option by its letter, or by its number in `…?#1) x#2) y`; None for other units."""
    unit, sign = units[at], signs[at]
    if sign.style == "#1)" and at and units[at - 1].line == unit.line:
        return (sign.number or 1) - 1
    if not sign.letter or unit.kind != "text" or (sign.letter[0] in ROMAN) != roman:
        return None
    return LETTERS.get(sign.letter.casefold())


def _boxed(units: Sequence[Unit], signs: Sequence[Signature]) -> Iterator[Group]:
    """Items with boxes in a row, with what is wrapped, indented or code between them."""
    current: list[int] = []
    for at in range(len(units) + 1):
        if at < len(units):
            unit = units[at]
            if signs[at].box is not None:
                current.append(at)
                continue
            inside = unit.kind == "text" and current and units[at - 1].kind != "hidden"
            inside = inside and (not unit.gap or unit.indent > units[current[-1]].indent)
            if current and (inside or unit.kind in ("code", "hidden", "tag")):
                continue
        if 2 <= len(current) <= MOST:
            yield tuple(current)
        current = []
