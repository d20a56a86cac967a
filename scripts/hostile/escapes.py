"""Templates that look for what a sandbox forgot, and files in their folder that are no templates."""

from __future__ import annotations

import os
from pathlib import Path

from hostile.case import Case, Content, Make, tree
from hostile.styles import SETTINGS

_SHEET = "looks/sheet/sheet.html.j2"
_TEXTS: dict[str, str] = {
    "fields-of-a-namespace": "{% set n = namespace(_fields=['__class__', '__init__']) %}{{ n.__class__.__init__.__globals__ }}{{ n.__class__.__mro__ }}",
    "struct-fields-of-a-namespace": "{% set n = namespace(__struct_fields__=['__class__']) %}{{ n.__class__.__subclasses__() }}",
    "class-of-a-namespace": "{% set n = namespace(_fields=['__class__']) %}{% set c = n.__class__ %}{{ c.__dict__ }}{{ c(a=1).a.__class__ }}",
    "property-of-a-block": "{% block b %}{{ self.b.super.super }}{{ self.b._context }}{{ self.b._stack }}{% endblock %}",
    "super-of-nothing": "{% block b %}{{ super() }}{{ super.super }}{% endblock %}",
    "module-of-an-import": "{% import 'print/theme.css.j2' as x %}{{ x.__dict__ }}{{ x._TemplateModule__body_stream }}{{ x.__name__ }}",
    "loop-of-loops": "{% for x in [1] recursive %}{{ loop.cycle.__globals__ }}{{ loop.changed.__self__ }}{{ loop.__call__ }}{% endfor %}",
    "undefined-itself": "{{ x._undefined_exception }}{{ x._fail_with_undefined_error.__globals__ }}",
    "environment-of-a-filter": "{{ ['x']|join(attribute='__class__.__mro__') }}{{ [settings]|join('', '__class__') }}",
    "markup-of-a-class": "{{ own_style.__class__ }}{{ own_style.__html_format__('{0.__class__}', own_style) }}{{ own_style|replace.__globals__ }}",
    "format-by-percent": "{{ '%(a)s' % {'a': settings} }}{{ '%r %s' % (layout, words) }}",
    "format-map": "{{ '{a.__class__}'.format_map({'a': settings}) }}{{ ''.format.__self__ }}",
    "keyword-of-a-macro": "{% macro m() %}{{ kwargs }}{{ varargs }}{{ caller }}{% endmacro %}{{ m(1, __class__=2) }}{{ m.arguments }}{{ m._environment }}",
    "globals-by-name": "{{ __builtins__ }}{{ __import__ }}{{ environment }}{{ context }}{{ self }}{{ cycler }}{{ joiner }}{{ dict }}{{ lipsum }}",
    "do-and-debug": "{% do [].append(1) %}{% debug %}",
    "translations": "{% trans %}x{% endtrans %}{{ gettext }}{{ _('x') }}",
    "line-statements": "# for x in range(9)\n## x\n# endfor\n{#",
    "assigned-to-a-value": "{% set settings.paper = 'x' %}{% set layout.x = 1 %}{% set words.x = 1 %}",
    "with-and-scopes": "{% with a = settings %}{% with a = a.__class__ %}{{ a }}{% endwith %}{% endwith %}",
    "filter-blocks": "{% filter replace('x', 'y' * 999999999) %}xxx{% endfilter %}",
    "filters-of-others": "{{ 'x'|attr('y') }}{{ 'x'|map('upper') }}{{ settings|pprint }}{{ 'x'|tojson }}{{ 'x'|wordwrap }}",
    "tests-of-others": "{{ 'x' is filter }}{{ 'upper' is filter }}{{ settings is sameas layout }}{{ 1 is in range(99999) }}",
    "include-of-all-names": "{% for n in ['/etc/passwd', '../deckbuild.toml', '../n.md', 'own.css', './../../n.md'] %}{% include n ignore missing %}{% endfor %}",
    "include-behind-a-drive": "{% include 'C:/x' ignore missing %}{% include '//192.0.2.1/share/x' ignore missing %}{% include 'file:///etc/passwd' ignore missing %}",
    "endless-title": "{{ ('a b ' * 9000000)|title|length }}",
    "endless-trim": "{{ (' ' * 99999999 ~ 'x')|trim|length }}",
    "endless-capitals": "{{ ('İ' * 90000000)|lower|length }}",
    "endless-comparison": "{{ ('x' * 99999999) in ('x' * 99999998 ~ 'y') }}",
    "endless-multiplying-of-lists": "{{ ([[[]]] * 99999999)|length }}{{ ((1,) * 9999999999) }}",
    "endless-includes": "{% for n in range(99999) %}{% include 'print/theme.css.j2' %}{% endfor %}",
    "endless-shift": "{{ 2 ** (2 ** 40) % 7 }}",
    "endless-text-of-a-number": "{{ 7 ** 999999 ~ '' }}",
    "deep-blocks": "".join(f"{{% block b{n} %}}" for n in range(400)) + "{% endblock %}" * 400,
    "many-blocks": "".join(f"{{% block b{n} %}}x{{% endblock %}}" for n in range(6_000)),
    "many-expressions": "{{ 1 }}" * 25_000,
    "one-long-expression": "{{ 1" + " + 1" * 40_000 + " }}",
    "deep-lists": "{{ " + "[" * 3_000 + "]" * 3_000 + " }}",
    "deep-conditions": "{{ " + "1 if 1 else " * 4_000 + "1 }}",
    "deep-attributes": "{{ settings" + ".paper" * 9_000 + " }}",
    "deep-filters": "{{ 'x'" + "|upper" * 20_000 + " }}",
    "many-arguments": "{% macro m(" + ", ".join(f"a{n}" for n in range(9_000)) + ") %}{% endmacro %}{{ m() }}",
    "string-without-end": "{{ '" + "x" * 190_000,
    "comment-without-end": "{#" * 90_000,
    "raw-without-end": "{% raw %}" * 9_000,
    "signs-without-end": "{%-" * 60_000,
    "names-of-all-letters": "{% set ª = 1 %}{% set 𝒳 = 2 %}{{ ª }}{{ 𝒳 }}{% set \u202e = 1 %}",
    "numbers-of-many-digits": "{{ " + "9" * 150_000 + " }}",
    "escapes-in-a-string": "{{ '\\N{BULLET}\\ud800\\x00\\777' }}",
    "error-of-many-lines": "{{ {}['a\\nb.md:1: error: x [y]'] }}",
}  # fmt: skip


