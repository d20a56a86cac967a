"""Divs of Quarto and bookdown that define a term or state a theorem: their title asks for what they hold."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from deckbuild.machine.regex import regex

_OPENS = regex(r":{3,}\s*\{(?P<told>[^{}]*)\}\s*$")
_OTHER = regex(r":{3,}\s*[^:\s].*$")
_CLOSES = regex(r":{3,}\s*$")
_KIND = regex(
    r"(?:^|\s)(?:#(?P<short>def|thm|lem|cor|prp)-|\.(?P<long>definition|theorem|lemma|corollary|proposition)\b)"
)
_NAME = regex(r"\bname=\"(?P<name>[^\"]+)\"")
TITLE = regex(r"#{1,6}\s+(?P<title>\S.*?)\s*(?:\{[^{}]*\})?$")
_DEEPEST = 50
"""Divs inside each other in which the end of one is looked for, as for boxes of the parser."""

_CALLED = {"thm": "Theorem", "lem": "Lemma", "cor": "Corollary", "prp": "Proposition"}


class TheoremDiv(Struct, frozen=True):
    """A div by its lines, counted from 0: where it opens, where its title stands, where it closes."""

    opens: int
    title: int
    closes: int
    question: str


def theorem_divs(lines: Sequence[str]) -> list[TheoremDiv]:
    """The divs with a title, as a heading at their top or as a `name`; none that lies in another one."""
    found: list[TheoremDiv] = []
    at = 0
    while at < len(lines):
        opens = _OPENS.match(lines[at])
        kind = _KIND.search(opens["told"]) if opens else None
        end = end_of(lines, at) if kind else 0
        if (
            opens
            and kind
            and end
            and (div := _div(lines, at, end, opens["told"], kind["short"] or kind["long"]))
        ):
            found.append(div)
            at = end
        at += 1
    return found


def end_of(lines: Sequence[str], start: int) -> int:
    """The line that closes the div of a line; 0 for none."""
    depth = 0
    for at in range(start, len(lines)):
        depth += bool(_OTHER.match(lines[at])) - bool(_CLOSES.match(lines[at]))
        if depth == 0:
            return at
        if depth > _DEEPEST:
            break
    return 0


def _div(lines: Sequence[str], start: int, end: int, told: str, kind: str) -> TheoremDiv | None:
    inside = [at for at in range(start + 1, end) if lines[at].strip()]
    title = TITLE.match(lines[inside[0]]) if inside else None
    name = _NAME.search(told)
    if not inside or (title and len(inside) < 2) or not (title or name):
        return None
    called = title["title"] if title else name["name"] if name else ""
    word = _CALLED.get(kind, "" if kind.startswith("def") else kind.capitalize())
    return TheoremDiv(start, inside[0] if title else start, end, f"{word}: {called}" if word else called)


_CALLOUT = regex(r":{3,}\s*\{\s*\.callout-(?:note|tip|warning|caution|important)\b[^{}]*\}\s*$")
_FEWEST_TITLED = 3
"""Titled boxes from which their titles may ask; of fewer a title is what the box is called."""


def with_titles(lines: Sequence[str]) -> list[str]:
    """The lines, titles of a few callouts as bold text: a heading in a box would end the answer around it."""
    titles = [
        at
        for start, line in enumerate(lines)
        if _CALLOUT.match(line)
        for at in [next((n for n in range(start + 1, len(lines)) if lines[n].strip()), start)]
        if TITLE.match(lines[at])
    ]
    made = [*lines]
    for at in titles if len(titles) < _FEWEST_TITLED else ():
        title = TITLE.match(lines[at])
        if title and not title["title"].endswith("?"):
            made[at] = f"**{title['title'].replace('*', '')}**"
    return made
