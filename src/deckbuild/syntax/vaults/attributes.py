"""Attributes, divs, captions, scripts and lines of verse, as pandoc, Quarto and kramdown know them.

Where they only say how a text looks or is called, they go; `H~2~O` and `x^2^` become the scripts that they mean.
"""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.machine.regex import regex
from deckbuild.syntax.drawings import LANGUAGES
from deckbuild.syntax.vaults.prose import prose_lines, replaced

_ONE = r"""(?:[#.][^\s{}#.]+|-|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+))"""
_HEADING = regex(
    rf"(?P<head>\s*(?:>\s*)*#{{1,6}}\s.*?)\s*\{{:?\s*{_ONE}(?:\s+{_ONE})*\s*\}}\s*(?P<end>#*\s*)$"
)
_LINE = regex(
    rf"[\s>]*\{{:\s*(?:{_ONE}|[\w-]+)(?:\s+(?:{_ONE}|[\w-]+))*\s*/?\}}\s*$|\s*\{{::[^{{}}]*/\}}\s*$"
)
"""A line of kramdown that says how the block beside it looks: `{: .note}`, `{:toc}`, `{::options …/}`."""

_SPAN = regex(rf"(?<!\])\[(?P<text>[^\[\]\n]+)\]\{{\s*{_ONE}(?:\s+{_ONE})*\s*\}}")
_BEHIND = regex(rf"(?<=[\w*_`)\]”\"])\{{:?\s*{_ONE}(?:\s+{_ONE})*\s*\}}")
"""Behind code, a link, or marked text."""

_OPENS = regex(
    r"(?P<quote>[\s>]*):{3,}\s*(?:\{(?P<named>[^{}]*)\}|(?P<name>[\w-]+))\s*(?P<title>[^:\n]*?)\s*:*\s*$"
)
_CLOSES = regex(r"[\s>]*:{3,}\s*$")
_CALLOUTS = frozenset(
    """
    abstract admonition attention axiom bug caution conjecture corollary danger definition error failure hint important
    info lemma missing note property proposition remark remember seealso success summary theorem tip tldr todo warning
    """.split()
)
"""Kinds of boxes that stand in a text; those that ask, answer or fold, such as `question` and `details`, do not."""

