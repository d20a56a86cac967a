"""Contents lists: lines that only lead to places of the same document, or say again what stands there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from deckbuild.extract.page.signature import Signature
from deckbuild.model import Link, Text, inner_inlines
from deckbuild.model.text import inline_text
from deckbuild.syntax.limits import MOST_LINES
from deckbuild.syntax.units import Unit

_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}
_SHORTEST = 9
"""Characters; shorter lines come again by chance."""

_NEIGHBOURS = 3
_DENSE = 0.6
"""Share of a line's neighbours that must come again as well."""


@lru_cache(maxsize=MOST_LINES)
def letters(text: str) -> str:
    """The letters and digits of a text, case folded: what two spellings of one title share."""
    folded = text.casefold()
    return folded.translate(_SIGNS) if folded.isascii() else "".join(filter(str.isalnum, folded))


def leads_back(unit: Unit) -> bool:
    """Whether a unit is nothing but a link within the document, such as *Back to top*."""
    if all(type(e) is Text for e in unit.content):
        return False
    links = [e for e in inner_inlines(unit.content) if isinstance(e, Link)]
    return (
        bool(links) and links[0].url.startswith("#") and letters(unit.text) == letters(inline_text(links[:1]))
    )


def listed(units: Sequence[Unit], signs: Sequence[Signature]) -> frozenset[int]:
    """The units that belong to contents lists."""
    found = {at for at, unit in enumerate(units) if unit.kind == "text" and _is_link(unit)}
    found |= _coming_again(units)
    titles = {letters(u.text[s.body :]) for u, s in zip(units, signs, strict=True) if u.kind == "heading"} - {
        ""
    }
    run: list[int] = []
    for at, (unit, sign) in enumerate(zip(units, signs, strict=True)):
        if unit.kind == "text" and (sign.mark or sign.style) and letters(unit.text[sign.body :]) in titles:
            run.append(at)
            continue
        found.update(run if len(run) >= _NEIGHBOURS else ())
        run = []
    return frozenset(found | set(run if len(run) >= _NEIGHBOURS else ()))


def _is_link(unit: Unit) -> bool:
    """Whether a unit says nothing but the words of links into its own document."""
    if all(type(e) is Text for e in unit.content):
        return False
    linked = sum(
        len(letters(inline_text((e,))))
        for e in inner_inlines(unit.content)
        if isinstance(e, Link) and e.url.startswith("#")
    )
    said = len(letters(unit.text.lstrip("0123456789.) ")))
    return linked > 0 and linked >= 0.8 * said


def _coming_again(units: Sequence[Unit]) -> set[int]:
    """Dense runs of lines that all come again later, with something else behind them."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    keys = [letters(u.text) if u.kind in ("text", "heading") else "" for u in units]
    for at, (unit, key) in enumerate(zip(units, keys, strict=True)):
        if key and (len(key) >= _SHORTEST or unit.kind == "heading"):
            places[key].append(at)

    def behind(at: int) -> str:
        return keys[at + 1] if at + 1 < len(keys) else ""

    again = {
        first
        for first, *more in places.values()
        if more and units[first].kind == "text" and behind(first) != behind(more[-1])
    }
    found = set()
    for at in again:
        near = [*range(max(0, at - _NEIGHBOURS), at), *range(at + 1, min(len(units), at + _NEIGHBOURS + 1))]
        if len(near) >= _NEIGHBOURS and sum(other in again for other in near) >= _DENSE * len(near):
            found.add(at)
    return found
