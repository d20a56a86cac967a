"""HTML under way: pieces that are held back while raw HTML beside them is sanitised, and footnotes at the end."""

from __future__ import annotations

import re

from deckbuild.html.looks import Look
from deckbuild.html.raw_html import HELD, allowed_tags, disarm, sanitise
from deckbuild.machine.regex import regex

_NOTE = "\x0e", "\x0f"
"""Stand around what a footnote says until all of a text is there; no text of a document keeps them."""

_FOOTNOTE = regex(f"{_NOTE[0]}([^{_NOTE[1]}]*){_NOTE[1]}")
_TIED = regex(r"([(\[]{{0,3}}){}([0-9]+){}([)\],.;:!?]{{0,3}})".format(*HELD))
"""A held piece with up to three brackets and stops around it, from which no line may part it."""

_PARTED = r"\) \("
"""Between the parts of a formula in running text that may go on in the next line."""


class Assembly:
    """HTML under way: finished pieces are held back until the raw HTML around them is sanitised."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.held: list[str] = []
        self.has_raw = False

    def hold(self, html: str) -> str:
        """Keep a finished piece, and give what stands for it meanwhile."""
        self.held.append(html)
        return f"{HELD[0]}{len(self.held) - 1}{HELD[1]}"

    def raw(self, html: str) -> str:
        """Take a piece of the document's own HTML."""
        self.has_raw = True
        return allowed_tags(html, lambda *image: self.hold(self.look.image(*image)))

    def finished(self, html: str) -> str:
        """The whole, sanitised if there was raw HTML in it, with the pieces in their places."""
        html = disarm(sanitise(html) if self.has_raw else html)
        return _TIED.sub(self._put_back, html) if self.held else html

    def _put_back(self, match: re.Match[str]) -> str:
        before, number, behind = match.groups()
        piece = self.held[int(number)]
        if not piece.startswith(r"\("):
            return f"{before}{piece}{behind}"
        parts = piece.split(_PARTED)
        if len(parts) == 1:
            return _tied(before, piece, behind)
        first, *middle, last = parts
        lines = (
            _tied(before, rf"{first}\)"),
            *(rf"\({part}\)" for part in middle),
            _tied("", rf"\({last}", behind),
        )
        return " ".join(lines)


def _tied(before: str, formula: str, behind: str = "") -> str:
    whole = f"{before}{formula}{behind}"
    return f'<span class="tied">{whole}</span>' if whole != formula else whole


def footnote(html: str) -> str:
    """What a footnote says, until `with_footnotes` takes it out of the text."""
    return f"{_NOTE[0]}{html}{_NOTE[1]}"


def with_footnotes(html: str) -> str:
    """HTML with small raised numbers in place of footnotes, which follow it; alike ones are one."""
    if _NOTE[0] not in html:
        return html
    numbers: dict[str, int] = {}

    def mark(note: re.Match[str]) -> str:
        return f"<sup>{numbers.setdefault(note[1], len(numbers) + 1)}</sup>"

    marked = _FOOTNOTE.sub(mark, html)
    notes = "".join(f"<span><sup>{number}</sup> {text}</span>" for text, number in numbers.items())
    return f'{marked}<small class="footnotes">{notes}</small>'
