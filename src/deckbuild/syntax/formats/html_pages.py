"""Saved web pages: their main content as Markdown, each line with the lines of the page it comes from.

lxml finds the elements, whatever was left open, and tells the line on which each start tag ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree
from lxml.etree import _Element

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats import html_blocks as blocks
from deckbuild.syntax.formats.html_cards import cards
from deckbuild.syntax.formats.html_content import content_of, is_aside, is_switch, text_length, words_of
from deckbuild.syntax.formats.html_inline import BREAK, PHRASES, mathematics, phrase
from deckbuild.syntax.formats.html_questions import card, is_question, question
from deckbuild.syntax.formats.reading import DEEPEST, Reading, Unreadable, Writer, broken, escaped, started

_TITLE = regex(r"h([1-6])")
_MOST_ATTRIBUTES = 2_000
"""Attributes of one element: the parser compares each with all before it."""

_TAG = regex(r"""<[A-Za-z](?:[^"'>]++|"[^"]*+"|'[^']*+'|["'])*+""")
_QUOTED = regex(r""""[^"]*+"|'[^']*+'""")
_CHOSEN = ("radio", "checkbox")
"""Types of the fields of forms that options have before them."""

_ASKS = frozenset(("question", "accordion"))
"""Words in the class of what stands for the heading of a question."""

_TOLD = frozenset(("answer", "body", "collapse", "content", "panel", "text"))
"""Words in the class of what folds out below it."""


def read(lines: Sequence[str], name: str) -> Reading:
    """The content of a page. Raises `Unreadable` for elements nested beyond the limit."""
    root = parsed("\n".join(lines))
    if root is None:
        return Writer().reading()
    content = content_of(root)
    content = next(filter(is_question, content.iterancestors()), content)
    out = Writer()
    page = HtmlPage(out, content)
    (question if is_question(content) else HtmlPage.walk)(page, content)
    page.flush()
    return out.reading(flows=True)


def parsed(text: str) -> _Element | None:
    """The tree of a page; None for one without elements. Raises `Unreadable` for elements beyond the limits."""
    for tag in _TAG.finditer(text):
        if (
            tag.end() - tag.start() > _MOST_ATTRIBUTES
            and len(_QUOTED.sub("", tag[0]).split()) > _MOST_ATTRIBUTES
        ):
            why = f"an element has more than {_MOST_ATTRIBUTES:,} attributes"
            raise Unreadable(why, text.count("\n", 0, tag.start()) + 1)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    depth = deepest = 0
    for event, element in etree.iterwalk(root, events=("start", "end")) if root is not None else ():
        depth += 1 if event == "start" else -1
        if event == "start" and isinstance(element.tag, str) and ":" in element.tag:
            element.tag = "span"  # what Word keeps for itself, such as `<o:p>`
        if depth > DEEPEST:
            raise Unreadable(f"its elements are more than {DEEPEST} deep", element.sourceline or 1)
        deepest = max(deepest, depth)
    return root


