"""Text in the lines of reStructuredText as Markdown."""

from __future__ import annotations

from docutils import nodes

from deckbuild.syntax.formats.reading import code_span, escaped, wrapped
from deckbuild.syntax.latex_rules import told_formula


def inline(node: nodes.Element) -> str:
    """The Markdown of what stands in lines."""
    return "".join(inline_of(child) for child in node.children)


def inline_of(node: nodes.Node) -> str:
    """One inline element."""
    match node:
        case nodes.Text():
            return escaped(node.astext())
        case nodes.strong():
            return wrapped("**", inline(node))
        case nodes.emphasis() | nodes.title_reference():
            return wrapped("*", inline(node))
        case nodes.literal():
            return code_span(node.astext())
        case nodes.math():
            return told_formula(node.astext(), False)
        case nodes.subscript() | nodes.superscript():
            tag = "sub" if isinstance(node, nodes.subscript) else "sup"
            return f"<{tag}>{inline(node)}</{tag}>"
        case nodes.reference() if node.get("refuri") and not isinstance(node.children[0], nodes.image):
            return f"[{inline(node)}]({str(node['refuri']).replace(' ', '%20')})"
        case nodes.footnote_reference():
            return f"[^{node.astext()}]"
        case nodes.image():
            return f"![{escaped(str(node.get('alt', '')))}](<{node.get('uri', '')}>)"
        case nodes.system_message() | nodes.target() if not node.children:
            return ""
        case nodes.Element():
            return inline(node)
    return ""
