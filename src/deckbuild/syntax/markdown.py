"""Markdown as blocks with spans, and slips of its authors put right.

Any text at all is Markdown, so only `limits` end this step. What the parser knows is in `parser`, what its tokens
become in `tokens`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markdown_it.token import Token

from deckbuild.machine.regex import regex
from deckbuild.model import Blocks, Paragraph, SourceSpan, Text
from deckbuild.syntax.parser import parser
from deckbuild.syntax.tokens import token_blocks
from deckbuild.syntax.vaults.prose import prose_lines

_MARKED_UP = regex(r"[\\`*_\[\]<>!&$=|#~^:\t\0\x0e]|^ {4}|^\s*(?:[-+]|\d+[.)])")
"""Any sign that could be markup."""

_HEADING = regex(r"#{1,6}\s")
_ITEM = regex(r"\s*(?:[-*+]|\d+[.)])\s")
CODE = regex(
    r"[{}<>;=$\\]|\w\(|^\s*(?:import|from|def|class|for|while|if|return|print|public|private|void|const|let|var|#|//|>>>"
    r"|sudo|git|npm|pip|cd|docker|kubectl|apt|curl|make)\b"
)
"""What program code and commands have, and prose hardly."""

_MOST_CUTS = 20
"""Fences of one document that may have been left open by mistake; all behind each are parsed once more."""


def blocks(lines: Sequence[str], first: int = 1, cuts: int = _MOST_CUTS) -> Blocks:
    """The blocks of `lines`, the first of which is line `first` of its source.

    A fence that is never closed ends before the next heading, and one that closes on a line with a sentence behind it
    there, `cuts` times at most; a fence of Markdown around nearly everything is taken off: these are slips of the
    author that would turn the rest of the document into code. Blanks inside the signs of bold text that begins a line,
    `** Keel **`, are slips, too. Raises `Tangled` for a paragraph beyond the limits.
    """
    if len(lines) == 1 and not _MARKED_UP.search(lines[0]):
        return _plain(lines[0], first)
    if cuts and (glued := _glued(lines)):
        at, text = glued
        return blocks(lines[:at], first, 0) + blocks((text, *lines[at + 1 :]), first + at, cuts - 1)
    lines = _with_bold(_with_outer(lines))
    tokens = parser(_has_indented_code(lines)).parse("\n".join(lines), {"first": first})
    if around := _fence_around(tokens, lines):
        start, end, stop = around
        parts = ((0, start), (start + 1, end), (stop, len(lines)))
        return tuple(b for at, to in parts if at < to for b in blocks(lines[at:to], first + at))
    last = tokens[-1] if tokens else None
    if last and last.type == "fence" and last.map:
        start, stop = last.map
        if not _closes_fence(lines[stop - 1], last.markup):
            headings = (
                at for at in range(start + 2, stop) if _HEADING.match(lines[at]) and not lines[at - 1].strip()
            )
            cut = next(headings, None) if cuts else None
            if cut is not None:
                return blocks(lines[:cut], first) + blocks(lines[cut:], first + cut, cuts - 1)
    return token_blocks(tokens, lines, first)


_FENCE = regex(r"(?P<before>[\s>]*)(?P<sign>`{3,}|~{3,})\s*(?P<behind>(?:(?!```).)*)")
_SENTENCE = regex(r"[^\x00-\x7f\W\d_].*|[A-Z][\w,;’'()-]*(?: [\w,;’'()-]+){3,}[.:!?]")
"""What is no name of a language behind a fence: words of other scripts, or a whole sentence."""


def _with_outer(lines: Sequence[str]) -> Sequence[str]:
    """The lines with a longer sign for fences of Markdown that hold another fence: two in a row close both."""
    signed = [at for at, line in enumerate(lines) if "```" in line and _FENCED.match(line)]
    if len(signed) < _NESTED:
        return lines
    made = list(lines)
    for outer, inner, end, last in zip(signed, signed[1:], signed[2:], signed[3:], strict=False):
        names = [lines[at].strip(" `").lower() for at in (outer, inner, end, last)]
        nested = names[0] in ("markdown", "md") and names[1] and not (names[2] or names[3])
        if nested and not any(line.strip() for line in lines[end + 1 : last]):
            made[outer], made[last] = f"`{lines[outer].lstrip()}", f"`{lines[last].lstrip()}"
    return made


_FENCED = regex(r" {0,3}```[^`]*$")
_NESTED = 4
"""Lines with signs of fences that one fence in another has."""


def _glued(lines: Sequence[str]) -> tuple[int, str] | None:
    """The first line that closes a fence and goes on with a sentence, and this sentence, as translators leave it."""
    opened = ""
    for at, line in enumerate(lines):
        match = _FENCE.fullmatch(line) if "```" in line or "~~~" in line else None
        if not match:
            continue
        if not opened:
            opened = match["sign"] if "`" not in match["behind"] else ""
        elif match["sign"].startswith(opened):
            behind = match["behind"].strip()
            if behind and _SENTENCE.fullmatch(behind):
                return at, match["before"] + match["behind"]
            opened = opened if behind else ""
    return None


_SPACED = regex(
    r"(?P<before> {0,3}(?:[-+*>]\s+|\d{1,3}[.)]\s+|#{1,6}\s+)*)"
    r"\*\*(?P<one> ?)(?P<text>[^\s*](?:[^*\t]*[^\s*])?)(?P<other> ?)\*\*(?P<behind>\s*|\s*[:：–—-][^*]*)"
)
"""Bold text that is a line, or stands before a colon or a dash; elsewhere two asterisks may be an operator."""


def _with_bold(lines: Sequence[str]) -> Sequence[str]:
    """The lines with bold text at their start as its author meant it, where blanks keep it from being read so."""
    if not any("** " in line or " **" in line for line in lines):
        return lines
    return [_bold(line) if prose else line for line, prose in zip(lines, prose_lines(lines), strict=True)]


def _bold(line: str) -> str:
    match = _SPACED.fullmatch(line) if "** " in line or " **" in line else None
    if not match or not (match["one"] or match["other"]):
        return line
    return f"{match['before']}**{match['text']}**{match['behind']}"


_AROUND = 0.8
"""Share of a document's lines within a fence of Markdown from which it is meant to be read, as answers of chats are."""


