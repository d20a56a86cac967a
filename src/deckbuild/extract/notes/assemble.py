"""Notes of records: parts become question and answer, labels and verdicts taken off, options put to the question."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.notes.chosen import option, options, without_verdict
from deckbuild.extract.notes.labels import without_folds
from deckbuild.extract.notes.pieces import kept, piece, plain
from deckbuild.extract.notes.question_marks import without_marks
from deckbuild.extract.page.keys import Key
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.records.record import Part, Record
from deckbuild.machine.regex import regex
from deckbuild.model import (
    AnyInline,
    Blocks,
    Break,
    Inlines,
    Link,
    List,
    Paragraph,
    Quote,
    SourceSpan,
    Text,
    inner_inlines,
)
from deckbuild.model.callouts import callout
from deckbuild.model.text import has_image, inline_text
from deckbuild.model.trim import split_at, strip
from deckbuild.syntax.excerpt import excerpt

ARROW = regex(r"(?:(?:[-–=]*>|[→⇒➜➔►▶]|↳)\s+|[-–=]+>\s*(?=\w))(?=\S)")
"""What points from a question to its answer."""

_EXTRAS = ("hint", "follow-up", "level", "tags")

_CITATION = regex(r"\[[^\[\]\n]{1,24}\]\Z")

MULTIPLE_CHOICE = "multiple choice"
"""The shape of a note whose right option is known, whatever its heads share."""


def assemble(
    page: Page,
    blocks: Blocks,
    record: Record,
    markers: frozenset[Key],
    shape: str,
    seen: frozenset[str] = frozenset(),
) -> Candidate | None:
    """The note of a record; None where its question or its answer says nothing."""
    beside: dict[str, str] = {}
    labels: tuple[str, ...] = ()
    if record.marker is not None and len(record.question) > 1:
        asked, beside, labels = _extras(page, record.question, fields=True)
        record = replace(record, question=asked)
    question, tags, cited = _question(page, blocks, record)
    if not question:
        return None
    parts, extras, more = _extras(page, _unlabelled(page, record.answer, markers))
    extras = beside | ({"source": cited, **extras} if cited else extras)
    if record.options:
        question = (*question, options(page, blocks, record))
        parts = without_verdict(page, record, parts)
    whole = plain(page, parts)
    answer = (whole,) if whole else without_folds(_unwrapped(excerpt(blocks, kept(page, parts))))
    if record.right:
        named = (option(page, blocks, record.options[n], record.told_by) for n in record.right)
        answer = (*(block for shown in named for block in shown), *answer)
    first = page.units[record.at].line
    parts_here = (p for p in (*record.question, *record.answer) if p not in record.explanation)
    held = [p.at for p in parts_here if p.at < record.end]
    choice = (page.behind(record.options) - 1,) if record.options else ()
    last = max((page.units[at].line for at in (*held, *choice)), default=first)
    if record.options and record.right:
        shape, seen = MULTIPLE_CHOICE, seen | {"options"}
    return Candidate(
        shape,
        question,
        answer,
        SourceSpan(min(first, question[0].span.line), last),
        seen,
        extras,
        (*tags, *labels, *more),
    )


def _question(page: Page, blocks: Blocks, record: Record) -> tuple[Blocks, tuple[str, ...], str]:
    """The question as blocks, marks around it and behind it taken off, its hashtags, and the address it cites."""
    cited = ""
    made: list[Paragraph] = []
    rest: list[Part] = []
    tags: tuple[str, ...] = ()
    out: list[Blocks] = []
    for n, p in enumerate(record.question):
        unit = page.units[p.at]
        if unit.kind in ("code", "row"):
            rest.append(p)
            continue
        if rest:
            out += [tuple(made), excerpt(blocks, kept(page, rest))]
            made, rest = [], []
        content = piece(unit.content, p)
        if n == 0 or len(record.question) == 1:
            content, cited = _without_citation(content)
            content, tags = without_marks(content)
        if not content:
            continue
        span = SourceSpan(unit.line, unit.line)
        if made and n and record.question[n - 1].at == p.at:
            made.append(Paragraph(span, (*made.pop().content, *_spaced(span, content))))
            continue
        joins = (
            made
            and not unit.gap
            and unit.kind == "text"
            and page.units[record.question[n - 1].at].kind == "text"
        )
        if joins and not page.signs[p.at].mark:
            last = made.pop()
            run: tuple[AnyInline, ...] = (*last.content, Break(last.span), *content)
            made.append(Paragraph(SourceSpan(last.span.line, unit.line), run))
        else:
            made.append(Paragraph(span, content))
    out += [tuple(made), excerpt(blocks, kept(page, rest))]
    return tuple(block for group in out for block in group), tags, cited


def _spaced(span: SourceSpan, content: Inlines) -> Inlines:
    return (Text(span, " "), *content)


def _without_citation(content: Inlines) -> tuple[Inlines, str]:
    """The run without a link in brackets at its end, `[[source](address)]`; and the address, "" if none."""
    text = inline_text(content).rstrip()
    match = _CITATION.search(text) if text.endswith("]") else None
    if match and (start := len(text[: match.start()].rstrip())) > 0:
        head, tail = split_at(content, start)
        links = [element.url for element in inner_inlines(tail) if isinstance(element, Link)]
        if links:
            return strip(head), links[0]
    return content, ""


def _unlabelled(page: Page, parts: Sequence[Part], markers: frozenset[Key]) -> list[Part]:
    """The parts of an answer without its label, and without titles of folds."""
    out: list[Part] = []
    for p in parts:
        unit, key = page.units[p.at], page.keys[p.at]
        if not out and p.start == 0:
            if key in markers and key is not None:
                if key.form in ("alone", "tag", "fold"):
                    continue
                if key.form == "emoji":
                    if not unit.text[page.signs[p.at].body :].strip():
                        continue
                    out.append(Part(p.at, page.signs[p.at].body, p.end))
                    continue
                if key.form == "label":
                    if unit.text[page.signs[p.at].value :].strip(" *_") or has_image(unit.content):
                        out.append(Part(p.at, page.signs[p.at].value, p.end))
                    continue
            if unit.tag == "summary" or unit.kind in ("tag", "rule"):
                continue
            if match := ARROW.match(unit.text):
                out.append(Part(p.at, match.end(), p.end))
                continue
            sign = page.signs[p.at]
            is_answer = sign.label and sign.label_sign in (":", "：") and role(sign.label) == "answer"
            if is_answer and not _is_point(page, parts):
                if unit.text[sign.value :].strip(" *_") or has_image(unit.content):
                    out.append(Part(p.at, sign.value, p.end))
                continue
        out.append(p)
    return out


def _is_point(page: Page, parts: Sequence[Part]) -> bool:
    """Whether the first line is one of several with a sign and a label, `🔑 Key: …` above `⚠️ Warning: …`."""
    first, *others = (page.signs[p.at] for p in parts[:2])
    return bool(first.emoji) and any(s.emoji and s.label_sign and not role(s.label) for s in others)


def _extras(
    page: Page, parts: Sequence[Part], fields: bool = False
) -> tuple[list[Part], dict[str, str], tuple[str, ...]]:
    """The parts without labelled lines such as a level or tags, these by name, and the tags.

    Among `fields`, between a labelled question and its answer, other labelled lines beside them are, too.
    """
    left: list[Part] = []
    extras: dict[str, str] = {}
    tags: tuple[str, ...] = ()
    for n, p in enumerate(parts):
        key = page.keys[p.at]
        name = key.role if key and key.form == "label" else ""
        known = name in _EXTRAS or (fields and n > 0 and not name and _is_field(page, parts, n))
        value = page.units[p.at].text[page.signs[p.at].value :].strip() if known else ""
        ends = (
            n + 1 == len(parts)
            or page.units[parts[n + 1].at].gap > 0
            or page.keys[parts[n + 1].at] is not None
        )
        if not value or not ends or len(parts) == 1:
            left.append(p)
        elif name == "tags":
            tags = tuple(t.strip(" #") for t in value.replace(";", ",").split(",") if t.strip(" #"))
        elif name == "hint":
            extras[name] = "\n".join(filter(None, (extras.get(name), value)))
        else:
            extras[page.signs[p.at].label] = value
    return left, extras, tags


def _is_field(page: Page, parts: Sequence[Part], n: int) -> bool:
    """Whether a line has a label and stands right beside one whose label is known."""
    sign = page.signs[parts[n].at]
    beside = [page.keys[parts[i].at] for i in (n - 1, n + 1) if 0 < i < len(parts)]
    return sign.label_sign in (":", "：") and any(key and key.role in _EXTRAS for key in beside)


def _unwrapped(blocks: Blocks) -> Blocks:
    """The blocks themselves, or those of the only quote that is no callout, or of the only item of an only list."""
    if len(blocks) == 1 and isinstance(blocks[0], List) and len(blocks[0].items) == 1:
        return blocks[0].items[0].blocks
    if len(blocks) == 1 and isinstance(blocks[0], Quote) and callout(blocks[0]) is None:
        return blocks[0].blocks
    return blocks
