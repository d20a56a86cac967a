"""The parser of inline runs: each rule is tried where its sign stands, and each token tells the line it starts on.

markdown-it tries two dozen rules at every sign, and gives lines of blocks only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_inline import StateInline, fragments_join
from markdown_it.token import Token
from markdown_it.utils import EnvType

_SIGNS = {
    "told": "{",
    "newline": "\n",
    "math_behind_number": "$",
    "dollars": "$",
    "math_inline": "$",
    "tex_brackets": "\\",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "mark": "=",
    "product_sign": "*",
    "emphasis": "*_",
    "link": "[",
    "embedded_file": "![",
    "image_attributes": "{",
    "image": "!",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "autolink": "<",
    "whole_element": "<",
    "lone_tag": "<",
    "html_inline": "<",
    "entity": "&",
}
"""The signs that what a rule takes begins with. A rule that isn't here is tried at all signs that end text."""

_ANYWHERE = frozenset({"text", "linkify"})
"""Rules that are no sign's: text is what stands between signs, and addresses by themselves are no links."""

_CLOSING = "]"
"""Where links look for their end, sign by sign."""


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


class LinedInline(ParserInline):
    """Parses runs. All rules must be added before the first run."""

    @cached_property
    def rules(self) -> dict[str, list[RuleFuncInlineType]]:
        """The rules by the sign at which they are tried, in their order."""
        found: defaultdict[str, list[RuleFuncInlineType]] = defaultdict(list)
        ends = self.terminator_re.pattern[1:-1].replace("\\", "")
        for rule in self.ruler.__rules__:
            if rule.enabled and rule.name not in _ANYWHERE:
                for sign in _SIGNS.get(rule.name, f"{ends}\\"):
                    found[sign].append(rule.fn)
        return dict(found)

    @cached_property
    def signs(self) -> re.Pattern[str]:
        """Any sign at which a rule is tried, or a link looks for its end."""
        return re.compile(f"[{re.escape(''.join((*self.rules, _CLOSING)))}]")

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Put the tokens of a run behind those given."""
        if src and not self.signs.search(src):
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        state = (_LinedState if "\n" in src else StateInline)(src, md, env, tokens)
        self.tokenize(state)
        if state.delimiters or any(state.tokens_meta):
            for rule in self.ruler2.getRules(""):
                rule(state)
        elif len(state.tokens) > 1:
            fragments_join(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """Put the tokens of the run from `state.pos` to `state.posMax` into the state."""
        src, end, search = state.src, state.posMax, self.signs.search
        deepest = state.md.options["maxNesting"]
        while (at := state.pos) < end:
            found = search(src, at, end) if state.level < deepest else None
            stop = found.start() if found else end
            if stop > at:
                state.append_pending(src[at:stop])
                state.pos = stop
            elif not any(rule(state, False) for rule in self.rules.get(src[at], ())):
                state.append_pending(src[at])
                state.pos = at + 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        """Go on behind the next token without making it."""
        at = state.pos
        if (known := state.cache.get(at)) is not None:
            state.pos = known
            return
        if state.level >= state.md.options["maxNesting"]:
            state.pos = state.posMax + 1
        else:
            found = self.signs.search(state.src, at, state.posMax)
            stop = found.start() if found else state.posMax
            if stop > at:
                state.pos = stop
            else:
                state.level += 1
                if not any(rule(state, True) for rule in self.rules.get(state.src[at], ())):
                    state.pos = at + 1
                state.level -= 1
        state.cache[at] = state.pos
