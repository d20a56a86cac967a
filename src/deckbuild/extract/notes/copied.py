"""Records of labelled values in plain text, as pages copied from the web hold them.

    What is a semaphore?medium
    Type
    conceptual
    Answer
    A counter that …
    Follow-upWhen is a mutex enough?

No list of labels is needed to find them: lines that repeat once a record *are* the labels. A word that many
questions end on without a space (`?medium`) and a word that many last lines start with (`Follow-upWhen`) are
labels glued on by the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.page.roles import role
from deckbuild.machine.regex import regex
from deckbuild.model import Blocks, Paragraph, SourceSpan, Text
from deckbuild.model.text import block_text, normalise
from deckbuild.syntax.excerpt import excerpt
from deckbuild.syntax.units import Unit

LEVELS = frozenset({"easy", "medium", "hard", "basic", "beginner", "intermediate", "advanced", "expert"})

_LONGEST_LABEL = 40
"""Characters; a longer repeated line is a sentence, not a label."""

_FEWEST = 2
"""Labels of a record; one alone is the label of an answer."""

_MOST = 0.8
"""Share of the records that must show a label or a glued word: pages drop a field now and then."""

_GLUED = regex(r"(?P<question>.*[?.!…)])(?P<word>[^\W\d_][\w-]{1,20})$")


class _Record(Struct, frozen=True):
    """Line numbers (from 0) of one record: its question, and each label with the lines of its value."""

    question: int
    values: tuple[tuple[str, int, int], ...]


def copied(units: Sequence[Unit], blocks: Blocks) -> Iterator[Candidate]:
    """The records of a document, wherever they stand in it; nothing where no label repeats."""
    lines = [""] * max((unit.line for unit in units), default=0)
    for unit in units:
        lines[unit.line - 1] = (
            f"{lines[unit.line - 1]} {unit.text}".strip() if unit.kind == "text" else unit.text
        )
    found = _records(lines)
    if not found:
        return
    words = _glued_words([lines[record.question] for record in found])
    prefix = _glued_prefix([_tail(record, lines) for record in found])
    for record in found:
        yield _candidate(record, lines, blocks, words, prefix)


def _records(lines: Sequence[str]) -> list[_Record]:
    labels = _labels(lines)
    if not labels:
        return []
    first = labels[0]
    starts = [at for at, line in enumerate(lines) if line.strip() == first]
    questions = [_line_before(lines, start) for start in starts]
    found = []
    for number, (start, question) in enumerate(zip(starts, questions, strict=True)):
        after = questions[number + 1] if number + 1 < len(starts) else None
        stop = after if after is not None else len(lines)
        if question is not None and stop > start:
            found.append(_Record(question, tuple(_values(lines, start, stop, labels))))
    return found


def _labels(lines: Sequence[str]) -> list[str]:
    """The labels in the order of a record; empty unless one of them announces an answer.

    A repeated line that always follows a label at once is that label's value (`Frequency`, `common`).
    """
    texts = [line.strip() for line in lines]
    counts = Counter(text for text in texts if text and len(text) <= _LONGEST_LABEL)
    answer = next((text for text in counts if role(text) == "answer" and counts[text] >= 2), None)
    if answer is None:
        return []
    enough = max(2, _MOST * counts[answer])
    repeated = {text for text, count in counts.items() if enough <= count <= counts[answer]}
    labels: Counter[str] = Counter()
    place: dict[str, int] = {}
    expects_value = False
    position = 0
    for text in texts:
        if text in repeated and not expects_value:
            labels[text] += 1
            position = 0 if text == answer else position + 1
            place.setdefault(text, len(place))
            expects_value = True
        elif text:
            expects_value = False
    kept = [text for text in labels if labels[text] >= enough]
    if len(kept) < _FEWEST:
        return []
    return sorted(kept, key=lambda text: place[text])


def _values(
    lines: Sequence[str], start: int, stop: int, labels: Sequence[str]
) -> Iterator[tuple[str, int, int]]:
    """Each label of a record, with the first line of its value and the line after its last."""
    heads: list[int] = []
    expects_value = False
    for at in range(start, stop):
        text = lines[at].strip()
        if text in labels and not expects_value:
            heads.append(at)
            expects_value = True
        elif text:
            expects_value = False
    for head, end in zip(heads, [*heads[1:], stop], strict=True):
        yield lines[head].strip(), head + 1, end


def _line_before(lines: Sequence[str], start: int) -> int | None:
    return next((at for at in range(start - 1, -1, -1) if lines[at].strip()), None)


def _glued_words(questions: Sequence[str]) -> frozenset[str]:
    """Words that stand without a space behind most questions, few words for many questions."""
    words = Counter(m["word"] for question in questions if (m := _GLUED.match(question.strip())))
    few = words.keys() <= LEVELS or len(words) <= len(questions) // 2
    return frozenset(words) if few and words.total() >= _MOST * len(questions) else frozenset()


def _glued_prefix(tails: Sequence[str]) -> str:
    """What the last lines of the records start with, up to where a capital follows it at once."""
    tails = [tail for tail in tails if tail]
    if len(tails) < 2:
        return ""
    first, last = min(tails), max(tails)
    for end in range(len(first), 2, -1):
        if not last.startswith(first[:end]):
            continue
        if first[end - 1].islower() and all(tail[end : end + 1].isupper() for tail in tails):
            return first[:end]
    return ""


def _tail(record: _Record, lines: Sequence[str]) -> str:
    """The last line of a record, if it is not the only one of its value."""
    _, start, stop = record.values[-1]
    filled = [line.strip() for line in lines[start:stop] if line.strip()]
    return filled[-1] if len(filled) > 1 else ""


def _candidate(
    record: _Record, lines: Sequence[str], blocks: Blocks, words: frozenset[str], prefix: str
) -> Candidate:
    question = lines[record.question].strip()
    extras: dict[str, str] = {}
    glued = _GLUED.match(question)
    if glued and glued["word"] in words:
        question = glued["question"]
        extras["difficulty" if words <= LEVELS else "label"] = glued["word"]
    answer: Blocks = ()
    explanation: Blocks = ()
    tags: tuple[str, ...] = ()
    end = record.question
    for label, start, stop in record.values:
        body = [at for at in range(start, stop) if lines[at].strip()]
        if not body:
            continue
        end = body[-1]
        if prefix and len(body) > 1 and lines[end].strip().startswith(prefix):
            extras[normalise(prefix)] = lines[end].strip()[len(prefix) :].strip()
            body = body[:-1]
        said = role(label)
        if said == "answer":
            answer = _excerpt(blocks, body)
        elif said == "explanation":
            explanation = _excerpt(blocks, body)
        else:
            text = " ".join(lines[at].strip() for at in body)
            if said == "tags":
                tags = tuple(tag.strip() for tag in text.split(",") if tag.strip())
            else:
                extras[normalise(label)] = text
    line = record.question + 1
    span = SourceSpan(line, line)
    repeats = bool(explanation) and block_text(explanation).strip().startswith(block_text(answer).strip())
    return Candidate(
        "labelled parts",
        (Paragraph(span, (Text(span, question),)),),
        explanation if repeats else (*answer, *explanation),
        SourceSpan(line, end + 1),
        frozenset({"repeated labels"}),
        extras,
        tags,
        answer if repeats else (),
    )


def _excerpt(blocks: Blocks, body: Sequence[int]) -> Blocks:
    return excerpt(blocks, {at + 1: (0, None) for at in body})
