"""Hashes that the lock holds in place of texts."""

from __future__ import annotations

import hashlib
import re
from typing import Protocol

from deckbuild.machine.regex import regex
from deckbuild.model.text import normalise

PART = 8
"""Hex digits of the hash of one part of a note: front, back, and the rest of its content."""

_COUNTER = regex(r"[(\[]\s*\d+\s*[)\]]|\d+\s*$")
"""How many notes a section holds, as its title tells."""
_PREFORMATTED = regex("(<pre.*?</pre>)", re.DOTALL)


class Hashed(Protocol):
    """A note or a record, of which the hashes of its content are known."""

    @property
    def content(self) -> str:
        """Hashes of front, back and rest."""


def back(note: Hashed) -> str:
    """The hash of a note's answer."""
    return note.content[PART : 2 * PART]


def rest(note: Hashed) -> str:
    """The hash of what is learnt beside question and answer; empty where there is none.

    Of a row that is only that it is asked in reverse.
    """
    return note.content[2 * PART :]


def section_hash(titles: str) -> str:
    """A hash of the titles above a note, without the number of notes that some of them tell."""
    bare = normalise(" › ".join(_COUNTER.sub("", title).strip() for title in titles.split(" › ")))
    return digest(bare, 6) if bare else ""


def digest(text: str, length: int) -> str:
    """So many hex digits of a hash."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()[:length]


def field_hash(text: str) -> str:
    """12 hex digits of one field, HTML: enough to see a change.

    Where a paragraph has its line ends is none: browsers show them as blanks, but in `pre`.
    """
    if not text:  # as most fields are
        return EMPTY
    if "\n" in text:
        parts = _PREFORMATTED.split(text)
        parts[::2] = (part.replace("\n", " ") for part in parts[::2])
        text = "".join(parts)
    return exact_hash(text)


def exact_hash(text: str) -> str:
    """The same of each character, as locks of schemas 1 and 2 hold it."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


EMPTY = exact_hash("")
"""That of an empty field."""
