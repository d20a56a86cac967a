r"""LaTeX notes: sections, lists, definitions, theorems, tables and formulas, read by pylatexenc.

Of a theorem with a name (`\begin{definition}[Group]`), and of a definition with one term set off, that asks. Questions
of the exam class and cards of flashcard classes are told by their commands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexWalker,
    LatexWalkerError,
)

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats import latex_blocks as blocks
from deckbuild.syntax.formats import latex_names as names
from deckbuild.syntax.formats.latex_boxes import boxed, content
from deckbuild.syntax.formats.latex_exam import CHOICES, Exam
from deckbuild.syntax.formats.latex_exercises import Exercises
from deckbuild.syntax.formats.latex_macros import expanded, plain_slides
from deckbuild.syntax.formats.latex_tables import table
from deckbuild.syntax.formats.latex_terms import set_off
from deckbuild.syntax.formats.latex_text import (
    LatexText,
    arguments,
    group_text,
    inline,
    inner,
    last_argument,
    maths,
    name_of,
)
from deckbuild.syntax.formats.reading import Reading, Unreadable, Writer, wrapped

MOST_CHARACTERS = 300_000
"""Of one file, which take pylatexenc some five seconds: a long script of lectures."""

_DEEPEST = 40
"""Environments inside each other; LaTeX itself takes lists four deep."""

_VERBATIM = regex(
    r"\\begin\{(?P<name>verbatim\*?|Verbatim|lstlisting|minted|alltt|comment|tikzpicture|thebibliography)\}"
    r"(?P<inner>.*?)\\end\{(?P=name)\}",
    re.DOTALL,
)
_THEOREM = regex(r"\\newtheorem\*?\{(?P<name>\w+)\*?\}(?:\[\w+\])?\{(?P<shown>[^{}]+)\}")
_DEFINITION = regex(r"^[ \t]*\\(?:(?:re|provide)?newcommand|def|DeclareMathOperator)\*?.*$", re.MULTILINE)
_GLOSSARY = regex(r"^[ \t]*\\(?:long)?new(?:glossaryentry|acronym|abbreviation)\b", re.MULTILINE)
_TITLE = regex(r"\\title(?:\[[^\]]*\])?\{(?P<text>(?:[^{}]|\{[^{}]*\})*)\}")
_SKIPPED = frozenset(
    "maketitle tableofcontents newpage clearpage centering noindent hline toprule midrule".split()
)


def read(lines: Sequence[str], name: str) -> Reading:
    """The elements of a document behind its preamble. Raises `Unreadable` beyond the limit."""
    text = "\n".join(lines)
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"it has more than {MOST_CHARACTERS:,} characters; split it")
    reader = _Reader(text)
    bare = _VERBATIM.sub(reader.keep, text)
    bare = plain_slides(expanded(bare))
    reader.text = LatexText(reader.out, bare)
    begin = bare.find(r"\begin{document}")
    end = bare.find(r"\end{document}")
    start = begin + len(r"\begin{document}") if begin >= 0 else 0
    reader.preamble(bare[:start])
    try:
        walker = LatexWalker(
            bare[: end if end > start else None],
            latex_context=names.context(tuple(reader.theorems)),
            tolerant_parsing=True,
        )
        nodes, _, _ = walker.get_latex_nodes(pos=start)
    except (LatexWalkerError, IndexError, ValueError, AttributeError) as error:
        raise Unreadable("its commands can't be told apart") from error
    reader.nodes(nodes)
    reader.text.flush()
    reader.exercises.left_open(reader.out)
    set_off(reader.out)
    return reader.out.reading(flows=True)


class _Reader:
    """Walks through the nodes; `text` collects the paragraph that stands open."""

    def __init__(self, source: str) -> None:
        self.out = Writer()
        self.text = LatexText(self.out, source)
        self.source = source
        self.kept: list[tuple[str, str, int]] = []
        self.theorems = dict(names.THEOREMS)
        self.top = min((n for s, n in names.SECTIONS.items() if f"\\{s}" in source), default=2)
        self.exercises = Exercises()
        self.level = 1
        self._depth = 0
        self.exam = Exam(self)

    def keep(self, found: re.Match[str]) -> str:
        """What stands for an environment whose content is no LaTeX, as many lines long."""
        line = self.source.count("\n", 0, found.start()) + 1
        self.kept.append((found["name"], found["inner"], line))
        return f"\\deckbuildkept{{{len(self.kept) - 1}}}" + "\n" * found[0].count("\n")

    def preamble(self, text: str) -> None:
        """The title of a document, its own theorems, and macros, which its formulas need."""
        for found in _THEOREM.finditer(text):
            self.theorems[found["name"]] = found["shown"]
        if title := _TITLE.search(text):
            nodes, _, _ = LatexWalker(title["text"], tolerant_parsing=True).get_latex_nodes()
            self.out.add(
                f"# {' '.join(group_text(nodes, self.text.line).split())}", self.text.line(title.start())
            )
            self.out.gap()
            self.level = 2
        for found in _GLOSSARY.finditer(text):
            walker = LatexWalker(
                text, latex_context=names.context(tuple(self.theorems)), tolerant_parsing=True
            )
            nodes, _, _ = walker.get_latex_nodes(pos=found.start(), read_max_nodes=1)
            self.nodes(nodes)
        for found in _DEFINITION.finditer(text):
            self.out.add(found[0].strip(), self.text.line(found.start()))
            self.out.gap()
        if self.level == 1 and text.strip():
            self.out.aside.update(dict.fromkeys(range(1, text.count("\n") + 1), "the preamble"))

    def nodes(self, nodes: Sequence[Any]) -> None:
        """Nodes one behind the other."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable(
                "its environments are nested too deeply", self.text.line(nodes[0].pos) if nodes else 1
            )
        self.exercises.see(nodes, self.theorems)
        for node in nodes:
            self.node(node)
        self._depth -= 1

    def node(self, node: Any) -> None:
        """One node: text, or what stands by itself."""
        match node:
            case LatexEnvironmentNode() if node.pos in self.exercises.written:
                pass
            case LatexCharsNode():
                self.text.chars(node.chars, node.pos)
            case LatexEnvironmentNode():
                self.environment(node)
            case LatexMathNode() if node.displaytype == "display":
                self.text.flush()
                self.shown(maths(node), node)
            case LatexMacroNode() if self.command(node):
                pass
            case LatexGroupNode() if any(isinstance(n, LatexEnvironmentNode) for n in node.nodelist):
                self.nodes(node.nodelist)
            case _:
                self.text.add(inline(node, self.text.line), self.text.line(node.pos))

    def shown(self, markdown: str, node: Any) -> None:
        """A formula with lines of its own."""
        last = node.latex_verbatim().count("\n")
        line = self.text.line(node.pos)
        self.out.add(markdown, line, line + last)

    def command(self, node: Any) -> bool:
        """A command that stands for itself; False for one inside a line."""
        name, told = node.macroname, arguments(node)
        line = self.text.line(node.pos)
        if name == "part" and "\\begin{questions}" in self.source:
            name = "question"
        if name in names.SECTIONS or name in ("frametitle", *names.RUN_IN):
            title = " ".join(group_text(last_argument(node), self.text.line).split())
            depth = names.SECTIONS.get(name, 4) - self.top + self.level
            self.block(
                wrapped("**", title) if name in names.RUN_IN else f"{'#' * max(1, min(6, depth))} {title}",
                line,
            )
        elif name == "par":
            self.block("", line)
        elif name == "deckbuildkept":
            blocks.code(self, *self.kept[int(last_argument(node).latex_verbatim().strip("{}"))])
        elif (
            name in ("card", "flashcard", "QA")
            and len(told) == 2
            and all(isinstance(one, LatexGroupNode) for one in told)
        ):
            blocks.asked(self, lambda: self.nodes(inner(told[0])), lambda: self.nodes(inner(told[1])))
        elif name in names.GLOSSARY:
            blocks.entry(self, node)
        elif name == "caption":
            self.block("", line)
            self.nodes(inner(last_argument(node)))
            self.block("", line)
        else:
            return self.exam.command(node, name, line) or name in _SKIPPED
        return True

    def block(self, markdown: str, line: int) -> None:
        """A line by itself, or only the end of what stands before."""
        self.text.flush()
        self.out.gap()
        if markdown:
            self.out.add(markdown, line)
            self.out.gap()

    def environment(self, node: Any) -> None:
        """An environment: a list, a theorem, a table, a formula, or a frame around text."""
        name = name_of(node)
        line = self.text.line(node.pos)
        if node.environmentname in names.MATHS:
            self.text.flush()
            self.shown(maths(node), node)
            return
        self.block("", line)
        if name in ("itemize", "enumerate", "description", "compactitem", "compactenum"):
            blocks.listed(self, node, name)
        elif name in names.NOTES and (sides := blocks.sides(node)):
            blocks.asked(self, lambda: self.nodes(sides[0]), lambda: self.nodes(sides[1]))
        elif name in self.theorems or name in names.DEFINES:
            blocks.theorem(self, node, self.theorems)
        elif name in ("tabular", "tabularx", "longtable", "tabulary", "array"):
            table(self, node)
        elif name in ("quote", "quotation", "verse"):
            with self.out.inside("> ", "> "):
                self.nodes(node.nodelist)
                self.text.flush()
        elif name in CHOICES:
            self.exam.choices(node, line)
        elif name == "frame" and (title := last_argument(node)) is not None:
            if (shown := group_text(title, self.text.line)).strip():
                self.block(f"{'#' * min(6, 4 - self.top + self.level)} {shown}", line)
            self.nodes(node.nodelist)
        elif name in ("questions", "parts", "subparts"):
            self.nodes(node.nodelist)
            self.exam.answer_gaps(self.text.line(node.pos + node.len - 1))
        elif titled := boxed(node):
            blocks.box(self, titled, line)
        else:
            self.nodes([*(inner(last_argument(node)) if name in names.CARDS else ()), *content(node)])
        self.block("", line)
