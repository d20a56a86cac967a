"""Exercises of LaTeX and what solves them: an environment inside theirs, or those right behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from pylatexenc.latexwalker import LatexCharsNode, LatexCommentNode, LatexEnvironmentNode

from deckbuild.model import SourceSpan
from deckbuild.syntax.formats import latex_names as names
from deckbuild.syntax.formats.latex_text import name_of
from deckbuild.syntax.formats.reading import Asked, Writer


def asks(node: Any, shown: Mapping[str, str]) -> bool:
    """Whether an environment is an exercise, by its name or by what the document calls it."""
    name = name_of(node)
    return name in names.ASKS or shown.get(name, "").casefold() in names.TASKS


class Exercises(Struct):
    """The exercises of a document: what solves each, by where it begins, and those that nothing solves."""

    solved: dict[int, list[Any]] = field(default_factory=dict)
    written: set[int] = field(default_factory=set)
    open: list[SourceSpan] = field(default_factory=list)

    def see(self, nodes: Sequence[Any], shown: Mapping[str, str]) -> None:
        """Find the exercises among nodes that solutions or proofs stand right behind."""
        task: Any = None
        for node in nodes:
            if not isinstance(node, LatexEnvironmentNode):
                task = task if _is_blank(node) else None
            elif asks(node, shown):
                task = node
            elif task is not None and name_of(node) in (*names.ANSWERS, "proof"):
                self.solved.setdefault(task.pos, []).append(node)
                self.written.add(node.pos)
            else:
                task = None

    def parts(self, node: Any) -> tuple[list[Any], list[Any]]:
        """The nodes that ask and the environments that answer; of several answers inside, none is told."""
        content = list(node.nodelist)
        inside = [n for n, one in enumerate(content) if getattr(one, "environmentname", "") in names.ANSWERS]
        if len(inside) == 1 and all(map(_is_blank, content[inside[0] + 1 :])):
            return content[: inside[0]], [content[inside[0]]]
        return content, self.solved.get(node.pos, []) if not inside else []

    def left_open(self, out: Writer) -> None:
        """Tell of the exercises that nothing solves, in a document that solves others in place."""
        if not out.asked or not self.open:
            return
        for span in self.open:
            out.lines[span.line - 1] = out.lines[span.line - 1].removeprefix("Question: ")
            out.asked.append(Asked(span, None))
        out.asked.sort(key=lambda one: one.question)


def _is_blank(node: Any) -> bool:
    return isinstance(node, LatexCommentNode) or (isinstance(node, LatexCharsNode) and not node.chars.strip())
