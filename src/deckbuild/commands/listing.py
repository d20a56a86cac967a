"""What was extracted, as plain records for `deckbuild list`. Other programs build on these fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from deckbuild.identity.collate import collate
from deckbuild.identity.joining import join
from deckbuild.identity.lock import Lock
from deckbuild.model import Document, Formula, SourceSpan, Table, inline_runs, inner_inlines, outline
from deckbuild.model.text import block_text, inline_text
from deckbuild.report import formats
from deckbuild.report.counted import counted

Record = dict[str, Any]
Lister = Callable[[Sequence[Document], Lock | None], Iterable[Record]]


def notes(documents: Sequence[Document], lock: Lock | None) -> Iterator[Record]:
    """Every note in document order; `guid` is null where the lock doesn't know the note."""
    entries = collate(documents, lock or Lock(""), 0, "").entries
    known = {record.guid for record in lock.notes} if lock else frozenset()
    for entry in entries:
        note = entry.note
        yield {
            "kind": note.kind,
            "question": " ".join(block_text(note.question).split()),
            "answer": block_text(note.answer),
            "source": entry.source,
            "line": note.question[0].span.line if note.question else note.span.line,
            "end_line": note.span.end_line,
            "section": entry.section,
            "tags": note.tags,
            "extras": note.extras,
            "guid": entry.guid if entry.guid in known else None,
            "shape": note.shape,
            "cues": note.cues,
        }


def tables(documents: Sequence[Document], lock: Lock | None) -> Iterator[Record]:
    """Every table, those inside answers too."""
    for document in documents:
        for block, titles in outline.blocks(document):
            if isinstance(block, Table):
                yield {
                    **_place(document, block.span),
                    "section": titles,
                    "header": [inline_text(cell) for cell in block.header.cells],
                    "rows": [[inline_text(cell) for cell in row.cells] for row in block.rows],
                }


def formulas(documents: Sequence[Document], lock: Lock | None) -> Iterator[Record]:
    """Every occurrence of a formula, in document order."""
    for document in documents:
        for block, _ in outline.blocks(document):
            inside = (e for run in inline_runs(block) for e in inner_inlines(run))
            for element in (block, *inside):
                if isinstance(element, Formula):
                    yield {
                        **_place(document, element.span),
                        "text": element.text,
                        "latex": element.tex,
                        "display": element.display,
                        "why": element.why,
                    }


def ledger(documents: Sequence[Document], lock: Lock | None) -> Iterator[Record]:
    """Every line of every source with its fate."""
    joined = joined_notes(documents, lock) if lock else {}
    for document in documents:
        for claim in document.ledger:
            owner = claim.owner.partition(".")[0]
            for line in range(claim.span.line, claim.span.end_line + 1):
                yield {
                    "source": document.source,
                    "line": line,
                    "fate": claim.fate,
                    "owner": claim.owner,
                    "why": "; ".join(filter(None, (claim.why, joined.get((document.source, owner))))),
                }


def joined_notes(documents: Sequence[Document], lock: Lock) -> dict[tuple[str, str], str]:
    """By source and owner of lines, which note of the lock stands for the one that they make."""
    heads = {record.guid: record for record in lock.notes}
    joined = {guid: heads.get(record.joined) for guid, record in heads.items() if record.joined}
    if not joined:
        return {}
    return {
        (entry.source, f"note:{entry.note.span.line}"): f"joined to “{head.question}” of {head.source}"
        for entry in collate(documents, lock, 0, "").entries
        if (head := joined.get(entry.guid))
    }


def duplicates(documents: Sequence[Document], lock: Lock | None) -> Iterator[Record]:
    """Groups of notes that ask the same, with what was decided of them; `joined` is who stands for a note."""
    before = lock or Lock("")
    made = join(collate(documents, before, 0, ""), before, 0, grouped=True)
    records = {record.guid: record for record in made.lock.notes}
    known = {record.guid for record in before.notes}
    places = {entry.guid: f"{entry.source}:{entry.note.span.line}" for entry in made.entries}
    decided = {decision.pair: decision.verdict for decision in before.decisions}
    for group in made.groups:
        members = [made.entries[place] for place in group.members]
        guids = sorted(entry.guid for entry in members)
        verdicts = {decided[two] for two in combinations(guids, 2) if two in decided}
        yield {
            "notes": [
                {
                    "source": entry.source,
                    "line": entry.note.span.line,
                    "question": " ".join(block_text(entry.note.question).split()),
                    "guid": entry.guid if entry.guid in known else None,
                    "joined": (head := records[entry.guid].joined) and places.get(head, head),
                }
                for entry in members
            ],
            "verdict": group.verdict,
            "score": group.score,
            "why": group.why,
            "decided": sorted(verdicts),
        }


def diagnostics(documents: Sequence[Document], lock: Lock | None) -> Iterator[Record]:
    """Every problem found while reading."""
    for document in documents:
        for problem in document.diagnostics:
            yield formats.record(problem)


LISTINGS: dict[str, Lister] = {
    "notes": notes,
    "tables": tables,
    "formulas": formulas,
    "ledger": ledger,
    "duplicates": duplicates,
    "diagnostics": diagnostics,
}
"""What `list --what` can show."""


def as_text(record: Record) -> str:
    """One record as one line for people: where, then what."""
    if "notes" in record:
        places = ", ".join(f"{n['source']}:{n['line']}" for n in record["notes"])
        return f"{record['verdict']}: {places}: {record['notes'][0]['question']}"
    what: dict[str, Callable[[Record], str]] = {
        "kind": lambda r: f"{r['kind']}: {r['question']}",
        "header": lambda r: f"{' | '.join(r['header'])} ({counted(len(r['rows']), 'row')})",
        "fate": lambda r: " ".join(filter(None, (f"{r['fate']:9}", r["owner"], r["why"]))),
        "message": lambda r: f"{r['severity']}: {r['message']} [{r['code']}]",
        "text": lambda r: r["text"],
    }
    shown = next(show(record) for name, show in what.items() if name in record)
    return f"{record['source']}:{record['line']}: {shown}"


def _place(document: Document, span: SourceSpan) -> Record:
    return {"source": document.source, "line": span.line, "end_line": span.end_line}
