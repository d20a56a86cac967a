"""Code, verses, notices, folds, tables and footnotes of reStructuredText."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from docutils import nodes

from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.reading import Asked, Writer, escaped, started, wrapped
from deckbuild.syntax.formats.restructured_text import inline

_ADMONITIONS = "attention caution danger error hint important note tip warning".split()


class RestructuredReader(Protocol):
    """What reads the elements of a document: the line that was found `at` last, the exercise `posed` last."""

    lines: Sequence[str]
    out: Writer
    at: int
    posed: SourceSpan | None

    def find(self, text: str, line: int | None = None) -> int:
        """The line on which a text begins."""

    def blocks(self, parent: nodes.Element, level: int) -> None:
        """The blocks in an element."""

    def block(self, node: nodes.Element, level: int) -> None:
        """One block."""


def code(reader: RestructuredReader, node: nodes.Element) -> None:
    """Code, with the language that its directive tells."""
    classes = [name for name in node.get("classes", ()) if name not in ("code", "highlight")]
    language = str(node.get("language", "") or (classes[0] if classes else ""))
    lines = node.astext().split("\n")
    line = reader.find(node.astext(), None)
    start = len(reader.out.places)
    reader.out.code(lines, language, line)
    for at in range(start, len(reader.out.places)):
        if reader.out.places[at].line > len(reader.lines):
            reader.out.places[at] = SourceSpan(len(reader.lines), len(reader.lines))
    reader.at = min(line + len(lines) - 1, len(reader.lines))


def verse(reader: RestructuredReader, node: nodes.Element) -> None:
    """Lines that stay lines."""
    found = list(node.findall(nodes.line))
    reader.out.gap()
    for number, part in enumerate(found):
        text = inline(part).strip()
        line = reader.find(part.rawsource or part.astext())
        if text:
            reader.out.add(started(text) + ("\\" if number < len(found) - 1 else ""), line)
        else:
            reader.out.gap()
    reader.out.gap()


def quote(reader: RestructuredReader, node: nodes.Element, level: int) -> None:
    """A quote, or a notice of a kind."""
    reader.out.gap()
    with reader.out.inside("> ", "> "):
        if isinstance(node, nodes.Admonition):
            title = node.next_node(nodes.title)
            kind = node.tagname.upper() if node.tagname in _ADMONITIONS else "NOTE"
            named = f" {inline(title)}" if title is not None and title.parent is node else ""
            reader.out.add(
                f"[!{kind}]{named}",
                reader.find(title.astext() if named and title else f".. {node.tagname}", node.line),
            )
            for child in node.children:
                if child is not title and isinstance(child, nodes.Element):
                    reader.block(child, level)
        else:
            reader.blocks(node, level)
    reader.out.gap()


def told(reader: RestructuredReader, node: nodes.Element, level: int) -> None:
    """A definition or a theorem with a name, which asks for what it says."""
    line = reader.find(str(node["named"]), node.line)
    asked = _written(reader, lambda: reader.out.add(started(escaped(str(node["told"]))), line))
    answer = _written(reader, lambda: reader.blocks(node, level))
    if answer.end_line >= answer.line:
        reader.out.asked.append(Asked(asked, answer))


def exercise(reader: RestructuredReader, node: nodes.Element, level: int) -> None:
    """What an exercise asks; its solution stands in it or behind it."""
    solved = [child for child in node.children if isinstance(child, nodes.Element) and child.get("solves")]
    node.children = [child for child in node.children if child not in solved]
    reader.posed = _written(reader, lambda: reader.blocks(node, level))
    for child in solved:
        reader.block(child, level)


def _written(reader: RestructuredReader, write: Callable[[], object]) -> SourceSpan:
    """The lines of the reading that are written."""
    reader.out.gap()
    first = len(reader.out.lines) + 1
    write()
    last = len(reader.out.lines)
    while last >= first and not reader.out.lines[last - 1].strip():
        last -= 1
    reader.out.gap()
    return SourceSpan(first, last) if last >= first else SourceSpan(first, first - 1)


def fold(reader: RestructuredReader, node: nodes.Element, level: int) -> None:
    """What a click opens: its title asks. Right behind an exercise a solution answers."""
    posed, reader.posed = reader.posed, None
    if node.get("solves") and posed and not any(map(str.strip, reader.out.lines[posed.end_line :])):
        answer = _written(reader, lambda: reader.blocks(node, level))
        reader.out.asked += [Asked(posed, answer)] if posed.line <= posed.end_line < answer.end_line else []
        return
    title = str(node["fold"])
    reader.out.gap()
    reader.out.add("<details>", reader.find(title, node.line))
    reader.out.add(f"<summary>{title.replace('<', '&lt;')}</summary>", reader.at)
    reader.out.gap()
    reader.blocks(node, level)
    reader.out.gap()
    reader.out.add("</details>", reader.at)
    reader.out.gap()


def table(reader: RestructuredReader, node: nodes.Element) -> None:
    """A table; its title stands above it."""
    title = node.next_node(nodes.title)
    if title is not None and title.parent is node:
        reader.out.gap()
        reader.out.add(
            wrapped("**", inline(title)), reader.find(title.rawsource or title.astext(), node.line)
        )
        reader.out.gap()
    rows: list[tuple[list[str], SourceSpan]] = []
    head = node.next_node(nodes.thead)
    for row in node.findall(nodes.row):
        cells = [cell(reader, entry) for entry in row.children]
        first = reader.find(row.astext(), None)
        rows.append((cells, SourceSpan(first, first)))
    if rows:
        reader.out.rows(rows, head is not None)


def cell(reader: RestructuredReader, entry: nodes.Element) -> str:
    """The Markdown of a cell."""
    out, at, reader.out = reader.out, reader.at, Writer()
    reader.blocks(entry, 1)
    inner, reader.out, reader.at = reader.out, out, at
    return "\n".join(line.rstrip("\\") for line in inner.lines)


def footnote(reader: RestructuredReader, node: nodes.Element) -> None:
    """A footnote, or a work that is cited."""
    label = node.children[0].astext() if node.children else ""
    reader.out.gap()
    with reader.out.inside(f"[^{label}]: ", "    "):
        for child in node.children[1:]:
            reader.block(child, 1)
    reader.out.gap()
