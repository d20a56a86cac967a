"""What Anki stores of a note: the values of its fields, its tags, and which cards it makes.

Nothing here depends on the line where a note stands. A line added above would change every note below it, and
a changed note overwrites what its user has edited.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from string import ascii_uppercase

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.cards.columns import asked, columns_of, definitions
from deckbuild.cards.folded import folded_html, plain, references
from deckbuild.cards.note_tags import tags, united
from deckbuild.cards.note_types import NoteType
from deckbuild.derive.clozes import HIGHEST
from deckbuild.derive.named_formulas import formula_of
from deckbuild.html.blocks import flow_html, meanings_html, run_html
from deckbuild.html.cell_formulas import in_full_size
from deckbuild.html.looks import Look, code_of_whole_words, mathjax, picture
from deckbuild.html.raw_html import escape
from deckbuild.machine.regex import regex
from deckbuild.model import (
    Blocks,
    Inlines,
    Joined,
    Kind,
    Mark,
    Note,
    Paragraph,
    inline_runs,
    inner_inlines,
)
from deckbuild.model.choices import choice
from deckbuild.model.documents import CONTEXT, EXTRA
from deckbuild.model.outline import file_name
from deckbuild.model.text import one_line

_SPARES = {Kind.QA: 1, Kind.ROW: 1, Kind.FORMULA: 1, Kind.CLOZE: 1}
_CARDS = Look(mathjax, picture, cell=in_full_size, code=code_of_whole_words)

_OPEN, _TEXT, _HINT, _CLOSE = "\x04", "\x05", "\x06", "\x07"
"""Stand around the parts of a cloze until its text is free of what Anki takes for the syntax of one."""

_CLOZE = regex(r"\{\{c([0-9]+)::")
_CLOZE_SYNTAX = regex(rf"\{{(?=\{{|{_OPEN})|\}}(?=\}}|{_CLOSE}|{_HINT})|:(?=:|{_CLOSE}|{_HINT})")
_ENTITIES = {"{": "&#123;", "}": "&#125;", ":": "&#58;"}


class RenderedNote(Struct, frozen=True):
    """A note as HTML: the values of its fields, in the order of its note type's, and its tags."""

    values: tuple[str, ...]
    tags: tuple[str, ...]

    def with_guid(self, guid: str) -> RenderedNote:
        """The same with the guid as the last field, which all note types have for it."""
        return RenderedNote((*self.values[:-1], escape(guid)), self.tags)


def rendered(
    note: Note,
    section: tuple[str, ...],
    source: str,
    title: str,
    also: tuple[str, ...] = (),
    others: Sequence[tuple[str, Joined]] = (),
    root: str = "",
) -> RenderedNote:
    """The note, in the place that `render` tells of, before it has a guid; its tags stand below `root`."""
    theirs = (tag for _, other in others for tag in tags(other.note, other.section, root))
    values = render(note, section, source, title, "", also, others)
    return RenderedNote(values, united(tags(note, section, root), theirs))


def render(
    note: Note,
    section: tuple[str, ...],
    source: str,
    title: str,
    guid: str,
    also: tuple[str, ...] = (),
    others: Sequence[tuple[str, Joined]] = (),
) -> tuple[str, ...]:
    """The values of a note's fields, HTML, in the order of its note type's fields.

    `section` are the titles above the note, outermost first; `source` the path of its document, shown only
    where that has no `title`; `also` are the titles of further sources that give the note, `others` what
    notes that ask the same say beside it, each with the title of its document.
    """
    reverse = "1" if note.reverse else ""
    place = _place(note, section, " · ".join((title or file_name(source), *also)), title)
    values: tuple[str, ...]
    match note.kind:
        case Kind.QA:
            question, answer = _question_and_answer(note)
            hint, more, level = (plain(note.extras.get(n, "")) for n in ("hint", "follow-up", "difficulty"))
            folded = folded_html(others, _question_and_answer)
            values = (question, answer, hint, more, *place, level, reverse, references(note), folded)
        case Kind.ROW:
            columns = columns_of(note.answer, _CARDS)
            values = (
                flow_html(note.question, _CARDS),
                definitions(columns) or flow_html(note.answer, _CARDS),
                _table(note, section, title),
                *place,
                reverse,
                asked(note, columns),
                plain(note.column).rstrip("?？ "),  # the card asks for it with a sign of its own
            )
        case Kind.FORMULA:
            name, formula = flow_html(note.question, _CARDS), _formula(note)
            values = (name, formula, *place, reverse, _legend(note), _table(note, section, title))
        case Kind.CLOZE:
            beside = (plain(note.extras.get(name, "")) for name in (CONTEXT, EXTRA))
            values = (_cloze(note.question), *place, *beside)
    spares = [""] * _SPARES[note.kind]
    return tuple(unicodedata.normalize("NFC", value) for value in (*values, *spares, escape(guid)))


