"""Lines of raw HTML: what each shows without its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import HtmlSpan, Inlines, SourceSpan, Text

UnitKind: TypeAlias = Literal["text", "heading", "code", "row", "rule", "tag", "hidden"]
"""`row` is a line of a table, `tag` a line of nothing but HTML tags, `hidden` what no reader sees."""

MORE = "summary, more"
"""The tag of further lines of the title of a fold, which may hold blank lines and lists."""

_INLINE = regex(
    r"</?(?:b|i|em|strong|u|s|code|kbd|mark|sub|sup|span|a|font|small|big|dfn|abbr|cite|var|samp)\b[^<>]*>",
    re.IGNORECASE,
)
"""Tags that part no words."""

_LINK_BACK = regex(r"<a\s[^<>]*href\s*=\s*[\"']?#[^<>]*>[^<>]*</a>", re.IGNORECASE)

_IMAGE = regex(r"<img\b[^<>]*>", re.IGNORECASE)

_TAG = regex(r"<!--.*?-->|<button\b[^<>]*>.*?</button>|</?[A-Za-z][^<>]*>", re.IGNORECASE)
"""A tag, or what acts and says nothing: the button that copies a command."""

_TITLE = regex(r"<h(?P<level>[1-6])\b", re.IGNORECASE)

_NAME = regex(
    r"<(?P<name>/?[A-Za-z][\w-]*)(?:\s[^<>]*?\b(?:class\s*=\s*[\"']?\s*|data-(?=[\w-]+[\s>]))(?P<sort>[A-Za-z][\w-]*))?",
    re.IGNORECASE,
)
_PLAIN = frozenset(("div", "span", "section", "article"))
"""Elements that mean nothing without their class, or an attribute of their own that has no value: `data-question`."""

BREAKS = regex(r"(?:\s*</?br\s*/?>)+\s*", re.IGNORECASE)
"""What stands for blank lines where it fills its own."""

_ELEMENT = regex(r"(?=<(?:div|p|h[1-6]|li|dt|dd|section|article)\b)", re.IGNORECASE)
_FEWEST = 2
"""Elements of a line that show text."""


class HtmlLine(Struct, frozen=True):
    """What a line of raw HTML shows; `level` is that of a title, `tag` its first tag, with the class of a `div`.

    Elements with text of their own that share a line are a value each, and so are the title of a fold and what stands
    behind it, which begins at `start` in the text of the line.
    """

    number: int
    kind: UnitKind
    text: str = ""
    content: Inlines = ()
    level: int = 0
    tag: str = ""
    start: int = 0


def html_lines(text: str, first: int) -> Iterator[HtmlLine]:
    """The lines of an element of HTML, the first of which is line `first` of the document; blank ones are none."""
    commented = in_summary = False
    for number, line in enumerate(text.rstrip("\n").split("\n"), first):
        opened = line.rfind("<!--")
        hidden = commented or line.lstrip().startswith("<!--")
        commented = (commented or opened >= 0) and "-->" not in line[max(opened, 0) :]
        if not line.strip() or BREAKS.fullmatch(line):
            continue
        name = _NAME.search(line)
        tag = _sort(name) if name else ""
        lowered = line.lower()
        if (
            not hidden
            and not in_summary
            and "<summary" not in lowered
            and (several := _several(line, number))
        ):
            yield from several
            continue
        if not hidden and not in_summary and (folded := _folded(line, number)):
            yield from folded
            continue
        tag = "summary" if "<summary" in lowered else MORE if in_summary else tag
        in_summary = (in_summary or "<summary" in lowered) and "</summary" not in lowered
        shown = "" if hidden else shown_text(line)
        if _LINK_BACK.search(line) and not _TAG.sub("", _LINK_BACK.sub("", line)).strip():
            shown = ""
        title = _TITLE.search(line)
        span = SourceSpan(number, number)
        if not shown and (found := _IMAGE.search(line)) and not hidden:
            yield HtmlLine(number, "text", content=(HtmlSpan(span, found[0]),), tag=tag)
        elif not shown:
            yield HtmlLine(number, "hidden" if hidden else "tag", tag=tag)
        elif title:
            yield HtmlLine(number, "heading", shown, (Text(span, shown),), int(title["level"]), tag)
        else:
            yield HtmlLine(number, "text", shown, (Text(span, shown),), tag=tag)


def _several(line: str, number: int) -> list[HtmlLine]:
    """The elements of a line, if two or more show text: `<dt>mole</dt><dd>a wall</dd>`."""
    pieces = _ELEMENT.split(line)
    if len(pieces) < _FEWEST:
        return []
    span = SourceSpan(number, number)
    found = []
    for piece in pieces:
        if text := shown_text(piece):
            name, title = _NAME.match(piece), _TITLE.match(piece)
            kind: UnitKind = "heading" if title else "text"
            level = int(title["level"]) if title else 0
            tag = _sort(name) if name else ""
            found.append(HtmlLine(number, kind, text, (Text(span, text),), level, tag))
    return found if len(found) >= _FEWEST else []


_FOLDED = regex(r"(?P<title>.*<summary\b.*?</summary\s*>)(?P<rest>.*)", re.IGNORECASE)


def _folded(line: str, number: int) -> tuple[HtmlLine, ...]:
    """The title of a fold and what stands behind it on the same line; nothing where one of them is empty."""
    match = _FOLDED.fullmatch(line.strip())
    texts = [shown_text(match[name]) for name in ("title", "rest")] if match else []
    if not texts or not all(texts):
        return ()
    span = SourceSpan(number, number)
    title, rest = (HtmlLine(number, "text", text, (Text(span, text),)) for text in texts)
    return replace(title, tag="summary"), replace(rest, start=len(title.text) + 1)


def _sort(name: re.Match[str]) -> str:
    """The name of an element, with its first class where it means nothing by itself: `div.question`."""
    tag = name["name"].lower()
    return f"{tag}.{name['sort']}" if name["sort"] and tag in _PLAIN else tag


def shown_text(line: str) -> str:
    """The text of HTML without its tags; those that part words leave a blank."""
    return " ".join(unescape(_TAG.sub(" ", _INLINE.sub("", line))).split())
