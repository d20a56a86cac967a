"""A reading: a file of another format as lines of Markdown, each with the lines of the file that it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec import Struct

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.model.text import whole
from deckbuild.syntax.latex_rules import told_formula

DEEPEST = 200
"""Elements inside each other that a reader follows; documents of people have some 30, saved pages included."""

_SPECIAL = regex(r"[\\`*_\[\]<~]|=(?==)|&(?=#?\w+;)|!(?=\[)")
_BRACKETS = {"[": "&#91;", "]": "&#93;"}
_FIRST = regex(r"(?=#{1,6}(?:\s|$)|>|\+\s|`{3}|~{3}|\||:\s|[=-]+\s*$)")
"""What would be markup at the start of a line. Typed numbers, letters and dashes stay the lists that people mean."""

_MATHS = regex(
    r"\\\([^\n]+?\\\)|\\\[[^\0]+?\\\]|\$\$[^\0]+?\$\$"
    r"|(?P<dollar>(?<![\\\w$])\$(?!\s)[^$\n]+?(?<![\s\\])\$(?![\w$]))"
)
_ITEM = regex(r"(?:[-*+]|1[.)])\s")
"""What begins a list inside a paragraph of Markdown."""

_FURTHER_ITEM = regex(r"(?:[-*+]|\d{1,9}[.)])\s")
"""What begins an item inside a list that has begun."""

_TICKS = regex(r"`+")


class Unreadable(Exception):
    """A file is not what its name says, or holds what no study document has; the message says what."""

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(why)
        self.line = line


class Asked(Struct, frozen=True):
    """A question that the format itself tells, by the lines of the reading.

    `options` is a list of which the answer names the right ones; `id` is the identity that the author gave it.
    """

    question: SourceSpan
    answer: SourceSpan | None
    options: SourceSpan | None = None
    tags: tuple[str, ...] = ()
    id: str = ""
    extras: Mapping[str, str] = {}

    @property
    def span(self) -> SourceSpan:
        """All lines of the question, its options and its answer."""
        parts = [part for part in (self.question, self.options, self.answer) if part]
        return SourceSpan(parts[0].line, parts[-1].end_line)


class Reading(Struct, frozen=True):
    """Lines of Markdown, and for each the lines of the file (0 for none).

    `aside` are lines of the file that are in none, with the reason; `asked` the questions that the format tells,
    `alone` where no others are looked for beside them. A file of `rows` has no other notes than these.
    Where text `flows`, the end of a line says nothing. `deck` and `tags` are those that the file gives all its notes,
    `tagged` those of single lines; what begins in lines `both_ways` asks for each of its sides. `extra` is what a
    cloze of a line shows with its answer.
    """

    lines: tuple[str, ...]
    places: tuple[SourceSpan, ...]
    aside: Mapping[int, str] = {}
    asked: tuple[Asked, ...] = ()
    alone: bool = False
    rows: bool = False
    flows: bool = False
    deck: str = ""
    tags: tuple[str, ...] = ()
    tagged: Mapping[int, tuple[str, ...]] = {}
    both_ways: frozenset[int] = frozenset()
    extra: Mapping[int, str] = {}


class Writer:
    """Collects the lines of a reading, inside lists and quotes too."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.places: list[SourceSpan] = []
        self.aside: dict[int, str] = {}
        self.asked: list[Asked] = []
        self.tagged: dict[int, tuple[str, ...]] = {}
        self.both_ways: set[int] = set()
        self.extra: dict[int, str] = {}
        self._prefixes: list[tuple[str | None, str]] = []

    def add(self, text: str, line: int, end_line: int = 0) -> int:
        """A line that comes from these lines of the file; returns its number. Line ends in the text are blanks."""
        text = whole(text).replace("\n", " ")
        prefix = "".join(rest if first is None else first for first, rest in self._prefixes)
        self._prefixes = [(None, rest) for _, rest in self._prefixes]
        self.lines.append(prefix + text if text else prefix.rstrip())
        self.places.append(SourceSpan(line, max(line, end_line)))
        return len(self.lines)

    def gap(self) -> None:
        """A blank line, unless there is one, or a list or quote has just begun."""
        blank = "".join(rest for _, rest in self._prefixes).rstrip()
        if self.lines and self.lines[-1] != blank and all(first is None for first, _ in self._prefixes):
            self.lines.append(blank)
            self.places.append(self.places[-1])

    @contextmanager
    def inside(self, first: str, rest: str) -> Iterator[None]:
        """What is added begins with `first`, its further lines with `rest`."""
        self._prefixes.append((first, rest))
        yield
        self._prefixes.pop()

    def code(self, lines: Sequence[str], language: str, line: int, step: int = 1) -> None:
        """A block of code, the first line of which comes from `line`; the next from the next, or with 0 from there."""
        fence = fence_of("\n".join(lines))
        self.gap()
        self.add(f"{fence}{language}", line)
        for number, text in enumerate(lines):
            self.add(text, line + step * number)
        self.add(fence, line + step * max(0, len(lines) - 1))
        self.gap()

    def rows(self, rows: Sequence[tuple[Sequence[str], SourceSpan]], titled: bool) -> None:
        """A table of cells of Markdown with the lines of each row; the first are its titles, if it has such.

        Columns that hold nothing below their titles are left out; tables laid out for print have them between others.
        """
        width = max(len(cells) for cells, _ in rows)
        told = rows[int(titled and len(rows) > 1) :]
        full = [n for n in range(width) if any(n < len(cells) and cells[n].strip() for cells, _ in told)]
        if 1 < len(full) < width:
            rows = [([cells[n] for n in full if n < len(cells)], span) for cells, span in rows]
            width = len(full)
        head = rows[0][1].line
        self.gap()
        if not titled:
            self.add("|" + " |" * width, head)
        for number, (cells, span) in enumerate(rows):
            if number == int(titled):
                self.add("|" + " --- |" * width, head)
            whole = [*cells, *[""] * (width - len(cells))]
            self.add("| " + " | ".join(map(in_cell, whole)) + " |", span.line, span.end_line)
        if len(rows) == 1 and titled:
            self.add("|" + " --- |" * width, head)
        self.gap()

    def reading(self, alone: bool = False, rows: bool = False, flows: bool = False) -> Reading:
        """What was collected."""
        return Reading(
            tuple(self.lines),
            tuple(self.places),
            self.aside,
            tuple(self.asked),
            alone,
            rows,
            flows,
            tagged=self.tagged,
            both_ways=frozenset(self.both_ways),
            extra=self.extra,
        )


