"""How many shapes a drawing comes to where all that it draws again is drawn.

Copies, masks, clip paths, markers and patterns may each use the next of a chain twice: thirty of them are a billion.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from deckbuild.machine.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

MOST_UNFOLDED = 40_000
"""Shapes that paper draws for one drawing, some 0.1 ms each."""

LINK = ("href", "{http://www.w3.org/1999/xlink}href")

_DEEPEST = 50
"""Elements each of which uses the next."""

_MOST_VISITS = 1_000_000
"""Elements that are counted for others that use them; drawings of programs have some thousands."""

_MASK = 4
"""Shapes that a mask counts for besides what it holds: it takes paper 0.4 ms and 10 kB."""

_REPEATS = 5
"""Colours of a gradient that repeats itself for one shape."""

_INHERITED = frozenset("fill stroke marker marker-start marker-mid marker-end".split())
_USING = _INHERITED | {"clip-path", "filter", "mask"}
"""Properties with which a style sheet makes an element use another."""

_GROUPS = frozenset("svg g a switch symbol defs marker mask clipPath pattern use".split())
_USE = regex(r"url\(\s*[\"']?#([^\"')\s]+)")
_NAME = regex(r"[\w-]+|\*")
_NUMBER = regex(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_CHANGE = regex(r"(scale|matrix)\s*\(([^()]*)\)")


def unfolded(tree: Element) -> float:
    """The shapes of a drawing with those that it draws again; infinite where it uses itself, or nearly so."""
    return _Drawing(tree).count(tree, 0)


class _Drawing:
    def __init__(self, tree: Element) -> None:
        self.size = _size(tree)
        self.named: dict[str, Element] = {}
        for element in tree.iter():
            if name := element.get("id"):
                self.named.setdefault(name, element)
        rules = (rule for element in tree.iter() for rule in _rules(element.text or ""))
        self.styles = [({*_NAME.findall(selector)}, dict(_styled(body))) for selector, body in rules]
        self.uses = dict(self._uses(tree))
        self.counts: dict[str, float] = {}
        self.visits = 0

    def _uses(self, tree: Element) -> Iterator[tuple[Element, list[tuple[str, str]]]]:
        """What each element uses, property by property; groups hand colours and markers down to their shapes."""
        waiting: list[tuple[Element, Mapping[str, str]]] = [(tree, {})]
        while waiting:
            element, above = waiting.pop()
            own = dict(self._own(element))
            down = (
                {**above, **{key: name for key, name in own.items() if key in _INHERITED}} if own else above
            )
            is_group = _local(element) in _GROUPS
            used = (
                {key: name for key, name in own.items() if key not in _INHERITED}
                if is_group
                else {**down, **own}
            )
            if used:
                yield element, list(used.items())
            waiting += ((child, down) for child in element)

    def _own(self, element: Element) -> Iterator[tuple[str, str]]:
        called = (
            {"*", _local(element), element.get("id"), *element.get("class", "").split()}
            if self.styles
            else ()
        )
        for names, body in self.styles:
            if not names.isdisjoint(called):
                yield from body.items()
        for key, value in element.items():
            if key == "style":
                yield from _styled(value)
            elif found := _USE.search(value) if "url(" in value else None:
                yield key, found[1]
        if _local(element) == "use":
            yield from (
                ("use", address[1:]) for key in LINK if (address := element.get(key, "").strip())[:1] == "#"
            )

    def count(self, top: Element, depth: int) -> float:
        """The shapes of an element and all in it."""
        total = 0.0
        for element in top.iter():
            self.visits += 1
            total += 1
            for key, name in self.uses.get(element, ()):
                total += self.named_count(key, name, element, depth)
            if total > MOST_UNFOLDED or self.visits > _MOST_VISITS:
                return math.inf
        return total

    def named_count(self, key: str, name: str, element: Element, depth: int) -> float:
        """What it comes to that a property of an element uses the element of a name."""
        used = self.named.get(name)
        if used is None or depth > _DEEPEST:
            return 0.0 if used is None else math.inf
        if _local(used) in ("linearGradient", "radialGradient"):
            return self._repeated(used) / _REPEATS
        if name not in self.counts:
            self.counts[name] = math.inf  # while it is counted: what uses itself has no end
            self.counts[name] = self.count(used, depth + 1)
        times = 1.0
        if key in ("marker", "marker-mid"):
            points = element.get("d", "") + element.get("points", "")
            times = 1 + sum(1 for _ in _NUMBER.finditer(points)) / 2
        return (self.counts[name] + (_MASK if key == "mask" else 0)) * times

    def _repeated(self, gradient: Element) -> float:
        """The colours that paper writes for a gradient on one shape, which it fills with it again and again."""
        told: dict[str, str] = {}
        stops = 0
        chain: list[Element] = []
        step: Element | None = gradient
        while step is not None and step not in chain and len(chain) < _DEEPEST:
            chain.append(step)
            told = {**dict(step.items()), **told}
            stops = stops or len(step)
            link = next((step.get(key, "") for key in LINK if step.get(key)), "")
            step = self.named.get(link.strip()[1:])
        if told.get("spreadMethod", "pad") not in ("repeat", "reflect"):
            return float(stops)
        whole = 1.0 if told.get("gradientUnits") != "userSpaceOnUse" else self.size
        if _local(gradient) == "linearGradient":
            ends = [
                _length(told.get(key, usual), whole)
                for key, usual in (("x1", "0"), ("y1", "0"), ("x2", "100%"), ("y2", "0"))
            ]
            length = math.hypot(ends[2] - ends[0], ends[3] - ends[1])
        else:
            length = abs(_length(told.get("r", "50%"), whole) - _length(told.get("fr", "0"), whole))
        length *= _narrowed(told.get("gradientTransform", ""))
        return (2 + stops) * (2 + 2 * whole / length) if length > 0 else math.inf


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _size(tree: Element) -> float:
    """The longer side of a drawing, in its own units."""
    numbers = [abs(float(number)) for number in _NUMBER.findall(tree.get("viewBox", ""))]
    return (
        max(numbers[2:4], default=0.0)
        or max(_length(tree.get(side, "0"), 100) for side in ("width", "height"))
        or 100.0
    )


def _length(text: str, whole: float) -> float:
    """A length of SVG; percents are parts of the whole."""
    found = _NUMBER.search(text)
    number = float(found[0]) if found else 0.0
    return number * whole / 100 if text.strip().endswith("%") else number


def _narrowed(changes: str) -> float:
    """The least that a transform makes of a length of 1."""
    least = 1.0
    for name, text in _CHANGE.findall(changes):
        numbers = [float(number) for number in _NUMBER.findall(text)]
        if name == "scale" and numbers:
            least *= min(map(abs, numbers[:2]))
        elif name == "matrix" and len(numbers) == 6:
            a, b, c, d = numbers[:4]
            least *= abs(a * d - b * c) / (math.hypot(a, b, c, d) or 1.0)
    return least


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selector and body of each rule of a style sheet that names an address; the last may be left open."""
    for rule in sheet.split("}") if "url(" in sheet else ():
        before, _, body = rule.rpartition("{")
        if "url(" in body:
            yield before.rpartition("{")[2], body


def _styled(body: str) -> Iterator[tuple[str, str]]:
    """The properties of a style that use an element, and the names of these."""
    for declaration in body.split(";") if "url(" in body else ():
        key, _, value = declaration.partition(":")
        name = _NAME.findall(key)[-1:]
        if name and name[0] in _USING and (found := _USE.search(value)):
            yield name[0], found[1]
