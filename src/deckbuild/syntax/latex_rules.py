r"""How Markdown sees mathematics: LaTeX between `\(…\)`, `\[…\]` and in its own environments, and `2*x*y`.

Dollars are a library's (`dollarmath`), and so are environments (`amsmath`). A `|` inside `$…$`, which parts a
table row, is seen before the parser runs (`table_pipes`).
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from deckbuild.machine.regex import regex

_TOLD = regex(r"\{\x0e(?P<display>\x0e?)(?P<tex>[^\x0e]+)\x0e\}")
"""A formula as `told_formula` writes it; no text has such a character."""

_MATHEMATICAL = regex(r"[\\^_=+*/<>{}]|[^\W\d]\s*-|-\s*[^\W\d]|^\s*[A-Za-z]\s*$|[^\x00-\x7f]")
_FUNCTIONS = frozenset("arg cos cot csc det dim exp gcd inf ker lim log max min mod sec sin sup tan".split())
"""Words of formulas that are short for functions."""

_OPENING = regex(r"\\{1,2}[(\[]")
_NEXT = {
    opening: regex(rf"(?<!\\){re.escape(opening)}|(?P<end>{re.escape(closing)})")
    for opening, closing in ((r"\(", r"\)"), (r"\[", r"\]"), (r"\\(", r"\\)"), (r"\\[", r"\\]"))
}
"""What closes a bracket, or opens another one like it: then the first is no formula."""

_CLOSING = {"\\(": "\\)", "\\[": "\\]", "$": "$", "[": "]"}
_BARE_ENVIRONMENT = regex(r"\[\s*(\\begin\{([a-z]+\*?)\}.*\\end\{\2\})\s*\]")
_NAMED = regex(r"\\[A-Za-z]{2}")
_ESCAPED = regex(r"\\([_*])")
_BEHIND_NUMBER = regex(r"\$(\\[A-Za-z]{2}[^$`\n]*)(?<=[^\s\\])\$(?!\d)")
_COMMAND = regex(r"\\[A-Za-z]+\*?(?:\s*\{[^{}]*\})?")
_STRONG = regex(r"[\^_={}<>]")
_REFERENCE = regex(r"://|\*\*|\b(?:doi|arxiv|isbn)\s*:|^\s*\^", re.IGNORECASE)
_STOP = regex(r"[^\W\d_]{2}[.,;:]\s")
_WORD = regex(r"[^\W\d_]{3,}")
_FACTOR_BEFORE = regex(r"(?:(?<![A-Za-z])[A-Za-z]{1,2}|[0-9)\]}²³¹⁰-₎ₐ-ₜα-ω'])$")
_FACTOR_BEHIND = regex(r"[A-Za-z]{1,2}(?![A-Za-z])|[A-Za-z]\w*\(|[0-9([√Σ∂α-ω]")


def add_latex_rules(parser: MarkdownIt) -> None:
    """Teach a parser bracketed LaTeX, and that a star between two factors is no emphasis."""
    parser.inline.ruler.before("text", "told", _told)
    parser.inline.ruler.before("escape", "tex_brackets", _brackets)
    parser.inline.ruler.before("dollars", "math_behind_number", _behind_number)
    parser.block.ruler.before(
        "fence",
        "bracketed_block",
        _bracketed_block,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    parser.inline.ruler.before("emphasis", "product_sign", _product_sign)


def told_formula(tex: str, display: bool) -> str:
    """LaTeX as a formula for the parser that nothing else can be, on one line."""
    one = " ".join(tex.replace("\x0e", "").split())
    return f"{{\x0e{chr(14) * display}{one}\x0e}}" if one else ""


def bracketed(text: str) -> str:
    """Text with the formulas in it between brackets, as raw HTML may hold them."""
    return _TOLD.sub(lambda found: rf"\({found['tex']}\)", text)


def _told(state: StateInline, silent: bool) -> bool:
    """A formula between signs that readers of other formats write."""
    match = _TOLD.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("math_inline_double" if match["display"] else "math_inline", "math", 0)
        token.content = match["tex"]
    state.pos = match.end()
    return True


def _brackets(state: StateInline, silent: bool) -> bool:
    r"""`\(x^2\)` and `\[x^2\]`; `\[citation needed\]` are escaped brackets around words."""
    src, start = state.src, state.pos
    opening = _OPENING.match(src, start)
    if not opening:
        return False
    found = _NEXT[opening[0]].search(src, opening.end(), state.posMax)
    if not found or not found["end"]:
        return False
    closing, content = found["end"], src[opening.end() : found.start()]
    if not _MATHEMATICAL.search(content.strip()) or _is_prose(content):
        return False
    if len(closing) > 2 and not _NAMED.search(content):
        return False
    if not silent:
        token = state.push("math_inline" if closing[-1] == ")" else "math_inline_double", "math", 0)
        token.content, token.markup = content, opening[0]
    state.pos = found.end()
    return True


def _behind_number(state: StateInline, silent: bool) -> bool:
    r"""`1.91$\frac{kJ}{K}$`: dollars against a digit, which are no prices, since a command stands between them."""
    match = _BEHIND_NUMBER.match(state.src, state.pos)
    if not match or not state.src[state.pos - 1 : state.pos].isdigit() or match.end() > state.posMax:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = match[1], "$"
    state.pos = match.end()
    return True


def _is_prose(content: str) -> bool:
    """Whether what stands in escaped brackets is a citation, an address or a remark rather than mathematics."""
    if _REFERENCE.search(content):
        return True
    bare, commands = _COMMAND.subn(" ", content)
    words = len([word for word in _WORD.findall(bare) if word not in _FUNCTIONS])
    signs = commands + len(_STRONG.findall(bare))
    return words > (2 if _STOP.search(bare) or "=" not in bare else 6) * signs


def _bracketed_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""`\(`, `\[` or a dollar in a line of its own, an environment below it, and the line that closes it.

    Otherwise the environment would be a formula by itself, between two lone brackets. Pages that are copied have bare
    `[` and `]` there, around any LaTeX, and around an environment in a single line too.
    """
    opening = state.getLines(start, start + 1, state.blkIndent, False).strip()
    if state.is_code_block(start):
        return False
    if match := _BARE_ENVIRONMENT.fullmatch(opening):
        return silent or _push_block(state, match[1], start, 1)
    closing = _CLOSING.get(opening)
    if not closing or start + 1 >= end:
        return False
    first = state.getLines(start + 1, start + 2, state.blkIndent, False)
    if opening != "[" and not first.strip().startswith("\\begin{"):
        return False
    length = _length(state, start + 1, end, closing)
    if not length:
        return False
    content = state.getLines(start + 1, start + 1 + length, state.blkIndent, False)
    if opening == "[" and (not _NAMED.search(content) or _is_prose(content)):
        return False
    return silent or _push_block(state, content, start, length + 2)