def escaped(text: str) -> str:
    """Plain text inside a line as Markdown that shows it; formulas in it are formulas."""
    done, parts = 0, []
    for found in _MATHS.finditer(text):
        parts.append(_SPECIAL.sub(_with_slash, text[done : found.start()]))
        parts.append(found[0] if found["dollar"] else told_formula(found[0][2:-2], found[0][:2] != "\\("))
        done = found.end()
    return "".join((*parts, _SPECIAL.sub(_with_slash, text[done:])))


def started(line: str) -> str:
    """A line of Markdown that is no block by its first signs."""
    return f"\\{line}" if _FIRST.match(line) else line


def broken(parts: Sequence[str]) -> list[str]:
    """Lines that an author broke inside a paragraph, with the signs that keep them apart.

    A line that begins as an item does begins a list, or goes on with one, and needs none.
    """
    made, listed = [], bool(parts and _FURTHER_ITEM.match(parts[0]))
    for part, after in zip(parts, (*parts[1:], ""), strict=False):
        begins = (_FURTHER_ITEM if listed else _ITEM).match(after)
        listed = listed or begins is not None
        made.append(part + ("\\" if part and after and not begins else ""))
    return made


def _with_slash(found: re.Match[str]) -> str:
    """A sign that shows itself; brackets as entities, since slashes would make them those of a formula."""
    return _BRACKETS.get(found[0]) or "\\" + found[0]


def code_span(text: str) -> str:
    """Code inside a line."""
    text = " ".join(text.split())
    if not text:
        return ""
    ticks = "`" * (1 + max(map(len, _TICKS.findall(text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def fence_of(code: str) -> str:
    """A fence longer than any run of backticks in the code."""
    return "`" * max(3, 1 + max(map(len, _TICKS.findall(code)), default=0))


def wrapped(mark: str, text: str) -> str:
    """Marked text, the white space at its ends outside the marks."""
    bare = text.strip()
    if not bare:
        return text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{mark}{bare}{mark}{tail}"


def in_cell(text: str) -> str:
    """Markdown on one line of a table."""
    return "<br>".join(part.strip() for part in text.split("\n") if part.strip()).replace("|", "\\|")
