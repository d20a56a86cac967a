"""Delimited lines: fields parted by TABs, semicolons, bars or commas, exported by programs or typed.

Quotes around fields are read as in comma-separated values (RFC 4180), the lines above exports as Anki has them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.extract.notes.fields import Line, Parted, Written, line_of, row_at
from deckbuild.extract.page.page import Page
from deckbuild.machine.regex import regex
from deckbuild.model import Blocks, Inlines, SourceSpan, Table, Text, inner_blocks
from deckbuild.model.text import inline_text

_NAMES = {"tab": "\t", "semicolon": ";", "pipe": "|", "comma": ",", "colon": ":", "space": " "}

_SIGNS = ("\t", ";", "|", ",")

_SETTING = regex(
    r"#(?P<name>separator|html|tags|columns|deck|notetype|(?:tags|deck|notetype|guid) column|if matches)\s?:"
    r"\s*(?P<value>.*)",
    re.IGNORECASE,
)

_FENCE = regex(r"(?P<sign>`{3,}|~{3,})\s*(?P<language>\w*)")

_PLAIN = frozenset(("", "csv", "tsv", "txt", "text", "plaintext", "anki"))

_FEWEST = 3
"""Lines that a sign must part before they are rows; two sentences with a semicolon are none."""

_COVER = 0.7
"""Share of a section's lines that must be rows of one width, where another sign than a TAB parts them."""

_RUN = 4
"""Lines in a row that have fields of one number, from which they are rows whatever stands around."""

_UNUSUAL = regex(
    r"[^\w\s。、，；：！？（）「」『』【】《》·.,;:!?()\[\]\"'`*_/#<>&%+«»“”„’‘…\-–—={}$^~\\@|→↔⇒⇔⟷"
    r"\ufe0f\u200d\u0300-\u036f]"
)
"""Signs that hardly stand in sentences, and could part fields."""


class DelimitedLines(Struct, frozen=True):
    """Rows that one sign parts; `cover` is the share of the lines around that are rows.

    `exported` tells that the document names the sign itself, `aside` which columns it calls tags, deck or type,
    `tags` which of them are tags; decks are, where there are several.
    """

    sign: str
    titles: tuple[Inlines, ...]
    rows: tuple[Line, ...]
    cover: float
    exported: bool = False
    fenced: bool = False
    aside: frozenset[int] = frozenset()
    tags: tuple[int, ...] = ()


def delimited(page: Page, blocks: Blocks) -> Iterator[DelimitedLines]:
    """The delimited lines of a document by sign: those of its text, those inside fences without a language."""
    settings, texts, fenced = _texts(page)
    tabled = [row for table in _tabbed(blocks) for row in (table.header, *table.rows) if any(row.cells)]
    for found, inside in ((texts, False), (fenced, True)):
        told = _told(settings[inside])
        for sign in (told,) if told else (*_SIGNS, *_unusual(found)):
            more = [Line(row.cells, row.span) for row in tabled] if sign == "\t" and not inside else []
            if lines := _lines(found, sign, more, bool(told), settings[inside]):
                for kind in _by_kind(lines, _places(settings[inside], "notetype column")):
                    yield replace(kind, fenced=inside)


def _by_kind(lines: DelimitedLines, places: Sequence[int]) -> Iterator[DelimitedLines]:
    """The rows of each type of notes, whose fields mean something else than those of others."""
    kinds: defaultdict[tuple[str, ...], list[Line]] = defaultdict(list)
    for row in lines.rows:
        kinds[tuple(inline_text(row.cells[at]) for at in places if at < len(row.cells))].append(row)
    for rows in kinds.values():
        yield replace(lines, rows=tuple(rows))


def _unusual(texts: Sequence[Written]) -> list[str]:
    """The signs seldom seen in sentences that part more than two fields in most lines that have them."""
    lines: Counter[str] = Counter()
    several: Counter[str] = Counter()
    for text in texts:
        if text.text.isascii() and text.text.isprintable():
            continue
        signs = Counter(_UNUSUAL.findall(text.text))
        lines.update(signs.keys())
        several.update(sign for sign, count in signs.items() if count > 1)
    return [sign for sign, count in lines.items() if count >= _RUN and several[sign] >= _COVER * count]


def _told(settings: Mapping[str, str]) -> str:
    value = settings.get("separator", "")
    return _NAMES.get(value.casefold(), value[:1])


def _tabbed(blocks: Blocks) -> Iterator[Table]:
    """The tables that are lines with TABs: one row a line, and no rule below the first."""
    for table in (b for block in blocks for b in inner_blocks(block) if isinstance(b, Table)):
        rows = [row.span.line for row in table.rows]
        if rows and rows[0] - table.header.span.line <= 1 and rows[-1] - rows[0] == len(rows) - 1:
            yield table


