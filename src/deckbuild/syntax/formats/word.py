"""Word files: paragraphs, lists, tables, images and equations. A place in one is the number of a paragraph.

python-docx opens the file; headings are told by the levels of outline that styles give, in any language of Word.
"""

from __future__ import annotations

from typing import Any

from lxml.etree import _Element

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.card_tables import as_card
from deckbuild.syntax.formats.omml import MATHS
from deckbuild.syntax.formats.reading import Reading, Unreadable, Writer, broken, started
from deckbuild.syntax.formats.word_held import ROW, Held
from deckbuild.syntax.formats.word_lists import Lists, W
from deckbuild.syntax.formats.word_package import opened
from deckbuild.syntax.formats.word_runs import BREAK, Runs
from deckbuild.syntax.formats.word_styles import (
    Style,
    above,
    boxes,
    is_repeated,
    is_titled,
    numbered,
    outline_level,
    typed,
)

_CONTENTS = regex(r"toc \d|toc heading|table of figures")
_CODE = regex(r"code|source|preformatted|verbatim|listing|monospace")
_QUOTE = regex(r"quote|block text")
_WIDEST = 50
"""Columns that one cell may span."""

_DEEPEST = 50
"""Frames and tables inside each other."""

_TYPED = regex(r"(?:-\s*(?=[^\W\d])|[•·●▪]\s*(?=\S))")
"""A bullet that was typed, with a blank behind it or without."""

_OPTION = regex(r"[*_]*\(?[A-Ha-hА-Га-г]\s?[.)]")
_WHOLE_CODE = regex(r"(`+) ?(?P<code>[^`]+?) ?\1")


def read(data: bytes, name: str) -> tuple[tuple[str, ...], Reading]:
    """The plain text of a file's paragraphs, and its reading. Raises `Unreadable` for what is no Word file."""
    document = opened(data)
    reader = _Reader(document, name)
    reader.blocks(document.element.body)
    reader.notes()
    return tuple(reader.paragraphs), reader.out.reading(flows=True)


