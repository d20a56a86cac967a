"""Settings whose values are of every odd sort that TOML knows."""

from __future__ import annotations

from hostile.case import PLAIN, Case, tree

_TEXTS: dict[str, str] = {
    "name-that-ends-a-line": 'name = "a\\n"\n',
    "language-that-ends-a-line": '[print]\nlanguage = "en\\n"\n',
    "deck-that-ends-a-line": '[paths."*"]\ndeck = "a\\n"\n',
    "deck-of-parts": f'[paths."*"]\ndeck = "{"::" * 90}"\n',
    "deck-with-markup": '[paths."*"]\ndeck = "<b>{{ 7 }}</b>::../../x::\\u202e"\n',
    "tags-of-many": '[paths."*"]\ntags = [' + '"t", ' * 90_000 + "]\n",
    "tag-of-a-megabyte": f'[paths."*"]\ntags = ["{"t" * 900_000}", "a b\\n\\u001b[31m", "", "::"]\n',
    "excluded-by-backtracking": f'exclude = ["{"*a" * 60}*b", "{"**/" * 900}x"]\n',
    "excluded-by-many": "exclude = [" + '"*.x", ' * 90_000 + "]\n",
    "excluded-all": 'exclude = ["*", "../*", "/", ""]\n',
    "excluded-by-odd-patterns": 'exclude = ["[", "[!]", "[]-a]", "\\u0000", "\\\\", "{a,b}"]\n',
    "questions-of-nothing": '[paths."*"]\nquestions = "none"\n',
    "questions-of-another-kind": '[paths."*"]\nquestions = "heading 7"\nline-breaks = 1\n',
    "integers-of-all-bases": "[print]\ncolumns = 0b11\nbooklet-columns = 0o2\ncards-per-page = 0x8\n",
    "numbers-with-lines": "[print]\ncolumns = 1_0_0\nfont-size = 1e400\nbooklet-font-size = -0.0\n",
    "escapes-of-no-letter": 'name = "\\U00110000"\n',
    "escapes-beyond": 'name = "\\UFFFFFFFF\\x41\\e"\n',
    "control-in-a-string": 'name = "a\x01b"\n',
    "control-in-a-comment": "# a\x1b[31m\x00b\nnmae = 1\n",
    "line-ends-of-others": 'name = "x"\x85reverse = true\u2028colour = 1\n',
    "mark-inside": 'name = "x"\n\ufeffreverse = true\n',
    "keys-of-all-letters": 'ñ = 1\n"\\u202e" = 1\n',
    "keys-of-python": "__class__ = 1\n[formulas.__init__]\n__globals__ = 1\n",
    "table-over-a-value": "print = 1\n[print]\n",
    "table-within-an-inline-one": "print = { paper = 'a4' }\n[print.x]\n",
    "table-twice": "[print]\n[print]\n",
    "tables-of-a-list": "[[print]]\ncolumns = 1\n[[print]]\ncolumns = 2\n",
    "inline-of-many": "paths = {" + ", ".join(f"p{n} = {{ skip = false }}" for n in range(20_000)) + "}\n",
    "inline-over-lines": "print = {\n paper = 'a4'\n}\n",
    "list-of-many-lines": "sources = [\n" + "# a\n" * 90_000 + "]\n",
    "list-of-lists": "sources = " + "[" * 60 + "]" * 60 + "\n",
    "text-of-many-lines": "name = '''" + "\n" * 200_000 + "'''\n",
    "texts-in-quotes": "name = " + '"""' + '""\\"' * 90_000 + '"""\n',
    "dates-beyond": "name = 9999-99-99T99:99:99Z\n",
    "dates-at-the-end": "sources = [0001-01-01, 9999-12-31T23:59:60.999999999-23:59]\n",
    "infinities-with-signs": "[print]\nfont-size = -inf\nbooklet-font-size = +nan\ncards-per-page = 1e1\n",
    "formulas-with-marks": "[formulas]\n'wave' = { latex = '}}{{c1::x}} </script>' }\n'' = { text = true }\n",
    "formula-of-unknown-keys": "[formulas]\n'wave' = { latx = 'x', text = 'yes' }\n",
    "near-misses-of-a-megabyte": f'[print]\npaper = "{"a4" * 400_000}"\norientation = "{"landscap" * 50_000}"\n',
    "many-near-misses": "ignore = [" + '"mojibak", ' * 3_000 + "]\n",
    "many-near-keys": "".join(f"nam{n} = 1\n" for n in range(3_000)),
    "wrong-and-broken": 'nmae = 1\nname = "\n',
    "long-comment-before-a-mistake": "#" + " x" * 400_000 + "\nnmae = 1\n",
    "escapes-of-many": 'name = "' + "\\u0041" * 100_000 + '"\n',
    "deep-inline-lists": "sources = [" + "[1], " * 90_000 + "]\n",
}  # fmt: skip

CASES = [
    Case("settings", name, tree({"deckbuild.toml": text, "sources/s.md": PLAIN}), ("build", "-o", "out"))
    for name, text in _TEXTS.items()
]