def _texts(page: Page) -> tuple[tuple[dict[str, str], dict[str, str]], list[Written], list[Written]]:
    """What `#separator:` lines say outside and inside of fences, the lines of text, and those inside fences."""
    settings: tuple[dict[str, str], dict[str, str]] = ({}, {})
    texts: list[Written] = []
    fenced: list[Written] = []
    fence = ""
    plain = False
    for at, unit in enumerate(page.units):
        match = _FENCE.match(unit.text) if unit.kind == "code" else None
        if unit.kind != "code":
            fence = ""
        elif match and not fence:
            fence, plain = match["sign"], match["language"].casefold() in _PLAIN
            continue
        elif match and match["sign"] == fence and not match["language"]:
            fence = ""
            continue
        inside = unit.kind == "code"
        if (inside and not (fence and plain)) or unit.kind not in ("code", "text"):
            continue
        if unit.text.startswith("#") and (setting := _SETTING.match(unit.text)):
            settings[inside].setdefault(setting["name"].casefold(), setting["value"].strip())
        elif inside:
            content: Inlines = (Text(SourceSpan(unit.line, unit.line), unit.text),)
            fenced.append(Written(unit.line, unit.text, content, page.sections[at]))
        elif at not in page.listed and at not in page.in_group:
            texts.append(Written(unit.line, unit.text, unit.content, page.sections[at]))
    return settings, texts, fenced


def _lines(
    texts: Sequence[Written], sign: str, more: Sequence[Line], exported: bool, settings: Mapping[str, str]
) -> DelimitedLines | None:
    may = sum(sign in text.text or text.text.startswith('"') for text in texts)
    if may + len(more) < (1 if exported else _FEWEST):
        return None
    sections: defaultdict[int, list[tuple[int, Parted]]] = defaultdict(list)
    sizes: Counter[int] = Counter()
    at = 0
    while at < len(texts):
        taken, row = row_at(texts, at, sign)
        section = texts[at].section
        sizes[section] += 1
        if row:
            sections[section].append((sizes[section], row))
        at += taken
    parted: list[Parted] = []
    lines = 0
    for section, numbered in sections.items():
        found = [row for _, row in numbered]
        _, usual = Counter([len(row.cuts) for row in found]).most_common(1)[0]
        if sign == "\t" or exported or (usual >= _COVER * sizes[section] and not _is_prose(found, sign)):
            parted += found
            lines += sizes[section]
        else:
            runs = [row for run in _runs(numbered) if not _is_prose(run, sign) for row in run]
            parted += runs
            lines += len(runs)
    rows = [line_of(row, sign) for row in parted]
    if sign == "\t" and not exported:
        rows = [
            row if len(row.cells) == 2 else replace(row, cells=tuple(c for c in row.cells if c))
            for row in rows
        ]
    rows = sorted((*rows, *more), key=lambda row: row.span.line)
    titles: tuple[Inlines, ...] = ()
    if sign == "|" and (rules := [n for n, row in enumerate(rows) if _is_rule(row)]):
        titles = rows[rules[0] - 1].cells if rules[0] else ()
        rows = [row for n, row in enumerate(rows) if n not in rules and n + 1 not in rules]
    if len(rows) < (1 if exported else _FEWEST):
        return None
    if "columns" in settings:
        span = rows[0].span
        titles = tuple((Text(span, name.strip()),) for name in settings["columns"].split(sign))
    numbers = [settings[n] for n in settings if n.endswith(" column")]
    aside = frozenset(int(n) - 1 for n in numbers if n.isdigit())
    tags = _places(settings, "tags column")
    for place in _places(settings, "deck column"):
        decks = {inline_text(row.cells[place]) for row in rows if place < len(row.cells)}
        tags += (place,) if len(decks) > 1 else ()
    cover = len(rows) / max(1, lines + len(more))
    return DelimitedLines(sign, titles, tuple(rows), cover, exported, False, aside, tags)


def _places(settings: Mapping[str, str], name: str) -> tuple[int, ...]:
    """The column that a setting tells, counted from 0."""
    told = settings.get(name, "")
    return (int(told) - 1,) if told.isdecimal() else ()


def _is_rule(row: Line) -> bool:
    return all(re.fullmatch(r":?-+:?", inline_text(cell)) for cell in row.cells)


def _runs(numbered: Sequence[tuple[int, Parted]]) -> Iterator[list[Parted]]:
    """The rows of one width that follow one another."""
    run: list[Parted] = []
    before = -1
    for at, row in numbered:
        if run and (at != before + 1 or len(row.cuts) != len(run[-1].cuts)):
            if len(run) >= _RUN:
                yield run
            run = []
        run.append(row)
        before = at
    if len(run) >= _RUN:
        yield run


def _is_prose(rows: Sequence[Parted], sign: str) -> bool:
    """Whether commas have blanks behind them, as in sentences and not in fields."""
    if len(rows) < _FEWEST:
        return True
    if sign != ",":
        return False
    spaced = sum(any(row.text[start].isspace() for start, end in row.cuts[1:] if end > start) for row in rows)
    return spaced > 0.2 * len(rows)
