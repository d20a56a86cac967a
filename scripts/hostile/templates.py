"""Templates and style sheets of a collection that run code, reach out, or never end."""

from __future__ import annotations

import os
from pathlib import Path

from hostile.case import Case, Make, both, link, tree

_CLIMB = "{{ cycler.__init__.__globals__.os.system('touch @OUTSIDE@/ran') }}"

_LOOKS: dict[str, tuple[str, str | bytes]] = {
    "style-with-code": ("print/own.css", "/* " + _CLIMB + " */"),
    "style-with-a-template": ("print/own.css", "/* {% include '/etc/passwd' %} {{ 7 * 7 }} {% for %} */"),
    "style-cut-off-mark": ("print/own.css", "a::before { content: '{{' } /* {# */"),
    "style-that-ends-itself": (
        "print/own.css",
        "</style><script>1</script><img src=file://@OUTSIDE@/secret.png>",
    ),
    "style-that-imports": (
        "print/own.css",
        "@import url(file://@OUTSIDE@/secret.css); @import 'http://192.0.2.1/x.css';",
    ),
    "style-with-a-font": (
        "print/own.css",
        "@font-face { font-family: x; src: url(file://@OUTSIDE@/secret.ttf) } p { font-family: x }",
    ),
    "style-with-a-picture": (
        "print/own.css",
        "p { background: url(file://@OUTSIDE@/secret.png); content: url(http://192.0.2.1/) }",
    ),
    "style-of-noise": ("print/own.css", bytes(range(1, 256)) * 400),
    "style-of-nuls": ("print/own.css", b"\0" * 400),
    "large-style": ("print/own.css", "p { color: red }\n" * 2_000_000),
    "style-of-many-rules": (
        "print/own.css",
        "".join(f".c{n} p > b {{ color: #{n:06x} }}\n" for n in range(20_000)),
    ),
    "style-of-deep-blocks": ("print/own.css", "@media print {" * 3_000 + "}" * 3_000),
    "style-of-tiny-pages": ("print/own.css", "@page { size: 3mm 3mm; margin: 0 }"),
    "style-of-huge-letters": ("print/own.css", "* { font-size: 900pt !important }"),
    "style-of-no-width": ("print/own.css", "* { width: 0 !important; height: 1e9px !important }"),
    "style-of-many-columns": ("print/own.css", "main { columns: 5000 !important }"),
    "style-of-breaks": ("print/own.css", "* { break-before: page !important }"),
    "style-of-counters": (
        "print/own.css",
        "p::before { counter-increment: a 99999999; content: counter(a, upper-roman) }",
    ),
    "style-of-nested-variables": (
        "print/own.css",
        ":root {--a0: x x;"
        + "".join(f"--a{n + 1}: var(--a{n}) var(--a{n});" for n in range(40))
        + "} p { font-family: var(--a40) }",
    ),
    "code": ("sheet/sheet.html.j2", _CLIMB),
    "code-by-a-string": ("sheet/sheet.html.j2", "{{ ''.__class__.__mro__[1].__subclasses__() }}"),
    "code-by-a-filter": (
        "sheet/sheet.html.j2",
        "{{ settings|attr('__class__')|attr('__init__')|attr('__globals__') }}",
    ),
    "code-by-format": ("sheet/sheet.html.j2", "{{ '{0.__class__.__init__.__globals__}'.format(settings) }}"),
    "code-by-map": (
        "sheet/sheet.html.j2",
        "{{ [settings]|map(attribute='__class__.__init__.__globals__')|list }}",
    ),
    "code-by-a-macro": (
        "sheet/sheet.html.j2",
        "{% macro m() %}{% endmacro %}{{ m.__globals__ }}{{ m._func.__globals__ }}",
    ),
    "code-by-self": (
        "sheet/sheet.html.j2",
        "{{ self._TemplateReference__context.environment.loader.searchpath }}",
    ),
    "settings-shown": ("sheet/sheet.html.j2", "{{ settings.templates }}{{ settings.fonts }}"),
    "code-in-theme": ("print/theme.css.j2", _CLIMB),
    "code-in-furniture": ("sheet/furniture.css", _CLIMB),
    "extends-nothing": ("sheet/sheet.html.j2", '{% extends "nothing.j2" %}'),
    "includes-nothing": ("sheet/sheet.html.j2", '{% include "nothing.j2" %}'),
    "includes-what-is-outside": ("sheet/sheet.html.j2", '{% include "../../outside/secret.md" %}'),
    "includes-a-whole-path": ("sheet/sheet.html.j2", '{% include "@OUTSIDE@/secret.md" %}'),
    "includes-itself": ("sheet/sheet.html.j2", '{% include "sheet/sheet.html.j2" %}'),
    "extends-itself": ("sheet/sheet.html.j2", '{% extends "sheet/sheet.html.j2" %}'),
    "macro-that-calls-itself": ("sheet/sheet.html.j2", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
    "endless": ("sheet/sheet.html.j2", "{% for n in range(99999999999) %}x{% endfor %}"),
    "endless-nested": (
        "sheet/sheet.html.j2",
        "{% for n in range(90000) %}{% for n in range(90000) %}{% endfor %}{% endfor %}",
    ),
    "endless-string": ("sheet/sheet.html.j2", "{{ 'x' * 99999999999 }}"),
    "long-string": ("sheet/sheet.html.j2", "{% for n in range(9) %}{{ 'x' * 90000000 }}{% endfor %}"),
    "endless-power": ("sheet/sheet.html.j2", "{{ 9 ** 9 ** 9 }}"),
    "endless-padding": ("sheet/sheet.html.j2", "{{ 'x'|center(99999999999) }}{{ '%99999999999s' % 1 }}"),
    "endless-doubling": (
        "sheet/sheet.html.j2",
        "{% set n = namespace(a='xx') %}{% for i in range(60) %}{% set n.a = n.a ~ n.a %}{% endfor %}{{ n.a }}",
    ),
    "endless-words": ("sheet/sheet.html.j2", "{{ lipsum(n=99999999) }}"),
    "mistake": ("sheet/sheet.html.j2", "<p>\n{% for %}"),
    "undefined": ("sheet/sheet.html.j2", "<p>\n{{ nothing.at.all }}"),
    "division-by-zero": ("sheet/sheet.html.j2", "<p>\n{{ 1 // 0 }}"),
    "deep": ("sheet/sheet.html.j2", "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}"),
    "deep-ifs": ("sheet/sheet.html.j2", "{% if true %}" * 300 + "{% endif %}" * 300),
    "no-utf-8": ("sheet/sheet.html.j2", b"<p>\xff\xfe"),
    "nothing-on-it": ("sheet/sheet.html.j2", ""),
    "many-pages": (
        "sheet/sheet.html.j2",
        "{% for n in range(3000) %}<p style='break-after: page'>x</p>{% endfor %}",
    ),
    "other-html": (
        "sheet/sheet.html.j2",
        "<iframe src=file://@OUTSIDE@/secret.md></iframe><link rel=attachment href=file://@OUTSIDE@/secret.md>",
    ),
    "nested-html": ("sheet/sheet.html.j2", "<div>" * 5_000),
    "code-of-cards": ("anki/card.css", _CLIMB),
}

_SETTINGS = '[print]\ntemplates = "looks"\n'


def _look(name: str, content: str | bytes) -> Make:
    return tree({"deckbuild.toml": _SETTINGS, f"looks/{name}": content})


def _fifo(folder: Path, outside: Path) -> None:
    tree({"deckbuild.toml": _SETTINGS, "looks/print/x": ""})(folder, outside)
    os.mkfifo(folder / "looks/print/own.css")


CASES = [
    *(Case("templates", name, _look(*look)) for name, look in _LOOKS.items()),
    Case("templates", "fifo", _fifo),
    Case(
        "templates",
        "style-linked-outside",
        both(link("looks/print/own.css", "@OUTSIDE@/secret.css"), tree({"deckbuild.toml": _SETTINGS})),
    ),
    Case(
        "templates",
        "style-linked-to-a-device",
        both(link("looks/print/own.css", "/dev/zero"), tree({"deckbuild.toml": _SETTINGS})),
    ),
    Case(
        "templates",
        "folder-linked-outside",
        both(link("looks", "@OUTSIDE@"), tree({"deckbuild.toml": _SETTINGS})),
    ),
    Case(
        "templates",
        "template-linked-outside",
        both(link("looks/sheet/sheet.html.j2", "@OUTSIDE@/secret.md"), tree({"deckbuild.toml": _SETTINGS})),
    ),
]
