"""The author's own marks, for where the guess is wrong. Each is an HTML comment before what it means.

<!-- deckbuild: skip -->           nothing below this heading, list or paragraph makes a note
<!-- deckbuild: question -->       this heading, item or paragraph asks
<!-- deckbuild: id heap-sort -->   the note's identity, whatever becomes of its question
<!-- deckbuild: ignore CODE -->    this diagnostic is not wanted there; behind text, for its line
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace
from msgspec.structs import replace as replace_block

from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.patterns.pattern import Pattern
from deckbuild.extract.patterns.weigh import probability
from deckbuild.machine.regex import regex
from deckbuild.model import Blocks, Diagnostic, Heading, List, Paragraph, Rule, SourceSpan, inner_blocks
from deckbuild.model.trim import unwrap
from deckbuild.report.diagnostics import Code

WORDS = ("skip", "question", "id", "ignore")
SURE = "marked as a question"
"""Evidence that needs no other."""

_UP_TO_END = regex(r"[^>]*+>")
_START = regex(r"<!--\s*+deckbuild:")
_WORD = regex(r"[\w-]*")


class Directive(Struct, frozen=True):
    """A mark: the line it stands on, what it says, and the line it is about (the next one with text)."""

    line: int
    word: str
    value: str
    target: int


def take_marks(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[Directive, ...]]:
    """The lines without their marks, and the marks."""
    bare = list(lines)
    found: dict[int, list[tuple[str, str]]] = {}
    for number, line in enumerate(lines, 1):
        if "deckbuild:" in line:
            bare[number - 1], found[number] = _taken(line)
    marks: list[Directive] = []
    target = 0
    for number in range(len(lines), 0, -1):
        if bare[number - 1].strip():
            target = number
        marks += (Directive(number, word, value, target) for word, value in found.get(number, ()))
    return tuple(bare), tuple(reversed(marks))


def _taken(line: str) -> tuple[str, list[tuple[str, str]]]:
    """A line without its marks and the blanks before them, and the word and the value of each mark.

    No mark holds a `>`, so that each part up to one is searched by itself, and once.
    """
    kept, found = [], []
    end = 0
    for part in _UP_TO_END.finditer(line, 0, line.rfind(">") + 1):
        start = _START.search(line, part.start(), part.end())
        if start and line.endswith("-->", start.end(), part.end()):
            said = line[start.end() : part.end() - len("-->")].strip()
            word = _WORD.match(said)
            length = word.end() if word else 0
            found.append((said[:length].lower(), said[length:].strip()))
            kept.append(line[end : start.start()].rstrip(" \t"))
            end = part.end()
    return "".join((*kept, line[end:])), found


def skipped(marks: Sequence[Directive], blocks: Blocks) -> tuple[SourceSpan, ...]:
    """The lines that the author wants skipped."""
    return _reach([mark for mark in marks if mark.word == "skip"], blocks)


def unwanted(marks: Sequence[Directive], blocks: Blocks) -> dict[str, tuple[SourceSpan, ...]]:
    """The lines of which the author wants no diagnostic of a code."""
    ignores = [mark for mark in marks if mark.word == "ignore"]
    outermost = reversed(_reach([mark for mark in ignores if mark.line < mark.target], blocks))
    reached = {span.line: span for span in outermost}
    ignored: dict[str, list[SourceSpan]] = {}
    for mark in ignores:
        line = SourceSpan(mark.target, mark.target)
        span = reached.get(mark.target, line) if mark.line < mark.target else line
        for code in mark.value.split():
            ignored.setdefault(code, []).append(span)
    return {code: tuple(spans) for code, spans in ignored.items()}


def marked(patterns: Sequence[Pattern], marks: Sequence[Directive], blocks: Blocks) -> list[Candidate]:
    """The notes at lines that the author marked as questions: those of the likeliest pattern, else the next blocks."""
    targets = {mark.target for mark in marks if mark.word == "question"}
    if not targets:
        return []
    found: dict[int, tuple[float, Candidate]] = {}
    for pattern in patterns:
        chance = probability(pattern.kind, pattern.features)
        for note in pattern.notes:
            line = note.span.line
            if line in targets and note.answer and chance > found.get(line, (-1.0, None))[0]:
                found[line] = (chance, note)
    sure = [replace(note, seen=note.seen | {SURE}) for _, note in found.values()]
    return [*sure, *_asked(blocks, targets - found.keys())]


def problems(marks: Sequence[Directive], used: set[int], name: str) -> Iterator[Diagnostic]:
    """Marks that say nothing known or stand before nothing they could mean; `used` are lines of notes."""
    for mark in marks:
        if mark.word not in WORDS or bool(mark.value) != (mark.word in ("id", "ignore")):
            said = f"{mark.word} {mark.value}".strip()
            yield Code.UNKNOWN_MARK.at(name, mark.line, mark=said, words=", ".join(WORDS))
        elif mark.target == 0 or (mark.word in ("id", "question") and mark.target not in used):
            yield Code.IDLE_MARK.at(name, mark.line, mark=mark.word)


def _reach(marks: Sequence[Directive], blocks: Blocks) -> tuple[SourceSpan, ...]:
    """The lines that marks are about: of an item, if the mark is in it, else of a block or a section."""
    items = {mark.target for mark in marks if mark.line == mark.target}
    others = {mark.target for mark in marks} - items
    spans = (span for at in range(len(blocks)) for span in _extents(blocks, at, items, others))
    return tuple(spans) if marks else ()


def _extents(blocks: Blocks, at: int, items: set[int], others: set[int]) -> Iterator[SourceSpan]:
    block = blocks[at]
    if isinstance(block, Heading) and block.span.line in others | items:
        level = block.level
        ends = (b.span.line - 1 for b in blocks[at + 1 :] if isinstance(b, Heading) and b.level <= level)
        yield SourceSpan(block.span.line, next(ends, blocks[-1].span.end_line))
        return
    for inner in inner_blocks(block):
        if inner.span.line in others:
            yield inner.span
        elif isinstance(inner, List):
            yield from (item.span for item in inner.items if item.span.line in items)


def _asked(blocks: Blocks, targets: set[int]) -> Iterator[Candidate]:
    """A paragraph marked as a question, answered by what follows up to the next heading, rule or question."""
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.span.line in targets:
            end = at + 1
            while end < len(blocks) and not (
                isinstance(blocks[end], (Heading, Rule)) or blocks[end].span.line in targets
            ):
                end += 1
            question = replace_block(block, content=unwrap(block.content))
            span = SourceSpan(block.span.line, blocks[end - 1].span.end_line)
            yield Candidate("marked paragraph", (question,), blocks[at + 1 : end], span, frozenset({SURE}))
