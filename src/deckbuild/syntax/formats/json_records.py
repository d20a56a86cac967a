"""JSON and JSON lines: records with a question and its answer, with options or without; else rows of equal fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.json_choices import choice_of, counts_from_zero
from deckbuild.syntax.formats.json_shapes import as_rows, gathered
from deckbuild.syntax.formats.json_values import extras, one_line, tags, texts, turns
from deckbuild.syntax.formats.positioned_json import JsonNode, parse
from deckbuild.syntax.formats.reading import Asked, Reading, Unreadable, Writer
from deckbuild.syntax.formats.record_keys import bare, field, keys, tellers
from deckbuild.syntax.formats.written_tags import with_shown_tags

_SETTINGS = frozenset(("name", "version", "license", "description", "url"))
"""Fields of what describes a program."""

_ASKS = regex(r"[\"'](?:question|answer|prompt|front|term)\w*[\"']\s*:", re.IGNORECASE)
"""What a bank of questions says somewhere, whether it is sound JSON or not; the settings of programs don't."""

_NUMBER = regex(r"\s*(?P<number>\d{1,4})\s*[.):]\s*(?:[-–]\s*)?(?=\S)")
_COUNTING = 0.8
"""Share of questions that begin with the number after that of the one before, where numbers only count them."""

_FEWEST_ROWS = 3
"""Objects of the same fields, or pairs of names and texts, from which they are rows of a table."""


def read(lines: Sequence[str], name: str) -> Reading:
    """The records of a file. Raises `Unreadable` for what is no JSON."""
    if not any(map(str.strip, lines)):
        return Reading((), ())
    try:
        return _read(lines, name)
    except Unreadable:
        if _ASKS.search("\n".join(lines)):
            raise
        return Reading((), ())


def _read(lines: Sequence[str], name: str) -> Reading:
    reader = _Reader()
    if name.lower().endswith(".json"):
        root = parse("\n".join(lines))
    else:
        full = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
        root = JsonNode([parse(line, number) for number, line in full], 1, len(lines))
    reader.zero = counts_from_zero(_records(root))
    reader.glossary = _holds_glossaries(root)
    reader.numbered = _are_numbered(_records(root))
    reader.walk(root, 1)
    return reader.reading()


def reading_of(records: Sequence[JsonNode], from_zero: bool) -> Reading:
    """Records as questions; numbers of right options count from 0 or from 1."""
    reader = _Reader()
    reader.zero = from_zero
    for record in records:
        reader.record(record)
    return reader.reading()


def _is_glossary(node: JsonNode) -> bool:
    """Whether an object is nothing but terms and what they mean, and no settings of a program."""
    worded = (isinstance(v.value, str) and any(map(str.isalpha, v.value)) for v in node.fields.values())
    enough = len(node.fields) >= _FEWEST_ROWS or (
        bool(node.fields) and all(key.endswith("?") for key in node.fields)
    )
    return enough and all(worded) and not _SETTINGS & set(map(bare, node.fields))


def _holds_glossaries(node: JsonNode) -> bool:
    """Whether an object is a glossary, or groups of such, a remark such as `_comment` beside them."""
    groups = [value for key, value in node.fields.items() if not key.startswith("_")]
    return _is_glossary(node) or (bool(groups) and all(map(_holds_glossaries, groups)))


def _records(node: JsonNode) -> Iterator[JsonNode]:
    if node.fields and field(node, "question"):
        yield node
    for child in (*node.items, *node.fields.values()):
        yield from _records(child)


