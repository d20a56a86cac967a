"""Step 5, typeset: formulas of a document's blocks become `Formula` elements.

What the author wrote as LaTeX passes through, checked. Code spans, table cells and lines of blocks may be a
formula as a whole; in running text formulas are looked for. Settings overrule all of it, by source string.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.maths.find.habits import Habits, habits
from deckbuild.maths.find.quiet import is_quiet
from deckbuild.maths.find.runs import Stretch, plain, stretches
from deckbuild.maths.find.spans import PROSE, whole, within
from deckbuild.maths.set.macros import DEFINES, KNOWN, defined, without_definitions
from deckbuild.maths.set.setting import Check, FormulaSetter, Override, looks_mathematical
from deckbuild.maths.tokens.embedded import CLOSE, OPEN
from deckbuild.maths.weigh.verdict import Evidence, Span
from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Blocks,
    CodeBlock,
    CodeSpan,
    Diagnostic,
    Emphasis,
    Footnote,
    Formula,
    Heading,
    Inlines,
    Link,
    List,
    Mark,
    Note,
    Paragraph,
    Quote,
    Row,
    Section,
    Severity,
    SourceSpan,
    Strike,
    Strong,
    Table,
    Text,
    inline_runs,
    inner_blocks,
    inner_inlines,
)
from deckbuild.model.text import inline_text, normalise

IN_CODE = Evidence(0, "code span")
IN_BLOCK = Evidence(1, "a block without a language", in_words=True)
GOES_ON = Evidence(6, "it goes on from the line above")
WRITTEN = "written as LaTeX"
"""Why the Markdown parser takes something for a formula."""

_EQUALS = regex(r"^\s*=(?=\s)")
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
    setter = FormulaSetter(source, overrides, check, {**KNOWN, **defined(_written(telling))})
    left = () if overrides else map(id, quiet)
    typeset_root = _Typesetter(habits(telling, quiet), setter, left).section(root)
    return typeset_root, tuple(setter.problems)


def _written(blocks: Iterable[AnyBlock]) -> Iterator[str]:
    """What may define macros: LaTeX, and lines of text that begin with a definition."""
    for outer in blocks:
        for formula in _formulas(outer):
            yield formula.text
        for block in inner_blocks(outer):
            if isinstance(block, CodeBlock) and block.language in ("math", "latex", "tex"):
                yield block.text
            elif isinstance(block, Paragraph) and DEFINES.match(text := inline_text(block.content)):
                yield text


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
    """Walks the blocks and inlines of a document; blocks that are `left` as they are it knows by their ids."""

    def __init__(self, learned: Habits, setter: FormulaSetter, left: Iterable[int]) -> None:
        self.habits = learned
        self.setter = setter
        self.untouched = frozenset(left)

    def whole(self, text: str, *context: Evidence) -> list[Span]:
        found = whole(text, self.habits.symbols, context)
        return self.habits.judged(found)

    def within(self, text: str) -> list[Span]:
        found = within(text, self.habits.symbols, (PROSE,))
        return self.habits.judged(found)

    # --- blocks ------------------------------------------------------------------------------------

    def section(self, section: Section) -> Section:
        heading = section.heading
        if heading and id(heading) not in self.untouched:
            heading = replace(heading, content=self.inlines(heading.content))
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
            case Paragraph() if _defines(block):
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
        content = self.inlines(block.content)
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
            return (block,)
        before = len(self.setter.problems)
        found = fences.parts(block, self.line)
        set_lines = {f.span.line for part in found or () for f in _formulas(part)}
        # A line is looked at as legend, label and text in turn, and told of each time.
        told = dict.fromkeys(self.setter.problems[before:])
        self.setter.problems[before:] = [
            p for p in told if p.severity is not Severity.INFO or p.line not in set_lines
        ]
        return found or (block,)

    def line(self, text: str, span: SourceSpan, entire: bool) -> Inlines:
        context = (IN_BLOCK, GOES_ON) if text.lstrip().startswith("=") else (IN_BLOCK,)
        found = self.whole(text, *context) if entire else self.within(text)
        return self.setter.cut(plain(text, span), found)

    def table(self, table: Table) -> Table:
        titles = [normalise(inline_text(cell)) for cell in table.header.cells]
        header = replace(table.header, cells=tuple(map(self.inlines, table.header.cells)))
        return replace(table, header=header, rows=tuple(self.row(row, titles) for row in table.rows))

    def row(self, row: Row, titles: Sequence[str]) -> Row:
        padded = [*titles, *[""] * (len(row.cells) - len(titles))]
        return replace(row, cells=tuple(map(self.cell, row.cells, padded)))

    def cell(self, cell: Inlines, title: str) -> Inlines:
        weight = next((weight for pattern, weight in _TITLES if pattern.search(title)), 0)
        where = f"the column “{title}”" if weight else "table cell"
        context = (Evidence(weight, where, in_words=_FORMULAS.search(title) is not None),)
        match cell:
            case (Text(text=text, span=span),):
                found = self.whole(text, *context)
                return self.setter.cut(plain(text, span), found, expected=weight > 2)
            case (CodeSpan() as code,):
                return self.code_span(code, context)
            case _:
                return self.inlines(cell)

    # --- inlines -----------------------------------------------------------------------------------

    def inlines(self, content: Inlines) -> Inlines:
        return tuple(
            found
            for part in stretches(content)
            for found in (self.stretch(part) if isinstance(part, Stretch) else self.inline(part))
        )

    def stretch(self, stretch: Stretch) -> Inlines:
        """Running text with its formulas, which may swallow italic letters and raised HTML."""
        text = stretch.text
        # `**Error** = s/√n`: what equals a name is whole without it.
        read = _EQUALS.sub(lambda match: " " * len(match[0]), text) if stretch.bound_before else text
        found = [
            span
            for span in self.within(read)
            if not _is_latex(text[span.start : span.end])
            and not (stretch.bound_before and span.start == 0)
            and not (stretch.bound_behind and span.end == len(text))
        ]
        if not found and not self.setter.overridden:
            return self.left(stretch.elements)
        return self.left(self.setter.cut(stretch, found))

    def left(self, content: Inlines) -> Inlines:
        """What was looked through, with the LaTeX in it checked."""
        return tuple(
            self.setter.checked(element)
            if isinstance(element, Formula) and element.why == WRITTEN
            else replace(element, content=self.left(element.content))
            if isinstance(element, Strong | Emphasis | Mark)
            else element
            for element in content
        )

    def inline(self, element: AnyInline) -> Inlines:
        match element:
            case CodeSpan():
                return self.code_span(element, (IN_CODE,))
            case Strong() | Emphasis() | Strike() | Mark() | Link() | Footnote():
                return (replace(element, content=self.inlines(element.content)),)
            case Formula():
                return (self.setter.checked(element),)
            case _:
                return (element,)

    def code_span(self, code: CodeSpan, context: Sequence[Evidence]) -> Inlines:
        """Code that is a formula, or several, from end to end; a piece of code is never set."""
        text = code.text.strip()
        if override := self.setter.overrides.get(text):
            return (self.setter.override(text, override, code.span) if override.latex else code,)
        found = self.whole(text, *context)
        if found and all(span.verdict.accepted for span in found) and _is_covered(text, found):
            return self.setter.cut(plain(text, code.span), found)
        if found:
            self.setter.near(found[0].verdict, code.span, expected=looks_mathematical(text))
        return (code,)


def _defines(block: Paragraph) -> bool:
    """Whether a paragraph holds definitions of macros and nothing else."""
    text = inline_text(block.content)
    return "\\" in text and DEFINES.match(text) is not None and not without_definitions(text)[0].strip()


def _formulas(outer: AnyBlock) -> Iterator[Formula]:
    for block in inner_blocks(outer):
        if isinstance(block, Formula):
            yield block
        for run in inline_runs(block):
            yield from (element for element in inner_inlines(run) if isinstance(element, Formula))


def _is_covered(text: str, found: Sequence[Span]) -> bool:
    """Whether nothing but punctuation stands beside the formulas of a text."""
    rest = list(text)
    for span in found:
        rest[span.start : span.end] = " " * (span.end - span.start)
    return not "".join(rest).strip(" .,;")


def _is_latex(text: str) -> bool:
    """Whether a finding is nothing but LaTeX of the author."""
    return text[:1] == OPEN and text.find(CLOSE) == len(text) - 1
