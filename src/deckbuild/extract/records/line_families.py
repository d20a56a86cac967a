"""Families of lines that a separator may part: those of one marker at one depth, by section, of all depths together."""

from __future__ import annotations

from collections import defaultdict

from deckbuild.extract.page.page import Page

DEEP = ("first", "deep")
"""What the name of the family of items of all depths begins with."""


def line_families(page: Page) -> dict[tuple[str | int, ...], list[int]]:
    """Lines of one marker at one depth: all, those that begin a block, those with a strong start; by section too.

    Items of all depths together are another family, since terms are nested below terms.
    """
    found: defaultdict[tuple[str | int, ...], list[int]] = defaultdict(list)
    before = -1
    for at, (unit, sign) in enumerate(zip(page.units, page.signs, strict=True)):
        if unit.kind != "text" or at in page.listed or at in page.in_group:
            continue
        if len(unit.text) == 1 and unit.text.isalpha():
            continue  # the title of a part of a word list
        begins = before < at - 1 or unit.gap > 0 or bool(sign.mark or sign.style) or before < 0
        before = at
        depth = min(unit.indent // 2, 4)
        mark = sign.marker
        found["any", sign.mark, depth, unit.quote].append(at)
        if page.sections[at] >= 0:
            found["any", sign.mark, depth, unit.quote, page.sections[at]].append(at)
        if mark:
            found[*DEEP, 0, unit.quote].append(at)
        if begins:
            found["first", mark, depth, unit.quote].append(at)
            if sign.emphasis == "start":
                found["bold", mark, depth, unit.quote].append(at)
            if page.sections[at] >= 0:
                found["section", mark, depth, unit.quote, page.sections[at]].append(at)
    return found