class HtmlPage:
    """Walks through the elements and writes what they say."""

    def __init__(self, out: Writer, content: _Element) -> None:
        self.out = out
        self.line = content.sourceline or 1
        self.whole = text_length(content)
        self.level = 1
        self._run: list[tuple[str, int, int]] = []
        """Markdown of the text that was read last, and the lines that each part comes from."""
        self._cards = cards(content)
        self._backs: set[_Element] = set()
        self._holding = {a for e in content.iter() if e.tag not in PHRASES for a in e.iterancestors()}

    def walk(self, element: _Element) -> None:
        """All that an element holds."""
        self.text(element.text)
        for child in element:
            self.one(child)
            self.text(child.tail)

    def one(self, child: _Element) -> None:
        """An element, without what stands behind it."""
        self.line = max(self.line, child.sourceline or 0)
        found = mathematics(child) if isinstance(child.tag, str) else ""
        if found is not None:
            start = self.line
            self._pass(child)
            self._run.append((found, start, self.line))
        elif is_aside(child, self.whole):
            start = self.line
            self._pass(child)
            if isinstance(child.tag, str) and text_length(child):
                self.out.aside.update(
                    dict.fromkeys(range(start, self.line + 1), "around the content of the page")
                )
        elif child in self._backs:
            self._pass(child)
        elif child in self._cards:
            self.flush()
            card(self, child, self._cards[child])
            self._backs.add(self._cards[child])
        elif child.tag == "label" and any(e.get("type") in _CHOSEN for e in child.iter("input")):
            self.flush()
            with self.out.inside("- ", "  "):
                self.walk(child)
                self.flush()
        elif child.tag in PHRASES and child not in self._holding and not is_switch(child):
            start = self.line
            self._run.append((self.inline(child), start, self.line))
        else:
            self.flush()
            self.block(child)
            self.flush()

    def inline(self, element: _Element) -> str:
        """The Markdown of an element inside a line."""
        parts = [self._words(element.text)]
        for child in element:
            self.line = max(self.line, child.sourceline or 0)
            found = mathematics(child)
            if found is not None or is_aside(child, self.whole):
                parts.append(found or "")
                self._pass(child)
            else:
                parts.append(self.inline(child))
            parts.append(self._words(child.tail))
        return phrase(element, "".join(parts))

    def block(self, element: _Element) -> None:
        """An element with lines of its own."""
        tag = str(element.tag)
        if is_question(element):
            question(self, element)
        elif title := _TITLE.fullmatch(tag):
            folds = element.find("button") is not None  # below the title of all, whatever its own level
            self.level = self.level if folds else int(title[1])
            self._titled(element, min(6, self.level + folds))
        elif tag == "button" or (self._asks(element) and element not in self._holding):
            if tag != "button" or len("".join(element.itertext()).split()) > 2:
                self._titled(element, min(6, self.level + 1))
        elif tag == "pre":
            blocks.code(self, element)
        elif tag in ("ul", "ol", "menu"):
            blocks.listed(self, element, tag == "ol")
        elif tag == "dl":
            blocks.definitions(self, element)
        elif tag == "table":
            from deckbuild.syntax.formats.html_grids import table

            table(self, element)
        elif tag == "details":
            blocks.folded(self, element, element.find("summary"))
        elif (box := words_of(element)) >= {"admonition"} and box & _ASKS and len(element) > 1:
            blocks.folded(self, element, element[0])
        elif tag == "blockquote":
            self.out.gap()
            with self.out.inside("> ", "> "):
                self.walk(element)
                self.flush()
            self.out.gap()
        elif tag == "hr":
            self.out.gap()
            self.out.add("---", self.line)
            self.out.gap()
        else:
            self.out.gap()
            self.walk(element)
            self.flush()
            self.out.gap()

    def _asks(self, element: _Element) -> bool:
        """Whether a class says that an element is what is clicked on for an answer, not the answer."""
        words = words_of(element)
        return bool(words & _ASKS) and not words & _TOLD

    def flush(self, before: str = "") -> None:
        """Write the run of text that was collected, a line for each that the page shows."""
        run, self._run = self._run, []
        lines: list[tuple[list[str], list[int]]] = [([], [])]
        for text, first, last in run:
            for number, part in enumerate(text.split(BREAK)):
                if number:
                    lines.append(([], []))
                if part.strip():
                    lines[-1][1].extend((first, last))
                lines[-1][0].append(part)
        found = [(" ".join("".join(parts).split()), places) for parts, places in lines]
        while found and not found[-1][0]:
            found.pop()
        texts = broken([text for text, _ in found]) if not before else [text for text, _ in found]
        for number, (text, (_, places)) in enumerate(zip(texts, found, strict=True)):
            if text:
                self.out.add(f"{before}{started(text)}", places[0], max(places))
            elif number:
                self.out.gap()

    def text(self, text: str | None) -> None:
        """Text between elements."""
        if text:
            line = self.line + text[: len(text) - len(text.lstrip())].count("\n")
            words = self._words(text)
            self._run.append((words, line, self.line - text[len(text.rstrip()) :].count("\n")))

    def _words(self, text: str | None) -> str:
        if not text:
            return ""
        self.line += text.count("\n")
        return escaped(text.replace("\u00a0", " ").replace("\u00ad", ""))

    def _pass(self, element: _Element) -> None:
        """Go on behind an element that is left out."""
        for inner in element.iter():
            self.line = max(self.line, inner.sourceline or 0)
            self.line += (inner.text or "").count("\n") if inner.tag in ("pre", "script", "style") else 0

    def _titled(self, element: _Element, level: int) -> None:
        self.out.gap()
        self.walk(element)
        self._run = [(text.replace(BREAK, " "), first, last) for text, first, last in self._run]
        self.flush("#" * level + " ")
        self.out.gap()