def _length(state: StateBlock, start: int, end: int, closing: str) -> int:
    """The lines up to the one that closes; 0 where a blank line or another opening, in no formula, comes first."""
    for number in range(start, end):
        line = state.getLines(number, number + 1, state.blkIndent, False).strip()
        if line == closing:
            return number - start
        if not line or line in _CLOSING:
            break
    return 0


def _push_block(state: StateBlock, content: str, start: int, lines: int) -> bool:
    token = state.push("math_block", "math", 0)
    token.content, token.map = content, [start, start + lines]
    state.line = start + lines
    return True


def _product_sign(state: StateInline, silent: bool) -> bool:
    """Keep a star as text between two short factors, as in `2*x*y`: CommonMark would make the x italic.

    In `*f*(x)` the second star closes what the first has opened.
    """
    src, at = state.src, state.pos
    if src[at] != "*" or "*" in (src[at - 1 : at], src[at + 1 : at + 2]):
        return False
    factor = _FACTOR_BEFORE.search(src[max(0, at - 3) : at])
    if not factor or not _FACTOR_BEHIND.match(src, at + 1):
        return False
    if src[at - len(factor[0]) - 1 : at] == f"*{factor[0]}" and not state.pending.endswith(f"*{factor[0]}"):
        return False
    if not silent:
        state.append_pending("*")
    state.pos += 1
    return True


def unescaped(content: str, markup: str) -> str:
    r"""LaTeX without the backslashes that a page's parser takes away: between `\\[` and `\\]`, `\_` is an index."""
    return _ESCAPED.sub(r"\1", content) if markup.startswith("\\\\") else content
