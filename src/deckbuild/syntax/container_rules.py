r"""Callouts of other dialects than Obsidian's: `:::note … :::`, `!!! note` with indented text, `\begin{definition}[…]`.

The first are what Docusaurus, VuePress, HackMD, MyST, Quarto, Pandoc and Bookdown write, the second Python-Markdown and
MkDocs, where `???` is folded, the third LaTeX. All become what `> [!note] Title` is, a quote that begins with the kind
of the callout.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from deckbuild.machine.regex import regex

KINDS = frozenset(
    """
    abstract admonition attention axiom bug caution check cite conjecture corollary danger definition details error
    example fail failure faq help hint important info lemma missing note proof property proposition question quote
    remark remember seealso spoiler success summary theorem tip tldr todo warning
    """.split()
)
"""Names of boxes in those dialects; other names are of layouts, such as columns, that hold any text."""

_ENVIRONMENTS = {
    name: kind
    for kind, names in {
        "axiom": "axiom axiome assioma axioma",
        "corollary": "corollary cor coro corol korollar corollaire corolario corollario",
        "definition": "definition def defn defi definicion definicao definizione definice definicja",
        "example": "example exmp exa beispiel exemple ejemplo exemplo esempio",
        "lemma": "lemma lem lemme lema",
        "proof": "proof beweis preuve demostracion prova dimostrazione",
        "property": "property propriete propiedad propriedade proprieta",
        "proposition": "proposition prop propn proposicion proposicao proposizione",
        "remark": "remark rem rmk bemerkung remarque observacion osservazione",
        "theorem": "theorem thm theo satz theoreme teorema",
    }.items()
    for name in names.split()
}
"""Environments as authors call them, with the kind of their boxes; all others are LaTeX's own, or hold any text."""

_FOLDED = frozenset(("details", "spoiler"))

_DEEPEST = 50
"""Boxes inside each other in which the end of one is looked for; the parser nests fewer."""

_OPENING = regex(
    r":{3,}\s*(?:\{(?P<braced>[^{}]*)\}|(?P<kind>[\w-]+)(?:\[(?P<label>.*)\])?)\s*(?P<behind>[^:].*?)?:*\s*$"
)
_CLOSING = regex(r":{3,}\s*$")
_CODE = regex(r"(?:`{3,}|~{3,})")
_OPTION = regex(r":[\w-]+:.*")
_TITLE = regex(r"""(?:title|name)=(?P<quote>["'])(?P<title>.*?)(?P=quote)""")
_HEADING = regex(r"#{1,6}\s+(?P<title>.+?)\s*#*$")
_BEGIN = regex(
    r"\\begin\s?\{(?P<name>[A-Za-z]+)\*?\}\s*(?:\[(?P<title>.+)\]|\{(?P<braced>[^{}]+)\}(?:\{[^{}]*\})?)?"
    r"\s*(?:\\label\{[^{}]*\})?\s*$"
)
_INDENTED = regex(r"""(?P<sign>!!!|\?\?\?\+?)\s+(?P<kind>[\w-]+)(?:\s+[\w-]+)*(?:\s+"(?P<title>.*)")?\s*$""")


def add_container_rules(parser: MarkdownIt) -> None:
    """Teach a parser all of them."""
    rules = ("container", _container), ("indented_container", _indented), ("environment", _environment)
    for name, rule in rules:
        parser.block.ruler.before(
            "fence", name, rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
        )


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not state.src.startswith(":::", state.bMarks[start] + state.tShift[start]):
        return False
    opening = _OPENING.match(_line(state, start))
    kind, title, folded = _told(opening) if opening else ("", "", False)
    close = _close(state, start, end) if kind in KINDS else None
    if close is None:
        return False
    if silent:
        return True
    first = start + 1
    while first < close and opening and opening["braced"] is not None and _OPTION.match(_line(state, first)):
        folded = folded or "dropdown" in _line(state, first)
        first += 1
    told = start
    if (
        not title
        and opening
        and opening["braced"]
        and first < close
        and (heading := _HEADING.match(_line(state, first)))
    ):
        title, told, first = heading["title"], first, first + 1
    title = f"[!{kind}]{'-' if folded else ''} {title}"
    last = max(
        (n for n in range(first, close) if not _CLOSING.match(_line(state, n) or ":::")), default=start
    )
    _box(state, (start, last + 1), told, title, (first, close), 0)
    state.line = close + 1
    return True