def _fence_around(tokens: Sequence[Token], lines: Sequence[str]) -> tuple[int, int, int] | None:
    """A fence of Markdown around nearly everything: where it begins, where its text ends, where it does itself."""
    for token in tokens:
        if token.type != "fence" or token.level or token.info.strip().lower() not in ("markdown", "md"):
            continue
        start, stop = token.map or (0, 0)
        end = stop - _closes_fence(lines[stop - 1], token.markup)
        held = sum(bool(line.strip()) for line in lines[start:stop])
        whole = sum(bool(line.strip()) for line in lines)
        return (start, end, stop) if held >= _AROUND * whole and end > start + 1 else None
    return None


def _plain(line: str, number: int) -> Blocks:
    """One line without any markup, as the parser would give it, a hundred times as fast."""
    text = line.strip()
    span = SourceSpan(number, number)
    return (Paragraph(span, (Text(span, text),)),) if text else ()


def _closes_fence(line: str, markup: str) -> bool:
    text = line.strip(" >")
    return len(text) >= len(markup) and set(text) == {markup[0]}


def _has_indented_code(lines: Sequence[str]) -> bool:
    """Whether lines that are indented by four columns behind a blank one are mostly code, as CommonMark takes them.

    Authors of notes indent answers and options far more often than code.
    """
    indented = [
        line
        for before, line in pairwise(("", *lines))
        if line.startswith(("    ", "\t")) and line.strip() and not _ITEM.match(line) and not before.strip()
    ]
    return bool(indented) and sum(map(bool, map(CODE.search, indented))) >= len(indented) / 2
