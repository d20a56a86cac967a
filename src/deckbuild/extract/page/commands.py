"""Cheat sheets of commands: code of which nearly every line has a remark that says what it does."""

from __future__ import annotations

from collections.abc import Sequence

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


def _is_code(unit: Unit) -> bool:
    """Whether a line is code, in a fence or indented as such with a remark behind wide blanks."""
    if unit.kind == "code":
        return not _FENCE.match(unit.text)
    return unit.kind == "text" and unit.indent >= _INDENTED and bool(_BEHIND.search(unit.text))


_INDENTED = 4
_BEHIND = regex(r"\S\s{2,}#+\s+\S")
