"""Files of other formats that no one writes by hand: bombs, nesting, what reaches for other files."""

from __future__ import annotations

import io
import json
import zipfile

from hostile.case import PLAIN, Case, Content, tree

_XML = '<?xml version="1.0"?>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(parts: dict[str, str]) -> bytes:
    """An archive of these texts, by their names."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def word(body: str, head: str = _XML) -> bytes:
    """A Word file with nothing but a body."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return packed(
        {
            "[Content_Types].xml": f'{_XML}<Types xmlns="{types}"><Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{main}"/></Types>',
            "_rels/.rels": f'{_XML}<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>",
        }
    )


def said(text: str) -> str:
    """A paragraph of a Word file."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


_BOMB = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
_FILES: dict[str, Content] = {
    "lists.json": "[" * 100_000,
    "definitions.qmd": "::: {#def-a}\n" * 20_000,
    "boxes.qmd": "::: {.note}\n" * 10_000 + ":::\n" * 10_000,
    "blanks.qmd": "a" + " " * 150_000 + "@b\n",
    "formulas.csv": "What is <p>?," + "\\(" * 40_000 + "\n",
    "ticks.csv": "What is <p>?," + "`" * 90_000 + " a" * 40_000 + "\n",
    "targets.rst": ".. _a:\n" * 21_000,
    "targets-of-names.rst": "".join(f".. _a{n}:\n" for n in range(15_000)),
    "classes.rst": ".. class:: x\n\n" * 15_000,
    "contents.rst": ".. contents::\n\n" * 15_000,
    "numbers-of-sections.rst": ".. sectnum::\n\n" * 15_000,
    "literal-blocks.rst": "::\n\n  x\n\n" * 20_000,
    "titles.rst": "A\n=\n\n" * 40_000,
    "footnotes-of-one-name.rst": ".. [#a] x\n" * 22_000,
    "objects.json": '{"a":' * 5_000 + "1" + "}" * 5_000,
    "half.json": '{"question": "What is it?", "answer": "It',
    "values.jsonl": '{"question": "What?", "answer": "' + "x" * 300_000 + '"}\n' * 3,
    "fields.csv": ",".join("x" * 500_000) + "\n",
    "quote.csv": 'a,"' + "x\n" * 300_000,
    "rows.csv": "\n".join(f"What is {n}?,It is {n}." for n in range(4_000)),
    "elements.html": "<div>" * 100_000 + "What is it?",
    "spans.html": "<table><tr>" + "<td colspan=999 rowspan=999>x</td>" * 200 + "</table>",
    "runs.html": "<p>" + "<b>x</b> " * 30_000,
    "entities.html": "<!DOCTYPE html [<!ENTITY a SYSTEM 'file://@OUTSIDE@/secret.md'>]><h2>What is it?</h2><p>&a;</p>",
    "includes.rst": "What is it?\n===========\n\n.. include:: @OUTSIDE@/secret.md\n\n.. raw:: html\n   :file: @OUTSIDE@/secret.md\n\n"
    ".. csv-table:: x\n   :file: @OUTSIDE@/secret.md\n\n.. literalinclude:: @OUTSIDE@/secret.md\n\nx\n",
    "quotes.rst": "\n".join("  " * n + "x" for n in range(300)),
    "columns.rst": "+---" * 2_000 + "+\n" + "|   " * 2_000 + "|\n" + "+---" * 2_000 + "+\n",
    "stars.rst": "*" * 100_000,
    "words.rst": "-" * 100_000 + "x",
    "starts.rst": "*a " * 80_000,
    "codes.rst": "`a " * 80_000,
    "formulas.adoc": "stem:[" * 60_000,
    "indices.adoc": "\n\n".join(["(" * 1_990] * 900),
    "signs.org": "*a " * 200_000,
    "links.org": "[[a][" * 200_000,
    "dollars.org": "\n\n".join(["$a" * 950] * 900),
    "includes.org": "#+INCLUDE: @OUTSIDE@/secret.md\n* What is it?\nThat.\n",
    "stars.org": "\n".join("*" * n + " x" for n in range(1, 900)),
    "brackets.org": "[[" * 100_000,
    "blocks.adoc": "====\n" * 5_000,
    "terms.adoc": "a::\n" * 3_000,
    "includes.adoc": "include::@OUTSIDE@/secret.md[]\n\n== What is it?\n\nThat.\n",
    "environments.tex": r"\begin{itemize}\item " * 3_000,
    "groups.tex": "{" * 20_000,
    "inputs.tex": r"\input{@OUTSIDE@/secret.md}\include{@OUTSIDE@/secret}\section{What is it?} That.",
    "cells.ipynb": json.dumps(
        {"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["## What?\n", "x"]}] * 2_000}
    ),
    "none.ipynb": "{}",
    "none.docx": b"no archive",
    "parts.docx": packed({"word/document.xml": "<x/>"}),
    "bomb.docx": lambda: packed({"word/document.xml": " " * 60_000_000}),
    "entities.docx": word(said("&i;"), f"{_XML}{_BOMB}]>"),
    "outside.docx": word(
        said("&a;"), f"{_XML}<!DOCTYPE x [<!ENTITY a SYSTEM 'file://@OUTSIDE@/secret.md'>]>"
    ),
    "tables.docx": word("<w:tbl><w:tr><w:tc>" * 300 + said("x") + "</w:tc></w:tr></w:tbl>" * 300),
    "numbers.docx": word(
        '<w:p><w:pPr><w:outlineLvl w:val="x"/><w:numPr><w:ilvl w:val="-9"/></w:numPr></w:pPr></w:p>'
    ),
}

CASES = [
    *(Case("formats", name, tree({name: content, "plain.md": PLAIN})) for name, content in _FILES.items()),
    *(
        Case(
            "formats",
            f"printed-{name}",
            tree({name: content}),
            ("build", name, "-o", "out", "--only", "sheet"),
            refused=True,
        )
        for name, content in {
            "none.apkg": b"no archive",
            "empty.apkg": packed({"collection.anki2": "", "media": "{}"}),
            "bomb.apkg": lambda: packed({"collection.anki21": " " * 60_000_000, "media": "["}),
            "media.apkg": lambda: packed({"collection.anki21": "", "media": " " * 600_000_000}),
            "packed.apkg": packed({"collection.anki21b": "\x28", "media": "{}"}),
        }.items()
    ),
]
