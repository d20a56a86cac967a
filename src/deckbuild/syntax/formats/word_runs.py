"""The text of a Word paragraph as Markdown: its runs with their looks, links, images, equations, footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from urllib.parse import quote

from lxml.etree import _Element

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats.omml import MATHS, latex
from deckbuild.syntax.formats.reading import code_span, escaped, wrapped
from deckbuild.syntax.formats.word_lists import W
from deckbuild.syntax.latex_rules import told_formula

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
BREAK = "\x0f"
"""Stands for a line break in a paragraph."""

_MONOSPACED = regex(r"courier|consolas|mono|menlo|source code|inconsolata|lucida console")
_COLOR = regex(r"[0-9A-Fa-f]{6}")
_GREYEST = 0x60
"""How far apart red, green and blue of a colour may be that is told from black by nobody."""

_OFF = ("0", "false", "none", "off")
_THROUGH = frozenset(
    f"{W}{name}" for name in "ins smartTag sdt sdtContent moveTo fldSimple customXml".split()
)

_Piece = tuple[str, tuple[str, ...]]
"""Text, and its looks: `bold`, `italic` …; `raw` for what is Markdown already."""


class Runs:
    """Reads the runs of a document's paragraphs; `notes` collects the footnotes that they refer to."""

    def __init__(self, document: Any, name: str) -> None:
        self._rels = document.part.rels
        self._name = name
        self.notes: list[str] = []

    def markdown(self, paragraph: _Element, bold_is_look: bool = True) -> str:
        """The text of a paragraph, with its tabs; that of a heading, which is bold anyway, without bold."""
        pieces = [
            (text, tuple(look for look in looks if bold_is_look or look != "bold"))
            for text, looks in self._pieces(paragraph)
            if text
        ]
        return self._merged(pieces)

    def option(self, paragraph: _Element) -> str:
        """The text of an option of a question: bold where its first words have a colour, or a line below them."""
        text = self.markdown(paragraph)
        first = next((run for run in paragraph.iter(f"{W}r") if "".join(run.itertext()).strip()), None)
        if text and first is not None and _is_told(first.find(f"{W}rPr")):
            return wrapped("**", text.replace("**", ""))
        return text

    def _merged(self, pieces: list[_Piece]) -> str:
        merged = [("".join(t for t, _ in run), looks) for looks, run in groupby(pieces, key=lambda p: p[1])]
        return "".join(_look(text, looks) for text, looks in merged)

    def _pieces(self, element: _Element) -> Iterator[_Piece]:
        hidden = 0
        for child in element:
            if child.tag == f"{W}r":
                for mark in child.iter(f"{W}fldChar"):
                    kind = mark.get(f"{W}fldCharType")
                    hidden += {"begin": 1, "separate": -1}.get(kind or "", 0)
                if hidden <= 0:
                    yield from self._run(child)
            elif child.tag == f"{W}hyperlink":
                yield from self._link(child)
            elif child.tag in (f"{MATHS}oMath", f"{MATHS}oMathPara"):
                yield told_formula(latex(child), child.tag.endswith("Para")), ("raw",)
            elif child.tag in _THROUGH:
                yield from self._pieces(child)

    def _run(self, run: _Element) -> Iterator[_Piece]:
        looks = _looks(run.find(f"{W}rPr"))
        for child in run:
            match str(child.tag).rpartition("}")[2]:
                case "t":
                    yield child.text or "", looks
                case "tab":
                    yield "\t", ()
                case "br" | "cr":
                    if child.get(f"{W}type") not in ("page", "column"):
                        yield BREAK, ("raw",)
                case "noBreakHyphen":
                    yield "‑", looks
                case "drawing" | "pict" | "object" | "AlternateContent":
                    yield from ((image, ("raw",)) for image in self._images(child))
                case "footnoteReference" | "endnoteReference":
                    yield self._note(child), ("raw",)

    def _link(self, link: _Element) -> Iterator[_Piece]:
        inner = list(self._pieces(link))
        relation = self._rels.get(link.get(f"{_R}id") or "")
        if relation is None or not relation.is_external:
            yield from inner
            return
        text = "".join(_look(t, tuple(k for k in looks if k in ("raw", "code"))) for t, looks in inner)
        address = str(relation.target_ref).replace(" ", "%20").replace("(", "%28").replace(")", "%29")
        yield (f"[{text}]({address})" if text.strip() else ""), ("raw",)

    def _images(self, drawing: _Element) -> Iterator[str]:
        told = next(drawing.iter(f"{_WP}docPr"), None)
        alt = " ".join((told.get("descr") or "").split()) if told is not None else ""
        for blip in drawing.iter(f"{_A}blip"):
            relation = self._rels.get(blip.get(f"{_R}embed") or "")
            if relation is not None:
                yield f"![{escaped(alt)}](<{self._address(relation)}>)"
            return

    def _address(self, relation: Any) -> str:
        """Where the picture of a relation is: in the file, though it may be lost there, or at an address."""
        if not relation.is_external:
            return f"{self._name}{relation.target_part.partname}"
        address = quote(str(relation.target_ref), safe="/:?&=%#~@+,;")
        return f"{self._name}{address}" if address.startswith("/") else address

    def _note(self, reference: _Element) -> str:
        kind = "footnotes" if reference.tag.endswith("footnoteReference") else "endnotes"
        part = next((r.target_part for r in self._rels.values() if r.reltype.endswith(f"/{kind}")), None)
        if part is None:
            return ""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for note in etree.fromstring(part.blob, parser):
            if note.get(f"{W}id") == reference.get(f"{W}id"):
                text = " ".join(self.markdown(p) for p in note.iter(f"{W}p")).strip()
                self.notes.append(text.replace(BREAK, " "))
                return f"[^{len(self.notes)}]"
        return ""


def _looks(properties: _Element | None) -> tuple[str, ...]:
    """How a run looks, as far as Markdown can say it."""
    found = []
    for child in properties if properties is not None else ():
        name, value = str(child.tag).rpartition("}")[2], child.get(f"{W}val") or ""
        if name in ("vanish", "webHidden") and value not in _OFF:
            return ("hidden",)
        if name == "rFonts" and _MONOSPACED.search((child.get(f"{W}ascii") or "").lower()):
            found.append("code")
        elif name == "vertAlign" and value in ("superscript", "subscript"):
            found.append("sup" if value == "superscript" else "sub")
        elif name in ("b", "i", "strike", "highlight") and value not in _OFF:
            found.append({"b": "bold", "i": "italic"}.get(name, name))
    return tuple(sorted(found))


def _is_told(properties: _Element | None) -> bool:
    """Whether a look sets words off as no plain text is: a colour that is none of grey, or a line below them."""
    if properties is None:
        return False
    color, line = properties.find(f"{W}color"), properties.find(f"{W}u")
    value = (color.get(f"{W}val") or "") if color is not None else ""
    if _COLOR.fullmatch(value):
        parts = [int(value[at : at + 2], 16) for at in (0, 2, 4)]
        if max(parts) - min(parts) > _GREYEST:
            return True
    return line is not None and (line.get(f"{W}val") or "single") not in _OFF


def _look(text: str, looks: tuple[str, ...]) -> str:
    if "raw" in looks:
        return text
    if "hidden" in looks:
        return ""
    if "code" in looks:
        return code_span(text)
    made = escaped(text)
    for look in ("sup", "sub"):
        made = f"<{look}>{made}</{look}>" if look in looks and made.strip() else made
    for look, mark in (("strike", "~~"), ("highlight", "=="), ("italic", "*"), ("bold", "**")):
        made = wrapped(mark, made) if look in looks else made
    return made
