"""Whether a document may hold marks of note programs: what takes them off is loaded for those that do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuild.machine.regex import regex

_SIGNS = regex(
    r">>|<>|↓|;;|\[\[|%%|\^|#(?![#\s]|$)|::|\(\(|\{|~|<!--|</?aside|```(?:dataview|tasks|query|button|meta-bind)|[Ii][Dd]:|STARTI|[?？؟]\s+:"
)
_BEGINNINGS = regex(
    r"[ \t>]*(?:START|C:|\?{1,2}\s*$|-{3}|\+{3}|\||\[toc\]"
    r"|TARGET DECK|FILE TAGS|(?:Table|SCHEDULED|DEADLINE|CLOSED)?:)",
    re.IGNORECASE,
)
"""Something of all that could be a mark, and of all that could be one at the start of a line; headings are none."""


def may_hold_marks(lines: Sequence[str]) -> bool:
    """Whether any line holds a sign that a mark has, or begins as one does."""
    return any(map(_SIGNS.search, lines)) or any(map(_BEGINNINGS.match, lines))
