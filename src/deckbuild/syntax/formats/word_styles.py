"""What paragraphs, their styles and the rows of tables of a Word file say of themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.etree import _Element

from deckbuild.syntax.formats.word_lists import W
from deckbuild.syntax.plain_tables import is_entry

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DEEPEST = 50
"""Styles that one may be based on, one after the other; templates of journals have five."""


class Style:
    """What a paragraph style says: its level of outline, its numbering, and what it is for."""

    def __init__(self, style: _Element, styles: dict[str, _Element]) -> None:
        told = style.find(f"{W}name")
        self.name = (told.get(f"{W}val") if told is not None else "").lower()
        self.level: int | None = None
        self.number, self.depth = "", 0
        seen: set[str] = set()
        while (
            style is not None and (key := style.get(f"{W}styleId") or "") not in seen and len(seen) < _DEEPEST
        ):
            seen.add(key)
            properties = style.find(f"{W}pPr")
            if properties is not None:
                self.level = outline_level(properties) if self.level is None else self.level
                self.number = self.number or numbered(properties)[0]
                self.depth = self.depth or numbered(properties)[1]
            based = style.find(f"{W}basedOn")
            style = styles.get(based.get(f"{W}val")) if based is not None else None


def outline_level(properties: _Element | None) -> int | None:
    """The level of outline, from 0, that properties of paragraphs give; None for text."""
    told = properties.find(f"{W}outlineLvl") if properties is not None else None
    level = int(told.get(f"{W}val") or 9) if told is not None else 9
    return level if level < 9 else None


def numbered(properties: _Element | None) -> tuple[str, int]:
    """The list and the level in it that properties of paragraphs give; no name for none."""
    told = properties.find(f"{W}numPr") if properties is not None else None
    if told is None:
        return "", 0
    number, level = told.find(f"{W}numId"), told.find(f"{W}ilvl")
    depth = int(level.get(f"{W}val") or 0) if level is not None else 0
    return (number.get(f"{W}val") or "" if number is not None else ""), depth


def typed(paragraph: _Element) -> str:
    """The characters of a paragraph of code, tabs and line breaks among them."""
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    found = (e for run in paragraph.iter(f"{W}r") for e in run)
    return "".join(e.text or "" if e.tag == f"{W}t" else signs.get(e.tag, "") for e in found)


def above(element: _Element, name: str) -> _Element | None:
    """The nearest element of a name around another."""
    return next(element.iterancestors(f"{W}{name}"), None)


def boxes(paragraph: _Element) -> Iterator[_Element]:
    """The text boxes that a paragraph holds, those in other boxes aside; Word writes each twice, for older versions."""
    for box in paragraph.iter(f"{W}txbxContent"):
        if not is_repeated(box) and above(box, "p") is paragraph:
            yield box


def is_repeated(element: _Element) -> bool:
    """Whether an element says again, for older versions of Word, what stands before it."""
    fallback = next(element.iterancestors(f"{_MC}Fallback"), None)
    choice = fallback.getprevious() if fallback is not None else None
    return choice is not None and next(choice.iter(f"{W}txbxContent"), None) is not None


def is_titled(rows: Sequence[_Element], cells: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: it is repeated on each page, is bold above others, or says little."""
    if any(True for _ in rows[0].iter(f"{W}tblHeader")):
        return True
    bold = [all(not c or c.startswith("**") for c in row) for row in cells]
    if bold[0]:
        return len(bold) < 2 or not all(bold)
    return len(rows) > 1 and not any(is_entry(cell) for cell in cells[0])
