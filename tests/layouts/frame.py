"""What stands around the regions of a document: titles, introductions, navigation, footers, line ends."""

from __future__ import annotations

from layouts.draw import Items
from layouts.family import Dimensions, Family
from layouts.page import Page
from layouts.pieces import Style

AROUND: Dimensions = {
    "title": ("#", "#", "none", "underlined", "bold", "capitals", "line"),
    "intro": ("none", "none", "text", "byline"),
    "above": ("none", "none", "none", "links", "bars", "crumbs", "contents", "questions", "front matter"),
    "below": ("none", "none", "none", "footer", "related", "share", "pager"),
    "divider": ("heading", "heading", "rule", "blank lines"),
    "line ends": ("unix", "unix", "unix", "windows"),
    "line tails": ("none",) * 9 + ("two blanks",),
    "byte order mark": ("none",) * 9 + ("yes",),
    "last line": ("ended", "ended", "open"),
}
"""Dimensions of a document as a whole."""


def _named(style: Style, of: str) -> str:
    return style.word({"notes": "title", "terms": "glossary"}.get(of, "quiz"), style.variant)


def title(page: Page, style: Style, of: str) -> None:
    """The title of a document, and what introduces it."""
    text = _named(style, of)
    lines = {
        "#": [f"# {text}"],
        "underlined": [text, "=" * max(3, len(text))],
        "bold": [f"**{text}**"],
        "capitals": [text.upper()],
        "line": [text],
    }.get(style["title"], [])
    page.apart(lines)
    intro = {"text": style.word("intro"), "byline": style.word("byline")}.get(style["intro"])
    page.apart([intro] if intro else [])


def divide(page: Page, style: Style, family: Family, level: int) -> None:
    """What parts a region from the one before; `level` is that of their headings."""
    text = _named(style, family.of)
    match style["divider"]:
        case "heading":
            page.apart(["#" * max(1, level - 1) + " " + text])
        case "rule":
            page.apart(["---"])
            page.apart([text + ":"])
        case _:
            page.part()
            page.add(["", ""])
            page.apart([text.upper()])


def above(page: Page, style: Style, items: Items) -> None:
    """What stands above the title; a contents list may name the items."""
    nav = style.content.words["nav"]
    match style["above"]:
        case "links":
            page.apart([f"- [{name}](/{n})" for n, name in enumerate(nav)])
        case "bars":
            page.apart([" | ".join(f"[{name}](/{n})" for n, name in enumerate(nav))])
        case "crumbs":
            page.apart([" > ".join([*nav[:2], style.word("title")])])
        case "contents":
            page.apart([f"**{style.word('contents')}**"])
            page.apart([f"- [{name}](#s{n})" for n, name in enumerate(style.content.words["sections"])])
        case "questions":
            page.apart([f"- [{item.question}](#s{n})" for n, item in enumerate(items)])
        case "front matter":
            page.apart(["---", f"title: {style.word('title')}", "tags: [exam, notes]", "---"])


def below(page: Page, style: Style) -> None:
    """What stands at the foot."""
    words = style.content.words
    match style["below"]:
        case "footer":
            page.apart(["---"])
            page.apart([style.word("footer")])
        case "related":
            page.apart([f"## {words['related'][0]}"])
            page.apart([f"- [{name}](/page/{n})" for n, name in enumerate(words["related"][1:])])
        case "share":
            page.apart(["---"])
            page.apart([" · ".join(words["share"])])
        case "pager":
            page.apart(["---"])
            page.apart([f"[← {words['nav'][1]}](/a) | [{words['nav'][2]} →](/b)"])


def encoded(lines: list[str], layout: dict[str, str]) -> str:
    """The lines as one text, with the ends that the layout gives them."""
    if layout["line tails"] == "two blanks":
        lines = _tailed(lines)
    end = "\r\n" if layout["line ends"] == "windows" else "\n"
    begin = "\ufeff" if layout["byte order mark"] == "yes" else ""
    return begin + end.join(lines) + (end if layout["last line"] == "ended" else "")


def _tailed(lines: list[str]) -> list[str]:
    """The lines with two blanks behind those of text, which ask for a break."""
    found: list[str] = []
    fenced = False
    for line in lines:
        fenced ^= line.lstrip(" >").startswith("```")
        found.append(f"{line}  " if line and not fenced and line[0] not in "#|`-<=" else line)
    return found
