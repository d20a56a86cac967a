"""Settings, templates, styles, documents, pictures, locks and places that are hostile together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from hostile.case import DECK, PLAIN, Case, Content, Make, both, link, tree
from hostile.drawings import svg
from hostile.images import png
from hostile.styles import SETTINGS

_PICTURED = "# Waves\n\n## What is a wave?\n\n![a](i.png) A disturbance.\n\n## What is a tide?\n\n![b](i.svg) A wave of the moon.\n"
_FINE = {"n.md": _PICTURED, "i.png": png(8, 8), "i.svg": svg("<rect width='9' height='9'/>")}
_SHEET = "{% extends 'print/page.html.j2' %}"
_LOCK = '{"record":"lock","schema":1,"namespace":"0123456789abcdef"}\n'
_ASKED = "## What is {0}?\n\nIt is {0}, in words.\n\n"


def _looks(template: str = "", style: str = "", **more: Content) -> Make:
    """A collection with pictures, templates and a style sheet of its own."""
    files: dict[str, Content] = {**_FINE, "deckbuild.toml": SETTINGS, **more}
    if template:
        files["looks/sheet/sheet.html.j2"] = template
    if style:
        files["looks/print/own.css"] = style
    return tree(files)


def _mode(name: str, mode: int, files: Mapping[str, Content]) -> Make:
    def make(folder: Path, outside: Path) -> None:
        tree(files)(folder, outside)
        (folder / name).chmod(mode)

    return make


def _folder(name: str, files: Mapping[str, Content]) -> Make:
    def make(folder: Path, outside: Path) -> None:
        tree(files)(folder, outside)
        (folder / name).mkdir(parents=True)

    return make


def _hard(folder: Path, outside: Path) -> None:
    tree({})(folder, outside)
    os.link(outside / "secret.lock", folder / "deckbuild.lock")


_OUT = ("build", ".", "-o", "out")
_LOOKS: dict[str, Make] = {
    "template-with-media": _looks("<img src='media:db-0123456789abcdef.png'><img src='media:../../outside/secret.png'>{{ words }}"),
    "template-with-all-media": _looks("{% for n in range(99999) %}<img src='media:db-{{ n }}.png'>{% endfor %}"),
    "style-with-media": _looks(style="@import url(media:x.css); @font-face { font-family: x; src: url(media:db-x.ttf) } p { content: url(media:i.png) }"),
    "style-of-a-picture-of-the-folder": _looks(style="p { background: url(i.png); content: url(../i.svg) }"),
    "template-of-addresses-outside": _looks("<img src='@OUTSIDE@/secret.png'><object data='file://@OUTSIDE@/secret.png'></object><link rel=attachment href='file://@OUTSIDE@/secret.md'>"),
    "template-with-a-base": _looks("<base href='file://@OUTSIDE@/'><img src='secret.png'><link rel=stylesheet href='secret.css'>"),
    "template-of-the-titles": _looks("{{ " + " ~ ".join(["words"] * 900) + " }}", **{"n.md": _PICTURED.replace("Waves", "{{ 7*7 }}{% include 'x' %}")}),
    "style-that-counts": _looks(style="p::before { counter-increment: a 999999999; content: counter(a, lower-roman) counter(a, hebrew) }"),
    "style-that-shows-titles": _looks(style="h1 { string-set: a content() } @page { @top-left { content: string(a) string(a) } }", **{"n.md": _PICTURED.replace("Waves", "w" * 90_000)}),
    "style-that-hyphenates": _looks(style="* { hyphens: auto; hyphenate-limit-chars: 1 1 1 }", **{"n.md": f"# A\n\n## What is it?\n\n{'disturbance' * 9_000}\n"}),
    "style-of-running-elements": _looks(style="p { position: running(a) } @page { @bottom-left { content: element(a) } }"),
    "style-of-footnotes": _looks(style="p, li { float: footnote }", **{"n.md": "# A\n\n" + "".join(_ASKED.format(n) for n in range(60))}),
    "style-of-targets": _looks(style="a::after { content: target-counter(attr(href), page) target-text(attr(href)) }", **{"n.md": _PICTURED + "[x](#a) " * 900}),
    "style-of-pages-with-names": _looks(style="h2 { page: a } p { page: b } @page a { size: 9mm 9mm } @page b { size: 9m 9m }"),
    "style-of-huge-pictures": _looks(style="img { width: 9e9px; height: 9e9px; transform: scale(9e9) rotate(1deg) }"),
    "style-of-tiny-type": _looks(style="* { font-size: 1e-9px !important; line-height: 0 !important }"),
    "style-of-huge-type": _looks(style="* { font-size: 1e9px !important }"),
    "style-of-unbreakable-columns": _looks(style="* { break-inside: avoid !important; break-before: page !important; columns: 99 }"),
}  # fmt: skip

_PLACES: dict[str, tuple[Make, tuple[str, ...]]] = {
    "lock-that-is-a-document": (tree({}), (*_OUT, "--lock", "n.md")),
    "lock-that-is-the-settings": (tree({"deckbuild.toml": 'name = "A"\n'}), (*_OUT, "--lock", "deckbuild.toml")),
    "lock-that-is-a-picture": (tree(_FINE), (*_OUT, "--lock", "i.png")),
    "lock-in-a-new-folder": (tree({"n.md": "no notes\n"}), (*_OUT, "--lock", "new/deep/x.lock")),
    "lock-that-is-a-folder": (_folder("x.lock", {}), (*_OUT, "--lock", "x.lock")),
    "lock-that-is-a-pipe": (link("x.lock", "/dev/stdin"), (*_OUT, "--lock", "x.lock")),
    "lock-that-is-a-hard-link-outside": (_hard, _OUT),
    "outputs-into-a-document": (tree({}), ("build", ".", "-o", "n.md")),
    "outputs-into-a-folder-in-a-document": (tree({}), ("build", ".", "-o", "n.md/out")),
    "outputs-beside-documents": (tree({}), ("build", ".", "-o", ".", "--only", "deck")),
    "outputs-into-a-link-outside": (link("o", "@OUTSIDE@"), ("build", ".", "-o", "o")),
    "output-that-is-a-folder": (_folder("out/notes-sheet.pdf", {}), _OUT),
    "output-that-is-a-link-outside": (link("out/notes-sheet.pdf", "@OUTSIDE@/secret.md"), _OUT),
    "output-that-is-a-link-to-a-device": (link("out/notes-sheet.pdf", "/dev/zero"), _OUT),
    "document-that-is-a-link-to-an-output": (link("m.md", "out/notes-sheet.pdf"), _OUT),
    "page-over-a-document": (tree({"m.html": "<p>x"}), ("explain", "n.md", "--html", "n.md")),
    "page-into-a-link-outside": (link("out/x.html", "@OUTSIDE@/secret.md"), ("explain", "n.md", "--html", "out/x.html")),
    "vault-that-is-a-link-outside": (link(".obsidian/templates.json", "@OUTSIDE@/secret.md"), DECK),
    "settings-that-are-a-document": (link("deckbuild.toml", "n.md"), _OUT),
    "settings-and-lock-that-are-one": (both(link("deckbuild.lock", "deckbuild.toml"), link("deckbuild.toml", "deckbuild.lock")), _OUT),
    "templates-that-are-the-documents": (tree({**_FINE, "deckbuild.toml": '[print]\ntemplates = "."\n', "sheet/sheet.html.j2": _SHEET}), _OUT),
    "templates-in-the-outputs": (tree({**_FINE, "deckbuild.toml": '[print]\ntemplates = "out"\n'}), _OUT),
    "fonts-that-are-pictures": (tree({**_FINE, "deckbuild.toml": '[print]\nfonts = ["i.png", "i.svg", "n.md"]\n'}), _OUT),
    "names-that-differ-by-case": (tree({"N.md": PLAIN, "n.MD": PLAIN, "ｎ.md": PLAIN}), DECK),
    "names-that-differ-by-form": (tree({"e\u0301.md": PLAIN, "\u00e9.md": PLAIN}), DECK),
    "names-of-options": (tree({"-o.md": PLAIN, "--locked.md": PLAIN}), DECK),
    "name-of-a-glob": (tree({"[a-z]*.md": PLAIN, "deckbuild.toml": 'exclude = ["[a-z]*.md", "**/**/**/**/**/x"]\n'}), DECK),
    "folder-that-may-not-be-entered": (_mode("d", 0, {"d/n.md": PLAIN}), DECK),
    "many-locks": (tree({f"d{n}/deckbuild.lock": _LOCK for n in range(300)} | {f"d{n}/n.md": PLAIN for n in range(300)}), DECK),
    "lock-and-package-of-others": (tree({"deckbuild.lock": _LOCK, "out/notes.apkg": b"PK", "out/notes-sheet.pdf": b"%PDF"}), (*_OUT, "--retire", "out/notes.apkg")),
    "lock-with-sources-outside": (tree({"deckbuild.lock": _LOCK + '{"record":"source","source":"../outside/secret.md","digest":"0","modified":1,"deck":"A"}\n'}), DECK),
    "settings-of-all-that-is-slow": (tree({**_FINE, "deckbuild.toml": '[print]\ncolumns = 5\nfont-size = 5\nbooklet-columns = 2\n', "n.md": "".join(_ASKED.format(n) for n in range(400))}), _OUT),
    "formulas-that-are-each-other": (tree({"deckbuild.toml": "[formulas]\n" + "".join(f'"a{n}" = "a{n + 1}"\n' for n in range(4_000)), "n.md": PLAIN + "a1 = a2\n" * 900}), DECK),
    "paths-of-many-settings": (tree({"deckbuild.toml": "".join(f'[paths."d{n}/**"]\ntags = ["a{n}"]\n' for n in range(3_000))} | {f"d{n}/n.md": PLAIN for n in range(60)}), DECK),
}  # fmt: skip

CASES = [
    *(Case("together", name, make) for name, make in _LOOKS.items()),
    *(Case("together", name, make, arguments) for name, (make, arguments) in _PLACES.items()),
]
