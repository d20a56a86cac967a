"""Inlines and blocks of the model as HTML, for cards and pages alike.

How a formula, an image or a mark looks is the caller's: each function takes renderers that turn them into
safe HTML. What those give is held back while raw HTML beside it is sanitised, so that it comes out unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.html.highlight import highlight
from deckbuild.html.phone_formulas import fitted
from deckbuild.html.raw_html import (
    HELD,
    allowed_tags,
    disarm,
    disarm_brackets,
    escape,
    is_web_address,
    sanitise,
    without_programs,
)
from deckbuild.machine.regex import regex
from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Blocks,
    Break,
    CodeBlock,
    CodeSpan,
    Emphasis,
    Footnote,
    Formula,
    FrontMatter,
    Heading,
    Html,
    HtmlSpan,
    Image,
    Inlines,
    Link,
    List,
    Mark,
    Meaning,
    Paragraph,
    Quote,
    Row,
    Rule,
    Strike,
    Strong,
    Table,
    Text,
)
from deckbuild.model.callouts import Callout, callout
from deckbuild.model.image_tags import file_name, is_recording

FormulaRenderer: TypeAlias = Callable[[Formula], str]
ImageRenderer: TypeAlias = Callable[[str, str, str], str]
"""Takes the name of the medium, empty if there is none, the alternative text, and the name of the file."""
MarkRenderer: TypeAlias = Callable[[Mark, str], str]
"""Takes the mark and its content, which is HTML."""

_WARNINGS = frozenset("attention bug caution danger error fail failure important missing warning".split())
"""Kinds of callouts that warn (help.obsidian.md/callouts, docs.github.com: alerts)."""

_NOTE = "\x0e", "\x0f"
"""Stand around what a footnote says until all of a text is there; no text of a document keeps them."""

_FOOTNOTE = regex(f"{_NOTE[0]}([^{_NOTE[1]}]*){_NOTE[1]}")
_ARROWED = regex(r"\\(?:ce|pu|cf)\b|\{CD\}")
"""What reads `<` and `>` as parts of arrows: mhchem and amscd."""

_TASK = regex(r"\[(?P<done>[ xX])\](?:\s+|\Z)")
_TIED = regex(r"([(\[]{{0,3}}){}([0-9]+){}([)\],.;:!?]{{0,3}})".format(*HELD))
"""A held piece with up to three brackets and stops around it, from which no line may part it."""


def mathjax(formula: Formula) -> str:
    r"""A formula for the MathJax inside Anki: `\(…\)`, or `\[…\]` where it stands by itself.

    `<` and `>` become commands and `}}` becomes `} }`: Anki may read the first two as HTML when a field is
    edited, and the last as the end of a cloze. Reactions and diagrams, whose arrows are made of them, keep
    them as entities. What has no LaTeX shows its own characters.
    """
    if formula.tex is None:
        return disarm(f'<code class="math-raw">{escape(formula.text)}</code>')
    tex = formula.tex
    if not _ARROWED.search(tex):
        tex = re.sub(r"(?<!\\)<", r"\\lt ", tex)
        tex = re.sub(r"(?<!\\)>", r"\\gt ", tex)
    opening, closing = (r"\[", r"\]") if formula.display else (r"\(", r"\)")

    def delimited(tex: str) -> str:
        return opening + disarm_brackets(escape(re.sub(r"\}(?=\})", "} ", tex))) + closing

    return fitted(tex, formula.display, delimited)


def alternative(medium: str, text: str, file: str) -> str:
    """An image that is missing as its alternative text, without any as the name of its file."""
    shown = text.strip() or (f"[{file}]" if file else "")
    return f'<span class="missing">{disarm(escape(shown))}</span>' if shown else ""


def picture(medium: str, text: str, file: str) -> str:
    """An image or a recording among the media of a deck; as text where it has no medium."""
    if medium and is_recording(medium):
        said = "" if is_recording(text) else disarm(escape(text.strip()))
        return f"{said} [sound:{medium}]".strip()
    return f'<img src="{medium}" alt="{escape(text)}">' if medium else alternative(medium, text, file)


def highlighted(mark: Mark, content: str) -> str:
    """A mark as the author sees it."""
    return f"<mark>{content}</mark>"


class Look(Struct, frozen=True):
    """Renderers of what looks different on cards, on paper and in clozes."""

    formula: FormulaRenderer
    image: ImageRenderer = alternative
    mark: MarkRenderer = highlighted


def run_html(content: Inlines, look: Look) -> str:
    """A run as balanced HTML, its footnotes behind it."""
    return _with_footnotes(_run(content, look))


def flow_html(blocks: Blocks, look: Look) -> str:
    """Blocks as balanced HTML, each on its own lines, their footnotes at the end."""
    return _with_footnotes(_flow(blocks, look))


def _run(content: Inlines, look: Look) -> str:
    run = _Assembly(look)
    return run.finished(_inlines(content, run))


def _with_footnotes(html: str) -> str:
    """HTML with small raised numbers in place of footnotes, which follow it; alike ones are one."""
    if _NOTE[0] not in html:
        return html
    numbers: dict[str, int] = {}

    def mark(note: re.Match[str]) -> str:
        return f"<sup>{numbers.setdefault(note[1], len(numbers) + 1)}</sup>"

    marked = _FOOTNOTE.sub(mark, html)
    notes = "".join(f"<span><sup>{number}</sup> {text}</span>" for text, number in numbers.items())
    return f'{marked}<small class="footnotes">{notes}</small>'


def _flow(blocks: Blocks, look: Look) -> str:
    if not any(isinstance(block, Html) for block in blocks):
        return "\n".join(html for block in blocks if (html := _block(block, look)))
    whole = _Assembly(look)
    return whole.finished(
        "\n".join(
            whole.raw(without_programs(block.text))
            if isinstance(block, Html)
            else whole.hold(_block(block, look))
            for block in blocks
        )
    ).strip()


class _Assembly:
    """HTML under way: finished pieces are held back until the raw HTML around them is sanitised."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.held: list[str] = []
        self.has_raw = False

    def hold(self, html: str) -> str:
        """Keep a finished piece, and give what stands for it meanwhile."""
        self.held.append(html)
        return f"{HELD[0]}{len(self.held) - 1}{HELD[1]}"

    def raw(self, html: str) -> str:
        """Take a piece of the document's own HTML."""
        self.has_raw = True
        return allowed_tags(html, lambda *image: self.hold(self.look.image(*image)))

    def finished(self, html: str) -> str:
        """The whole, sanitised if there was raw HTML in it, with the pieces in their places."""
        html = disarm(sanitise(html) if self.has_raw else html)
        return _TIED.sub(self._put_back, html) if self.held else html

    def _put_back(self, match: re.Match[str]) -> str:
        before, number, behind = match.groups()
        piece = self.held[int(number)]
        whole = f"{before}{piece}{behind}"
        return f'<span class="tied">{whole}</span>' if piece != whole and piece.startswith(r"\(") else whole


