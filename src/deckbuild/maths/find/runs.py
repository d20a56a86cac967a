r"""Inline runs as text in which formulas can be found: a formula goes on over marks, raised HTML and LaTeX.

Pages write `<em>E</em> = mc<sup>2</sup>`, `x = 3 + 4 = **7**`, `$\Delta$S = $\frac{Q}{T}$`. Read element by element,
that would give `= mc`, `x = 3 + 4` and a lone fraction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens.embedded import JOINER, embedded
from deckbuild.model import (
    AnyInline,
    Break,
    Emphasis,
    Footnote,
    Formula,
    HtmlSpan,
    Inlines,
    Mark,
    SourceSpan,
    Strong,
    Text,
)

_TAG = regex(r"<(?P<close>/?)(?P<name>sub|sup|span|b|i|u|em|strong|font|small|big)(?:\s[^<>]*)?>", 2)
_LETTER_APART = regex(r"(?<![^\W\d_])(?:[^\W\d_]|ΔH|ΔS|ΔG|ΔU) $")
"""A letter and a blank behind it."""

_SCRIPTS = {"sub": "_", "sup": "^"}
_WORDS = regex(
    r"[^\W\d_]'?|[b-df-hj-np-tv-z]{3}|(?![^\W\d_]*[a-zà-ÿ]{3})(?:[^\W\d_]{1,5})|(?=.*[\d=+*/^<>×·−√∑Σα-ωΔ\ue000]).*",
    16,
)
"""What marks hold that a formula may go on over: a letter, a short name, or something with a sign of mathematics."""


class Stretch(Struct, frozen=True):
    """Elements that are read as one text, and whether something stands against an end without white space."""

    elements: Inlines
    text: str
    bound_before: bool = False
    bound_behind: bool = False

    def span_at(self, place: int) -> SourceSpan:
        """The lines of the element at a place of the text."""
        for element, text in flattened(self.elements):
            if place < len(text):
                return element.span
            place -= len(text)
        return self.elements[-1].span

    def with_formulas(self, found: Sequence[tuple[int, int, AnyInline]]) -> Inlines:
        """The elements with others in the places of parts of the text, in order and apart.

        Marks around a part stay around it; those that it goes over end before it.
        """
        return tuple(_filled(self.elements, 0, 0, len(self.text), found))


def plain(text: str, span: SourceSpan) -> Stretch:
    """A stretch of one text."""
    return Stretch((Text(span, text),), text)


def stretches(content: Inlines) -> Iterator[Stretch | AnyInline]:
    """The run as stretches of text and the elements between them."""
    held: list[AnyInline] = []
    before: AnyInline | None = None
    for element in content:
        if _is_open(element):
            held.append(element)
            continue
        if held:
            yield _stretch(held, before, element)
            held = []
        yield element
        before = element
    if held:
        yield _stretch(held, before, None)


def _stretch(held: Sequence[AnyInline], before: AnyInline | None, behind: AnyInline | None) -> Stretch:
    text = "".join(text for _, text in flattened(held))
    return Stretch(tuple(held), text, _binds(before), _binds(behind))


def _is_open(element: AnyInline) -> bool:
    """Whether a formula may go on over the element."""
    match element:
        case Text():
            return True
        case HtmlSpan(text=text):
            return _TAG.fullmatch(text) is not None
        case Formula(text=text, display=False):
            return embedded(text) is not None and "=" not in text
        case Strong(content=content) | Emphasis(content=content) | Mark(content=content):
            if not all(map(_is_open, content)):
                return False
            return _WORDS.fullmatch("".join(text for _, text in flattened(content))) is not None
        case _:
            return False


def flattened(elements: Sequence[AnyInline]) -> Iterator[tuple[AnyInline, str]]:
    """Each element with the text that stands for it."""
    for at, element in enumerate(elements):
        match element:
            case Text(text=text):
                lowered = at + 1 < len(elements) and _lowers(elements[at + 1])
                yield element, text[:-1] + JOINER if lowered and _LETTER_APART.search(text) else text
            case HtmlSpan(text=text):
                yield element, _script(elements, at, text)
            case Formula(text=text):
                yield element, embedded(text) or ""
            case Strong(content=content) | Emphasis(content=content) | Mark(content=content):
                yield element, "".join(text for _, text in flattened(content))


def _lowers(element: AnyInline) -> bool:
    return isinstance(element, HtmlSpan) and element.text[:4].lower() == "<sub"


def _script(elements: Sequence[AnyInline], at: int, text: str) -> str:
    """A tag as the sign of an index or exponent: `x<sub>12</sub>` is `x_{12}`, `x<sup>2</sup>` is `x^2`."""
    tag = _TAG.fullmatch(text)
    name = tag["name"].lower() if tag else ""
    if tag is None or name not in _SCRIPTS:
        return ""
    place = at - 2 if tag["close"] else at
    inner, behind = elements[place + 1 : place + 2], elements[place + 3 : place + 4]
    short = bool(inner) and isinstance(inner[0], Text) and len(inner[0].text) == 1
    if behind and isinstance(behind[0], Text) and behind[0].text[:1].isalnum():
        short = False  # `F<sub>t</sub>s`
    if tag["close"]:
        return "" if short else "}"
    return _SCRIPTS[name] + ("" if short else "{")


def _filled(
    elements: Sequence[AnyInline], at: int, low: int, high: int, found: Sequence[tuple[int, int, AnyInline]]
) -> Iterator[AnyInline]:
    """The part of elements between two places, of which the first begins `at`, with what is found in it."""
    placed = [(element, at, at := at + len(text)) for element, text in flattened(elements)]
    inner = {
        (start, end)
        for start, end, _ in found
        for element, begin, stop in placed
        if isinstance(element, Strong | Emphasis | Mark) and begin <= start and end <= stop
    }
    owned = [part for part in found if low <= part[0] and part[1] <= high and part[:2] not in inner]
    edges = {place for start, end, _ in owned for place in (start, end)}
    for start, end, given in (*owned, (high, high, None)):
        for element, begin, stop in placed:
            if begin == stop:
                if (low < begin < start and begin not in edges) or (
                    (begin == start == low or begin == start == high) and not given
                ):
                    yield element
                continue
            first, last = max(begin, low), min(stop, start)
            if first >= last:
                continue
            match element:
                case Text(span=span, text=text):
                    yield Text(span, text[first - begin : last - begin])
                case Strong(content=content) | Emphasis(content=content) | Mark(content=content):
                    yield replace(element, content=tuple(_filled(content, begin, first, last, found)))
                case _ if first == begin and last == stop:
                    yield element
        if given is None:
            return
        tags = [e for e, begin, stop in placed if begin == stop and start <= begin <= end]
        before, behind = _unpaired(tags)
        yield from (*before, given, *behind)
        low = end


def _unpaired(tags: Sequence[AnyInline]) -> tuple[list[AnyInline], list[AnyInline]]:
    """The tags of a part that close what is opened before it, and those that are closed behind it."""
    closing: list[AnyInline] = []
    opening: list[tuple[str, AnyInline]] = []
    for element in tags:
        tag = _TAG.fullmatch(element.text) if isinstance(element, HtmlSpan) else None
        name = tag["name"].lower() if tag else ""
        if tag and tag["close"]:
            if opening and opening[-1][0] == name:
                opening.pop()
            else:
                closing.append(element)
        else:
            opening.append((name, element))
    return closing, [element for _, element in opening]


def _binds(neighbour: AnyInline | None) -> bool:
    """Whether an element beside a stretch may be a part of a formula that is not seen."""
    return neighbour is not None and not isinstance(neighbour, Break | Footnote)
