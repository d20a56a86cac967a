"""Notes and tables as pieces of HTML for paper: questions, answers, tables, and where long words break."""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup

from deckbuild.html.blocks import flow_html, run_html
from deckbuild.html.looks import Look, alternative, picture
from deckbuild.html.raw_html import escape
from deckbuild.machine.regex import regex
from deckbuild.model import AnyBlock, Blocks, Break, Heading, Inlines, Paragraph, Strong, Table, inner_blocks
from deckbuild.model.image_tags import is_recording, is_video
from deckbuild.model.text import inline_text
from deckbuild.paper.code_drawings import with_code_fitted
from deckbuild.paper.formula_images import formula_html, legible
from deckbuild.paper.languages import runs_backwards
from deckbuild.paper.run_in import term
from deckbuild.paper.shown_images import shown_in
from deckbuild.paper.widths import code_pieces, column_shares, least_width
from deckbuild.paper.widths import pieces as word_pieces


def _image(medium: str, text: str, file: str) -> str:
    """An image named as a medium, which `pictures` puts into the whole page; the name of a recording."""
    if not medium or not is_recording(medium):
        return picture(medium, text, file)
    named = f"{text} ({file})" if text.strip() and file != medium else text.strip() or file
    return alternative("", f"{'▶' if is_video(medium) else '♪'} {named}", "")


_LOOK = Look(formula_html, _image, cell=legible)

_TAG = regex(r"<[^>]*>|&\w+;")
_TAG_OR_LONG_WORD = regex(r"<[^>]*>|[^\s<]{16,}")
_TAG_OR_WORD = regex(r"<[^>]*>|[^\s<]+")
_LONG = 16
_SIGN = regex(r"(?<=[^\w\s])(?=\S)")
"""Behind a sign in a word of code, where Pango may end a line."""
_CODE_SPAN = regex(r"(?<!<pre>)<code>[^<]*</code>")
_BEFORE = regex(r'<p>((?:(?!</?p>).)*)</p>(?=\n<(?:div class="(?:tw|hl|formula)"|[uo]l\b))', re.DOTALL)
"""A paragraph that leads in to what stands below it."""

_INSIDE_KOREAN = regex("(?<=[\uac00-\ud7a3A-Za-z0-9])((?:<[^>]*>)*)(?=[\uac00-\ud7a3])")
_JOINER = "\u2060"
"""What keeps two letters on one line; it is not seen, and copied text lacks it."""

_LONGEST_KOREAN = 16
"""Syllables of a Korean word that stays whole: a line of the narrowest card has room for as many."""

SMALLER = 1.2
"""Width of small type's lines in characters of the usual."""

_TABLE = regex(r'(<table(?: class="set")?>)')
_FORMULA, _SET = 'class="math"', ' class="set"'
_ITEM_WITH_FORMULA = regex(rf"<li><p>(?=(?:(?!</p>).)*?{_FORMULA})", re.DOTALL)
_STOPS = tuple("?.:!…？。！：؟۔؛;।։።፧\u037e")
"""Signs that end a sentence or lead in to what follows, in the scripts that have their own."""
_SPACE_BEFORE_RUN = regex(r"(?<=[^\s>])[ \n](?=<(?:code|strong|em|s|mark|a|img|span class=\"math-raw)\b)")


def blocks(content: Blocks) -> Markup:
    """Blocks as HTML; headings in them become bold lines, since a page's own headings are its bookmarks."""
    html = _BEFORE.sub(r'<p class="lead">\1</p>', flow_html(tuple(map(_fitting, content)), _LOOK))
    return Markup(_breakable(_with_formulas_told(html)))


def inlines(content: Inlines) -> Markup:
    """A run as HTML."""
    return Markup(_breakable(run_html(content, _LOOK)))


def card(question: Blocks, answer: Blocks, language: str, line: int) -> Markup:
    """A question in bold; what follows goes on in its line where both are plain text there.

    `language` is that of the text, `line` the characters that fit into one.
    """
    first = question[:1]
    if not first or not isinstance(first[0], Heading | Paragraph):
        rest = blocks((*question[1:], *answer))
        return box("card", Markup('<div class="term">{}</div>{}').format(blocks(first), rest), answer, line)
    words = first[0].content if question[1:] else term(first[0].content, language)
    end = "" if inline_text(words).rstrip().endswith(_STOPS) else ":"
    opening = Markup('<b class="term">{}{}</b>').format(inlines(words), end)
    beside, below = (question[1:], parted(answer)) if question[1:] else (answer, Markup())
    if beside and isinstance(beside[0], Paragraph) and _runs_in(beside[0].content):
        opening += Markup(" ") + inlines(beside[0].content)
        beside = beside[1:]
    return box("card", Markup("<p>{}</p>{}{}").format(opening, blocks(beside), below), answer, line)


