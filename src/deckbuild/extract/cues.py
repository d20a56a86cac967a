"""Cues: named evidence for and against a candidate, each a small test with a weight.

The weights are set so that two independent signs make a note: a question mark and a mark around it, a label
before the question, or an unlikely wording carried by its siblings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deckbuild.extract.candidate import Candidate
from deckbuild.extract.marks import SURE
from deckbuild.model import Link, Paragraph
from deckbuild.model.contents import is_contents
from deckbuild.model.text import block_text, inline_text

THRESHOLD = 3.0
"""Evidence at which a candidate is a note."""

NEEDS_COMPANY = frozenset({"unmarked", "alone", "unspaced colons"})

SUPPORT = 2.0
"""Weight of siblings of which at least half are notes by themselves."""

_LONGEST_QUESTION = 400
"""Characters; a paragraph of this length tells, it doesn't ask."""

_ASKS = re.compile(
    r"(?:what|why|how|when (?:to|do|does|did|is|are|was|were|should|would|can|could)|where|who|which|whose"
    r"|explain|describe|compare|discuss|define|differentiate"
    r"|distinguish|list|name|give|derive|prove|show|state|outline|summari[sz]e|walk me|tell me|write"
    r"|can you|could you)\b",
    re.IGNORECASE,
)
_EXERCISE = re.compile(r"(?:true or false|fill in the (?:blanks?|gaps?))\b|[^_]*_{3}", re.IGNORECASE)
"""What asks without a question mark: a statement to judge, or one with a gap."""

_PLACEHOLDER = re.compile(
    r"\[[^\[\]]{3,}\]|(?:your |an? |the )?answers? (?:goes )?here|todo|tbd|to be (?:added|done|written)"
    r"|coming soon|n/?a|\?+|\.\.\.|…|[-–—]+",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A sign that a candidate is a note (weight above 0) or none (below); `holds` gets its question too."""

    name: str
    weight: float
    holds: Callable[[Candidate, str], bool]


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its evidence: the names of the cues that hold, and their sum."""

    candidate: Candidate
    cues: tuple[str, ...]
    score: float


def question(candidate: Candidate) -> str:
    """The candidate's question as plain text."""
    return block_text(candidate.question)


def _saw(name: str) -> Callable[[Candidate, str], bool]:
    return lambda candidate, asked: name in candidate.seen


def _question_mark(candidate: Candidate, asked: str) -> bool:
    return asked.rstrip(" \"'”’)*_").endswith(("?", "？", "؟"))


def _asks(candidate: Candidate, asked: str) -> bool:
    return bool(_ASKS.match(asked.lstrip("\"'“‘(")))


def _exercise(candidate: Candidate, asked: str) -> bool:
    return bool(_EXERCISE.match(asked))


def _ends_with_colon(candidate: Candidate, asked: str) -> bool:
    return asked.endswith((":", "："))


def _too_long(candidate: Candidate, asked: str) -> bool:
    return len(asked) > _LONGEST_QUESTION


def _says_nothing(candidate: Candidate, asked: str) -> bool:
    return bool(asked) and not asked.strip(" ?!.,:;-*_")


def _contents(candidate: Candidate, asked: str) -> bool:
    """Whether the answer is nothing but a list of links to places in the same document."""
    blocks = candidate.answer
    return bool(blocks) and all(map(is_contents, blocks))


CUES: tuple[Cue, ...] = (
    Cue(SURE, 20, _saw(SURE)),
    Cue("question mark", 3, _question_mark),
    Cue("asks", 2, _asks),
    Cue("exercise", 3, _exercise),
    Cue("question label", 3, _saw("question label")),
    Cue("answer label", 3, _saw("answer label")),
    Cue("folded", 3, _saw("folded")),
    Cue("definition", 4, _saw("definition")),
    Cue("question table", 3, _saw("question table")),
    Cue("unspaced colons", 2, _saw("unspaced colons")),
    Cue("options", 3, _saw("options")),
    Cue("repeated labels", 2, _saw("repeated labels")),
    Cue("marked", 1, _saw("marked")),
    Cue("arrow", 1, _saw("arrow")),
    Cue("number", 1, _saw("number")),
    Cue("unmarked", -2, _saw("unmarked")),
    Cue("ends with a colon", -4, _ends_with_colon),
    Cue("too long for a question", -4, _too_long),
    Cue("says nothing", -9, _says_nothing),
    Cue("contents list", -9, _contents),
)


def judge(candidates: Sequence[Candidate]) -> list[Judged]:
    """Each candidate with its evidence; then, once, the support of its siblings.

    What is told by nothing but its wording and its place (`NEEDS_COMPANY`) counts only among siblings: a
    rhetorical question in prose stands alone.
    """
    alone = [_judge(candidate) for candidate in candidates]
    series: defaultdict[tuple[str | int, ...], list[Judged]] = defaultdict(list)
    for judged in alone:
        series[judged.candidate.series].append(judged)
    sure = {name: sum(m.score >= THRESHOLD for m in members) for name, members in series.items()}
    company = {name for name, members in series.items() if len(members) >= 3}
    supported = {name for name in company if 2 * sure[name] >= len(series[name])}
    return [
        Judged(j.candidate, (*j.cues, "siblings"), j.score + SUPPORT)
        if j.candidate.series in supported
        else j
        for j in alone
        if j.candidate.series in company or not _needs_company(j.candidate)
    ]


def _needs_company(candidate: Candidate) -> bool:
    return "question label" not in candidate.seen and not candidate.seen.isdisjoint(NEEDS_COMPANY)


def _judge(candidate: Candidate) -> Judged:
    asked = question(candidate)
    holding = [cue for cue in CUES if cue.holds(candidate, asked)]
    return Judged(candidate, tuple(cue.name for cue in holding), sum(cue.weight for cue in holding))


def is_placeholder(candidate: Candidate) -> bool:
    """Whether the answer only says that one is still to be written."""
    text = block_text(candidate.answer).strip()
    only_link = len(candidate.answer) == 1 and _is_link(candidate.answer[0])
    return bool(_PLACEHOLDER.fullmatch(text)) and not only_link


def _is_link(block: object) -> bool:
    return isinstance(block, Paragraph) and any(
        isinstance(element, Link) and inline_text((element,)).strip() for element in block.content
    )
