"""Delimited text: comma-separated values and their kin, exports of Anki and Quizlet.

The csv module finds the fields, quoted ones over several lines too. Each row becomes one line parted by TABs below the
settings of Anki's own export; extraction tells the columns by what stands in them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from html import escape, unescape

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats import quiz_sheets
from deckbuild.syntax.formats.anki_sides import is_covered, sides
from deckbuild.syntax.formats.delimited_sign import doubled, named, on_line, paragraphs, sniffed, told
from deckbuild.syntax.formats.reading import Reading, Unreadable, Writer
from deckbuild.syntax.formats.written_tags import with_fixed_code, with_shown_tags
from deckbuild.syntax.latex_rules import told_formula

LONGEST_FIELD = 200_000
"""Characters of one field: a quote that is never closed takes all the rest of a file."""

MOST_COLUMNS = 200
"""Fields of one row; notes of Anki have some twenty."""

_USUAL = {".csv": ",", ".tsv": "\t"}
_BLOCK = regex(r"(?P<code>`[^`\n]+`)|<(?P<closes>/?)(?P<name>div|p|ul|ol|li)\b[^<>]*>", re.IGNORECASE)
_TEX = regex(r"\[(?:latex|(?P<display>\$\$)|\$)\](?P<tex>.+?)\[/(?:latex|\$\$|\$)\]")
_WRITTEN_BREAK = regex(r"\s+\\n\s+|\\r?\\n|\\n(?=[-*•\d])|(?<=[.;:!?])\\n")
"""A line break that an export writes out as two characters, where it can't be the start of a command of LaTeX."""

