"""Settings that are wrong, reach out of the collection, or ask for more than a computer has."""

from __future__ import annotations

import os
from pathlib import Path

from hostile.case import PLAIN, Case, Content, both, link, tree

_DEEP = 20_000

_TEXTS: dict[str, Content] = {
    "misspelt-key": '# ours\n\nnmae = "x"\n',
    "misspelt-table": '[pritn]\npaper = "a4"\n',
    "misspelt-value": '[print]\npaper = "a44"\n',
    "misspelt-key-of-a-path": '[paths."*.md"]\nskp = true\n',
    "wrong-kind": "name = 7\n",
    "wrong-kind-inside": '[paths]\n"*.md" = 7\n',
    "unknown-shape": '[paths."*.md"]\nshapes = ["haeding"]\n',
    "unknown-code": 'ignore = ["unansweredd"]\n',
    "nul-in-name": 'name = "a\\u0000b"\n',
    "line-end-in-name": 'name = "a\\nb\\u001b[31m"\n',
    "name-that-climbs": 'name = "../../outside/owned"\n',
    "name-of-dots": 'name = ".."\n',
    "name-of-slash": 'name = "/"\n',
    "long-name": f'name = "{"n" * 5_000}"\n',
    "name-with-markup": 'name = "<script>1</script>{{ 7 }}"\n',
    "lone-surrogate": 'name = "\\ud800"\n',
    "deep-lists": f"x = {'[' * _DEEP}{']' * _DEEP}\n",
    "deep-tables": f"x = {'{a = ' * _DEEP}1{'}' * _DEEP}\n",
    "deep-keys": "a" + ".a" * _DEEP + " = 1\n",
    "deep-headers": "[" + "a." * _DEEP + "a]\n",
    "deep-formulas": "[formulas]\nx = " + "[" * 900 + "]" * 900 + "\n",
    "many-keys": "".join(f'[paths."p{n}*"]\nskip = false\n' for n in range(20_000)),
    "long-number": f"x = {'9' * 200_000}\n",
    "font-size-nan": "[print]\nfont-size = nan\n",
    "font-size-infinite": "[print]\nfont-size = inf\n",
    "cut-off": '[print\npaper = "a4',
    "repeated-key": 'name = "a"\nname = "b"\n',
    "no-utf-8": b'name = "\xff\xfe"\n',
    "with-mark": b'\xef\xbb\xbfname = "x"\n',
    "utf-16": 'name = "x"\n'.encode("utf-16"),
    "nuls": b"\0" * 900,
    "large": lambda: "# a comment\n" * 2_000_000,
    "returns-only": 'name = "x"\rreverse = true\r',
    "date": "name = 1979-05-27T07:32:00Z\n",
    "sources-outside": 'sources = ["../outside"]\n',
    "sources-outside-absolute": 'sources = ["@OUTSIDE@"]\n',
    "sources-everywhere": 'sources = ["/"]\n',
    "sources-a-device": 'sources = ["/dev/zero"]\n',
    "sources-with-nul": 'sources = ["a\\u0000b"]\n',
    "sources-empty": 'sources = [""]\n',
    "sources-none": "sources = []\n",
    "sources-repeated": 'sources = ["n.md", ".", "./", "n.md"]\n',
    "font-outside": '[print]\nfonts = ["../outside/secret.ttf"]\n',
    "font-a-device": '[print]\nfonts = ["/dev/zero"]\n',
    "font-missing": '[print]\nfonts = ["f.ttf"]\n',
    "font-with-nul": '[print]\nfonts = ["f\\u0000.ttf"]\n',
    "templates-outside": '[print]\ntemplates = "../outside"\n',
    "templates-missing": '[print]\ntemplates = "looks"\n',
    "templates-a-file": '[print]\ntemplates = "n.md"\n',
    "templates-with-nul": '[print]\ntemplates = "a\\u0000b"\n',
    "language-with-markup": "[print]\nlanguage = 'en\"><script>'\n",
    "pattern-that-backtracks": f'[paths."{"*a" * 60}*b"]\nskip = true\n',
    "pattern-of-brackets": f'[paths."{"[" * 9_000}"]\nskip = true\n',
    "formula-that-calls-itself": '[formulas]\n"x" = "\\\\def\\\\a{\\\\a\\\\a}\\\\a"\n',
    "formula-of-nothing": '[formulas]\n"" = "x"\n',
    "columns-without-bounds": f"[print]\ncolumns = {'9' * 4_000}\n",
    "columns-of-many-digits": f"[print]\ncolumns = {'9' * 5_000}\n",
    "columns-below-zero": "[print]\ncolumns = -0x7fffffffffffffffffffffff\n",
    "columns-as-a-fraction": "[print]\ncolumns = 3.0\n",
    "truth-as-a-number": "[print]\ncards-per-page = true\ncolour = 1\n",
    "many-formulas": "[formulas]\n" + "".join(f'"wave {n}" = {{ text = true }}\n' for n in range(20_000)),
    "formula-that-looks-like-a-pattern": "[formulas]\n'(a+)+$' = { latex = 'x' }\n'.*' = { text = true }\n",
    "formula-of-a-letter": "[formulas]\n'a' = { latex = '\\frac{a}{b}' }\n",
    "formula-that-reaches-out": "[formulas]\n'wave' = { latex = '\\href{file:///etc/passwd}{x} \\input{/etc/passwd}' }\n",
    "formula-of-a-megabyte": f"[formulas]\n'wave' = {{ latex = '{'x+' * 300_000}x' }}\n",
    "formula-with-markup": "[formulas]\n'wave' = { latex = '\\text{<script>1</script>}}}{{' }\n",
    "sources-of-many": "sources = [" + '"n.md", ' * 90_000 + "]\n",
    "sources-with-escapes": 'sources = ["a\\u001b[31m\\u0007.md", "{why}", "%s"]\n',
    "sources-a-process": 'sources = ["/proc/self"]\n',
    "sources-by-steps": 'sources = ["sources/../../outside"]\n',
    "sources-the-home": 'sources = ["~", "$HOME"]\n',
    "name-of-directions": 'name = "\\u202egpj.\\u2066"\n',
    "name-of-a-dash": 'name = "--output"\n',
    "name-of-a-dot": 'name = "."\n',
    "name-of-a-device": 'name = "CON"\n',
    "name-of-accents": 'name = "a' + "\u0301" * 99 + '"\n',
    "name-of-decks": 'name = "a::b::::c"\n',
    "name-of-blanks": 'name = "   "\n',
    "name-of-braces": 'name = "{why}%s{0}"\n',
    "key-with-escapes": '"\\u001b[31m\\u0007" = 1\n',
    "key-with-line-ends": '"a\\nb: error: x" = 1\n',
    "key-without-name": '"" = 1\n',
    "long-key": f"{'k' * 300_000} = 1\n",
    "many-unknown-keys": "".join(f"k{n} = 1\n" for n in range(20_000)),
    "many-wrong-values": "sources = [" + "1, " * 90_000 + "]\n",
    "lists-of-tables": "[[paths]]\n" * 20_000,
    "dotted-keys": "".join(f'paths."p{n}*".skip = false\n' for n in range(9_000)),
    "quotes-without-end": 'name = """' + "x" * 300_000,
    "quotes-of-quotes": "name =  +  * 90_000 + \n",
    "string-of-backslashes": 'name = "' + "\\\\" * 200_000 + '"\n',
    "comments-only": "#" * 900_000 + "\n",
    "dates-in-a-list": "sources = [1979-05-27, 07:32:00]\n",
    "language-of-a-megabyte": f'[print]\nlanguage = "{"a" * 900_000}"\n',
    "language-that-backtracks": f'[print]\nlanguage = "en{"-aaaaaaaa" * 50_000}!"\n',
    "codes-of-many": "ignore = [" + '"mojibake", ' * 60_000 + "]\n",
    "pattern-of-nothing": '[paths.""]\nskip = true\n',
    "pattern-that-climbs": '[paths."../*"]\nskip = true\n',
    "pattern-with-nul": '[paths."a\\u0000b"]\nskip = true\n',
    "pattern-that-skips-all": '[paths."*"]\nskip = true\n',
    "shape-without-effect": '[paths."*.md"]\nshapes = ["columns"]\n',
    "formula-without-effect": "[formulas]\n'no such text' = { text = true }\n",
    "reverse-without-effect": "reverse = true\n",
    "pattern-without-effect": '[paths."drafts/*.md"]\nskip = true\n',
}