def _runs_in(content: Inlines) -> bool:
    """Whether text goes on in the line of its question: an image doesn't, nor do lines of verse or of a list."""
    return not any(shown_in(content[:1])) and not any(isinstance(e, Break) and e.hard for e in content)


def parted(answer: Blocks) -> Markup:
    """An answer below blocks of its question, such as options or code, and told apart from them."""
    return Markup('<div class="answer">{}</div>').format(blocks(answer))


def box(style: str, html: Markup, content: Blocks, line: int) -> Markup:
    """A piece of a page, from the right where its text begins so.

    Its tables are those of `content`: where their words don't fit whole into lines of so many characters, smaller
    type is enough for some; in others columns of short words keep these whole, and words break in the rest.
    """
    width = least_width(content)
    crowding = "" if width <= line else "small" if width <= SMALLER * line else "small tight"
    if crowding.endswith("tight"):
        html = _with_columns(html, content, line)
    whole = Markup('<div class="{}"{}>{}</div>')
    return whole.format(f"{style} {crowding}".strip(), way(html), with_code_fitted(html, line))


def _with_columns(html: Markup, content: Blocks, line: int) -> Markup:
    """The tables of `content` with widths for their columns, for lines of so many characters."""
    tables = [inner for block in content for inner in inner_blocks(block) if isinstance(inner, Table)]
    parts = _TABLE.split(html)
    if len(parts) != 2 * len(tables) + 1:  # some are raw HTML
        return html
    for at, table in enumerate(tables):
        shares = column_shares(table, line)
        columns = "".join(f'<col style="width:{100 * share:.4g}%">' for share in shares)
        style = "set shared" if "set" in parts[2 * at + 1] else "shared"
        parts[2 * at + 1] = f'<table class="{style}"><colgroup>{columns}</colgroup>'
    return Markup("".join(parts))


def way(html: str, language: str = "") -> Markup:
    """The attributes of an element for its language, and for text that runs from the right.

    Its first letter says so, as on cards.
    """
    told = Markup(' lang="{}"').format(language) if language else Markup()
    if html.isascii():
        return told
    return told + Markup(' dir="rtl"') if runs_backwards(_TAG.sub("", html)) else told


def _fitting(block: AnyBlock) -> AnyBlock:
    """The headings of an answer as bold lines, for the page's own are its bookmarks."""
    if isinstance(block, Heading):
        return Paragraph(block.span, (Strong(block.span, block.content),))
    return block


def _with_formulas_told(html: str) -> str:
    """Tables, rows of them, and items of lists that begin with a text that holds formulas get the style `set`.

    A selector with `:has` would look through a row for each of its cells.
    """
    if _FORMULA not in html:
        return html
    html = _ITEM_WITH_FORMULA.sub(f"<li{_SET}><p>", html)
    for name in ("table", "tr"):
        parts = html.split(f"<{name}>")
        told = (part for part in parts[1:])
        html = parts[0] + "".join(
            f"<{name}{_SET if _FORMULA in part.partition(f'</{name}>')[0] else ''}>{part}" for part in told
        )
    return html


def _breakable(html: str) -> str:
    """`html` with places to break words of 16 characters or more.

    Korean breaks between words only, which its language doesn't tell WeasyPrint; Chinese and Japanese break
    nearly everywhere, as Pango knows.

    The style `overflow-wrap: anywhere` won't do for text: with it WeasyPrint also breaks a word in the middle
    where a bold or italic run begins near the end of a line. And where all of a text but its last space fits
    into a line, and such a run follows, it breaks after the first word, unless the space is an element.
    """
    html = _SPACE_BEFORE_RUN.sub("<span> </span>", html)
    if not html.isascii():
        html = _INSIDE_KOREAN.sub(rf"\1{_JOINER}", html)
    if "<code>" in html:
        html = _CODE_SPAN.sub(lambda m: _TAG_OR_WORD.sub(_code_word, m[0]), html)
    return _TAG_OR_LONG_WORD.sub(lambda m: m[0] if m[0][0] == "<" else _broken(m[0]), html)


def _code_word(match: re.Match[str]) -> str:
    """A word of code in running text: a long one with its places to break, at which the style sheet shows a mark."""
    if match[0][0] == "<":
        return match[0]
    word = unescape(match[0])
    if len(word) < _LONG:
        return escape(_SIGN.sub(_JOINER, word))
    return "\u00ad".join(map(escape, code_pieces(word)))


def _broken(word: str) -> str:
    """A long word with its places to break; where it is all letters, with a hyphen there.

    A Korean one that is longer than lines are may break anywhere.
    """
    if "\u00ad" in word:
        return word
    if word.count(_JOINER) >= _LONGEST_KOREAN:
        return word.replace(_JOINER, "")
    return ("\u00ad" if word.isalpha() else "<wbr>").join(word_pieces(word))
