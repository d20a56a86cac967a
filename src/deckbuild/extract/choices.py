"""Multiple choice: options belong to the question, the right one with its explanation is the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from msgspec.structs import replace as replaced

from deckbuild.extract.candidate import Candidate
from deckbuild.extract.trim import drop, split_at, strip
from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Blocks,
    Break,
    Inlines,
    List,
    ListItem,
    Paragraph,
    SourceSpan,
    Strong,
)
from deckbuild.plain import inline_text

_BOX = re.compile(r"\s*\[(?P<tick>[ xX✓✔*]?)\]\s*")
_LETTER = re.compile(r"\s*\(?(?P<letter>[A-Ha-h])[.)]\s+")
_TICK = re.compile(r"\s*(?:✓|✔️?|✅|\(correct\)|\(right\))\s*", re.IGNORECASE)
_VERDICT = re.compile(
    r"\s*(?:the\s+)?(?:correct|right)?\s*(?:answer|ans|option|choice|solution)s?\s*(?:is|are)?\s*[:：\-–—]?\s*"
    r"(?:option\s*)?\(?(?P<letter>[A-Ha-h])(?:[.)]|\b)",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(r"\s*(?:explanation|rationale|reason|why)\s*[:：\-–—.]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Option:
    """One option: its text without marks, its letter ("" if none), and whether it is marked as right."""

    content: Inlines
    letter: str
    right: bool
    span: SourceSpan


def with_choices(candidate: Candidate) -> Candidate:
    """The candidate with options moved to the question, if its answer begins with some; else itself."""
    for at, block in enumerate(candidate.answer):
        run, options = _options(candidate.answer, at)
        if options:
            break
        if not isinstance(block, Paragraph) or at > 1:
            return candidate
    else:
        return candidate
    rest = candidate.answer[at + run :]
    letter = _verdict(rest)
    right = [o for o in options if o.right or (letter and o.letter.lower() == letter)]
    if not right or len(right) == len(options):
        return candidate
    span = SourceSpan(options[0].span.line, options[-1].span.end_line)
    listed = List(span, tuple(ListItem((Paragraph(o.span, o.content),), o.span) for o in options))
    answer = (*(Paragraph(o.span, o.content) for o in right), *_explanation(rest))
    return replace(
        candidate,
        question=(*candidate.question, *candidate.answer[:at], listed),
        answer=answer,
        seen=candidate.seen | {"options"},
    )


def _options(blocks: Blocks, at: int) -> tuple[int, list[_Option]]:
    """The options that begin at a block, and how many blocks they take; none where there are not two."""
    block = blocks[at]
    runs: list[tuple[Inlines, SourceSpan]] = []
    if isinstance(block, List):
        firsts = [item.blocks[0] if item.blocks else None for item in block.items]
        runs = [(f.content, f.span) for f in firsts if isinstance(f, Paragraph)]
        options = [_option(content, span) for content, span in runs]
        lettered = len(runs) == len(block.items) and all(o and o.letter for o in options)
        ticked = [_ticked(content, span) for content, span in runs] if not any(options) else []
        found = options if any(o and (o.right or o.letter) for o in options) or lettered else ticked
        good = [o for o in found if o]
        return (1, good) if len(good) == len(block.items) >= 2 else (0, [])
    taken = 0
    found_lines: list[_Option] = []
    for following in blocks[at:]:
        if not isinstance(following, Paragraph):
            break
        lines = [_option(content, span) for content, span in _lines(following)]
        if not all(lines):
            break
        found_lines += [o for o in lines if o]
        taken += 1
    in_order = [o.letter.lower() for o in found_lines] == list("abcdefgh")[: len(found_lines)]
    return (taken, found_lines) if len(found_lines) >= 2 and in_order else (0, [])


def _option(content: Inlines, span: SourceSpan) -> _Option | None:
    """An option that starts with a box or a letter."""
    text = inline_text(content)
    right = False
    letter = ""
    box = _BOX.match(text)
    if box:
        right = bool(box["tick"].strip())
        content = drop(content, box.end())
        text = inline_text(content)
    match = _LETTER.match(text)
    if match:
        letter = match["letter"]
        content = drop(content, match.end())
    if not box and not match:
        return None
    bare, ticked = _without_tick(content)
    return _Option(bare, letter, right or ticked, span)


def _ticked(content: Inlines, span: SourceSpan) -> _Option:
    """An option without box or letter; right if it is ticked or strong as a whole."""
    bare, ticked = _without_tick(content)
    return _Option(bare, "", ticked, span)


def _without_tick(content: Inlines) -> tuple[Inlines, bool]:
    content = strip(content)
    text = inline_text(content)
    if match := _TICK.match(text):
        return strip(drop(content, match.end())), True
    ends = [m for m in _TICK.finditer(text) if m.end() == len(text)]
    if ends:
        return strip(split_at(content, ends[0].start())[0]), True
    if len(content) == 1 and isinstance(content[0], Strong):
        return content[0].content, True
    return content, False


def _lines(paragraph: Paragraph) -> Iterator[tuple[Inlines, SourceSpan]]:
    """A paragraph line by line."""
    line: list[AnyInline] = []
    number = paragraph.span.line
    for element in (*paragraph.content, Break(paragraph.span)):
        if isinstance(element, Break):
            yield strip(tuple(line)), SourceSpan(number, number)
            line = []
            number += 1
        else:
            line.append(element)


def _verdict(blocks: Sequence[AnyBlock]) -> str:
    """The letter that the blocks after the options name as the right one, in lower case; "" if none."""
    for block in blocks:
        if isinstance(block, Paragraph):
            for content, _ in _lines(block):
                match = _VERDICT.match(inline_text(content))
                if match:
                    return match["letter"].lower()
    return ""


def _explanation(blocks: Blocks) -> Iterator[AnyBlock]:
    """The blocks after the options without the line that names the right one and without their label."""
    for block in blocks:
        if not isinstance(block, Paragraph):
            yield block
            continue
        kept = [(c, s) for c, s in _lines(block) if not _VERDICT.match(inline_text(c))]
        kept = [(_unlabelled(content), span) for content, span in kept]
        kept = [(content, span) for content, span in kept if content]
        content: list[AnyInline] = []
        for part, span in kept:
            content += [Break(span), *part] if content else part
        if content:
            yield replaced(
                block, content=tuple(content), span=SourceSpan(kept[0][1].line, kept[-1][1].end_line)
            )


def _unlabelled(content: Inlines) -> Inlines:
    match = _EXPLANATION.match(inline_text(content))
    return strip(drop(content, match.end())) if match else content
