"""Which fields of a note are context: where it stands, not what it asks or answers.

A change of context alone makes no note newer, since every update overwrites what its learner has changed.
"""

from __future__ import annotations

from functools import cache

from deckbuild.cards.note_types import note_types
from deckbuild.model import Kind

CONTEXT = frozenset(("Section", "Source", "Table", "Column", "Asked"))
"""Names of fields with titles of sections, documents, tables and columns. Tags are context too."""


@cache
def context_fields(kind: Kind) -> frozenset[int]:
    """The places of the fields with context in the note type of a kind."""
    fields = note_types()[kind].fields
    return frozenset(at for at, field in enumerate(fields) if field.name in CONTEXT)
