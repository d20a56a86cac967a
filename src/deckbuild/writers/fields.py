"""What Anki stores of a note: the values of its fields, its tags, and which cards it makes.

Nothing here depends on the line where a note stands. A line added above would change every note below it, and
a changed note overwrites what its user has edited.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TypeAlias

from deckbuild.model import Kind, Note, Table
from deckbuild.writers.html import blocks_html, inlines_html, mathjax
from deckbuild.writers.note_types import NoteType
from deckbuild.writers.raw_html import disarm, escape

Columns: TypeAlias = tuple[tuple[str, str], ...]

_SPARE = ("", "", "")
_HIGHEST_CLOZE = 500
"""Anki makes no more cards than this of one cloze note; further marks share the last."""

_CLOZE = re.compile(r"\{\{c([0-9]+)::")
_MARK = re.compile(r"</?mark>")
_CLOZE_SYNTAX = re.compile(r"\{(?=\{|<mark>)|\}(?=\}|</mark>)|:(?=:)")
_ENTITIES = {"{": "&#123;", "}": "&#125;", ":": "&#58;"}

_QUOTES = dict.fromkeys(map(ord, "'\"`´“”„‚‘’«»‹›"))
_TAG_SIGNS = frozenset("_-+#.")


def render(
    note: Note, section: tuple[str, ...], source: str, title: str, guid: str, also: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The values of a note's fields, HTML, in the order of its note type's fields.

    `section` are the titles above the note, outermost first; `source` the path of its document, shown only
    where that has no `title`; `also` are the titles of further sources that give the note.
    """
    question, answer = blocks_html(note.question, mathjax), blocks_html(note.answer, mathjax)
    place = (
        _plain(" › ".join(section[1:] if section[:1] == (title,) else section)),
        _plain(" · ".join((title or source, *also))),
    )
    values: tuple[str, ...]
    match note.kind:
        case Kind.QA:
            extras = {
                label: _plain(note.extras.get(label, "")) for label in ("hint", "follow-up", "difficulty")
            }
            values = (question, answer, extras["hint"], extras["follow-up"], *place, extras["difficulty"], "")
        case Kind.ROW:
            columns = _columns(note)
            values = (question, _row_answer(columns) or answer, _row_prompt(note.title, columns), *place, "")
        case Kind.FORMULA:
            values = (question, answer, *place, "")
        case Kind.CLOZE:
            values = (_cloze(question), *place)
    return tuple(unicodedata.normalize("NFC", value) for value in (*values, *_SPARE, escape(guid)))


def card_ordinals(note_type: NoteType, values: tuple[str, ...]) -> tuple[int, ...]:
    """Which cards Anki makes of a note, counted from 0: one, or one for each number of a cloze."""
    if not note_type.is_cloze:
        return (0,)
    return tuple(sorted({int(number) - 1 for number in _CLOZE.findall(values[0])})) or (0,)


def tags(note: Note, section: tuple[str, ...]) -> tuple[str, ...]:
    """A note's chapter, difficulty and type, and the author's own tags: sorted, no two alike but for case."""
    found = ["::".join(slug for title in section if (slug := _slug(title)))]
    for label in ("difficulty", "type"):
        if slug := _slug(note.extras.get(label, "")):
            found.append(f"{label}::{slug}")
    for tag in note.tags:
        found.append("::".join(slug for part in tag.split("::") if (slug := _slug(part))))
    by_folded = {tag.casefold(): tag for tag in reversed(found) if tag}
    return tuple(by_folded[folded] for folded in sorted(by_folded))


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    return disarm(escape(text.strip())).replace("\n", "<br>")


def _columns(note: Note) -> Columns:
    """Title and cell of a row's other columns that aren't blank."""
    match note.answer:
        case (Table(header=header, rows=(row,)),):
            titles, cells = ([inlines_html(cell, mathjax) for cell in line.cells] for line in (header, row))
            return tuple((title, cell) for title, cell in zip(titles, cells, strict=True) if cell.strip())
    return ()


def _row_answer(columns: Columns) -> str:
    """The other columns of a row, each title above its cell, since a table with one row is wide and flat."""
    pairs = "".join(f"<dt>{title}</dt><dd>{cell}</dd>" for title, cell in columns)
    return f"<dl>{pairs}</dl>" if pairs else ""


def _row_prompt(table: str, columns: Columns) -> str:
    """The name of a row's table, and the titles of the columns that the card asks for."""
    titles = " · ".join(title for title, _ in columns if title)
    return "<br>".join(filter(None, (_plain(table), titles)))


def _cloze(html: str) -> str:
    """HTML with each `<mark>` as a cloze of its own, numbered in order.

    Braces and colons that Anki would read as the syntax of a cloze become entities.
    """
    number = 0

    def brace(mark: re.Match[str]) -> str:
        nonlocal number
        if mark[0] == "</mark>":
            return "}}"
        number += 1
        return f"{{{{c{min(number, _HIGHEST_CLOZE)}::"

    return _MARK.sub(brace, _CLOZE_SYNTAX.sub(lambda sign: _ENTITIES[sign[0]], html))


@lru_cache(maxsize=1024)
def _slug(text: str) -> str:
    """One part of a tag: letters and digits of any script, white space as `_`, no quotes or colons."""
    text = unicodedata.normalize("NFC", text).translate(_QUOTES)
    kept = (c if c in _TAG_SIGNS or unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return "_".join("".join(kept).split())
