"""The author's own clozes: `{{c1::text}}` and `{{c1::text::hint}}`, as Anki writes them, become marks.

They may hold anything that stands in a line, and each other. What is not closed stays as it is written, and
so does what stands in code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import (
    AnyInline,
    Emphasis,
    Inlines,
    Kind,
    Link,
    Mark,
    Note,
    Paragraph,
    Strike,
    Strong,
    Text,
    inner_inlines,
)
from deckbuild.model.text import inline_text
from deckbuild.model.trim import drop, strip
from deckbuild.syntax import limits

HIGHEST = 500
"""Anki makes no more cards than this of one cloze note."""

_SIGN = regex(r"(\{\{c[0-9]{1,3}::|\}\})")


def with_clozes(content: Inlines) -> Inlines:
    """A run with the author's clozes as marks; the same run if it has none."""
    return tuple(_closed([*_pieces(content)])) if _has_sign(content) else content


def _has_sign(content: Inlines) -> bool:
    return any(
        "{{c" in e.text if isinstance(e, Text) else isinstance(e, Strong | Emphasis | Strike) for e in content
    )


def _pieces(content: Inlines) -> Iterator[AnyInline]:
    """The run with each sign as a text of its own, marks made inside what is strong or struck out."""
    for element in content:
        match element:
            case Text(span=span, text=text):
                yield from (Text(span, piece) for piece in _SIGN.split(text) if piece)
            case Strong(span=span, content=inner):
                yield Strong(span, with_clozes(inner))
            case Emphasis(span=span, content=inner):
                yield Emphasis(span, with_clozes(inner))
            case Strike(span=span, content=inner):
                yield Strike(span, with_clozes(inner))
            case Link(span=span, content=inner, url=url):
                yield Link(span, with_clozes(inner), url)
            case _:
                yield element


def _closed(pieces: list[AnyInline]) -> list[AnyInline]:
    """The pieces with those between an opening sign and its end as one mark.

    Raises `Tangled` where too many are inside each other.
    """
    stack: list[list[AnyInline]] = [[]]
    for piece in pieces:
        text = piece.text if isinstance(piece, Text) else ""
        if _SIGN.fullmatch(text) and text != "}}":
            stack.append([piece])
            if len(stack) > limits.DEEPEST:
                raise limits.Tangled(
                    piece.span.line, "clozes inside each other", len(stack) - 1, limits.DEEPEST - 1
                )
        elif text == "}}" and len(stack) > 1:
            opening, *inner = stack.pop()
            stack[-1].append(_mark(opening, inner))
        else:
            stack[-1].append(piece)
    return [piece for level in stack for piece in level]


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
