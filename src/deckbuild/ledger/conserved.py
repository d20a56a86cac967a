"""Words are conserved: what a line says is in the text of its owner, or is a known marker.

A check on extraction, for tests and for `explain`; it never fails a build. Words are runs of letters and
digits: signs mark up, and layout moves them.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from deckbuild.extract.notes.labels import hashtags, is_cover
from deckbuild.extract.page.roles import role
from deckbuild.extract.page.scripts import SIGNS_OF_WORDS
from deckbuild.extract.vault_marks import without_marks
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.maths.find.fences import announces_legend
from deckbuild.model import (
    AnyBlock,
    AnyInline,
    CodeBlock,
    CodeSpan,
    Document,
    Fate,
    Formula,
    FrontMatter,
    Html,
    Image,
    Link,
    Mark,
    Note,
    Text,
    claimed,
    inline_runs,
    inner_blocks,
    inner_inlines,
    outline,
)
from deckbuild.model.documents import COLUMNS

_WORD = regex(r"[^\W_]+")
_GLUE = regex(r"(?<=[a-z])(?=[A-Z])")
"""Where copied pages glue a label to its value: `Follow-upWhy`."""

_MARKERS = regex(
    r"<button\b[^<>]*>[^<>]*</button>"
    r"|</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>"  # tags of HTML
    r"|^[\s>]*(?:`{3,}|~{3,})[^`]*$"  # fences
    r"|^\s*\[[^\]]+\]:\s.*$|(?<=\])\[[^\]]*\]"  # addresses of links given elsewhere, and their names
    r"|\{[#.][^{}]*\}"  # anchors
    r"|(?<=\|)\d+(?:x\d+)?(?=\]\])"  # sizes of embedded images
    r"|\[![\w-]+(?:\|[^\]]*)?\][-+]?"  # kinds of callouts
    r"|^\s*(?::{3,}\s*\{?|!!!\s|\?\?\?\+?\s)[\w:.-]+(?:\s+\w+(?==[\"']))?"  # … as others write them
    r"|^\s*\\begin\s?\{\w+\*?\}|\\label\{[^{}]*\}"
    r"|\{\{c[0-9]{1,3}::"  # openings of clozes
    r"|\[sound:|(?<=[)\]])\{[^{}]*\}|\s=\d*%?x?\d*%?\s*(?=\))"  # recordings, widths of images
    r"|\[\^[^\]\s]+\]:?"  # footnotes
    r"|^\s*(?:START|END|Basic)\s*$"  # frames of notes that other programs read
)
_COMMENT = regex(r"<!--.*?-->")
_START = regex(
    r"[\s>#*+•|:-]*(?:[(\[#№]?\d{1,9}(?:\.\d+)*[.):\]-]{1,2}(?:\s|$)|0\d{1,3}\s|(?<=[#№])\d{1,4}\s|№\d{1,4}\s"
    r"|\d{1,4}\s[-–]\s|\d{1,3}\.\d{1,3}\s)?[\s*_]*"
)
"""Signs of quotes, headings and lists, and a number, before the first word of a line."""

_LABEL = regex(
    rf"(?P<words>[^\W\d_](?:[^\W\d_]|[{SIGNS_OF_WORDS}])*+(?: (?:[^\W\d_]|[{SIGNS_OF_WORDS}])++){{0,2}})"
    r"\s*#?[\d.]*[*_]*\s*(?P<sign>[:：.)\-–—]|$|(?<=\d)(?=\s))"
)
_COUNTED = regex(r"[^\W\d_]+ #?\d+\W*")
"""A title that only counts a question: `Day 3`."""

_LETTER = regex(r"(?:\[[^\w\]]*+(?:x[^\w\]]*+)?\]\s*)?(?:[(\[]?[A-H\d][.):\]]{1,2})?", re.IGNORECASE)
"""Box and letter before an option."""

_VERDICT = regex(
    r"(?P<words>\W*(?:[^\W\d_]+\W+){0,6}?)(?:#?\d{1,3}\s?[:：]\s)?(?:[A-H]\b(?:(?:\W|\band\b)++[A-H]\b)*+|(?-i:[A-H]{2,5}\b)|\d\b(?:\W+\d\b)*)",
    re.IGNORECASE,
)
"""What names the right options, before an explanation: `The correct answer is B and D`."""

_TOLD = regex(r"\s[(\[](?:[A-Ha-h](?:\W+[A-Ha-h])*|[^()\[\]\s]{2,14})[)\]]\W*$")
"""The letters of the right options behind a question, or the word behind the right one."""

_FURTHER_LETTER = regex(r"(?<=\s)[A-H][.):](?=\s)", re.IGNORECASE)
"""The letter of an option that stands on the line of another."""

_INSIDE = regex(r"\s[*_]*(?P<words>[^\W\d_]{1,12})\s*[:：][*_]*\s")
"""A label inside a line that holds question and answer."""

_FOLD = regex(r"<summary[^<>]*>(?P<words>[^<>]{1,40})</summary>")
"""The title of a fold."""

_NUMBERED = regex(r"[^\W\d_]{3,20} \d+(?:\.\d+)*(?=[.*]*\s*[*_(])")
"""What counts a definition before its name: `Definition 2. *Open set*`."""

_INDEX = regex(r"^\W*\d{1,4}\.?(?=\s*[|\t;,])|(?<=[|\t;,])\W*[A-Ha-h\d]\W*$")
"""The number of a row, and the cell at its end that names an option."""

_ROW_OF_KEY = regex(r"^\W*(?:Q\W*)?\d{1,3}\W*\|\W*[A-H](?:\W+[A-H])*\W*\|", re.IGNORECASE)
"""The number of a question and the letters of its right options, in a table with reasons."""

_CITATION = regex(r"\[\[[^\[\]]*\]\]?(?=\()")


def lost_words(lines: Sequence[str], document: Document) -> dict[int, tuple[str, ...]]:
    """Words that are neither in the owner of their line nor a marker, by line, counted from 1.

    `lines` are those of the source that the document was read from. Where a line was dropped, or no rule
    claims it, the ledger says so, and there is no owner to look in.
    """
    dropped = {
        line
        for claim in document.ledger
        if claim.fate is Fate.DROPPED
        for line in range(claim.span.line, claim.span.end_line + 1)
    }
    bare = without_marks(lines)
    lost: dict[int, tuple[str, ...]] = {}
    for part, _ in outline.parts(document):
        spans = claimed(part) if isinstance(part, Note) else (part.span,)
        own = (line for span in spans for line in range(span.line, span.end_line + 1))
        said = {line: _said(bare[line - 1], part) for line in own if line not in dropped}
        lost.update(_missing(said, _owned(part)))
    return lost


def _missing(
    said: Mapping[int, Sequence[str]], owned: Sequence[str]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Lines with words that the owner has too few of. What a document says twice may be kept once."""
    left = Counter(owned)
    whole = f" {' '.join(owned)} "
    for line, spoken in said.items():
        short = tuple(word for word in spoken if not _take(left, word))
        if short and f" {' '.join(spoken)} " not in whole:
            yield line, short