def _inlines(content: Inlines, run: _Assembly) -> str:
    return "".join([_inline(element, run) for element in content])


def _inline(element: AnyInline, run: _Assembly) -> str:
    match element:
        case Text(text=text):
            return escape(text)
        case Image(alt=text, url=url, media=medium):
            return run.hold(run.look.image(medium, text, file_name(url)))
        case CodeSpan(text=text):
            return f"<code>{escape(text)}</code>"
        case Formula():
            return run.hold(run.look.formula(element))
        case Break(hard=hard):
            return "<br>" if hard else "\n"
        case HtmlSpan(text=text):
            return run.raw(text)
        case Strong(content=content):
            return f"<strong>{_inlines(content, run)}</strong>"
        case Emphasis(content=content):
            return f"<em>{_inlines(content, run)}</em>"
        case Strike(content=content):
            return f"<s>{_inlines(content, run)}</s>"
        case Mark(content=content):
            return run.hold(run.look.mark(element, _run(content, run.look)))
        case Footnote(content=content):
            return run.hold(f"{_NOTE[0]}{_run(content, run.look)}{_NOTE[1]}") if content else ""
        case Link(content=content, url=url):
            text = _inlines(content, run)
            return f'<a href="{escape(url)}">{text}</a>' if is_web_address(url) else text


