"""One region of a document: its notes in one layout, in sections, with a key behind them."""

from __future__ import annotations

from msgspec.structs import replace

from layouts import choices, questions, rows, run_on
from layouts.draw import Items
from layouts.family import Family
from layouts.page import Page
from layouts.pieces import Piece, Style, blank


def write_region(page: Page, family: Family, style: Style, items: Items) -> None:
    """Write the items in the layout, in sections if it has them, with a key behind them if they need one."""
    by_section = style["restart"] == "yes"
    at = 0
    for place, (title, group) in enumerate(_sections(style, items)):
        if style["sections"] == "item":
            page.add([title])
        else:
            page.apart([title] if title else [])
        first = 1 if by_section else at + 1
        if style["columns"] != "none" and (place == 0 or style["delimiter"] == "none"):
            page.add(choices.head(group[0], style) if family.of == "choices" else rows.head(style, family.of))
        pieces = [_kept(family.write(item, n, style), item.kind) for n, item in enumerate(group, first)]
        if family.name == "run on":
            page.together(run_on.joined(pieces, int(style["wrap"])))
        else:
            _write(page, style, pieces, first)
        if by_section and style["verdict"].startswith("key"):
            page.apart(choices.key(group, style, 1))
        at += len(group)
    if not by_section and style["verdict"].startswith("key"):
        page.apart(choices.key(items, style, 1))
    if family.name == "answers at the end":
        page.apart(questions.answers(items, style))


def _kept(piece: Piece, kind: str) -> Piece:
    """The piece with what its answer consists of."""
    return Piece(piece.lines, replace(piece.note, kind=kind)) if piece.note else piece


def _sections(style: Style, items: Items) -> list[tuple[str, Items]]:
    """The items in groups with a title each; one group without a title where the style has no sections."""
    if style["sections"] == "none":
        return [("", items)]
    if style["sections"] == "letters":
        letters = sorted({item.question[0].upper() for item in items})
        marks = "#" * max(1, level(style) - 1)
        return [
            (f"{marks} {letter}", [item for item in items if item.question[0].upper() == letter])
            for letter in letters
        ]
    groups = [items[at : at + 4] for at in range(0, len(items), 4)]
    return [(_section(style, place), group) for place, group in enumerate(groups)]


AROUND_ALL = {"dtnone": (["<dl>"], ["</dl>"]), "noneyes": (["```"], ["```"])}
"""Lines around all notes of a section, by the tags of HTML and by whether they are fenced."""


def _write(page: Page, style: Style, pieces: list[Piece], first: int) -> None:
    before, behind = AROUND_ALL.get(style["tags"] + style["fenced"], ([], []))
    indent = "    " if style["sections"] == "item" else ""
    page.add(before)
    for n, piece in enumerate(pieces, first):
        if n > first:
            page.add(blank(style["between"]))
        page.note(piece, indent)
        _after(page, style, n)
    page.add(behind)


def _after(page: Page, style: Style, n: int) -> None:
    match style["after each"]:
        case "top":
            page.apart([f"[{style.word('top')}](#top)"])
        case "advert" if n % 3 == 0:
            page.apart([style.word("advert")])
        case "html comment":
            page.apart([f"<!-- card {n} -->"])


def _section(style: Style, place: int) -> str:
    text = style.word("sections", place)
    return {
        "heading": "#" * max(1, level(style) - 1) + " " + text,
        "bold": f"**{text}**",
        "capitals": text.upper(),
        "equals": f"=== {text} ===",
        "colon": f"{text}:",
        "item": f"{style['marker']} {text}",
    }[style["sections"]]


def level(style: Style) -> int:
    """The level of the headings of a layout, 3 where it has none."""
    return int(style["level"]) if style["level"] != "none" else 3