def _told(opening: re.Match[str]) -> tuple[str, str, bool]:
    """Kind, title, and whether it is folded."""
    braced = opening["braced"]
    if braced is None:
        kind = opening["kind"].lower()
        return kind, opening["label"] or opening["behind"] or "", kind in _FOLDED
    words = (word.lstrip(".").removeprefix("callout-").lower() for word in braced.split() if "=" not in word)
    names = [word.removeprefix("prf:") for word in words]
    kind = next((name for name in names if name in KINDS), "")
    title = _TITLE.search(braced)
    folded = kind in _FOLDED or 'collapse="true"' in braced
    return kind, title["title"] if title else opening["behind"] or "", folded


def _close(state: StateBlock, start: int, end: int) -> int | None:
    """The line that closes a container; those within it are closed before, and lie less than `_DEEPEST` deep."""
    depth, in_code = 0, False
    for number in range(start + 1, end):
        line = _line(state, number)
        if _CODE.match(line):
            in_code = not in_code
        elif in_code or not line.startswith(":::"):
            continue
        elif not _CLOSING.match(line):
            depth += 1
            if depth > _DEEPEST:
                break
        elif depth:
            depth -= 1
        else:
            return number
    return None


def _indented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    opening = (
        _INDENTED.match(_line(state, start))
        if state.src[state.bMarks[start] + state.tShift[start]] in "!?"
        else None
    )
    if not opening or opening["kind"].lower() not in KINDS:
        return False
    indent = state.sCount[start] + 4
    stop = last = start + 1
    while stop < end and (state.isEmpty(stop) or state.sCount[stop] >= indent):
        stop += 1
        last = last if state.isEmpty(stop - 1) else stop
    if last == start + 1:
        return False
    if not silent:
        folded = "-" if opening["sign"] == "???" else ""
        title = opening["title"] or ""
        _box(
            state, (start, last), start, f"[!{opening['kind'].lower()}]{folded} {title}", (start + 1, last), 4
        )
    return True


def _environment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not state.src.startswith("\\begin", state.bMarks[start] + state.tShift[start]):
        return False
    opening = _BEGIN.match(_line(state, start))
    kind = _ENVIRONMENTS.get(opening["name"].lower()) if opening else None
    if opening is None or kind is None:
        return False
    close = _end(state, start, end, opening["name"])
    if close is None:
        return False
    if not silent:
        last = max((n for n in range(start + 1, close) if _line(state, n)), default=start)
        title = opening["title"] or opening["braced"] or ""
        _box(state, (start, last + 1), start, f"[!{kind}] {title}", (start + 1, close), 0)
        state.line = close + 1
    return True


def _end(state: StateBlock, start: int, end: int, name: str) -> int | None:
    """The line that ends an environment; None where another of its name begins before, which none of them holds."""
    ends = (f"\\end{{{name}}}", f"\\end{{{name}*}}")
    for number in range(start + 1, end):
        line = _line(state, number)
        if line.startswith(ends):
            return number
        inner = _BEGIN.match(line) if line.startswith("\\begin") else None
        if inner and inner["name"].lower() == name.lower():
            break
    return None


def _box(
    state: StateBlock, lines: tuple[int, int], told: int, title: str, inner: tuple[int, int], indent: int
) -> None:
    """A quote over `lines` whose first line is `title`, said in line `told`, and then what stands in `inner`."""
    state.push("blockquote_open", "blockquote", 1).map = [*lines]
    state.push("paragraph_open", "p", 1).map = [told, told + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = title.strip(), [told, told + 1], []
    state.push("paragraph_close", "p", -1)
    before = state.lineMax, state.parentType, state.blkIndent
    state.lineMax, state.parentType, state.blkIndent = inner[1], "blockquote", state.blkIndent + indent
    state.md.block.tokenize(state, *inner)
    state.lineMax, state.parentType, state.blkIndent = before
    state.push("blockquote_close", "blockquote", -1)
    state.line = lines[1]


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
