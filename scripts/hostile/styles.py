"""Style sheets of a collection that reach out, never end, or are templates for others."""

from __future__ import annotations

import os
from pathlib import Path

from hostile.case import Case, Content, Make, both, link, tree

SETTINGS = '[print]\ntemplates = "looks"\n'
"""The settings that name a folder of templates."""

CLIMB = "{{ cycler.__init__.__globals__.os.system('touch @OUTSIDE@/ran') }}"
"""A template that runs a command."""

_STYLES: dict[str, Content] = {
    "with-code": "/* " + CLIMB + " */",
    "with-a-template": "/* {% include '/etc/passwd' %} {{ 7 * 7 }} {% for %} */",
    "cut-off-mark": "a::before { content: '{{' } /* {# */",
    "that-ends-itself": "</style><script>1</script><img src=file://@OUTSIDE@/secret.png>",
    "that-imports": "@import url(file://@OUTSIDE@/secret.css); @import 'http://192.0.2.1/x.css';",
    "with-a-font": (
        "@font-face { font-family: x; src: url(file://@OUTSIDE@/secret.ttf) } p { font-family: x }"
    ),
    "with-a-picture": ("p { background: url(file://@OUTSIDE@/secret.png); content: url(http://192.0.2.1/) }"),
    "of-noise": bytes(range(1, 256)) * 400,
    "of-nuls": b"\0" * 400,
    "large": lambda: "p { color: red }\n" * 2_000_000,
    "of-many-rules": "".join(f".c{n} p > b {{ color: #{n:06x} }}\n" for n in range(20_000)),
    "of-deep-blocks": "@media print {" * 3_000 + "}" * 3_000,
    "of-tiny-pages": "@page { size: 3mm 3mm; margin: 0 }",
    "of-huge-letters": "* { font-size: 900pt !important }",
    "of-no-width": "* { width: 0 !important; height: 1e9px !important }",
    "of-many-columns": "main { columns: 5000 !important }",
    "of-breaks": "* { break-before: page !important }",
    "of-counters": "p::before { counter-increment: a 99999999; content: counter(a, upper-roman) }",
    "of-nested-variables": (
        ":root {--a0: x x;"
        + "".join(f"--a{n + 1}: var(--a{n}) var(--a{n});" for n in range(40))
        + "} p { font-family: var(--a40) }"
    ),
    "with-attributes-as-addresses": "a { content: target-counter(attr(href url), page) attr(href url) url(attr(href)) }",
    "that-imports-itself": "@import url(own.css); @import url(print/own.css); @import url('data:text/css,@import url(own.css)');",
    "that-imports-data": "@import url('data:text/css,p::after { content: url(file://@OUTSIDE@/secret.png) }');",
    "with-an-escaped-address": "p { background: \\75rl(file://@OUTSIDE@/secret.png); list-style: url('\\66ile://@OUTSIDE@/secret.png') }",
    "with-colour-profiles": "@color-profile --x { src: url(file://@OUTSIDE@/secret.md) } p { color: color(--x 0 0 0) }",
    "with-attachments": "a { link: url(file://@OUTSIDE@/secret.md); bookmark-label: url(file://@OUTSIDE@/secret.md) }",
    "of-a-huge-grid": "main { display: grid !important; grid-template-columns: repeat(99999999, 1px) !important }",
    "of-a-huge-grid-place": "main { display: grid } main > * { grid-row: 99999999; grid-column: 99999999 / span 9999999 }",
    "of-flexible-boxes": "* { display: flex !important; flex-wrap: wrap }",
    "of-inline-blocks": "* { display: inline-block !important }",
    "of-floats": "* { float: left !important; width: 1px }",
    "of-footnotes": "p, li, td, div { float: footnote !important }",
    "of-running-elements": "div { position: running(a) } @page { @top-left { content: element(a) } }",
    "of-positions": "* { position: absolute !important; left: 1e30px; top: -1e30px }",
    "of-low-lines": "* { line-height: 0.00001 !important; letter-spacing: 1e9px }",
    "of-fine-gradients": "p { background: repeating-linear-gradient(red, blue 0.00001px) }",
    "of-fine-tiles": "p { background: linear-gradient(red, blue) 0 0 / 0.001px 0.001px repeat }",
    "of-many-backgrounds": "p { background: " + ", ".join(["linear-gradient(red, blue)"] * 9_000) + " }",
    "of-huge-shadows": "* { border: 1e9px solid red; outline: 1e9px solid; border-radius: 1e9px; padding: 1e9px }",
    "of-deep-selectors": ":is(" * 3_000
    + "p"
    + ")" * 3_000
    + " { color: red } "
    + ":not(" * 900
    + "p"
    + ")" * 900
    + " { color: red }",
    "of-deep-sums": "p { width: " + "calc(1px + " * 3_000 + "1px" + ")" * 3_000 + " }",
    "of-nested-rules": "p { " * 900 + "color: red" + "}" * 900,
    "of-variables-in-a-circle": ":root { --a: var(--b); --b: var(--a); --c: var(--c) } p { color: var(--a); width: var(--c) }",
    "of-doubling-variables": ":root {--a0: 1px 1px;"
    + "".join(f"--a{n + 1}: var(--a{n}) var(--a{n});" for n in range(22))
    + "} p { margin: var(--a22) }",
    "of-fallbacks": "p { color: " + "var(--x, " * 900 + "red" + ")" * 900 + " }",
    "of-page-names": "".join(f"p:nth-child({n}) {{ page: p{n} }}" for n in range(900)) + "* { page: auto }",
    "of-huge-pages": "@page { size: 1e9mm 1e9mm; bleed: 1e9mm; marks: crop cross }",
    "of-no-pages": "@page { size: 0 0; margin: 1e9mm }",
    "of-huge-columns": "main { column-width: 0.0001px !important; column-gap: 0; columns: auto !important }",
    "of-long-words": "p::before { content: '" + "x" * 150_000 + "'; hyphens: auto; font-size: 90pt }",
    "of-long-counters": "@counter-style a { system: additive; additive-symbols: 1 'x'; range: 0 infinite } p::before { counter-reset: n 9999999; content: counter(n, a) }",
    "of-repeated-symbols": "@counter-style a { system: symbolic; symbols: x } p::before { counter-reset: n 2000000000; content: counter(n, a) }",
    "of-padded-counters": "@counter-style a { system: numeric; symbols: '0' '1'; pad: 999999999 'x' } p::before { content: counter(page, a) }",
    "of-turned-boxes": "* { transform: rotate(1deg) scale(1.01) !important; opacity: .99 }",
    "of-hidden-text": "* { display: none !important }",
    "of-contents": "* { display: contents !important }",
    "of-tables": "* { display: table-cell !important }",
    "of-images": "* { image-resolution: 0.0001dpi; width: 1e9px }",
    "of-widows": "* { orphans: 99999999; widows: 99999999; break-inside: avoid !important }",
    "cut-off-strings": "p { content: '" + "\\" * 50_001,
    "of-open-blocks": "@media print { p { content: url(" * 3_000,
}


def _style(content: Content) -> Make:
    return tree({"deckbuild.toml": SETTINGS, "looks/print/own.css": content})


def _fifo(folder: Path, outside: Path) -> None:
    tree({"deckbuild.toml": SETTINGS, "looks/print/x": ""})(folder, outside)
    os.mkfifo(folder / "looks/print/own.css")


CASES = [
    *(Case("templates", f"style-{name}", _style(content)) for name, content in _STYLES.items()),
    Case("templates", "style-a-fifo", _fifo),
    Case("templates", "style-a-folder", tree({"deckbuild.toml": SETTINGS, "looks/print/own.css/x": ""})),
    Case(
        "templates",
        "style-linked-outside",
        both(link("looks/print/own.css", "@OUTSIDE@/secret.css"), tree({"deckbuild.toml": SETTINGS})),
    ),
    Case(
        "templates",
        "style-linked-to-a-device",
        both(link("looks/print/own.css", "/dev/zero"), tree({"deckbuild.toml": SETTINGS})),
    ),
]
