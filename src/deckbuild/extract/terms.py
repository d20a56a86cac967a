"""Shapes of reference parts that ask: tables of questions and answers, and glossaries of marked terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile

from msgspec.structs import replace

from deckbuild.extract.candidate import Candidate, pair
from deckbuild.extract.vocabulary import ANSWERS, BACK, FRONT, MEANINGS, QUESTIONS, TERMS
from deckbuild.model import AnyBlock, Blocks, Heading, List, Paragraph, Row, Strong, Table, Text
from deckbuild.model.text import inline_text, normalise
from deckbuild.model.trim import drop, split_at, split_lines, strip

_GLOSSARY = re.compile(
    r"\b(?:glossar\w*|glosario|terms?|terminolog\w*|vocabular\w*|vocabulaire|vocabulario|definitions?|definiciones"
    r"|définitions|definitionen|begriffe|abbreviations|acronyms)\b",
    re.IGNORECASE,
)
"""Titles of sections whose items define terms."""

_PARTS = re.compile(r"\s*(?:[:：]|[-–—]\s)\s*")
_LONGEST_TERM = 60
"""Characters; what stands before the colon of a sentence is longer."""


def question_tables(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """The rows of a table whose titles say question and answer, or of two columns of which the first asks."""
    for block in sequence:
        if isinstance(block, Table) and (columns := _columns(block)):
            asking, answering = columns
            for row in block.rows:
                asked, reply = row.cells[asking], row.cells[answering]
                answer: Blocks = (Paragraph(row.span, reply),) if strip(reply) else ()
                if answer:
                    answer = (*answer, *_others(block, row, columns))
                if strip(asked):
                    yield pair("table row", asked, row.span, answer, ("table row", depth), "question table")


def _others(table: Table, row: Row, columns: tuple[int, int]) -> Iterator[Paragraph]:
    """What further columns say, each with its title."""
    for at, (title, cell) in enumerate(zip(table.header.cells, row.cells, strict=False)):
        if at not in columns and strip(cell):
            named = (Strong(row.span, title), Text(row.span, ": ")) if strip(title) else ()
            yield Paragraph(row.span, (*named, *cell))


def glossary_items(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """Items and paragraphs below a heading of terms that begin with a term and a colon or dash."""
    for at, block in enumerate(sequence):
        if isinstance(block, Heading) and _GLOSSARY.search(inline_text(block.content)):
            below = takewhile(closed_by(block.level), sequence[at + 1 :])
            for paragraph, rest in (entry for part in below for entry in _entries(part)):
                yield from _definition(paragraph, rest, depth)


def closed_by(level: int) -> Callable[[AnyBlock], bool]:
    """A test for the blocks below a heading of a level: all but a heading of that level or above."""
    return lambda block: not (isinstance(block, Heading) and block.level <= level)


def _columns(table: Table) -> tuple[int, int] | None:
    """The columns that hold questions and answers, or terms and meanings if there are no others.

    A table of terms with more columns is a reference table, whose rows make notes with all of them.
    """
    titles = [normalise(inline_text(cell)) for cell in table.header.cells]
    for asking, answering in ((QUESTIONS | {FRONT}, ANSWERS | {BACK}), (TERMS, MEANINGS)):
        first = next((at for at, title in enumerate(titles) if title in asking), None)
        second = next((at for at, title in enumerate(titles) if title in answering), None)
        if first is not None and second is not None and first < second:
            return (first, second) if asking is not TERMS or len(titles) == 2 else None
    return (0, 1) if len(titles) == 2 and _asks(table) else None


def _asks(table: Table) -> bool:
    asking = sum(inline_text(row.cells[0]).rstrip().endswith(("?", "？", "؟")) for row in table.rows)
    return asking >= max(2, 0.8 * len(table.rows))


def _entries(block: AnyBlock) -> Iterator[tuple[Paragraph, Blocks]]:
    if isinstance(block, Paragraph):
        lines = list(split_lines(block))
        every = len(lines) > 1 and all(_PARTS.search(inline_text(line.content)) for line in lines)
        yield from ((line, ()) for line in (lines if every else [block]))
    elif isinstance(block, List):
        for item in block.items:
            if item.blocks and isinstance(item.blocks[0], Paragraph):
                yield item.blocks[0], item.blocks[1:]


def _definition(paragraph: Paragraph, rest: Blocks, depth: int) -> Iterator[Candidate]:
    content = paragraph.content
    text = inline_text(content)
    marked = len(inline_text(content[:1])) if content and isinstance(content[0], Strong) else 0
    parts = _PARTS.match(text, marked) if marked else _PARTS.search(text)
    if parts and parts[0].startswith("\n"):
        return  # a definition list, whose terms stand on lines of their own
    inside = marked and text[:marked].rstrip().endswith(":")
    if inside:
        term, meaning = split_at(content, marked)
    elif parts and parts.start() <= _LONGEST_TERM:
        term, meaning = split_at(content, parts.start())[0], drop(content, parts.end())
    else:
        return
    meaning = strip(meaning)
    if any(map(str.isalpha, inline_text(term))) and meaning:
        answer = (replace(paragraph, content=meaning), *rest)
        name = strip(term)
        if inside:
            length = len(inline_text(name).rstrip(" :"))
            name = split_at(name, length)[0]
        yield pair("glossary item", name, paragraph.span, answer, ("glossary item", depth), "definition")
