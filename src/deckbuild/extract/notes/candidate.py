"""What a pattern offers: a question, its answer, and what was seen in them; and the evidence for it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from deckbuild.model import Blocks, SourceSpan


class Candidate(Struct, frozen=True):
    """A possible note.

    `seen` are names of evidence that only this candidate shows, such as options. `repeated` are blocks that the
    answer says again.
    """

    shape: str
    question: Blocks
    answer: Blocks
    span: SourceSpan
    seen: frozenset[str] = frozenset()
    extras: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    repeated: Blocks = ()


class Judged(Struct, frozen=True):
    """A candidate, the evidence that spoke most for it, and how likely it is right, 0 to 1."""

    candidate: Candidate
    cues: tuple[str, ...]
    probability: float
