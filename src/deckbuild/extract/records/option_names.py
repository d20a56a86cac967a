"""Names of options: letters and numbers in a text, and what an option says."""

from __future__ import annotations

import re

from deckbuild.extract.page.page import Page
from deckbuild.extract.page.signature import LETTER, LETTERS
from deckbuild.machine.regex import regex

_NAME = rf"(?:{LETTER}|[1-8])"

_AND = r"[,&/+;、，]|and|und|et|y|e|и|و|или|or|og|och|en|i|et"

LETTER_RUN = regex(rf"(?<![^\W_]){_NAME}(?:[.)]?\s*(?:{_AND}|(?<=[①-⑧]))\s*\(?{_NAME}(?![^\W_]))*(?![^\W_])")

_ONE = regex(rf"(?<![^\W_]){LETTER}(?![^\W_])|[①-⑧]", re.IGNORECASE)

_BRACKETED = regex(rf"[(\[{{«\"“`*（]\s*({LETTER})\s*[)\]}}»\"”`*）]")

GLUED = regex(r"([A-Ha-h]{1,5})[.\s]*$")


def named(text: str, size: int) -> tuple[int, ...]:
    """The options that a short text names by letter or number, by place; none beyond `size`."""
    if match := _BRACKETED.search(text):
        place = LETTERS[match[1].casefold()]
        if place < size:
            return (place,)
    bare = re.sub(r"[*_`]", "", text).strip()
    if match := GLUED.match(bare):
        glued = match[1].casefold()
        if len(set(glued)) == len(glued) and (
            len(glued) == 1 or match[1].isupper() or list(glued) == sorted(glued)
        ):
            places = tuple(sorted(LETTERS[c] for c in glued))
            return places if max(places) < size else ()
    for match in LETTER_RUN.finditer(bare):
        run = match[0].strip()
        if run.casefold() in ("a", "e", "и") and bare[match.end() : match.end() + 2].strip()[:1].islower():
            continue
        found = [LETTERS[c.casefold()] for c in _ONE.findall(run)]
        found = found or [int(c) - 1 for c in run if c.isdigit()]
        if found and max(found) < size:
            return tuple(sorted(set(found)))
    return ()


def option_text(page: Page, at: int) -> str:
    """The text of an option behind its letter, with its further lines."""
    sign = page.signs[at]
    first = page.units[at].text[sign.behind_letter if sign.letter else sign.body :]
    return " ".join(
        (first, *(page.units[i].text for i in page.held.get(at, ()) if page.units[i].kind == "text"))
    )
