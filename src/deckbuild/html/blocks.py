"""Inlines and blocks of the model as HTML, for cards and pages alike.

How a formula, an image or a mark looks is the caller's: each function takes renderers that turn them into
safe HTML. What those give is held back while raw HTML beside it is sanitised, so that it comes out unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from msgspec.structs import replace

from deckbuild.html.assembly import Assembly, footnote, with_footnotes
from deckbuild.html.cell_formulas import with_formulas
from deckbuild.html.highlight import highlight
from deckbuild.html.looks import Look
from deckbuild.html.raw_html import (
    disarm,
    disarm_brackets,
    escape,
    is_web_address,
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
from deckbuild.model.footnote_marks import BEHIND_TAG, UNTOLD
from deckbuild.model.image_tags import file_name
from deckbuild.model.text import inline_text

_WARNINGS = frozenset("attention bug caution danger error fail failure important missing warning".split())
"""Kinds of callouts that warn (help.obsidian.md/callouts, docs.github.com: alerts)."""

_MEANS = regex(r":\s+")
_LONGEST_TERM = 60
"""Characters of a term that is defined; longer lines before a colon are sentences, which some languages wrap there."""

_TASK = regex(r"\[(?P<done>[ xX])\](?:\s+|\Z)")


def run_html(content: Inlines, look: Look) -> str:
    """A run as balanced HTML, its footnotes behind it."""
    if len(content) == 1 and type(content[0]) is Text:  # as most cells of tables are
        return disarm(escape(content[0].text))
    return with_footnotes(_run(content, look))


def flow_html(blocks: Blocks, look: Look) -> str:
    """Blocks as balanced HTML, each on its own lines, their footnotes at the end."""
    return with_footnotes(_flow(blocks, look))


def _run(content: Inlines, look: Look) -> str:
    run = Assembly(look)
    return run.finished(_inlines(content, run))


def _flow(blocks: Blocks, look: Look) -> str:
    if not any(isinstance(block, Html) for block in blocks):
        return "\n".join(html for block in blocks if (html := _block(block, look)))
    whole = Assembly(look)
    return whole.finished(
        "\n".join(
            whole.raw(without_programs(block.text))
            if isinstance(block, Html)
            else whole.hold(_block(block, look))
            for block in blocks
        )
    ).strip()


def _inlines(content: Inlines, run: Assembly) -> str:
    html = "".join([_inline(element, run) for element in content])
    return BEHIND_TAG.sub(_raised, html) if "[^" in html else html


def _inline(element: AnyInline, run: Assembly) -> str:
    match element:
        case Text(text=text):
            return UNTOLD.sub(_raised, escape(text)) if "[^" in text else escape(text)
        case Image(alt=text, url=url, media=medium):
            return run.hold(run.look.image(medium, text, file_name(url)))
        case CodeSpan(text=text):
            return run.look.code(text)
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
            return run.hold(footnote(_run(content, run.look))) if content else ""
        case Link(content=content, url=url):
            text = _inlines(content, run)
            return f'<a href="{escape(url)}">{text}</a>' if is_web_address(url) else text


def _raised(mark: re.Match[str]) -> str:
    """The mark of a footnote that the document doesn't tell, in brackets, since no text follows."""
    return f"<sup>[{mark['label']}]</sup>"


def _block(block: AnyBlock, look: Look) -> str:
    match block:
        case Paragraph(content=content):
            return _definition(content, look) or f"<p>{_run(content, look)}</p>"
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


def _definition(content: Inlines, look: Look) -> str:
    """A paragraph of a short term and its meanings, each behind a colon in a line below; nothing for any other."""
    end = next((n for n, part in enumerate(content) if isinstance(part, Break)), 0)
    told = content[end + 1] if 0 < end < len(content) - 1 else None
    if (
        not (isinstance(told, Text) and _MEANS.match(told.text))
        or len(inline_text(content[:end])) > _LONGEST_TERM
    ):
        return ""
    parts: list[list[AnyInline]] = []
    for before, part in pairwise(content[end:]):
        sign = _MEANS.match(part.text) if isinstance(before, Break) and isinstance(part, Text) else None
        if sign and isinstance(part, Text):
            if parts:
                parts[-1].pop()  # the break above it
            parts.append([replace(part, text=part.text[sign.end() :])])
        else:
            parts[-1].append(part)
    meanings = "".join(f"<dd>{_run(tuple(part), look).strip()}</dd>" for part in parts)
    return f"<dl><dt>{_run(content[:end], look)}</dt>{meanings}</dl>"


def meanings_html(legend: Iterable[Meaning], look: Look) -> str:
    """The legend of a formula; nothing if it has none."""
    pairs = ((line.symbol, with_formulas(line.text, look.cell)) for line in legend)
    lines = "".join(f"<dt>{_run(symbol, look)}</dt><dd>{_run(text, look)}</dd>" for symbol, text in pairs)
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
    kind += f' data-letters="{block.letters[0]}"' if block.letters else ""
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
    cells = (_run(with_formulas(cell, look.cell), look) for cell in row.cells)
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"
