"""Layouts of questions whose answers stand below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from layouts.content import Pair
from layouts.pieces import (
    Expected,
    Piece,
    Style,
    emphasised,
    filled,
    indented,
    label,
    lasting,
    numbered,
    tail,
    wrapped,
)

BLOCK = re.compile(r"[`|*-]|\d\. ")
"""How a list, a table or code begins."""

DEEPEST = 5
"""Blanks that the lines of a wrapped question are indented by at most: longer numbers hang over them."""

INDENTS = {"none": "", "2": "  ", "3": "   ", "4": "    ", "tab": "\t"}


def asking(text: str, n: int, style: Style) -> list[str]:
    """The lines of a question with its marker, number, label, emphasis and what stands behind it."""
    marker = "#" * int(style["level"]) + " " if style["level"] != "none" else ""
    marker += "" if style["marker"] == "none" else style["marker"] + " "
    named = _label(style, "asked label", 0, "question", n)
    number = numbered(style, n)
    if style["emphasis holds"] == "number":
        line = named + emphasised(number + text, style["emphasis"])
    else:
        line = number + named + emphasised(text, style["emphasis"])
    hang = " " * len(marker + number) if len(marker + number) <= DEEPEST else ""
    if style["label place"] == "own" and named:
        lines = [(marker + number + named).rstrip(), *wrapped(text, style)]
    else:
        lines = wrapped(line, style, marker, hang)
    return [*lines[:-1], lines[-1] + tail(style, n)]


def stacked(pair: Pair, n: int, style: Style) -> Piece:
    """A question and, below it, its answer in the dress of the style."""
    asked = asking(pair.question, n, style)
    indent = INDENTS[style["indent"]]
    asked += indented(_more(pair), indent)
    told = indented([*answering(pair, n, style), *_source(n, style)], indent)
    gap = [""] if style["gap"] == "blank" else []
    return _piece(pair, n, style, asked, [*asked, *gap, *told])


def _more(pair: Pair) -> list[str]:
    """The code that a question is about, below it."""
    return ["", *pair.more.split("\n")] if pair.more else []


def _source(n: int, style: Style) -> list[str]:
    """A labelled line behind the answer that belongs to the note and not to the answer."""
    if style["extra"] == "none":
        return []
    return [label(style, style.word("source"), n) + f"{style.word('remark')} {n % 7 + 1}"]


def headed(pair: Pair, n: int, style: Style) -> Piece:
    """The question as a heading or below one, and its answer below a heading that says so."""
    if style["stem"] == "below its number":
        head = f"{'#' * int(style['level'])} {style.word('question')} {n}"
        asked = [head, "", pair.question + tail(style, n)]
    else:
        asked = asking(pair.question, n, style)
    asked += _more(pair)
    answer_head = f"{'#' * (int(style['level']) + 1)} {style.word('answer')}"
    return _piece(pair, n, style, asked, [*asked, "", answer_head, "", *filled(pair.answer, style)])


def answering(pair: Pair, n: int, style: Style) -> list[str]:
    """The lines of an answer with its label and its dress."""
    lines = labelled(filled(pair.answer, style), _label(style, "told label", 1, "answer", n), style)
    match style["dress"]:
        case "quote":
            return indented(lines, "> ")
        case "bullet" if not pair.answer.startswith(("- ", "* ")):
            return [("- " if at == 0 else "  ") + line if line else "" for at, line in enumerate(lines)]
        case "arrow":
            return [style["arrow"] + " " + lines[0], *lines[1:]]
        case "italics":
            return [f"*{lines[0]}*"]
        case "bold":
            return [f"**{lines[0]}**"]
        case "fold":
            return ["<details>", f"<summary>{style.word('show')}</summary>", "", *lines, "", "</details>"]
        case "tight fold":
            return [f"<details><summary>{style.word('answer')}</summary>", *lines, "</details>"]
    return lines


def labelled(lines: list[str], word: str, style: Style) -> list[str]:
    """The lines of an answer behind its label, in one line where its first line is text."""
    if not word:
        return lines
    is_block = BLOCK.match(lines[0]) is not None
    if style["label place"] == "own" or is_block:
        return [word.rstrip(), *([""] if is_block else []), *lines]
    return [word + lines[0], *lines[1:]]


def _label(style: Style, which: str, place: int, name: str, n: int) -> str:
    match style["asked label"] if style[which] == "as asked" else style[which]:
        case "emoji":
            return ("❓", "💡")[place] + " "
        case "signs":
            return ("?", "!")[place] + " "
        case "fields":
            return label(style, ("Front", "Back")[place], n)
        case "terms":
            return label(style, style.word(("term", "meaning")[place]), n)
        case "short":
            return label(style, style.word("short", place), n)
        case "long":
            return label(style, style.word(name), n)
    return ""


def _piece(pair: Pair, n: int, style: Style, asked: list[str], lines: list[str], skip: int = 0) -> Piece:
    return Piece(
        tuple(lines),
        Expected(
            first=skip,
            last=skip + len(asked) - 1,
            question="\n".join(filter(None, (pair.question, pair.more))),
            answer=pair.answer,
            marks=lasting(style, n),
            behind="".join(_source(n, style)),
            end=len(lines) - 1,
        ),
    )


def asked_only(pair: Pair, n: int, style: Style) -> Piece:
    """A question whose answer stands in a list behind all questions."""
    asked = asking(pair.question, n, style)
    return _piece(pair, n, style, asked, asked)


def answers(pairs: Sequence[Pair], style: Style) -> list[str]:
    """The list of answers that stands behind all questions."""
    head = style.word("key", style.variant)
    head = {"##": f"## {head}", "**": f"**{head}**", ":": f"{head}:"}[style["key title"]]
    sign = ")" if style["number"] == "1)" else "."
    return [head, "", *(f"{n}{sign} {pair.answer}" for n, pair in enumerate(pairs, 1))]


def on_one_line(pair: Pair, n: int, style: Style) -> Piece:
    """Question and answer with their labels on one line."""
    named = [_label(style, "asked label", 0, "question", n), _label(style, "told label", 1, "answer", n)]
    marker = "" if style["marker"] == "none" else style["marker"] + " "
    text = f"{numbered(style, n)}{named[0]}{pair.question} {named[1]}{pair.answer}"
    lines = wrapped(text, style, marker, "  ")
    return _piece(pair, n, style, lines, lines)


def after_the_sign(pair: Pair, n: int, style: Style) -> Piece:
    """A question and, behind its question mark, its answer."""
    marker = "" if style["marker"] == "none" else style["marker"] + " "
    asked = numbered(style, n) + emphasised(pair.question, style["emphasis"])
    lines = wrapped(f"{asked} {pair.answer}", style, marker, "  ")
    return _piece(pair, n, style, lines, lines)


def fold(pair: Pair, n: int, style: Style) -> Piece:
    """The question as the cover of a fold that holds its answer."""
    asked = emphasised(numbered(style, n) + pair.question, style["emphasis"])
    if style["cover"] == "own line":
        head = ["<details>", f"<summary>{asked}</summary>"]
    else:
        head = [f"<details><summary>{asked}</summary>"]
    lines = [*head, "", *filled(pair.answer, style), "", "</details>"]
    return _piece(pair, n, style, head, lines)


def definition(pair: Pair, n: int, style: Style) -> Piece:
    """A definition list of Markdown: the term on its line, `: ` and the meaning below."""
    asked = [emphasised(pair.question, style["emphasis"])]
    colon = ":" + style["colon"].replace("tab", "\t").replace("three", "   ").replace("one", " ")
    told = [colon + line if at == 0 else "    " + line for at, line in enumerate(filled(pair.answer, style))]
    gap = [""] if style["gap"] == "blank" else []
    return _piece(pair, n, style, asked, [*asked, *gap, *told])


def callout(pair: Pair, n: int, style: Style) -> Piece:
    """A callout of a wiki: the question as its title, the answer as its text."""
    asked = [f"> [!{style['callout']} {numbered(style, n)}{pair.question}"]
    return _piece(pair, n, style, asked, [*asked, *indented(filled(pair.answer, style), "> ")])


def mark_between(pair: Pair, n: int, style: Style) -> Piece:
    """Question and answer parted by a line with a mark alone, as programs for repetition read them."""
    asked = wrapped(pair.question, style)
    told = filled(pair.answer, style)
    review = [f"<!--SR:!2024-0{n % 9 + 1}-17,{n + 3},250-->"] if style["review"] == "comment" else []
    return _piece(pair, n, style, asked, [*asked, style["mark"], *told, *review])


def start_and_end(pair: Pair, n: int, style: Style) -> Piece:
    """A card between `START` and `END`, its answer behind `Back:`."""
    told = filled(pair.answer, style)
    back = [f"Back: {told[0]}", *told[1:]] if told[0][:1] not in "`|-*" else ["Back:", *told]
    lines = ["START", "Basic", pair.question, *back]
    lines += [f"<!--ID: {1700000000000 + 104729 * n}-->"] if style["review"] == "comment" else []
    return _piece(pair, n, style, [pair.question], [*lines, "END"], skip=2)


def html(pair: Pair, n: int, style: Style) -> Piece:
    """Question and answer in tags of HTML."""
    question = escape(numbered(style, n) + pair.question, quote=False)
    paragraphs = [escape(" ".join(part.split("\n")), quote=False) for part in pair.answer.split("\n\n")]
    if pair.answer.startswith(("- ", "* ")):
        items = [f"<li>{escape(line[2:], quote=False)}</li>" for line in pair.answer.split("\n")]
        told = ["<ul>", *items, "</ul>"]
    else:
        told = [f"<p>{text}</p>" for text in paragraphs]
    match style["tags"]:
        case "h3":
            asked = [f"<h3>{question}</h3>"]
        case "h4 id":
            asked = [f'<h4 id="q{n}">{question}</h4>']
        case "p b":
            asked = [f"<p><b>{question}</b></p>"]
        case "div":
            asked = [f'<div class="question">{question}</div>']
            told = ['<div class="answer">', *told, "</div>"]
        case _:
            asked = [f"<dt>{question}</dt>"]
            told = [f"<dd>{' '.join(paragraphs)}</dd>"] if told[0] != "<ul>" else ["<dd>", *told, "</dd>"]
    return _piece(pair, n, style, asked, [*asked, *told])
