"""Grids: tables and lines parted by TABs, their columns known by what stands in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.extract.notes.beside import READING, Parted, parted
from deckbuild.extract.notes.column_titles import body, halves, in_turn, is_row, stacked, titled
from deckbuild.extract.notes.columns import (
    MOST,
    are_kinds,
    are_links,
    are_readings,
    are_worded,
    choices,
    is_aside,
    is_key,
    is_link,
    is_term,
    says,
    usual_width,
)
from deckbuild.extract.notes.delimited import DelimitedLines
from deckbuild.extract.notes.fields import Line
from deckbuild.extract.notes.run_on_options import spread
from deckbuild.extract.page.asking import asks
from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import is_glossary, role
from deckbuild.extract.page.scripts import differ
from deckbuild.extract.page.wording import wording
from deckbuild.extract.words import words
from deckbuild.model import Inlines, Row, SourceSpan, Table
from deckbuild.model.text import inline_text

_CALLED = {"\t": "TAB", ";": "semicolon", "|": "bar", ",": "comma"}


class Grid(Struct, frozen=True):
    """Rows of one width below equal titles, and the columns that ask and answer; features say why."""

    rows: tuple[Line, ...]
    question: int
    answers: tuple[int, ...]
    features: dict[str, float]
    tabbed: bool
    options: tuple[int, ...] = ()
    beside: Mapping[int, str] = {}
    tags: tuple[int, ...] = ()
    table: Table | None = None
    """Of rows that are no table what they are as one."""


def grids(page: Page, tables: Iterable[Table], lines: Iterable[DelimitedLines]) -> Iterator[Grid]:
    """All tables, those with equal titles together, and delimited lines, if their columns can be told."""
    pool: defaultdict[tuple[str, ...], list[tuple[Table, bool]]] = defaultdict(list)
    places = {unit.line: at for at, unit in enumerate(page.units)}
    for table in tables:
        at = places.get(table.header.span.line, places.get(table.span.line, 0))
        below = is_glossary(page.title(page.sections[at])) if page.units else False
        pool[tuple(letters(inline_text(c)) for c in table.header.cells)].append((table, below))
    for alike in pool.values():
        found = [Line(row.cells, row.span) for table, _ in alike for row in body(table)]
        head = alike[0][0].header
        header, rows = stacked(head.cells, found)
        if len(alike) == 1 and in_turn([Line(head.cells, head.span), *found]):
            header, rows = (), halves([Line(head.cells, head.span), *found])
        elif len(alike) == 1 and is_row(header, rows):
            header, rows = (), [Line(head.cells, head.span), *found]
        header, rows = spread(header, rows)
        if rows:
            yield from _grid(page, header, rows, any(below for _, below in alike) or page.is_glossary, False)
    for run in lines:
        header, rows = spread(*stacked(*titled(run)))
        if not rows or (len(rows) < 2 and not run.exported):
            continue
        more = {
            "cover of lines": run.cover,
            "exported": float(run.exported),
            "fenced": float(run.fenced),
            f"by {_CALLED[run.sign]}" if run.sign in _CALLED else "by another sign": 1.0,
        }
        tags = run.tags or tuple(c for c, title in enumerate(header) if role(inline_text(title)) == "tags")
        for grid in _grid(page, header, rows, True, True, run.aside | set(tags), run.exported):
            yield replace(grid, features=grid.features | more, tags=tags, table=_table(header, rows))


def _table(header: Sequence[Inlines], rows: Sequence[Line]) -> Table:
    width = max(len(row.cells) for row in rows)
    cells = [Row((*line.cells, *((),) * (width - len(line.cells))), line.span) for line in rows]
    titles = (*header, *((),) * width)[:width]
    span = SourceSpan(rows[0].span.line, rows[-1].span.end_line)
    return Table(span, Row(titles, rows[0].span), tuple(cells))


def _grid(
    page: Page,
    header: Sequence[Inlines],
    rows: Sequence[Line],
    announced: bool,
    tabbed: bool,
    named: frozenset[int] = frozenset(),
    exported: bool = False,
) -> Iterator[Grid]:
    width = usual_width([len(row.cells) for row in rows], exported)
    if width < 2:
        return
    columns = [
        [inline_text(r.cells[c]).strip() if c < len(r.cells) else "" for r in rows] for c in range(width)
    ]
    titles = [inline_text(c).strip() for c in header] + [""] * width
    right = choices(columns)
    asides = [c for c in range(width) if c not in named and c != right and is_aside(columns[c], c, width)]
    if exported and asides[:1] == [0] and (width - len(named | set(asides)) < 2 or is_key(columns[0])):
        asides = asides[1:]
    used = [c for c in range(width) if c not in named and c not in asides]
    worded = [c for c in range(width) if c not in named and c not in used and are_worded(columns[c])]
    kinds = [c for c in used if c != right and role(titles[c]) != "answer" and are_kinds(columns[c])]
    if len(used) - len(kinds) >= 2:
        used = [c for c in used if c not in kinds]
    else:
        kinds = []
    readings = tuple(c for c in used[1:] if says(titles[c], words().reading) or are_readings(columns[c]))
    if len(used) - len(readings) >= 2:
        used = [c for c in used if c not in readings]
    else:
        readings = ()
    if len(used) < 2:
        return
    beside = {c: titles[c] or READING for c in readings} | {c: titles[c] for c in (*kinds, *worded)}

    def made(asked: int, answers: tuple[int, ...], features: dict[str, float]) -> Grid:
        """The grid of these columns; of a table all others with a title stand beside its answers."""
        rest = {c: titles[c] for c in used if titles[c] and c not in (asked, *answers)}
        found = parted(rows, columns, titles, asked, answers, used) if tabbed else Parted(answers, rest)
        return Grid(tuple(rows), asked, found.answers, features, tabbed, beside={**beside, **found.beside})

    asking = {c: sum(map(asks, columns[c])) / len(rows) for c in used}
    told_question = next(
        (c for c in used if role(titles[c]) == "question" or says(titles[c], words().question)), None
    )
    most = max(used[:-1], key=lambda c: asking[c])
    question = told_question if told_question is not None else most if asking[most] >= 0.45 else None
    if question is None and right is not None:
        question = used[0]
    told_term = next((c for c in used[:2] if says(titles[c], words().term)), None)
    features = {
        "ask": asking[question] if question is not None else 0.0,
        "question title": float(told_question is not None),
        "announced": float(announced),
        "two columns": float(len(used) == 2),
        "rows": min(1.0, len(rows) / _MANY),
        "linked": sum(any(is_link(r.cells[c]) for c in used if c < len(r.cells)) for r in rows) / len(rows),
        "empty": sum(not text for c in used for text in columns[c]) / (len(used) * len(rows)),
        "glossary": float(page.is_glossary),
        "quiz": float(page.is_quiz),
    } | {f"document {name}": value for name, value in page.manner.items()}
    if question is not None:
        answer = next((c for c in used if c != question and role(titles[c]) == "answer"), None)
        features |= _worded(page, columns, question, [c for c in used if c != question])
        features["answer title"] = float(answer is not None)
        options = tuple(range(question + 1, right)) if right is not None else ()
        if right is not None and len(options) >= 2:
            told = tuple(c for c in range(right + 1, width) if role(titles[c]) == "explanation")
            yield Grid(
                tuple(rows), question, (right, *told), features | {"options": 1.0}, tabbed, options, beside
            )
            return
        if answer is None:
            behind = [c for c in used if c > question]
            full = (c for c in behind if sum(map(bool, columns[c])) >= MOST * len(rows))
            answer = next(full, next(iter(behind), None))
        if answer is not None and not are_links([r.cells[answer] for r in rows if answer < len(r.cells)]):
            yield made(question, (answer,), features)
        return
    term = told_term if told_term is not None else used[0]
    meaning = next((c for c in used if c != term and says(titles[c], words().meaning)), None)
    termlike = sum(is_term(text) for text in columns[term]) / len(rows)
    features |= _worded(page, columns, term, [c for c in used if c != term]) | {
        "asks a little": max(asking.values()),
        "term title": float(told_term is not None),
        "meaning title": float(meaning is not None),
        "term": termlike,
        "wordless answers": sum(
            not any(any(map(str.isalpha, columns[c][n])) for c in used if c != term) for n in range(len(rows))
        )
        / len(rows),
    }
    features["two scripts"] = sum(
        differ(columns[term][n], columns[c][n]) for n in range(len(rows)) for c in used if c != term
    ) / (len(rows) * (len(used) - 1))
    answers = tuple(c for c in used if c != term) if meaning is None or len(used) > 3 else (meaning,)
    yield made(term, answers, features)


_MANY = 10
"""Rows from which more say nothing new."""


def _worded(
    page: Page, columns: Sequence[Sequence[str]], question: int, rest: Sequence[int]
) -> dict[str, float]:
    """What the cells of the questions and of the answers look like, and how much of the document they are."""
    told = [" ".join(columns[c][n] for c in rest) for n in range(len(columns[question]))]
    held = len(told) / max(1, page.texts)
    return wording(columns[question], told) | {
        "distinct terms": len(set(columns[question])) / len(told),
        "distinct answers": len(set(told)) / len(told),
        "cover of document": min(1.0, held) * min(1.0, len(told) / _MANY),
        "long cells": min(1.0, sum(map(len, told)) / len(told) / 100),
    }
