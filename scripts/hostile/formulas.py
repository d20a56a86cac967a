"""LaTeX and chemistry that double, never end, or draw what no page holds."""

from __future__ import annotations

from hostile.case import Case, tree

_FORMULAS = {
    "chemistry-of-brackets": r"\ce{" + "(" * 900 + "H" + ")2" * 900 + "}",
    "chemistry-of-a-line": r"\ce{" + "H2O + " * 3_000 + "H2O}",
    "chemistry-of-arrows": r"\ce{" + "A ->[x][y] " * 900 + "B}",
    "chemistry-in-chemistry": r"\ce{" * 300 + "H" + "}" * 300,
    "chemistry-of-units": r"\pu{" + "1e" * 900 + "}",
    "chemistry-left-open": r"\ce{H2O" * 99,
    "columns-of-many-copies": r"\begin{array}{*{99999}{c}} a \end{array}",
    "columns-of-copies-of-copies": r"\begin{array}{*{99}{*{99}{*{99}{*{99}{c}}}}} a \end{array}",
    "matrix-of-300-squared": r"\begin{matrix}" + (" & ".join("a" * 300) + r"\\ ") * 300 + r"\end{matrix}",
    "rule-of-a-kilometre": r"\rule{999999em}{999999em} x",
    "space-of-a-kilometre": r"a\hspace{99999999em}b\kern 99999999em c",
    "raised-beyond": r"\raise 999999em {x}\lower 999999em {y}",
    "macros-of-arguments": r"\newcommand{\a}[2]{\b{#1#2}{#2#1}}\newcommand{\b}[2]{\a{#1#2}{#2#1}}\a xy",
    "macros-that-double": r"\def\a{xx}" + "".join(rf"\def\{y}{{\{x}\{x}\{x}}}" for x, y in zip("abcdefghijklm", "bcdefghijklmn", strict=True)) + r"\n",
    "macro-of-itself": r"\let\a\a\a \def\b{\b}\b",
    "environment-of-itself": r"\newenvironment{x}{\begin{x}}{\end{x}}\begin{x}a\end{x}",
    "addresses": r"\href{javascript:alert(1)}{x}\class{y}{z}\style{background:url(//127.0.0.1)}{u}\cssId{v}{w}",
    "packages": r"\require{html}\require{../../outside/secret}\require{action}\toggle{a}{b}\endtoggle",
    "characters-of-numbers": r"\unicode{x10FFFF}\unicode{99999999999}\char"  + '"D800' + r"\U{202e}",
    "texts-in-texts": r"\text{a $" * 90 + "x" + "$}" * 90,
    "over-over-over": "{" * 400 + "a" + r"\over b}" * 400,
    "roots-of-roots": r"\sqrt[" * 200 + "2" + "]{x}" * 200,
    "accents-on-accents": r"\hat{" * 400 + "x" + "}" * 400,
    "arrows-that-stretch": r"\xrightarrow[" + "a" * 5_000 + "]{" + "b" * 5_000 + "}",
    "colours": r"\color{" + "r" * 50_000 + r"}x \colorbox{</style><script>1</script>}{y}",
    "tags-and-labels": r"x \tag{<img src=x onerror=1>} \label{a} \ref{a} \eqref{" + "b" * 9_000 + "}",
    "cancelled": r"\cancel{" * 300 + "x" + "}" * 300,
    "left-without-right": r"\left(" * 2_000,
    "primes-and-scripts": "x" + "_{a^{b" * 200 + "}}" * 200,
    "words-of-no-command": "".join(rf"\a{'b' * n} " for n in range(1, 400)),
}  # fmt: skip


def _page(formula: str) -> str:
    return (
        f"# Laws\n\n## What is the law?\n\n$$\n{formula}\n$$\n\n## And inline?\n\nIt is ${formula}$ here.\n"
    )


def _slow(count: int) -> str:
    """So many formulas, each of which alone is stopped."""
    chemistry = "H2O + " * 400
    return "# Laws\n\n" + "".join(
        f"## What is law {n}?\n\n$$\n\\ce{{{chemistry}{n}}}\n$$\n\n" for n in range(count)
    )


CASES = [
    *(Case("formulas", name, tree({"n.md": _page(formula)})) for name, formula in _FORMULAS.items()),
    Case("formulas", "many-that-are-stopped", tree({"n.md": _slow(33)})),
    Case("formulas", "many-beside-a-long-one", tree({"n.md": _page("x + " * 50_000) + _slow(300)})),
]
