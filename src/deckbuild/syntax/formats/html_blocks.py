"""Code, lists, definitions and folds of web pages."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from lxml.etree import _Element

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.html_content import number_of, words_of
from deckbuild.syntax.formats.html_inline import plain

if TYPE_CHECKING:
    from deckbuild.syntax.formats.html_pages import HtmlPage

_LANGUAGE = regex(r"(?:language|lang|highlight|brush|sourceCode)[-:\s]+(?P<name>[\w+#-]+)")
_RIGHT = frozenset("correct correcta correcto correcte corretta richtig".split())
"""Words in the class of the right option."""

_LETTERED = ("a", "A")
_LETTERS = 26
_LAST = 999_999
"""The last number that the first item of a list may have; CommonMark takes nine digits."""


def code(page: HtmlPage, element: _Element) -> None:
    """Code as it stands, with the language that a class tells."""
    first = page.line
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    text = "".join(element.itertext("*"))
    page._pass(element)
    around = [element, *element.iterdescendants("code"), *list(element.iterancestors())[:2]]
    named = (_LANGUAGE.search(e.get("class") or e.get("data-lang") or "") for e in around)
    language = next((found["name"] for found in named if found), "")
    skipped = text.startswith("\n")
    lines = text.removeprefix("\n").rstrip().split("\n")
    step = 0 if element.find(".//br") is not None else 1
    if any(line.strip() for line in lines):
        page.out.code(lines, language, first + skipped, step)
    page.line = max(page.line, first + text.count("\n") * step)


def listed(page: HtmlPage, element: _Element, ordered: bool) -> None:
    """A list; one that counts letters is lines, since Markdown has no such lists."""
    number = number_of(element.get("start"), _LAST)
    lettered = element.get("type") if ordered and element.get("type") in _LETTERED else ""
    right = {item for item in element if item.tag == "li" and _is_right(item)}
    chosen = 0 < len(right) < len(element.findall("li"))
    page.out.gap()
    for item in element:
        page.line = max(page.line, item.sourceline or 0)
        if item.tag != "li":
            page.one(item)
            continue
        letter = chr(ord(lettered) + number - 1) if lettered and 0 < number <= _LETTERS else ""
        sign = f"{letter}) " if letter else f"{number}. " if ordered else "- "
        rest = "" if letter else " " * len(sign)
        sign += ("[x] " if item in right else "[ ] ") if chosen else ""
        with page.out.inside(sign, rest):
            page.walk(item)
            page.flush()
        number += 1
    page.out.gap()


def _is_right(item: _Element) -> bool:
    """Whether a page says of an item that it is the right one of its options."""
    told = {item.get(name) for name in ("data-correct", "data-answer", "data-right", "data-is-correct")}
    return bool(words_of(item) & _RIGHT) or bool(told & {"true", "1", "correct"})


def definitions(page: HtmlPage, element: _Element) -> None:
    """Terms and what they mean; terms one behind the other share it."""
    first = True
    before = ""
    for part in element.iter("dt", "dd"):
        page.line = max(page.line, part.sourceline or 0)
        shared, before = before == part.tag == "dt", str(part.tag)
        if part.tag == "dt" and shared:  # what follows is the meaning of both terms
            last = len(page.out.lines)
            page.walk(part)
            page.flush()
            if 0 < last < len(page.out.lines):
                page.out.lines[last - 1 :] = [", ".join(page.out.lines[last - 1 :])]
                del page.out.places[last:]
            continue
        if part.tag == "dt":
            page.out.gap()
            page.walk(part)
            page.flush()
            first = True
            continue
        if first and page.out.lines and not page.out.lines[-1].strip():
            page.out.lines.pop()
            page.out.places.pop()
        elif not first:
            page.out.gap()
        with page.out.inside(": " if first else "  ", "  "):
            page.walk(part)
            page.flush()
        first = False
    page.out.gap()


def folded(page: HtmlPage, element: _Element, summary: _Element | None) -> None:
    """What unfolds at a click on its summary, or stands in a box below it."""
    page.out.gap()
    page.out.add("<details>", page.line)
    page.text(element.text)
    if summary is not None:
        shown = " ".join(plain(summary).split())
        page.line = max(page.line, summary.sourceline or 0)
        page.out.add(f"<summary>{escape(shown, quote=False)}</summary>", page.line)
    page.out.gap()
    for child in element:
        if child is not summary:
            page.one(child)
        page.text(child.tail)
    page.flush()
    page.out.gap()
    page.out.add("</details>", page.line)
    page.out.gap()
