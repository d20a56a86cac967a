"""The tokens of the Markdown parser as blocks with spans, and tokens of a run as inline elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

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
from deckbuild.syntax.drawn_html import as_images
from deckbuild.syntax.embed_rules import EMBEDDED
from deckbuild.syntax.latex_rules import unescaped
from deckbuild.syntax.plain_tables import tabbed_table
from deckbuild.syntax.quick_inline import quick


def token_blocks(tokens: Sequence[Token], lines: Sequence[str], first: int) -> Blocks:
    """The blocks of one stream of tokens, parsed from `lines`; `first` is the number of the first of them."""
    return _Reader(lines, first).blocks(tokens)


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
                return _html(as_images(head.content), span)
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
        if not token.children:
            return quick(token.content, span.line)
        return tuple(_elements(token.children, span.line))


def _html(text: str, span: SourceSpan) -> Table | Html:
    if "<table" in text.lower():
        from deckbuild.syntax.html_tables import html_table

        return html_table(text, span.line) or Html(span, as_images(text))
    return Html(span, as_images(text))


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
            heard = (Text(span, " "), Image(span, "", url)) if is_recording(url) and ":" not in url else ()
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
    text = token.content.strip()
    return Formula(span, text, unescaped(text, token.markup), display, "written as LaTeX")
