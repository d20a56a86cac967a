"""Tables that are cards: the rows have labels, `Question | …` and `Answer | …`, and no titles."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.reading import Asked, Writer, started
from deckbuild.syntax.formats.record_keys import bare, keys

_COUNTED = regex(r"(?P<label>\D+?)[\s.]*\d{0,3}\s*[:.)]?\s*")
"""A label, though it may count its card: `Question 3:`."""

_ROLES = ("question", "answer", "explanation", "hint", "level")
_NAMES = {"hint": "hint", "level": "difficulty"}
"""What is said beside question and answer, under the names that notes have for it."""

_Row = tuple[Sequence[str], SourceSpan]


def as_card(out: Writer, rows: Sequence[_Row]) -> bool:
    """Write the rows as questions with their answers; False for any other table."""
    full = [(cells, span) for cells, span in rows if any(map(str.strip, cells))]
    if len(full) < 2 or any(len(cells) != 2 for cells, _ in full):
        return False
    roles = [_role(cells[0]) for cells, _ in full]
    starts = [at for at, role in enumerate(roles) if role == "question"]
    if "" in roles or starts[:1] != [0] or roles.count("answer") != len(starts):
        return False
    for at, end in zip(starts, (*starts[1:], len(full)), strict=True):
        _card(out, roles[at:end], full[at:end])
    return True


def _card(out: Writer, roles: Sequence[str], rows: Sequence[_Row]) -> None:
    asked = _part(out, rows[0])
    told = [_part(out, row) for role in _ROLES[1:3] for r, row in zip(roles, rows, strict=True) if r == role]
    told = [span for span in told if span.end_line >= span.line]
    beside = {
        _NAMES[role]: " ".join(cells[1].split())
        for role, (cells, _) in zip(roles, rows, strict=True)
        if role in _NAMES
    }
    if asked.end_line >= asked.line:
        answer = SourceSpan(told[0].line, told[-1].end_line) if told else None
        out.asked.append(Asked(asked, answer, extras=beside))


def _part(out: Writer, row: _Row) -> SourceSpan:
    """The text of a row, line by line."""
    cells, span = row
    out.gap()
    first = len(out.lines) + 1
    for part in filter(None, map(str.strip, cells[1].split("\n"))):
        if len(out.lines) >= first:
            out.gap()
        out.add(started(part), span.line, span.end_line)
    last = len(out.lines)
    out.gap()
    return SourceSpan(first, last)


def _role(cell: str) -> str:
    label = _COUNTED.fullmatch(cell.strip().strip("*_"))
    name = bare(label["label"]) if label else ""
    return next((role for role in _ROLES if name and name in keys()[role]), "")
