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

_LABEL = regex(r"\s*(?P<words>[^\W\d_]+(?: [^\W\d_]+)?)(?: ?#?\d{1,2})?\s*[:：]\s*(?=\S)")


def with_hint(note: Note) -> Note:
    """The note with the hints behind the beginning of its answer as an extra, a line each, behind those it has."""
    found = [(block, _hint(block)) for block in note.answer[1:]]
    hints = [text for _, text in found if text]
    if not hints:
        return note
    answer = (*note.answer[:1], *(block for block, text in found if not text))
    told = "\n".join(filter(None, (note.extras.get("hint"), *hints)))
    return replace(note, answer=answer, extras={**note.extras, "hint": told})


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