_NOTES = "# A\n\n" + "".join(f"## What is {n}?\n\n{'word ' * (n % 9 + 1)}\n\n" for n in range(150))


def _fifo(folder: Path, outside: Path) -> None:
    tree({})(folder, outside)
    os.mkfifo(folder / "deckbuild.toml")


def _folder(folder: Path, outside: Path) -> None:
    tree({"deckbuild.toml/n.md": "x"})(folder, outside)


def _long_name(folder: Path, outside: Path) -> None:
    tree(
        {
            "a" * 240 + ".md": PLAIN,
            "deckbuild.toml": '[paths."' + "*a" * 60 + '*b"]\nskip = true\n',
        }
    )(folder, outside)


CASES = [
    *(
        Case(
            "settings",
            name,
            tree({"deckbuild.toml": text, "sources/s.md": PLAIN}),
            ("build", "-o", "out"),
        )
        for name, text in _TEXTS.items()
    ),
    Case("settings", "fifo", _fifo),
    Case("settings", "folder", _folder),
    Case("settings", "link-outside", link("deckbuild.toml", "@OUTSIDE@/secret.md")),
    Case("settings", "link-to-a-device", link("deckbuild.toml", "/dev/zero")),
    Case("settings", "pattern-over-long-names", _long_name),
    Case("settings", "five-columns", tree({"deckbuild.toml": "[print]\ncolumns = 5\n", "n.md": _NOTES})),
    Case(
        "settings",
        "one-column-of-12-points",
        tree({"deckbuild.toml": "[print]\ncolumns = 1\nfont-size = 12\n", "n.md": _NOTES}),
    ),
    Case(
        "settings",
        "font-cut-off",
        tree({"deckbuild.toml": '[print]\nfonts = ["f.ttf"]\n', "f.ttf": b"\0\1\0\0\0\x0c" + bytes(9)}),
    ),
    Case(
        "settings",
        "font-of-noise",
        tree({"deckbuild.toml": '[print]\nfonts = ["f.otf"]\n', "f.otf": bytes(range(256)) * 900}),
    ),
    Case(
        "settings",
        "font-linked-outside",
        both(link("f.ttf", "@OUTSIDE@/secret.ttf"), tree({"deckbuild.toml": '[print]\nfonts = ["f.ttf"]\n'})),
    ),
    Case(
        "settings",
        "sources-linked-outside",
        both(link("sources", "@OUTSIDE@"), tree({"deckbuild.toml": 'name = "x"\n'})),
        ("build", "-o", "out"),
    ),
]
