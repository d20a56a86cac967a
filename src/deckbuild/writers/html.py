"""Inlines and blocks of the model as HTML, for cards and pages alike.

How a formula looks is the caller's: each function takes a renderer that turns a `Formula` into safe HTML.
What the renderer gives is held back while raw HTML beside it is sanitised, so that it comes out unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Blocks,
    Break,
    CodeBlock,
    CodeSpan,
    Emphasis,
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
    Paragraph,
    Quote,
    Row,
    Rule,
    Strike,
    Strong,
    Table,
    Text,
)
from deckbuild.writers.highlight import highlight
from deckbuild.writers.raw_html import (
    HELD,
    allowed_tags,
    disarm,
    disarm_brackets,
    escape,
    is_web_address,
    sanitise,
    without_programs,
)

FormulaRenderer: TypeAlias = Callable[[Formula], str]

_HELD = re.compile("{}([0-9]+){}".format(*HELD))


def mathjax(formula: Formula) -> str:
    r"""A formula for the MathJax inside Anki: `\(…\)`, or `\[…\]` where it stands by itself.

    `<` and `>` become commands and `}}` becomes `} }`: Anki may read the first two as HTML when a field is
    edited, and the last as the end of a cloze. What has no LaTeX shows its own characters.
    """
    if formula.tex is None:
        return disarm(f'<code class="math-raw">{escape(formula.text)}</code>')
    tex = re.sub(r"(?<!\\)<", r"\\lt ", formula.tex)
    tex = re.sub(r"(?<!\\)>", r"\\gt ", tex)
    tex = disarm_brackets(escape(re.sub(r"\}(?=\})", "} ", tex)))
    return rf"\[{tex}\]" if formula.display else rf"\({tex}\)"


def inlines_html(content: Inlines, formula: FormulaRenderer) -> str:
    """A run as balanced HTML; `formula` renders its formulas."""
    run = _Assembly(formula)
    return run.finished(_inlines(content, run))


def blocks_html(blocks: Blocks, formula: FormulaRenderer) -> str:
    """Blocks as balanced HTML, each on its own lines; `formula` renders the formulas in them."""
    if not any(isinstance(block, Html) for block in blocks):
        return "\n".join(html for block in blocks if (html := _block(block, formula)))
    whole = _Assembly(formula)
    return whole.finished(
        "\n".join(
            whole.raw(without_programs(block.text))
            if isinstance(block, Html)
            else whole.hold(_block(block, formula))
            for block in blocks
        )
    ).strip()


class _Assembly:
    """HTML under way: finished pieces are held back until the raw HTML around them is sanitised."""

    def __init__(self, formula: FormulaRenderer) -> None:
        self.formula = formula
        self.held: list[str] = []
        self.has_raw = False

    def hold(self, html: str) -> str:
        """Keep a finished piece, and give what stands for it meanwhile."""
        self.held.append(html)
        return f"{HELD[0]}{len(self.held) - 1}{HELD[1]}"

    def raw(self, html: str) -> str:
        """Take a piece of the document's own HTML."""
        self.has_raw = True
        return allowed_tags(html)

    def finished(self, html: str) -> str:
        """The whole, sanitised if there was raw HTML in it, with the pieces in their places."""
        html = disarm(sanitise(html) if self.has_raw else html)
        return _HELD.sub(lambda number: self.held[int(number[1])], html) if self.held else html


def _inlines(content: Inlines, run: _Assembly) -> str:
    return "".join([_inline(element, run) for element in content])


def _inline(element: AnyInline, run: _Assembly) -> str:
    match element:
        case Text(text=text) | Image(alt=text):
            return escape(text)
        case CodeSpan(text=text):
            return f"<code>{escape(text)}</code>"
        case Formula():
            return run.hold(run.formula(element))
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
            return f"<mark>{_inlines(content, run)}</mark>"
        case Link(content=content, url=url):
            text = _inlines(content, run)
            return f'<a href="{escape(url)}">{text}</a>' if is_web_address(url) else text


def _block(block: AnyBlock, formula: FormulaRenderer) -> str:
    match block:
        case Paragraph(content=content):
            return f"<p>{inlines_html(content, formula)}</p>"
        case Heading(level=level, content=content):
            return f"<h{level}>{inlines_html(content, formula)}</h{level}>"
        case CodeBlock(text=text, language=language):
            code = disarm_brackets(highlight(text.strip("\n"), language))
            return f'<div class="hl"><pre><code>{code}</code></pre></div>'
        case List():
            return _list(block, formula)
        case Table(header=header, rows=rows):
            head = f"<thead>{_row(header, 'th', formula)}</thead>" if any(header.cells) else ""
            body = "".join(_row(row, "td", formula) for row in rows)
            return f'<div class="tw"><table>{head}<tbody>{body}</tbody></table></div>'
        case Quote(blocks=blocks):
            return f"<blockquote>{blocks_html(blocks, formula)}</blockquote>"
        case Formula(legend=legend):
            lines = "".join(
                f"<dt>{inlines_html(line.symbol, formula)}</dt><dd>{inlines_html(line.text, formula)}</dd>"
                for line in legend
            )
            return f'<div class="formula">{formula(block)}</div>' + (
                f'<dl class="legend">{lines}</dl>' if lines else ""
            )
        case Rule():
            return "<hr>"
        case Html():
            return blocks_html((block,), formula)
        case FrontMatter():
            return ""


def _list(block: List, formula: FormulaRenderer) -> str:
    items = "".join(f"<li>{blocks_html(item.blocks, formula)}</li>" for item in block.items)
    if block.start is None:
        return f"<ul>{items}</ul>"
    return f'<ol start="{block.start}">{items}</ol>' if block.start != 1 else f"<ol>{items}</ol>"


def _row(row: Row, tag: str, formula: FormulaRenderer) -> str:
    cells = "".join(f"<{tag}>{inlines_html(cell, formula)}</{tag}>" for cell in row.cells)
    return f"<tr>{cells}</tr>"