_TITLE = regex(r"title=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
_KRAMDOWN = regex(r"\s*\{::(?P<name>comment|nomarkdown)\s*\}|\s*\{:/(?:comment|nomarkdown)?\s*\}")
_CAPTION = regex(rf"\s*(?:Table)?:\s+(?P<text>\S.*?)\s*(?:\{{\s*{_ONE}(?:\s+{_ONE})*\s*\}})?\s*$")
_VERSE = regex(r"\|(?: (?P<text>[^|]*)|)$")
_SHORTCODE = regex(r"\s*\{\{[<%]\s*/?[\w./-]+[^{}\n]*[>%]\}\}")
_SUBSCRIPT = regex(r"(?<=[A-Za-z0-9)\]])~(?P<text>(?:[^\s~`\\]|\\ ){1,16})~(?!~)")
_SUPERSCRIPT = regex(r"(?<=[A-Za-z0-9)\]²³~>])\^(?P<text>(?:[^\s^`\\\[\]]|\\ ){1,16})\^(?![\w^({])")


def without_attributes(line: str) -> str:
    """A line without shortcodes and attributes of headings, spans and blocks, scripts of it as tags of HTML."""
    if "{" in line:
        line = replaced(_SHORTCODE, "", line) if "{{" in line else line
        if _LINE.match(line):
            return ""
        if match := _HEADING.match(line):
            line = f"{match['head']} {match['end']}".rstrip()
        line = replaced(_SPAN, r"\g<text>", line)
        if not line.lstrip().startswith("!["):
            line = replaced(_BEHIND, "", line) if "](" not in line or "![" not in line else line
    if "~" in line:
        line = replaced(_SUBSCRIPT, r"<sub>\g<text></sub>", line)
    if line.count("^") > 1:
        line = replaced(_SUPERSCRIPT, r"<sup>\g<text></sup>", line)
    return line


def without_pandoc(lines: Sequence[str]) -> list[str]:
    """The lines of a document of pandoc without its divs, captions and attributes, each in its place."""
    plain, prose = [*lines], prose_lines(lines)
    without_divs(plain, prose)
    with_captions(plain, prose)
    with_verses(plain, prose)
    return [without_attributes(line) if said else line for line, said in zip(plain, prose, strict=True)]


def without_divs(lines: list[str], prose: Sequence[bool]) -> None:
    """Empty the lines that open and close divs, the titles of these left; each that opens must be closed.

    Callouts stay, which the parser draws as boxes; but those with headings, which may ask, are taken apart. A div named
    after a language of drawings, `:::mermaid`, is what a fence of that language is.
    """
    stack: list[int] = []
    heading = -1
    for at, line in enumerate(lines):
        heading = at if line.lstrip(" >").startswith("#") else heading
        if not prose[at] or ":::" not in line:
            continue
        if _CLOSES.match(line):
            if stack:
                start = stack.pop()
                if drawn := _drawn(lines[start]):
                    lines[start], lines[at] = f"```{drawn}", "```"
                elif heading > start or not _is_callout(lines[start]):
                    lines[start], lines[at] = _title(lines[start]), ""
        elif _OPENS.match(line):
            stack.append(at)


def _drawn(line: str) -> str:
    """The language of drawings that a div is named after; empty for others, and inside quotes."""
    match = _OPENS.match(line)
    name = (match["name"] or "").lower() if match and not match["quote"] else ""
    return name if name in LANGUAGES else ""


def _is_callout(line: str) -> bool:
    match = _OPENS.match(line)
    names = (match["name"] or match["named"] or "").lower().split() if match else []
    kinds = {name.lstrip(".").removeprefix("callout-").removeprefix("prf:") for name in names}
    return bool(kinds & _CALLOUTS)


def _title(line: str) -> str:
    match = _OPENS.match(line)
    if match is None:
        return ""
    told = _TITLE.search(match["named"] or "")
    title = match["title"] or (told and (told["double"] or told["single"])) or ""
    return f"{match['quote']}**{title}**" if title else ""


def without_kramdown(lines: list[str], prose: Sequence[bool]) -> None:
    """Empty what stands between `{::comment}` and `{:/comment}`, and other such lines."""
    start = None
    for at, line in enumerate(lines):
        match = _KRAMDOWN.match(line) if prose[at] and "{:" in line else None
        if match and match["name"]:
            start = at if match["name"] == "comment" else None
            lines[at] = ""
        elif match:
            if start is not None:
                lines[start:at] = [""] * (at - start)
            start = None
            lines[at] = ""


def with_captions(lines: list[str], prose: Sequence[bool]) -> None:
    """Take the sign from captions right above or below a table: `: The planets {#tbl:planets}`."""
    for at, line in enumerate(lines):
        match = _CAPTION.match(line) if prose[at] and ":" in line[:8] else None
        if match and (_is_row(_beside(lines, at, -1)) or _is_row(_beside(lines, at, 1))):
            lines[at] = match["text"]


def _beside(lines: Sequence[str], at: int, step: int) -> str:
    """The next line on one side, one blank line passed over."""
    for n in (at + step, at + 2 * step):
        if 0 <= n < len(lines) and lines[n].strip():
            return lines[n]
    return ""


def _is_row(line: str) -> bool:
    text = line.strip()
    return text.startswith(("|", "+-")) or (len(text) > 2 and set(text) <= set("-| :+") and "-" in text)


def with_verses(lines: list[str], prose: Sequence[bool]) -> None:
    """Lines of verse, `| like these`, two at least, as lines that end where their author ended them."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and prose[end] and (lines[end].startswith("|") and _VERSE.match(lines[end])):
            end += 1
        if end - at > 1:
            for n in range(at, end):
                match = _VERSE.match(lines[n])
                text = ((match["text"] if match else "") or "").rstrip()
                lines[n] = f"{text.lstrip()}  " if text and n + 1 < end else text.lstrip()
        at = max(end, at + 1)
