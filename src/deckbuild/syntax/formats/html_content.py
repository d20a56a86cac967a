"""What of a saved web page is its content: not the navigation, the notices and the buttons around it."""

from __future__ import annotations

from lxml.etree import _Element

from deckbuild.machine.regex import regex

_HEADING = regex(r"h[1-6]")
_TOKEN = regex(r"[a-z]+")
_DROPPED = frozenset(
    "script style noscript template nav footer aside select textarea input svg canvas object iframe link meta"
    " head dialog audio video".split()
)
_ROLES = frozenset("navigation banner contentinfo search complementary menu menubar dialog alert".split())
_AWAY = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs sidebar footer toc cookie cookies consent share sharing"
    " social comments related pagination pager advert ads popup newsletter subscribe skip editsection headerlink"
    " noprint ad linenos lineno gutter".split()
)
"""Words in the class or the name of what stands around a content on web pages of any kind."""

_CONTENT = frozenset("content main article post entry body".split())
_MOST = 0.5
"""Share of the text of a page that no part around its content has."""

_LINKED = 0.8
"""Share of the text of a list in links from which it leads to other places."""

_FEWEST_LINKS = 3
"""Links from which a part of a page may be nothing else."""


def content_of(page: _Element) -> _Element:
    """The one element that says it is the content, else the body."""
    body = page.find(".//body")
    body = page if body is None else body
    for found in (
        [e for e in body.iter("main", "div", "section") if e.tag == "main" or e.get("role") == "main"],
        [e for e in body.iter("article") if not any(a.tag == "article" for a in e.iterancestors())],
    ):
        if len(found) == 1 and _length(found[0]) > _MOST * _length(body) * 0.5:
            return found[0]
    return body


def title_of(page: _Element) -> str:
    """The title of a page, which its heading repeats."""
    return " ".join((page.findtext(".//title") or "").split())


def is_aside(element: _Element, whole: int) -> bool:
    """Whether an element stands around the content; `whole` is the length of the content's text."""
    if not isinstance(element.tag, str) or element.tag in _DROPPED or element.get("role") in _ROLES:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    if element.get("hidden") is not None or "display:none" in style:
        return element.tag not in ("details", "dd") and not _answers(element)
    if element.tag in ("ul", "ol") and _only_links(element):
        return True
    words = words_of(element)
    if element.tag == "sup" and "reference" in words:  # the number of a note, as wikis have it
        return True
    if element.tag == "a" and "button" in words and (element.get("title") or "").startswith("Edit"):
        return True
    return bool(words & _AWAY) and not words & _CONTENT and _length(element) < _MOST * whole


def words_of(element: _Element) -> frozenset[str]:
    """The words in the class and the name of an element."""
    return frozenset(_TOKEN.findall(f"{element.get('class') or ''} {element.get('id') or ''}".lower()))


def _answers(element: _Element) -> bool:
    """Whether what is hidden at first is shown by a click on the text before it, as answers are."""
    if words_of(element) & {"answer", "panel", "collapse", "content", "back", "solution", "body"}:
        return True
    before = element.getprevious()
    switch = before if before is None or before.tag != "p" or len(before) != 1 else before[0]
    return switch is not None and (
        switch.tag == "button" or any(switch.get(name) is not None for name in ("onclick", "aria-controls"))
    )


def _only_links(element: _Element) -> bool:
    links = list(element.iter("a"))
    if len(links) < _FEWEST_LINKS:
        return False
    return sum(map(_length, links)) >= _LINKED * _length(element)


def _length(element: _Element) -> int:
    return sum(len(text.strip()) for text in element.itertext("*") if text.strip())


def text_length(element: _Element) -> int:
    """Characters of the text of an element."""
    return _length(element)


def number_of(value: str | None, most: int) -> int:
    """A number of an attribute, 1 where it is none; never more than `most`."""
    digits = (value or "").strip()[:10]
    return min(most, max(1, int(digits))) if digits.isascii() and digits.isdecimal() else 1


def is_switch(element: _Element) -> bool:
    """Whether it is a button that folds out what stands below it, outside of any heading."""
    around = element.getparent()
    return element.tag == "button" and (around is None or not _HEADING.fullmatch(str(around.tag)))
