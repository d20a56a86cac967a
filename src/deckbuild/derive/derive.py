"""Notes made from tables and from marked text: beside the tree, pointing at its lines.

A reference table outside of any answer gives a note for each row: a formula note where a column holds
formulas, else a row note. So does a formula that has a name. A paragraph outside of any note that has
`==marked==` text or clozes gives a cloze note, and so does a heading with clozes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from deckbuild.derive.clozes import cloze_notes, without_labels
from deckbuild.derive.facets import is_facet
from deckbuild.derive.named_formulas import formula_column, named_formulas
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.model import (
    Blocks,
    Inlines,
    Kind,
    Note,
    Paragraph,
    Row,
    Section,
    SourceSpan,
    Table,
    outline,
    walk,
)
from deckbuild.model.choices import choice
from deckbuild.model.contents import is_contents, share_of_links
from deckbuild.model.documents import CONTEXT
from deckbuild.model.leads import with_leads
from deckbuild.model.text import block_text, distinct_text, inline_text, is_blank, normalise, one_line

SHAPES = ("table row", "formula column", "named formula", "marked text")
"""What the notes made here are called in messages and settings, as those of patterns are."""

Titled = tuple[Table, str, str]
"""A table, the title it stands below, and the line that announces it; empty where there is none."""

_WORD = regex(r"[^\W\d_]+")
_NUMBER = regex(r"[#№]?\s*\d{1,4}\s*[.)]?")
_MOST_NUMBERS = 0.8
"""Share of cells that are numbers in a column that counts the rows."""

_MOST_CUES = 160
"""Characters of an answer that can be taken in at a glance, so that its question can be asked for."""


def derive(root: Section, reverse: bool = True) -> tuple[Note, ...]:
    """The derived notes of a document, in document order; without `reverse` none asks both ways."""
    found: list[Note] = []
    tables: list[Titled] = []
    for section, path in walk(root):
        title = outline.title(path[-1]) if path else ""
        found.extend(named_formulas(section, path[:-1]))
        for block, lead in with_leads(section.body):
            if isinstance(block, Table) and not is_contents(block) and share_of_links(block) < 1:
                tables.append((block, title, one_line(lead.content) if lead else ""))
        found.extend(cloze_notes(section))
    found = without_labels(found)
    found.extend(_by_key(tables))
    found.sort(key=lambda note: note.span)
    derived = _both_ways(found) if reverse else tuple(found)
    return _otherwise(derived, tables, reverse)


def of_rows(tables: Sequence[Titled], reverse: bool = True) -> tuple[Note, ...]:
    """The notes of the rows of tables; without `reverse` none asks both ways."""
    found = _by_key(tables)
    return _otherwise(_both_ways(found) if reverse else tuple(found), tables, reverse)


def _otherwise(notes: tuple[Note, ...], tables: Sequence[Titled], reverse: bool) -> tuple[Note, ...]:
    """The notes, those of tables with a column of numbers with what the other of the first two columns would ask."""
    found = [n for one in tables if _counts(one[0]) for n in _rows(one, 1 - _key(one[0]))]
    if not found:
        return notes
    other = {note.span: note for note in (_both_ways(found) if reverse else found)}
    return tuple(
        replace(note, readings=(other[note.span],))
        if note.shape in SHAPES[:2] and note.span in other
        else note
        for note in notes
    )


def both_ways(notes: Sequence[Note]) -> list[Note]:
    """Questions that the author wants asked in reverse too, where the answer leads to one of them and to no options."""
    counts = Counter(normalise(distinct_text(note.answer)) for note in notes)
    return [
        replace(note, reverse=True)
        if note.kind is Kind.QA
        and choice(note) is None
        and counts[normalise(distinct_text(note.answer))] == 1
        else note
        for note in notes
    ]


def _both_ways(notes: Sequence[Note]) -> tuple[Note, ...]:
    """The notes, those to be asked in reverse too whose answer is short and leads to one question.

    Formulas are told apart in the whole document, rows in their table. A row that compares asks no reverse:
    its answer names no thing. Nor does a note whose answer says its name: `Attention(Q, K, V) = …`.
    """
    answers = {at: _answer(note) for at, note in enumerate(notes) if note.kind is not Kind.CLOZE}
    counts = Counter(answers.values())
    return tuple(
        replace(note, reverse=True)
        if at in answers
        and counts[answers[at]] == 1
        and (note.column or note.kind is Kind.FORMULA)
        and leads_back(note)
        else note
        for at, note in enumerate(notes)
    )


def _answer(note: Note) -> tuple[str, ...]:
    """What a card in reverse shows: of a formula note the formula, of a row its table and its columns."""
    if note.kind is Kind.FORMULA:
        return note.kind, normalise(distinct_text(note.answer[:1]))
    return note.kind, note.title, note.column, normalise(distinct_text(note.answer))


def leads_back(note: Note) -> bool:
    """Whether an answer may be asked for its question, as the note alone tells: short, and without giving it away."""
    told = note.answer[:1] if note.kind is Kind.FORMULA else note.answer
    if note.kind is Kind.FORMULA and is_facet(block_text(note.question)):
        return False  # any formula is one
    return len(normalise(distinct_text(told))) <= _MOST_CUES and not _gives_away(note)


def _gives_away(note: Note) -> bool:
    """Whether the answer has a word of the question, or begins by telling that it equals the question."""
    asked = one_line(note.question[0].content) if isinstance(note.question[0], Paragraph) else ""
    cells = "\n".join(_cells(note.answer)) if note.kind is Kind.ROW else ""
    told = cells or block_text(note.answer[:1])
    said = {word.casefold() for word in _WORD.findall(told)}
    words = [word for word in _WORD.findall(asked) if len(word) > 2]
    return any(word.casefold() in said for word in words) or (
        bool(asked) and told.split("=")[0].strip() == asked and "=" in told
    )


def _cells(answer: Blocks) -> Iterator[str]:
    """The cells of a row without their titles."""
    for block in answer:
        if isinstance(block, Table):
            yield from (inline_text(cell) for row in block.rows for cell in row.cells)


def _counts(table: Table) -> bool:
    """Whether the first of three columns or more may count the rows, as its title says or none does."""
    title = "".join(inline_text(table.header.cells[0]).casefold().split()).replace(".", "")
    return (
        len(table.header.cells) > 2 and formula_column(table) != 1 and (not title or title in words().counter)
    )


def _key(table: Table) -> int:
    """The column that is asked for: the first, or the one behind numbers that count the rows."""
    cells = [inline_text(row.cells[0]).strip() for row in table.rows]
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells)
    return int(bool(cells) and numbers >= _MOST_NUMBERS * len(cells) and _counts(table))


def _by_key(tables: Sequence[Titled]) -> list[Note]:
    """The notes of the rows of tables, each asked for by its key."""
    return [note for titled in tables for note in _rows(titled, _key(titled[0]))]


def _rows(titled: Titled, at: int) -> Iterator[Note]:
    """A note for each row that says something; column `at` holds the keys, and what stands before it is not shown."""
    table, title, lead = titled
    column = formula_column(table)
    corner = normalise(inline_text(table.header.cells[at]))
    compares = len(table.header.cells) - at > 2 and (not corner or corner in words().aspect)
    key_title = "" if compares else one_line(table.header.cells[at])
    extras = {CONTEXT: lead.rstrip(":： ")} if lead else {}
    before = range(at)
    for row in table.rows:
        key, *cells = row.cells[at:]
        if is_blank(key) or all(map(is_blank, cells)):
            continue
        span = row.span
        if column is not None and inline_text(row.cells[column]).strip():
            rest = _columns(table, row, without=(*before, at, column))
            answer = (_paragraph(row.cells[column], span), *((rest,) if rest else ()))
            question = (_paragraph(key, span),)
            yield Note(Kind.FORMULA, question, answer, span, "formula column", extras=extras, title=title)
        elif rest := _columns(table, row, without=(*before, at)):
            note = Note(Kind.ROW, (_paragraph(key, span),), (rest,), span, "table row", extras=extras)
            yield replace(note, title=title, column=key_title, row=Table(span, table.header, (row,)))


def _columns(table: Table, row: Row, without: tuple[int, ...]) -> Table | None:
    """The row's other columns under their titles, empty cells left out; None if nothing is left."""
    kept = [
        at
        for at, cell in enumerate(row.cells)
        if at not in without and not is_blank(cell) and at < len(table.header.cells)
    ]
    if not kept:
        return None
    header = replace(table.header, cells=tuple(table.header.cells[at] for at in kept))
    return Table(row.span, header, (replace(row, cells=tuple(row.cells[at] for at in kept)),))


def _paragraph(content: Inlines, span: SourceSpan) -> Paragraph:
    return Paragraph(span, content)
