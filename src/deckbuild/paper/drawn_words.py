"""Words that a drawing sets as HTML (`<foreignObject>`), which browsers show and WeasyPrint leaves out: as text."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

from deckbuild.machine.regex import regex

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = regex(r"\s*(-?\d+(?:\.\d+)?)\s*(?:px)?\s*")
_TYPE = regex(r"font-size\s*:\s*(\d+(?:\.\d+)?)px")
_LINES = frozenset("br div li p tr h1 h2 h3 h4 h5 h6".split())
_UNSEEN = frozenset(("style", "script", "title"))

_MORE = frozenset(
    "audio button canvas hr iframe img input math object select svg table textarea video".split()
)
"""Elements that show more than their words."""

USUAL = 16.0
"""Pixels of type that says nothing of its size, as in browsers."""

ADVANCE, LEADING = 0.52, 1.2
"""Ems that a letter takes on average, and that lines are apart."""


def with_words(svg: bytes) -> bytes:
    """The drawing with each HTML inside as lines of text in the middle of its box; the same where it has none.

    Where a `<switch>` has something else to show in its place, that is shown. Raises `ParseError` for broken SVG.
    """
    if b"foreignObject" not in svg:
        return svg
    from xml.etree import ElementTree

    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for at, child in enumerate(list(parent)):
            if _name(child) != "foreignObject":
                continue
            parent.remove(child)
            if _name(parent) != "switch" or not len(parent):
                parent.insert(at, _text(child, ElementTree.Element(f"{_SVG}g")))
    return ElementTree.tostring(root)


def has_more_than_words(svg: bytes) -> bool:
    """Whether HTML inside a drawing shows what `with_words` leaves out, such as a table. False for broken SVG."""
    if b"foreignObject" not in svg:
        return False
    from xml.etree import ElementTree

    try:
        root = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, ValueError, LookupError):
        return False
    boxes = (element for element in root.iter() if _name(element) == "foreignObject")
    return any(_name(inner) in _MORE for box in boxes for inner in box.iter())


def _text(box: Element, group: Element) -> Element:
    """The group with a text for each line of a box."""
    from xml.etree.ElementTree import SubElement

    left, top, width, height = (_number(box.get(side, "")) for side in ("x", "y", "width", "height"))
    styles = " ".join(element.get("style", "") for element in box.iter())
    size = float(found[1]) if (found := _TYPE.search(styles)) else USUAL
    room = max(1, int(width / (ADVANCE * size))) if width else 1000
    said = "".join(_said(box)).split("\n")
    lines = [part for line in said for part in wrap(" ".join(line.split()), room)]
    group.set("transform", box.get("transform", ""))
    for number, line in enumerate(lines):
        middle = top + height / 2 + LEADING * size * (number - (len(lines) - 1) / 2) + 0.35 * size
        place = {"x": f"{left + width / 2:g}", "y": f"{middle:g}", "font-size": f"{size:g}"}
        anchor = "middle" if width else "start"
        SubElement(group, f"{_SVG}text", place | {"text-anchor": anchor, "stroke": "none"}).text = line
    return group


def _said(element: Element) -> Iterator[str]:
    """The text of an element, with ends of lines around what begins one."""
    name = _name(element)
    if name in _UNSEEN:
        return
    end = "\n" if name in _LINES else ""
    yield end + (element.text or "").replace("\n", " ")
    for child in element:
        yield from _said(child)
        yield (child.tail or "").replace("\n", " ")
    yield end


def _number(text: str) -> float:
    found = _NUMBER.fullmatch(text)
    return float(found[1]) if found else 0.0


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
