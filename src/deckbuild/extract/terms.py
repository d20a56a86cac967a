"""Shapes of reference parts that ask: tables of questions and answers, and glossaries of marked terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from msgspec.structs import replace

from deckbuild.extract.candidate import Candidate, pair
from deckbuild.extract.labelled_lines import ANSWERS, QUESTIONS
from deckbuild.extract.trim import drop, split_at, strip
from deckbuild.model import AnyBlock, Blocks, Heading, List, Paragraph, Strong, Table
from deckbuild.plain import inline_text, normalise

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
    """The rows of a table of two columns whose titles say question and answer, or whose first cells ask."""
    for block in sequence:
        if isinstance(block, Table) and len(block.header.cells) == 2 and _asks(block):
            for row in block.rows:
                answer = (Paragraph(row.span, row.cells[1]),) if strip(row.cells[1]) else ()
                yield pair(
                    "table row", row.cells[0], row.span, answer, ("table row", depth), "question table"
                )


def glossary_items(sequence: Blocks, depth: int) -> Iterator[Candidate]:
    """Items and paragraphs below a heading of terms that begin with a term and a colon or dash."""
    for at, block in enumerate(sequence):
        if isinstance(block, Heading) and _GLOSSARY.search(inline_text(block.content)):
            below = takewhile(lambda b: not isinstance(b, Heading), sequence[at + 1 :])
            for paragraph, rest in (entry for part in below for entry in _entries(part)):
                yield from _definition(paragraph, rest, depth)


def _asks(table: Table) -> bool:
    first, second = (normalise(inline_text(cell)) for cell in table.header.cells)
    if first in QUESTIONS and second in ANSWERS:
        return True
    asking = sum(inline_text(row.cells[0]).rstrip().endswith(("?", "？", "؟")) for row in table.rows)
    return asking >= max(2, 0.8 * len(table.rows))


def _entries(block: AnyBlock) -> Iterator[tuple[Paragraph, Blocks]]:
    if isinstance(block, Paragraph):
        yield block, ()
    elif isinstance(block, List):
        for item in block.items:
            if item.blocks and isinstance(item.blocks[0], Paragraph):
                yield item.blocks[0], item.blocks[1:]


def _definition(paragraph: Paragraph, rest: Blocks, depth: int) -> Iterator[Candidate]:
    content = paragraph.content
    text = inline_text(content)
    marked = len(inline_text(content[:1])) if content and isinstance(content[0], Strong) else 0
    parts = _PARTS.match(text, marked) if marked else _PARTS.search(text)
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
