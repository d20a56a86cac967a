"""The Markdown parser: CommonMark with tables, strikethrough, front matter, `==marks==`, footnotes and LaTeX."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from deckbuild.syntax.container_rules import add_container_rules
from deckbuild.syntax.divider_rules import add_divider_rules
from deckbuild.syntax.dollar_rules import add_dollar_rules
from deckbuild.syntax.embed_rules import add_embed_rules
from deckbuild.syntax.footnote_rules import add_footnote_rules
from deckbuild.syntax.inline_parser import LinedInline
from deckbuild.syntax.latex_rules import add_latex_rules
from deckbuild.syntax.limits import add_limits
from deckbuild.syntax.lone_tags import add_lone_tags
from deckbuild.syntax.markdown_rules import add_rules
from deckbuild.syntax.quick_blocks import add_quick_blocks
from deckbuild.syntax.quick_inline import parse_others


@lru_cache(maxsize=2)
def parser(indented_code: bool) -> MarkdownIt:
    """The parser; `indented_code` says whether lines indented by four columns are code."""
    made = MarkdownIt("commonmark")
    if not indented_code:
        made.disable("code")
    made.inline = LinedInline()
    made.enable(["table", "strikethrough"])
    front_matter_plugin(made)
    add_dollar_rules(made)
    amsmath_plugin(made)
    add_rules(made)
    add_divider_rules(made)
    add_latex_rules(made)
    add_footnote_rules(made)
    add_container_rules(made)
    add_embed_rules(made)
    add_lone_tags(made)
    add_limits(made)
    add_quick_blocks(made)
    made.core.ruler.at("inline", parse_others)
    return made