def card_ordinals(note_type: NoteType, values: tuple[str, ...]) -> tuple[int, ...]:
    """Which cards Anki makes of a note, counted from 0: one for each template that has something to ask.

    Of a cloze it makes one for each number.
    """
    if note_type.is_cloze:
        return tuple(sorted({int(number) - 1 for number in _CLOZE.findall(values[0])})) or (0,)
    by_name = {field.name: value for field, value in zip(note_type.fields, values, strict=True)}
    return (0, 1) if by_name["Reverse"] and values[1] else (0,)


def _place(note: Note, section: tuple[str, ...], sources: str, title: str) -> tuple[str, str]:
    """Path of the sections, without titles that the card shows elsewhere, and names of the documents."""
    path = _below(section, title)
    if path[-1:] == (_shown(note, section, title),):
        path = path[:-1]
    return plain(" › ".join(path)), plain(sources)


def _below(section: tuple[str, ...], title: str) -> tuple[str, ...]:
    return section[1:] if section[:1] == (title,) else section


def _shown(note: Note, section: tuple[str, ...], title: str) -> str:
    """What a card shows of its place beside the path: its table, where there is no path its document.

    Of a cloze that a heading makes it is the heading, which the card has as its text.
    """
    match note.kind, note.question:
        case ((Kind.ROW | Kind.FORMULA), _):
            return note.title or ("" if _below(section, title) else title)
        case Kind.CLOZE, (Paragraph(content=content),):
            return one_line(content)
        case _:
            return ""


def _table(note: Note, section: tuple[str, ...], title: str) -> str:
    """What a row's card shows of its table: its title, and the line that announces it."""
    said = (_shown(note, section, title), note.extras.get(CONTEXT, ""))
    return plain(" · ".join(filter(None, said)))


def _question_and_answer(note: Note) -> tuple[str, str]:
    """Both sides of a question; options get letters, and the right ones show theirs again."""
    parts = choice(note)
    beside = definitions(tuple((plain(title), plain(text)) for title, text in note.beside))
    front, told = flow_html(parts.asked if parts else note.question, _CARDS), ""
    if parts:
        options = dict(enumerate(parts.contents))
        front = f"{front}\n{_options(options, 'options', parts.options.letters)}".strip("\n")
        told = _options({at: options[at] for at in parts.right}, "options right", parts.options.letters)
    rest = flow_html(parts.rest if parts else note.answer, _CARDS)
    return front, "\n".join(filter(None, (told, rest, beside)))


def _options(options: Mapping[int, Inlines], style: str, letters: str) -> str:
    """Options by their place, counted from 0, with `letters`, else Latin ones: Chromium counts on from any `value`."""
    letters = letters or ascii_uppercase
    items = (
        f'<li data-letter="{letters[at] if at < len(letters) else at + 1}">{run_html(content, _CARDS)}</li>'
        for at, content in options.items()
    )
    return f'<ol class="{style}">{"".join(items)}</ol>' if options else ""


def _formula(note: Note) -> str:
    """What a formula note asks for, standing by itself and large."""
    if formula := formula_of(note):
        return f'<div class="formula">{mathjax(replace(formula, display=True))}</div>'
    match note.answer[:1]:
        case (Paragraph(content=content),):
            return f'<div class="formula">{run_html(content, _CARDS)}</div>'
        case blocks:
            return flow_html(blocks, _CARDS)


def _legend(note: Note) -> str:
    """What the document says of a formula: its symbols, other columns of its row, all else as it stands."""
    formula = formula_of(note)
    parts = [meanings_html(formula.legend, _CARDS) if formula else ""]
    parts += [
        definitions(columns_of((block,), _CARDS)) or flow_html((block,), _CARDS) for block in note.answer[1:]
    ]
    return "\n".join(filter(None, parts))


def _cloze(blocks: Blocks) -> str:
    """The blocks with each mark as a cloze, and nothing else that Anki would take for one.

    A mark without a number has a card of its own, numbered in order after the highest that the author gave;
    marks beyond the most that Anki allows share the last.
    """
    marks = [
        e for block in blocks for run in inline_runs(block) for e in inner_inlines(run) if isinstance(e, Mark)
    ]
    number = max((mark.number for mark in marks), default=0)

    def cloze(mark: Mark, content: str) -> str:
        nonlocal number
        number += not mark.number
        hint = f"{_HINT}{plain(mark.hint)}" if mark.hint else ""
        return f"{_OPEN}{min(mark.number or number, HIGHEST)}{_TEXT}{content}{hint}{_CLOSE}"

    html = flow_html(blocks, replace(_CARDS, mark=cloze))
    html = _CLOZE_SYNTAX.sub(lambda sign: _ENTITIES[sign[0]], html)
    for sign, shown in ((_OPEN, "{{c"), (_TEXT, "::"), (_HINT, "::"), (_CLOSE, "}}")):
        html = html.replace(sign, shown)
    return html
