"""Markdown as blocks with spans.

With the modules of rules beside it all that knows the parser. CommonMark with tables,
strikethrough, front matter, `==marks==`, footnotes and LaTeX. Any text at all is Markdown, so only `limits` end
this step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

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
    ListItem,
    Mark,
    Paragraph,
    Quote,
    Row,
    Rule,
    SourceSpan,
    Strike,
    Strong,
    Table,
    Text,
)
from deckbuild.model.image_tags import is_recording
from deckbuild.model.text import inline_text
from deckbuild.syntax.dollar_rules import add_dollar_rules
from deckbuild.syntax.drawn_html import as_images
from deckbuild.syntax.embed_rules import EMBEDDED, add_embed_rules
from deckbuild.syntax.footnote_rules import add_footnote_rules
from deckbuild.syntax.latex_rules import add_latex_rules
from deckbuild.syntax.limits import add_limits
from deckbuild.syntax.markdown_rules import add_rules
from deckbuild.syntax.plain_tables import html_table, tabbed_table

_MARKED_UP = re.compile(r"[\\`*_\[\]<>!&$=|#~^:\t\0]|^ {4}|^\s*(?:[-+]|\d+[.)])")
"""Any sign that could be markup."""

_HEADING = re.compile(r"#{1,6}\s")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
_CODE = re.compile(
    r"[{}<>;=$\\]|\w\(|^\s*(?:import|from|def|class|for|while|if|return|print|public|private|void|const|let|var|#|//|>>>"
    r"|sudo|git|npm|pip|cd|docker|kubectl|apt|curl|make)\b"
)
"""What program code and commands have, and prose hardly."""

_MOST_CUTS = 20
"""Fences of one document that may have been left open by mistake; all behind each are parsed once more."""


def blocks(lines: Sequence[str], first: int = 1, cuts: int = _MOST_CUTS) -> Blocks:
    """The blocks of `lines`, the first of which is line `first` of its source.

    A fence that is never closed ends before the next heading, `cuts` times at most, and a fence of Markdown
    around everything is taken off: both are slips of the author that would turn the rest of the document into
    code. Raises `Tangled` for a paragraph beyond the limits.
    """
    if len(lines) == 1 and not _MARKED_UP.search(lines[0]):
        return _plain(lines[0], first)
    tokens = _parser(_has_indented_code(lines)).parse("\n".join(lines), {"first": first})
    last = tokens[-1] if tokens else None
    if last and last.type == "fence" and last.map:
        start, stop = last.map
        if len(tokens) == 1 and last.info.strip().lower() in ("markdown", "md"):
            return blocks(lines[start + 1 : stop - 1], first + start + 1)
        if not _closes_fence(lines[stop - 1], last.markup):
            headings = (
                at for at in range(start + 2, stop) if _HEADING.match(lines[at]) and not lines[at - 1].strip()
            )
            cut = next(headings, None) if cuts else None
            if cut is not None:
                return blocks(lines[:cut], first) + blocks(lines[cut:], first + cut, cuts - 1)
    return _Reader(lines, first).blocks(tokens)


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
    return bool(indented) and sum(map(bool, map(_CODE.search, indented))) >= len(indented) / 2


@lru_cache(maxsize=2)
def _parser(indented_code: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    if not indented_code:
        parser.disable("code")
    parser.inline = _LinedInline()
    parser.enable(["table", "strikethrough"])
    front_matter_plugin(parser)
    add_dollar_rules(parser)
    amsmath_plugin(parser)
    add_rules(parser)
    add_latex_rules(parser)
    add_footnote_rules(parser)
    add_embed_rules(parser)
    add_limits(parser)
    return parser


class _LinedState(StateInline):
    """Gives each inline token, in `map`, the line of its run that it starts on, counted from 0."""

    _counted_to = 0
    _counted = 0

    def push(self, ttype: str, tag: str, nesting: int) -> Token:
        token = super().push(ttype, tag, nesting)  # type: ignore[arg-type]
        token.map = [self._line()] * 2
        return token

    def pushPending(self) -> Token:  # noqa: N802
        token = super().pushPending()
        token.map = [self._line()] * 2
        return token

    def _line(self) -> int:
        """The line of the current position, counted on from the one asked for last."""
        if self.pos < self._counted_to:
            self._counted_to = self._counted = 0
        self._counted += self.src.count("\n", self._counted_to, self.pos)
        self._counted_to = self.pos
        return self._counted


class _LinedInline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = (_LinedState if "\n" in src else StateInline)(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _Reader:
    """Turns one token stream into blocks; `first` is the source line of its line 0."""

    def __init__(self, lines: Sequence[str], first: int) -> None:
        self.lines = lines
        self.first = first

    def blocks(self, tokens: Sequence[Token]) -> Blocks:
        return tuple(block for group in _groups(tokens) if (block := self.block(group)) is not None)

    def span(self, token: Token) -> SourceSpan:
        """Source lines of a block token, without the blank lines that markdown-it counts to its end."""
        start, stop = token.map or (0, 1)
        while stop > start + 1 and not self.lines[stop - 1].strip():
            stop -= 1
        return SourceSpan(self.first + start, self.first + stop - 1)

    def block(self, group: Sequence[Token]) -> AnyBlock | None:
        head, inner = group[0], group[1:-1]
        span = self.span(head)
        match head.type:
            case "heading_open":
                return Heading(span, int(head.tag[1]), self.inlines(inner[0], span))
            case "paragraph_open":
                raw = self.lines[span.line - self.first : span.end_line - self.first + 1]
                table = tabbed_table(raw, span.line) if "\t" in raw[0].strip() else None
                return table or Paragraph(span, self.inlines(inner[0], span))
            case "fence" | "code_block":
                language = head.info.split()[0] if head.info.split() else ""
                return CodeBlock(span, head.content, language)
            case "bullet_list_open" | "ordered_list_open":
                return self.list_or_sentence(head, inner, span)
            case "table_open":
                return self.table(inner, span)
            case "blockquote_open":
                return Quote(span, self.blocks(inner))
            case "hr":
                return Rule(span)
            case "html_block":
                table = html_table(head.content, span.line) if "<table" in head.content.lower() else None
                return table or Html(span, as_images(head.content))
            case "math_block" | "math_block_label":
                return _formula(head, span, display=True)
            case "amsmath":  # its map leaves out the last line
                whole = SourceSpan(span.line, span.line + head.content.strip().count("\n"))
                return _formula(head, whole, display=True)
            case "front_matter":
                return FrontMatter(span, head.content)
            case _:
                return None

    def list_or_sentence(self, head: Token, inner: Sequence[Token], span: SourceSpan) -> List | Paragraph:
        items = tuple(map(self.item, _groups(inner)))
        if head.type == "bullet_list_open":
            return List(span, items)
        start = int(head.attrs.get("start", 1))
        return _counting_sentence(items, start, head.markup) or List(span, items, start)

    def item(self, group: Sequence[Token]) -> ListItem:
        return ListItem(self.blocks(group[1:-1]), self.span(group[0]))

    def table(self, tokens: Sequence[Token], span: SourceSpan) -> Table:
        rows = [self.row(group) for part in _groups(tokens) for group in _groups(part[1:-1])]
        return Table(SourceSpan(span.line, rows[-1].span.end_line), rows[0], tuple(rows[1:]))

    def row(self, group: Sequence[Token]) -> Row:
        span = self.span(group[0])
        return Row(tuple(self.inlines(cell[1], span) for cell in _groups(group[1:-1])), span)

    def inlines(self, token: Token, span: SourceSpan) -> Inlines:
        return tuple(_elements(token.children or [], span.line))


def _counting_sentence(items: tuple[ListItem, ...], start: int, sign: str) -> Paragraph | None:
    """The sentence in a list of one item that counts on inside it: `1) measure 2) cut 3) sew`."""
    if len(items) != 1 or len(items[0].blocks) != 1 or not isinstance(items[0].blocks[0], Paragraph):
        return None
    paragraph = items[0].blocks[0]
    if f" {start + 1}{sign} " not in inline_text(paragraph.content):
        return None
    number = Text(SourceSpan(paragraph.span.line, paragraph.span.line), f"{start}{sign} ")
    return Paragraph(paragraph.span, (number, *paragraph.content))


def _groups(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens cut into elements: from an opening token to its closing one, or one token by itself."""
    depth = start = 0
    for at, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : at + 1]
            start = at + 1


