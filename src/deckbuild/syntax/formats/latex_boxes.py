r"""Boxes with titles around text of LaTeX, of tcolorbox and of documents' own: `\begin{tcolorbox}[title=Cell]`."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from pylatexenc.latexwalker import LatexCharsNode, LatexGroupNode

from deckbuild.machine.regex import regex

_BOX = regex(
    r"(?i)box|frame|card|note|callout|block|defi?n?|dfn|concept|term|thm|theorem|lemma|example|remark|fact"
)
"""Parts of names of environments that put a box around their text, whoever defined them."""

_DEFINES = regex(r"(?i)defi|dfn|concept|term|(?:^|[a-z])def(?:$|box|n)|^def")
_TITLE = regex(r"(?:^|[\[,\s])(?:title|frametitle)\s*=\s*(?P<plain>[^\[\]{},]*)")
_PLACED = regex(r"\[(?:[a-zA-Z!]{1,4}|[^\[\]\n]*=[^\[\]\n]*)\]")
"""Where it is put, `[htb]`, and other options."""

_SIZE = regex(r"[\d.,\s]*(?:\\\w+|[a-z]{2})?")


class TitledBox(Struct, frozen=True):
    """The nodes of the title and of the content; `defines` where its name says that it means a term."""

    title: list[Any]
    content: list[Any]
    defines: bool


def boxed(node: Any) -> TitledBox | None:
    """The box of an environment that pylatexenc knows nothing of; None for one without a title."""
    name = str(node.environmentname).rstrip("*")
    if not _BOX.search(name):
        return None
    nodes = list(node.nodelist)
    title: list[Any] = []
    if nodes and isinstance(nodes[0], LatexCharsNode) and nodes[0].chars.startswith("["):
        nodes, title = _options(nodes)
    while nodes and isinstance(nodes[0], LatexGroupNode):
        inside = [n for n in nodes[0].nodelist or [] if n is not None]
        if not title and inside and not _SIZE.fullmatch("".join(n.latex_verbatim() for n in inside)):
            title = inside
        nodes = nodes[1:]
    return TitledBox(title, nodes, bool(_DEFINES.search(name))) if title else None


def content(node: Any) -> list[Any]:
    """The nodes of any other environment, without the sizes, columns and options that stand at its head."""
    nodes = list(node.nodelist)
    while nodes:
        first = nodes[0]
        if isinstance(first, LatexCharsNode) and (told := _PLACED.match(first.chars)):
            rest = first.chars[told.end() :]
            left = [LatexCharsNode(chars=rest, pos=first.pos + told.end(), len=len(rest))] if rest else []
            nodes = [*left, *nodes[1:]]
        elif isinstance(first, LatexGroupNode) and _SIZE.fullmatch(first.latex_verbatim().strip("{}")):
            nodes = nodes[1:]
        else:
            break
    return nodes


def _options(nodes: list[Any]) -> tuple[list[Any], list[Any]]:
    """The nodes behind the options of an environment, and what these call its title."""
    title: list[Any] = []
    named = False
    for at, node in enumerate(nodes):
        if isinstance(node, LatexCharsNode):
            end = node.chars.find("]")
            told = node.chars if end < 0 else node.chars[:end]
            found = None
            for found in _TITLE.finditer(told):
                title = [LatexCharsNode(chars=found["plain"].strip(), pos=node.pos, len=0)]
            named = found is not None and found.end() == len(told) and not found["plain"].strip()
            if end >= 0:
                rest = node.chars[end + 1 :]
                left = [LatexCharsNode(chars=rest, pos=node.pos + end + 1, len=len(rest))] if rest else []
                return [*left, *nodes[at + 1 :]], [n for n in title if getattr(n, "chars", " ")]
        elif named and isinstance(node, LatexGroupNode):
            title, named = list(node.nodelist), False
        elif title:
            title.append(node)
    return nodes, []
