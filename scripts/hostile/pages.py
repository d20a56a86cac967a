"""Web pages and tables of spreadsheets that no program writes: too deep, too wide, broken, or with code for others."""

from __future__ import annotations

from hostile.case import DECK, PLAIN, Case, tree


def _page(body: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>Waves</title>{head}</head><body>"
        f"<h2>What is a wave?</h2><p>A disturbance that carries energy.</p>{body}</body></html>"
    )


def _nested(opening: str, depth: int, closing: str) -> str:
    return opening * depth + "x" + closing * depth


_PAGES: dict[str, str | bytes] = {
    "empty": "",
    "of-nuls": b"\0" * 9_000,
    "cut-off": "<!DOCTYPE html><html><bo",
    "of-noise": bytes(range(1, 256)) * 900,
    "of-text-alone": "words and words\n" * 60_000,
    "of-one-line": _page("<p>word word</p>" * 60_000),
    "of-many-lines": _page("<p>word\nword</p>\n" * 40_000),
    "of-blank-lines": _page("\n" * 1_900_000),
    "with-deep-boxes": _page(_nested("<div>", 60_000, "</div>")),
    "with-boxes-left-open": _page("<div>" * 60_000 + "x"),
    "with-deep-type": _page("<p>" + _nested("<b>", 30_000, "</b>")),
    "with-deep-links": _page("<p>" + _nested("<a href=x>", 20_000, "</a>")),
    "with-deep-quotes": _page(_nested("<blockquote>", 9_000, "</blockquote>")),
    "with-deep-lists": _page(_nested("<ul><li>", 5_000, "</li></ul>")),
    "with-deep-tables": _page(_nested("<table><tr><td>", 3_000, "</td></tr></table>")),
    "with-deep-details": _page(_nested("<details><summary>What?</summary>", 3_000, "</details>")),
    "with-deep-code": _page(_nested("<pre><code>", 5_000, "</code></pre>")),
    "with-deep-mathematics": _page(_nested("<math><mrow><msqrt>", 5_000, "</msqrt></mrow></math>")),
    "with-deep-fractions": _page("<math>" + _nested("<mfrac><mn>1</mn>", 5_000, "</mfrac>") + "</math>"),
    "with-many-formulas": _page("<p><math><msup><mi>x</mi><mn>2</mn></msup></math></p>" * 5_000),
    "with-much-mathematics": _page(f"<math>{'<mi>x</mi><mo>+</mo>' * 40_000}</math>"),
    "with-deep-drawings": _page(_nested("<svg><g>", 9_000, "</g></svg>")),
    "with-many-headings": _page("".join(f"<h2>What is {n}?</h2>" for n in range(30_000))),
    "with-many-questions": _page("".join(f"<h2>What is {n}?</h2><p>It is {n}.</p>" for n in range(5_000))),
    "with-many-items": _page("<ul>" + "".join(f"<li>item {n}</li>" for n in range(30_000)) + "</ul>"),
    "with-many-links": _page("<ul>" + "".join(f"<li><a href=x{n}>link</a>" for n in range(30_000)) + "</ul>"),
    "with-many-breaks": _page("<p>" + "word<br>" * 40_000),
    "with-many-articles": _page("<article><p>x</p></article>" * 20_000),
    "with-many-terms": _page("<dl>" + "<dt>term<dd>what it is" * 15_000 + "</dl>"),
    "with-a-table-of-3000-columns": _page("<table>" + ("<tr>" + "<td>x" * 3_000) * 3 + "</table>"),
    "with-a-table-of-20000-rows": _page("<table>" + "<tr><td>x<td>y" * 20_000 + "</table>"),
    "with-cells-that-span": _page("<table><tr><td colspan=99999999 rowspan=99999999>x<td>y<tr><td>z</table>"),
    "with-cells-that-span-on": _page(
        "<table>" + "<tr><td colspan=1000 rowspan=9000>x<td>y" * 900 + "</table>"
    ),
    "with-many-attributes": _page("<p " + "".join(f"a{n}=x " for n in range(60_000)) + ">x"),
    "with-many-classes": _page("".join(f"<p class='{'nav ' * 900}'>x</p>" for _ in range(400))),
    "with-a-long-class": _page(f"<p class='{'a b ' * 400_000}'>x</p>"),
    "with-entities": _page("<p>x</p>").replace(
        "<!DOCTYPE html>",
        "<!DOCTYPE html [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c SYSTEM"
        " 'file://@OUTSIDE@/secret.md'>]>",
    )
    + "&b;&c;",
    "with-an-outer-type": _page("x").replace(
        "<!DOCTYPE html>", "<!DOCTYPE html SYSTEM 'http://192.0.2.1/x.dtd'>"
    ),
    "with-includes": _page(
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://@OUTSIDE@/secret.md" parse="text"/>'
    ),
    "with-other-bases": _page(
        "<p><img src=secret.png><img src='../outside/secret.png'>", "<base href='file://@OUTSIDE@/'>"
    ),
    "with-frames": _page("<iframe src='file://@OUTSIDE@/secret.md'></iframe><object data=x></object><embed src=x>"),
    "with-scripts": _page("<script>alert(1)</script><p onclick=alert(1)>x</p><a href=javascript:alert(1)>x</a>"),
    "with-markdown-in-text": _page("<p>](javascript:alert(1)) &lt;script&gt;alert(1)&lt;/script&gt; {{c1::x}} [x]: y</p>"),
    "with-marks-in-text": _page("<p>&lt;!-- deckbuild: id ../../x --&gt;</p><!-- deckbuild: skip --><p>x</p>"),
    "with-mathematics-that-leads-away": _page(
        r"<script type='math/tex'>\href{javascript:alert(1)}{x}</script><math><mtext href='javascript:1'>\href{y}{x}</mtext></math>"
    ),
    "with-odd-characters": _page("<p>&#0;&#27;[31m&#x9b;2J&#xD800;&#x110000;&#x202e;</p>"),
    "with-comments-left-open": _page("<!--" * 60_000),
    "with-a-comment-left-open": _page("<!-- " + "x\n" * 90_000),
    "with-marked-sections": _page("<![CDATA[" * 30_000),
    "with-instructions": _page("<?php x ?>" * 60_000),
    "in-utf-7": _page("<p>+ADw-script+AD4-</p>", "<meta charset=utf-7>"),
    "in-an-unknown-encoding": _page("<p>\xe9</p>", "<meta charset=x-none>").encode("latin-1"),
    "in-an-encoding-of-python": _page("<p>x</p>", "<meta charset=zlib><meta charset=idna>"),
    "in-utf-16": _page("<p>x</p>").encode("utf-16"),
    "in-utf-32": _page("<p>x</p>").encode("utf-32"),
    "with-a-long-title": f"<title>{'word ' * 300_000}</title><h2>What is it?</h2><p>That, in words.</p>",
    "with-a-long-word": _page(f"<p>{'x' * 1_900_000}</p>"),
    "with-many-templates": _page(_nested("<template>", 9_000, "</template>")),
    "with-forms": _page(_nested("<form><fieldset><label>", 3_000, "</label></fieldset></form>")),
    "with-hidden-text": _page("<div hidden><h2>What is it?</h2><p>That.</p></div>" * 3_000),
    "with-many-code-blocks": _page("<pre><code>```\n~~~\n</code></pre>" * 9_000),
    "with-backticks": _page("<code>" + "`" * 500_000 + "</code>"),
}  # fmt: skip

