"""The two sides of a card, as Anki makes them of templates and fields, for pages that show cards without it.

Of Anki's template language it knows what our templates use: fields, sections that show where a field is not
empty, clozes and the front on the back (docs.ankiweb.net/templates).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from deckbuild.cards.note_types import NoteType
from deckbuild.machine.regex import regex

_SECTION = regex(r"\{\{#([^{}]+)\}\}(.*?)\{\{/\1\}\}", re.DOTALL)
_FIELD = regex(r"\{\{(cloze:)?([^{}#/:]+)\}\}")
_CLOZE_SIGN = regex(r"(\{\{c[0-9]+::|\}\})")


class Sides(Struct, frozen=True):
    """HTML of both sides of a card; the back holds the front where the template says so."""

    front: str
    back: str


def card_sides(note_type: NoteType, values: tuple[str, ...], ordinal: int) -> Sides:
    """The card of a note with these field values; `ordinal` is counted from 0."""
    fields = {field.name: value for field, value in zip(note_type.fields, values, strict=True)}
    template = note_type.templates[0 if note_type.is_cloze else ordinal]
    front = _filled(template.front, fields, ordinal, reveal=False)
    return Sides(front, _filled(template.back, {**fields, "FrontSide": front}, ordinal, reveal=True))


def _filled(template: str, fields: Mapping[str, str], ordinal: int, reveal: bool) -> str:
    while (shown := _SECTION.sub(lambda m: m[2] if fields[m[1]].strip() else "", template)) != template:
        template = shown

    def field(match: re.Match[str]) -> str:
        value = fields[match[2]]
        return _cloze(value, ordinal + 1, reveal) if match[1] else value

    return _FIELD.sub(field, template)


def _cloze(text: str, number: int, reveal: bool) -> str:
    """The text with its clozes shown, but those of `number` as gaps, unless revealed."""
    levels: list[str] = [""]
    numbers: list[int] = []
    for piece in _CLOZE_SIGN.split(text):
        if piece.startswith("{{c") and piece.endswith("::"):
            numbers.append(int(piece[3:-2]))
            levels.append("")
        elif piece == "}}" and numbers:
            asked = numbers.pop()
            content, _, hint = levels.pop().partition("::")
            shown = content if reveal or asked != number else f"[{hint or '...'}]"
            style = "cloze" if asked == number else "cloze-inactive"
            levels[-1] += f'<span class="{style}" data-ordinal="{asked}">{shown}</span>'
        else:
            levels[-1] += piece
    return "".join(levels)
