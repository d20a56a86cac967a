"""The words that a library holds, to be held against those that cards and prints show."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from html import unescape

from deckbuild.cards.stored import rendered_notes
from deckbuild.model import Blocks, Formula, Image, Library, Paragraph, Text
from deckbuild.model.changing import changed
from deckbuild.model.text import block_text

WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W_\u3040-\u30ff\u3400-\u9fff]+")
"""Of Chinese and Japanese each sign, since nothing parts their words."""
_SHOWN = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]|\{\{c\d+::|\}\}|\[sound:[^\]]*\]", re.DOTALL)
_TAG = re.compile(r"<(/?)(\w+)[^<>]*>")
INLINE = frozenset("a b code del em i ins mark s small samp span strong sub sup u wbr".split())
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060"))


def words(text: str) -> Counter[str]:
    """The words of a text and how often they stand there."""
    return Counter(WORD.findall(unicodedata.normalize("NFKC", text).translate(_UNSEEN).casefold()))


def meant(library: Library) -> list[Counter[str]]:
    """The words of each note in its model, without those of formulas that are set."""
    return [words(_text(entry.note.question) + "\n" + _text(entry.note.answer)) for entry in library.entries]


def on_cards(library: Library) -> list[Counter[str]]:
    """The words of each note in the fields of its cards."""
    return [words("\n".join(map(_seen, note.values))) for note in rendered_notes(library)]


def lost(model: Iterable[Counter[str]], page: Counter[str]) -> Counter[str]:
    """The words of notes that a page lacks; what two notes say alike may stand there once."""
    found: Counter[str] = Counter()
    for note in model:
        found |= note
    return Counter({word: count for word, count in found.items() if not page[word]})


def _text(blocks: Blocks) -> str:
    return block_text(changed(blocks, _without_pictures))


def _without_pictures(element: object) -> object | None:
    """What stands for an image and for a formula that is set: nothing, and the legend below it."""
    if isinstance(element, Image):
        return Text(element.span, " ")
    if not isinstance(element, Formula) or not element.tex:
        return None
    gap = Text(element.span, " ")
    if not element.legend:
        return Text(element.span, " ")
    legend = (part for line in element.legend for part in (*line.symbol, gap, *line.text, gap))
    return Paragraph(element.span, tuple(part for part in legend if not isinstance(part, Formula)))


def _seen(html: str) -> str:
    return unescape(_TAG.sub(lambda tag: "" if tag[2] in INLINE else "\n", _SHOWN.sub(" ", html)))
