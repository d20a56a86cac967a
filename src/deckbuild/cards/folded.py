"""What a card says behind its answer, folded: where more stands, and what notes that ask the same say beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from deckbuild.html.raw_html import disarm, escape
from deckbuild.machine.regex import regex
from deckbuild.model import Joined, Note
from deckbuild.model.documents import REFERENCES

_SAID = ("hint", "follow-up", "difficulty")
"""Labels of a document that cards show beside question and answer."""

_ADDRESS = regex(r"https?://[^\s<>]*[^\s<>.,;:!?)\]]")


def references(note: Note) -> str:
    """Where the document says that more stands, with addresses of the web as links."""
    texts = (plain(note.extras[label]) for label in REFERENCES if note.extras.get(label, "").strip())
    return "<br>".join(_ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', text) for text in texts)


def folded_html(others: Iterable[tuple[str, Joined]], sides: Callable[[Note], tuple[str, str]]) -> str:
    """What other notes say, each to be opened by itself below the title of its document.

    `sides` renders question and answer of a note.
    """
    found = ((title, "".join(_said(other.note, *sides(other.note)))) for title, other in others)
    return "\n".join(
        f'<details class="more"><summary>{plain(f"Also asked in {title}")}</summary>'
        f'<div dir="auto">{said}</div></details>'
        for title, said in found
        if said
    )


def _said(note: Note, question: str, answer: str) -> Iterator[str]:
    if question:
        yield f'<div class="wording">{question}</div>'
    yield answer
    for label in _SAID:
        if text := note.extras.get(label, "").strip():
            yield f"<p>{plain(f'{label.capitalize()}: {text}')}</p>"
    if addresses := references(note):
        yield f"<p>{addresses}</p>"


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """HTML of a text of the document, in which Anki finds nothing to obey."""
    return disarm(escape(text.strip())).replace("\n", "<br>")
