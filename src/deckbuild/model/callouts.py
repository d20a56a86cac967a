"""Callouts: quotes that begin with `[!note]`, as Obsidian and GitHub write boxes with a title.

GitHub's first form, `**Note**` in a line of its own, is one too.
"""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.model import Blocks, Break, Inlines, Paragraph, Quote, Strong, Text

_SIGN = r"\[!(?P<kind>[\w-]{1,40})(?:\|[^\]\n]*)?\](?P<fold>[-+]?)[ \t]*"
"""Kind, what themes make of it behind a bar, and whether the box is folded."""


_BOLD = frozenset(("Note", "Tip", "Important", "Warning", "Caution"))
"""GitHub's kinds (docs.github.com: alerts)."""


class Callout(Struct, frozen=True):
    """A box: its `kind` in lower case, its title, what stands in it, and whether the author `folded` it."""

    kind: str
    title: Inlines
    blocks: Blocks
    folded: bool


def callout(quote: Quote) -> Callout | None:
    """The callout that a quote is; None for other quotes. Without a title the kind is its title."""
    first, *rest = quote.blocks or (None,)
    opening = first.content[0] if isinstance(first, Paragraph) and first.content else None
    if not isinstance(first, Paragraph):
        return None
    if isinstance(opening, Strong):
        return _bold(first, tuple(rest), opening.content)
    if not isinstance(opening, Text):
        return None
    match = re.match(_SIGN, opening.text)
    if match is None:
        return None
    behind = opening.text[match.end() :]
    content = (*((replace(opening, text=behind),) if behind else ()), *first.content[1:])
    end = next((at for at, element in enumerate(content) if isinstance(element, Break)), len(content))
    title, below = content[:end], content[end + 1 :]
    named = title or (Text(first.span, match["kind"].replace("-", " ").replace("_", " ").capitalize()),)
    body = (replace(first, content=below), *rest) if below else tuple(rest)
    return Callout(match["kind"].lower(), named, body, match["fold"] == "-")


def _bold(first: Paragraph, rest: Blocks, title: Inlines) -> Callout | None:
    """The callout of a quote whose first line is nothing but its kind in bold."""
    kind = title[0].text if len(title) == 1 and isinstance(title[0], Text) else ""
    below = first.content[1:]
    if kind not in _BOLD or (below and not isinstance(below[0], Break)):
        return None
    body = (replace(first, content=below[1:]), *rest) if below[1:] else rest
    return Callout(kind.lower(), title, body, False) if body else None
