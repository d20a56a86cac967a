"""How formulas, images and marks look: on cards, on paper and in clozes they differ, so writers give their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from deckbuild.html.phone_formulas import fitted
from deckbuild.html.raw_html import disarm, disarm_brackets, escape
from deckbuild.machine.regex import regex
from deckbuild.model import Formula, Mark
from deckbuild.model.image_tags import is_recording

FormulaRenderer: TypeAlias = Callable[[Formula], str]
ImageRenderer: TypeAlias = Callable[[str, str, str], str]
"""Takes the name of the medium, empty if there is none, the alternative text, and the name of the file."""
MarkRenderer: TypeAlias = Callable[[Mark, str], str]
"""Takes the mark and its content, which is HTML."""
CodeRenderer: TypeAlias = Callable[[str], str]
"""Takes the text of code that stands in a line."""

_ARROWED = regex(r"\\(?:ce|pu|cf)\b|\{CD\}")
"""What reads `<` and `>` as parts of arrows: mhchem and amscd."""

_WORD = regex(r"\S+")
_TORN = regex(
    r"""-(?=[^\d!'),./:;?\]}])|(?<=[A-Za-z0-9])-(?=\d)|\?(?=[^!"'),./:;?\]}])|[!"#%&)*+,.:;=>?\\\]|}~](?=[(<\[{])"""
)
"""Where Chromium ends a line inside a word of ASCII, as all pairs of its characters have shown: in front of `rf` in
`-rf`, behind `?`, and in front of an opening bracket."""


def mathjax(formula: Formula) -> str:
    r"""A formula for the MathJax inside Anki: `\(…\)`, or `\[…\]` where it stands by itself.

    `<` and `>` become commands and `}}` becomes `} }`: Anki may read the first two as HTML when a field is
    edited, and the last as the end of a cloze. Reactions and diagrams, whose arrows are made of them, keep
    them as entities. What has no LaTeX shows its own characters.
    """
    if formula.tex is None:
        return disarm(f'<code class="math-raw">{escape(formula.text)}</code>')
    tex = formula.tex
    if not _ARROWED.search(tex):
        tex = re.sub(r"(?<!\\)<", r"\\lt ", tex)
        tex = re.sub(r"(?<!\\)>", r"\\gt ", tex)
    opening, closing = (r"\[", r"\]") if formula.display else (r"\(", r"\)")

    def delimited(tex: str) -> str:
        return opening + disarm_brackets(escape(re.sub(r"\}(?=\})", "} ", tex))) + closing

    return fitted(tex, formula.display, delimited)


def alternative(medium: str, text: str, file: str) -> str:
    """An image that is missing as its alternative text, without any as the name of its file."""
    shown = text.strip() or (f"[{file}]" if file else "")
    return f'<span class="missing">{disarm(escape(shown))}</span>' if shown else ""


def picture(medium: str, text: str, file: str) -> str:
    """An image or a recording among the media of a deck; as text where it has no medium."""
    if medium and is_recording(medium):
        said = "" if is_recording(text) else disarm(escape(text.strip()))
        return f"{said} [sound:{medium}]".strip()
    return f'<img src="{medium}" alt="{escape(text)}">' if medium else alternative(medium, text, file)


def highlighted(mark: Mark, content: str) -> str:
    """A mark as the author sees it."""
    return f"<mark>{content}</mark>"


def code(text: str) -> str:
    """Code in a line of text."""
    return f"<code>{escape(text)}</code>"


def code_of_whole_words(text: str) -> str:
    """The same for browsers: lines end between its words only, since `- rf` is not `-rf`."""
    if not _TORN.search(text):
        return code(text)
    return f"<code>{_WORD.sub(_whole, text)}</code>"


def _whole(word: re.Match[str]) -> str:
    html = escape(word[0])
    return f'<span class="tied">{html}</span>' if _TORN.search(word[0]) else html


def same(formula: Formula) -> Formula:
    """A formula as it stands."""
    return formula


class Look(Struct, frozen=True):
    """Renderers of what looks different on cards, on paper and in clozes; `cell` is what a table sets in its cells."""

    formula: FormulaRenderer
    image: ImageRenderer = alternative
    mark: MarkRenderer = highlighted
    cell: Callable[[Formula], Formula] = same
    code: CodeRenderer = code
