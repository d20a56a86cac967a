"""Hints that stand in an answer: `**Hint:** think of two`, in a paragraph or a quote of its own.

On a card a hint helps before the answer is seen, so it is an extra of the note, folded below the question.
"""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.extract.page.roles import role
from deckbuild.machine.regex import regex
from deckbuild.model import AnyBlock, Note, Paragraph, Quote
from deckbuild.model.callouts import callout
from deckbuild.model.text import block_text, inline_text

_LABEL = regex(r"\s*(?P<words>[^\W\d_]+(?: [^\W\d_]+)?)\s*[:：]\s*(?=\S)")


def with_hint(note: Note) -> Note:
    """The note with the first hint behind the beginning of its answer as an extra, if it has none yet."""
    if "hint" in note.extras:
        return note
    for at, block in enumerate(note.answer[1:], 1):
        if text := _hint(block):
            answer = (*note.answer[:at], *note.answer[at + 1 :])
            return replace(note, answer=answer, extras={**note.extras, "hint": text})
    return note


def _hint(block: AnyBlock) -> str:
    """The text of a block that is a hint, in one line; empty for others."""
    match block:
        case Paragraph(content=content):
            text = inline_text(content)
            label = _LABEL.match(text)
            found = text[label.end() :] if label and role(label["words"]) == "hint" else ""
        case Quote(blocks=(Paragraph() as inner,)) if callout(block) is None:
            found = _hint(inner)
        case Quote():
            box = callout(block)
            found = block_text(box.blocks) if box and box.kind == "hint" and box.folded else ""
        case _:
            found = ""
    return " ".join(found.split())