def _elements(tokens: Sequence[Token], first: int) -> Iterator[AnyInline]:
    for group in _groups(tokens):
        element = _element(group, first)
        if element is not None:
            yield element


def _element(group: Sequence[Token], first: int) -> AnyInline | None:
    head = group[0]
    line = first + (head.map[0] if head.map else 0)
    span = SourceSpan(line, line)
    inner = group[1:-1]
    match head.type:
        case "text" | "text_special":
            return Text(span, head.content) if head.content else None
        case "code_inline":
            return CodeSpan(span, head.content)
        case "softbreak" | "hardbreak":
            return Break(span, head.type == "hardbreak")
        case "strong_open":
            return Strong(span, tuple(_elements(inner, first)))
        case "em_open":
            return Emphasis(span, tuple(_elements(inner, first)))
        case "s_open":
            return Strike(span, tuple(_elements(inner, first)))
        case "mark_open":
            return Mark(span, tuple(_elements(inner, first)))
        case "link_open":
            url = str(head.attrs.get("href", ""))
            heard = (Image(span, "", url),) if is_recording(url) and ":" not in url else ()
            return Link(span, (*_elements(inner, first), *heard), url)
        case "image":
            alt = "".join(child.content for child in head.children or [])
            return Image(span, alt, str(head.attrs.get("src", "")), embedded=head.info == EMBEDDED)
        case "html_inline":
            return HtmlSpan(span, as_images(head.content))
        case "footnote_ref":
            told = SourceSpan(*head.meta["told"]) if "told" in head.meta else span
            return Footnote(span, tuple(_elements(head.children or [], told.line)), told)
        case "math_inline" | "math_inline_double":
            return _formula(head, span, display=head.type == "math_inline_double")
        case _:
            return Text(span, head.content) if head.content else None


def _formula(token: Token, span: SourceSpan, display: bool) -> Formula:
    tex = token.content.strip()
    return Formula(span, tex, tex, display, "written as LaTeX")
