"""The notes, terms, choices and words of each language, read from `notes/*.txt`.

A file has these parts. `[words]` gives the words of layouts (`name: one | another`). In `[notes]` a line with
`? ` asks, and what follows up to the next one answers, as Markdown; a line `=` ends the code that a question
is about. `[terms]` has `term = meaning` lines, `[pairs]` words with their translation, `[claims]` statements
with `yes` or `no`. In `[choices]` each question has options, `- ` wrong ones and `* ` right ones, and a `> `
line that explains.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct

FOLDER = Path(__file__).parent / "notes"

LANGUAGES = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


class Pair(Struct, frozen=True):
    """A question or term, its answer as Markdown, and what the answer consists of."""

    question: str
    answer: str
    kind: str
    """`line`, `lines`, `list`, `steps`, `code` or `table`; `about code` where the question shows code; `term`
    or `claim` for a term or a statement."""

    more: str = ""
    """The code that the question is about."""

    @property
    def text(self) -> str:
        """All its words."""
        return f"{self.question}\n{self.answer}"


class Choice(Struct, frozen=True):
    """A question with options; `right` has the places of the right ones."""

    question: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    why: str
    kind: str

    @property
    def text(self) -> str:
        """All its words."""
        return "\n".join((self.question, *self.options))


class Content(Struct, frozen=True):
    """All that is written in one language."""

    language: str
    words: dict[str, tuple[str, ...]]
    notes: tuple[Pair, ...]
    terms: tuple[Pair, ...]
    pairs: tuple[Pair, ...]
    claims: tuple[Pair, ...]
    choices: tuple[Choice, ...]


@cache
def content(language: str) -> Content:
    """What `notes/LANGUAGE.txt` holds."""
    parts: dict[str, list[str]] = {}
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            part = parts.setdefault(line[1:-1], [])
        else:
            part.append(line)
    words = dict(line.split(": ", 1) for line in parts["words"] if line)
    return Content(
        language=language,
        words={name: tuple(value.split(" | ")) for name, value in words.items()},
        notes=tuple(_note(asked, told) for asked, told in _asked(parts["notes"])),
        terms=tuple(Pair(term, meaning, "term") for term, meaning in _equal(parts["terms"])),
        pairs=tuple(Pair(word, other, "term") for word, other in _equal(parts.get("pairs", []))),
        claims=tuple(Pair(text, words[verdict], "claim") for text, verdict in _equal(parts["claims"])),
        choices=tuple(_choice(asked, told) for asked, told in _asked(parts["choices"])),
    )


def _equal(lines: list[str]) -> list[list[str]]:
    return [line.split(" = ", 1) for line in lines if line]


def _asked(lines: list[str]) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("? "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def _note(asked: str, told: list[str]) -> Pair:
    if "=" in told:
        at = told.index("=")
        return Pair(asked, "\n".join(told[at + 1 :]).strip(), "about code", "\n".join(told[:at]).strip())
    answer = "\n".join(told).strip()
    first = {line[:1] for line in told}
    if "```" in answer:
        kind = "code"
    elif "|" in first:
        kind = "table"
    elif first & {"-", "*"}:
        kind = "list"
    elif "1" in first and len(told) > 2:
        kind = "steps"
    else:
        kind = "lines" if "\n" in answer else "line"
    return Pair(asked, answer, kind)


def _choice(asked: str, told: list[str]) -> Choice:
    options = [line for line in told if line[:2] in ("- ", "* ")]
    right = tuple(place for place, line in enumerate(options) if line.startswith("* "))
    return Choice(
        question=asked,
        options=tuple(line[2:] for line in options),
        right=right,
        why=" ".join(line[2:] for line in told if line.startswith("> ")),
        kind="one right" if len(right) == 1 else "several right",
    )
