"""The bold words that an item of a sheet opens with: the term that its question asks for, or the question."""

from __future__ import annotations

import re

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import Inlines, Text
from deckbuild.model.text import inline_text
from deckbuild.model.trim import split_at, strip

MOST_WORDS = 5
"""Words of a term that the eye finds while it runs down a column."""

_ASKS = regex(
    r"(?:(?:what(?: is|’s|'s| are| do you (?:mean|understand) by)|define|"
    r"(?:(?:can|could) you )?(?:please )?(?:briefly )?(?:explain|describe|define))\s+)"
    r"(?:the (?:concept|idea|term|notion|meaning) of\s+)?(?:(?:an?|the)\s+)?",
    re.IGNORECASE,
)
_NO_TERM = regex(
    r"[,;:?!(]|\b(?:it|its|they|this|that|these|those|you|your|we|our|with|when|where|if|to|by|why|how|what|which|"
    r"does|do|did|is|are|was|can|should|would|must|used|meant|needed|said|known|seen|done|made|called|given|found|shown|"
    r"told|wrong|than|some|one|\w+ed for)\b",
    re.IGNORECASE,
)


def term(question: Inlines, language: str) -> Inlines:
    """The term of an English question such as “What is a spring tide?”, else the question as it stands.

    Only questions that ask for a thing and nothing else are cut, so no meaning is lost.
    """
    text = inline_text(question)
    asks = _ASKS.match(text) if language.partition("-")[0].lower() == "en" else None
    if not asks:
        return question
    end = len(text.rstrip().rstrip("?.").rstrip())
    rest = text[asks.end() : end]
    if not rest or len(rest.split()) > MOST_WORDS or _NO_TERM.search(rest):
        return question
    found = strip(split_at(split_at(question, end)[0], asks.end())[1])
    first = found[0]
    if isinstance(first, Text) and first.text[:1].islower():
        found = (replace(first, text=first.text[0].upper() + first.text[1:]), *found[1:])
    return found
