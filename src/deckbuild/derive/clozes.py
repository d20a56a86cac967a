"""The author's own clozes: `{{c1::text}}` and `{{c1::text::hint}}`, as Anki writes them, become marks.

They may hold anything that stands in a line, and each other. Inside a formula, which can't be asked for in
parts, the whole formula is the cloze. Of what is never closed only the text stays. Code stays as it is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Blocks,
    Diagnostic,
    Emphasis,
    Footnote,
    Formula,
    Heading,
    Html,
    Inlines,
    Kind,
    Link,
    List,
    Mark,
    Meaning,
    Note,
    Paragraph,
    Quote,
    Row,
    Section,
    Strike,
    Strong,
    Text,
    inner_inlines,
)
from deckbuild.model.callouts import callout
from deckbuild.model.changing import changed
from deckbuild.model.contents import is_contents
from deckbuild.model.documents import CONTEXT
from deckbuild.model.leads import leads_in
from deckbuild.model.text import inline_text, one_line
from deckbuild.model.trim import drop, strip
from deckbuild.report.diagnostics import Code
from deckbuild.syntax import limits

HIGHEST = 500
"""Anki makes no more cards than this of one cloze note."""

_OPENING = regex(r"\{\{c(?P<number>[0-9]{1,3})::")
_SIGN = regex(r"(\{\{c[0-9]{1,3}::|\}\})")
_WHOLE = regex(r"\{\{c[0-9]{1,3}::(?P<text>(?:(?!\{\{|\}\}|::).)*+)(?:::(?:(?!\}\}).)*+)?\}\}", re.DOTALL)


def with_clozes(root: Section, source: str, lines: Sequence[str]) -> tuple[Section, tuple[Diagnostic, ...]]:
    """The tree with the author's clozes as marks, wherever they stand, and a warning for each left open.

    `lines` are those of the source.
    """
    if not any(map(_OPENING.search, lines)):
        return root, ()
    open_lines: set[int] = set()

    def run(content: Inlines) -> Inlines:
        return tuple(_closed([*_pieces(content)], open_lines))

    def marked(element: object) -> object | None:
        match element:
            case Paragraph() | Heading():
                return replace(element, content=run(element.content))
            case Row():
                return replace(element, cells=tuple(map(run, element.cells)))
            case Meaning():
                return replace(element, symbol=run(element.symbol), text=run(element.text))
            case Formula(display=True) if _OPENING.search(element.text):
                return Paragraph(element.span, (_of_formula(element),))
            case Html() if _OPENING.search(element.text):
                return replace(element, text=_WHOLE.sub(r"<mark>\g<text></mark>", element.text))
            case Note() if any(map(_OPENING.search, element.extras.values())):
                extras = {label: _WHOLE.sub(r"\g<text>", text) for label, text in element.extras.items()}
                return changed(replace(element, extras=extras), marked)
        return None

    found = changed(root, marked)
    return found, tuple(Code.OPEN_CLOZE.at(source, line) for line in sorted(open_lines))


def _pieces(content: Inlines) -> Iterator[AnyInline]:
    """The run with each sign as a text of its own, inside of what is strong, struck out or linked too."""
    for element in content:
        match element:
            case Text(span=span, text=text):
                yield from (Text(span, piece) for piece in _SIGN.split(text) if piece)
            case Formula(text=text) if _OPENING.search(text):
                yield _of_formula(element)
            case (
                Strong(content=inner) | Emphasis(content=inner) | Strike(content=inner) | Link(content=inner)
            ):
                yield replace(element, content=tuple(_pieces(inner)))
            case Mark(content=inner) | Footnote(content=inner):
                yield replace(element, content=tuple(_pieces(inner)))
            case _:
                yield element


def _of_formula(formula: Formula) -> AnyInline:
    """A formula with clozes in it as one cloze, of the number and the hint of its first."""
    text, number, hint = _bare(formula.text)
    tex = formula.tex and _bare(formula.tex)[0]
    return Mark(formula.span, (replace(formula, text=text, tex=tex),), min(max(number, 1), HIGHEST), hint)


def _bare(tex: str) -> tuple[str, int, str]:
    """LaTeX with the texts of its clozes in braces, and number and hint of the first cloze."""
    number, hint = 0, ""
    while opening := _OPENING.search(tex):
        end, depth = opening.end(), 0
        while end < len(tex) and not (depth == 0 and tex.startswith("}}", end)):
            depth += (tex[end] == "{") - (tex[end] == "}")
            end += 1
        text, _, told = tex[opening.end() : end].partition("::")
        number, hint = number or int(opening["number"]), hint or told.strip()
        tex = f"{tex[: opening.start()]}{{{text}}}{tex[end + 2 :]}"
    return tex, number, hint


def _closed(pieces: list[AnyInline], open_lines: set[int]) -> list[AnyInline]:
    """The pieces with those between an opening sign and its end as one mark, without signs left open.

    The lines of these are added to `open_lines`. Raises `Tangled` where too many are inside each other.
    """
    stack: list[list[AnyInline]] = [[]]
    for piece in pieces:
        text = piece.text if isinstance(piece, Text) else ""
        if _OPENING.fullmatch(text):
            stack.append([piece])
            if len(stack) > limits.DEEPEST:
                raise limits.Tangled(
                    piece.span.line, "clozes inside each other", len(stack) - 1, limits.DEEPEST - 1
                )
        elif text == "}}" and len(stack) > 1:
            opening, *inner = stack.pop()
            if inner:
                stack[-1].append(_mark(opening, inner))
        elif isinstance(piece, Strong | Emphasis | Strike | Link | Mark | Footnote):
            stack[-1].append(replace(piece, content=tuple(_closed([*piece.content], open_lines))))
        else:
            stack[-1].append(piece)
    open_lines.update(level[0].span.line for level in stack[1:])
    return [*stack[0], *(piece for level in stack[1:] for piece in level[1:])]


def _mark(opening: AnyInline, inner: list[AnyInline]) -> AnyInline:
    """One cloze; behind the last `::` of its text stands the hint."""
    number = min(max(int(inline_text((opening,))[3:-2]), 1), HIGHEST)
    hint = ""
    last = inner[-1] if inner else None
    if isinstance(last, Text) and "::" in last.text:
        before, _, after = last.text.rpartition("::")
        if len(inner) > 1 or before.strip():
            hint = after.strip()
            inner = [*inner[:-1], *([Text(last.span, before)] if before else [])]
    return Mark(opening.span, tuple(inner), number, hint)


def cloze_notes(section: Section) -> Iterator[Note]:
    """A note for each paragraph of a section with marks, outside of notes and tables, and for its heading.

    Of a heading only the author's clozes count: what is merely marked in one is its emphasis.
    """
    heading = section.heading
    if heading and any(isinstance(e, Mark) and e.number for e in inner_inlines(heading.content)):
        yield _cloze_note(Paragraph(heading.span, heading.content), ())
    body = [part for part in section.body if not isinstance(part, Note) and not is_contents(part)]
    for paragraph, above in _paragraphs(body, ()):
        if any(isinstance(e, Mark) for e in inner_inlines(paragraph.content)):
            yield _cloze_note(paragraph, above)


def _cloze_note(paragraph: Paragraph, above: Sequence[str]) -> Note:
    extras = {CONTEXT: " › ".join(above)} if above else {}
    return Note(Kind.CLOZE, (paragraph,), (), paragraph.span, "marked text", ("marked",), extras)


def _paragraphs(
    blocks: Sequence[AnyBlock], above: tuple[str, ...]
) -> Iterator[tuple[Paragraph, tuple[str, ...]]]:
    """The paragraphs of blocks with what a list says above each: the line that leads in, and the items around."""
    lead = ""
    for block in blocks:
        match block:
            case Paragraph():
                yield block, above
            case List(items=items):
                for item in items:
                    yield from _of_item(item.blocks, (*above, lead) if lead else above)
            case Quote():
                yield from _of_quote(block, above)
        lead = one_line(block.content) if leads_in(block) else ""


def _of_quote(quote: Quote, above: tuple[str, ...]) -> Iterator[tuple[Paragraph, tuple[str, ...]]]:
    """The paragraphs of a quote; of a callout its title says what they are about, if it is more than its kind."""
    if (box := callout(quote)) is None:
        yield from _paragraphs(quote.blocks, above)
        return
    yield Paragraph(quote.blocks[0].span, box.title), above
    said = one_line(box.title)
    yield from _paragraphs(box.blocks, above if said.casefold() == box.kind else (*above, said))


def _of_item(blocks: Blocks, above: tuple[str, ...]) -> Iterator[tuple[Paragraph, tuple[str, ...]]]:
    first, *rest = blocks or (None,)
    if not isinstance(first, Paragraph):
        yield from _paragraphs(blocks, above)
        return
    yield first, above
    said = one_line(first.content)
    yield from _paragraphs(rest, (*above, said) if said else above)


def without_labels(notes: Sequence[Note]) -> list[Note]:
    """The notes, without the strong label that begins two or more of the cloze notes (`**Text:** …`)."""
    labels = Counter(_label(note)[0] for note in notes)
    return [
        replace(note, question=(replace(note.question[0], content=rest),))
        if label and rest and labels[label] > 1 and isinstance(note.question[0], Paragraph)
        else note
        for note in notes
        for label, rest in (_label(note),)
    ]


def _label(note: Note) -> tuple[str, Inlines]:
    """The strong words with a colon that begin a cloze note, and what follows them; "" for none."""
    match note.kind, note.question:
        case Kind.CLOZE, (Paragraph(content=(Strong(content=label), *rest)),):
            text = inline_text(label).rstrip()
            behind = strip(tuple(rest))
            if not text.endswith(":") and inline_text(behind)[:1] == ":":
                text, behind = f"{text}:", strip(drop(behind, 1))
            if text.endswith(":") and not any(isinstance(e, Mark) for e in inner_inlines(label)):
                return text, behind
    return "", ()
