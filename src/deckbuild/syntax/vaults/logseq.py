"""What Logseq keeps in its text beside it: properties of pages and blocks, log books, states of tasks, macros."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deckbuild.machine.regex import regex
from deckbuild.syntax.vaults.links import UUID
from deckbuild.syntax.vaults.prose import replaced

_SURE = regex(
    rf"[ \t>]*(?:[-*]\s+)?(?:id:: {UUID}|collapsed:: (?:true|false)|card-[a-z-]+::|logseq\.[\w.-]+::|ls-type::"
    r"|background-color::|heading:: (?:true|\d)|created-at:: \d|updated-at:: \d|query-[a-z-]+::|hl-[a-z]+::"
    r"|template(?:-including-parent)?::|filters:: \{|exclude-from-graph-view::)"
)
_PROPERTY = regex(r"(?P<indent>[ \t>]*)(?P<key>[A-Za-z][\w./-]*):: ?(?P<value>.*)$")
_OF_PAGES = frozenset("title tags alias aliases type public icon deck created page-tags".split())
_BULLET = regex(r"(?P<start>[ \t>]*[-*]\s+(?:#{1,6}\s+)?)(?P<rest>.*)$")
_STATE = regex(
    r"(?:TODO|DONE|LATER|NOW|DOING|WAITING|CANCELED|CANCELLED|IN-PROGRESS)\s+(?:\[#[A-C]\]\s*)?(?=\S)"
)
_TIME = regex(r"[ \t>]*(?:SCHEDULED|DEADLINE|CLOSED):\s*<[^<>]*>\s*$")
_DRAWER = regex(r"[ \t>]*:(?P<name>LOGBOOK|PROPERTIES|END):\s*$", re.IGNORECASE)
_ORG = regex(r"(?P<start>[ \t>]*(?:[-*](?=[ \t]))?)[ \t]*#\+(?:BEGIN|END)_\w+\s*$", re.IGNORECASE)
_MACRO = regex(
    r"\{\{(?P<name>query|renderer|video|youtube|youtube-timestamp|tweet|twitter|vimeo|bilibili|namespace|function|zotero"
    r"|cards|embed|img)\b[^{}\n]*\}\}"
)
SHORTCODE = regex(r"\{\{[<%]\s*/?(?P<name>[\w./-]+)[^{}\n]*[>%]\}\}")
"""What Hugo and Quarto put other content in place of: `{{< video … >}}`."""

_CLOZE = regex(
    r"\{\{(?:cloze\s+|(?P<side>\d{1,2})::|c(?P<number>\d)(?:\s+|:(?!:)\s*)|(?P<plain>(?=[^\s{}:])(?!c\d{1,3}::)))(?P<text>[^{}\n]+?)\s*\}\}"
)
_TAGS = regex(rf"\s*#[\w/-]+|\(\({UUID}\)\)\s*")
_SIZE = regex(r"\{:(?:height|width)\s[^{}\n]*\}")
_EMPTY = regex(r"[ \t>]*[-*]\s*$")
_HINT = regex(r"\s*\\\\\s*")


def is_graph(lines: Sequence[str]) -> bool:
    """Whether a document is a page of Logseq, as properties tell that nobody types elsewhere."""
    return any("::" in line and _SURE.match(line) for line in lines)


def without_properties(
    lines: list[str], prose: Sequence[bool], graph: bool
) -> Iterator[tuple[int, str, str]]:
    """Empty the lines of properties; gives line, key and value of each."""
    head = True
    drawer: int | None = None
    for at, line in enumerate(lines):
        if not prose[at]:
            continue
        if match := _DRAWER.match(line) if ":" in line else None:
            if match["name"].upper() != "END":
                drawer = at
            elif drawer is not None:
                lines[drawer : at + 1] = [""] * (at + 1 - drawer)
                drawer = None
            continue
        if _TIME.match(line) or (org := _ORG.match(line)):
            lines[at] = org["start"].rstrip() if org and org["start"].strip(" \t>") else ""
            continue
        found = _PROPERTY.match(line) if "::" in line else None
        if found and (
            (head and (graph or found["key"] in _OF_PAGES))
            or _SURE.match(line)
            or (graph and found["indent"].strip(">"))
        ):
            lines[at] = ""
            yield at, found["key"].lower(), found["value"].strip()
        elif ("::" in line and _SURE.match(line)) or (graph and _EMPTY.match(line)):
            lines[at] = ""
        elif line.strip():
            head = False
            if graph and (bullet := _BULLET.match(line)) and (state := _STATE.match(bullet["rest"])):
                lines[at] = bullet["start"] + bullet["rest"][state.end() :]


def with_clozes(line: str, plain: bool) -> str:
    """A line with clozes as Anki writes them: of `{{cloze text}}`, `{{1::text}}`, and, where `plain`, `{{text}}`."""
    count = 0

    def cloze(match: re.Match[str]) -> str:
        nonlocal count
        number = match["side"] or match["number"]
        if match["plain"] is not None and (not plain or _MACRO.match(match[0]) or SHORTCODE.match(match[0])):
            return match[0]
        count += 1
        return f"{{{{c{number or count}::{_HINT.sub('::', match['text'], count=1)}}}}}"

    return replaced(_CLOZE, cloze, line) if "{{" in line else line


def without_macros(line: str) -> tuple[str, tuple[str, ...]]:
    """A line without macros that a card can't show, and their names."""
    found: list[str] = []

    def gone(match: re.Match[str]) -> str:
        found.append(match["name"])
        return ""

    line = _SIZE.sub("", line) if "{:" in line else line
    for sign in (_MACRO, SHORTCODE) if "{{" in line else ():
        line = replaced(sign, gone, line)
    return line, tuple(found)


def blocks(lines: Sequence[str]) -> dict[str, str]:
    """The texts of blocks by the ids that their properties give them."""
    found: dict[str, str] = {}
    for at, line in enumerate(lines):
        if "id:: " in line and (match := regex(rf"\s*id:: (?P<id>{UUID})").match(line)):
            text = next(
                (lines[n] for n in range(at - 1, -1, -1) if lines[n].strip() and "::" not in lines[n]), ""
            )
            bullet = _BULLET.match(text)
            found[match["id"]] = _TAGS.sub("", bullet["rest"] if bullet else text).strip()
    return found
