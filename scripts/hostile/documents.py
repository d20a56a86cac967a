"""Documents that no one writes by hand: too long, too deep, too wide, broken, or with code for others."""

from __future__ import annotations

import random

from hostile.case import DECK, PLAIN, Case, Content, tree

_random = random.Random(11)
_WORDS = "wave field charge energy proof limit cell enzyme torque vector".split()


def _text(words: int) -> str:
    return " ".join(_random.choices(_WORDS, k=words))


def _table(columns: int, rows: int, cell: str = "x") -> str:
    lines = ["|".join(f" c{n} " for n in range(columns)), "|".join(["---"] * columns)]
    lines += ["|".join(f"{cell}{row}" for _ in range(columns)) for row in range(rows)]
    return "# Table\n\n" + "\n".join(f"|{line}|" for line in lines) + "\n"


def _asked(answer: str, question: str = "What is it?") -> str:
    return f"{PLAIN}\n## {question}\n\n{answer}\n"


def _nested(opening: str, depth: int, inner: str, closing: str) -> str:
    return opening * depth + inner + closing * depth


_DOCUMENTS: dict[str, Content] = {
    # bytes that are no text
    "empty": b"",
    "one-line-end": b"\n",
    "nuls": b"\0" * 5000,
    "nul-in-text": b"# A\n\n## What is it?\n\nSome\0thing.\n",
    "control-characters": bytes(range(32)) * 100,
    "random-bytes": _random.randbytes(200_000),
    "broken-utf-16": b"\xff\xfe" + b"\x00\xd8" * 999,
    "odd-utf-16": b"\xff\xfe#\0 \0A",
    "latin-1-lines": b"## Qu'est-ce que c'est ?\n\nUne \xe9quation.\n\n" * 3000,
    "overlong-utf-8": b"# A\n\n## What is it?\n\n\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80\n",
    "encoded-surrogates": b"# A\n\n## What is it?\n\n\xed\xa0\x80\xed\xb0\x80 is that\n",
    "non-characters": _asked("\ufffe\uffff\U0001ffff\ufdd0 is that"),
    "returns-only": _asked(_text(20)).replace("\n", "\r"),
    "odd-line-ends": _asked("a\u2028b\u2029c\x85d\x0ce\x0bf"),
    "larger-than-the-limit": lambda: b"words and words\n" * 1_400_000,
    "disguised-program": b"\x7fELF\x02\x01\x01" + bytes(4000),
    # long
    "one-line-of-words": _text(300_000),
    "one-word": "a" * 1_900_000,
    "one-line-of-blanks": _asked(" " * 1_900_000 + "x"),
    "tabs": _asked("\t" * 900_000 + "x"),
    "blank-lines": _asked("x" + "\n" * 1_900_000),
    "blank-lines-within-the-limit": _asked("x" + "\n" * 399_000),
    "lines-of-text": "line\n" * 70_000,
    "paragraph-of-many-lines": _asked("a line of words\n" * 59_000),
    "headings": "".join(f"## Heading {n}\n" for n in range(30_000)),
    "questions": "".join(f"## What is {n}?\n\nIt is {n}.\n\n" for n in range(8_000)),
    "labelled-lines": "".join(f"Q: What is {n}?\nA: It is {n}.\n\n" for n in range(8_000)),
    "bold-terms": "# Terms\n\n" + "".join(f"**Term {n}**: text of it\n\n" for n in range(6_000)),
    "answer-headings": "".join(f"## What is {n}?\n\n### Answer\n\nIt is {n}.\n\n" for n in range(4_000)),
    "terms-before-the-rest": "# Key terms\n\n" + _text(150_000),
    "question-of-one-line": f"## What is {_text(60_000)}?\n\nThat, in words.\n",
    "list-items": _asked("".join(f"- item {n}\n" for n in range(30_000))),
    "options": _asked("".join(f"- [ ] option {n}\n" for n in range(5_000))),
    "choices-and-keys": "".join(f"{n}. What is it?\n   a) x\n   b) y\n" for n in range(2_000))
    + "\n## Answers\n\n"
    + "".join(f"{n + 7}. b\n" for n in range(2_000)),
    "marks": "".join(f"<!-- deckbuild: id n{n} -->\n## What is {n}?\n\nIt.\n\n" for n in range(3_000)),
    "skip-marks": "".join(f"<!-- deckbuild: skip -->\n## What is {n}?\n\nIt.\n\n" for n in range(3_000)),
    "link-definitions": "".join(f"[r{n}]: x{n}.md\n" for n in range(10_000)) + "[r1] " * 10_000,
    "footnotes": "".join(f"A word[^{n}].\n\n[^{n}]: note {n}\n\n" for n in range(4_000)),
    "definition-list": "".join(f"Term {n}\n: what it is\n\n" for n in range(8_000)),
    "huge-numbers": "".join(f"{10**n}. What is {n}?\n" for n in range(300)) + _asked("9" * 100_000),
    # deep
    "quotes": _asked(">" * 5_000 + " deep"),
    "nested-lists": _asked("".join("  " * n + "- item\n" for n in range(800))),
    "list-marks-on-a-line": _asked("- " * 5_000 + "x"),
    "brackets": _asked(_nested("[", 4_900, "x", "]")),
    "brackets-beyond": _asked(_nested("[", 60_000, "x", "]")),
    "links-in-links": _asked(_nested("[", 2_000, "x", "](y)")),
    "images-in-images": _asked(_nested("![", 2_000, "x", "](y.png)")),
    "emphasis": _asked(_nested("*", 19_000, "x", "*")),
    "emphasis-beyond": _asked("*a _b " * 60_000),
    "strikes": _asked("~~a " * 40_000),
    "backticks": _asked(" ".join("`" * n + "x" for n in range(1, 1_400))),
    "less-than-signs": _asked("<" * 60_000),
    "tags-of-html": _asked(_nested("<div>", 8_000, "x", "</div>")),
    "details": _nested("<details><summary>What?</summary>\n\n", 1_500, "x", "\n\n</details>\n"),
    "tables-of-html": _nested("<table><tr><td>", 1_500, "x", "</td></tr></table>"),
    "comments": _asked("<!--" * 60_000),
    "comment-without-end": _asked("<!-- " + "x\n" * 50_000),
    "entities": _asked("&amp;&#x41;&notanentity;" * 30_000),
    "backslashes": _asked("\\" * 500_000),
    "fence-without-end": _asked("```python\n" + "def f(x): return [x]\n" * 50_000),
    "fences": _asked("".join(f"```\n{n}\n```\n" for n in range(9_000))),
    "code-of-one-line": _asked("```js\n" + "a(b[c{d" * 100_000 + "\n```"),
    "clozes-in-clozes": "# A\n\n" + _nested("{{c1::", 400, "x", "}}") + "\n",
    "clozes-in-clozes-deeper": "# A\n\n" + _nested("{{c1::", 20_000, "x", "}}") + "\n",
    "clozes-without-end": "# A\n\n" + "{{c1::a " * 20_000 + "\n",
    "clozes-of-odd-numbers": "# A\n\nA {{c0::x}} {{c999::y}} {{c99999999999::z}} {{c-1::w}} is.\n",
    "clozes-on-a-line": "# A\n\n" + "{{c1::a}} b " * 9_000 + "\n",
    "cloze-of-a-huge-number": "# A\n\nA {{c" + "9" * 9_000 + "::x}} is {{c1::y" + "::h" * 9_000 + "}}.\n",
    "clozes-with-formulas": "# A\n\n" + _nested("{{c1::$x$ ", 40, "x", "}}") * 200 + "\n",
    "highlights": "# A\n\n" + "==a== b " * 9_000 + "\n",
    # wide
    "table-of-250-columns": _table(250, 3),
    "table-of-1000-columns": _table(1_000, 3),
    "table-of-3000-columns": _table(3_000, 3),
    "table-of-20000-rows": _table(2, 20_000),
    "table-of-100-by-900": _table(100, 900),
    "table-of-formulas": _table(6, 150, "$x^2$ "),
    "tables": "".join(_table(3, 2) + "\n" for _ in range(2_000)),
    "table-of-words": _table(3, 40, _text(60)),
    "table-of-3000-columns-in-an-answer": _asked(_table(3_000, 3).partition("\n\n")[2]),
    "table-of-100-by-900-in-an-answer": _asked(_table(100, 900).partition("\n\n")[2]),
    "tabs-of-20000-rows": "".join(f"word {n}\tmeaning {n}\n" for n in range(20_000)),
    "table-of-html-of-3000-columns": _asked(
        "<table><tr>" + "<td>x</td>" * 3_000 + "</tr><tr>" + "<td>y</td>" * 3_000 + "</tr></table>"
    ),
    "cells-of-html-that-span": _asked(
        "<table><tr><td colspan=99999999 rowspan=99999999>x</td><td>y</td></tr><tr><td>z</td></tr></table>"
    ),
    "plain-table": _asked("".join("a    b    c    d\n" for _ in range(9_000))),
    # mathematics
    "brackets-of-mathematics": _asked("f" + _nested("(", 8_000, "x + 1", ")") + " = 2"),
    "brackets-and-sums": _asked(_nested("(a + ", 3_000, "x", ")") + " = 2"),
    "brackets-without-end": _asked("f(x + " * 8_000),
    "bars-of-mathematics": _asked("|x + " * 8_000),
    "roots": _asked("√(" * 2_000 + "x" + ")" * 2_000 + " = 1"),
    "towers": _asked("x" + "^(x" * 2_000 + ")" * 2_000 + " = 1"),
    "fractions": _asked("$" + _nested("\\frac{1}{", 800, "x", "}") + "$"),
    "braces-of-latex": _asked("$" + _nested("{", 9_000, "x", "}") + "$"),
    "dollars": _asked("$ " * 60_000),
    "formulas": _asked(
        "\n\n".join(f"$\\int_0^{{{n}}} x^{{{n}}}\\,dx = \\frac{{1}}{{{n}}}$" for n in range(1_500))
    ),
    "formula-of-many-lines": _asked("$$\n" + "x + y \\\\\n" * 3_000 + "$$"),
    "macro-that-calls-itself": _asked("$\\def\\x{\\x\\x}\\x$ and $\\newcommand{\\y}{\\y}\\y$"),
    "macros-that-double": _asked(
        "$" + "".join(f"\\def\\{chr(98 + n)}{{\\{chr(97 + n)}\\{chr(97 + n)}}}" for n in range(24)) + "\\z$"
    ),
    "matrix-of-latex": _asked("$$\\begin{matrix}" + "1 & " * 4_000 + "1\\end{matrix}$$"),
    "commands-that-reach-out": _asked("$\\href{file:///etc/passwd}{x} \\require{html} \\input{/etc/passwd}$"),
    "sum-of-line": _asked("a + b = c, " * 30_000),
    "brackets-of-all-kinds": _asked("f" + _nested("([{", 2_500, "x", "}])") + " = 2"),
    "brackets-side-by-side": _asked("f" + "(x)" * 9_000 + " = 2"),
    "brackets-of-latex": _asked("$" + _nested("\\left(", 2_000, "x", "\\right)") + "$"),
    "scripts-on-scripts": _asked("$" + _nested("x_{", 1_500, "a", "}") + "$ and x" + "_a" * 9_000 + " = 1"),
    "roots-of-latex": _asked("$" + _nested("\\sqrt{", 1_500, "x", "}") + "$"),
    "primes": _asked("f" + "'" * 60_000 + "(x) = 2 and x" + "⁹" * 60_000 + " = 1"),
    "long-number-in-mathematics": _asked(f"x = {'9' * 400_000} + 1"),
    "environments-of-latex": _asked("$$" + _nested("\\begin{pmatrix}", 300, "x", "\\end{pmatrix}") + "$$"),
    # letters
    "accents-on-a-letter": _asked("a" + "\u0301" * 50_000),
    "accents-beyond": _asked(("a" + "\u0301" * 900) * 500),
    "accents-within-the-limit": _asked(("a" + "\u0301" * 99) * 4_500),
    "directions": _asked("\u202e\u2066\u2067" * 9_000 + "abc"),
    "joined-emoji": _asked("👩\u200d" * 20_000),
    "invisible-signs": _asked("\u200b\ufeff\u2060" * 90_000 + "x"),
    "letters-of-all-scripts": _asked("".join(map(chr, range(0x100, 0x9000)))),
    "mojibake": _asked("Ã©â€œâ€\x9dÃ¼" * 40_000),
    # code for others
    "script": _asked("<script>fetch('http://192.0.2.1/')</script><b onclick=alert(1)>x</b>"),
    "links-that-run": _asked(
        "[x](javascript:alert(1)) [y](data:text/html;base64,AAAA) <a href=file:///etc>z</a>"
    ),
    "html-that-fetches": _asked(
        "<link rel=stylesheet href=http://192.0.2.1/a.css><style>@import url(file://@OUTSIDE@/secret.css)</style>"
        "<object data=file://@OUTSIDE@/secret.png></object><iframe src=http://192.0.2.1/></iframe>"
    ),
    "style-that-fetches": _asked('<p style="background: url(file://@OUTSIDE@/secret.png)">x</p>'),
    "svg-in-html": _asked("<svg><image href='file://@OUTSIDE@/secret.png'/><script>1</script></svg>"),
    "template-language": "# {{ ''.__class__.__mro__ }}\n\n## {% include '/etc/passwd' %}?\n\n{{ 7*7 }} {%\n",
    "fields-of-anki": _asked("{{FrontSide}} {{#Question}} {{type:Question}} {{tts de_DE:Question}}"),
    "escapes-of-terminals": _asked("\x1b]0;owned\x07\x1b[2J text", "What \x1b[31mis it?"),
    "numbers-of-control-characters": _asked(
        "x <b>"
        + "".join(f"&#{n};99&#{n + 1};&#x{n:X}" for n in range(1, 32))
        + "</b> $x$\n\n<div>&#2;99&#3;&#31;</div>",
        "What is <b>&#14;99&#15;&#31;</b>?",
    ),
    "directions-in-titles": "# T\u202e\x9b31m\n\n## What \x9d0;is\u2066 it?\n\nAn \x9b2J answer.\n\n| a\u202e | b |\n|---|---|\n| c | d |\n",
    "front-matter-bomb": "---\na: &a [x, x]\n"
    + "".join(f"b{n}: [*a, *a]\n" for n in range(999))
    + "---\n"
    + _asked("x"),
    "footnotes-that-call-each-other": _asked("a[^a]\n\n[^a]: b[^b]\n\n[^b]: a[^a]"),
    "entities-of-odd-numbers": _asked("&#99999999999; &#x110000; &#xD800; &#0; &#-1; &#27;[31m"),
    "tag-of-many-attributes": _asked("<p " + 'a="x" ' * 60_000 + ">x</p>"),
    "front-matter-without-end": "---\n" + "a: b\n" * 50_000 + _asked("x"),
    "language-of-code": _asked("```" + "x" * 200_000 + "\ncode\n```\n\n```<script>\ncode\n```"),
    "ids-with-markup": "".join(
        f"<!-- deckbuild: id {name} -->\n## What is {n}?\n\nIt is the thing {n}.\n\n"
        for n, name in enumerate(("../../x", "a'b;--", "<b>", "x" * 90_000, "{why}", "%s%n"))
    ),
    "codes-to-ignore": "<!-- deckbuild: ignore " + "mojibake " * 60_000 + "-->\n" + _asked("x"),
    "title-with-a-template": "# {{ 7 * 7 }} ${7*7} %s {0} {why}\n\n" + _asked("x", "What is {0} of {why}?"),
    "title-of-dots": "# ../../../up\n\n## What is it?\n\nThat, in words.\n",
}

