"""Multiple choice: options belong to the question, the right one with its explanation is the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from msgspec.structs import replace as msgspec_replace

from deckbuild.extract.candidate import Candidate
from deckbuild.model import (
    AnyBlock,
    Blocks,
    Heading,
    Inlines,
    List,
    ListItem,
    Paragraph,
    SourceSpan,
    Strong,
    Text,
)
from deckbuild.model.text import has_image, inline_text
from deckbuild.model.trim import drop, joined_lines, split_at, split_lines, strip

_BOX = re.compile(r"\s*\[(?P<tick>[ xX✓✔*]?)\]\s*")
_LETTER = re.compile(r"\s*\(?(?P<letter>[A-Ha-h])[.):]\s+")
_TICK = r"(?:✓|✔️?|✅|\(correct\)|\(right\))"
_TICK_BEFORE = re.compile(rf"\s*{_TICK}\s*", re.IGNORECASE)
_TICK_BEHIND = re.compile(rf"{_TICK}\Z", re.IGNORECASE)
_STAR_BEHIND = re.compile(r"(?<=\s)\*\Z")
"""A tick behind an option with a letter; `echo *` ends with one as well."""

_LONGEST_TICK = len("(correct)")
_FURTHER = r"\s*+(?:,|&|/|\band\b|\bund\b|\by\b|\bet\b)++\s*+[A-H]\b(?!\s++(?!(?:are|as|because|since)\b)\w)"
"""A further letter; one that goes on as in `A, B is wrong` is no verdict."""

_VERDICT = re.compile(
    r"\s*+(?:the\s++)?(?:correct|right)?\s*+(?:answer|ans|option|choice|solution)s?\s*+(?:is|are)?\s*+"
    rf"[:：\-–—]?\s*+(?:options?\s*+)?\(?(?P<letters>[A-H](?:{_FURTHER})*+|(?-i:[A-H]{{2,5}}\b))(?:[.),;]|\b)",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(r"\s*(?:explanation|rationale|reason|why)\s*[:：\-–—.]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Option:
    """One option: its text without marks, its letter ("" if none), whether it is marked as right.

    `signed` says that it has a box or a letter; `below` is what its list item holds besides.
    """

    content: Inlines
    letter: str
    right: bool
    signed: bool
    span: SourceSpan
    below: Blocks


@dataclass(frozen=True, slots=True)
class _Found:
    """Options, whether all are signed, how many blocks they take, and what else stood in the last of them."""

    options: tuple[_Option, ...]
    signed: bool
    blocks: int
    rest: Blocks = ()


def with_choices(candidate: Candidate) -> Candidate:
    """The candidate with options moved to the question, if its answer begins with some; else itself."""
    asked, *below = _parted(candidate.question)
    blocks = (*below, *candidate.answer)
    for at, block in enumerate(blocks[:3]):
        found = _listed(block) if isinstance(block, List) else _lettered_lines(blocks[at:])
        if found:
            return _moved(candidate, asked, blocks, at, found)
        if isinstance(block, List):
            break
    return candidate


def _moved(candidate: Candidate, asked: AnyBlock, blocks: Blocks, at: int, found: _Found) -> Candidate:
    rest = _labelled(candidate, (*found.rest, *blocks[at + found.blocks :]))
    letters = _verdict(rest)
    right: list[_Option] = []
    others: list[_Option] = []
    for option in found.options:
        named = option.letter.lower() in letters
        (right if option.right or named else others).append(option)
    if not right or not others or not (found.signed or len(right) == 1):
        return candidate
    span = SourceSpan(found.options[0].span.line, found.options[-1].span.end_line)
    listed = List(span, tuple(ListItem((Paragraph(o.span, o.content),), o.span) for o in found.options))
    said = (block for o in right for block in (Paragraph(o.span, o.content), *o.below))
    of_others = (block for o in others for block in o.below)
    return replace(
        candidate,
        question=(asked, *blocks[:at], listed),
        answer=(*said, *of_others, *_explanation(rest)),
        seen=candidate.seen | ({"options"} if found.signed else set()),
    )


def _parted(question: Blocks) -> Blocks:
    """The question with the lines from option A on as a block of their own."""
    lines = list(split_lines(question[0])) if isinstance(question[0], Paragraph) else []
    first = next((at for at, line in enumerate(lines) if at and _option(line, ()).letter in ("A", "a")), 0)
    return (*joined_lines(lines[:first]), *joined_lines(lines[first:]), *question[1:]) if first else question


def _labelled(candidate: Candidate, rest: Blocks) -> Blocks:
    """The blocks after the options, again with the label of the answer if it stood there."""
    first = rest[0] if rest and candidate.answer and rest[0] is candidate.answer[0] else None
    if not isinstance(first, Paragraph) or "answer label" not in candidate.seen:
        return rest
    label = Text(first.span, "Answer: ")
    return (msgspec_replace(first, content=(label, *first.content)), *rest[1:])


def _listed(block: List) -> _Found | None:
    """The options of a list: with boxes or letters, else ticked or strong where they are right."""
    options = []
    for item in block.items:
        first = item.blocks[0] if item.blocks else None
        if not isinstance(first, Paragraph):
            return None
        options.append(_option(first, item.blocks[1:]))
    signed = all(option.signed for option in options)
    return _Found(tuple(options), signed, 1) if len(options) >= 2 else None


def _lettered_lines(blocks: Blocks) -> _Found | None:
    """The options of paragraphs whose lines start with letters in order; other lines after them are rest."""
    options: list[_Option] = []
    for taken, block in enumerate(blocks):
        lines = list(split_lines(block)) if isinstance(block, Paragraph) else []
        before = len(options)
        for line in lines:
            option = _option(line, ())
            if not _continues(options, option):
                break
            options.append(option)
        count = len(options) - before
        if count < len(lines) or not lines:
            rest = joined_lines(lines[count:]) if count and lines else ()
            used = taken + (1 if rest else 0)
            return _Found(tuple(options), True, used, rest) if len(options) >= 2 else None
    return _Found(tuple(options), True, len(blocks)) if len(options) >= 2 else None


def _continues(options: Sequence[_Option], option: _Option) -> bool:
    """Whether an option has the next letter."""
    return option.letter.lower() == "abcdefgh"[len(options) : len(options) + 1] and bool(option.letter)


def _option(line: Paragraph, below: Blocks) -> _Option:
    """One option with its box, letter and tick taken off."""
    content, right, letter = line.content, False, ""
    box = _BOX.match(inline_text(content))
    if box:
        right = bool(box["tick"].strip())
        content = drop(content, box.end())
    match = _LETTER.match(inline_text(content))
    if match:
        letter = match["letter"]
        content = drop(content, match.end())
    bare, ticked = _without_tick(content, bool(match))
    return _Option(bare, letter, right or ticked, bool(box or match), line.span, below)


def _without_tick(content: Inlines, lettered: bool) -> tuple[Inlines, bool]:
    content = strip(content)
    text = inline_text(content)
    if match := _TICK_BEFORE.match(text):
        return strip(drop(content, match.end())), True
    end = len(text.rstrip())
    for tick in (_TICK_BEHIND, _STAR_BEHIND) if lettered else (_TICK_BEHIND,):
        if match := tick.search(text, max(0, end - _LONGEST_TICK), end):
            return strip(split_at(content, match.start())[0]), True
    if len(content) == 1 and isinstance(content[0], Strong):
        return content[0].content, True
    return content, False


def _verdict(blocks: Sequence[AnyBlock]) -> frozenset[str]:
    """The letters that the blocks after the options name as the right ones, in lower case."""
    for block in blocks:
        for line in _text_lines(block):
            match = _VERDICT.match(inline_text(line.content))
            if match:
                return frozenset(
                    re.findall(r"\b[a-h]\b", match["letters"].lower()) or match["letters"].lower()
                )
    return frozenset()


def _explanation(blocks: Blocks) -> Iterator[AnyBlock]:
    """The blocks after the options without the verdict on the right one and without their label.

    What is said behind the verdict stays, unless it only repeats the option.
    """
    for block in blocks:
        lines = list(_text_lines(block))
        if not lines:
            yield block
            continue
        kept = []
        for line in lines:
            text = inline_text(line.content)
            match = _VERDICT.match(text)
            tail = strip(drop(line.content, match.end())) if match else line.content
            label = _EXPLANATION.match(inline_text(tail))
            content = strip(drop(tail, label.end())) if label else tail
            says = has_image(content) or inline_text(content).strip(" .:)")
            if says and not (match and "correct answer is" in text.lower()):
                kept.append(msgspec_replace(line, content=content))
        yield from joined_lines(kept)


def _text_lines(block: AnyBlock) -> Iterator[Paragraph]:
    """The lines of a paragraph or a heading."""
    if isinstance(block, Paragraph):
        yield from split_lines(block)
    elif isinstance(block, Heading):
        yield Paragraph(block.span, block.content)
