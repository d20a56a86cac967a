r"""Pieces of LaTeX that stand in a text among signs without it: `$\Delta$S = $\frac{Q}{T}$`."""

from __future__ import annotations

from deckbuild.machine.regex import regex

OPEN, CLOSE = "\ue000", "\ue001"
"""What stands around LaTeX inside a text, in place of its dollars."""

JOINER = "\u2060"
"""Stands in a text for a blank before an index that HTML lowers: `H <sub>m</sub>`."""

_NO_PART = regex(r"\\(?:begin|end|left|right|\\|newcommand|def|tag)(?![a-z])|[&$]|\\[,;]?$|^.{120}")
"""What a part of a formula doesn't hold: an environment, a part that is a whole by itself."""


def embedded(tex: str) -> str | None:
    """The text that stands for LaTeX in a line; None for what can be no part of a formula."""
    return None if not tex or _NO_PART.search(tex) else f"{OPEN}{tex}{CLOSE}"


def as_written(text: str) -> str:
    """A text with dollars around its LaTeX."""
    return text.replace(OPEN, "$").replace(CLOSE, "$").replace(JOINER, " ")
