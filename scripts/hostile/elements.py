"""The smallest element of a kind again and again, as many of them as a file of its format may have."""

from __future__ import annotations

import json

from hostile.case import DECK, Case, tree
from hostile.formats import said, word

_SIZE = 400_000
"""Bytes of a file; limits of formats are below."""

_REPEATED: dict[str, tuple[str, ...]] = {
    "md": ("- x\n", "1. x\n", "x\n\n", "> x\n\n", "- [ ] x\n", "**x** y\n\n", "a | b\n-|-\nc | d\n\n", "![](x.png)\n\n", "x[^1]\n\n", "[x](y.md) ",
           "`x` ", "$x$ ", "==x== ", "<br>\n", "---\n\n", "x::y\n", "#a/b ", "[[x]] ", "- x :: y\n", "x\n: y\n\n", "{{c1::x}}\n\n", "?\n", "Q: x\nA: y\n"),
    "rst": ("* x\n", "x\n\n", ":a: b\n", "a\n  b\n", "| x\n", ".. x\n\n", ">>> x\n\n", "-a  x\n", "x__ y\n\n", "[#]_ x\n\n", "`a`_ b\n\n", "= =\na b\n= =\n\n",
            ".. note:: x\n\n", ":a:`x` ", ".. |a| image:: b\n", "**x** ", "A\n=\nB\n-\nC\n~\n", ".. math:: x\n\n", "#. x\n"),
    "adoc": ("* x\n", "a:: b\n", "|===\n|x |y\n|===\n", "x\n\n", ". x\n", "== A\n\n", "[NOTE]\nx\n\n", "footnote:[x] ", "<<a>> ", "image::x.png[]\n\n", "----\nx\n----\n", ":a: b\n",
             "a(((b))) ", "stem:[x] ", "[[a]]\n", ".x\n", "[qanda]\na:: b\n\n", "* [ ] x\n", "'''\n\n"),
    "org": ("* A\n", "- x\n", "| x | y |\n", "#+BEGIN_SRC a\nx\n#+END_SRC\n", "* A\n:PROPERTIES:\n:ID: x\n:END:\n", "[fn:1] x\n\n", "\\alpha ", "- a :: b\n", "# x\n", "#+A: b\n",
            "[[x][y]] ", "<2026-11-28> ", "$x$ ", "=x= ", "** A :a:\n", "#+CAPTION: x\n| a |\n\n", ":a:\nx\n:END:\n"),
    "tex": ("\\section{x}\n", "$x$ ", "\\[x\\]\n\n", "\\begin{tabular}{l}x\\\\\\end{tabular}\n\n", "\\footnote{x} ", "\\textbf{x} ", "% x\n", "\\label{a}\\ref{a} ", "\\begin{itemize}\\item x\\end{itemize}\n",
            "\\begin{theorem}[a]x\\end{theorem}\n", "\\newcommand{\\a}{x}\n", "\\cite{a} ", "x\n\n", "\\includegraphics{x}\n\n", "\\begin{equation}x\\end{equation}\n", "\\question x\n"),
    "html": ("<li>x", "<p>x", "<h2>x</h2>y", "<tr><td>x<td>y", "<dt>x<dd>y", "<details><summary>x</summary>y</details>", "<br>x", "<input type=checkbox>x", "<pre>x</pre>", "<img src=a.png>", "<a href=#x>x</a>",
             "<math><mi>x</mi></math>", "<svg><path d='M0 0'/></svg>", "<ruby>x<rt>y</ruby>", "<label>x</label>", "<b>x</b> ", "<iframe src=x></iframe>", "<div class=question>x</div><div class=answer>y</div>"),
    "csv": ("a,b\n", "a\n", '"a",""\n', ",,,,\n", '"a""b",c\n'),
    "txt": ("a\tb\n", "a - b\n", "a: b\n", "a = b\n", "1) a\n", "A. a\n", "a ; b\n", "a → b\n"),
}  # fmt: skip

_LINES = 29_000
"""Lines of a file, less than any format may have."""

_CELLS = [{"cell_type": "markdown", "metadata": {}, "source": ["## What is it?\n", "\n", "That."]}]
_CODE = [
    {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": ["x"],
     "outputs": [{"output_type": "stream", "name": "stdout", "text": ["y"]}]}
]  # fmt: skip
_LINK = '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>'
_MORE: dict[str, tuple[str, str | bytes]] = {
    "cells-of-text": ("n.ipynb", json.dumps({"cells": _CELLS * 4_000, "nbformat": 4, "metadata": {}})),
    "cells-of-code": ("n.ipynb", json.dumps({"cells": _CODE * 4_000, "nbformat": 4, "metadata": {}})),
    "strings-of-json": ("n.json", json.dumps([f"x{n}" for n in range(40_000)])),
    "pairs-of-json": ("n.json", json.dumps({f"term {n}": f"what {n} is" for n in range(12_000)})),
    "records-of-json": ("n.jsonl", '{"question": "What is it?", "answer": "that"}\n' * 8_000),
    "keys-of-json": ("n.json", json.dumps([{f"k{n}": n for n in range(900)}] * 30)),
    "choices-of-json": ("n.json", json.dumps([{"question": "What?", "options": ["a", "b"] * 40, "answer": "a"}] * 900)),
    "links-of-word": ("n.docx", word(_LINK * 9_000)),
    "tabs-of-word": ("n.docx", word("<w:p>" + "<w:r><w:t>x</w:t><w:tab/></w:r>" * 20_000 + "</w:p>")),
    "breaks-of-word": ("n.docx", word("<w:p>" + "<w:r><w:t>x</w:t><w:br/></w:r>" * 20_000 + "</w:p>")),
    "tables-of-word": ("n.docx", word(f"<w:tbl><w:tr><w:tc>{said('x')}</w:tc><w:tc>{said('y')}</w:tc></w:tr></w:tbl><w:p/>" * 3_000)),
    "boxes-of-word": ("n.docx", word(f"<w:p><w:r><w:txbxContent>{said('x')}</w:txbxContent></w:r></w:p>" * 6_000)),
}  # fmt: skip


def _many(unit: str) -> str:
    return unit * min(_SIZE // len(unit), _LINES // max(1, unit.count("\n")))


_FILES = {
    **{
        f"{at}-of-{suffix}": (f"n.{suffix}", _many(unit))
        for suffix, units in _REPEATED.items()
        for at, unit in enumerate(units)
    },
    **_MORE,
}

CASES = [Case("elements", name, tree({path: text, "plain.md": "# A\n\n## What is it?\n\nThat.\n"}), DECK) for name, (path, text) in _FILES.items()]  # fmt: skip
