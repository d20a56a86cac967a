"""Code as HTML with a class for each kind of word.

Only the kinds that the style sheet colours get a class. A finer division would make notes larger, and change
them with each release of Pygments, which often splits a kind of token in two.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby

from deckbuild.html.raw_html import escape
from deckbuild.machine.regex import regex

_CLASSES = {
    "Token.Comment": "c",
    "Token.Comment.Preproc": "k",
    "Token.Generic.Deleted": "d",
    "Token.Generic.Inserted": "s",
    "Token.Generic.Prompt": "c",
    "Token.Keyword": "k",
    "Token.Literal.Number": "m",
    "Token.Literal.String": "s",
    "Token.Name.Attribute": "f",
    "Token.Name.Builtin": "m",
    "Token.Name.Builtin.Pseudo": "",
    "Token.Name.Class": "f",
    "Token.Name.Decorator": "f",
    "Token.Name.Function": "f",
    "Token.Name.Tag": "k",
    "Token.Operator.Word": "k",
}
_LONGEST = 5000
_UNLIKE_CODE = regex(r"[^\n]{500}|(?:[ \t]*+\n){20}")
"""Long lines and wide gaps, for which many lexers take quadratic time."""


def highlight(code: str, language: str) -> str:
    """`code` as escaped HTML with `<span class="…">`; plain if the language is unknown or empty.

    Code of more than 5,000 characters, with a line of 500 or with 20 blank lines in a row stays plain too.
    """
    if not language or len(code) > _LONGEST or _UNLIKE_CODE.search(code):
        return escape(code)

    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(code)
    whole = f"{code}\n"  # some lexers know a line only by its end
    words = [(_class(str(kind)), text) for kind, text in lexer.get_tokens(whole)]
    if "".join(text for _, text in words) != whole:
        return escape(code)
    words[-1] = (words[-1][0], words[-1][1].removesuffix("\n"))
    return "".join(
        f'<span class="{name}">{text}</span>' if name else text
        for name, group in groupby(words, key=lambda word: word[0])
        if (text := escape("".join(text for _, text in group)))
    )


@cache
def _class(kind: str) -> str:
    """The class of the nearest kind above `kind` that has one, else nothing."""
    while kind and kind not in _CLASSES:
        kind = kind.rpartition(".")[0]
    return _CLASSES.get(kind, "")