def _block(block: AnyBlock, look: Look) -> str:
    match block:
        case Paragraph(content=content):
            return f"<p>{_run(content, look)}</p>"
        case Heading(level=level, content=content):
            return f"<h{level}>{_run(content, look)}</h{level}>"
        case CodeBlock(text=text) if not text.strip():
            return ""
        case CodeBlock(text=text, language=language):
            code = disarm_brackets(highlight(text.strip("\n"), language))
            return f'<div class="hl"><pre><code>{code}</code></pre></div>'
        case List():
            return _list(block, look)
        case Table(header=header, rows=rows):
            head = f"<thead>{_row(header, 'th', look)}</thead>" if any(header.cells) else ""
            body = "".join(_row(row, "td", look) for row in rows)
            return f'<div class="tw"><table>{head}<tbody>{body}</tbody></table></div>'
        case Quote(blocks=blocks):
            box = callout(block)
            return _box(box, look) if box else f"<blockquote>{_flow(blocks, look)}</blockquote>"
        case Formula(legend=legend):
            lines = meanings_html(legend, look)
            return f'<div class="formula">{look.formula(block)}</div>{lines}'
        case Rule():
            return "<hr>"
        case Html():
            return _flow((block,), look)
        case FrontMatter():
            return ""


def meanings_html(legend: Iterable[Meaning], look: Look) -> str:
    """The legend of a formula; nothing if it has none."""
    lines = "".join(f"<dt>{_run(line.symbol, look)}</dt><dd>{_run(line.text, look)}</dd>" for line in legend)
    return f'<dl class="legend">{lines}</dl>' if lines else ""


def _box(box: Callout, look: Look) -> str:
    """A callout as a box with its title, folded where its author folded it."""
    title, content = _run(box.title, look), _flow(box.blocks, look)
    style = "callout warning" if box.kind in _WARNINGS else "callout"
    if box.folded and content:
        return f'<details class="{style}"><summary>{title}</summary>{content}</details>'
    return f'<div class="{style}"><p class="callout-title">{title}</p>{content}</div>'


def _list(block: List, look: Look) -> str:
    items = "".join(_item(item.blocks, look) for item in block.items)
    if block.start is None:
        return f"<ul>{items}</ul>"
    kind = ' type="A"' if block.lettered else ""
    start = f' start="{block.start}"' if block.start != 1 else ""
    return f"<ol{kind}{start}>{items}</ol>"


def _item(blocks: Blocks, look: Look) -> str:
    """An item; that of a task list, `- [x] done`, has a box in place of its bullet."""
    first = blocks[0] if blocks else None
    opening = first.content[0] if isinstance(first, Paragraph) and first.content else None
    task = _TASK.match(opening.text) if isinstance(opening, Text) else None
    if not (isinstance(first, Paragraph) and isinstance(opening, Text) and task):
        return f"<li>{_flow(blocks, look)}</li>"
    box = Text(opening.span, f"{'☐' if task['done'] == ' ' else '☑'} {opening.text[task.end() :]}")
    rest = (replace(first, content=(box, *first.content[1:])), *blocks[1:])
    return f'<li class="task">{_flow(rest, look)}</li>'


def _row(row: Row, tag: str, look: Look) -> str:
    cells = "".join(f"<{tag}>{_run(cell, look)}</{tag}>" for cell in row.cells)
    return f"<tr>{cells}</tr>"
