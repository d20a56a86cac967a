"""Text of LaTeX as Markdown, collected paragraph by paragraph with the lines that it comes from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexSpecialsNode,
)

from deckbuild.machine.regex import regex
from deckbuild.syntax.formats import latex_names as names
from deckbuild.syntax.formats.reading import Writer, broken, code_span, escaped, started, wrapped
from deckbuild.syntax.latex_rules import told_formula

_BLANK = regex(r"\n[ \t]*\n\s*")
_HARD = "\x0f"
_ELSEWHERE = regex(r"\s*\\(?:input|include)\s*\{[^{}]*\}\s*")
_LABEL = regex(r"\\(?:label|nonumber|notag)(?:\{[^{}]*\})?")
_PLAIN = LatexNodes2Text(keep_comments=False)
_SIZES = frozenset(
    "bfseries itshape tiny small large Large huge centering noindent raggedright item par".split()
)


class LatexText:
    """The paragraph that stands open: pieces of Markdown, and the line that each begins on."""

    def __init__(self, out: Writer, source: str) -> None:
        self.out = out
        self._ends = [at for at, char in enumerate(source) if char == "\n"]
        self._run: list[tuple[str, int]] = []
        self.label = ""

    def line(self, at: int) -> int:
        """The line of a character."""
        return bisect_right(self._ends, at - 1) + 1

    def add(self, markdown: str, line: int) -> None:
        """A piece that begins on a line."""
        self._run.append((markdown, line))

    def chars(self, text: str, at: int) -> None:
        """Characters of the file; blank lines end paragraphs."""
        done = 0
        for gap in _BLANK.finditer(text):
            self.add(escaped(_signs(text[done : gap.start()])), self.line(at + done))
            self.flush()
            self.out.gap()
            done = gap.end()
        self.add(escaped(_signs(text[done:])), self.line(at + done))

    def flush(self) -> None:
        """Write what was collected, line by line."""
        run, self._run = self._run, []
        rows: dict[int, str] = {}
        place = 0
        for text, line in run:
            place = max(place, line)
            first, *more = text.split("\n")
            rows[place] = rows.get(place, "") + first
            for part in more:
                place += 1
                rows[place] = rows.get(place, "") + part
        for number, text in rows.items():
            parts = [" ".join(part.split()) for part in text.split(_HARD)]
            for part in broken(parts):
                if part:
                    self.out.add(self.label + started(part), number)
                    self.label = ""


def inline(node: Any, line: Callable[[int], int]) -> str:
    """The Markdown of a node that stands inside a line."""
    match node:
        case LatexCharsNode():
            return escaped(_signs(node.chars))
        case LatexMathNode():
            return maths(node)
        case LatexGroupNode():
            return group_text(node, line)
        case LatexCommentNode():
            return ""
        case LatexSpecialsNode():
            return escaped(_plain(node))
        case LatexMacroNode():
            return _macro(node, line)
    return escaped(_plain(node))


def maths(node: Any) -> str:
    """A formula between signs, or of an environment; nothing for one that stands in another file."""
    raw = node.latex_verbatim()
    for opened, closed in (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$")):
        if raw.startswith(opened):
            inner = raw.removeprefix(opened).removesuffix(closed)
            return told_formula(_LABEL.sub("", inner), opened in ("$$", "\\["))
    name = node.environmentname
    inner = _LABEL.sub("", raw)
    if name.startswith(("equation", "displaymath", "math", "dmath")):
        inner = inner.removeprefix(f"\\begin{{{name}}}").removesuffix(f"\\end{{{name}}}")
    return "" if _ELSEWHERE.fullmatch(inner) else told_formula(inner, True)


def group_text(node: Any, line: Callable[[int], int]) -> str:
    """The Markdown of a group, of a list of nodes, or of nothing."""
    nodes = getattr(node, "nodelist", node)
    if nodes is None:
        return ""
    if not isinstance(nodes, list):
        return inline(nodes, line)
    text = "".join(inline(child, line) for child in nodes)
    style = {getattr(child, "macroname", "") for child in nodes}
    mark = "**" if style & {"bfseries", "bf"} else "*" if style & {"itshape", "em", "it"} else ""
    return wrapped(mark, text) if mark else text


def arguments(node: Any) -> list[Any]:
    """The arguments of a command or an environment, None for those left out."""
    return list(node.nodeargd.argnlist or ()) if node.nodeargd else []


def last_argument(node: Any) -> Any:
    """The last argument of a command or an environment, which is what it shows; None where it has none."""
    return next((one for one in reversed(arguments(node)) if one is not None), None)


def inner(node: Any) -> list[Any]:
    """What an argument holds: the nodes between its braces, the one sign without braces, or nothing."""
    return list(getattr(node, "nodelist", None) or ([node] if node is not None else []))


def name_of(node: Any) -> str:
    """The name of an environment, without its star."""
    return str(node.environmentname).rstrip("*")


def _macro(node: Any, line: Callable[[int], int]) -> str:
    name, told = node.macroname, arguments(node)
    last = last_argument(node)
    if name in names.DROPPED:
        return ""
    if name in names.MARKS:
        return wrapped(names.MARKS[name], group_text(last, line))
    if name in names.CODE and last is not None:
        return code_span(last.latex_verbatim().strip("{}|!+"))
    if name in ("href", "url") and (first := next(filter(None, told), None)) is not None:
        address = first.latex_verbatim().strip("{}")
        shown = group_text(last, line) if last is not first else ""
        return f"[{shown}](<{address}>)" if shown else f"<{address}>"
    if name == "includegraphics" and last is not None:
        return f"![](<{last.latex_verbatim().strip('{}')}>)"
    if name == "footnote":
        return f"^[{group_text(last, line)}]" if last is not None else ""
    if name == "enquote":
        return f"“{group_text(last, line)}”"
    if name in ("cite", "citep", "citet", "autocite", "parencite") and last is not None:
        return escaped(f"[{last.latex_verbatim().strip('{}')}]")
    if name in ("ref", "eqref", "autoref", "cref", "pageref"):
        return ""
    if name in ("textsuperscript", "textsubscript"):
        tag = "sup" if name == "textsuperscript" else "sub"
        return f"<{tag}>{group_text(last, line)}</{tag}>"
    if name == "\\":
        return _HARD
    if name in _SIZES:
        return ""
    if told and any(told) and name not in ("'", "`", '"', "^", "~", "=", "c", "v", "u", "H", "k", "r", "."):
        return "".join(group_text(one, line) for one in told if one is not None and not _is_star(one))
    return escaped(_plain(node))


def _plain(node: Any) -> str:
    """What pylatexenc makes of a node; nothing for a command that lacks arguments."""
    try:
        return str(_PLAIN.node_to_text(node))
    except (AttributeError, LookupError, TypeError, ValueError):
        return ""


def _is_star(node: Any) -> bool:
    return isinstance(node, LatexCharsNode) and node.chars == "*"


def _signs(text: str) -> str:
    return text.replace("~", " ").replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
