r"""What a document's own commands write, put in place of them: `\newcommand{\qa}[2]{\textbf{#1}\\ #2}`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from deckbuild.machine.regex import regex

_DEFINITION = regex(
    r"\\(?:(?:re|provide)?newcommand|DeclareRobustCommand)\*?\s*\{?\\(?P<name>[A-Za-z]+)\}?\s*\[(?P<count>[1-9])\]\s*"
    r"(?P<default>\[[^\[\]\n]*\])?\s*(?=\{)"
)
_WRITES = regex(
    r"\\(?:(?:sub)*section|(?:sub)?paragraph|textbf|textit|emph|underline|textsc|item|begin|par|noindent|bfseries|\\)(?![A-Za-z])"
)
"""What only commands for text have in them. Those for formulas stay: formulas know the macros of their document."""

_PLACE = regex(r"#([1-9])")
_SPACE = regex(r"\s*")
_BREAKS = regex(r"\s*\n\s*\n\s*")
_COMMENT = regex(r"(?<!\\)%[^\n]*\n?\s*")

_ROUNDS = 3
"""How deep commands may stand in the bodies of others."""

MOST = 400_000
"""Characters that a document may grow to."""


def expanded(text: str) -> str:
    """The text, as many lines long, in which such commands are what they write."""
    bodies = _bodies(text)
    if not bodies:
        return text
    call = re.compile(r"\\(" + "|".join(sorted(bodies)) + r")(?![A-Za-z@])")
    for _ in range(_ROUNDS):
        made = _replaced(text, call, bodies)
        if made == text or len(made) > MOST:
            break
        text = made
    return text


def _bodies(text: str) -> dict[str, tuple[int, str, str]]:
    """The commands that write text, each with the number of its arguments, the default of the first, and its body."""
    found = {}
    for told in _DEFINITION.finditer(text):
        end = _closing(text, told.end())
        body = _COMMENT.sub("", text[told.end() + 1 : end])
        if end and _WRITES.search(body) and "#1" in body and f"\\{told['name']}" not in body:
            body = " ".join(_BREAKS.sub(r"\\par ", body).split())
            found[told["name"]] = (int(told["count"]), told["default"] or "", body)
    return found


def _replaced(text: str, call: re.Pattern[str], bodies: Mapping[str, tuple[int, str, str]]) -> str:
    parts, done = [], 0
    for found in call.finditer(text):
        count, default, body = bodies[found[1]]
        told, end = _arguments(text, found.end(), count, default)
        if found.start() < done or len(told) < count or _defines(text, found.start()):
            continue
        lines = text.count("\n", found.start(), end)
        written = _filled(body, told)
        written = written if written.count("\n") <= lines else " ".join(written.split())
        parts += [text[done : found.start()], written, "\n" * (lines - written.count("\n"))]
        done = end
    return "".join((*parts, text[done:]))


def _filled(body: str, told: Sequence[str]) -> str:
    """The body of a command with its arguments."""
    return _PLACE.sub(lambda place: told[int(place[1]) - 1] if int(place[1]) <= len(told) else "", body)


def _defines(text: str, start: int) -> bool:
    """Whether a command stands where it is defined."""
    return (
        text[max(0, start - 30) : start]
        .rstrip("{ ")
        .endswith(("newcommand", "newcommand*", "Command", "def"))
    )


def _arguments(text: str, at: int, count: int, default: str) -> tuple[list[str], int]:
    """The arguments behind a command, and where they end; fewer where its call is another."""
    told: list[str] = []
    if default:
        given = re.compile(r"\s*\[([^\[\]]*)\]").match(text, at)
        told, at = [given[1] if given else default[1:-1]], given.end() if given else at
    while len(told) < count:
        space = _SPACE.match(text, at)
        start = space.end() if space else at
        end = _closing(text, start) if text[start : start + 1] == "{" else 0
        if not end:
            break
        told.append(text[start + 1 : end])
        at = end + 1
    return told, at


def _closing(text: str, start: int) -> int:
    """Where the brace closes that opens at a place; 0 for none."""
    depth, at = 0, start
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] in "{}":
            depth += 1 if text[at] == "{" else -1
            if depth == 0:
                return at
        at += 1
    return 0


_FRAME = regex(r"\\begin\{frame\}(?P<options>\[[^\]\n]*\])?(?!\s*[\[{])")
"""The start of a slide that has no title of its own, but a command for it."""

_OVERLAY = regex(
    r"(\\(?:[A-Za-z]+|(?:begin|end)\{[A-Za-z]+\}))<(?:[\d,.+|@\s-]|[a-z]+(?=[:@|>]))+:?[\d,+-]*>"
)
"""When a part of a slide is shown: `\\item<2->`."""


def plain_slides(text: str) -> str:
    """A text of slides without what is shown when, each slide with a title, if an empty one."""
    text = _OVERLAY.sub(r"\1", text) if "\\begin{frame}" in text else text
    return _FRAME.sub(lambda found: f"\\begin{{frame}}{found['options'] or ''}{{}}", text)
