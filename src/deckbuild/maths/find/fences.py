"""Code blocks that are no code: formulas with their legends, and text between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import (
    AnyBlock,
    Blocks,
    Break,
    CodeBlock,
    Formula,
    Inlines,
    List,
    ListItem,
    Meaning,
    Paragraph,
    SourceSpan,
    Text,
)

TextReader: TypeAlias = Callable[[str, SourceSpan, bool], Inlines]
"""Text, its place, and whether it may be a formula as a whole: gives the text with its formulas."""

LATEX = frozenset({"math", "latex", "tex", "katex", "mathjax"})
PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "formula", "formulas", "equation", "none"})

_DRAWN = regex(
    r"[─-╿▲▼◄►]|^\s*(?:[|↓↑v^▼]\s*)+$|\+-{2,}|-{2,}\+|--+>|<--+|\[[^\]]+\]\s*(?:→|->)", re.MULTILINE
)
_PROGRAM = regex(
    "|".join(
        (
            r"^\s*(?:def|class|import|from|return|raise|assert|yield|package|export|sudo|cd|ls|pip|npm|git|docker|echo)\s",
            r"^\s*(?i:for|while|if|elif|else|switch|case|with|try|except|function|procedure|repeat|until)\b"
            r".*(?:[:{]|\b(?:then|do|begin))\s*$",
            r"^\s*(?i:return|else|try|do|begin|end)\s*;?$",
            r"^\s*(?:const|let|var|int|float|double|char|void|bool|public|private|static|struct|using)\s+\w",
            r"^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE)\s",
            r"^\s*(?:[{}]|//|/\*|>>>|\$ |#include|#!)",
            r"[;{]\s*$",
            r"^\s*[a-z]{2}\w*\([^()]*\)\s*$",
            r"\bprint\(|\w\.\w+\(|[A-Za-z_]\w+\[[^\]]*\]\s*=",
            r"(?<!\w)[\"'][^\"']*[\"']\s*[,)]",
            r"\+=|-=",
        )
    ),
    re.MULTILINE,
)
"""Lines of program code, of a shell, or of an algorithm."""

_BULLET = regex(r"\s*(?:[-*•+]|\d{1,2}[.)])\s+")
_LEGEND = regex(
    r"(?P<symbol>\S{1,12}(?:,\s\S{1,6}){0,3})\s*(?:=|:|–|—|-(?=\s)|\bis\b|\bare\b)\s*(?P<text>\S.*)"
)
_WORDS = regex(r"[^\W\d_]{3,}")
_WHERE = regex(r"\s*(?:where|with|here|legend|symbols|variables|notation)\b\s*:?\s*", re.IGNORECASE)
_COMMENT = regex(
    r"(?P<formula>.*?\S)(?P<rest>\s+(?:#|//|--|←|⟵|;)\s.*|\s{2,}(?![=<>≤≥≈~+−*/·×|-])\S.*|\s+\([A-Za-z][^()=]*\))$"
)
_LABEL = regex(r"(?P<label>[A-Z][\w '’/()-]{1,40}:\s+)(?P<formula>\S.*)")


def announces_legend(line: str) -> bool:
    """`Where:` above what the symbols of a formula mean."""
    where = _WHERE.match(line)
    return where is not None and not line[where.end() :].strip()


def is_latex(block: CodeBlock) -> bool:
    """Whether the block's language says that it holds LaTeX mathematics."""
    return block.language.lower() in LATEX


def is_code(block: CodeBlock) -> bool:
    """Whether the block is program code or a drawing, by its language or by its looks."""
    return block.language.lower() not in PLAIN or bool(
        _DRAWN.search(block.text) or _PROGRAM.search(block.text)
    )


def parts(block: CodeBlock, read: TextReader) -> Blocks | None:
    """The block as formulas, lists and paragraphs; None if no line of it is a formula."""
    first = block.span.line + _fence_lines(block)
    lines = [
        (line, SourceSpan(first + n, first + n))
        for n, line in enumerate(block.text.split("\n"))
        if line.strip()
    ]
    found = list(_Lines(read).blocks(lines))
    if not any(isinstance(part, Formula) or _holds(part) for part in found):
        return None
    return tuple(found)


def beside_drawings(block: CodeBlock, read: TextReader) -> Blocks | None:
    """A block with drawings, of which the parts between blank lines that are formulas are read; None if none is."""
    if block.language.lower() not in PLAIN or _PROGRAM.search(block.text):
        return None
    made: list[AnyBlock] = []
    first = block.span.line + _fence_lines(block)
    held = 0
    lines = block.text.split("\n")
    borders = [-1, *(n for n, line in enumerate(lines) if not line.strip()), len(lines)]
    for start, stop in pairwise(borders):
        part = _lines_of(block, lines, first, start + 1, stop)
        found = None if part is None or _DRAWN.search(part.text) else parts(part, read)
        if found is not None:
            kept = _lines_of(block, lines, first, held, start)
            made += [*((kept,) if kept else ()), *found]
            held = stop
    rest = _lines_of(block, lines, first, held, len(lines))
    return (*made, *((rest,) if rest else ())) if made else None


