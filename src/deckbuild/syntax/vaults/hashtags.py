"""Hashtags: `#physics`, `#physics/mechanics`, `#[[two words]]`. Behind a text they are tags and no part of it.

A hashtag inside a sentence is a word of it: where a document is one of a vault its sign goes, and the word stays.
What programs and pages mark so is none: directives of C, colours, numbers.
"""

from __future__ import annotations

import re

from deckbuild.machine.regex import regex
from deckbuild.syntax.vaults.prose import replaced, said_of

_NAME = r"[\w/+&-]*(?:[^\W\d]|[\u2600-\U0001ffff])[\w/+&\u2600-\U0001ffff\ufe0f-]*(?:::[\w-]+)*"
_ONE = rf"#(?:\[\[[^\[\]]+\]\]|{_NAME})"
TAG = regex(rf"(?<![^\s(（,;])(?P<tag>{_ONE})(?=[\s.,;:!?)）]|$)")
_BEHIND = regex(rf"(?:^|(?<=[\s.,;:!?。？！]))(?:{_ONE}[\s,;]*)+$")
_DIRECTIVE = regex(
    r"#(?:define|undef|include|if|ifn?def|elif|else|endif|pragma|error|warning|line|import|region|endregion)\b"
)
_COLOUR = regex(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})(?![\w/-])")
_CODE = regex(r"[;{}=]|\w\(|^\s*#")
"""What lines of programs have, in which `#` begins a remark, and directives of C."""


_CLOZE = regex(r"\{\{[^{}\n]*\}\}")
_BETWEEN_COLONS = regex(r"(?<=[?？؟])\s+:(?P<tags>[^\W\d][\w@-]*(?::[\w@-]+)*):\s*$")
"""Tags of Org behind a question."""


def tags_behind(text: str) -> tuple[str, tuple[str, ...]]:
    """A line without the hashtags at its end, and these; of a heading, a marker stays with its text."""
    if text.endswith(":") and (colons := _BETWEEN_COLONS.search(text)):
        return text[: colons.start()], tuple(colons["tags"].split(":"))
    match = _BEHIND.search(text) if "#" in text else None
    if match is None:
        return text, ()
    head = text[: match.start()]
    found = [tag[0] for tag in regex(_ONE).finditer(match[0])]
    if any(_DIRECTIVE.match(tag) or _COLOUR.match(tag) for tag in found) or head.count("`") % 2:
        return text, ()
    if head.strip() and len(found) == 1 and _CODE.search(_CLOZE.sub("", said_of(head)).lstrip(" #>*-+")):
        return text, ()
    return head.rstrip(), tuple(map(name, found))


def inside(text: str) -> tuple[str, tuple[str, ...]]:
    """A line with the hashtags of its sentences as words, and these as tags."""
    found: list[str] = []

    def word(match: re.Match[str]) -> str:
        tag = match["tag"]
        if _DIRECTIVE.match(tag) or _COLOUR.match(tag):
            return match[0]
        found.append(name(tag))
        return tag.lstrip("#").strip("[]")

    return replaced(TAG, word, text), tuple(found)


def name(tag: str) -> str:
    """A hashtag as a tag of Anki, in which `::` leads down."""
    return as_tag(tag.lstrip("#").strip("[]"))


def as_tag(text: str) -> str:
    """A tag as authors write it, `rome/republic` or `#rome`, as Anki has it."""
    return "::".join(
        part.strip() for part in text.strip(" #[]\"'").replace("::", "/").split("/") if part.strip()
    )
