"""Cards that a page lays out in boxes of its own: `<div class="front">`, `<span class="SetPageTerm-wordText">`."""

from __future__ import annotations

from collections import defaultdict

from lxml.etree import _Element

from deckbuild.machine.regex import regex

_WORD = regex(r"[A-Z]?[a-z]+")
_ASKS = frozenset("front term word vocab phrase".split())
_TELLS = frozenset("back definition meaning translation explanation".split())
"""Words in the classes of the two sides of a card."""

_FEWEST = 3
"""Cards of a page."""

_ELSEWHERE = frozenset("dt dd td th tr table dl body main article section h1 h2 h3 h4 h5 h6".split())
"""Elements that say themselves what they are."""


def cards(page: _Element) -> dict[_Element, _Element]:
    """The fronts of the cards of a page with their backs; none where the two don't take turns."""
    groups: defaultdict[str, list[tuple[int, _Element]]] = defaultdict(list)
    for at, element in enumerate(page.iter("div", "span", "p", "li", "a", "button")):
        if (named := element.get("class")) and element.tag not in _ELSEWHERE:
            groups[named].append((at, element))
    fronts = [name for name in groups if _words(name) & _ASKS and not _words(name) & _TELLS]
    backs = [name for name in groups if _words(name) & _TELLS]
    for front in fronts:
        for back in backs:
            asked, told = groups[front], groups[back]
            if len(asked) == len(told) >= _FEWEST and _take_turns(asked, told):
                return {one: other for (_, one), (_, other) in zip(asked, told, strict=True)}
    return {}


def _words(named: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(named))


def _take_turns(asked: list[tuple[int, _Element]], told: list[tuple[int, _Element]]) -> bool:
    """Whether a text stands in each, one behind the other, and none inside of the other."""
    order = [at for pair in zip(asked, told, strict=True) for at, _ in pair]
    return order == sorted(order) and all(
        "".join(a.itertext()).strip() and "".join(b.itertext()).strip() and a not in b.iterancestors()
        for (_, a), (_, b) in zip(asked, told, strict=True)
    )
