"""Formula notes: which column of a table holds formulas, and which formulas of a section have a name.

A formula on lines of its own is named by the label before it (`Softmax:`), by the bold words before it in its
line, or, if it is the only one of its section, by the section's heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from deckbuild.derive.facets import about, is_facet, of
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.model import (
    AnyBlock,
    Blocks,
    Formula,
    Heading,
    Inlines,
    Kind,
    List,
    Note,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
)
from deckbuild.model.text import inline_text, normalise, one_line

TITLES = frozenset(
    {"formula", "formulas", "equation", "equations", "expression", "derivative", "gradient", "update rule"}
    | {"definition formula", "loss function", "formula equation"}
)
"""Titles of columns, normalised, that announce formulas."""

_MAYBE = frozenset({"definition", "definitions", "rule", "law", "function"})
"""Titles of columns that may hold formulas or words."""

_LONGEST_NAME = 60
"""Characters of a name; a longer label is a sentence."""

_FUNCTION = regex(r"\s*([A-Za-z][A-Za-z-]{2,})\([^()]*\)\s*(?:=|:=|≔)\s")
"""A formula that defines a function by its name: `softmax(zᵢ) = …`."""

_LAST_WORD = regex(r"\w+$")
_RELATION = regex("[=<>≈≤≥≔∝←→]")
_LABEL = regex(r"\s*[^\W\d_][^:]{1,40}:\s+")
_PLAIN = regex(r"[\s.;:=]*")


def _is_general(label: str) -> bool:
    """Whether a label, without its colon, announces a formula and doesn't name it."""
    last = _LAST_WORD.search(label)
    return last is not None and last[0].casefold() in words().announces


def formula_column(table: Table) -> int | None:
    """The first column, the key's aside, that holds formulas by its title; None if there is none."""
    for at, cell in enumerate(table.header.cells):
        title = normalise(inline_text(cell))
        if at and (title in TITLES or (title in _MAYBE and _holds_formulas(table, at))):
            return at
    return None


def _holds_formulas(table: Table, column: int) -> bool:
    cells = [row.cells[column] for row in table.rows if column < len(row.cells)]
    return bool(cells) and sum(any(_is_set(e) for e in cell) for cell in cells) * 2 > len(cells)


def _is_set(element: object) -> bool:
    return isinstance(element, Formula) and element.tex is not None


def named_formulas(section: Section, above: Sequence[Heading] = ()) -> Iterator[Note]:
    """The notes of the named formulas that stand in a section outside of notes, tables aside.

    `above` are the headings above its own, outermost first.
    """
    blocks = [part for part in section.body if not isinstance(part, Note)]
    title = one_line(section.heading.content) if section.heading else ""
    alone = sum(isinstance(block, Formula) for block in blocks) == 1
    for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        if isinstance(block, Formula) and block.tex:
            if function := _FUNCTION.match(block.text):
                yield _note((Text(block.span, function[1]),), block, title, "its own name")
            elif any(_goes_on(block, beside) for beside in (before, after)):
                continue  # one line of several, of which the name means all
            elif (label := _label(before)) and not isinstance(after, Formula):
                yield _note(label, block, title, "label")
            elif alone and section.heading and section.heading.level > 1:
                yield _note(_by_heading(section.heading, above), block, "", "heading")
        else:
            yield from _in_line(block, title)


def _by_heading(heading: Heading, above: Sequence[Heading]) -> Inlines:
    """The name that a heading gives: its own, or, where it only says `Formula`, that of the heading above it."""
    title = one_line(heading.content)
    said = about(above) if is_facet(title) else ""
    if not said:
        return heading.content
    if normalise(title) in TITLES or _is_general(title.strip(" :.")):
        return (Text(heading.span, said),)
    return of(said, heading.content)


def _goes_on(formula: Formula, beside: AnyBlock | None) -> bool:
    """Whether the line above or below a formula is another formula with a remark, as in blocks of code."""
    match beside:
        case Paragraph(content=(Formula(tex=str(), text=text), *_), span=span):
            distances = (span.line - formula.span.end_line, formula.span.line - span.end_line)
            return 1 in distances and _RELATION.search(text) is not None
        case _:
            return False


def _label(block: AnyBlock | None) -> Inlines:
    """The words of a short paragraph that ends with a colon."""
    if not isinstance(block, Paragraph) or any(isinstance(e, Formula) for e in block.content):
        return ()
    text = one_line(block.content)
    if not text.endswith(":") or len(text) > _LONGEST_NAME or _is_general(text.rstrip(": ")):
        return ()
    return (Text(block.span, text.rstrip(": ")),)


def _in_line(block: AnyBlock, title: str) -> Iterator[Note]:
    """Paragraphs and items such as `**Softmax**: e^z_i / Σe^z_j`."""
    paragraphs: Blocks = (block,)
    if isinstance(block, List):
        paragraphs = tuple(b for item in block.items for b in item.blocks)
    for paragraph in paragraphs:
        match paragraph:
            case Paragraph(content=(Strong(content=name) as bold, *rest)):
                formulas = [e for e in rest if isinstance(e, Formula)]
                said = "".join(e.text for e in rest if isinstance(e, Text))
                others = [e for e in rest if not isinstance(e, Formula | Text)]
                general = _is_general(inline_text(name).rstrip(": "))
                if (
                    len(formulas) == 1
                    and formulas[0].tex
                    and not (others or general)
                    and _PLAIN.fullmatch(said)
                ):
                    formula = replace(formulas[0], display=True)
                    yield _note(_without_colon(name, bold), formula, title, "bold name")
            case Paragraph(content=(Text(text=label, span=span), Formula(tex=str()) as formula)) if (
                _LABEL.fullmatch(label) and not _is_general(label.strip(" :\n"))
            ):
                name = (Text(span, label.rstrip(": ")),)
                yield _note(name, replace(formula, display=True), title, "label in its line")


def _without_colon(name: Inlines, bold: Strong) -> Inlines:
    return (Text(bold.span, inline_text(name).rstrip(": ")),)


def _note(name: Inlines, formula: Formula, title: str, cue: str) -> Note:
    question = (Paragraph(formula.span, name),)
    return Note(Kind.FORMULA, question, (formula,), formula.span, "named formula", (cue,), title=title)


def formula_of(note: Note) -> Formula | None:
    """The formula that a formula note asks for; None if it is not the whole of the first block."""
    match note.answer[:1]:
        case (Formula() as formula,):
            return formula
        case (Paragraph(content=(Formula() as formula,)),):
            return formula
        case _:
            return None


def same_formula(note: Note) -> tuple[str, str] | None:
    """What two formula notes share that ask for one formula: the name and its LaTeX."""
    formula = formula_of(note) if note.kind is Kind.FORMULA else None
    if formula is None or formula.tex is None:
        return None
    name = normalise(inline_text(note.question[0].content)) if isinstance(note.question[0], Paragraph) else ""
    return name, "".join(formula.tex.split())