class _Reader:
    """Writes the blocks of a body; all paragraphs are counted, those in tables too."""

    def __init__(self, document: Any, name: str) -> None:
        self.out = Writer()
        self.paragraphs: list[str] = []
        self.runs = Runs(document, name.rpartition("/")[2])
        self.lists = Lists(document)
        raw = {s.get(f"{W}styleId"): s for s in document.styles.element.iter(f"{W}style")}
        self.styles = {key: Style(style, raw) for key, style in raw.items()}
        self.shift = 0
        self.held = Held(self.out)
        self._item = 0
        self._depth = 0
        self._noted: list[int] = []

    def blocks(self, parent: _Element) -> None:
        """The paragraphs and tables in an element."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable("its tables are nested too deeply", len(self.paragraphs) or 1)
        for child in parent:
            name = str(child.tag).rpartition("}")[2]
            if name == "p":
                self.paragraph(child)
            elif name == "tbl":
                self.held.write()
                self.table(child)
            elif name in ("sdt", "sdtContent", "customXml", "ins", "smartTag"):
                self.blocks(child)
        self._depth -= 1

    def count(self, paragraph: _Element) -> int:
        """The number of the next paragraph."""
        text = "".join(
            t.text or "" for t in paragraph.iter(f"{W}t", f"{MATHS}t") if above(t, "p") in (paragraph, None)
        )
        shows = next(paragraph.iter(f"{W}drawing", f"{W}pict"), None) is not None
        self.paragraphs.append(text if text.strip() or not shows else "[image]")
        return len(self.paragraphs)

    def paragraph(self, paragraph: _Element) -> None:
        """A paragraph: a title, an item, code, or text."""
        number = self.count(paragraph)
        properties = paragraph.find(f"{W}pPr")
        style = self._style(properties)
        level = outline_level(properties)
        level = style.level if level is None and style else level
        name = style.name if style else ""
        if _CONTENTS.match(name):
            self.out.aside[number] = "contents list"
            return
        is_title = name == "title" or level is not None
        text = self.runs.markdown(paragraph, bold_is_look=not is_title).strip()
        if not is_title and self._is_option(text, properties, style):
            text = self.runs.option(paragraph).strip()
        text = text if ROW.fullmatch(text) else text.replace("\t", " ")
        self._noted += [number] * (len(self.runs.notes) - len(self._noted))
        whole = _WHOLE_CODE.fullmatch(text)
        if (whole or _CODE.search(name)) and text and not is_title:
            self.held.code(typed(paragraph), number)
            return
        if self.held.has_rows and not text:
            return
        if "\t" in text and not is_title:
            self.held.row(text, number)
            return
        self.held.write()
        if not text:
            self.out.gap()
            self._item = 0
        elif is_title:
            self.shift = 1 if name == "title" else self.shift
            marks = "#" * (1 if name == "title" else min(6, (level or 0) + 1 + self.shift))
            self.out.gap()
            self.out.add(f"{marks} {' '.join(text.replace(BREAK, ' ').split())}", number)
            self.out.gap()
            self._item = 0
        else:
            self._text(text, number, properties, style)
        for box in boxes(paragraph):
            self.held.write()
            self.blocks(box)

    def _is_option(self, text: str, properties: _Element | None, style: Style | None) -> bool:
        """Whether a paragraph has a letter before it, typed or of a list, as options of questions have."""
        return bool(_OPTION.match(text)) or self.lists.is_lettered(*_listed(properties, style))

    def _text(self, text: str, number: int, properties: _Element | None, style: Style | None) -> None:
        listed, depth = _listed(properties, style)
        marker = self.lists.marker(listed, depth) if listed else ""
        if not marker and (sign := _TYPED.match(text)):
            marker, text = "- ", text[sign.end() :]
        inside = not marker and self._item and style is not None and "list" in style.name
        if not marker and not inside:
            self.out.gap()
        if style and _QUOTE.search(style.name):
            marker = "> "
        indent = " " * (4 * depth) if marker else " " * (self._item if inside else 0)
        if inside:
            self.out.gap()
        self._item = len(indent + marker) if marker else self._item if inside else 0
        for at, part in enumerate(broken([part.strip() for part in text.split(BREAK)])):
            lead = indent + marker if at == 0 else " " * len(indent + marker)
            self.out.add(lead + (part if marker and at == 0 else started(part)), number)
        if not marker:
            self.out.gap()

    def table(self, table: _Element) -> None:
        """A table; one of a single cell is a frame around text."""
        rows = [row for row in table.iter(f"{W}tr") if above(row, "tbl") is table]
        cells = [[c for c in row.iter(f"{W}tc") if above(c, "tr") is row] for row in rows]
        if all(len(row) == 1 for row in cells) or any(
            c.find(f".//{W}tbl") is not None for row in cells for c in row
        ):
            for row in cells:
                for cell in row:
                    self.blocks(cell)
                    self.held.write()
            return
        made: list[tuple[list[str], SourceSpan]] = []
        upper: list[str] = []
        for row in cells:
            first = len(self.paragraphs) + 1
            texts: list[str] = []
            for cell in row:
                text, wide, goes_on = self._cell(cell)
                hangs = goes_on and not text and len(texts) < len(upper)
                texts += [upper[len(texts)] if hangs else text, *[""] * (wide - 1)]
            made.append((texts, SourceSpan(first, max(first, len(self.paragraphs)))))
            upper = texts
        if made and not as_card(self.out, made):
            self.out.rows(made, is_titled(rows, [texts for texts, _ in made]))

    def _cell(self, cell: _Element) -> tuple[str, int, bool]:
        """The Markdown of a cell, its width in columns, and whether the one above goes on in it."""
        parts = []
        for paragraph in cell.iter(f"{W}p"):
            if is_repeated(paragraph):
                continue
            self.count(paragraph)
            listed, depth = numbered(paragraph.find(f"{W}pPr"))
            marker = self.lists.marker(listed, depth) if listed else ""
            text = self.runs.markdown(paragraph).replace("\t", " ").strip()
            parts += [f"{marker}{text}".replace(BREAK, "\n")] if text else []
        properties = cell.find(f"{W}tcPr")
        wide = properties.find(f"{W}gridSpan") if properties is not None else None
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        width = min(_WIDEST, int(wide.get(f"{W}val") or 1)) if wide is not None else 1
        return "\n".join(parts), width, merge is not None and merge.get(f"{W}val") != "restart"

    def notes(self) -> None:
        """Write the footnotes, below all that refers to them."""
        self.held.write()
        for number, (text, paragraph) in enumerate(zip(self.runs.notes, self._noted, strict=False), 1):
            self.out.gap()
            self.out.add(f"[^{number}]: {text}", paragraph)

    def _style(self, properties: _Element | None) -> Style | None:
        told = properties.find(f"{W}pStyle") if properties is not None else None
        return self.styles.get(told.get(f"{W}val")) if told is not None else None


def _listed(properties: _Element | None, style: Style | None) -> tuple[str, int]:
    """The list of a paragraph and its level in it, of its own or of its style."""
    listed, depth = numbered(properties)
    if not listed and style and style.number:
        return style.number, style.depth
    return listed, depth
