"""Labels, numbers, marks and citations around a question and its answer: taken off, and noted as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from deckbuild.extract.vocabulary import ANSWERS, QUESTIONS, pattern
from deckbuild.model import AnyBlock, Blocks, Heading, Html, Inlines, Link, Paragraph, inner_inlines
from deckbuild.model.text import block_text, inline_text
from deckbuild.model.trim import drop, split_at, strip, unwrap

_Q = rf"(?:interview\s+)?(?:{pattern(QUESTIONS)})"

QUESTION_LABEL = re.compile(
    rf"\s*+(?:{_Q}\s*+(?:no\.?\s*+)?(?:\d+(?:\.\d+)*)?\s*+(?:[：]|[:.)](?=\s))"
    rf"|{_Q}\s*+\d+(?:\.\d+)*\s*[-–—]?(?=\s))\s*",
    re.IGNORECASE,
)
"""`Q:`, `Q1.`, `Q1.2:`, `Question 3 -`, `Interview Q:`, `问：` before a question."""

NUMBER = re.compile(r"\s*#?(?P<number>\d{1,4})(?:\.\d+)*\s*[.):]\s+")
"""`1.`, `2)`, `1.3:` before a question; a number without a sign behind it may be part of the sentence."""

ANSWER_LABEL = re.compile(
    rf"\s*+(?:(?:correct\s+)?(?:{pattern(ANSWERS - {'a'})})\s*+\d*+\s*+[:：.)\-–—]+|a\s*+\d*+\s*+[:：])\s*",
    re.IGNORECASE,
)
"""`Answer:`, `Ans-`, `A:`, `Solution 2.`, `Antwort:`, `答：` before an answer."""

_LETTER_A = re.compile(r"\s*A[.)]\s+")
"""An answer label where the question has one too; elsewhere it is an option or an initial."""

_ANSWER_TITLE = re.compile(
    rf"\W*+(?:{pattern(ANSWERS - {'a'})})\W*+(?:\d+|(?P<option>[A-H]))?\W*", re.IGNORECASE
)

_COVER = re.compile(
    r"\W*+(?:(?:click|tap|press)\b.*+|(?:show|see|view|reveal|toggle|expand|hide|the)?\s*+(?:the\s++)?"
    r"(?:answers?|solutions?|spoiler|details|expand|more|hints?))\W*",
    re.IGNORECASE,
)
"""What a folded block says where it only hides the answer: `Answer`, `Click to expand`, `Show solution`."""

_DETAILS = re.compile(r"<(/?)details\b", re.IGNORECASE)
_HASHTAGS_BACKWARDS = re.compile(r"\s*+(?:[\w/-]*[^\W\d_]#\s++)++")
"""Hashtags at the end, read from there: a search from the front would read a run of them once for each."""

_LINK_BACK = re.compile(
    r"(?:\s|<(?!a\s)[^<>]*>)*+<a\s[^<>]*href\s*=\s*[\"']?#[^<>]*>[^<>]*</a>(?:\s|<(?!a\s)[^<>]*>)*+",
    re.IGNORECASE,
)
_CITATION = re.compile(r"\[[^\[\]\n]{1,24}\]\Z")
_LONGEST_CITATION = 26


def is_cover(text: str) -> bool:
    """Whether the title of a folded block only says that an answer is in it."""
    return bool(_COVER.fullmatch(text.strip()))


def hashtags(text: str) -> int:
    """Where the hashtags at the end of a text begin, with the white space before them; its length if none."""
    found = _HASHTAGS_BACKWARDS.match(text[::-1]) if "#" in text else None
    return len(text) - found.end() if found else len(text)


def clean_question(content: Inlines) -> tuple[Inlines, frozenset[str], str]:
    """The question without citation, label, number, marks and quotes; which it had, and the cited address."""
    seen = set()
    cited, address = _without_citation(strip(content))
    text = inline_text(cited)
    tags = hashtags(text)
    if 0 < tags < len(text):
        cited = split_at(cited, tags)[0]
    bare = unwrap(cited)
    if bare != cited:
        seen.add("marked")
    for name, label in (("question label", QUESTION_LABEL), ("number", NUMBER)):
        match = label.match(inline_text(bare))
        rest = strip(drop(bare, match.end())) if match else ()
        if rest:
            seen.add(name)
            bare = unwrap(rest)
            if bare != rest:
                seen.add("marked")
    return bare, frozenset(seen), address


def clean_answer(blocks: Blocks, labelled: bool = False) -> tuple[Blocks, frozenset[str]]:
    """The answer without its label, its folds and its way back; and whether it had a label.

    `labelled` says that the question has a label, so that `A.` is one too.
    """
    blocks = without_folds(blocks)
    while blocks and _leads_back(blocks[-1]):
        blocks = blocks[:-1]
    if blocks and isinstance(title := blocks[0], Heading) and is_answer_title(title):
        match = _ANSWER_TITLE.fullmatch(inline_text(title.content))
        names_option = match is not None and match["option"]
        return blocks if names_option else blocks[1:], frozenset({"answer label"})
    if not blocks or not isinstance(first := blocks[0], Paragraph):
        return blocks, frozenset()
    text = inline_text(first.content)
    match = ANSWER_LABEL.match(text) or (_LETTER_A.match(text) if labelled else None)
    if not match:
        return blocks, frozenset()
    rest = strip(drop(first.content, match.end()))
    head = (replace(first, content=rest),) if rest else ()
    return (*head, *blocks[1:]), frozenset({"answer label"})


def divide(body: Blocks) -> tuple[Blocks, Blocks]:
    """What belongs to the question, and the answer from the label or title that announces it.

    Only a short statement before the label belongs to the question; a label further down is in an answer.
    """
    for at, block in enumerate(body[:5]):
        labelled = isinstance(block, Paragraph) and ANSWER_LABEL.match(inline_text(block.content))
        if labelled or is_answer_title(block):
            return body[:at], body[at:]
    return (), body


def is_answer_title(block: AnyBlock) -> bool:
    """Whether a block is a heading that says no more than that an answer follows, or which option it is."""
    return isinstance(block, Heading) and bool(_ANSWER_TITLE.fullmatch(inline_text(block.content)))


def _leads_back(block: AnyBlock) -> bool:
    """Whether a block is nothing but a link within the document, such as `Back to top`."""
    if isinstance(block, Html):
        return bool(_LINK_BACK.fullmatch(block.text))
    if not isinstance(block, Paragraph):
        return False
    content = unwrap(block.content)
    return len(content) == 1 and isinstance(content[0], Link) and content[0].url.startswith("#")


def _without_citation(content: Inlines) -> tuple[Inlines, str]:
    """The run without a link in brackets at its end, `[[source](address)]`; and the address, "" if none."""
    text = inline_text(content).rstrip()
    match = _CITATION.search(text, max(0, len(text) - _LONGEST_CITATION)) if text.endswith("]") else None
    if match and (start := len(text[: match.start()].rstrip())) > 0:
        head, tail = split_at(content, start)
        links = [element.url for element in inner_inlines(tail) if isinstance(element, Link)]
        if links:
            return strip(head), links[0]
    return content, ""


def without_folds(blocks: Iterable[AnyBlock]) -> Blocks:
    """The blocks without HTML that only folds them; a fold with a title of its own stays, with its end."""
    kept: list[AnyBlock] = []
    open_folds: list[bool] = []
    for block in blocks:
        stays = not is_fold(block)
        for end in _DETAILS.findall(block.text) if isinstance(block, Html) else ():
            if not end:
                open_folds.append(stays)
            elif open_folds:
                stays |= open_folds.pop()
        if stays:
            kept.append(block)
    return tuple(kept)


def is_fold(block: AnyBlock) -> bool:
    """Whether a block of HTML only folds what stands around it."""
    if not isinstance(block, Html) or not re.search(r"</?(?:details|summary)\b", block.text, re.IGNORECASE):
        return False
    text = block_text((block,)).strip()
    return not text or is_cover(text)
