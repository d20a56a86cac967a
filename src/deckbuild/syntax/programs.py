"""Program files: their comments are text to read, the code between them stands as code.

Pygments tells comments from strings. Every line keeps its number: a line that is all comment loses its signs, a
line with code gets `CODE` before it, which a rule of the parser takes for code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from markdown_it.rules_block import StateBlock

from deckbuild.machine.regex import regex

CODE = "\x1f"
"""Stands before a line of code. White space to Python; no document that is text has it."""

MOST_CHARACTERS = 300_000
"""Of one program file, which takes three seconds: ten times a long file of questions with code."""

LANGUAGES = {
    suffix: language
    for language, suffixes in {
        "bash": ".sh .bash .zsh",
        "c": ".c .h",
        "clojure": ".clj",
        "cpp": ".cpp .cc .cxx .hpp .hh",
        "csharp": ".cs",
        "dart": ".dart",
        "elixir": ".ex .exs",
        "go": ".go",
        "haskell": ".hs",
        "java": ".java",
        "javascript": ".js .mjs .cjs .jsx",
        "julia": ".jl",
        "kotlin": ".kt .kts",
        "lua": ".lua",
        "matlab": ".m",
        "ocaml": ".ml",
        "perl": ".pl .pm",
        "php": ".php",
        "powershell": ".ps1",
        "python": ".py .pyw",
        "r": ".r",
        "ruby": ".rb",
        "rust": ".rs",
        "scala": ".scala",
        "scheme": ".scm .rkt",
        "mysql": ".sql",
        "swift": ".swift",
        "typescript": ".ts .tsx",
    }.items()
    for suffix in suffixes.split()
}
"""The language of a program by the ending of its file, as Pygments calls it."""

_OPENING = regex(r"\s*(?:/\*+!?|\(\*+|\{-|<#|--\[=*\[|#\||[rRuU]?(?:\"\"\"|'''))")
_CLOSING = regex(r"(?:\*+/|\*+\)|-\}|#>|\]=*\]|\|#|\"\"\"|''')\s*$")
_LINE_SIGN = regex(r"\s*(?:/{2,}!?|#+[!:']?|-{2,}|;+|%+)(?![^\s\w]*$) ?|\s*(?:/{2,}|#|--|;|%)")
_SIGN = regex(r"\s*(?:/[/*]|\*|#|--|;|%)")
_TELLING = regex(r"[?？:：]|^\W*\d")
"""What a remark between two lines of code doesn't have, which says nothing without them."""

_STAR = regex(r"\s*\*(?!/) ?")
_BANNER = regex(r"\s*([^\w\s])\1{3,}\s*[^\w\s]*\s*$")


def language_of(name: str) -> str:
    """The language of a program file; empty for other documents."""
    return LANGUAGES.get(PurePath(name).suffix.lower(), "")


def as_text(lines: Sequence[str], language: str) -> tuple[str, ...]:
    """The lines of a program, those of its comments as text, all others behind `CODE`."""
    found: list[str | None] = [None] * len(lines)
    for number, comment in _comments(lines, language):
        found[number : number + len(comment)] = comment
    text = [line if said is None else said for line, said in zip(lines, found, strict=True)]
    titled = tuple(_titles(text, [said is not None for said in found]))
    return tuple(
        said if here is not None or not line.strip() else CODE + line
        for line, said, here in zip(lines, titled, found, strict=True)
    )


def code_lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule of the parser: lines behind `CODE`, with the blank ones between them, are code."""
    stop = start
    for at in range(start, end):
        if state.src[state.bMarks[at] : state.bMarks[at] + 1] == CODE:
            stop = at + 1
        elif not state.isEmpty(at):
            break
    if stop == start:
        return False
    if silent:
        return True
    state.line = stop
    token = state.push("code_block", "code", 0)
    raw = (state.src[state.bMarks[at] : state.eMarks[at]] for at in range(start, stop))
    token.content = "".join(f"{line.removeprefix(CODE)}\n" for line in raw)
    token.map = [start, stop]
    return True


def _comments(lines: Sequence[str], language: str) -> Iterator[tuple[int, list[str]]]:
    """The comments that have their lines for themselves: the index of the first, and the text of each."""
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    code = "\n".join(lines) + "\n"
    at, before = 0, 0
    for start, end in _whole(lexer.get_tokens_unprocessed(code)):
        at, before = at + code.count("\n", before, start), start
        stop = start + len(code[start:end].rstrip("\n"))
        line_start, line_end = code.rfind("\n", 0, start) + 1, code.find("\n", stop)
        if not code[line_start:start].strip() and code[stop:line_end].strip() in ("", ";"):
            said = _said(code[start:stop].split("\n"))
            inside = start > line_start and at > 0 and _is_code(lines[at - 1 : at], lines[at + 1 : at + 2])
            if not (inside and len(said) == 1 and not _TELLING.search(said[0])):
                yield at, said


def _whole(tokens: Iterable[tuple[int, object, str]]) -> Iterator[tuple[int, int]]:
    """Where comments begin and end; some lexers give those of several lines in pieces."""
    start, whole = 0, ""
    for at, kind, value in tokens:
        name = str(kind)
        is_comment = name.startswith(("Token.Comment", "Token.Literal.String.Doc"))
        if not is_comment or name.startswith(("Token.Comment.Preproc", "Token.Comment.Hashbang")):
            continue
        goes_on = at == start + len(whole) and not (name.endswith("Single") and whole.endswith("\n"))
        if whole and goes_on:
            whole += value
            continue
        if whole:
            yield start, start + len(whole)
        start, whole = at, value
    if whole:
        yield start, start + len(whole)


def _is_code(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether code stands right before a line and right after it."""
    return all(line.strip() and not _SIGN.match(line) for line in (*before, *after))


def _said(comment: list[str]) -> list[str]:
    """The lines of a comment without its signs."""
    if not _OPENING.match(comment[0]):
        return [_LINE_SIGN.sub("", line, count=1) for line in comment]
    comment = [_OPENING.sub("", comment[0], count=1), *comment[1:]]
    comment[-1] = _CLOSING.sub("", comment[-1])
    starred = [line for line in comment[1:] if line.strip()]
    if starred and all(map(_STAR.match, starred)):
        comment[1:] = [_STAR.sub("", line, count=1) for line in comment[1:]]
    indents = [len(line) - len(line.lstrip()) for line in comment[1:] if line.strip()]
    margin = min(indents, default=0)
    return [comment[0].strip(), *(line[margin:].rstrip() for line in comment[1:])]


def _titles(text: Sequence[str], commented: Sequence[bool]) -> Iterator[str]:
    """The lines, a line of comment between two rows of signs as a title; rows without a line above are blank."""
    banner = [here and bool(_BANNER.match(line)) for line, here in zip(text, commented, strict=True)]
    for at, line in enumerate(text):
        said = commented[at] and line.strip() and not banner[at]
        if said and 0 < at < len(text) - 1 and banner[at - 1] and banner[at + 1]:
            yield f"# {line.strip()}"
        elif banner[at]:
            yield ""
        else:
            yield line