def _take(left: Counter[str], word: str) -> bool:
    left[word] -= 1
    return left[word] >= 0


def _said(line: str, owner: Note | AnyBlock) -> list[str]:
    """The words of a line without its markers."""
    if announces_legend(line):
        return []
    end = line.rfind("-->") + len("-->")
    text = _COMMENT.sub(" ", line[:end]) + line[end:]
    text = _FOLD.sub(lambda m: " " if role(m["words"]) == "answer" else m[0], text)
    text = _MARKERS.sub(" ", text[: hashtags(text)])
    text = _START.sub("", text, count=1)
    if isinstance(owner, Note):
        if is_cover(text):
            return []
        if "options" in owner.cues:
            text = _ROW_OF_KEY.sub("", text)
            text = _without_verdict(_FURTHER_LETTER.sub(" ", _LETTER.sub("", text, count=1)))
        if owner.shape == COLUMNS:
            text = _INDEX.sub(" ", text)
        if owner.shape == "line with a separator" and (counted := _NUMBERED.match(text)):
            text = text[counted.end() :]
        label = _LABEL.match(text)
        titles = label and owner.shape == "labelled parts" and (label["sign"] or _COUNTED.fullmatch(text))
        if label and (titles or role(label["words"])):
            text = _START.sub("", text[label.end() :], count=1)
        text = _INSIDE.sub(lambda m: " " if role(m["words"]) == "answer" else m[0], text)
        text = _CITATION.sub(" ", text)
    return _words(text)


def _without_verdict(text: str) -> str:
    """A line beside options without what names the right one at its start, or marks it at its end."""
    verdict = _VERDICT.match(text)
    if verdict and (not verdict["words"].strip() or role(verdict["words"].strip(" *_:：(（")) == "answer"):
        return text[verdict.end() :]
    if told := _TOLD.search(text):
        return text[: told.start()]
    last = _WORD.findall(text)[-1:]
    return text[: text.rindex(last[0])] if last and last[0].casefold() in words().correct else text


def _owned(owner: Note | AnyBlock) -> list[str]:
    """The words of a note or block, with the addresses of its links."""
    if not isinstance(owner, Note):
        return [word for text in _texts(owner) for word in _words(text)]
    texts = [text for block in (*owner.question, *owner.answer, *owner.repeated) for text in _texts(block)]
    labelled = [f"{label} {value}" for label, value in owner.extras.items()]
    return [word for text in (*texts, *labelled, *owner.tags) for word in _words(text)]


def _texts(outer: AnyBlock) -> Iterator[str]:
    for block in inner_blocks(outer):
        match block:
            case CodeBlock() | Html() | FrontMatter():
                yield block.text
            case Formula(text=text, legend=legend):
                yield text
                for line in legend:
                    for element in inner_inlines((*line.symbol, *line.text)):
                        yield from _element(element)
            case _:
                for element in (e for run in inline_runs(block) for e in inner_inlines(run)):
                    yield from _element(element)


def _element(element: AnyInline) -> Iterator[str]:
    """What an inline says by itself, without those inside it."""
    match element:
        case Text(text=text) | CodeSpan(text=text) | Formula(text=text):
            yield text
        case Image(alt=alt, url=url):
            yield from (alt, url)
        case Link(url=url):
            yield url
        case Mark(hint=hint):
            yield hint


def _words(text: str) -> list[str]:
    """The words in order, case folded, escapes of HTML and of addresses resolved."""
    return _WORD.findall(_GLUE.sub(" ", html.unescape(unquote(text))).casefold())