class _Reader:
    """Writes records as questions, and other lists of equal objects as rows."""

    def __init__(self) -> None:
        self.out = Writer()
        self.zero = True
        self.glossary = False
        self.numbered = False
        self._titles: list[tuple[int, str, int]] = []
        self._rows: list[tuple[list[str], SourceSpan]] = []
        self._columns: list[str] = []

    def walk(self, node: JsonNode, level: int) -> None:
        """All records in a value, below the titles of what they stand in."""
        if node.items:
            if rows := as_rows(node):
                self.table(*rows)
                return
            for item in node.items:
                self.walk(item, level)
        elif node.fields and not self.record(node):
            if self.glossary and _is_glossary(node) and not gathered(node):
                self.table([], [([key, value.text], _span(value)) for key, value in node.fields.items()])
                return
            if apart := gathered(node):
                for one in apart:
                    self.record(one)
                return
            title = field(node, "title")
            here = self._open(title.text, title.line, level) if title and title.text else level
            for key, value in node.fields.items():
                below = here
                if (value.items or value.fields) and bare(key) not in keys()["common"]:
                    below = self._open(key, value.line, here)
                self.walk(value, below)
                self._close(below, here)
            self._close(here, level)

    def record(self, node: JsonNode) -> bool:
        """Write a record; False where it has no question, or nothing that could answer."""
        question = field(node, "question")
        answer = next(iter(tellers(node, field(node, "answer"))), None)
        kind = node.fields.get("@type")
        if question is None and kind and kind.text == "Question":  # of schema.org
            question = node.fields.get("name")
        listed = node.fields.get("fields")
        if (
            question is None
            and listed
            and len(listed.items) > 1
            and all(i.text or i.value == "" for i in listed.items)
        ):
            question, answer = (
                listed.items[0],
                JsonNode(listed.items[1:], listed.items[1].line, listed.items[-1].end_line),
            )
        if question is None and (said := [turn for value in node.fields.values() for turn in turns(value)]):
            self._write_titles()
            for one, after in said:
                self.out.asked.append(Asked(self._part(texts(one)), self._part(texts(after))))
            return True
        if question is None or not texts(question) or question is answer:
            return False
        choice = choice_of(node, answer, self.zero)
        if answer is None and choice is None:
            return False
        self._write_titles()
        out = self.out
        asked = self._part(
            [(_NUMBER.sub("", text) if self.numbered else text, line) for text, line in texts(question)]
        )
        options = (
            self._part([(f"- {one_line(text)}", line) for text, line in choice.options]) if choice else None
        )
        told: list[tuple[str, int]] = []
        if choice:
            told = [(choice.options[n][0], choice.line) for n in choice.right]
        elif answer is not None:
            told = texts(answer)
        more = field(node, "explanation")
        extra = texts(more) if more and more is not answer else []
        answered = self._part(told + [t for t in extra if told]) if told else None
        out.asked.append(Asked(asked, answered, options, tuple(tags(node)), extras=dict(extras(node))))
        return True

    def table(self, titles: list[str], rows: list[tuple[list[str], SourceSpan]]) -> None:
        """Rows that extraction tells the columns of, by their titles and by what stands in them."""
        self._columns = self._columns or titles
        self._rows += rows

    def reading(self) -> Reading:
        """The questions; where there are none, the rows."""
        if self.out.asked or not self._rows:
            return self.out.reading(alone=True)
        from deckbuild.syntax.formats.delimited import add_row

        out = self.out = Writer()
        out.add("#separator:tab", 0)
        if self._columns:
            out.gap()
            out.add("#columns:" + "\t".join(self._columns), 0)
        for cells, span in self._rows:
            add_row(out, list(map(with_shown_tags, cells)), span.line, span.end_line)
        return out.reading(rows=True)

    def _part(self, told: list[tuple[str, int]]) -> SourceSpan:
        """Texts as paragraphs, lists as they are."""
        self.out.gap()
        first = len(self.out.lines) + 1
        for text, line in told:
            if not text.startswith("- ") and len(self.out.lines) >= first:
                self.out.gap()
            for part in with_shown_tags(text).split("\n"):
                self.out.add(part.rstrip(), line)
        return SourceSpan(first, len(self.out.lines))

    def _open(self, title: str, line: int, level: int) -> int:
        self._titles.append((min(6, level), one_line(title), line))
        return level + 1

    def _close(self, below: int, level: int) -> None:
        if below > level and self._titles:
            self._titles.pop()

    def _write_titles(self) -> None:
        """Titles that were opened and have not been written, now that something stands below them."""
        for at, (level, title, line) in enumerate(self._titles):
            if level:
                self.out.gap()
                self.out.add(f"{'#' * level} {title}", line)
                self._titles[at] = (0, title, line)


def _are_numbered(records: Iterable[JsonNode]) -> bool:
    """Whether questions begin with numbers that only count them: `1.- Which …?`, `2.- What …?`."""
    asked = [text[0][0] for record in records if (q := field(record, "question")) and (text := texts(q))]
    numbers = [int(found["number"]) for text in asked if (found := _NUMBER.match(text))]
    rising = sum(after - before == 1 for before, after in pairwise(numbers))
    return len(numbers) >= _FEWEST_ROWS and rising + 1 >= _COUNTING * len(asked)


def _span(node: JsonNode) -> SourceSpan:
    return SourceSpan(node.line, node.end_line)