def _files(**contents: Content) -> Make:
    return tree({"deckbuild.toml": SETTINGS, **{f"looks/{name}": text for name, text in contents.items()}})


def _pipe(folder: Path, outside: Path) -> None:
    _files()(folder, outside)
    (folder / "looks/sheet").mkdir(parents=True)
    os.mkfifo(folder / _SHEET)


def _deep(folder: Path, outside: Path) -> None:
    tree({"deckbuild.toml": SETTINGS, "looks/" + "d/" * 900 + "x.j2": ""})(folder, outside)


def _links(folder: Path, outside: Path) -> None:
    """Folders that hold links to each other."""
    _files(**{"print/own.css": ""})(folder, outside)
    for name in "abcdef":
        (folder / "looks" / name).mkdir()
        for other in "abcdef":
            (folder / "looks" / name / other).symlink_to(f"../{other}")


CASES = [
    *(Case("templates", name, tree({"deckbuild.toml": SETTINGS, _SHEET: text})) for name, text in _TEXTS.items()),
    Case("templates", "template-a-fifo", _pipe),
    Case("templates", "folders-of-links", _links),
    Case("templates", "template-with-line-end-in-its-name", _files(**{"sheet/a\nb\x1b[31m.j2": "x", "sheet/sheet.html.j2": "{% include 'sheet/a\\nb\\x1b[31m.j2' %}{{ 1 // 0 }}"})),
    Case("templates", "template-of-20-megabytes", _files(**{"sheet/sheet.html.j2": lambda: "x" * 20_000_000}), refused=True),
    Case("templates", "template-of-other-outputs", _files(**{"booklet/booklet.html.j2": "{% for n in range(99999999999) %}x{% endfor %}"}), ("build", ".", "-o", "out", "--only", "booklet"), refused=True),
    Case("templates", "template-of-cards-to-cut-out", _files(**{"cutouts/cutouts.html.j2": "{{ settings.__class__ }}"}), ("build", ".", "-o", "out", "--only", "cutouts"), refused=True),
    Case("templates", "template-of-the-preview", _files(**{"preview/preview.html.j2": "{{ settings.__class__ }}<script>1</script>"}), ("build", ".", "-o", "out", "--only", "preview")),
]  # fmt: skip
