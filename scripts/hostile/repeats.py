"""Documents in which a long thing stands once and is repeated for each of many: titles, tags, names, macros, links."""

from __future__ import annotations

from itertools import pairwise

from hostile.case import DECK, Case, tree

_LONG = "wave " * 60_000
_WORD = "w" * 300_000
_MANY = "".join(f"## What is {n}?\n\nIt is {n}, in words.\n\n" for n in range(3_000))
_DEEPER = _MANY.replace("## ", "##### ")
_FEW = "".join(f"## What is {n}?\n\nIt is {n}, in words.\n\n" for n in range(60))


def _each(text: str) -> str:
    return "".join(f"## What is {n}?\n\nIt is {text} in words.\n\n" for n in range(3_000))


def _doubling(head: str, inner: str) -> list[tuple[str, str]]:
    """Names each of which stands for the one before it ten times; in `head` and `inner` `@` is a name."""
    names = [f"n{chr(97 + n)}" for n in range(14)]
    return [(head.replace("@", new), inner.replace("@", old) * 10) for old, new in pairwise(names)]


_FILES: dict[str, tuple[str, str]] = {
    "title": ("n.md", f"# {_LONG}\n\n{_MANY}"),
    "title-of-one-word": ("n.md", f"# {_WORD}\n\n{_MANY}"),
    "titles-above-each-other": ("n.md", "".join(f"{'#' * level} {_LONG}\n\n" for level in range(1, 5)) + _DEEPER),
    "title-of-a-page": ("n.html", f"<!DOCTYPE html><title>{_LONG}</title><h1>{_LONG}</h1>" + "<h2>What is it?</h2><p>That, in words.</p>" * 2_000),
    "title-in-front-matter": ("n.md", f"---\ntitle: {_LONG}\n---\n{_MANY}"),
    "tags-in-front-matter": ("n.md", f"---\ntags: [{_WORD}, {'a, ' * 9_000}]\n---\n{_MANY}"),
    "deck-in-front-matter": ("n.md", f"---\ndeck: {_LONG}\n---\n{_MANY}"),
    "deck-of-parts-in-front-matter": ("n.md", f"---\ndeck: {'a::' * 9_000}b\n---\n{_MANY}"),
    "header-of-a-table": ("n.md", f"# T\n\n| Term | {_WORD} |\n|---|---|\n" + "".join(f"| a{n} | b{n} |\n" for n in range(3_000))),
    "headers-of-a-table": ("n.md", "# T\n\n" + "| Term " * 150 + "|\n" + "|---" * 150 + "|\n" + ("| " + "x | " * 150 + "\n") * 900),
    "first-column": ("n.csv", "term," + _WORD + "\n" + "".join(f"a{n},b{n}\n" for n in range(3_000))),
    "link": ("n.md", _each("[a][r]") + f"\n[r]: http://192.0.2.1/{_WORD}\n"),
    "title-of-a-link": ("n.md", _each("[a][r]") + f'\n[r]: x.md "{_LONG}"\n'),
    "image": ("n.md", _each("![a][r]") + f"\n[r]: {_WORD}.png\n"),
    "footnote": ("n.md", _each("so[^r]") + f"\n[^r]: {_LONG}\n"),
    "abbreviation": ("n.md", _each("ABC") + f"\n*[ABC]: {_LONG}\n"),
    "macro-of-latex": ("n.md", f"$\\newcommand{{\\long}}{{\\text{{{_WORD}}}}}$\n\n" + _each("$\\long$")),
    "macro-of-a-file": ("n.tex", f"\\newcommand{{\\long}}{{{_LONG}}}\n" + "\\section{What is it?} It is \\long.\n" * 3_000),
    "macros-that-double-in-text": ("n.tex", "\\newcommand{\\na}{wave }\n" + "".join(f"{head}{{{inner}}}\n" for head, inner in _doubling("\\newcommand{\\@}", "\\@ ")) + "\\section{What is it?} It is \\nn.\n"),
    "attribute-of-asciidoc": ("n.adoc", f":long: {_LONG}\n\n" + "== What is it?\n\nIt is {long}.\n\n" * 3_000),
    "attributes-that-double": ("n.adoc", ":na: wave\n" + "".join(f"{head} {inner}\n" for head, inner in _doubling(":@:", "{@}")) + "\n== What is it?\n\nIt is {nn}.\n"),
    "substitution-of-rst": ("n.rst", f".. |long| replace:: {_LONG}\n\n" + "What is it?\n===========\n\nIt is |long|.\n\n" * 3_000),
    "substitutions-that-double": ("n.rst", ".. |na| replace:: wave\n" + "".join(f"{head} replace:: {inner}\n" for head, inner in _doubling(".. |@|", "|@| ")) + "\nWhat is it?\n===========\n\nIt is |nn|.\n"),
    "target-of-rst": ("n.rst", "What is it?\n===========\n\nIt is `so`_ and so_.\n\n" * 3_000 + f".. _so: http://192.0.2.1/{_WORD}\n"),
    "role-of-rst": ("n.rst", f".. role:: {_WORD}\n.. role:: a({_WORD})\n\n" + "What is it?\n===========\n\nIt is :a:`x`.\n\n" * 900),
    "macro-of-org": ("n.org", f"#+MACRO: long {_LONG}\n" + "* What is it?\nIt is {{{long}}}.\n" * 3_000),
    "macros-that-double-in-org": ("n.org", "#+MACRO: na wave\n" + "".join(f"{head} {inner}\n" for head, inner in _doubling("#+MACRO: @", "{{{@}}}")) + "* What is it?\nIt is {{{nn}}}.\n"),
    "title-of-org": ("n.org", f"#+TITLE: {_LONG}\n#+FILETAGS: :{_WORD}:\n" + "* What is it?\nIt is so.\n" * 3_000),
    "links-of-org": ("n.org", f"#+LINK: long {_WORD}\n" + "* What is it?\nIt is [[long:x][so]].\n" * 3_000),
    "text-above-its-questions": ("n.md", f"# A\n\nRead this: {_LONG}\n\n" + "".join(f"{n}. What is it?\n   a) x\n   b) y\n\n   Answer: a\n\n" for n in range(900))),
    "meaning-that-many-share": ("n.rst", "Glossary\n========\n\n.. glossary::\n\n" + "".join(f"   term {n}\n" for n in range(3_000)) + f"      {_LONG}\n"),
    "answer-that-many-share": ("n.json", '{"cards": [' + ", ".join(f'{{"question": "What is {n}?", "answer": "{"wave " * 60}"}}' for n in range(3_000)) + "]}"),
    "deck-of-json": ("n.json", f'{{"deck": "{_WORD}", "title": "{_LONG}", "tags": ["{_WORD}"], "cards": [' + ", ".join(f'{{"question": "What is {n}?", "answer": "so {n}"}}' for n in range(3_000)) + "]}"),
    "directives-of-rows": ("n.txt", f"#separator:tab\n#deck:{_WORD}\n#tags:{_WORD}\n#columns:{_WORD}\tBack\n" + "".join(f"What is {n}?\tso {n}\n" for n in range(3_000))),
    "language-of-code": ("n.md", f"```{_WORD}\n" + "x\n```\n\n" + _each(f"`x`\n\n```{'w' * 300}\nx\n```\n\n")),
    "alternatives-of-a-drawing": ("n.md", f"# A\n\n## What is it?\n\nThat.\n\n![{_LONG}](x.png)\n\n" + _FEW),
    "name-of-the-document": ("n" * 240 + ".md", _MANY),
    "summary": ("n.md", f"<details><summary>{_LONG}?</summary>\n\nThat, in words.\n\n</details>\n\n" * 5 + _MANY),
}  # fmt: skip

CASES = [
    *(Case("repeats", name, tree({path: text, "plain.md": _FEW}), DECK) for name, (path, text) in _FILES.items()),
    *(
        Case("repeats", f"{name}-printed", tree({path: text.replace(_MANY, _FEW).replace(_DEEPER, _FEW), "plain.md": _FEW}))
        for name, (path, text) in _FILES.items()
        if name.startswith(("title", "tag", "deck-in", "deck-of-parts", "header-of", "alternatives"))
    ),
]  # fmt: skip
