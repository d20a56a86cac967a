"""The preview: one web page that holds the cards of a library as Anki shows them, the sheet and the ledger.

It asks nothing of any server. All that comes from documents lies in it as data, which its one script shows in
a frame where no script runs; its content policy allows that script alone, known by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from deckbuild.cards import note_types
from deckbuild.cards.sides import card_sides
from deckbuild.cards.stored import StoredNote
from deckbuild.machine import templates
from deckbuild.machine.regex import regex
from deckbuild.maths.check import mathjax
from deckbuild.maths.check.engine import Refused
from deckbuild.model import Diagnostic, Document, Fate, Library, Severity
from deckbuild.model.image_tags import media_names
from deckbuild.model.text import block_text
from deckbuild.paper.pictures import address
from deckbuild.report.counted import counted

LARGEST_SHEET = 10_000_000
"""Bytes of a sheet that is put into the page; a larger one is linked, or the page would be slow to open."""

_MATHS = regex(r"(?P<code><(pre|code)\b.*?</\2>)|\\\((?P<line>.*?)\\\)|\\\[(?P<display>.*?)\\\]", re.DOTALL)


def preview(
    library: Library,
    notes: Iterable[StoredNote],
    sheet: bytes | None,
    why: str = "",
    sheet_file: str = "",
    live: int = 0,
) -> bytes:
    """The page, UTF-8. `notes` are those of the library as Anki stores them.

    `sheet` is the sheet as a PDF; where there is none, the page shows `why`.
    A sheet that is too large to be put into the page is linked as `sheet_file`. The page of a server has a
    number, `live`, and asks the server for one of another number. The same input gives the same bytes.
    """
    formulas = _Formulas()
    told = (d for document in library.documents for d in document.diagnostics)
    diagnostics = [d for d in told if d.severity is not Severity.INFO]
    cards = list(_cards(library, notes, formulas, diagnostics))
    shown = {name for card in cards for name in media_names(card["front"] + card["back"])}
    embedded = sheet is not None and len(sheet) <= LARGEST_SHEET
    data = {
        "name": library.name,
        "css": note_types.note_types()[library.entries[0].note.kind].css if library.entries else "",
        "cards": cards,
        "formulas": formulas.images,
        "media": {m.name: address(m) for m in library.media if m.name in shown},
        "problems": [_problem(diagnostic) for diagnostic in diagnostics],
        "ledger": [_ledger(document) for document in library.documents],
        "sheet": base64.b64encode(sheet).decode() if sheet and embedded else "",
        "sheetFile": sheet_file if sheet and not embedded else "",
        "why": why,
        "live": live,
    }
    folder = templates.folder() / "preview"
    script = (folder / "preview.js").read_text(encoding="utf-8")
    known = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    page = environment.get_template("preview.html.j2").render(
        name=library.name,
        counted=counted,
        notes=len(library.entries),
        cards=len(cards),
        documents=len(library.documents),
        problems=len(diagnostics),
        style=Markup((folder / "preview.css").read_text(encoding="utf-8")),
        script=Markup(script),
        policy=_policy(known, live),
        data=Markup(_inert(data)),
    )
    return page.encode("utf-8", "replace")


def _policy(script: str, live: int) -> str:
    """What the page may do: run the one script, use styles, show what lies inside it."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'sha256-{script}'",
            "style-src 'unsafe-inline'",
            "img-src data:",
            "media-src data:",
            "frame-src blob:",
            "object-src blob:",
            "connect-src 'self'" if live else "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _inert(data: dict[str, Any]) -> str:
    """JSON in which nothing can end the element of the page that holds it."""
    text = msgspec.json.encode(data).decode()
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _cards(
    library: Library, notes: Iterable[StoredNote], formulas: _Formulas, diagnostics: list[Diagnostic]
) -> Iterator[dict[str, Any]]:
    """The cards in the order in which Anki shows new ones."""
    types = note_types.note_types()
    by_guid = {note.guid: note for note in notes}
    places = {(d.source, d.line): at for at, d in reversed(list(enumerate(diagnostics)))}
    for entry in library.entries:
        note, span = by_guid[entry.guid], entry.note.span
        lines = ((entry.source, line) for line in range(span.line, span.end_line + 1)) if places else ()
        wrong = [places[place] for place in lines if place in places]
        question = " ".join(block_text(entry.note.question).split())
        for ordinal in note.ordinals:
            sides = card_sides(types[note.kind], note.values, ordinal)
            front, back = sides.front, sides.back
            yield {
                "id": f"{entry.guid}.{ordinal + 1}",
                "kind": note.kind,
                "ordinal": ordinal + 1,
                "source": entry.source,
                "line": span.line,
                "section": " › ".join(entry.section),
                "question": question,
                "text": " ".join(block_text(entry.note.answer).split()),
                "tags": list(note.tags),
                "deck": note.deck,
                "problems": wrong,
                "front": formulas.taken_out(front),
                "back": formulas.taken_out(back.replace(front, "\x02") if front else back),
            }


class _Formulas:
    """Formulas of the page as images, each once; in the cards stands its number."""

    def __init__(self) -> None:
        self.images: list[str] = []
        self._numbers: dict[tuple[str, bool], int] = {}

    def taken_out(self, text: str) -> str:
        return _MATHS.sub(self._number, text) if "\\" in text else text

    def _number(self, match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        display = match["display"] is not None
        tex = html.unescape(match["display"] if display else match["line"])
        number = self._numbers.setdefault((tex, display), len(self.images))
        if number == len(self.images):
            self.images.append(_image(tex, display))
        return f'<i data-formula="{number}"></i>'


def _image(tex: str, display: bool) -> str:
    """A formula as SVG in the element that MathJax makes on cards, so that one style sheet serves both."""
    label = html.escape(tex)
    try:
        if not mathjax.available():
            raise Refused
        image = mathjax.svg(tex, display)
    except Refused:
        return f'<code class="math-raw">{label}</code>'
    size = f"width:{image.width}em;height:{image.height}em;vertical-align:{-image.depth}em"
    drawing = image.markup.replace("<svg ", f'<svg role="img" aria-label="{label}" style="{size}" ', 1)
    return f'<mjx-container jax="SVG"{" display=true" if display else ""}>{drawing}</mjx-container>'


def _problem(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "source": diagnostic.source,
        "line": diagnostic.line,
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def _ledger(document: Document) -> dict[str, Any]:
    """Lines of a document by fate, and each claim: first and last line, fate, owner, reason."""
    counts: Counter[str] = Counter()
    for claim in document.ledger:
        counts[claim.fate] += claim.span.end_line - claim.span.line + 1
    claims = [(c.span.line, c.span.end_line, c.fate, c.owner, c.why) for c in document.ledger]
    return {
        "source": document.source,
        "title": document.title,
        "counts": {fate: counts[fate] for fate in Fate},
        "claims": claims,
    }
