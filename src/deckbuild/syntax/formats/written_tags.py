"""Tags in fields of plain text: those that mark up words, and those that the text is about, which are shown."""

from __future__ import annotations

import re
from bisect import bisect_left

from deckbuild.machine.regex import regex

_KNOWN = frozenset(
    "a abbr b big blockquote br center cite code dd del details div dl dt em figcaption figure font h1 h2 h3 h4 h5"
    " h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strike strong sub summary sup table tbody"
    " td tfoot th thead tr tt u ul var".split()
)
"""Elements that fields of exports are laid out with."""

_ENDLESS = frozenset("br dd dt hr li p td th tr".split())
"""Those that are written without an end too: to words they are attached, `one<br>two`."""

_PART = regex(
    r"(?P<skip>(?<!`)(?P<ticks>`++).*?(?<!`)(?P=ticks)(?!`)|\\\((?:(?!\\\().)*?\\\)|\\\[(?:(?!\\\[).)*?\\\]|\$\$.*?\$\$"
    r"|\[latex\](?:(?!\[latex\]).)*?\[/latex\])"
    r"|(?P<tag><(?P<close>/?)(?P<name>[A-Za-z][\w:-]{0,40})(?P<rest>(?:\s|/)[^<>]*)?>|<[!?][^<>]*>|<(?=[A-Za-z/!?]))",
    re.DOTALL,
)
_CODE = regex(
    r"<(?P<name>code|pre|kbd|samp|tt)\b[^<>]*>(?P<inner>.*?)</(?P=name)\s*>", re.DOTALL | re.IGNORECASE
)
_TAGGED = regex(r"(</?[A-Za-z][^<>]*>)")
_SIGNS = regex(r"[*_~=`$\[\]^\\\n]")
"""Signs of Markdown, and the end of a line."""

_DEEPEST = 60
"""Elements inside each other in which an end is looked for."""

_CUT = regex(r"(?<=[^\s<])</(?P<name>[A-Za-z][A-Za-z0-9]{0,11})\Z")
"""The last tag of a field whose `>` went when the field was stripped."""

_BEFORE = regex(r"[\w)\]]$|[.!?:;]\s?$")
_BEHIND = regex(r"[\w(¿¡\"'“«]")


def with_shown_tags(text: str) -> str:
    """A field in which tags that mark up nothing are text: `What does <p> do?`, `List<String>`, an answer `<br>`.

    Markup are elements with words in them, images, and breaks attached to words; beside such, elements without words.
    """
    if "<" not in text:
        return text
    if (cut := _CUT.search(text)) and cut["name"].lower() in _KNOWN:
        text += ">"
    found = [part for part in _PART.finditer(text) if part["tag"]]
    if not found:
        return text
    words = _words(text, found)
    pairs = _pairs(found)
    full = {
        at
        for opened, closed in pairs.items()
        if _between(words, found[opened].end(), found[closed].start())
        for at in (opened, closed)
    }
    full |= {at for at, tag in enumerate(found) if _stands_alone(tag, text) and at not in pairs}
    if full:
        full |= {at for pair in pairs.items() for at in pair}
        used = {(found[at]["name"] or "").lower() for at in full}
        full |= {
            at
            for at, tag in enumerate(found)
            if tag[0].startswith("<!--")
            or (_is_endless(tag) and (tag["name"].lower() in used or _touches(tag, text)))
        }
    parts, done = [], 0
    for at, tag in enumerate(found):
        parts.append(text[done : tag.start()])
        parts.append(tag[0] if at in full else "&lt;" + tag[0][1:])
        done = tag.end()
    return "".join((*parts, text[done:]))


def with_fixed_code(text: str) -> str:
    """A field whose code in HTML stands as it is: signs in it mark up nothing, and its lines keep their indents."""
    if not (parts := [found for found in _CODE.finditer(text) if _SIGNS.search(found["inner"])]):
        return text
    whole, done = [], 0
    for found in parts:
        whole += [text[done : found.start("inner")], _fixed(found["inner"])]
        done = found.end("inner")
    return "".join((*whole, text[done:]))


def _fixed(code: str) -> str:
    return "".join(
        part if at % 2 else _SIGNS.sub(lambda sign: "<br>" if sign[0] == "\n" else f"&#{ord(sign[0])};", part)
        for at, part in enumerate(_TAGGED.split(code))
    )


def _words(text: str, tags: list[re.Match[str]]) -> list[int]:
    """Where the texts between tags begin that hold something, an image being something too."""
    found, done = [], 0
    for tag in tags:
        if text[done : tag.start()].replace("&nbsp;", " ").strip():
            found.append(done)
        if (tag["name"] or "").lower() == "img":
            found.append(tag.start())
        done = tag.end()
    return found


def _between(words: list[int], start: int, end: int) -> bool:
    at = bisect_left(words, start)
    return at < len(words) and words[at] < end


def _pairs(tags: list[re.Match[str]]) -> dict[int, int]:
    """The tags that open elements with those that end them."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for at, tag in enumerate(tags):
        name = (tag["name"] or "").lower()
        if name not in _KNOWN:
            continue
        if not tag["close"]:
            opened.append(at)
        elif name in (tags[n]["name"].lower() for n in opened[-_DEEPEST:]):
            while tags[opened[-1]]["name"].lower() != name:
                opened.pop()
            pairs[opened.pop()] = at
    return pairs


def _is_endless(tag: re.Match[str]) -> bool:
    return (tag["name"] or "").lower() in _ENDLESS


def _touches(tag: re.Match[str], text: str) -> bool:
    """Whether a tag stands at another."""
    return text[tag.start() - 1 : tag.start()] == ">" or text[tag.end() : tag.end() + 1] == "<"


def _stands_alone(tag: re.Match[str], text: str) -> bool:
    """Whether a tag without an end marks something up: an image, or a break at a word."""
    name = (tag["name"] or "").lower()
    if name == "img":
        return "src" in (tag["rest"] or "").lower()
    if not _is_endless(tag):
        return False
    return bool(_BEFORE.search(text[max(0, tag.start() - 2) : tag.start()]) or _BEHIND.match(text, tag.end()))
