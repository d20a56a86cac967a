"""What layouts are composed of: a style, the pieces that it writes, and how words and numbers look in it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from msgspec import Struct

from layouts.content import Content

CJK = ("zh", "ja")
"""Languages without blanks, whose letters are two columns wide."""

WHOLE = re.compile(r"[!-~]+|.")
"""What no line end comes into: a run of Latin letters and marks, or one letter."""


class Expected(Struct, frozen=True):
    """A note that a reader finds: `first` to `last` are the lines of its question.

    `marks` stand behind the question, and may stay there; `beside` stands in other columns of its row, and
    may follow the answer; `titles` are those of the columns. A multiple-choice note has `options`, and its
    answer is the right ones, a line each.
    """

    first: int
    last: int
    question: str
    answer: str
    options: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    behind: str = ""
    """A line of the note that follows the answer and is none of it, such as its source."""

    secret: str = ""
    """What stands with the question and gives the answer away: no card may ask with it."""

    kind: str = ""
    """What the answer consists of, as of a `Pair` or a `Choice`."""

    end: int = 0
    """Last line of the answer."""


class Piece(Struct, frozen=True):
    """Some lines, and the note that they hold; its lines are counted from the first line of the piece."""

    lines: tuple[str, ...]
    note: Expected | None = None


class Style(Struct, frozen=True):
    """One layout: the value of each dimension, and the language whose words it uses."""

    values: dict[str, str]
    content: Content

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "none")

    def word(self, name: str, place: int = 0) -> str:
        """One of the words that the language has for `name`."""
        words = self.content.words[name]
        return words[place % len(words)]

    @property
    def variant(self) -> int:
        """Which of several words of a kind this layout uses."""
        return int(self.values.get("wording", "0"))


def wrapped(text: str, style: Style, first: str = "", rest: str = "") -> list[str]:
    """The lines of a text behind `first` and `rest`, filled up to the width of the style."""
    if style["wrap"] == "none":
        return [first + line if place == 0 else rest + line for place, line in enumerate(text.split("\n"))]
    width = int(style["wrap"])
    if style.content.language in CJK:
        lines = [""]
        for letter in WHOLE.findall(text):
            if lines[-1] and len(lines[-1]) + len(letter) > width // 2:
                lines.append("")
            lines[-1] += letter
        return [(rest if at else first) + line for at, line in enumerate(lines)]
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def filled(answer: str, style: Style) -> list[str]:
    """The lines of an answer with its running text wrapped; code, tables and lists stay as they are."""
    lines: list[str] = []
    fenced = False
    for line in answer.split("\n"):
        fenced ^= line.startswith("```")
        is_text = line and not fenced and line[:1] not in "`|-*"
        lines += wrapped(line, style) if is_text else [line]
    return lines


def numbered(style: Style, n: int) -> str:
    """The number before a question, with its sign and a blank."""
    word = style.word("question")
    return {
        "none": "",
        "1.": f"{n}. ",
        "1)": f"{n}) ",
        "(1)": f"({n}) ",
        "1 -": f"{n} - ",
        "1.1": f"{(n + 4) // 5}.{(n - 1) % 5 + 1} ",
        "#1": f"#{n} ",
        "001": f"{n:03} ",
        "Q1.": f"Q{n}. ",
        "Q1:": f"Q{n}: ",
        "[1]": f"[{n}] ",
        "Question 1:": f"{word} {n}: ",
        "Question 1.": f"{word} {n}. ",
        "Question #1 -": f"{word} #{n} – ",
        "①": f"{chr(0x245F + n)} " if n <= 20 else f"{n}. ",
    }[style["number"]]


def tail(style: Style, n: int) -> str:
    """What stands behind a question: points, how hard it is, an anchor, a tag."""
    return {
        "none": "",
        "points": f" {style.word('points', n)}",
        "level": f" [{style.word('level', n)}]",
        "star": " ⭐" if n % 2 else "",
        "stars": " " + "★" * (n % 3 + 1),
        "attribute": f" {{#q{n}}}",
        "block id": f" ^card{n}",
        "tag": " #exam" if n % 2 else " #exam/hard",
        "comment": f" <!-- id: {1700000000 + 7919 * n} -->",
        "year": f" ({2015 + n % 9})",
        "page": f" _{n + 100}_",
    }[style["tail"]]


def lasting(style: Style, n: int) -> tuple[str, ...]:
    """The marks behind a question that a card may show as well."""
    mark = tail(style, n).strip()
    return (mark,) if style["tail"] in ("points", "level", "star", "stars", "year", "page", "tag") else ()


def emphasised(text: str, how: str) -> str:
    """A text in bold, italics or a tag of HTML."""
    before, after = {
        "none": ("", ""),
        "**": ("**", "**"),
        "__": ("__", "__"),
        "*": ("*", "*"),
        "***": ("***", "***"),
        "<b>": ("<b>", "</b>"),
        "<strong>": ("<strong>", "</strong>"),
        "`": ("`", "`"),
        "[": ("[", "]"),
    }[how]
    return f"{before}{text}{after}"


def label(style: Style, word: str, n: int) -> str:
    """A label such as `Q3: ` with the sign and the emphasis of the style, a blank behind it."""
    if style["label numbers"] == "yes":
        word = f"{word}{n}" if len(word) < 3 else f"{word} {n}"
    sign = style["sign"]
    sign = "" if sign == "none" else sign
    return {
        "none": f"{word}{sign}",
        "**:": f"**{word}{sign}**",
        "**": f"**{word}**{sign}",
        "*": f"*{word}{sign}*",
        "<b>": f"<b>{word}{sign}</b>",
    }[style["label emphasis"]] + ("" if sign == "：" else " ")


def indented(lines: Iterable[str], by: str) -> list[str]:
    """The lines behind an indent or another mark; blank ones only behind a mark that shows."""
    return [by + line if line else by.rstrip() for line in lines]


def blank(between: str) -> list[str]:
    """What parts two pieces."""
    return {
        "none": [],
        "blank": [""],
        "two": ["", ""],
        "three": ["", "", ""],
        "---": ["", "---", ""],
        "***": ["", "***", ""],
        "===": ["", "=" * 20, ""],
        "<hr>": ["", "<hr>", ""],
        "<br>": ["", "<br>", ""],
    }[between]
