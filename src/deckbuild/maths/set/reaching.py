"""LaTeX that would do more on a card than draw: lead or load from somewhere, or dress up as a part of the card.

MathJax is asked for the same of what it makes of a formula (`check/engine.js`). Here it is found in the text, so that
it is also found where a formula isn't checked, and in definitions, which outlive their formula on a card.
"""

from __future__ import annotations

from deckbuild.machine.regex import regex

_COMMANDS = regex(r"\\(?:href|class|style|cssId|data|require|mathtip|texttip|toggle|mmlToken)(?![A-Za-z])")
"""Commands of MathJax's packages `html`, `action` and `require`, which Anki's loads when they are used, and
`\\mmlToken`, which sets any attribute."""

_BOXES = regex(
    r"\\bbox\s*\[(?!(?:[\w\s#.,;%-]|(?:border|padding|background|color)[\w-]*:){0,200}\])"
    r"|\\fcolorbox\s*(?:\[\w*\]\s*)?\{(?![\w\s#.,%!-]{0,100}\})"
)
"""Boxes whose style may be more than colours and borders."""

_BASE = r"\\(?:let|g?def|(?:re)?newcommand|providecommand|Declare[A-Za-z]+|bbox|fcolorbox)(?![A-Za-z])"
_HIDDEN = regex(rf"\\let\s*\\[A-Za-z]+\s*=?\s*(?:{_BASE}|\\(?:re)?newenvironment)")
_WITHIN = regex(_BASE)
"""Boxes and definitions under another name, which the formulas behind it on the card would take for them."""


def reaching(tex: str) -> str | None:
    """Why a formula may not stand on a card; None where it only draws."""
    found = _COMMANDS.search(tex) or _BOXES.search(tex) or _HIDDEN.search(tex)
    if found is None and "newenvironment" in tex:
        found = _WITHIN.search(tex)
    return f"{found[0].partition('[')[0].partition('{')[0].strip()} may do more than draw" if found else None
