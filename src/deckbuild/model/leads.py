"""Lines that announce what stands below them: `These hold at sea level:` above a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeGuard

from deckbuild.model.documents import Note
from deckbuild.model.elements import AnyBlock, List, Paragraph, Quote
from deckbuild.model.text import one_line


def leads_in(block: object) -> TypeGuard[Paragraph]:
    """Whether a block ends with the colon of a line that announces what follows."""
    return isinstance(block, Paragraph) and one_line(block.content).endswith((":", "："))


def with_leads(parts: Iterable[Note | AnyBlock]) -> Iterator[tuple[AnyBlock, Paragraph | None]]:
    """The blocks outside of notes, nested ones too, in document order, each with the paragraph that announces it."""
    above: Note | AnyBlock | None = None
    for part in parts:
        if not isinstance(part, Note):
            yield part, above if leads_in(above) else None
            if isinstance(part, List):
                for item in part.items:
                    yield from with_leads(item.blocks)
            elif isinstance(part, Quote):
                yield from with_leads(part.blocks)
        above = part
