"""The tags of a note, which are what its user finds it by in Anki."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from deckbuild.derive.topics import is_topic, topic
from deckbuild.model import Note

MOST, LONGEST = 100, 500
"""Tags of a document or a collection that each of its notes gets, and characters of a part of one.

A note repeats them all, and front matter may be as long as a document.
"""

_QUOTES = dict.fromkeys(map(ord, "'\"`´“”„‚‘’«»‹›"))
_TAG_SIGNS = frozenset("_-+#.")


def tags(note: Note, section: tuple[str, ...], root: str = "") -> tuple[str, ...]:
    """A note's topic, difficulty and type, and the author's own tags: sorted, no two alike but for case.

    All stand below `root`, the name of the collection, so that a learner's list of tags gets one more line.
    """
    found = ["::".join(slug for title in section if (slug := _slug(topic(title))))]
    for label in ("difficulty", "type"):
        if slug := _slug(note.extras.get(label, "")):
            found.append(f"{label}::{slug}")
    for tag in filter(is_topic, note.tags[:MOST]):
        found.append("::".join(slug for part in tag.split("::") if (slug := _slug(part))))
    above = f"{_slug(root)}::" if _slug(root) else ""
    return united(above + tag for tag in found if tag)


def united(*several: Iterable[str]) -> tuple[str, ...]:
    """The tags of several, sorted, no two alike but for case: the first spelling counts."""
    by_folded: dict[str, str] = {}
    for tag in chain(*several):
        by_folded.setdefault(tag.casefold(), tag)
    return tuple(by_folded[folded] for folded in sorted(by_folded))


@lru_cache(maxsize=1024)
def _slug(text: str) -> str:
    """One part of a tag: letters and digits of any script, white space as `_`, no quotes or colons."""
    text = unicodedata.normalize("NFC", text[: 10 * LONGEST]).translate(_QUOTES)
    kept = (c if c in _TAG_SIGNS or unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return "_".join("".join(kept).split())[:LONGEST].rstrip("_")
