"""Verdicts below options: a line of `1` or `0`, `true` or `false`, that says of the line above whether it is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from deckbuild.extract.page.signature import Signature
from deckbuild.syntax.units import Unit

_RIGHT = {
    "1": True,
    "0": False,
    "true": True,
    "false": False,
    "yes": True,
    "no": False,
    "+": True,
    "-": False,
}

_FEWEST = 2
"""Options of a question, and questions with such options."""

_TOLD = 0.8
"""Share of questions of which some options are right and some are not."""


def judged_below(
    units: Sequence[Unit], signs: Sequence[Signature]
) -> tuple[tuple[Unit, ...], tuple[Signature, ...]]:
    """The units and signatures, options with boxes that their verdicts tick, these hidden."""
    runs = list(_runs(units))
    told = sum({right for _, right in run} == {True, False} for run in runs)
    if told < max(_FEWEST, _TOLD * len(runs)):
        return tuple(units), tuple(signs)
    lines, found = list(units), list(signs)
    for at, right in (option for run in runs for option in run):
        found[at] = replace(found[at], box="x" if right else "")
        lines[at + 1] = replace(lines[at + 1], kind="hidden")
    return tuple(lines), tuple(found)


def _runs(units: Sequence[Unit]) -> Iterator[list[tuple[int, bool]]]:
    """Lines above verdicts, one right below the other, each with its verdict."""
    run: list[tuple[int, bool]] = []
    at = 0
    while at + 1 < len(units):
        option, verdict = units[at], units[at + 1]
        right = _RIGHT.get(verdict.text.strip().casefold()) if verdict.kind == "text" else None
        bare = option.kind == "text" and option.text.strip().casefold() not in _RIGHT and not verdict.gap
        if right is not None and bare and not (run and option.gap):
            run.append((at, right))
            at += 2
            continue
        if len(run) >= _FEWEST:
            yield run
        run = []
        at += 1
    if len(run) >= _FEWEST:
        yield run