_TABLES: dict[str, str | bytes] = {
    "empty": "",
    "of-nuls": b"a,b\n\0,\0\n",
    "of-one-field": "x" * 1_900_000,
    "of-a-long-field": "term,meaning\nwave," + "x" * 900_000 + "\n",
    "with-a-quote-left-open": 'term,meaning\nwave,"' + "x\n" * 90_000,
    "of-quotes": 'a,b\n"' + '""' * 400_000 + '",x\n',
    "of-3000-columns": (",".join(f"c{n}" for n in range(3_000)) + "\n") * 4,
    "of-60000-columns": "," * 60_000 + "\nx",
    "of-20000-rows": "term,meaning\n" + "".join(f"term {n},meaning {n}\n" for n in range(20_000)),
    "of-90000-rows": "".join(f"{n},{n}\n" for n in range(90_000)),
    "of-empty-rows": "a,b\n" + ",\n" * 90_000,
    "of-rows-of-all-lengths": "".join("x," * (n % 900) + "\n" for n in range(2_000)),
    "of-lines-in-fields": "term,meaning\n" + "".join(f'term {n},"a\nb\nc"\n' for n in range(9_000)),
    "of-returns": "term,meaning\rwave,energy\rperiod,time\r",
    "of-all-separators": "a,b;c\td|e\n" * 9_000,
    "of-formulas": "term,meaning\n=cmd|' /C calc'!A0,@SUM(1)\n+1,-1\n",
    "of-markup": "term,meaning\n<script>alert(1)</script>,[x](javascript:alert(1))\n{{c1::x}},| a | b |\n",
    "of-pipes": "term,meaning\n" + "".join(f"a|b\\|{n},`c|d`\n" for n in range(900)),
    "of-controls": "term,meaning\n\x1b[31m,\x9b2J\n",
    "in-utf-16": "term\tmeaning\nwave\tenergy\n".encode("utf-16"),
    "of-directives": "#separator:\x00\n#html:true\n#deck:../../x\n#columns:a\tb\nx\ty\n",
    "of-quotes-as-separators": '#separator:"\na"b"c\n',
    "of-many-directives": "#separator:tab\n" * 60_000 + "a\tb\n",
    "of-images": 'term,meaning\n<img src="file://@OUTSIDE@/secret.png">,![x](../outside/secret.png)\n',
}  # fmt: skip

