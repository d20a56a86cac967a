r"""Dollars: which stand around LaTeX, and which are prices or variables of a shell.

No blank inside the dollars is a library's rule (`dollarmath`), no digit beside them is ours: the library's own takes
the last sign of a text for the one before its first. What it takes is judged by its content here, and what it
leaves although there is LaTeX inside: `$\ce{H2O} $`.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar

from deckbuild.machine.regex import regex

_COMMAND = regex(r"\\[A-Za-z]+(?:\s*\{[^{}]*\})?")
"""A command with its argument, whose words are not prose."""

_WORD = regex(r"[^\W\d_]{3,}")
_SIGN = regex(r"[=^_\\{}+*/<>]|[^\W\d_]\s?[-−]|[-−]\s?[^\W\d_]")
_DOLLAR = regex(r"(?<!\\)\$")
_PRICE = regex(r"\d[\d.,]*\s*(?:[-–/]|to\b|or\b|and\b|[kKmMbB]\b|million|billion)")
_SHELL = regex(r"(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]{2,})*|\{\w+\})(?P<rest>[^\\^{}]*)")
"""The name of a variable and what stands between it and the next dollar."""

_SCRIPT = regex(r"\{?[_^](?:\{[^{}$]{1,12}\}|\w)\}?")
"""What is set below or above a number before it: `1010$_2$`."""

_SEPARATED = regex(r"[\"']|</?[a-z]|[/:.,;=@-]\Z")
"""What parts variables of a shell, and ends no formula."""


_library_block = math_block_dollar(allow_labels=True, allow_blank_lines=True)


def add_dollar_rules(parser: MarkdownIt) -> None:
    """Teach a parser LaTeX between dollars."""
    dollarmath_plugin(parser, allow_space=False, double_inline=True)
    parser.inline.ruler.before("math_inline", "dollars", _dollars)
    parser.block.ruler.at("math_block", _block)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The library's `$$…$$` in lines of its own, but not two in one line with words between."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    if line.startswith("$$") and line.endswith("$$") and "$$" in line[2:-2]:
        return False
    return _library_block(state, start, end, silent)


def _dollars(state: StateInline, silent: bool) -> bool:
    """Keep a dollar as text where it is none of mathematics, and take mathematics with blanks inside.

    Text are those of `[$]` and `[/$]` too, which are Anki's own.
    """
    src, at = state.src, state.pos
    if src[at] != "$" or src[at - 1 : at] == "\\":
        return False
    width = 2 if src.startswith("$$", at) else 1
    start = at + width
    found = _DOLLAR.search(src, start, state.posMax)
    end = found.start() if found else start
    content = src[start:end]
    if not content:
        return False
    if width == 1 and not src[max(at - 1, 0) : at].isdigit():
        closing = _closing(src, start, state.posMax)
        inside = src[start:closing] if closing >= 0 else ""
        if inside and (inside != content or inside != inside.strip()) and _is_latex(inside):
            if not silent:
                token = state.push("math_inline", "math", 0)
                token.content, token.markup = inside.strip(), "$"
            state.pos = closing + 1
            return True
    is_anki = src[at - 1 : at] in ("[", "/") and content.startswith("]")
    beside = src[max(at - 1, 0) : at] + src[end + width : end + width + 1]
    counted = any(map(str.isdigit, beside)) and not _SCRIPT.fullmatch(content)
    if not (is_anki or counted or _is_text(content, src[end + 1 : end + 2])):
        return False
    if not silent:
        state.append_pending(src[at:start])
    state.pos = start
    return True


def _closing(src: str, start: int, limit: int) -> int:
    r"""The dollar that closes mathematics in a line, outside of braces: `$\\ce{A $\alpha$}$`; -1 for none."""
    depth, at = 0, start
    while at < limit and src[at] != "\n":
        if src[at] == "\\":
            at += 2
            continue
        depth += (src[at] == "{") - (src[at] == "}")
        if src[at] == "$" and depth <= 0:
            return at if depth == 0 and not src[at + 1 : at + 2].isdigit() else -1
        at += 1
    return -1


def _is_latex(content: str) -> bool:
    """Whether there is a command of LaTeX, and no prose around it."""
    bare, count = _COMMAND.subn(" ", content)
    return count > 0 and "`" not in content and not _WORD.search(bare) and not _PRICE.match(content)


def _is_text(content: str, behind: str) -> bool:
    """Whether the text between two dollars, with the character `behind` them, is no mathematics.

    Code; a price and what follows it; variables of a shell.
    """
    if "`" in content:
        return True
    if content[0].isdigit():
        said = _WORD.search(_COMMAND.sub(" ", content)) is not None
        return said and (_PRICE.match(content) is not None or not _SIGN.search(content))
    shell = _SHELL.match(content)
    if shell is None or shell.end() != len(content):
        return content.startswith("{") and "}" in content and behind.isidentifier()
    name, rest = content[: shell.start("rest")], shell["rest"]
    if _SEPARATED.search(rest):
        return len(name) > 2
    return behind == "{" or (len(name) > 2 and not rest and (behind.isalnum() or name.startswith("{")))
