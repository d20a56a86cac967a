"""Halves of surrogate pairs, which escapes of many formats can write, and no output can hold."""

from __future__ import annotations

from hostile.case import PLAIN, Case, tree

_HALF = "\\ud800"
_FRONT = f'---\ntitle: "a{_HALF}"\ndeck: "a{_HALF}"\ntags: ["a{_HALF}"]\n---\n\n'
_MARKDOWN = '## What is it &#xD800;?\n\nThat &#55296; $\\unicode{xD800}$ $\\char"D800$ ![a](%ED%A0%80.png) [x](y%ED%A0%80)\n'
_HTML = "<h2>What is &#xD800; it?</h2><p>That &#55296; thing <math><mo>&#xD800;</mo></math></p>"
_RECORD = f'{{"question": "What is it {_HALF}?", "answer": "That \\udc00", "tags": ["a{_HALF}"], "hint": "{_HALF}"}}'
_CELLS = (
    f'[{{"cell_type": "markdown", "metadata": {{}}, "source": ["## What is it {_HALF}?\\n", "\\nThat {_HALF}"]}},'
    f' {{"cell_type": "code", "metadata": {{}}, "source": ["x = {_HALF}"], "outputs": []}}]'
)

_FILES = {
    "markdown": {"h.md": _FRONT + _MARKDOWN},
    "executable": {"h.rmd": _FRONT + _MARKDOWN, "h.qmd": _FRONT + _MARKDOWN},
    "json": {"h.json": f'{{"title": "a{_HALF}", "deck": "a{_HALF}", "cards": [{_RECORD}, {{"a{_HALF}": "b"}}]}}'},
    "lines-of-json": {"h.jsonl": f"{_RECORD}\n" * 3},
    "notebook": {"h.ipynb": f'{{"nbformat": 4, "metadata": {{"kernelspec": {{"language": "a{_HALF}"}}}}, "cells": {_CELLS}}}'},
    "page": {"h.html": _HTML, "h.xhtml": _HTML},
    "rst": {"h.rst": "What is |x|?\n============\n\nThat |x| thing.\n\n.. |x| unicode:: U+D800 .. and more\n"},
    "asciidoc": {"h.adoc": "= T\n\n== What is it?\n\nThat &#xD800; &#55296; thing.\n"},
    "latex": {"h.tex": '\\section{What is it?}That \\symbol{"D800} \\char"D800 \\unichar{"D800} ^^^^d800.\n'},
    "org": {"h.org": f"* What is it?\nThat {_HALF} &#xD800; thing.\n"},
    "rows": {"h.txt": "#separator:tab\n#html:true\nWhat is &#xD800;?\tThat &#55296;\n", "h.csv": f"q,a\nWhat?,{_HALF}\n"},
    "settings": {"deckbuild.toml": f'name = "a{_HALF}"\n'},
    "template": {"deckbuild.toml": '[print]\ntemplates = "looks"\n', "looks/sheet/sheet.html.j2": f'<p>{{{{ "{_HALF}" }}}} &#xD800;</p>'},
    "style": {"deckbuild.toml": '[print]\ntemplates = "looks"\n', "looks/print/own.css": 'p::before { content: "\\d800 " }'},
    "lock": {"deckbuild.lock": f'{{"record":"lock","schema":1,"namespace":"{_HALF}"}}\n'},
    "typed-as-bytes": {"h.md": PLAIN.encode() + b"\xed\xa0\x80\n"},
}  # fmt: skip

CASES = [Case("halves", name, tree(files)) for name, files in _FILES.items()]
