"""Tables that are cards: the rows have labels, `Question | …` and `Answer | …`, and no titles."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.reading import Writer, started
from deckbuild.syntax.formats.record_keys import bare, keys

_COUNTED = regex(r"(?P<label>\D+?)[\s.]*\d{0,3}\s*[:.)]?\s*")
"""A label, though it may count its card: `Question 3:`."""

_ROLES = ("question", "answer", "explanation", "hint", "level", "tags", "tag")


def as_card(out: Writer, rows: Sequence[tuple[Sequence[str], SourceSpan]]) -> bool:
    """Write the rows as labelled paragraphs, each with the lines of its row; False for any other table."""
    full = [(cells, span) for cells, span in rows if any(map(str.strip, cells))]
    if len(full) < 2 or any(len(cells) != 2 for cells, _ in full):
        return False
    roles = [_role(cells[0]) for cells, _ in full]
    if "" in roles or roles[0] != "question" or "answer" not in roles:
        return False
    for cells, span in full:
        out.gap()
        label = cells[0].strip().strip("*_").rstrip(": ")
        first, *more = [part.strip() for part in cells[1].split("\n") if part.strip()] or [""]
        out.add(f"**{label}:** {first}", span.line, span.end_line)
        for part in more:
            out.gap()
            out.add(started(part), span.line, span.end_line)
    out.gap()
    return True


def _role(cell: str) -> str:
    label = _COUNTED.fullmatch(cell.strip().strip("*_"))
    name = bare(label["label"]) if label else ""
    return next((role for role in _ROLES if name and name in keys()[role]), "")
