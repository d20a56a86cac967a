"""Step 5, typeset: formulas of a document's blocks become `Formula` elements.

What the author wrote as LaTeX passes through, checked. Code spans, table cells and lines of blocks may be a
formula as a whole; in running text formulas are looked for. Settings overrule all of it, by source string.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.diagnostics import Code
from deckbuild.maths import fences
from deckbuild.maths.evidence import is_sign
from deckbuild.maths.lexer import Kind, tokens
from deckbuild.maths.recognise import Verdict
from deckbuild.maths.runs import Stretch, plain, stretches
from deckbuild.maths.spans import Span, whole, within
from deckbuild.maths.symbols import symbols
from deckbuild.maths.tree_evidence import Evidence
from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Blocks,
    CodeBlock,
    CodeSpan,
    Diagnostic,
    Emphasis,
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
from deckbuild.plain import inline_text, normalise

Check: TypeAlias = Callable[[str, bool], str | None]
"""What is wrong with LaTeX, given whether it is displayed; None if nothing is."""

IN_CODE = Evidence(0, "code span")
IN_BLOCK = Evidence(1, "a block without a language")
GOES_ON = Evidence(6, "it goes on from the line above")
_TITLES = (
    (re.compile(r"formula|equation|update rule|expression|derivative|definition|gradient|loss function"), 3),
    (re.compile(r"complexity|\brange\b|domain|interval|\btime\b|space|average|worst|best|runtime|cost"), 1),
)
_BOLD = re.compile(r"\\bm(?![A-Za-z])")
"""A macro that neither MathJax nor Anki knows, and what it means."""

_NEAR = 2.0
"""The score from which on text is told to be nearly a formula."""

MOST = 100_000
"""Characters of LaTeX that are checked in one document; each takes MathJax some 60 µs.

