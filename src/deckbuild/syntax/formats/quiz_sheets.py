"""Sheets of multiple choice, as quiz programs import them: `Question`, `Answer 1` … `Answer 4`, `Correct answer(s)`."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import islice

from msgspec import Struct

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.json_records import reading_of
from deckbuild.syntax.formats.positioned_json import JsonNode
from deckbuild.syntax.formats.reading import Reading
from deckbuild.syntax.formats.record_keys import bare, keys, tells

_SHORT = regex(r"\s[-–—]\s|[(\[\n]")
"""What ends the name of a column before a remark, `Answer 2 (optional)`, `Question - max 120 characters`."""

_COUNTED = regex(r"(?P<name>[^\W\d].*?)[\s_-]*[1-9A-H]?")
_PARTED = regex(r"\s*[,;/&]\s*")

_DEEPEST_TITLE = 3
"""Rows from the top of which one may hold the titles; a title of the sheet may stand above it."""

_MORE = ("explanation", "tags", "tag", "hint", "level")


class _Columns(Struct, frozen=True):
    question: int
    right: int
    options: tuple[int, ...]
    wrong: tuple[int, ...]
    more: dict[str, int]


def read(lines: Sequence[str], sign: str) -> Reading | None:
    """The questions of a sheet whose titles name options and the right one; None for others and for broken rows."""
    rows = csv.reader([f"{line}\n" for line in lines], delimiter=sign)
    records = []
    try:
        columns = next(filter(None, map(_columns, islice(rows, _DEEPEST_TITLE))), None)
        if columns is None:
            return None
        before = rows.line_num
        for cells in rows:
            if record := _record(columns, cells, before + 1, rows.line_num):
                records.append(record)
            before = rows.line_num
    except csv.Error:
        return None  # who reads all rows tells in which line
    right = [one.fields["correctAnswer"] for one in records]
    zero = any(node.value == 0.0 for told in right for node in (told, *told.items))
    return reading_of(records, zero) if records else None


def _columns(titles: Sequence[str]) -> _Columns | None:
    roles = [_role(title) for title in titles]
    found = {role: tuple(at for at, one in enumerate(roles) if one == role) for role in set(roles)}
    options, wrong = found.get("options", ()), found.get("wrong", ())
    if not (found.get("question") and found.get("right")) or max(len(options), len(wrong)) < 2:
        return None
    more = {role: found[role][0] for role in _MORE if role in found}
    return _Columns(found["question"][0], found["right"][-1], options, () if options else wrong, more)


def _role(title: str) -> str:
    """What a column holds, by its title."""
    short = _SHORT.split(title.strip())[0].strip()
    counted = _COUNTED.fullmatch(short)
    name = bare(counted["name"]) if counted else ""
    known = keys()
    if not name or "#" in short:
        return ""
    if name in known["wrong"] or f"{name}s" in known["wrong"]:
        return "wrong"
    is_counted = bare(short) != name
    if is_counted and (f"{name}s" in known["options"] or name in known["options"] or name in known["answer"]):
        return "options"
    for role in ("question", *_MORE):
        if bare(short) in known[role]:
            return role
    return "right" if bare(short) in known["answer"] or tells(short) else ""


def _record(columns: _Columns, cells: Sequence[str], first: int, last: int) -> JsonNode | None:
    def node(value: object) -> JsonNode:
        return JsonNode(value, first, last)  # type: ignore[arg-type]

    def cell(at: int) -> str:
        return cells[at].strip() if at < len(cells) else ""

    def listed(places: Sequence[int]) -> JsonNode:
        return node([node(cell(at)) for at in places if cell(at)])

    if not cell(columns.question) or not cell(columns.right):
        return None
    told = [float(part) if part.isdecimal() else part for part in _PARTED.split(cell(columns.right))]
    numbers = all(isinstance(part, float) for part in told)
    right = (
        node([node(part) for part in told])
        if numbers and len(told) > 1
        else node(told[0] if numbers else cell(columns.right))
    )
    fields = {"question": node(cell(columns.question)), "correctAnswer": right}
    fields["incorrect_answers" if columns.wrong else "options"] = listed(columns.wrong or columns.options)
    return node(fields | {role: node(cell(at)) for role, at in columns.more.items() if cell(at)})
