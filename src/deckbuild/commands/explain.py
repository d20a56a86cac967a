"""What became of each line of one source, for people; as a page of HTML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from msgspec import Struct

from deckbuild.decode.source import Source
from deckbuild.ledger.conserved import lost_words
from deckbuild.machine import templates
from deckbuild.model import Claim, Document, Fate, Kind, Note, Refusal, SourceSpan, outline
from deckbuild.model.text import block_text
from deckbuild.report.counted import counted

_GAPS = (Fate.PROSE, Fate.DROPPED)


class NoteReason(Struct, frozen=True):
    """Why there is a note: its shape, and what spoke most for it, the strongest first. Derived notes need nothing."""

    span: SourceSpan
    question: str
    shape: str
    cues: tuple[str, ...]
    joined: str = ""

    @property
    def reason(self) -> str:
        """`heading and body: labelled, ask`; of a derived note the shape alone; then who stands for it."""
        reason = f"{self.shape}: {', '.join(self.cues)}" if self.cues else self.shape
        return f"{reason}; {self.joined}" if self.joined else reason


class Passage(Struct, frozen=True):
    """Lines that belong together: those of one note, of one table, or a gap, from which nothing was taken.

    Blank lines may stand inside a group; only a group of nothing else begins or ends with one.
    """

    claims: tuple[Claim, ...]
    notes: tuple[NoteReason, ...]

    @property
    def fate(self) -> Fate:
        """The fate of the first line, which all have that aren't blank."""
        return self.claims[0].fate

    @property
    def span(self) -> SourceSpan:
        """First and last line."""
        return SourceSpan(self.claims[0].span.line, self.claims[-1].span.end_line)

    @property
    def count(self) -> int:
        """Lines that aren't blank."""
        return sum(_count(claim) for claim in self.claims if claim.fate is not Fate.BLANK)

    @property
    def size(self) -> str:
        """`6 prose lines`."""
        return f"{self.count} {self.fate} line{'s' if self.count > 1 else ''}"

    @property
    def owners(self) -> Iterator[tuple[str, SourceSpan]]:
        """What took the lines, each with its first and last."""
        for owner, same in groupby((c for c in self.claims if c.owner), key=lambda claim: claim.owner):
            claims = tuple(same)
            yield owner, SourceSpan(claims[0].span.line, claims[-1].span.end_line)

    @property
    def reasons(self) -> Iterator[tuple[SourceSpan, str]]:
        """Why there are notes: each by itself with its evidence, those of a table together by their shape."""
        for shape, same in groupby(self.notes, key=lambda note: note.shape):
            notes = tuple(same)
            if len(notes) == 1:
                yield notes[0].span, notes[0].reason
            else:
                yield SourceSpan(notes[0].span.line, notes[-1].span.end_line), f"{len(notes)} × {shape}"

    @property
    def is_gap(self) -> bool:
        """Whether nothing was taken although there was something."""
        return self.fate in _GAPS


class Explanation(Struct, frozen=True, dict=True):
    """A source with the fate of every line.

    `refused` is what could have been notes; `lost` are the words, by line, that the line's owner lacks.
    """

    source: str
    lines: Sequence[str]
    groups: tuple[Passage, ...]
    notes: tuple[NoteReason, ...]
    refused: tuple[Refusal, ...]
    lost: Mapping[int, tuple[str, ...]]

    @cached_property
    def like(self) -> dict[int, Refusal]:
        """By line, the pattern that it could have begun a note of."""
        return {head.line: one for one in self.refused for head in one.heads}

    def place(self, line: int, claim: Claim) -> str:
        """The owner of a line, or why it has none."""
        like = self.like.get(line)
        return claim.owner or (f"like {like.setting or like.what}" if like else claim.why)

    @property
    def gaps(self) -> tuple[Passage, ...]:
        """The gaps in document order."""
        return tuple(group for group in self.groups if group.is_gap)

    def start(self, group: Passage) -> str:
        """The first line of a group that has a word, else its first line."""
        span = group.span
        lines = self.lines[span.line - 1 : span.end_line]
        return next((line for line in lines if any(map(str.isalnum, line))), lines[0]).strip()

    @property
    def totals(self) -> list[tuple[Fate, int, str]]:
        """Each fate that occurs, with its number of lines and their share."""
        counts = dict.fromkeys(Fate, 0)
        for group in self.groups:
            for claim in group.claims:
                counts[claim.fate] += _count(claim)
        return [(fate, n, f"{100 * n / len(self.lines):.0f} %") for fate, n in counts.items() if n]


def explain(
    source: Source, document: Document, is_text: bool = True, joined: Mapping[str, str] | None = None
) -> Explanation:
    """The explanation of a document that was read from a source; words are missed in one that is text only.

    `joined` says by owner of lines, such as `note:12`, that another note stands for the one they make.
    """
    notes = tuple(
        _evidence(note, (joined or {}).get(f"note:{note.span.line}", ""))
        for note, _ in outline.notes(document)
    )
    groups = tuple(_groups(document.ledger, notes))
    lost = lost_words(source.lines, document) if is_text else {}
    return Explanation(source.name, source.lines, groups, notes, document.refusals, lost)


def refusal(one: Refusal) -> str:
    """`12-80: 14 × heading of level 2 (12 %): for it cover, regular; missing ask, size`."""
    span = SourceSpan(one.heads[0].line, one.heads[-1].line)
    spoke = f"for it {', '.join(one.spoke) or 'nothing'}; missing {', '.join(one.missing) or 'nothing'}"
    return f"{lines(span)}: {len(one.heads)} × {one.what} ({one.chance:.0%} likely): {spoke}"


def as_html(explanation: Explanation) -> str:
    """One page that needs nothing else: the source on the left, the fate of its lines on the right."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(templates.folder() / "explain"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("explain.html.j2")
    return template.render(e=explanation, lines=lines, counted=counted, refusal=refusal)


def _evidence(note: Note, joined: str) -> NoteReason:
    question = " ".join(block_text(note.question).split())
    return NoteReason(note.span, question, note.shape, note.cues if note.kind is Kind.QA else (), joined)


def _groups(ledger: Sequence[Claim], notes: Iterable[NoteReason]) -> Iterator[Passage]:
    """The claims in groups, each with the notes that were made of its lines."""
    starting: defaultdict[int, list[NoteReason]] = defaultdict(list)
    for note in notes:
        starting[note.span.line].append(note)
    groups: list[list[Claim]] = []
    blank: list[Claim] = []
    for claim in ledger:
        if claim.fate is Fate.BLANK:
            blank.append(claim)
            continue
        if groups and _belong_together(groups[-1][-1], claim):
            groups[-1] += [*blank, claim]
        else:
            groups += [*([c] for c in blank), [claim]]
        blank.clear()
    for claims in (*groups, *([c] for c in blank)):
        lines = range(claims[0].span.line, claims[-1].span.end_line + 1)
        yield Passage(tuple(claims), tuple(note for line in lines for note in starting.get(line, ())))


def _belong_together(one: Claim, other: Claim) -> bool:
    owners = {claim.owner.partition(".")[0] for claim in (one, other)}
    return one.fate is other.fate and (one.fate in _GAPS or (len(owners) == 1 and "" not in owners))


def _count(claim: Claim) -> int:
    return claim.span.end_line - claim.span.line + 1


def lines(span: SourceSpan) -> str:
    """`12-14`, or `12`: the first and the last line."""
    return f"{span.line}-{span.end_line}" if span.end_line > span.line else f"{span.line}"
