"""What the records of a lock hold, each for one note: contents, and questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import TypeAlias

from deckbuild.identity.drafts import Draft
from deckbuild.identity.found import Found
from deckbuild.identity.lock import NoteRecord, question_hash
from deckbuild.identity.placed import Placed
from deckbuild.model import Kind

Built: TypeAlias = tuple[Placed, Draft]
DraftOf: TypeAlias = Callable[[Placed], Draft]


class Held:
    """The contents of records that no note has taken yet."""

    def __init__(self, records: Sequence[NoteRecord]) -> None:
        self._left = Counter((record.kind, record.content) for record in records if record.content)
        self._asking: defaultdict[tuple[Kind, str], list[NoteRecord]] = defaultdict(list)
        for record in records:
            self._asking[record.kind, record.question].append(record)

    def takes(self, found: Found) -> bool:
        """Whether a record holds just what a note does; that one is left for no other note."""
        for content in (found.content, found.exact):
            if self._left[found.kind, content] > 0:
                self._left[found.kind, content] -= 1
                return True
        return False

    def asking(self, kind: Kind, question: str, source: str) -> list[NoteRecord]:
        """The records that ask what a note of a source does: those of its source, else all."""
        same = self._asking.get((kind, question)) or self._asking.get((kind, question_hash(question)), [])
        return [record for record in same if record.source == source] or same
