"""Questions of multiple choice: what is asked, the options, the right ones, and what explains them."""

from __future__ import annotations

from msgspec import Struct

from deckbuild.model import Blocks, Inlines, List, Note, Paragraph
from deckbuild.model.text import distinct_text


class Choice(Struct, frozen=True):
    """The parts of a question with options; `right` are the places of the right ones, counted from 0."""

    asked: Blocks
    options: List
    right: tuple[int, ...]
    rest: Blocks

    @property
    def contents(self) -> list[Inlines]:
        """What each option says."""
        return [
            first.content if isinstance(first, Paragraph) else ()
            for item in self.options.items
            for first in item.blocks[:1]
        ]


def choice(note: Note) -> Choice | None:
    """The parts of a note whose question ends with options; None for others."""
    *asked, options = note.question or (None,)
    if "options" not in note.cues or not isinstance(options, List):
        return None
    found = Choice(tuple(block for block in asked if block), options, (), ())
    texts = [_words((Paragraph(options.span, content),)) for content in found.contents]
    right: list[int] = []
    for block in note.answer:
        text = _words((block,))
        if not isinstance(block, Paragraph) or text not in texts:
            break
        right.append(texts.index(text))
    return Choice(found.asked, options, tuple(right), note.answer[len(right) :])


def _words(blocks: Blocks) -> list[str]:
    return distinct_text(blocks).split()
