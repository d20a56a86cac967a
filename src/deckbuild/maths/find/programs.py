"""Lines of programs that stand outside of code: an unmarked listing, a statement in a sentence.

What looks like a formula there is an assignment or a comparison. Where a document holds programs, so is what looks like
a mere setting in its code spans (`x = 5`), and where it lists them among its text, anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from deckbuild.machine.regex import regex
from deckbuild.maths.weigh.verdict import Evidence

IN_CODE = Evidence(0, "code span")
"""Where a formula stands that may as well be program code."""

_STATEMENT = regex(
    "|".join(
        (
            r"^\s*(?:>>>|\.\.\.\s{2,})",
            r"^\s*#\s?include\b",
            r"^\s*(?:def|class)\s\w+.*:\s*\w*\s*$",
            r"^\s*(?:elif|while)\b.*:\s*$",
            r"^\s*(?:if|for)\b.*(?:==|!=|\bin\b|\bnot\b|\w\().*:\s*$",
            r"\b(?:for|while|if|switch|catch)\s*\(.*\)\s*\{",
            r"\bfor\s*\((?:let|var|int)\b",
            r"(?<![\w.])(?:int|float|double|char|bool|long)\s\w+\s*=",
            r"(?<![\w.])(?:let|var|const|auto)\s\w+\s*=(?:[^;]*;|\s*(?:function|new|async|\(|\[|\{|[\"'`]))",
            r"\breturn\b[^.]*;\s*(?:\}.*)?$",
            r"\w(?:\+\+|--)\s?[;)]",
            r"^\s*[\w.]+\[\w+\]\s*=[^=]*;\s*$",
            r"[)\w]\s*\{\s*$",
            r"\$_?[A-Za-z]\w*(?:\[|->|\s=\s[^=$]*;)",
            r"[=!]==|=>\s*[{(]",
            r"@@ -\S+ \+\S+ @@",
        )
    )
)
_CALLS = regex(r"\bprint\(|\w\.\w+\([^()]*\)|^\s*(?:import|from)\s\w+")
_SIGNS = regex(r"[;:{=>$@#]|\+\+|--")
"""What a statement has."""

_SETTING = regex(
    r"(?:[a-z][\w ,]*(?:\[\w+\])*|[A-Z]\w*)\s*(?:[=<>!]=?|:=)\s*"
    r"(?:[-+]?[\w.]+(?:\[\w+\])*|[\[({].*[\])}]|\w+\(.*\))(?:\s*(?:[|&]{2}|and|or|[<>]=?|[!=]=)\s*[\w.]+)*",
    16,
)
"""A name that is set to a value or compared with one, in characters that programs have."""

_SOME = 4
"""Statements from which on a document is known to hold programs."""


def is_statement(text: str) -> bool:
    """Whether a line is a statement of a program."""
    return _SIGNS.search(text) is not None and _STATEMENT.search(text) is not None


def is_setting(text: str) -> bool:
    """Whether a text may as well set or compare a variable of a program: `x = [1, 2]`, `a == b`."""
    return text.isascii() and _SETTING.fullmatch(text) is not None


def holds_programs(lines: Iterable[str], blocks: int) -> bool:
    """Whether lines and code, or a number of blocks of code, show that a document is about programs."""
    found = (line for line in lines if is_statement(line) or _CALLS.search(line))
    return 2 * blocks + sum(1 for _ in islice(found, _SOME)) >= _SOME
