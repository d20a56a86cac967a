"""What belongs to options besides their first lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from deckbuild.extract.page.listed_options import Group
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import Signature
from deckbuild.syntax.units import Unit

KEY_LENGTH = 5
"""Letters in a row without order are a key of answers from here on."""

_WRAPS = 40
"""Characters from which a line may be wrapped."""


def held(
    units: Sequence[Unit], signs: Sequence[Signature], found: Sequence[Group]
) -> dict[int, tuple[int, ...]]:
    """What else belongs to options: the further lines of wrapped ones, code and images below them."""
    belongs: dict[int, tuple[int, ...]] = {}
    for group in found:
        for at, end in pairwise(group):
            own = [i for i in range(at + 1, end) if units[i].kind not in ("hidden", "tag", "rule")]
            own = [i for i in own if units[i].quote <= units[at].quote]
            mark = next((i for i in own if role(signs[i].label) in ("answer", "explanation")), end)
            if own := [i for i in own if i < mark]:
                belongs[at] = tuple(own)
        if last := _held_by_last(units, signs, group, belongs):
            belongs[group[-1]] = last
    return belongs


def _held_by_last(
    units: Sequence[Unit], signs: Sequence[Signature], group: Group, belongs: dict[int, tuple[int, ...]]
) -> tuple[int, ...]:
    """What the last option holds: code where its sisters hold code, text that is indented or wrapped as theirs is."""
    kinds = {units[i].kind for at in group[:-1] for i in belongs.get(at, ())}
    wrapped = "text" in kinds
    coded = (
        sum(any(units[i].kind == "code" for i in belongs.get(at, ())) for at in group[:-1]) >= len(group) / 2
    )
    own: list[int] = []
    fences = 0
    last = group[-1]
    for i in range(last + 1, len(units)):
        unit, sign = units[i], signs[i]
        if unit.kind == "code" and coded and fences < 2:
            fences += unit.text.startswith(("```", "~~~"))
            own.append(i)
            continue
        inside = unit.indent > units[last].indent + (2 if units[last].marker else 0)
        if (
            unit.kind != "text"
            or unit.gap
            or coded
            or sign.mark
            or sign.style
            or sign.letter
            or sign.emphasis
        ):
            break
        long_before = len(units[i - 1].text) >= _WRAPS and wrapped and unit.indent == units[last].indent
        is_rest = inside or (long_before and len(unit.text) > KEY_LENGTH)
        if role(sign.label) or sign.emoji or not is_rest:
            break
        own.append(i)
    return tuple(own)
