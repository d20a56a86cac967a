"""Tables of LaTeX: rows of cells, each with its own lines."""

from __future__ import annotations

from typing import Any

from pylatexenc.latexwalker import LatexCharsNode, LatexCommentNode, LatexGroupNode, LatexSpecialsNode

from deckbuild.model import SourceSpan
from deckbuild.syntax.formats import latex_names as names
from deckbuild.syntax.formats.latex_blocks import LatexReader
from deckbuild.syntax.formats.latex_text import group_text


def table(reader: LatexReader, node: Any) -> None:
    """A table; the first row holds titles where a rule parts it from the others, or it is bold.

    Of a table over several pages the titles stand once, though it has them for the first page and for the others.
    """
    rows: list[tuple[list[str], SourceSpan]] = []
    titles = rows[:]
    cells: list[list[Any]] = [[]]
    rules: list[int] = []
    for child in [*node.nodelist, None]:
        macro = getattr(child, "macroname", "")
        if child is None or macro == "\\":
            texts = [" ".join(group_text(cell, reader.text.line).split()) for cell in cells]
            placed = [
                n
                for cell in cells
                for n in cell
                if not isinstance(n, LatexCommentNode)
                and not (isinstance(n, LatexCharsNode) and not n.chars.strip())
            ]
            if any(texts) and placed:
                lead = placed[0].latex_verbatim()
                first = reader.text.line(placed[0].pos + len(lead) - len(lead.lstrip()))
                rows.append((texts, SourceSpan(first, max(first, reader.text.line(placed[-1].pos)))))
            cells = [[]]
        elif macro in ("hline", "midrule", "toprule", "bottomrule", "cline", "cmidrule"):
            rules.append(len(rows))
        elif macro in names.REPEATED:
            titles = titles or rows[-1:] if "head" in macro else titles
            rows, rules, cells = [], [], [[]]
        elif isinstance(child, LatexSpecialsNode) and child.specials_chars == "&":
            cells.append([])
        elif not isinstance(child, LatexGroupNode) or cells[-1] or len(cells) > 1 or child.nodelist:
            cells[-1].append(child)
    if titles and rows:
        reader.out.rows([*titles, *rows], True)
    elif rows:
        bold = all(not c or c.startswith("**") for c in rows[0][0])
        titled = len(rows) > 1 and (bold or (1 in rules and rules.count(2) == 0) or 1 in rules)
        reader.out.rows(rows, titled)
