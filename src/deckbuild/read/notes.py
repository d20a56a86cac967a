"""Which of the possible notes of a document become notes, and what is told of those that do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.derive.hints import with_hint
from deckbuild.extract import marks, vault_marks
from deckbuild.extract.declared import SHAPE, declared
from deckbuild.extract.marks import Directive
from deckbuild.extract.notes.assemble import MULTIPLE_CHOICE
from deckbuild.extract.notes.candidate import Judged
from deckbuild.extract.notes.first_items import with_first_item
from deckbuild.extract.notes.placeholders import is_placeholder
from deckbuild.extract.page.page import Page, page
from deckbuild.extract.patterns.choose import THRESHOLD, choose
from deckbuild.extract.patterns.likeness import NONE, asking, likeness, named
from deckbuild.extract.patterns.pattern import UNDECIDED, Pattern
from deckbuild.extract.patterns.patterns import patterns
from deckbuild.extract.patterns.sure_layouts import exported, may_give_notes
from deckbuild.extract.patterns.sure_layouts import judged as judged_patterns
from deckbuild.extract.patterns.weigh import reasons
from deckbuild.extract.records.record import Record
from deckbuild.model import (
    Blocks,
    Diagnostic,
    Heading,
    Kind,
    List,
    Note,
    Refusal,
    SourceSpan,
    Table,
)
from deckbuild.model.text import block_text, is_link
from deckbuild.read.preferences import Preferences
from deckbuild.report.counted import plural
from deckbuild.report.diagnostics import Code
from deckbuild.syntax.formats.reading import Reading
from deckbuild.syntax.units import units
from deckbuild.syntax.vaults.taken import Taken


class Choice(Struct, frozen=True):
    """The notes of a document in its order, and what else could have been notes.

    `refused` are patterns with their probabilities that gave nothing; `aside` is what the rows of tables that are not
    taken for questions would be as such; `tables` are rows that ask and stand in no table, as tables. `page` is None
    where the author has said what asks.
    """

    notes: tuple[Judged, ...]
    refused: tuple[tuple[float, Pattern], ...] = ()
    aside: tuple[Judged, ...] = ()
    page: Page | None = None
    tables: tuple[Table, ...] = ()


def choose_notes(
    name: str,
    lines: Sequence[str],
    blocks: Blocks,
    found: Sequence[Directive],
    preferences: Preferences,
    reading: Reading | None,
    cards: Taken,
) -> Choice:
    """The notes of a document: those that the author or the settings mark, and those of its patterns."""
    asked = preferences.questions
    told = list(declared(blocks, reading.asked) if reading else vault_marks.cards(cards, blocks))
    told = [] if asked or SHAPE not in (preferences.shapes or (SHAPE,)) else told
    judged = [Judged(c, tuple(sorted(c.seen)), 1.0) for c in told]
    if told and reading and reading.alone:
        return Choice(tuple(judged))
    apart = {n for one in vault_marks.asked(cards) for n in range(one.span.line, one.span.end_line + 1)}
    seen = page(Path(name).stem, [unit for unit in units(lines, blocks) if unit.line not in apart])
    all_rows = bool(reading and reading.rows)
    settled = asked == NONE or (not asked and cards.reviewed and vault_marks.has_holes(lines))
    proposed = [] if settled else patterns(seen, blocks, all_rows)
    rows = [note for p in proposed if p.kind == "table" for note in p.notes]
    by_author = any(directive.word == "question" for directive in found)
    proposed = [whole for p in proposed if (whole := _untorn(p) if by_author or may_give_notes(p) else p)]
    wanted = [p for p in proposed if not preferences.shapes or p.shape in preferences.shapes]
    marked = marks.marked(wanted, found, blocks)
    taken = {n for c in marked for n in range(c.span.line, c.span.end_line + 1)} | seen.clozes
    taken |= {n for c in told for n in range(c.span.line, c.span.end_line + 1)}
    judged += [Judged(c, (marks.SURE,), 1.0) for c in marked]
    if asked:
        weighed = [(1.0, p) for p in named(seen, blocks, asked)]
    else:
        weighed = exported(wanted) if reading and reading.rows else judged_patterns(wanted)
    chosen = choose(weighed, taken)
    for part in chosen:
        why = reasons(part.pattern.kind, part.pattern.features)
        judged += (Judged(note, (*why, *sorted(note.seen)), part.probability) for note in part.notes)
    busy = {n for j in judged for n in range(j.candidate.span.line, j.candidate.span.end_line + 1)} | taken
    likely = (p for chance, p in weighed if chance >= THRESHOLD)
    silent = {c.span.line: c for p in likely for c in p.unanswered if not is_link(c.question)}
    judged += (Judged(c, (), 1.0) for c in silent.values() if c.span.line not in busy)
    busy |= silent.keys()
    choices = [p for _, p in weighed] if asked else [p for p in proposed if p.kind == "options"]
    undecided = (c for p in choices for c in p.undecided)
    judged += (Judged(c, (), 1.0) for c in undecided if c.span.line not in busy)
    aside = [Judged(c, (), 0.0) for c in rows if c.span.line not in busy]
    judged.sort(key=lambda j: j.candidate.span.line)
    used = {id(part.pattern) for part in chosen}
    refused = weighed or [(THRESHOLD, p) for p in wanted if all_rows]
    left = tuple((chance, p) for chance, p in refused if id(p) not in used)
    tables = tuple(table for part in chosen if (table := part.pattern.table))
    return Choice(tuple(judged), left, tuple(aside), None if asked else seen, tables)


def looks_like_notes(
    choice: Choice, refused: Sequence[Refusal], name: str, is_empty: bool, rows: bool
) -> Iterator[Diagnostic]:
    """What gave no notes and looks most like some, and what takes it; of a file of rows the titles of columns do."""
    if choice.page is None:
        return
    looks = likeness(refused) or (asking(choice.page) if is_empty else None)
    if looks is None:
        return
    mark = "`<!-- deckbuild: question -->` on the line before each takes them"
    if rows:
        mark = "a first row that calls one column `Question` and one `Answer` takes them"
    setting = f'`[paths."{name}"]` with `questions = "{looks.setting}"` in deckbuild.toml takes them'
    count = len(looks.heads)
    noun, of, rest = looks.what.partition(" of ")
    yield Code.LOOKS_LIKE_NOTES.at(
        name,
        looks.heads[0].line,
        made="no notes were made from this document;" if is_empty else "besides the notes that were made,",
        count=count,
        what=plural(count, noun) + of + rest,
        look="looks" if count == 1 else "look",
        way=setting if looks.setting else mark,
    )


def _untorn(pattern: Pattern) -> Pattern | None:
    """The pattern without records whose term ends inside a formula; None where hardly one is left."""
    if not pattern.kind.endswith("separator"):
        return pattern
    records = tuple(record for record in pattern.records if not _is_torn(pattern.page, record))
    if len(records) == len(pattern.records):
        return pattern
    return replace(pattern, records=records) if len(records) > 1 else None


def _is_torn(page: Page, record: Record) -> bool:
    term, told = record.question[0], record.answer[0]
    end = len(page.units[term.at].text) if term.end is None else term.end
    if term.at != told.at:
        return False
    from deckbuild.maths.find.borders import is_inside

    return is_inside(page.units[term.at].content, end, told.start)


def refusal(judged: Judged, code: Code, name: str) -> Diagnostic:
    """What is told of a question that made no note."""
    asked = " ".join(block_text(judged.candidate.question).split())
    return code.at(name, judged.candidate.span.line, question=asked)


def why_refused(judged: Judged) -> Code | None:
    """Why a question makes no note; None for one that does."""
    if not judged.candidate.answer:
        return Code.NO_RIGHT_OPTION if UNDECIDED in judged.candidate.seen else Code.UNANSWERED
    if _is_unticked(judged.candidate.answer):
        return Code.NO_RIGHT_OPTION
    chosen = judged.candidate.shape == MULTIPLE_CHOICE
    return Code.PLACEHOLDER if is_placeholder(judged.candidate.answer) and not chosen else None


def _is_unticked(answer: Blocks) -> bool:
    """Whether an answer is nothing but open boxes: options of which none is ticked, or tasks."""
    items = [item for block in answer if isinstance(block, List) for item in block.items]
    lists = all(isinstance(block, List) for block in answer)
    return lists and bool(items) and all(block_text(item.blocks).startswith("[ ]") for item in items)


def as_note(judged: Judged, found: Sequence[Directive]) -> Note:
    """The note of a question and its answer, with the identity that its author gave it."""
    candidate = judged.candidate
    answer, span = _without_last_title(candidate.answer, candidate.span)
    note = Note(
        kind=Kind.QA,
        question=candidate.question,
        answer=with_first_item(answer),
        span=span,
        shape=candidate.shape,
        cues=judged.cues,
        extras=dict(candidate.extras),
        tags=candidate.tags,
        repeated=candidate.repeated,
    )
    return with_hint(with_id(note, found))


def _without_last_title(answer: Blocks, span: SourceSpan) -> tuple[Blocks, SourceSpan]:
    """An answer without a title at its end, which belongs to other notes that stand below it."""
    end = len(answer)
    while end > 1 and isinstance(answer[end - 1], Heading) and answer[end - 1].span.end_line == span.end_line:
        end -= 1
        span = replace(span, end_line=answer[end - 1].span.end_line)
    return answer[:end], span


def with_id(note: Note, found: Sequence[Directive]) -> Note:
    """The note with the identity that a mark on its line gives it, if any."""
    given = next((m.value for m in found if m.word == "id" and m.target == note.span.line), "")
    return replace(note, id=given) if given else note
