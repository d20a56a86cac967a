"""The way of one document: decode and repair, syntax, extract, derive, ledger.

Pure but for `read`, which opens the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.decode.source import LIMIT, Source, content, decode, digest, load
from deckbuild.derive.clozes import with_clozes
from deckbuild.derive.derive import SHAPES as DERIVED
from deckbuild.derive.derive import both_ways, derive
from deckbuild.derive.hints import with_hint
from deckbuild.derive.named_formulas import formula_of
from deckbuild.extract import marks, vault_marks
from deckbuild.extract.declared import SHAPE, blocks_between, declared
from deckbuild.extract.marks import Mark
from deckbuild.extract.notes.candidate import Judged
from deckbuild.extract.notes.placeholders import is_placeholder
from deckbuild.extract.page.page import Page, page
from deckbuild.extract.patterns.choose import THRESHOLD, choose
from deckbuild.extract.patterns.likeness import NONE, Likeness, likeness, named
from deckbuild.extract.patterns.patterns import SHAPES as EXTRACTED
from deckbuild.extract.patterns.patterns import UNDECIDED, Pattern, patterns
from deckbuild.extract.patterns.sure_layouts import exported
from deckbuild.extract.patterns.sure_layouts import judged as judged_patterns
from deckbuild.extract.patterns.weigh import reasons
from deckbuild.extract.records.cutting import Record
from deckbuild.extract.tree import tree
from deckbuild.ledger.ledger import ledger
from deckbuild.maths.check import mathjax
from deckbuild.maths.find.borders import is_inside
from deckbuild.maths.set.setting import Override
from deckbuild.maths.set.typeset import typeset
from deckbuild.model import (
    Blocks,
    CodeBlock,
    Diagnostic,
    Document,
    Kind,
    Note,
    Paragraph,
    SourceSpan,
    outline,
)
from deckbuild.model.text import block_text, is_link, one_line
from deckbuild.report.diagnostics import Code, Failure
from deckbuild.report.ignored import wanted
from deckbuild.syntax import limits, markdown, programs
from deckbuild.syntax.drawings import drawings
from deckbuild.syntax.formats import formats
from deckbuild.syntax.formats.formats import SUFFIXES as SUFFIXES
from deckbuild.syntax.formats.places import put_back
from deckbuild.syntax.formats.reading import Reading, Unreadable
from deckbuild.syntax.latex_rules import join_cells
from deckbuild.syntax.line_breaks import lines_of, with_breaks
from deckbuild.syntax.units import units
from deckbuild.syntax.vaults.taken import Taken

SHAPES = (*dict.fromkeys((*EXTRACTED.values(), SHAPE)), *DERIVED)
"""All that a note's shape may be."""


class Preferences(Struct, frozen=True):
    """What the settings say of a document.

    Shapes that make notes (all, if empty), unwanted diagnostics, and formulas by source string. With `reverse`
    questions are asked both ways too, where it is False no row and no formula is. `line_breaks` says whether the
    ends of lines are kept (None: those that the author seems to mean). `questions` says what asks, whatever it
    looks like (`heading 2`, `item`, `bold`), or that nothing does (`none`). `deck` and `tags` are those of its
    notes, `folders` are decks around that of the document.
    """

    shapes: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    formulas: dict[str, Override] = {}
    reverse: bool | None = None
    line_breaks: bool | None = None
    questions: str = ""
    deck: str = ""
    tags: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


def is_only_printed(name: str) -> bool:
    """Whether a file of this name is a deck of Anki, which is printed and never built again."""
    return formats.is_printed(name)


def read(path: Path, name: str, preferences: Preferences = Preferences()) -> Document:  # noqa: B008  a frozen value
    """The document in the file at `path`, called `name`. Raises `Failure` for no text, or too much."""
    source, reading = opened(path, name)
    return extract(source, preferences, reading)


def read_bytes(data: bytes, name: str) -> Document:
    """The document in the bytes of a text. Raises `Failure` for no text, or too much."""
    if len(data) > LIMIT:
        raise Failure(Code.TOO_LARGE.at(name, 1, limit=LIMIT))
    return extract(decode(data, name))


def opened(path: Path, name: str) -> tuple[Source, Reading | None]:
    """The lines of a file, or its paragraphs where it has none, and as what they are read. Raises `Failure`."""
    if not formats.is_packed(name):
        source = load(path, name)
        return source, reading_of(source)
    data = content(path, name)
    try:
        paragraphs, reading = formats.packed(name, data)
    except Unreadable as error:
        raise _wrong_format(name, error) from error
    return Source(name, paragraphs, digest(data)), reading


