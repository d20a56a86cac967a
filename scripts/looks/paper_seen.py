"""What is wrong with prints: read from the boxes that WeasyPrint laid out, before they are drawn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes

from deckbuild.paper.press import pdf
from looks.words import INLINE, words

LONGEST = 30
"""Characters from which on a word may be broken anywhere."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
LEAD_INS = (":", "：")
LED_IN = frozenset(("li", "td", "th", "pre", "tr"))


class Line(NamedTuple):
    """A line of text; `place` counts the columns, `path` are the elements around it, outermost first."""

    place: int
    path: tuple[Any, ...]
    text: str
    points: float
    over: float


class Faults(NamedTuple):
    """The text of prints and what is wrong with it."""

    words: Counter[str]
    pages: int
    inside: list[str]
    parted: list[str]
    alone: list[str]
    cut: list[str]
    over: list[str]
    smallest: float


@contextmanager
def typeset() -> Iterator[list[Any]]:
    """Collects the documents that are set in this context, in place of writing them."""
    found: list[Any] = []
    write = pdf.Typeset.pdf

    def keep(self: Any, tagged: bool = True) -> bytes:
        found.append(self._document)
        return b""

    pdf.Typeset.pdf = keep  # type: ignore[method-assign]
    try:
        yield found
    finally:
        pdf.Typeset.pdf = write  # type: ignore[method-assign]


def faults(document: Any) -> Faults:
    """What is wrong with the pages of one print."""
    lines = [line for page in document.pages for line in _lines(page._page_box)]
    joined, inside = _joined(lines)
    return Faults(
        words(joined),
        len(document.pages),
        inside,
        *_parted(lines),
        [line.text for line in lines if line.over > 1.5],
        min((line.points for line in lines), default=0.0),
    )


def _lines(page: Any) -> Iterator[Line]:
    """The lines of a page in the order of its boxes; a column or a side of a card is a place of its own."""
    stack = [(page, (), page)]
    while stack:
        box, path, place = stack.pop()
        if isinstance(box, boxes.LineBox):
            yield from _line(box, path, place)
        elif isinstance(box, boxes.ParentBox):
            if box.element is not None and (not path or path[-1] is not box.element):
                path = (*path, box.element)
            place = box if getattr(box, "is_column", False) or "face" in _style(box).split() else place
            children = (getattr(child, "_box", child) for child in box.children)
            stack += [(child, path, place) for child in reversed(list(children))]


def _line(box: Any, path: tuple[Any, ...], place: Any) -> Iterator[Line]:
    texts = [
        text
        for text in box.descendants()
        if isinstance(text, boxes.TextBox) and text.element is not None and "::" not in text.element_tag
    ]
    shown = "".join(text.text for text in texts).strip("\u200b ")
    if not shown and any(isinstance(inner, boxes.ReplacedBox) for inner in box.descendants()):
        yield Line(id(place), path, "", 99, 0)
    if shown:
        over = max(text.position_x + text.width for text in texts) - place.content_box_x() - place.width
        points = min(text.style["font_size"] for text in texts) * 0.75
        yield Line(id(place), path, shown, round(points, 2), over)


def _style(box: Any) -> str:
    return (box.element.get("class") or "") if box.element is not None else ""


def _joined(lines: list[Line]) -> tuple[str, list[str]]:
    """The text with the parts of broken words together, and the words that are broken without a hyphen."""
    by_element: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_element[id(line.path[-1])].append(line)
    parts, inside = [], []
    for group in by_element.values():
        source = _plain(_text(group[0].path[-1]))
        at, text, hyphenated = 0, "", False
        for line in filter(itemgetter(2), group):
            shown = _plain(line.text)
            whole = hyphenated
            hyphenated = shown[-1:] in ("‐", "-") and source.find(shown, at) < 0
            shown = shown[:-1] if hyphenated else shown
            found = source.find(shown, at)
            gap = source[at:found] if found >= 0 else " "
            if text and group[0].path[-1].tag == "pre" and "\n" not in gap and found >= 0:
                inside.append(f"{text.split()[-1]}|{shown}")
            elif text and not (gap or whole or _breaks_anywhere(text[-1])):
                ends = text.split()[-1], shown.split()[0]
                if text[-1].isalnum() and shown[0].isalnum() and len("".join(ends)) <= LONGEST:
                    inside.append("|".join(ends))
            text += ("" if whole else gap and " ") + shown
            at = found + len(shown) if found >= 0 else at
        parts.append(text)
    return "\n".join(parts), inside


def _text(element: Any) -> str:
    """The text of an element, with blanks where elements that stand by themselves begin and end."""
    parts = [element.text or ""]
    for child in element:
        gap = "" if child.tag in INLINE else " "
        parts += [gap, _text(child), gap, child.tail or ""]
    return "".join(parts)


def _plain(text: str) -> str:
    return text.replace("\u00ad", "").replace("\u2060", "").replace("\u200b", "").replace("\xa0", " ")


def _breaks_anywhere(sign: str) -> bool:
    return sign >= "\u0e00" and not "\uac00" <= sign <= "\ud7a3"


def _parted(lines: list[Line]) -> tuple[list[str], list[str], list[str]]:
    """Lead-ins parted from what they lead in to, headings alone at a foot, options and rows that are cut."""
    parted, alone, cut = [], [], []
    for last, first in pairwise(lines):
        if last.place == first.place:
            continue
        tags = [element.tag for element in last.path]
        below = {element.tag for element in first.path}
        if last.text.endswith(LEAD_INS) and below & LED_IN and not set(tags) & LED_IN:
            parted.append(f"{last.text} | {first.text}")
        if HEADINGS & set(tags) or "caption" in [e.get("class") for e in last.path]:
            alone.append(f"{last.text} | {first.text}")
        both = {id(e): e for e in last.path}.keys() & {id(e) for e in first.path}
        for element in last.path:
            if id(element) in both and (element.tag == "tr" or _is_option(element, last.path)):
                cut.append(f"{last.text} | {first.text}")
    return parted, alone, cut


def _is_option(element: Any, path: tuple[Any, ...]) -> bool:
    above = next((outer for outer in path if element in list(outer)), None)
    return element.tag == "li" and above is not None and above.get("type") == "A"