What comes after is taken as it is: a card or a sheet shows by itself what can't be set.
"""


class Override(Struct, frozen=True, forbid_unknown_fields=True):
    """What the settings say of a source string: its LaTeX, or that it is text."""

    latex: str = ""
    text: bool = False


def typeset(
    root: Section,
    source: str,
    overrides: Mapping[str, Override] = MappingProxyType({}),
    check: Check = lambda tex, display: None,
) -> tuple[Section, tuple[Diagnostic, ...]]:
    """The tree with its formulas, and what the user should know of them."""
    work = _Typesetter(source, symbols(_blocks(root)), overrides, check)
    return work.section(root), tuple(work.problems)


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
    def __init__(
        self, source: str, letters: Iterable[str], overrides: Mapping[str, Override], check: Check
    ) -> None:
        self.source = source
        self.symbols = tuple(sorted(letters))
        self.overrides = overrides
        self.check = check
        self.problems: list[Diagnostic] = []
        self.checked_tex: set[str] = set()
        self.left = MOST
        self.overridden = (
            re.compile("|".join(re.escape(text) for text in sorted(overrides, key=len, reverse=True)))
            if overrides
            else None
        )

    # --- blocks ------------------------------------------------------------------------------------

    def section(self, section: Section) -> Section:
        heading = section.heading
        return replace(
            section,
            heading=replace(heading, content=self.inlines(heading.content)) if heading else None,
            body=tuple(part for given in section.body for part in self.part(given)),
            sections=tuple(map(self.section, section.sections)),
        )

    def part(self, part: Note | AnyBlock) -> Sequence[Note | AnyBlock]:
        if isinstance(part, Note):
            question, answer, repeated = map(self.blocks, (part.question, part.answer, part.repeated))
            return (replace(part, question=question, answer=answer, repeated=repeated),)
        return self.block(part)

    def blocks(self, blocks: Blocks) -> Blocks:
        return tuple(found for block in blocks for found in self.block(block))

    def block(self, block: AnyBlock) -> Blocks:
        match block:
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
                return (self.checked(block),)
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
        if fences.is_latex(block):
            tex = block.text.strip().removeprefix("$$").removesuffix("$$").strip()
            return (
                (self.checked(Formula(block.span, tex, tex, True, "a block of LaTeX")),) if tex else (block,)
            )
        if fences.is_code(block):
            return (block,)
        before = len(self.problems)
        found = fences.parts(block, self.line)
        set_lines = {f.span.line for part in found or () for f in _formulas(part)}
        told = dict.fromkeys(self.problems[before:])  # a line is looked at as legend, label and text in turn
        self.problems[before:] = [
            p for p in told if p.severity is not Severity.INFO or p.line not in set_lines
        ]
        return found or (block,)

    def line(self, text: str, span: SourceSpan, entire: bool) -> Inlines:
        context = (IN_BLOCK, GOES_ON) if text.lstrip().startswith("=") else (IN_BLOCK,)
        found = whole(text, self.symbols, context) if entire else within(text, self.symbols)
        return self.cut(plain(text, span), found)

    def table(self, table: Table) -> Table:
        titles = [normalise(inline_text(cell)) for cell in table.header.cells]
        header = replace(table.header, cells=tuple(map(self.inlines, table.header.cells)))
        return replace(table, header=header, rows=tuple(self.row(row, titles) for row in table.rows))

    def row(self, row: Row, titles: Sequence[str]) -> Row:
        padded = [*titles, *[""] * (len(row.cells) - len(titles))]
        return replace(row, cells=tuple(map(self.cell, row.cells, padded)))

    def cell(self, cell: Inlines, title: str) -> Inlines:
        weight = next((weight for pattern, weight in _TITLES if pattern.search(title)), 0)
        context = (Evidence(weight, f"the column “{title}”"),) if weight else (Evidence(0, "table cell"),)
        match cell:
            case (Text(text=text, span=span),):
                found = whole(text, self.symbols, context)
                return self.cut(plain(text, span), found, expected=weight > 2)
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
        found = [
            span
            for span in within(text, self.symbols)
            if not (stretch.bound_before and span.start == 0)
            and not (stretch.bound_behind and span.end == len(text))
        ]
        if not found and not self.overridden:
            return tuple(element for piece in stretch.pieces for element in piece.elements)
        return self.cut(stretch, found)

    def inline(self, element: AnyInline) -> Inlines:
        match element:
            case CodeSpan():
                return self.code_span(element, (IN_CODE,))
            case Strong() | Emphasis() | Strike() | Mark() | Link():
                return (replace(element, content=self.inlines(element.content)),)
            case Formula():
                return (self.checked(element),)
            case _:
                return (element,)

    def code_span(self, code: CodeSpan, context: Sequence[Evidence]) -> Inlines:
        """Code that is a formula, or several, from end to end; a piece of code is never set."""
        text = code.text.strip()
        if override := self.overrides.get(text):
            return (self.override(text, override, code.span) if override.latex else code,)
        found = whole(text, self.symbols, context)
        if found and all(span.verdict.accepted for span in found) and _is_covered(text, found):
            return self.cut(plain(text, code.span), found)
        if found:
            self.near(found[0].verdict, code.span, expected=_looks_mathematical(text))
        return (code,)

    def cut(self, stretch: Stretch, found: Sequence[Span], expected: bool = False) -> Inlines:
        """The stretch with its formulas in their places; settings come before what was found."""
        text = stretch.text
        places: list[tuple[int, int, Override | Verdict]] = []
        for match in self.overridden.finditer(text) if self.overridden else ():
            if _is_apart(text, match.start(), match.end()):
                places.append((match.start(), match.end(), self.overrides[match[0]]))
        for start, end, verdict in found:
            if any(start < stop and begin < end for begin, stop, _ in places):
                continue
            if verdict.accepted:
                places.append((start, end, verdict))
            else:
                self.near(verdict, stretch.span_at(start), expected and len(found) == 1)
        pieces: list[AnyInline] = []
        at = 0
        for start, end, given in sorted(places, key=lambda place: place[:2]):
            span = stretch.span_at(start)
            if isinstance(given, Verdict):
                formula = self.formula(given, span)
            elif given.latex:
                formula = self.override(text[start:end], given, span)
            else:
                continue
            pieces += [*stretch.between(at, start), formula]
            at = end
        return (*pieces, *stretch.between(at, len(text)))

    # --- formulas ----------------------------------------------------------------------------------

    def formula(self, verdict: Verdict, span: SourceSpan) -> Formula:
        assert verdict.tex is not None
        found = self.checked(Formula(span, verdict.text, verdict.tex, False, verdict.reason))
        if verdict.guesses and found.tex:
            self.tell(Code.GUESSED_FORMULA, span, verdict.text, "; ".join(verdict.guesses), latex=verdict.tex)
        return found

    def override(self, text: str, override: Override, span: SourceSpan) -> Formula:
        return self.checked(Formula(span, text, override.latex, False, "the settings"))

    def checked(self, formula: Formula) -> Formula:
        """The formula, without its LaTeX if that can't be set."""
        if formula.tex is None:
            return formula
        tex = _BOLD.sub(r"\\boldsymbol", formula.tex)
        if tex not in self.checked_tex:
            self.checked_tex.add(tex)
            before, self.left = self.left, self.left - len(tex)
            if before >= 0 > self.left:
                self.problems.append(Code.UNCHECKED_LATEX.at(self.source, formula.span.line, most=MOST))
        why = None if self.left < 0 else self.check(tex, formula.display)
        if why is not None:
            self.tell(Code.BAD_LATEX, formula.span, formula.text, why)
        return replace(formula, tex=None if why else tex, why=why or formula.why)

    def near(self, verdict: Verdict, span: SourceSpan, expected: bool) -> None:
        if verdict.tex is None and expected and _looks_mathematical(verdict.text):
            self.tell(Code.UNSET_FORMULA, span, verdict.text, verdict.problem)
        elif verdict.tex is not None and verdict.score >= _NEAR and len(verdict.text) > 2:
            self.tell(Code.NEAR_FORMULA, span, verdict.text, verdict.reason)

    def tell(self, code: Code, span: SourceSpan, text: str, why: str, latex: str = "") -> None:
        shown = " ".join(text.split())
        self.problems.append(code.at(self.source, span.line, text=shown, why=why, latex=latex))


def _formulas(outer: AnyBlock) -> Iterator[Formula]:
    for block in inner_blocks(outer):
        if isinstance(block, Formula):
            yield block
        for run in inline_runs(block):
            yield from (element for element in inner_inlines(run) if isinstance(element, Formula))


def _is_covered(text: str, found: Sequence[Span]) -> bool:
    """Whether nothing but punctuation stands beside the formulas of a text."""
    rest = list(text)
    for start, end, _ in found:
        rest[start:end] = " " * (end - start)
    return not "".join(rest).strip(" .,;")


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit stands against the ends of a piece of text."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (
        after.isalnum() and text[end - 1].isalnum()
    )


def _looks_mathematical(text: str) -> bool:
    """Whether a text that doesn't parse has so many signs of mathematics that its author meant a formula."""
    found = tokens(text)
    signs = sum(is_sign(token) or token.kind in (Kind.SUP, Kind.SUB) for token in found)
    return signs >= 2 and not any(token.kind is Kind.ARROW for token in found)
