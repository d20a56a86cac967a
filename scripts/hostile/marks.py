"""One sign of a syntax thousands of times, in pairs and alone, in a line and in lines of its own."""

from __future__ import annotations

from hostile.case import DECK, Case, tree

_SIGNS = {
    "backtick": "`",
    "dollar": "$",
    "two-dollars": "$$",
    "bracket": "[",
    "round-bracket": "\\(",
    "square-bracket": "\\[",
    "bar": "|",
    "dash": "-",
    "hash": "#",
    "number": "1.",
    "letter": "a)",
    "colon": ":",
    "arrow": "->",
    "question": "Q:",
    "less": "<",
    "tag": "<b>",
    "details": "<details>",
    "comment": "<!--",
    "percent": "%%",
    "cloze": "{{c1::",
    "link": "[[",
    "reference": "((",
    "footnote": "[^1]",
    "environment": "\\begin{a}",
    "definition": "\\begin{definition}\n",
    "div": "::: {.note}\n",
    "quote": ">",
    "root": "√",
    "power": "x^",
    "tilde": "~~~",
    "box": "- [ ]",
    "start": "START",
}
_MANY = 15_000


def _document(name: str, body: str) -> str:
    heads = {
        "org": "* What is it?\n",
        "tex": "\\section{What is it?}\n",
        "html": "<!DOCTYPE html><h2>What is it?</h2>\n",
    }
    under = {"rst": "What is it?\n===========\n\n", "adoc": "== What is it?\n\n"}
    return f"{(heads | under).get(name, '## What is it?' + chr(10) * 2)}{body}\n"


CASES = [
    *(Case("marks", f"{name}-in-lines", tree({"n.md": _document("md", f"{sign}\n" * _MANY)}), DECK) for name, sign in _SIGNS.items()),
    *(Case("marks", f"{name}-in-a-line", tree({"n.md": _document("md", f"{sign}a " * _MANY)}), DECK) for name, sign in _SIGNS.items()),
    *(
        Case("marks", f"{ending}-of-{name}", tree({f"n.{ending}": _document(ending, f"{sign} a\n" * _MANY)}), DECK)
        for ending in ("rst", "org", "adoc", "tex", "html")
        for name, sign in _SIGNS.items()
        if name in ("backtick", "dollar", "bracket", "dash", "colon", "environment", "number", "hash")
    ),
]  # fmt: skip
