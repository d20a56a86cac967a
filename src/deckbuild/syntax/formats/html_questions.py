"""Questions that a page tells itself: by the microdata of schema.org, as sites of questions do, or by its boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.etree import _Element

from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.reading import Asked

if TYPE_CHECKING:
    from deckbuild.syntax.formats.html_pages import HtmlPage

_ANSWERS = ("acceptedAnswer", "suggestedAnswer")
"""What an answer is to its question, the better one first."""


def is_question(element: _Element) -> bool:
    """Whether an element is a question of schema.org with an answer."""
    return (element.get("itemtype") or "").endswith("schema.org/Question") and _answer(element) is not None


def question(page: HtmlPage, element: _Element) -> None:
    """A question by its name and text, and its accepted answer, else its first."""
    answer = _answer(element)
    held = () if answer is None else (answer, *answer.iterancestors(), *answer.iterdescendants())
    name = next((e for e in element.iter() if e.get("itemprop") == "name" and e not in held), None)
    body = next(
        (e for e in element.iter() if e.get("itemprop") == "text" and not _is_answer(e, element)), None
    )
    told = (
        next((e for e in answer.iter() if e.get("itemprop") == "text"), answer)
        if answer is not None
        else None
    )
    _write(page, [name, body], [told])


def card(page: HtmlPage, front: _Element, back: _Element) -> None:
    """A card by the boxes of its two sides."""
    _write(page, [front], [back])


def _write(page: HtmlPage, question: list[_Element | None], answer: list[_Element | None]) -> None:
    asked = _part(page, question)
    said = _part(page, answer)
    if asked.end_line >= asked.line and said.end_line >= said.line:
        page.out.asked.append(Asked(asked, said))


def _answer(element: _Element) -> _Element | None:
    found = {e.get("itemprop"): e for e in reversed(list(element.iter())) if e.get("itemprop") in _ANSWERS}
    return next((found[name] for name in _ANSWERS if name in found), None)


def _is_answer(element: _Element, question: _Element) -> bool:
    """Whether an element lies in an answer to a question, or in another thing inside of it."""
    for around in element.iterancestors():
        if around is question:
            return False
        if around.get("itemscope") is not None:
            return True
    return True


def _part(page: HtmlPage, elements: list[_Element | None]) -> SourceSpan:
    page.out.gap()
    first = len(page.out.lines) + 1
    for element in elements:
        if element is not None:
            page.line = max(page.line, element.sourceline or 0)
            page.walk(element)
            page.flush()
            page.out.gap()
    last = len(page.out.lines)
    while last >= first and not page.out.lines[last - 1].strip():
        last -= 1
    return SourceSpan(first, last)
