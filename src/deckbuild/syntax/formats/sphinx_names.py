"""Directives and roles that docutils doesn't know, most of them Sphinx's: what they hold is text all the same."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.languages import en

from deckbuild.machine.regex import regex

_DIRECTIVE = regex(r"^\s*\.\. (?P<name>[\w:+.-]+)::", re.MULTILINE)
_OPTION = regex(r":[\w-]+:")
_ROLE = regex(r":(?P<name>[\w+.-]+(?::[\w+.-]+)*):`")
_TARGET = regex(r"^(?P<text>.+?)\s*<[^<>]+>$")
_CODE = frozenset("code-block sourcecode code ipython prompt highlight-block".split())
_CODE_ROLES = frozenset(
    "attr class command const data exc file func kbd keyword member meth mod obj option program samp".split()
)
_FOLDS = frozenset("dropdown collapse toggle details admonition spoiler".split())
_SOLVES = frozenset(("solution", "answer"))
_ASKS = frozenset(("exercise", "problem"))
_STATES = frozenset(("definition", "theorem", "lemma", "proposition", "corollary"))
_VALUED = frozenset(
    "only tab-set versionadded versionchanged deprecated py:function function class grid card".split()
)
_LEFT_OUT = frozenset(
    "toctree index highlight currentmodule module tabularcolumns include literalinclude raw meta autoclass"
    " autofunction automodule contents".split()
)


class _Code(Directive):  # type: ignore[misc]
    has_content, optional_arguments, final_argument_whitespace = True, 1, True
    option_spec = None

    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        node = nodes.literal_block(text, text)
        node["language"] = next(iter(_argument(self).split()), "")
        return [node]


class _Text(Directive):  # type: ignore[misc]
    """Its argument and its content are text, its options are not."""

    has_content, optional_arguments, final_argument_whitespace = True, 1, True

    def run(self) -> list[nodes.Node]:
        node = nodes.container()
        node.line = self.lineno
        if self.name in _LEFT_OUT:
            return []
        kind = self.name.rpartition(":")[2]
        argument = _argument(self)
        if kind in _SOLVES:
            node["fold"], node["solves"], argument = "Solution", True, ""  # which names the exercise
        if kind in _ASKS:
            node["exercise"] = True
            self.state.nested_parse(self.content, self.content_offset, node)
            if argument and node.children and isinstance(node.children[0], nodes.paragraph):
                node.children[0].insert(0, nodes.Text(f"{argument}. "))
            return [node]
        if kind in _STATES and argument:
            node["named"] = named = " ".join(argument.split())
            node["told"] = named if kind == "definition" else f"{kind.capitalize()}: {named}"
        elif self.name in _FOLDS and argument:
            node["fold"] = " ".join(argument.split())
        elif argument and self.name not in _VALUED:
            inline, _ = self.state.inline_text(argument, self.lineno)
            node += nodes.paragraph(argument, "", *inline)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


class _Glossary(_Text):
    """Terms with what they mean; several terms may share one meaning, each on a line of its own."""

    optional_arguments, option_spec = 0, {"sorted": directives.flag}

    def run(self) -> list[nodes.Node]:
        content = self.content
        for at in range(len(content) - 2):
            if all(_is_term(content[n]) for n in (at, at + 1)):
                content[at + 1], content[at] = f"{content[at].strip()}, {content[at + 1]}", ""
        return super().run()


def _is_term(line: str) -> bool:
    return bool(line.strip()) and not line.startswith((" ", "\t", "..", ":"))


def _argument(directive: Directive) -> str:
    """What stands behind the name of a directive, without its options."""
    lines = directive.arguments[0].split("\n") if directive.arguments else []
    return "\n".join(line for line in lines if not _OPTION.match(line))


def _role(
    name: str, rawtext: str, text: str, lineno: int, inliner: Any, options: Any = None, content: Any = ()
) -> Any:
    bare = nodes.unescape(text)
    told = _TARGET.match(bare)
    bare = told["text"] if told else bare.lstrip("~!")
    short = name.rpartition(":")[2]
    if text.startswith("~") and not told:
        bare = bare.rpartition(".")[2]
    return [nodes.literal(rawtext, bare) if short in _CODE_ROLES else nodes.inline(rawtext, bare)], []


def register(text: str) -> None:
    """Make docutils take the directives and roles of a text that it doesn't know."""
    for name in {found["name"].lower() for found in _DIRECTIVE.finditer(text)}:
        if name in _CODE:
            directives.register_directive(name, _Code)
        elif name == "glossary":
            directives.register_directive(name, _Glossary)
        elif name not in en.directives or name in _LEFT_OUT:
            directives.register_directive(name, _Text)
    for name in {found["name"].lower() for found in _ROLE.finditer(text)} - en.roles.keys():
        roles.register_local_role(name, _role)