def extract(
    source: Source,
    preferences: Preferences = Preferences(),  # noqa: B008
    reading: Reading | None = None,
) -> Document:
    """The document that a source holds: its tree, its ledger, and what the user should know of it.

    `reading` is what `opened` found; without it a text file is looked at by its name. Raises `Failure` where the
    source is beyond the limits.
    """
    reading = reading or reading_of(source)
    text = source if reading is None else replace(source, lines=reading.lines)
    if beyond := limits.beyond(text.lines):
        what, count, limit = beyond
        raise Failure(Code.TOO_LONG.at(source.name, 1, what=what, count=count, limit=limit))
    characters = sum(map(len, source.lines)) if programs.language_of(source.name) else 0
    if characters > programs.MOST_CHARACTERS:
        what, limit = "characters of code", programs.MOST_CHARACTERS
        raise Failure(Code.TOO_LONG.at(source.name, 1, what=what, count=characters, limit=limit))
    try:
        limits.refuse_accents(text.lines)
        document = _extract(text, preferences, reading)
    except limits.Tangled as error:
        line = reading.places[error.line - 1].line if reading else error.line
        problem = Code.TANGLED.at(source.name, line, what=error.what, count=error.count, limit=error.limit)
        raise Failure(problem) from error
    return document if reading is None else put_back(document, reading, source.lines)


def reading_of(source: Source) -> Reading | None:
    """The lines of Markdown that a source of another format is read as; None for text. Raises `Failure`."""
    try:
        return formats.reading(source.name, source.lines)
    except Unreadable as error:
        raise _wrong_format(source.name, error) from error


def _wrong_format(name: str, error: Unreadable) -> Failure:
    return Failure(Code.WRONG_FORMAT.at(name, error.line, why=str(error)))


def _extract(source: Source, preferences: Preferences, reading: Reading | None = None) -> Document:
    language = programs.language_of(source.name)
    text = programs.as_text(source.lines, language) if language else source.lines
    taken = Taken(tuple(text)) if language or reading else vault_marks.take(text)
    asked = reading.asked if reading else vault_marks.asked(taken)
    unmarked, found = marks.take_marks(taken.lines)
    lines: Sequence[str]
    lines, joined = join_cells(unmarked)
    blocks = blocks_between(lines, asked) if asked else _blocks(lines, language)
    dropped = dict.fromkeys(marks.skipped(found, blocks), "marked as skipped")
    unwanted = marks.unwanted(found, blocks)
    if dropped:
        lines = _without(lines, dropped)
        blocks = blocks_between(lines, asked) if asked else _blocks(lines, language)
    chosen, looks = _chosen(source.name, lines, blocks, found, preferences, reading, taken)
    refusals = [(judged, _refusal(judged)) for judged in chosen]
    notes = [_note(judged, found) for judged, code in refusals if code is None]
    taken = vault_marks.with_tags(taken, preferences.tags)
    notes = vault_marks.with_marks(notes, taken, source.name)
    notes = both_ways(notes) if preferences.reverse else notes
    refused = [(judged, code) for judged, code in refusals if code]
    dropped |= {judged.candidate.span: code.slug for judged, code in refused}
    flows = reading is not None and reading.flows and preferences.line_breaks is None
    kept = False if flows else preferences.line_breaks
    broken = with_breaks(tree(lines, blocks, notes), lines_of(lines, blocks, kept))
    root, remarks = typeset(broken, source.name, preferences.formulas, _check)
    root, left_open = with_clozes(root, source.name, lines)
    derived = tuple(_with_id(note, found) for note in derive(root, preferences.reverse is not False))
    derived = tuple(vault_marks.with_marks(derived, taken, source.name))
    wrong = (problem for note in derived if (problem := _disagreement(note, source.name)))
    used = {note.span.line for note in (*notes, *derived)}
    problems = (
        *source.diagnostics,
        *marks.problems(found, used, source.name),
        *vault_marks.problems(taken, source.name),
        *(_problem(judged, code, source.name) for judged, code in refused),
        *(_likeness(looks, source.name) if looks and not chosen and not derived else ()),
        *remarks,
        *left_open,
        *(Code.DRAWING.at(source.name, b.span.line, language=name) for b, name in drawings(blocks)),
        *wrong,
        *(Code.JOINED_CELLS.at(source.name, number) for number in joined),
    )
    return Document(
        source=source.name,
        title=taken.title or (one_line(root.heading.content) if root.heading else outline.page_title(root)),
        digest=source.digest,
        root=root,
        ledger=ledger(source.lines, root, derived, dropped, (*found, *vault_marks.structure(taken))),
        derived=derived,
        diagnostics=tuple(d for d in wanted(problems, unwanted) if d.code not in preferences.ignore),
        unwanted=unwanted,
        deck=preferences.deck or taken.deck,
        folders=preferences.folders,
    )


def _blocks(lines: Sequence[str], language: str) -> Blocks:
    """The blocks of a document; code without a language is in that of the program around it."""
    blocks = markdown.blocks(lines)
    if not language:
        return blocks
    return tuple(
        replace(block, language=block.language or language) if isinstance(block, CodeBlock) else block
        for block in blocks
    )