_TOLD = ("guid", "notetype", "deck", "tags")
_CLOZE = regex(r"\{\{c\d{1,3}::")
_LINE_END = regex(r"</?(?:br|p|div|li|ul|ol|tr)\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = regex(r"</?[A-Za-z][^<>]{0,900}>")
SOUND = regex(r"\[(?:sound|anki):[^\]]{0,900}+\]")
"""What Anki plays where it stands."""
_STARTS = regex(r"(\d*)(?=#{1,6}\s|[-+*]\s|>|={3}|-{3}|`{3}|~{3}|(?<=\d)[.)]\s|\[\^)")
"""What would be markup at the start of a row."""


def read(lines: Sequence[str], name: str) -> Reading:
    """The rows of a file. Raises `Unreadable` for a field beyond the limit."""
    csv.field_size_limit(LONGEST_FIELD)
    settings = told(lines[:20])
    first = next((n for n, line in enumerate(lines) if not line.startswith("#")), 0) if settings else 0
    usual = _USUAL.get(name[-4:].lower(), "\t")
    if not settings and (placed := _elsewhere(lines)):
        return _rows_of(placed)
    several = "" if settings or name[-4:].lower() in _USUAL else doubled(lines)
    if several:
        lines = [line.replace("\t", " ").replace(several, "\t") for line in lines]
    sign = named(settings) or ("\t" if several else sniffed(lines[first:], usual))
    if not settings and (choices := quiz_sheets.read(lines, sign)):
        return choices
    out = Writer()
    out.add("#separator:tab", 0)
    for number, line in enumerate(lines[:first], 1):
        out.gap()
        out.aside[number] = "a setting of the export"
        value = line.replace(sign, "\t") if line.lower().startswith("#columns") else line
        if not line.lower().startswith("#separator"):
            out.add(value, number)
    rows = csv.reader([f"{line}\n" for line in lines[first:]], delimiter=sign)
    before = first
    deck = _column(settings, "deck")
    decks = {settings["deck"]} if settings.get("deck") else set()
    clozes: dict[int, str] = {}
    html = settings.get("html", "").casefold()
    try:
        for cells in rows:
            if len(cells) > MOST_COLUMNS:
                raise Unreadable(
                    f"a row has {len(cells):,} fields; at most {MOST_COLUMNS} are read", before + 1
                )
            if is_covered(cells):
                covers = range(before + 1, first + rows.line_num + 1)
                out.aside.update(dict.fromkeys(covers, "an image whose parts are covered in turn"))
            elif any(cell.strip() for cell in cells):
                if 0 <= deck < len(cells):
                    decks.add(cells[deck])
                    cells[deck] = "-".join(cells[deck].split())
                cells = [_shown(cell, html) for cell in (sides(cells) if html == "true" else cells)]
                add_row(out, cells, before + 1, first + rows.line_num)
                if any(map(_CLOZE.search, cells)):  # such a row has no columns
                    out.tagged[len(out.lines)] = tuple(_field(cells, settings, "tags").split())
                    clozes[len(out.lines)] = _field(cells, settings, "deck")
                    out.extra[len(out.lines)] = _extra(cells, settings)
                if "reversed" in _field(cells, settings, "notetype"):
                    out.both_ways.add(len(out.lines))
            before = first + rows.line_num
    except csv.Error as error:
        raise Unreadable(f"a field has more than {LONGEST_FIELD:,} characters", before + 1) from error
    tags = tuple(settings.get("tags", "").split())
    for row, name_of_deck in clozes.items() if len(decks) > 1 else ():
        out.tagged[row] += (name_of_deck,) * bool(name_of_deck)
    deck_of_all = decks.pop() if len(decks) == 1 else ""
    return replace(out.reading(rows=True), deck=deck_of_all, tags=tags)


def _shown(field: str, html: str) -> str:
    """A field by what a file says of HTML in it, if anything: `true` or `false`."""
    if html == "false":
        return escape(field, quote=False)
    return field if html == "true" else with_shown_tags(field)


def _elsewhere(lines: Sequence[str]) -> list[tuple[list[str], int, int]]:
    """Rows that are no lines, each with its first and last line: all on one, or blank lines between them."""
    full = [number for number, line in enumerate(lines, 1) if line.strip()]
    if rows := on_line([lines[number - 1] for number in full]):
        return [(row.split("\t"), full[0], full[0]) for row in rows]
    return [
        ("\n".join(lines[first : last + 1]).split("\t", 1), first + 1, last + 1)
        for first, last in paragraphs(lines)
    ]


def _rows_of(placed: Sequence[tuple[list[str], int, int]]) -> Reading:
    out = Writer()
    out.add("#separator:tab", 0)
    for cells, line, end_line in placed:
        add_row(out, list(map(with_shown_tags, cells)), line, end_line)
    return out.reading(rows=True)


def _column(settings: Mapping[str, str], name: str) -> int:
    """The column, from 0, that the settings of a file name for this; -1 for none."""
    told = settings.get(f"{name} column", "")
    return int(told) - 1 if told.isdecimal() else -1


def _field(cells: Sequence[str], settings: Mapping[str, str], name: str) -> str:
    """The field of a row in the column that the settings of its file name for this."""
    at = _column(settings, name)
    return cells[at] if 0 <= at < len(cells) else ""


def _extra(cells: Sequence[str], settings: Mapping[str, str]) -> str:
    """The text of the fields beside a cloze, those aside that say where its note belongs."""
    told = {_column(settings, name) for name in _TOLD}
    others = [cell for at, cell in enumerate(cells) if at not in told and not _CLOZE.search(cell)]
    return "\n".join(filter(None, map(plain_text, others)))


def add_row(out: Writer, cells: Sequence[str], line: int, end_line: int) -> None:
    """A row; one with a cloze is the text that has it, and its other fields stand below."""
    out.gap()
    cloze = next((cell for cell in cells if _CLOZE.search(cell)), None)
    out.add("\t".join(map(_cell, cells)) if cloze is None else _cell(cloze), line, end_line)


def plain_text(field: str) -> str:
    """The text of a field of HTML, line by line."""
    lines = _TAG.sub("", _LINE_END.sub("\n", SOUND.sub("", field))).split("\n")
    return "\n".join(filter(None, (" ".join(unescape(line).split()) for line in lines)))


def _cell(text: str) -> str:
    """A field as a part of one line of Markdown."""
    text = _WRITTEN_BREAK.sub("\n", text.replace("\t", " "))
    text = _TEX.sub(lambda found: told_formula(unescape(found["tex"]), bool(found["display"])), text)
    text = with_fixed_code(text) if "</" in text else text
    text = _unblocked(text) if _BLOCK.search(text) else text
    text = "<br>".join(part.strip() for part in text.strip().split("\n"))
    text = _STARTS.sub(r"\1\\", text, count=1) if _STARTS.match(text) else text
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text


def _unblocked(text: str) -> str:
    """The HTML of a field with lists and paragraphs as lines, as far in as their lists are."""
    parts: list[str] = []
    lists: list[int] = []
    done = 0
    for tag in _BLOCK.finditer(text):
        if tag["code"]:
            continue
        parts.append(text[done : tag.start()])
        done, name, closes = tag.end(), tag["name"].lower(), bool(tag["closes"])
        if name in ("ul", "ol"):
            lists = lists[:-1] if closes else [*lists, 0 if name == "ol" else -1]
        elif name == "li" and not closes:
            lists = lists or [-1]
            lists[-1] += lists[-1] >= 0
            parts.append(
                "\n" + "&nbsp;&nbsp;" * (len(lists) - 1) + (f"{lists[-1]}. " if lists[-1] > 0 else "- ")
            )
        elif name != "li" and not (parts and parts[-1].endswith(("- ", ". "))):
            parts.append("\n")
    lines = ("".join((*parts, text[done:]))).split("\n")
    return "\n".join(line for line in lines if line.strip())
