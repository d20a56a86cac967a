"""Grids: tables and lines parted by TABs, their columns known by what stands in them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from deckbuild.extract.asking import asks
from deckbuild.extract.candidate import Candidate
from deckbuild.extract.listings import letters
from deckbuild.extract.page import Page
from deckbuild.extract.roles import is_glossary, role
from deckbuild.extract.signature import LETTERS
from deckbuild.model.trim import split_at, strip, unwrap
from deckbuild.extract.words import words
from deckbuild.model import Blocks, Inlines, Paragraph, SourceSpan, Table, inner_blocks
from deckbuild.model.text import inline_text

_INDEX = re.compile(r"[#№Qq]?\s*\.?\d{1,4}\.?")
_CODE = re.compile(r"[\w.:+/=-]*\d[\w.:+/=-]*")
_WORD = re.compile(r"[^\W\d_]+")


class Line(Struct, frozen=True):
    """One row: its cells and the lines it stands on."""

    cells: tuple[Inlines, ...]
    span: SourceSpan


class Grid(Struct, frozen=True):
    """Rows of one width below equal titles, and the columns that ask and answer; features say why."""

    rows: tuple[Line, ...]
    question: int
    answers: tuple[int, ...]
    features: dict[str, float]
    tabbed: bool
    options: tuple[int, ...] = ()
    notes: tuple[Candidate, ...] = ()


def grids(page: Page, blocks: Blocks) -> Iterator[Grid]:
    """All tables, those with equal titles together, and the lines with TABs, if their columns can be told."""
    pool: defaultdict[tuple[str, ...], list[tuple[Table, bool]]] = defaultdict(list)
    lines = {unit.line: at for at, unit in enumerate(page.units)}
    for table in (b for block in blocks for b in inner_blocks(block) if isinstance(b, Table)):
        at = lines.get(table.header.span.line, lines.get(table.span.line, 0))
        below = is_glossary(page.title(page.sections[at])) if page.units else False
        pool[tuple(letters(inline_text(c)) for c in table.header.cells)].append((table, below))
    for tables in pool.values():
        header = tables[0][0].header.cells
        rows = [Line(row.cells, row.span) for table, _ in tables for row in _body(table)]
        if rows:
            yield from _grid(page, header, rows, any(below for _, below in tables) or page.is_glossary, False)
    tabbed = _tabbed(page)
    if len(tabbed) >= 3:
        header, rows = _titled(tabbed)
        yield from _grid(page, header, rows, True, True)


def _body(table: Table) -> Sequence[Line]:
    """The rows of a table without a second row of titles."""
    rows = [Line(row.cells, row.span) for row in table.rows]
    if len(rows) > 2:
        strong = [all(not c or unwrap(c) != strip(c) for c in row.cells) for row in rows[:2]]
        if strong == [True, False]:
            return rows[1:]
    return rows


def _tabbed(page: Page) -> list[Line]:
    """The lines of text with TABs inside them."""
    found = []
    for unit in page.units:
        if unit.kind == "text" and "\t" in unit.text:
            cells, content = [], unit.content
            for text in unit.text.split("\t")[:-1]:
                head, content = split_at(content, len(text))
                cells.append(strip(head))
                content = split_at(content, 1)[1]
            cells.append(strip(content))
            filled = [c for c in cells if c]
            found.append(Line(tuple(cells if len(cells) == 2 else filled), SourceSpan(unit.line, unit.line)))
    return found


def _titled(rows: list[Line]) -> tuple[Sequence[Inlines], list[Line]]:
    first = [inline_text(c) for c in rows[0].cells]
    known = words()
    titles = known.question | known.answer | known.term | known.meaning
    if all(len(c) < 30 for c in first) and sum(bool(_tokens(c) & titles) for c in first) >= 2:
        return rows[0].cells, rows[1:]
    return (), rows


def _tokens(text: str) -> set[str]:
    found = set(_WORD.findall(text.casefold()))
    return found | {text.casefold().strip()}


def _grid(
    page: Page, header: Sequence[Inlines], rows: Sequence[Line], announced: bool, tabbed: bool
) -> Iterator[Grid]:
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    if width < 2:
        return
    columns = [[inline_text(r.cells[c]).strip() if c < len(r.cells) else "" for r in rows] for c in range(width)]
    titles = [inline_text(c).strip() for c in header] + [""] * width
    used = [c for c in range(width) if not _is_aside(columns[c], c, width)]
    if len(used) < 2:
        return
    asking = {c: sum(map(asks, columns[c])) / len(rows) for c in used}
    told_question = next((c for c in used if role(titles[c]) == "question" or _says(titles[c], words().question)), None)
    most = max(used[:-1], key=lambda c: asking[c])
    question = told_question if told_question is not None else most if asking[most] >= 0.45 else None
    told_term = next((c for c in used if _says(titles[c], words().term)), None)
    features = {
        "ask": asking[question] if question is not None else 0.0,
        "question title": float(told_question is not None),
        "announced": float(announced),
        "two columns": float(len(used) == 2),
        "rows": min(1.0, len(rows) / 10),
    }
    if question is not None:
        answer = next((c for c in used if c != question and role(titles[c]) == "answer"), None)
        features["answer title"] = float(answer is not None)
        options = _lettered(titles)
        if len(options) >= 2 and answer is not None:
            yield Grid(tuple(rows), question, (answer,), features | {"options": 1.0}, tabbed, options)
            return
        if answer is None:
            answer = next((c for c in used if c > question), None)
        if answer is not None:
            yield Grid(tuple(rows), question, (answer,), features, tabbed)
        return
    term = told_term if told_term is not None else used[0]
    meaning = next((c for c in used if c != term and _says(titles[c], words().meaning)), None)
    termlike = sum(_is_term(text) for text in columns[term]) / len(rows)
    features |= {
        "term title": float(told_term is not None),
        "meaning title": float(meaning is not None),
        "term": termlike,
    }
    answers = tuple(c for c in used if c != term) if meaning is None or len(used) > 3 else (meaning,)
    yield Grid(tuple(rows), term, answers, features, tabbed)


def _is_aside(column: Sequence[str], place: int, width: int) -> bool:
    """Whether a column only counts, holds codes, is nearly empty, or repeats a few tags."""
    full = [text for text in column if any(map(str.isalnum, text))]
    if len(full) < 0.2 * len(column):
        return True
    if place == 0 and sum(bool(_INDEX.fullmatch(text)) for text in full) >= 0.8 * len(full):
        return True
    codes = sum(bool(_CODE.fullmatch(text)) and len(text) >= 6 for text in full)
    if place == 0 and len(column) >= 3 and codes >= 0.9 * len(full) and len(set(full)) == len(full):
        return True
    few = len(set(full)) <= 0.5 * len(full) and sum(map(len, full)) < 50 * len(full)
    return len(column) >= 5 and few and place == width - 1 and place > 1


def _says(title: str, listed: frozenset[str]) -> bool:
    return len(title.split()) <= 4 and bool(_tokens(title) & listed)


def _is_term(text: str) -> bool:
    return bool(text) and len(text.split()) <= 7 and len(text) <= 60


def _lettered(titles: Sequence[str]) -> tuple[int, ...]:
    bare = [re.sub(r"\W|option", "", title.casefold()) for title in titles]
    return tuple(bare.index(letter) for letter in "abcdef" if letter in bare)


def notes(grid: Grid) -> Iterator[Candidate]:
    """A note for each row whose question and answer say something."""
    for row in grid.rows:
        if len(row.cells) <= grid.question:
            continue
        question, rest = row.cells[grid.question], [row.cells[c] for c in grid.answers if c < len(row.cells)]
        if grid.options and rest:
            text = inline_text(rest[0]).strip().casefold()[:1]
            place = LETTERS.get(text, -1)
            if 0 <= place < len(grid.options) and grid.options[place] < len(row.cells):
                rest = [row.cells[grid.options[place]]]
        if not inline_text(question).strip() and len(rest) > 1:
            question, rest = rest[0], rest[1:]
        answer = tuple(Paragraph(row.span, strip(c)) for c in rest if inline_text(c).strip(" -–—"))
        if any(map(str.isalnum, inline_text(question))) and answer:
            yield Candidate(
                "columns", (Paragraph(row.span, unwrap(question)),), answer, row.span, (), frozenset({"columns"})
            )