def _chosen(
    name: str,
    lines: Sequence[str],
    blocks: Blocks,
    found: Sequence[Mark],
    preferences: Preferences,
    reading: Reading | None,
    cards: Taken,
) -> tuple[list[Judged], Likeness | None]:
    """The notes of a document in its order: those that the author or the settings mark, and those of its patterns.

    And what else looks like notes, where nobody has said that there are none.
    """
    asked = preferences.questions
    told = list(declared(blocks, reading.asked) if reading else vault_marks.cards(cards, blocks))
    told = [] if asked or SHAPE not in (preferences.shapes or (SHAPE,)) else told
    judged = [Judged(c, tuple(sorted(c.seen)), 1.0) for c in told]
    if told and reading and reading.alone:
        return judged, None
    apart = {n for one in vault_marks.asked(cards) for n in range(one.span.line, one.span.end_line + 1)}
    seen = page(Path(name).stem, [unit for unit in units(lines, blocks) if unit.line not in apart])
    all_rows = bool(reading and reading.rows)
    proposed = [] if asked == NONE else list(filter(None, map(_untorn, patterns(seen, blocks, all_rows))))
    wanted = [p for p in proposed if not preferences.shapes or p.shape in preferences.shapes]
    marked = marks.marked(wanted, found, blocks)
    taken = {n for c in marked for n in range(c.span.line, c.span.end_line + 1)} | seen.clozes
    taken |= {n for c in told for n in range(c.span.line, c.span.end_line + 1)}
    judged += [Judged(c, (marks.SURE,), 1.0) for c in marked]
    if asked:
        weighed = [(1.0, p) for p in named(seen, blocks, asked)]
    else:
        weighed = exported(wanted) if reading and reading.rows else judged_patterns(wanted)
    for part in choose(weighed, taken):
        why = reasons(part.pattern.kind, part.pattern.features)
        judged += (Judged(note, (*why, *sorted(note.seen)), part.probability) for note in part.notes)
    busy = {n for j in judged for n in range(j.candidate.span.line, j.candidate.span.end_line + 1)}
    likely = (p for chance, p in weighed if chance >= THRESHOLD)
    silent = {c.span.line: c for p in likely for c in p.unanswered if not is_link(c.question)}
    judged += (Judged(c, (), 1.0) for c in silent.values() if c.span.line not in busy | taken)
    busy |= silent.keys()
    choices = [p for _, p in weighed] if asked else [p for p in proposed if p.kind == "options"]
    undecided = (c for p in choices for c in p.undecided)
    judged += (Judged(c, (), 1.0) for c in undecided if c.span.line not in busy | taken)
    return sorted(judged, key=lambda j: j.candidate.span.line), None if asked or judged else likeness(
        seen, weighed
    )


def _likeness(looks: Likeness, name: str) -> Iterator[Diagnostic]:
    """What a document without notes looks like, and what takes it."""
    mark = "`<!-- deckbuild: question -->` on the line before each takes them"
    setting = f'`[paths."{name}"]` with `questions = "{looks.setting}"` in deckbuild.toml takes them'
    yield Code.LOOKS_LIKE_NOTES.at(
        name,
        looks.line,
        count=looks.count,
        what=looks.what,
        look="looks" if looks.count == 1 else "look",
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
    return term.at == told.at and is_inside(page.units[term.at].content, end, told.start)


def _disagreement(note: Note, name: str) -> Diagnostic | None:
    """A warning where the formula of a note has other values than the function it is named after."""
    formula = formula_of(note) if note.kind is Kind.FORMULA else None
    if formula is None:
        return None
    from deckbuild.maths.check.known_functions import disagreement

    called = one_line(note.question[0].content) if isinstance(note.question[0], Paragraph) else ""
    why = disagreement(called, formula.text)
    if why is None:
        return None
    return Code.WRONG_FORMULA.at(name, formula.span.line, text=formula.text, name=called, why=why)


def _check(tex: str, display: bool) -> str | None:
    return mathjax.problem(tex, display) if mathjax.available() else None


def _without(lines: Sequence[str], spans: Iterable[SourceSpan]) -> tuple[str, ...]:
    """The lines with those of the spans emptied, so that all others keep their numbers."""
    emptied = {number for span in spans for number in range(span.line, span.end_line + 1)}
    return tuple("" if number in emptied else line for number, line in enumerate(lines, 1))


def _problem(judged: Judged, code: Code, name: str) -> Diagnostic:
    asked = " ".join(block_text(judged.candidate.question).split())
    return code.at(name, judged.candidate.span.line, question=asked)


def _refusal(judged: Judged) -> Code | None:
    if not judged.candidate.answer:
        return Code.NO_RIGHT_OPTION if UNDECIDED in judged.candidate.seen else Code.UNANSWERED
    return Code.PLACEHOLDER if is_placeholder(judged.candidate.answer) else None


def _note(judged: Judged, found: Sequence[Mark]) -> Note:
    candidate = judged.candidate
    note = Note(
        kind=Kind.QA,
        question=candidate.question,
        answer=candidate.answer,
        span=candidate.span,
        shape=candidate.shape,
        cues=judged.cues,
        extras=dict(candidate.extras),
        tags=candidate.tags,
        repeated=candidate.repeated,
    )
    return with_hint(_with_id(note, found))


def _with_id(note: Note, found: Sequence[Mark]) -> Note:
    given = next((m.value for m in found if m.word == "id" and m.target == note.span.line), "")
    return replace(note, id=given) if given else note
