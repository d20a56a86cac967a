"""Labels, numbers, marks and citations around a question and its answer: taken off, and noted as evidence."""

from __future__ import annotations

import re

from msgspec.structs import replace

from deckbuild.extract.trim import drop, split_at, strip, unwrap
from deckbuild.model import AnyBlock, Blocks, Html, Inlines, Link, Paragraph, inner_inlines
from deckbuild.plain import block_text, inline_text

QUESTION_LABEL = re.compile(
    r"\s*(?:(?:interview\s+)?q(?:ue?s(?:tion)?)?\s*(?:no\.?\s*)?(?:\d+(?:\.\d+)*)?\s*[:：.)]"
    r"|(?:interview\s+)?q(?:ue?s(?:tion)?)?\s*\d+(?:\.\d+)*\s*[-–—]?)\s+",
    re.IGNORECASE,
)
"""`Q:`, `Q1.`, `Q1.2:`, `Question 3 -`, `Interview Q:` before a question."""

NUMBER = re.compile(r"\s*#?\d{1,4}(?:\.\d+)*\s*[.):]\s+")
"""`1.`, `2)`, `1.3:` before a question; a number without a sign behind it may be part of the sentence."""

ANSWER_LABEL = re.compile(
    r"\s*(?:(?:correct\s+)?(?:answer|ans|solution)\s*\d*\s*[:：.)\-–—]+|a\s*\d*\s*[:：])\s*", re.IGNORECASE
)
"""`Answer:`, `Ans-`, `A:`, `Solution 2.` before an answer."""

_COVER = re.compile(
    r"\W*(?:(?:click|tap|press)\b.*|(?:show|see|view|reveal|toggle|expand|hide|the)?\s*(?:the\s+)?"
    r"(?:answers?|solutions?|spoiler|details|expand|more|hints?))\W*",
    re.IGNORECASE,
)
"""What a folded block says where it only hides the answer: `Answer`, `Click to expand`, `Show solution`."""

_CITATION = re.compile(r"\s*\[[^\[\]\n]{1,24}\]\s*$")


def is_cover(text: str) -> bool:
    """Whether the title of a folded block only says that an answer is in it."""
    return bool(_COVER.fullmatch(text.strip()))


def clean_question(content: Inlines) -> tuple[Inlines, frozenset[str], str]:
    """The question without citation, label, number, marks and quotes; which it had, and the cited address."""
    seen = set()
    cited, address = _without_citation(strip(content))
    bare = unwrap(cited)
    if bare != cited:
        seen.add("marked")
    for name, pattern in (("question label", QUESTION_LABEL), ("number", NUMBER)):
        match = pattern.match(inline_text(bare))
        if match and match.end() < len(inline_text(bare)):
            seen.add(name)
            rest = strip(drop(bare, match.end()))
            bare = unwrap(rest)
            if bare != rest:
                seen.add("marked")
    return bare, frozenset(seen), address


def clean_answer(blocks: Blocks) -> tuple[Blocks, frozenset[str]]:
    """The answer without its label and folds; and whether it had a label."""
    blocks = tuple(block for block in blocks if not is_fold(block))
    if not blocks or not isinstance(first := blocks[0], Paragraph):
        return blocks, frozenset()
    match = ANSWER_LABEL.match(inline_text(first.content))
    if not match:
        return blocks, frozenset()
    rest = strip(drop(first.content, match.end()))
    head = (replace(first, content=rest),) if rest else ()
    return (*head, *blocks[1:]), frozenset({"answer label"})


def _without_citation(content: Inlines) -> tuple[Inlines, str]:
    """The run without a link in brackets at its end, `[[source](address)]`; and the address, "" if none."""
    match = _CITATION.search(inline_text(content))
    if match and match.start() > 0:
        head, tail = split_at(content, match.start())
        links = [element.url for element in inner_inlines(tail) if isinstance(element, Link)]
        if links:
            return strip(head), links[0]
    return content, ""


def is_fold(block: AnyBlock) -> bool:
    """Whether a block of HTML only folds what stands around it."""
    if not isinstance(block, Html) or not re.search(r"</?(?:details|summary)\b", block.text, re.IGNORECASE):
        return False
    text = block_text((block,)).strip()
    return not text or is_cover(text)
