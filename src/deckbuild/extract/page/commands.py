"""Cheat sheets of commands: code of which nearly every line has a remark that says what it does, behind or above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import CodeSpan, SourceSpan, Text
from deckbuild.syntax.units import Unit

_REMARK = regex(r"(?P<command>[^\s#/;-](?:.*?\S)??)\s+(?:#+|//|;|--)\s+(?P<remark>\S.*)")
_FENCE = regex(r"(?:```|~~~)")
_FEWEST = 6
_MOST = 0.75
"""Share of the lines of code in a document that must have a remark; programs have few behind their lines."""


def with_remarks(units: Sequence[Unit]) -> Sequence[Unit]:
    """The units; where nearly all code is commands with remarks, these lines as text that begins with code.

    Each line stands by itself then, and the fences around them are hidden.
    """
    code = [at for at, unit in enumerate(units) if _is_code(unit)]
    found = {at: match for at in code if (match := _REMARK.fullmatch(units[at].text))}
    if len(found) < max(_FEWEST, _MOST * len(code)):
        return units
    made = list(units)
    for at, match in found.items():
        span = SourceSpan(units[at].line, units[at].line)
        content = (CodeSpan(span, match["command"]), Text(span, f" {match['remark']}"))
        text = f"{match['command']} {match['remark']}"
        made[at] = replace(
            units[at], kind="text", text=text, content=content, indent=0, gap=max(1, units[at].gap)
        )
    for at, unit in enumerate(units):
        if unit.kind == "code" and _FENCE.match(unit.text) and (at - 1 in found or at + 1 in found):
            made[at] = replace(unit, kind="hidden")
    return made


_ABOVE = regex(r"(?:#+|//|--|;+|%|REM)\s*(?P<remark>[^\W\d_].*)")
_FEWEST_ABOVE = 12
"""Remarks above commands; pages that tell how to install a program have some too."""

_MOST_LINES = 4
"""Lines of a command below its remark; programs have more."""

_HELD = 0.5
"""Share of the lines of a document that must be such remarks and commands."""


def below_remarks(units: Sequence[Unit]) -> Sequence[Unit]:
    """The units; where nearly all code is one remark above each command, these remarks as text, the fences hidden."""
    found: dict[int, str] = {}
    count = lines = 0
    for block in _blocks(units):
        count += 1
        match = _ABOVE.fullmatch(units[block[0]].text)
        if match and 1 < len(block) <= _MOST_LINES + 1:
            found[block[0]] = match["remark"]
            lines += len(block)
    told = sum(u.kind in ("text", "heading", "row") or _is_code(u) for u in units)
    distinct = len({remark.casefold() for remark in found.values()})
    if distinct < max(_FEWEST_ABOVE, _MOST * count) or lines < _HELD * told:
        return units
    made = list(units)
    for at, remark in found.items():
        content = (Text(SourceSpan(units[at].line, units[at].line), remark),)
        made[at] = replace(units[at], kind="text", text=remark, content=content, indent=0, gap=1)
    for at, unit in enumerate(units):
        if unit.kind == "code" and _FENCE.match(unit.text):
            made[at] = replace(unit, kind="hidden")
    return made


def _blocks(units: Sequence[Unit]) -> Iterator[list[int]]:
    """Lines of code that stand together: up to a fence, a gap, or a remark behind a command."""
    block: list[int] = []
    for at, unit in enumerate(units):
        inside = unit.kind == "code" and not _FENCE.match(unit.text)
        remark = inside and _ABOVE.match(unit.text)
        commanded = any(not _ABOVE.match(units[i].text) for i in block)
        if block and (not inside or unit.gap or (remark and commanded)):
            yield block
            block = []
        block += [at] if inside else []
    if block:
        yield block


def _is_code(unit: Unit) -> bool:
    """Whether a line is code, in a fence or indented as such with a remark behind wide blanks."""
    if unit.kind == "code":
        return not _FENCE.match(unit.text)
    return unit.kind == "text" and unit.indent >= _INDENTED and bool(_BEHIND.search(unit.text))


_INDENTED = 4
"""Columns from which Markdown takes a line for code."""

_BEHIND = regex(r"\S\s{2,}#+\s+\S")
