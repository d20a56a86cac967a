"""Answers that only say that one is still to be written."""

from __future__ import annotations

import re

from deckbuild.machine.regex import regex
from deckbuild.model import AnyBlock, Blocks, CodeBlock, CodeSpan, Link, Paragraph
from deckbuild.model.text import block_text, inline_text
from deckbuild.model.trim import strip

_PLACEHOLDER = regex(
    r"\[(?:[^\W\d]{3,}|[^\[\]]*[^\W\d] [^\W\d][^\[\]]*)\]|(?:your |an? |the )?answers? (?:goes )?here"
    r"|(?:todo|tbd|fixme)(?:\W+\w+){0,6}"
    r"|to be (?:added|done|written)|coming soon|n/a|(?-i:NA)|\?+|\.\.\.|…|[-–—]+",
    re.IGNORECASE | re.DOTALL,
)


def is_placeholder(answer: Blocks) -> bool:
    """Whether an answer says no more than that it is missing; a link in brackets says where it is."""
    said = bool(_PLACEHOLDER.fullmatch(block_text(answer).strip()))
    return said and not (len(answer) == 1 and _says_something(answer[0]))


def _says_something(block: AnyBlock) -> bool:
    """Whether it is code, or a link in brackets."""
    if not isinstance(block, Paragraph):
        return isinstance(block, CodeBlock)
    return all(isinstance(element, CodeSpan) for element in strip(block.content)) or any(
        isinstance(element, Link) and inline_text((element,)).strip() for element in block.content
    )
