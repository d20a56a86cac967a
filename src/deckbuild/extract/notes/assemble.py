"""Notes of records: parts become question and answer, labels and verdicts taken off, options put to the question."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.notes.labels import hashtags, without_folds
from deckbuild.extract.page.keys import Key
from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.signature import LETTER
from deckbuild.extract.records.cutting import Part, Record
from deckbuild.extract.records.verdicts import named, option_text
from deckbuild.machine.regex import regex
from deckbuild.model import (
    AnyInline,
    Blocks,
    Break,
    Inlines,
    Link,
    List,
    ListItem,
    Paragraph,
    Quote,
    SourceSpan,
    Text,
    inner_inlines,
)
from deckbuild.model.callouts import callout
from deckbuild.model.text import has_image, inline_text
from deckbuild.model.trim import drop, split_at, strip, unwrap
from deckbuild.syntax.excerpt import excerpt

ARROW = regex(r"(?:[-–=]*>|[→⇒➜➔►▶]|↳)\s+(?=\S)")
"""What points from a question to its answer."""
_TICKS_BEFORE = regex(r"\s*[✅✓✔☑❌✗✘]\ufe0f?\s*")
_TICKS_BEHIND = regex(r"\s*(?:[✅✓✔☑❌✗✘]\ufe0f?|:[a-z_]*check[a-z_]*:|:x:|(?<=\s)\*)\s*$")
_SIGN_BEFORE = regex(r"\s*[*+#=>~-]\s*")
_BEHIND = {
    "end": regex(r"\s*(?:[⭐🟢]|\*+|<--+|←|<-)\s*$"),
    "tail": regex(r"\s*\([^()]{2,24}\)\W*$"),
    "word": regex(r"(?:\s[-–—]\s|\s)[^\W\d_]{4,14}\W*$"),
}
"""What stands behind an option, by the kind of sign that tells the right one."""

_EXTRAS = ("hint", "follow-up", "level", "tags")
_CITATION = regex(r"\[[^\[\]\n]{1,24}\]\Z")
_ANCHOR = regex(r"\s*(?:\{#[^{}]*\}|\^[\w-]{2,40})\s*$")
_ANCHORED = regex(r"\[[^\[\]]+\]\{#[^{}]*\}")
"""A text in brackets that an anchor stands behind."""


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
    question, tags, cited = _question(page, blocks, record)
    if not question:
        return None
    parts, extras, more = _extras(page, _unlabelled(page, record.answer, markers))
    extras = {"source": cited, **extras} if cited else extras
    if record.options:
        question = (*question, _options(page, blocks, record))
        parts = _without_verdict(page, record, parts)
    plain = _plain(page, parts)
    answer = (plain,) if plain else without_folds(_unwrapped(excerpt(blocks, _kept(page, parts))))
    if record.right:
        named = (_option(page, blocks, record.options[n], record.told_by) for n in record.right)
        answer = (*(block for option in named for block in option), *answer)
    first = page.units[record.at].line
    parts_here = (p for p in (*record.question, *record.answer) if p not in record.explanation)
    held = [p.at for p in parts_here if p.at < record.end]
    options = (page.behind(record.options) - 1,) if record.options else ()
    last = max((page.units[at].line for at in (*held, *options)), default=first)
    if record.options and record.right:
        shape, seen = MULTIPLE_CHOICE, seen | {"options"}
    return Candidate(
        shape,
        question,
        answer,
        SourceSpan(min(first, question[0].span.line), last),
        seen,
        extras,
        (*tags, *more),
    )


def _plain(page: Page, parts: Sequence[Part]) -> Paragraph | None:
    """The paragraph that parts of lines are, without a walk through the tree; None where they may be more than that."""
    if not parts or (
        not parts[0].start and (page.units[parts[0].at].marker or page.units[parts[0].at].quote)
    ):
        return None
    run: list[AnyInline] = []
    line = first = page.units[parts[0].at].line
    for n, p in enumerate(parts):
        unit = page.units[p.at]
        parted = p.at + 1 < len(page.units) and page.units[p.at + 1].line == unit.line
        if unit.kind != "text" or unit.tag or (unit.start and _is_parted(page, p.at)) or parted:
            return None
        if n and (unit.gap or unit.marker or p.at != parts[n - 1].at + 1 or p.start):
            return None
        if n:
            run.append(Break(SourceSpan(line, line)))
        run += _piece(unit.content, p)
        line = unit.line
    return Paragraph(SourceSpan(first, line), tuple(run)) if run else None


def _kept(page: Page, parts: Sequence[Part]) -> dict[int, tuple[int, int | None]]:
    """The lines of parts with where they begin and end in the plain text of the line."""
    kept: dict[int, tuple[int, int | None]] = {}
    for p in parts:
        unit = page.units[p.at]
        partial = unit.start and _is_parted(page, p.at)
        start = unit.start + p.start if partial or p.start else 0
        end: int | None = None if p.end is None else unit.start + p.end
        if end is None and p.at + 1 < len(page.units) and page.units[p.at + 1].line == unit.line:
            end = page.units[p.at + 1].start
        if unit.line in kept:
            kept[unit.line] = (kept[unit.line][0], end)
        else:
            kept[unit.line] = (start, end)
    return kept


def _is_parted(page: Page, at: int) -> bool:
    """Whether a unit is not the first of its line."""
    return at > 0 and page.units[at - 1].line == page.units[at].line


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
            out += [tuple(made), excerpt(blocks, _kept(page, rest))]
            made, rest = [], []
        content = _piece(unit.content, p)
        if n == 0 or len(record.question) == 1:
            content, cited = _without_citation(content)
            content, tags = _clean(content)
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
    out += [tuple(made), excerpt(blocks, _kept(page, rest))]
    return tuple(block for group in out for block in group), tags, cited


def _spaced(span: SourceSpan, content: Inlines) -> Inlines:
    return (Text(span, " "), *content)


def _piece(content: Inlines, part: Part) -> Inlines:
    if part.end is not None:
        content = split_at(content, part.end)[0]
    return strip(drop(content, part.start)) if part.start else strip(content)


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


def _clean(content: Inlines) -> tuple[Inlines, tuple[str, ...]]:
    """A run without marks around the whole of it, anchors and hashtags at its end; the hashtags."""
    content = unwrap(content)
    text = inline_text(content)
    tags: tuple[str, ...] = ()
    end = hashtags(text)
    if 0 < end < len(text):
        tags = tuple(word.strip("#") for word in text[end:].split())
        content = split_at(content, end)[0]
        text = text[:end]
    if _ANCHORED.fullmatch(text.strip()):
        content = strip(drop(split_at(content, text.index("]"))[0], text.index("[") + 1))
    elif (match := _ANCHOR.search(text)) and match.start() > 0:
        content = split_at(content, match.start())[0]
    return unwrap(strip(content)), tags


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
            if sign.label and sign.label_sign in (":", "：") and role(sign.label) == "answer":
                if unit.text[sign.value :].strip(" *_") or has_image(unit.content):
                    out.append(Part(p.at, sign.value, p.end))
                continue
        out.append(p)
    return out


def _extras(page: Page, parts: Sequence[Part]) -> tuple[list[Part], dict[str, str], tuple[str, ...]]:
    """The parts without labelled lines such as a level or tags, these by name, and the tags."""
    left: list[Part] = []
    extras: dict[str, str] = {}
    tags: tuple[str, ...] = ()
    for n, p in enumerate(parts):
        key = page.keys[p.at]
        name = key.role if key and key.form == "label" else ""
        value = page.units[p.at].text[page.signs[p.at].value :].strip() if name in _EXTRAS else ""
        ends = (
            n + 1 == len(parts)
            or page.units[parts[n + 1].at].gap > 0
            or page.keys[parts[n + 1].at] is not None
        )
        if not value or not ends or len(parts) == 1:
            left.append(p)
        elif name == "tags":
            tags = tuple(t.strip(" #") for t in value.replace(";", ",").split(",") if t.strip(" #"))
        else:
            extras[page.signs[p.at].label] = value
    return left, extras, tags


def _unwrapped(blocks: Blocks) -> Blocks:
    """The blocks themselves, or those of the only quote that is no callout, or of the only item of an only list."""
    if len(blocks) == 1 and isinstance(blocks[0], List) and len(blocks[0].items) == 1:
        return blocks[0].items[0].blocks
    if len(blocks) == 1 and isinstance(blocks[0], Quote) and callout(blocks[0]) is None:
        return blocks[0].blocks
    return blocks


def _options(page: Page, blocks: Blocks, record: Record) -> List:
    items = tuple(
        ListItem(_option(page, blocks, at, record.told_by), _line(page, at)) for at in record.options
    )
    return List(SourceSpan(items[0].span.line, page.units[page.behind(record.options) - 1].line), items)


def _line(page: Page, at: int) -> SourceSpan:
    return SourceSpan(page.units[at].line, page.units[at].line)


def _option(page: Page, blocks: Blocks, at: int, told_by: str) -> Blocks:
    """An option without its letter and the sign that tells whether it is right, with what belongs to it."""
    content = unwrap(_bare(page, at, told_by))
    wrapped = [i for i in page.held.get(at, ()) if page.units[i].kind == "text" and not page.units[i].gap]
    for i in wrapped:
        content = (*content, Break(_line(page, i)), *strip(page.units[i].content))
    below = [Part(i) for i in page.held.get(at, ()) if i not in wrapped]
    first = (Paragraph(_line(page, at), content),) if content else ()
    return (*first, *excerpt(blocks, _kept(page, below)))


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
            content = strip(split_at(content, match.start())[0])
    return content


def _without_verdict(page: Page, record: Record, parts: Sequence[Part]) -> list[Part]:
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
    if words and role(words.split("(")[0].strip(" :：.")) != "answer" and len(words.split()) > 4:
        return start
    rest = letters(text[match.end() :])
    if not rest or rest in right:
        return None
    return match.end()
