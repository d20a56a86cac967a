"""The Markdown parser: CommonMark with tables, strikethrough, front matter, `==marks==`, footnotes, LaTeX, and lines.

Each inline token tells the line that it starts on, which markdown-it by itself does for blocks only.
"""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from deckbuild.syntax.container_rules import add_container_rules
from deckbuild.syntax.dollar_rules import add_dollar_rules
from deckbuild.syntax.embed_rules import add_embed_rules
from deckbuild.syntax.footnote_rules import add_footnote_rules
from deckbuild.syntax.latex_rules import add_latex_rules
from deckbuild.syntax.limits import add_limits
from deckbuild.syntax.markdown_rules import add_rules


@lru_cache(maxsize=2)
def parser(indented_code: bool) -> MarkdownIt:
    """The parser; `indented_code` says whether lines indented by four columns are code."""
    made = MarkdownIt("commonmark")
    if not indented_code:
        made.disable("code")
    made.inline = _LinedInline()
    made.enable(["table", "strikethrough"])
    front_matter_plugin(made)
    add_dollar_rules(made)
    amsmath_plugin(made)
    add_rules(made)
    add_latex_rules(made)
    add_footnote_rules(made)
    add_container_rules(made)
    add_embed_rules(made)
    add_limits(made)
    return made


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
