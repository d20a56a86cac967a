"""The text below a headline of Org: blocks, lists, tables and emphasis as Markdown, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.reading import Writer, code_span, escaped, wrapped
from deckbuild.syntax.latex_rules import told_formula

_BEGIN = regex(r"\s*#\+begin_(?P<name>\w+)\s*(?P<rest>.*)", re.IGNORECASE)
_KEYWORD = regex(r"\s*#\+\w[\w-]*(?:\[.*?\])?(?::|\s|$)|\s*#\s|\s*#$")
_SHOWN = regex(
    r"\s*(?:\\begin\{(?P<name>(?:equation|align|alignat|gather|multline|eqnarray|flalign|displaymath)\*?)\}|\\\[(?!.*\\\]\s*\S))"
)
_FIXED = regex(r"\s*:(?:\s(?P<text>.*)|$)")
_TABLE = regex(r"\s*\|")
_RULE = regex(r"\s*\|-[-+|]*\s*$")
_ITEM = regex(
    r"(?P<indent>\s*)(?P<sign>[-+]|\d+[.)]|(?<=\s)\*)\s+(?P<box>\[[ X-]\]\s+)?(?P<text>.*)", re.IGNORECASE
)
_LONG_RULE = regex(r"\s*-{5,}\s*$")
_CODE = ("src", "example")
_LANGUAGES = {
    "emacs-lisp": "lisp",
    "elisp": "lisp",
    "sh": "bash",
    "shell": "bash",
    "C++": "cpp",
    "js": "javascript",
}

_INLINE = regex(
    r"(?P<maths>\\\((?P<tex>.+?)\\\)|\\\[(?P<shown>.+?)\\\]|\$\$(?P<shown2>.+?)\$\$)"
    r"|(?P<dollar>(?<![\w$])\$[^\s$](?:[^$]*[^\s$])?\$(?![\w$]))"
    r"|\[\[(?P<url>[^\[\]]+)\](?:\[(?P<text>[^\[\]]+)\])?\]"
    r"|\[fn:(?P<note>[^\]:]*)(?::(?P<told>[^\]]+))?\]"
    r"|(?<![\w*/_=~+])(?P<sign>[*/_=~+])(?P<inner>[^\s](?:.*?[^\s])?)(?P=sign)(?![\w*/_=~+])"
    r"|(?<=\S)(?P<script>[_^])\{(?P<low>[^{}]*)\}"
    r"|\\(?P<letter>[Aa]lpha|[Bb]eta|[Gg]amma|[Dd]elta|epsilon|zeta|eta|[Tt]heta|kappa|[Ll]ambda|mu|nu|[Xx]i|[Pp]i|rho"
    r"|[Ss]igma|tau|[Pp]hi|chi|[Pp]si|[Oo]mega|(?:left|right)arrow|(?:Right|Left)arrow|to|times|leq?|geq?|neq?|approx"
    r"|infty|pm|cdot)(?:\{\}|(?![A-Za-z{]))"
    r"|<<<?(?P<target>[^<>]+)>>>?|(?P<cloze>\{\{c\d{1,3}::|\}\})"
)
_IMAGE = regex(r"(?:file:)?(?P<path>.+\.(?:png|jpe?g|gif|svg|webp))$", re.IGNORECASE)
_MARKS = {"*": "**", "/": "*", "+": "~~"}


def body(out: Writer, lines: Sequence[tuple[str, int]]) -> None:
    """Write lines with their numbers in the file."""
    at = 0
    while at < len(lines):
        line, number = lines[at]
        if begin := _BEGIN.match(line):
            at = _block(out, lines, at, begin)
        elif _TABLE.match(line):
            at = _table(out, lines, at)
        elif _FIXED.match(line) and not line.strip().startswith("::"):
            end = at
            while end < len(lines) and _FIXED.match(lines[end][0]):
                end += 1
            found = [_FIXED.match(text) for text, _ in lines[at:end]]
            out.code([m["text"] or "" for m in found if m], "", number)
            at = end
        elif shown := _SHOWN.match(line):
            at = _formula(out, lines, at, shown)
        elif _KEYWORD.match(line):
            out.aside[number] = "a setting" if "#+" in line else "a comment"
            at += 1
        elif not line.strip():
            out.gap()
            at += 1
        else:
            _line(out, line, number)
            at += 1
    out.gap()


def inline(text: str) -> str:
    """The Markdown of a text in a line."""
    parts, done = [], 0
    for found in _INLINE.finditer(text):
        parts += [escaped(text[done : found.start()]), _inline(found)]
        done = found.end()
    return "".join((*parts, escaped(text[done:])))


def _inline(found: re.Match[str]) -> str:
    if found["maths"]:
        return told_formula(found["tex"] or found["shown"] or found["shown2"], not found["tex"])
    if found["dollar"] or found["cloze"]:
        return found[0]
    if found["url"]:
        image = _IMAGE.match(found["url"])
        if image and not found["text"]:
            return f"![](<{image['path']}>)"
        text = inline(found["text"] or found["url"])
        inside = found["url"].startswith(("#", "*", "id:"))
        return text if inside else f"[{text}](<{found['url'].removeprefix('file:')}>)"
    if found["note"] is not None:
        return (
            f"^[{inline(found['told'])}]"
            if found["told"]
            else f"[^{found['note']}]" + ":" * (not found.start())
        )
    if found["script"]:
        tag = "sub" if found["script"] == "_" else "sup"
        return f"<{tag}>{escaped(found['low'])}</{tag}>"
    if found["letter"]:
        return told_formula(f"\\{found['letter']}", False)
    if found["target"]:
        return ""
    if found["sign"] in "=~":
        return code_span(found["inner"])
    if found["sign"] == "_":
        return escaped(found[0]) if not found["inner"].strip("_ ") else f"<u>{inline(found['inner'])}</u>"
    return wrapped(_MARKS[found["sign"]], inline(found["inner"]))


def _line(out: Writer, line: str, number: int) -> None:
    if _LONG_RULE.match(line):
        out.gap()
        out.add("---", number)
        out.gap()
    elif item := _ITEM.match(line):
        sign = "-" if item["sign"] in "-+*" else item["sign"]
        out.add(f"{item['indent']}{sign} {inline(item['text'])}", number)
    else:
        text = line.rstrip()
        hard = "\\" if text.endswith("\\\\") else ""
        text = text.removesuffix("\\\\") if hard else text
        lead = len(text) - len(text.lstrip())
        out.add(" " * lead + inline(text.strip()) + hard, number)


def _block(out: Writer, lines: Sequence[tuple[str, int]], at: int, begin: re.Match[str]) -> int:
    """A block up to its end, or to that of all lines where it has none."""
    name = begin["name"].lower()
    closing = f"#+end_{name}"
    end = next((n for n in range(at + 1, len(lines)) if lines[n][0].strip().lower() == closing), len(lines))
    inner = lines[at + 1 : end]
    if name in _CODE or name.startswith("export"):
        language = begin["rest"].split()[0] if name == "src" and begin["rest"].split() else ""
        texts = [text for text, _ in inner]
        margin = min((len(t) - len(t.lstrip()) for t in texts if t.strip()), default=0)
        out.code([t[margin:] for t in texts], _LANGUAGES.get(language, language), lines[at][1])
        _shift(out, len(texts))
    elif name == "comment":
        out.aside.update(dict.fromkeys((number for _, number in lines[at : end + 1]), "a comment"))
    elif name == "quote":
        out.gap()
        with out.inside("> ", "> "):
            body(out, inner)
        out.gap()
    else:
        body(out, inner)
    return end + 1


def _formula(out: Writer, lines: Sequence[tuple[str, int]], at: int, shown: re.Match[str]) -> int:
    """A formula with lines of its own, up to its end, or a line of text where it has none."""
    name = shown["name"]
    closing = f"\\end{{{name}}}" if name else "\\]"
    end = next((n for n in range(at, len(lines)) if lines[n][0].rstrip().endswith(closing)), None)
    if end is None:
        _line(out, *lines[at])
        return at + 1
    tex = "\n".join(text for text, _ in lines[at : end + 1]).strip()
    if not name or name.startswith("equation"):
        tex = tex[len(shown[0].lstrip()) :].removesuffix(closing)
    out.gap()
    out.add(told_formula(tex, True), lines[at][1], lines[end][1])
    out.gap()
    return end + 1


def _shift(out: Writer, count: int) -> None:
    """Code begins on the line below that which opens its block."""
    start = len(out.places) - count - 2 if out.lines and not out.lines[-1] else len(out.places) - count - 1
    for at in range(start, start + count + 1):
        line = out.places[start - 1].line + 1 + at - start
        out.places[at] = SourceSpan(line, line)


def _table(out: Writer, lines: Sequence[tuple[str, int]], at: int) -> int:
    end = at
    while end < len(lines) and _TABLE.match(lines[end][0]):
        end += 1
    rows = [
        ([inline(cell.strip()) for cell in line.strip().strip("|").split("|")], SourceSpan(number, number))
        for line, number in lines[at:end]
        if not _RULE.match(line)
    ]
    titled = end > at + 1 and bool(_RULE.match(lines[at + 1][0])) and len(rows) > 1
    if rows:
        out.rows(rows, titled)
    return end