_ORDINARY = """questions labelled-lines bold-terms answer-headings marks skip-marks definition-list tables
options choices-and-keys""".split()
"""Documents that are merely long, whose decks are made here."""

CASES = [
    *(
        Case(
            "documents",
            name,
            tree({"n.md": content, "plain.md": PLAIN}),
            *([DECK] if name in _ORDINARY else []),
        )
        for name, content in _DOCUMENTS.items()
    ),
    Case(
        "documents",
        "many",
        tree({f"d{n % 40}/n{n}.md": _asked("x", f"What is {n}?") for n in range(1_000)}),
        DECK,
    ),
    Case("documents", "same-question", tree({f"n{n}.md": _asked("x " * n) for n in range(1, 400)})),
    Case(
        "documents",
        "all-outputs",
        tree({"n.md": _table(8, 30) + _asked(_text(1_000))}),
        ("build", ".", "-o", "out", "--only", "deck,sheet,booklet,cutouts,preview"),
    ),
    *(
        Case(
            "documents",
            f"obeyed-{name}{len(options)}",
            tree({"n.md": _DOCUMENTS["directions-in-titles"]}),
            (name, *options),
        )
        for name, *options in (
            ("list", "."),
            ("list", "--json", "."),
            ("list", "--what", "tables", "."),
            ("diff", "."),
            ("check", ".", "--format", "json"),
            ("explain", "n.md"),
        )
    ),
    Case("documents", "explained", tree({"n.md": _asked("\x1b]0;owned\x07 text")}), ("explain", "n.md")),
    Case(
        "documents", "listed", tree({"n.md": _nested("{{c1::", 5_000, "x", "}}")}), ("list", "--json", "n.md")
    ),
]
