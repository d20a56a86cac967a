"""The steps that make a document of its lines, in one list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from deckbuild.decode.source import Source
from deckbuild.derive.clozes import with_clozes
from deckbuild.derive.derive import both_ways, derive
from deckbuild.derive.facets import with_topics
from deckbuild.derive.footnotes import untold
from deckbuild.derive.named_formulas import formula_of
from deckbuild.extract import marks, vault_marks
from deckbuild.extract.declared import blocks_between
from deckbuild.extract.patterns.likeness import refusals as refused_patterns
from deckbuild.extract.tree import tree
from deckbuild.ledger.ledger import ledger
from deckbuild.maths.check import mathjax
from deckbuild.maths.find.quiet import is_quiet_section
from deckbuild.model import (
    Blocks,
    Claim,
    CodeBlock,
    Diagnostic,
    Document,
    Fate,
    Kind,
    Note,
    Paragraph,
    Section,
    SourceSpan,
    outline,
)
from deckbuild.model.text import one_line
from deckbuild.read.notes import as_note, choose_notes, looks_like_notes, refusal, why_refused, with_id
from deckbuild.read.preferences import Preferences
from deckbuild.read.readings import aside, with_readings
from deckbuild.report.diagnostics import Code
from deckbuild.report.ignored import wanted
from deckbuild.syntax import markdown, programs
from deckbuild.syntax.drawings import drawings
from deckbuild.syntax.formats.reading import Reading
from deckbuild.syntax.line_breaks import lines_of, with_breaks
from deckbuild.syntax.table_pipes import cut_rows, join_cells
from deckbuild.syntax.vaults.taken import Taken


def document(source: Source, preferences: Preferences, reading: Reading | None = None) -> Document:
    """The document of a source's lines, or of those that a reader of another format has made of them."""
    language = programs.language_of(source.name)
    text = programs.as_text(source.lines, language) if language else source.lines
    if reading:
        taken = Taken(tuple(text), tags=reading.tagged, both_ways=reading.both_ways, extra=reading.extra)
    else:
        taken = Taken(tuple(text)) if language else vault_marks.take(text)
    asked = reading.asked if reading else vault_marks.asked(taken)
    unmarked, found = marks.take_marks(taken.lines)
    lines: Sequence[str]
    lines, joined, longer = join_cells(unmarked)
    blocks = blocks_between(lines, asked) if asked else _blocks(lines, language)
    dropped = dict.fromkeys(marks.skipped(found, blocks), "marked as skipped")
    unwanted = marks.unwanted(found, blocks)
    if dropped:
        lines = _without(lines, dropped)
        blocks = blocks_between(lines, asked) if asked else _blocks(lines, language)
    choice = choose_notes(source.name, lines, blocks, found, preferences, reading, taken)
    refusals = [(judged, why_refused(judged)) for judged in choice.notes]
    notes = [as_note(judged, found) for judged, code in refusals if code is None]
    taken = vault_marks.with_tags(taken, (*(reading.tags if reading else ()), *preferences.tags))
    notes = vault_marks.with_marks(notes, taken, source.name)
    notes = both_ways(notes) if preferences.reverse else notes
    refused = [(judged, code) for judged, code in refusals if code]
    dropped |= {judged.candidate.span: code.slug for judged, code in refused}
    flows = reading is not None and reading.flows and preferences.line_breaks is None
    kept = False if flows else preferences.line_breaks
    width = lines_of(lines, blocks, kept)
    broken = with_breaks(with_topics(tree(lines, blocks, notes)), width)
    root, remarks = _with_formulas(broken, source.name, preferences)
    root, left_open = with_clozes(root, source.name, lines)

    def marked(made: Sequence[Note]) -> list[Note]:
        return vault_marks.with_marks([with_id(note, found) for note in made], taken, source.name)

    derived = tuple(marked(derive(root, preferences.reverse is not False)))
    unasked_notes = [as_note(judged, found) for judged in choice.aside if why_refused(judged) is None]
    if other := aside(blocks, choice.tables, notes, unasked_notes):
        other, _ = _with_formulas(with_breaks(other, width), source.name, preferences)
        other, _ = with_clozes(other, source.name, lines)
        root, derived = with_readings(root, derived, other, preferences, marked)
    fates = ledger(source.lines, root, derived, dropped, (*found, *vault_marks.structure(taken)))
    overlooked = refused_patterns(choice.refused, _free(fates))
    is_empty = not choice.notes and not derived
    rows = bool(reading and reading.rows)
    wrong = (problem for note in derived if (problem := _disagreement(note, source.name)))
    used = {note.span.line for note in (*notes, *derived)}
    problems = (
        *source.diagnostics,
        *marks.problems(found, used, source.name),
        *vault_marks.problems(taken, source.name),
        *(refusal(judged, code, source.name) for judged, code in refused),
        *looks_like_notes(choice, overlooked, source.name, is_empty, rows),
        *remarks,
        *left_open,
        *untold(root, source.name),
        *(Code.DRAWING.at(source.name, b.span.line, language=name) for b, name in drawings(blocks)),
        *wrong,
        *(Code.JOINED_CELLS.at(source.name, number) for number in joined),
        *(Code.CUT_ROW.at(source.name, number) for number in cut_rows(longer, blocks)),
    )
    return Document(
        source=source.name,
        title=outline.shortened(taken.title) or _title(root, reading),
        digest=source.digest,
        root=root,
        ledger=fates,
        derived=derived,
        diagnostics=tuple(d for d in wanted(problems, unwanted) if d.code not in preferences.ignore),
        unwanted=unwanted,
        deck=preferences.deck or taken.deck or (reading.deck if reading else ""),
        folders=preferences.folders,
        reverse=preferences.reverse,
        refusals=overlooked,
    )


def _free(fates: Iterable[Claim]) -> set[int]:
    """The lines from which nothing was taken."""
    free = (claim.span for claim in fates if claim.fate in (Fate.PROSE, Fate.STRUCTURE))
    return {line for span in free for line in range(span.line, span.end_line + 1)}


def _with_formulas(
    root: Section, name: str, preferences: Preferences
) -> tuple[Section, tuple[Diagnostic, ...]]:
    """The tree with its formulas, and what to tell of them; mathematics is loaded where there may be some."""
    if not preferences.formulas and is_quiet_section(root):
        return root, ()
    from deckbuild.maths.set.typeset import typeset

    return typeset(root, name, preferences.formulas, _check)


def _title(root: Section, reading: Reading | None) -> str:
    """What a document calls itself; a file of rows has no title, its first lines are settings and names of columns."""
    if root.heading:
        return outline.title(root.heading)
    return "" if reading and reading.rows else outline.page_title(root)


def _blocks(lines: Sequence[str], language: str) -> Blocks:
    """The blocks of a document; code without a language is in that of the program around it."""
    blocks = markdown.blocks(lines)
    if not language:
        return blocks
    return tuple(
        replace(block, language=block.language or language) if isinstance(block, CodeBlock) else block
        for block in blocks
    )


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