def _lines_of(block: CodeBlock, lines: Sequence[str], first: int, start: int, stop: int) -> CodeBlock | None:
    """Some lines of a block as one of their own, without blank lines at its ends; None where all are blank."""
    while start < stop and not lines[start].strip():
        start += 1
    while start < stop and not lines[stop - 1].strip():
        stop -= 1
    if start >= stop:
        return None
    return replace(block, text="\n".join(lines[start:stop]), span=SourceSpan(first + start, first + stop - 1))


def _fence_lines(block: CodeBlock) -> int:
    """Lines above the first of the block's text: one for a fence, none for indented code."""
    lines = block.text.rstrip("\n").count("\n") + 1
    return 1 if block.span.end_line - block.span.line + 1 > lines else 0


def _holds(block: AnyBlock) -> bool:
    """Whether a line of the block has a formula that is more than a symbol."""
    runs: list[Inlines] = []
    if isinstance(block, Paragraph):
        runs = [block.content]
    elif isinstance(block, List):
        runs = [b.content for item in block.items for b in item.blocks if isinstance(b, Paragraph)]
    return any(isinstance(e, Formula) and e.tex and len(e.text) > 2 for run in runs for e in run)


class _Lines:
    """Collects lines into blocks; what stands open waits for the next line."""

    def __init__(self, read: TextReader) -> None:
        self.read = read
        self.found: list[AnyBlock] = []
        self.legend = False

    def blocks(self, lines: Sequence[tuple[str, SourceSpan]]) -> Iterator[AnyBlock]:
        for line, span in lines:
            self.line(line, span)
        yield from self.found

    def line(self, line: str, span: SourceSpan) -> None:
        last = self.found[-1] if self.found else None
        where = _WHERE.match(line)
        if isinstance(last, Formula) and announces_legend(line):
            self.legend = True
            return
        bullet = _BULLET.match(line)
        body = (
            line[bullet.end() :]
            if bullet
            else line[where.end() :]
            if where and isinstance(last, Formula)
            else line.strip()
        )
        if isinstance(last, Formula) and (meaning := self.meaning(body, span)):
            self.found[-1] = replace(last, legend=(*last.legend, meaning))
            return
        self.legend = False
        content = self.content(body if bullet else line.strip(), span)
        match content:
            case (Formula() as formula,):
                if isinstance(last, Formula) and not last.legend and body.startswith(("=", "≈", "≤", "≥")):
                    self.found[-1] = _continued(last, formula)
                else:
                    self.found.append(replace(formula, display=True))
            case _ if bullet:
                item = ListItem((Paragraph(span, content),), span)
                if isinstance(last, List):
                    self.found[-1] = List(SourceSpan(last.span.line, span.line), (*last.items, item))
                else:
                    self.found.append(List(span, (item,)))
            case _ if isinstance(last, Paragraph):
                whole = (*last.content, Break(last.span, True), *content)
                self.found[-1] = Paragraph(SourceSpan(last.span.line, span.line), whole)
            case _:
                self.found.append(Paragraph(span, content))

    def meaning(self, body: str, span: SourceSpan) -> Meaning | None:
        """`x = input`, `σ: standard deviation` below a formula."""
        match = _LEGEND.fullmatch(body)
        if not match or not _WORDS.search(match["text"]):
            return None
        symbol = self.read(match["symbol"], span, True)
        text = self.read(match["text"], span, False)
        whole = self.read(body, span, True)
        if isinstance(whole[0], Formula) and len(whole[0].text) > len(match["symbol"]):
            return None
        if len(match["symbol"]) <= 2 or any(isinstance(e, Formula) for e in symbol) or self.legend:
            return Meaning(symbol, text, span)
        return None

    def content(self, body: str, span: SourceSpan) -> Inlines:
        """The line: a formula, or text with formulas, a label or a comment."""
        whole = self.read(body, span, True)
        if len(whole) == 1 and isinstance(whole[0], Formula):
            return whole
        if label := _LABEL.fullmatch(body):
            rest = self.content(label["formula"], span)
            if isinstance(rest[0], Formula):
                return (Text(span, label["label"]), *rest)
        if comment := _COMMENT.fullmatch(body):
            formula = self.read(comment["formula"], span, True)
            if len(formula) == 1 and isinstance(formula[0], Formula):
                return (*formula, *self.read(comment["rest"], span, False))
        return whole


def _continued(last: Formula, line: Formula) -> Formula:
    """Two lines of one derivation, the signs below each other."""
    tex = None
    if last.tex and line.tex:
        before = last.tex.removeprefix(r"\begin{aligned} ").removesuffix(r" \end{aligned}")
        if before == last.tex:
            before = re.sub(r" (=|\\approx|\\le|\\ge) ", r" &\1 ", before, count=1)
        tex = rf"\begin{{aligned}} {before} \\ &{line.tex} \end{{aligned}}"
    span = SourceSpan(last.span.line, line.span.end_line)
    return replace(last, text=f"{last.text}\n{line.text}", tex=tex, span=span)
