"""The four note types, as they stand in users' collections.

Their ids, and the ids of their fields and templates, never change: by them Anki knows on import that a
renamed field or a changed template is still the same, and updates in place. A field or template more or less
would make it put a second note type beside the first, whose notes no import updates again. Room for later is
therefore in them from the start: spare fields, and a reverse template that makes no card while the field
`Reverse` is empty. New needs rename a spare; they never add, drop or reorder.
"""

from __future__ import annotations

import hashlib
from functools import cache

import msgspec
from msgspec import Struct

from deckbuild.machine import templates
from deckbuild.model import Kind


class Field(Struct, frozen=True):
    """A field of a note type."""

    id: int
    name: str


class Template(Struct, frozen=True):
    """What makes a card: HTML of its two sides, and the fields that stand for them in Anki's browser."""

    id: int
    name: str
    front: str
    back: str
    browser_front: str
    browser_back: str


class NoteType(Struct, frozen=True):
    """All that Anki stores of a note type; its first field is the one that Anki sorts by."""

    kind: Kind
    id: int
    name: str
    fields: tuple[Field, ...]
    templates: tuple[Template, ...]
    is_cloze: bool
    css: str


def note_types() -> dict[Kind, NoteType]:
    """The note type of each kind, with the HTML and CSS of the templates folder."""
    return {
        Kind.QA: _note_type(
            Kind.QA,
            1708745336748,
            _fields(
                (2222396554400436, "Question"),
                (4958915989255984, "Answer"),
                (3034867237959563, "Hint"),
                (6900003034573744, "Follow-up"),
                (7270626722434429, "Section"),
                (1074336263319990, "Source"),
                (322126196449685, "Difficulty"),
                (4378024069099522, "Reverse"),
                (4666812556394143, "References"),
                (6801230897641588, "Others"),
                (7749549467717206, "Spare 3"),
                (8657230619403011, "ID"),
            ),
            _template(Kind.QA, 6447170826086653, "Question", "{{Question}}", "{{Answer}}"),
            _template(Kind.QA, 7429976260164289, "Reverse", "{{Answer}}", "{{Question}}"),
        ),
        Kind.ROW: _note_type(
            Kind.ROW,
            1718488182944,
            _fields(
                (1794336516606508, "Key"),
                (4865586305954071, "Columns"),
                (3701934797986457, "Table"),
                (1799698485122162, "Section"),
                (7773719760304261, "Source"),
                (6031521586314100, "Reverse"),
                (1780783862228350, "Asked"),
                (4427594010114059, "Column"),
                (1886703410338647, "Spare 3"),
                (7681408099557779, "ID"),
            ),
            _template(Kind.ROW, 2775683324058783, "Row", "{{Key}}", "{{Columns}}"),
            _template(Kind.ROW, 6367611185475191, "Reverse", "{{Columns}}", "{{Key}}"),
        ),
        Kind.FORMULA: _note_type(
            Kind.FORMULA,
            1738432077598,
            _fields(
                (2668830044976069, "Name"),
                (3911175070164949, "Formula"),
                (7832210740488996, "Section"),
                (2917918852019384, "Source"),
                (3310277293301033, "Reverse"),
                (5473666048303435, "Legend"),
                (6939407637876244, "Table"),
                (523369781603885, "Spare 3"),
                (3184682461077269, "ID"),
            ),
            _template(Kind.FORMULA, 5778365607032520, "Formula", "{{Name}}", "{{Formula}}"),
            _template(Kind.FORMULA, 7284921941410341, "Reverse", "{{Formula}}", "{{Name}}"),
        ),
        Kind.CLOZE: _note_type(
            Kind.CLOZE,
            1745947341786,
            _fields(
                (8627642214747470, "Text"),
                (1780411042171075, "Section"),
                (6413670281367706, "Source"),
                (1365662011449811, "Context"),
                (4515056981432265, "Extra"),
                (5985951988449816, "Spare 3"),
                (5145558521819561, "ID"),
            ),
            _template(Kind.CLOZE, 3291395324993113, "Cloze", "{{cloze:Text}}", "{{cloze:Text}}"),
        ),
    }


def digest(note_type: NoteType) -> str:
    """SHA-256, hex, over all that Anki stores of a note type; it changes when users need the new one."""
    return hashlib.sha256(msgspec.json.encode(note_type)).hexdigest()


def _note_type(kind: Kind, id: int, fields: tuple[Field, ...], *sides: Template) -> NoteType:
    css = _text("card.css")
    return NoteType(kind, id, f"deckbuild {kind}", fields, sides, kind is Kind.CLOZE, css)


def _fields(*fields: tuple[int, str]) -> tuple[Field, ...]:
    return tuple(Field(id, name) for id, name in fields)


def _template(kind: Kind, id: int, name: str, browser_front: str, browser_back: str) -> Template:
    prefix = f"{kind}/reverse-" if name == "Reverse" else f"{kind}/"
    front, back = _text(f"{prefix}front.html"), _text(f"{prefix}back.html")
    return Template(id, name, front, back, browser_front, browser_back)


@cache
def _text(name: str) -> str:
    return (templates.folder() / "anki" / name).read_text(encoding="utf-8")