_OTHERS = (".ipynb", ".json", ".jsonl", ".rmd", ".qmd", ".rst", ".org", ".adoc", ".tex", ".docx", ".apkg")
_TEXTS: dict[str, str | bytes] = {
    "of-noise": bytes(range(1, 256)) * 900,
    "of-brackets": "[" * 200_000,
    "of-braces": "{" * 200_000 + '"a":1' + "}" * 200_000,
    "of-records": '[{"question": "What is it?", "answer": ' + "[" * 90_000 + "]" * 90_000 + "}]",
    "of-a-huge-number": '{"cells": ' + "9" * 90_000 + "}\n" + "9" * 9_000 + ". x\n",
    "of-odd-values": '{"nbformat": null, "cells": [null, 1, {"cell_type": [], "source": {"a": 1}}], "question": true}',
    "of-one-line": "word " * 300_000,
    "of-marks": "* = - + # \\ | : . ~ ` _ ^ \" ' @ % & $ { } [ ] < >\n" * 9_000,
    "of-headings": "\n".join(
        sign * 40 + f"\nTitle {n}\n" + sign * 40 for n, sign in enumerate("=-~^*+#" * 900)
    ),
    "of-deep-stars": "\n".join("*" * (n % 60) + " item" for n in range(9_000)),
    "of-commands": "\\section{x}\\begin{itemize}\\item " * 5_000,
    "of-environments": "\\begin{document}" + "\\begin{a}{" * 9_000,
    "of-macros": "\\def\\x{\\x\\x}\\newcommand{\\y}[9]{\\y}\\x\\y\n\\input{/etc/passwd}\\include{../outside/secret}\n"
    * 900,
    "of-includes": 'include::../outside/secret.md[]\n.. include:: ../outside/secret.md\n.. raw:: html\n   :file: /etc/passwd\n#+INCLUDE: "../outside/secret.md"\n',
    "of-tables": "|===\n" + "999999999*a|x\n" * 90 + "|===\n+" + "-" * 9_000 + "+\n" * 90,
    "of-options": '[cols="999999999*,1,2",format=csv,separator=xy]\n|===\na,"b\n|===\n',
    "of-indents": "\n".join(" " * (n % 900) + "x" for n in range(4_000)),
}
"""What is tried with each other format."""

_ORDINARY = (
    *("with-many-questions", "with-many-headings", "with-many-items", "with-many-terms"),
    *("of-20000-rows", "of-lines-in-fields", "of-pipes"),
)
"""Pages and tables that are merely long, whose decks are made here."""

CASES = [
    *(
        Case("formats", f"{ending[1:]}-{name}", tree({f"n{ending}": text, "n.md": PLAIN}), DECK)
        for ending in _OTHERS
        for name, text in _TEXTS.items()
    ),
    *(
        Case("pages", name, tree({"n.html": text, "n.md": PLAIN}), *([DECK] if name in _ORDINARY else []))
        for name, text in _PAGES.items()
    ),
    *(
        Case("tables", name, tree({"n.csv": text, "n.md": PLAIN}), DECK)
        if name in _ORDINARY
        else Case("tables", name, tree({"n.csv": text, "m.tsv": text, "n.md": PLAIN}))
        for name, text in _TABLES.items()
    ),
]
