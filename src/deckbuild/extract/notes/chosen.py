"""Options as they are shown, without letters and signs, and answers without what only names the right one."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.extract.notes.pieces import kept
from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import LETTER, own_alphabet
from deckbuild.extract.records.option_names import named, option_text
from deckbuild.extract.records.record import Part, Record
from deckbuild.machine.regex import regex
from deckbuild.model import (
    Blocks,
    Break,
    Inlines,
    List,
    ListItem,
    Paragraph,
    SourceSpan,
)
from deckbuild.model.text import inline_text
from deckbuild.model.trim import drop, split_at, strip, unwrap
from deckbuild.syntax.excerpt import excerpt

_TICKS_BEFORE = regex(r"\s*[✅✓✔☑❌✗✘]\ufe0f?\s*")

_TICKS_BEHIND = regex(r"\s*(?:[✅✓✔☑❌✗✘]\ufe0f?|:[a-z_]*check[a-z_]*:|:x:|(?<=\s)\*)\s*$")

_SIGN_BEFORE = regex(r"\s*[*+#=>~-]\s*")

_BEHIND = {
    "end": regex(r"\s*(?:[⭐🟢]|\*+|<--+|←|<-)(?=\s*(?:\([^()]*\)\s*)?$)"),
    "tail": regex(r"\s*\([^()]{2,24}\)\W*$"),
    "word": regex(r"(?:\s[-–—]\s|\s)[^\W\d_]{4,14}\W*$"),
}
"""What stands behind an option, by the kind of sign that tells the right one."""


def options(page: Page, blocks: Blocks, record: Record) -> List:
    """The options of a record as a list."""
    items = tuple(
        ListItem(option(page, blocks, at, record.told_by), _line(page, at)) for at in record.options
    )
    span = SourceSpan(items[0].span.line, page.units[page.behind(record.options) - 1].line)
    return List(span, items, letters=own_alphabet([page.signs[at].letter for at in record.options]))


def _line(page: Page, at: int) -> SourceSpan:
    return SourceSpan(page.units[at].line, page.units[at].line)


def option(page: Page, blocks: Blocks, at: int, told_by: str) -> Blocks:
    """An option without its letter and the sign that tells whether it is right, with what belongs to it."""
    content = unwrap(_bare(page, at, told_by))
    wrapped = [i for i in page.held.get(at, ()) if page.units[i].kind == "text" and not page.units[i].gap]
    for i in wrapped:
        content = (*content, Break(_line(page, i)), *strip(page.units[i].content))
    below = [Part(i) for i in page.held.get(at, ()) if i not in wrapped]
    first = (Paragraph(_line(page, at), content),) if content else ()
    return (*first, *excerpt(blocks, kept(page, below)))


def _bare(page: Page, at: int, told_by: str) -> Inlines:
    """The text of an option without its letter and signs around it."""
    unit, sign = page.units[at], page.signs[at]
    content = strip(drop(unit.content, sign.behind_letter if sign.letter else sign.body))
    how, _, what = told_by.removeprefix("mark: ").partition(" ")
    before = _SIGN_BEFORE if how == "lead" and not what.isalnum() else _TICKS_BEFORE
    if match := before.match(inline_text(content)):
        content = strip(drop(content, match.end()))
    for behind in (_TICKS_BEHIND, _BEHIND.get(how)):
        told = how not in ("tail", "word") or told_by.removeprefix("mark: ") in page.option_marks.get(at, ())
        if behind and (told or behind is _TICKS_BEHIND) and (match := behind.search(inline_text(content))):
            content = strip((*split_at(content, match.start())[0], *drop(content, match.end())))
    return content


def without_verdict(page: Page, record: Record, parts: Sequence[Part]) -> list[Part]:
    """The parts behind options without what only names the right one, and without the label of an explanation."""
    right = {letters(option_text(page, record.options[n])) for n in record.right}
    out: list[Part] = []
    for p in parts:
        unit = page.units[p.at]
        if out or unit.kind not in ("text", "heading", "code"):
            out.append(p)
            continue
        rest = _behind_verdict(unit.text, p.start, record, right)
        if rest is None:
            continue
        sign = page.signs[p.at]
        if (
            rest == p.start
            and sign.label
            and role(sign.label) == "explanation"
            and sign.value < len(unit.text)
        ):
            rest = sign.value
        if rest < len(unit.text):
            out.append(Part(p.at, rest, p.end))
    return out


_NAME = rf"(?:{LETTER}|[1-8])"

_SAYS = regex(
    rf"(?P<words>[^\n]{{0,60}}?)[(（]?(?<![^\W_])(?P<letters>{_NAME}(?:\s*(?:,|、|&|/|and|y|e|et|und|и)?\s*{_NAME})*)(?![^\W_])"
    r"[).:、）\]*_]*\s*[-–—:：]?\s*"
)


def _behind_verdict(text: str, start: int, record: Record, right: set[str]) -> int | None:
    """Where on a line something else begins than the name of the right option; None where nothing does."""
    if not record.right:
        return start
    said = letters(text[start:])
    if said in right or any(said.endswith(r) and len(said) - len(r) < 24 for r in right if len(r) > 2):
        return None
    match = _SAYS.match(text, start)
    if not match or named(match["letters"], len(record.options)) != record.right:
        return start
    words = match["words"].strip(" *_:：✅")
    said_so = not words or role(words.split("(")[0].strip(" :：.")) == "answer"
    is_word = match["letters"].islower() and text[match.end("letters") :][:1] == " "
    if not said_so and (is_word or len(words.split()) > 4):
        return start
    if text[match.end("letters") : match.end()].isspace() and words and text[match.end() :][:1].islower():
        return start  # `answer C is right, because …`: a sentence about it
    rest = letters(text[match.end() :])
    if not rest or rest in right:
        return None
    return match.end()
