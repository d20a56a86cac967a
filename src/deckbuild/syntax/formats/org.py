"""Org files. Entries for org-drill, org-fc and anki-editor tell themselves what asks and what answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.long_lines import refuse_signs
from deckbuild.syntax.formats.org_entries import OrgEntry, all_of, entries
from deckbuild.syntax.formats.org_text import body, inline
from deckbuild.syntax.formats.reading import Asked, Reading, Writer

_CLOZE = regex(r"(?<!\[)\[(?!fn:|\d*[/%]\d*\])(?P<text>[^\[\]|]+?)(?:\|\|(?P<hint>[^\[\]]+))?\](?![(\[\]])")
_HOLE = regex(
    r"\{\{(?P<text>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})+)\}(?:\{(?P<hint>[^{}]*)\})?@(?P<number>\d{1,2})\}"
)
"""A hole of org-fc: `{{text}{hint}@0}`."""

_DEFINED = regex(r"(?P<term>\s*(?:[-+]|\d+[.)])\s+\S.*?)\s+::\s+(?=\S)")
"""The term of an item that says what it means, and the sign between."""

_ASKING = frozenset(("drill", "fc", "anki", "flashcard"))
"""Tags of entries to be learnt."""

_ASKING_PROPERTIES = frozenset(("ANKI_NOTE_TYPE", "DRILL_CARD_TYPE", "FC_TYPE"))
"""Properties that say the same."""

_SIDED = frozenset(("twosided", "multisided"))
"""Cards of org-drill whose first two children are their sides."""

_BOTH_WAYS = _SIDED | {"double"}

_ASKS = ("?", "？", "؟")
"""Ends of titles whose lists of terms belong to an answer."""

_UNTOLD = _ASKING | {"leech", "noexport", "suspended", "attach"}


def read(lines: Sequence[str], name: str) -> Reading:
    """The entries of a file. Raises `Unreadable` for lines beyond the limits."""
    refuse_signs(lines)
    out = Writer()
    root, title = entries(lines, out)
    if title:
        out.add(f"# {inline(title[0])}", title[1])
        out.gap()
    body(out, root.lines)
    drills = [e for e in all_of(root) if _is_drill(e)]
    _hand_down(root, "ANKI_DECK")
    decks = {deck for entry in drills if (deck := entry.properties.get("ANKI_DECK"))}
    for entry in drills if len(decks) > 1 else ():  # of several each is a tag
        told = (entry.properties.get(name, "") for name in ("ANKI_TAGS", "ANKI_DECK"))
        entry.properties["ANKI_TAGS"] = " ".join("-".join(t.split()) if n else t for n, t in enumerate(told))
    common = {t for t, n in Counter(e.title for e in drills).items() if n > 1}
    for entry in root.children:
        _write(out, entry, bool(title), common, root.tags)
    return replace(out.reading(alone=True, flows=True), deck=decks.pop() if len(decks) == 1 else "")


def _hand_down(entry: OrgEntry, name: str) -> None:
    """Give a property of an entry to those below it that have none of their own."""
    for child in entry.children:
        if name in entry.properties:
            child.properties.setdefault(name, entry.properties[name])
        _hand_down(child, name)


def _is_drill(entry: OrgEntry) -> bool:
    return bool(_ASKING & {t.lower() for t in entry.tags} or _ASKING_PROPERTIES & entry.properties.keys())


def _write(out: Writer, entry: OrgEntry, shift: bool, common: set[str], tags: tuple[str, ...]) -> None:
    """An entry and those below it; `tags` are those of the file and of the entries above."""
    if _is_drill(entry):
        _drill(out, entry, "#" * min(6, entry.level + shift), common, tags)
        return
    out.gap()
    out.add(f"{'#' * min(6, entry.level + shift)} {inline(entry.title)}", entry.line)
    out.gap()
    body(out, _defined(entry.lines) if entry.title.endswith(_ASKS) else entry.lines)
    for child in entry.children:
        _write(out, child, shift, common, (*tags, *entry.tags))


def _drill(out: Writer, entry: OrgEntry, signs: str, common: set[str], common_tags: tuple[str, ...]) -> None:
    """An entry to be learnt: what its children say answers; without children its own text does.

    The title asks too, unless other entries have the same.
    """
    fields = {child.title.strip().lower(): child for child in entry.children}
    front, back = fields.get("front"), fields.get("back")
    text = [pair for pair in entry.lines if pair[0].strip()]
    out.gap()
    first = len(out.lines) + 1
    kind = entry.properties.get("DRILL_CARD_TYPE", entry.properties.get("FC_TYPE", "")).lower()
    if "cloze" in entry.properties.get("ANKI_NOTE_TYPE", "").lower() and "text" in fields:  # of anki-editor
        body(out, list(_holes(fields["text"].lines)))
        more = fields.get("extra") or fields.get("back extra")
        beside = "\n".join(line.strip() for line, _ in more.lines if line.strip()) if more else ""
        out.extra |= dict.fromkeys(range(first, len(out.lines) + 1), beside)
        return
    if (
        "cloze" in kind
        or any(_HOLE.search(line) for line, _ in text)
        or (not entry.children and text and any(_CLOZE.search(line) for line, _ in text))
    ):
        if entry.title not in common:
            out.add(f"{signs} {inline(entry.title)}", entry.line)
            out.gap()
        body(out, _defined(list(_holes(entry.lines or [(entry.title, entry.line)]))))
        return
    two = kind in _SIDED and not front and len(entry.children) > 1
    if two:
        front, back = entry.children[:2]
    answers = [back] if two and back else [child for child in entry.children if child is not front]
    if two and entry.title not in common:
        out.add(f"{signs} {inline(entry.title)}", entry.line)
        out.gap()
    if two:
        body(out, entry.lines)
        out.gap()
    if front:
        if two:
            _side(out, front)
        body(out, front.lines)
    elif not answers or not text or entry.title not in common:
        out.add(f"{signs} {inline(entry.title)}", entry.line)
        out.gap()
    if answers and not front:
        body(out, entry.lines)
    asked = SourceSpan(first, max(first, len(out.lines)))
    out.gap()
    start = len(out.lines) + 1
    if not answers:
        body(out, _defined(entry.lines))
    elif two:
        _side(out, answers[0])
    for at, child in enumerate(answers):
        if at and child is not back:
            out.gap()
            out.add(f"**{inline(child.title)}**", child.line)
            out.gap()
        for inner in all_of(child):
            if inner is not child:
                out.add(f"**{inline(inner.title)}**", inner.line)
                out.gap()
            body(out, _defined(inner.lines))
    told = SourceSpan(start, len(out.lines)) if any(map(str.strip, out.lines[start - 1 :])) else None
    if kind in _BOTH_WAYS or "reversed" in entry.properties.get("ANKI_NOTE_TYPE", "").lower():
        out.both_ways.add(first)
    tags = tuple(tag for tag in (*common_tags, *entry.tags) if tag.lower() not in _UNTOLD)
    tags += tuple(tag for tag in entry.properties.get("ANKI_TAGS", "").split() if tag not in tags)
    out.asked.append(Asked(asked, told, tags=tags, id=entry.properties.get("ID", "")))


def _side(out: Writer, side: OrgEntry) -> None:
    """The title of a side, such as the language that it is in."""
    out.add(f"**{inline(side.title)}**", side.line)
    out.gap()


def _defined(lines: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The lines of an answer, a colon between the terms of its lists and what they mean."""
    return [(_DEFINED.sub(r"\g<term>: ", line), number) for line, number in lines]


def _holes(lines: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The lines with their clozes as Anki writes them; those of org-fc may go on over lines."""
    whole = "\n".join(line for line, _ in lines)
    whole = _HOLE.sub(_hole, whole) if _HOLE.search(whole) else _CLOZE.sub(_cloze, whole)
    return zip(whole.split("\n"), (number for _, number in lines), strict=True)


def _hole(found: re.Match[str]) -> str:
    hint = f"::{found['hint']}" if found["hint"] else ""
    return f"{{{{c{int(found['number']) + 1}::{found['text']}{hint}}}}}"


def _cloze(found: re.Match[str]) -> str:
    text, hint = found["text"], found["hint"]
    return f"{{{{c1::{text}{f'::{hint}' if hint else ''}}}}}"
