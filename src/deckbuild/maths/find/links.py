"""Links of wikis in a text, of which only the words count: `[[target|words]]`."""

from __future__ import annotations

from deckbuild.machine.regex import regex

_LINK = regex(r"\[\[(?:[^\[\]|\n]*\|)?|\]\]")


def link_marks(text: str) -> list[tuple[int, int]]:
    """Where the marks of links begin and end in a text."""
    return [found.span() for found in _LINK.finditer(text)]


def without_links(text: str) -> str:
    """The text without the marks of links."""
    return _LINK.sub("", text) if "[[" in text or "]]" in text else text


def blanked(text: str) -> str:
    """The text with blanks in place of the marks of links."""
    return _LINK.sub(lambda found: " " * len(found[0]), text) if "[[" in text else text
