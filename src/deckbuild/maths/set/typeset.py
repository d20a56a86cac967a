"""Step 5, typeset: formulas of a document's blocks become `Formula` elements.

What the author wrote as LaTeX passes through, checked. Code spans, table cells and lines of blocks may be a
formula as a whole; in running text formulas are looked for. Settings overrule all of it, by source string.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.maths.find.habits import habits
from deckbuild.maths.find.quiet import is_quiet
from deckbuild.maths.find.runs import plain
from deckbuild.maths.set.defining import defines, formulas, written
from deckbuild.maths.set.macros import KNOWN, defined
from deckbuild.maths.set.override import Override
from deckbuild.maths.set.runs import RunSetter
from deckbuild.maths.set.setting import Check, FormulaSetter
from deckbuild.maths.weigh.verdict import Evidence
from deckbuild.model import (
    AnyBlock,
    Blocks,
    CodeBlock,
    CodeSpan,
    Diagnostic,
    Formula,
    Heading,
    Inlines,
    List,
    Note,
    Paragraph,
    Quote,
    Row,
    Section,
    Severity,
    SourceSpan,
    Table,
    Text,
)
from deckbuild.model.text import inline_text, normalise

IN_BLOCK = Evidence(1, "a block without a language", in_words=True)
GOES_ON = Evidence(6, "it goes on from the line above")

_FORMULAS = regex(r"formula|equation|calculation")
_TITLES = (
    (regex(r"formula|equation|update rule|expression|derivative|definition|gradient|loss function"), 3),
    (regex(r"complexity|\brange\b|domain|interval|\btime\b|space|average|worst|best|runtime|cost"), 1),
)


def typeset(
    root: Section,
    source: str,
    overrides: Mapping[str, Override] = MappingProxyType({}),
    check: Check = lambda tex, display: None,
) -> tuple[Section, tuple[Diagnostic, ...]]:
    """The tree with its formulas, and what the user should know of them."""
    quiet: list[AnyBlock] = []
    telling: list[AnyBlock] = []
    for block in _blocks(root):
        (quiet if is_quiet(block) else telling).append(block)
    setter = FormulaSetter(source, overrides, check, {**KNOWN, **defined(written(telling))})
    left = () if overrides else map(id, quiet)
    typeset_root = _Typesetter(RunSetter(habits(telling, quiet), setter), left).section(root)
    return typeset_root, tuple(setter.problems)


def _blocks(section: Section) -> Iterator[AnyBlock]:
    if section.heading:
        yield section.heading
    for part in section.body:
        if isinstance(part, Note):
            yield from (*part.question, *part.answer)
        else:
            yield part
    for child in section.sections:
        yield from _blocks(child)


class _Typesetter:
    """Walks the blocks of a document; those that are `left` as they are it knows by their ids."""

    def __init__(self, runs: RunSetter, left: Iterable[int]) -> None:
        self.runs = runs
        self.setter = runs.setter
        self.untouched = frozenset(left)

    def section(self, section: Section) -> Section:
        heading = section.heading
        if heading and id(heading) not in self.untouched:
            heading = replace(heading, content=self.runs.inlines(heading.content))
        return replace(
            section,
            heading=heading,
            body=tuple(part for given in section.body for part in self.part(given)),
            sections=tuple(map(self.section, section.sections)),
        )

    def part(self, part: Note | AnyBlock) -> Sequence[Note | AnyBlock]:
        if isinstance(part, Note):
            question, answer, repeated = map(self.blocks, (part.question, part.answer, part.repeated))
            if question is part.question and answer is part.answer and repeated is part.repeated:
                return (part,)
            return (replace(part, question=question, answer=answer, repeated=repeated),)
        return self.block(part)

    def blocks(self, blocks: Blocks) -> Blocks:
        if all(id(block) in self.untouched for block in blocks):
            return blocks
        return tuple(found for block in blocks for found in self.block(block))

    def block(self, block: AnyBlock) -> Blocks:
        if id(block) in self.untouched:
            return (block,)
        match block:
            case Paragraph() if defines(block):
                return ()
            case Heading() | Paragraph():
                return self.paragraph(block)
            case CodeBlock():
                return self.code(block)
            case List(items=items):
                return (replace(block, items=tuple(replace(i, blocks=self.blocks(i.blocks)) for i in items)),)
            case Quote(blocks=blocks):
                return (replace(block, blocks=self.blocks(blocks)),)
            case Table():
                return (self.table(block),)
            case Formula():
                found = self.setter.checked(block)
                return (found,) if found.tex != "" else ()
            case _:
                return (block,)

    def paragraph(self, block: Heading | Paragraph) -> Blocks:
        """A paragraph that is nothing but a displayed formula is that formula."""
        content = self.runs.inlines(block.content)
        match content:
            case (Formula(display=True) as formula,) if isinstance(block, Paragraph):
                return (formula,)
            case _:
                return (replace(block, content=content),)

    def code(self, block: CodeBlock) -> Blocks:
        from deckbuild.maths.find import fences

        if fences.is_latex(block):
            tex = block.text.strip().removeprefix("$$").removesuffix("$$").strip()
            formula = Formula(block.span, tex, tex, True, "a block of LaTeX")
            return (self.setter.checked(formula),) if tex else (block,)
        if fences.is_code(block):
            return fences.beside_drawings(block, self.line) or (block,)
        before = len(self.setter.problems)
        found = fences.parts(block, self.line)
        set_lines = {f.span.line for part in found or () for f in formulas(part)}
        # A line is looked at as legend, label and text in turn, and told of each time.
        told = dict.fromkeys(self.setter.problems[before:])
        self.setter.problems[before:] = [
            p for p in told if p.severity is not Severity.INFO or p.line not in set_lines
        ]
        return found or (block,)

    def line(self, text: str, span: SourceSpan, entire: bool) -> Inlines:
        context = (IN_BLOCK, GOES_ON) if text.lstrip().startswith("=") else (IN_BLOCK,)
        found = self.runs.whole(text, *context) if entire else self.runs.within(text)
        return self.setter.cut(plain(text, span), found)

    def table(self, table: Table) -> Table:
        columns = [_column(normalise(inline_text(cell))) for cell in table.header.cells]
        header = replace(table.header, cells=tuple(map(self.runs.inlines, table.header.cells)))
        return replace(table, header=header, rows=tuple(self.row(row, columns) for row in table.rows))

    def row(self, row: Row, columns: Sequence[Evidence]) -> Row:
        padded = [*columns, *[_column("")] * (len(row.cells) - len(columns))]
        return replace(row, cells=tuple(map(self.cell, row.cells, padded)))

    def cell(self, cell: Inlines, column: Evidence) -> Inlines:
        match cell:
            case (Text(text=text, span=span),):
                found = self.runs.whole(text, column)
                return self.setter.cut(plain(text, span), found, expected=column.weight > 2)
            case (CodeSpan() as code,):
                return self.runs.code_span(code, (column,))
            case _:
                return self.runs.inlines(cell)


def _column(title: str) -> Evidence:
    """What the title of a column says for the formulas in its cells, or against them."""
    weight = next((weight for pattern, weight in _TITLES if pattern.search(title)), 0)
    where = f"the column “{title}”" if weight else "table cell"
    return Evidence(weight, where, in_words=_FORMULAS.search(title) is not None)
