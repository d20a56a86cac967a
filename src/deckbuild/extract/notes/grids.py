"""Grids: tables and lines parted by TABs, their columns known by what stands in them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.extract.notes.candidate import Candidate
from deckbuild.extract.notes.cells import cell_blocks
from deckbuild.extract.notes.delimited import Line, Lines, delimited
from deckbuild.extract.page.asking import asks
from deckbuild.extract.page.listings import letters
from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import is_glossary, role
from deckbuild.extract.page.scripts import differ, script
from deckbuild.extract.page.signature import LETTERS
from deckbuild.extract.words import words
from deckbuild.machine.regex import regex
from deckbuild.model import Blocks, Inlines, Link, List, ListItem, Paragraph, Table, inner_blocks
from deckbuild.model.text import inline_text
from deckbuild.model.trim import strip, unwrap

_INDEX = regex(r"[#№Qq]?\s*\.?\d{1,4}\.?")
_CODE = regex(r"[\w.:+/=-]*\d[\w.:+/=-]*")
_CALLED = {"\t": "TAB", ";": "semicolon", "|": "bar", ",": "comma"}
_FEWEST_TAGGED = 5
_MOST = 0.8
"""Share of rows that must show what is said of a column."""

_TITLE = regex(r"[^\W\d][\w ()/#-]{0,29}")
"""A name of a column."""

_FEWEST_BELOW = 3
"""Rows from which the kind of their cells is told."""

_LONGEST_TITLE = 30
_ASKS = 0.7
"""How much a cell asks that is no title; single words may be both."""

_DEEPEST_TITLE = 3
"""Rows from the top of which one may hold the titles; a title of the document may stand above it."""

READING = "Reading"
"""What the reading of a term is called where its column has no title."""

_LETTER = regex(r"[(\[]?(?P<letter>[a-h1-8])[)\].:]{0,2}")
_WORD = regex(r"[^\W\d_]+")


class Grid(Struct, frozen=True):
    """Rows of one width below equal titles, and the columns that ask and answer; features say why."""

    rows: tuple[Line, ...]
    question: int
    answers: tuple[int, ...]
    features: dict[str, float]
    tabbed: bool
    options: tuple[int, ...] = ()
    readings: Mapping[int, str] = {}
    tags: tuple[int, ...] = ()


def grids(page: Page, blocks: Blocks) -> Iterator[Grid]:
    """All tables, those with equal titles together, and the lines with TABs, if their columns can be told."""
    pool: defaultdict[tuple[str, ...], list[tuple[Table, bool]]] = defaultdict(list)
    places = {unit.line: at for at, unit in enumerate(page.units)}
    for table in (b for block in blocks for b in inner_blocks(block) if isinstance(b, Table)):
        at = places.get(table.header.span.line, places.get(table.span.line, 0))
        below = is_glossary(page.title(page.sections[at])) if page.units else False
        pool[tuple(letters(inline_text(c)) for c in table.header.cells)].append((table, below))
    for tables in pool.values():
        found = [Line(row.cells, row.span) for table, _ in tables for row in _body(table)]
        head = tables[0][0].header
        header, rows = _stacked(head.cells, found)
        if len(tables) == 1 and _in_turn([Line(head.cells, head.span), *found]):
            header, rows = (), _halves([Line(head.cells, head.span), *found])
        if rows:
            yield from _grid(page, header, rows, any(below for _, below in tables) or page.is_glossary, False)
    for lines in delimited(page, blocks):
        header, rows = _stacked(*_titled(lines))
        if len(rows) < 2 and not lines.exported:
            continue
        more = {
            "cover of lines": lines.cover,
            "exported": float(lines.exported),
            "fenced": float(lines.fenced),
            f"by {_CALLED[lines.sign]}" if lines.sign in _CALLED else "by another sign": 1.0,
        }
        tags = lines.tags or tuple(c for c, title in enumerate(header) if role(inline_text(title)) == "tags")
        for grid in _grid(page, header, rows, True, True, lines.aside | set(tags)):
            yield replace(grid, features=grid.features | more, tags=tags)


def _body(table: Table) -> Sequence[Line]:
    """The rows of a table without a second row of titles."""
    rows = [Line(row.cells, row.span) for row in table.rows]
    if len(rows) > 2:
        strong = [all(not c or unwrap(c) != strip(c) for c in row.cells) for row in rows[:2]]
        if strong == [True, False]:
            return rows[1:]
    return rows


def _stacked(header: Sequence[Inlines], rows: Sequence[Line]) -> tuple[Sequence[Inlines], Sequence[Line]]:
    """The rows of a table whose titles come again (`Term | Meaning | Term | Meaning`), each cut where they do."""
    titles = [letters(inline_text(c)) for c in header]
    width = len(titles)
    for part in range(2, width // 2 + 1):
        if width % part == 0 and any(titles[:part]) and titles == titles[:part] * (width // part):
            pieces = [replace(r, cells=r.cells[at : at + part]) for r in rows for at in range(0, width, part)]
            return header[:part], [piece for piece in pieces if any(map(inline_text, piece.cells))]
    return header, rows


def _in_turn(rows: Sequence[Line]) -> bool:
    """Whether the columns of all rows hold two scripts in turn, as word lists printed side by side do."""
    width = len(rows[0].cells)
    if len(rows) < 3 or width < 4 or width % 2:
        return False
    columns = [[script(inline_text(r.cells[c])) for r in rows if c < len(r.cells)] for c in range(width)]
    main = [Counter(filter(None, column)).most_common(1) for column in columns]
    if not all(main) or any(n < _MOST * len(rows) for ((_, n),) in main[:2]):
        return False
    names = [name for ((name, _),) in main]
    return names == names[:2] * (width // 2) and names[0] != names[1]


def _halves(rows: Sequence[Line]) -> list[Line]:
    """Rows of pairs, two cells each."""
    pieces = [replace(r, cells=r.cells[at : at + 2]) for r in rows for at in range(0, len(r.cells), 2)]
    return [piece for piece in pieces if any(map(inline_text, piece.cells))]


def _titled(lines: Lines) -> tuple[Sequence[Inlines], list[Line]]:
    """The titles of delimited lines, by what the document says or by their words, and the rows without them."""
    rows = list(lines.rows)
    if lines.titles:
        return lines.titles, rows
    known = words()
    titles = known.question | known.answer | known.term | known.meaning | known.tags
    if lines.exported and rows and _is_header(rows):
        return rows[0].cells, rows[1:]
    for row in rows[:_DEEPEST_TITLE]:
        first = [inline_text(c) for c in row.cells]
        if (
            all(len(c) < _LONGEST_TITLE and asks(c) < _ASKS for c in first)
            and sum(_says(c, titles) for c in first) >= 2
        ):
            return row.cells, [r for r in rows if [inline_text(c) for c in r.cells] != first]
    return (), rows


def _is_header(rows: Sequence[Line]) -> bool:
    """Whether the first row of a file names its columns: short, without signs of sentences, unlike the rows below."""
    first, *below = [[inline_text(c).strip() for c in row.cells] for row in rows]
    if not below or len(set(first)) < len(first) or not all(map(_TITLE.fullmatch, first)):
        return False
    known = words()
    listed = known.question | known.answer | known.term | known.meaning | known.tags | known.level
    if any(_says(title, listed) for title in first):
        return True
    columns = [[row[c] for row in below if c < len(row)] for c in range(len(first))]
    return any(map(_heads, first, columns))


def _heads(title: str, column: Sequence[str]) -> bool:
    """Whether a title is not of the kind of the cells below: no number above numbers, small above great letters."""
    full = [text for text in column if text]
    numbers = sum(text[:1].isdigit() for text in full)
    great = sum(text[:1].isupper() for text in full)
    return len(full) >= _FEWEST_BELOW and (
        numbers >= _MOST * len(full) or (title[:1].islower() and great >= _MOST * len(full))
    )


def _tokens(text: str) -> set[str]:
    """The words of a title, single letters (`a`, `q`) only where they are all of it."""
    return {t for t in _WORD.findall(text.casefold()) if len(t) > 1 or not t.isascii()} | {
        text.casefold().strip()
    }


def _grid(
    page: Page,
    header: Sequence[Inlines],
    rows: Sequence[Line],
    announced: bool,
    tabbed: bool,
    named: frozenset[int] = frozenset(),
) -> Iterator[Grid]:
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    if width < 2:
        return
    columns = [
        [inline_text(r.cells[c]).strip() if c < len(r.cells) else "" for r in rows] for c in range(width)
    ]
    titles = [inline_text(c).strip() for c in header] + [""] * width
    right = _choices(columns)
    used = [c for c in range(width) if c not in named and (c == right or not _is_aside(columns[c], c, width))]
    kinds = [c for c in used if c != right and role(titles[c]) != "answer" and _are_kinds(columns[c])]
    if len(used) - len(kinds) >= 2:
        used = [c for c in used if c not in kinds]
    readings = tuple(c for c in used[1:] if _says(titles[c], words().reading) or _are_readings(columns[c]))
    if len(used) - len(readings) >= 2:
        used = [c for c in used if c not in readings]
    else:
        readings = ()
    if len(used) < 2:
        return
    asking = {c: sum(map(asks, columns[c])) / len(rows) for c in used}
    told_question = next(
        (c for c in used if role(titles[c]) == "question" or _says(titles[c], words().question)), None
    )
    most = max(used[:-1], key=lambda c: asking[c])
    question = told_question if told_question is not None else most if asking[most] >= 0.45 else None
    told_term = next((c for c in used[:2] if _says(titles[c], words().term)), None)
    features = {
        "ask": asking[question] if question is not None else 0.0,
        "question title": float(told_question is not None),
        "announced": float(announced),
        "two columns": float(len(used) == 2),
        "rows": min(1.0, len(rows) / 10),
        "linked": sum(any(_is_link(r.cells[c]) for c in used if c < len(r.cells)) for r in rows) / len(rows),
        "empty": sum(not text for c in used for text in columns[c]) / (len(used) * len(rows)),
        "glossary": float(page.is_glossary),
        "quiz": float(page.is_quiz),
    } | {f"document {name}": value for name, value in page.manner.items()}
    if question is not None:
        answer = next((c for c in used if c != question and role(titles[c]) == "answer"), None)
        features["answer title"] = float(answer is not None)
        options = tuple(range(question + 1, right)) if right is not None else ()
        if right is not None and len(options) >= 2:
            told = tuple(c for c in range(right + 1, width) if role(titles[c]) == "explanation")
            yield Grid(tuple(rows), question, (right, *told), features | {"options": 1.0}, tabbed, options)
            return
        if answer is None:
            answer = next((c for c in used if c > question), None)
        if answer is not None:
            yield Grid(tuple(rows), question, (answer,), features, tabbed)
        return
    term = told_term if told_term is not None else used[0]
    meaning = next((c for c in used if c != term and _says(titles[c], words().meaning)), None)
    termlike = sum(_is_term(text) for text in columns[term]) / len(rows)
    features |= {
        "term title": float(told_term is not None),
        "meaning title": float(meaning is not None),
        "term": termlike,
        "wordless answers": sum(
            not any(any(map(str.isalpha, columns[c][n])) for c in used if c != term) for n in range(len(rows))
        )
        / len(rows),
    }
    features["two scripts"] = sum(
        differ(columns[term][n], columns[c][n]) for n in range(len(rows)) for c in used if c != term
    ) / (len(rows) * (len(used) - 1))
    answers = tuple(c for c in used if c != term) if meaning is None or len(used) > 3 else (meaning,)
    beside = {c: titles[c] for c in readings}
    yield Grid(tuple(rows), term, answers, features, tabbed, readings=beside)


def _are_kinds(column: Sequence[str]) -> bool:
    """Whether a column sorts its rows into a few kinds: a level, a source, a sign."""
    full = [text for text in column if text]
    few = len(set(full)) <= max(2, 0.2 * len(full))
    return len(full) >= _FEWEST_TAGGED and few and max(map(len, full)) <= _LONGEST_TITLE


_KANA = regex(r"[\u3040-\u30ffー・〜～\s()（）／/、]+")
_PHONETIC = regex(r"[ˈˌəɪʊɛɔæθðʃʒŋɡːɑɲʎɾ]|^[/\[].*[/\]]$")


def _are_readings(column: Sequence[str]) -> bool:
    """Whether cells tell how words are read: by kana alone, or by phonetic signs."""
    full = [text for text in column if any(map(str.isalpha, text))]
    return any(
        sum(bool(test(text)) for text in full) >= _MOST * max(1, len(full))
        for test in (_KANA.fullmatch, _PHONETIC.search)
    ) and bool(full)


def _is_link(cell: Inlines) -> bool:
    """Whether a cell is a link and nothing else."""
    return len(strip(cell)) == 1 and isinstance(strip(cell)[0], Link)


def _is_aside(column: Sequence[str], place: int, width: int) -> bool:
    """Whether a column only counts, holds codes, is nearly empty, or repeats a few tags."""
    full = [text for text in column if any(map(str.isalnum, text))]
    if len(full) < 0.2 * len(column):
        return True
    if place == 0 and sum(bool(_INDEX.fullmatch(text)) for text in full) >= 0.8 * len(full):
        return True
    codes = sum(bool(_CODE.fullmatch(text)) and len(text) >= 6 for text in full)
    if place == 0 and len(column) >= 3 and codes >= 0.9 * len(full) and len(set(full)) == len(full):
        return True
    if place == width - 1 > 1 and _are_tags(full):
        return True
    few = len(set(full)) <= 0.5 * len(full) and sum(map(len, full)) < 50 * len(full)
    return len(column) >= 5 and few and place == width - 1 and place > 1


def _are_tags(cells: Sequence[str]) -> bool:
    """Whether cells hold words as tags are written, joined by signs and the same again and again."""
    found = [word for cell in cells for word in cell.split()]
    joined = sum(bool(re.search(r"\w(?:-|_|::)\w", cell)) for cell in cells)
    return (
        len(cells) >= _FEWEST_TAGGED
        and joined >= 0.3 * len(cells)
        and len(set(found)) <= 0.7 * len(found)
        and all(re.fullmatch(r"[\w:/.-]+", word) for word in found)
    )


def _says(title: str, listed: frozenset[str]) -> bool:
    return len(title.split()) <= 4 and bool(_tokens(title) & listed)


def _is_term(text: str) -> bool:
    return bool(text) and len(text.split()) <= 7 and len(text) <= 60


def _choices(columns: Sequence[Sequence[str]]) -> int | None:
    """The column that names the right one of the options before it, by a letter, a number or its words."""
    for right in range(len(columns) - 1, 2, -1):
        cells = [text.casefold() for text in columns[right]]
        found = [match["letter"] if (match := _LETTER.fullmatch(text)) else "" for text in cells]
        places = [int(x) - 1 if x.isdigit() else LETTERS.get(x, -1) for x in found]
        if len(set(places)) > 1 and min(places) >= 0 and right > max(places) + 1:
            return right
        same = [
            [c for c in range(1, right) if columns[c][n].casefold() == text] for n, text in enumerate(cells)
        ]
        if len(set(map(tuple, same))) > 1 and sum(len(s) == 1 for s in same) >= _MOST * len(same):
            return right
    return None


def notes(grid: Grid) -> Iterator[Candidate]:
    """A note for each row whose question and answer say something."""
    for row in grid.rows:
        if len(row.cells) <= grid.question:
            continue
        question, rest = row.cells[grid.question], [row.cells[c] for c in grid.answers if c < len(row.cells)]
        blocks: Blocks = ()
        if grid.options and rest:
            options = [row.cells[c] for c in grid.options if c < len(row.cells) and row.cells[c]]
            right = _right(inline_text(rest[0]).strip().casefold(), options)
            if right is None:
                continue
            rest = [right, *rest[1:]]
            items = tuple(ListItem((Paragraph(row.span, strip(o)),), row.span) for o in options)
            blocks = (List(row.span, items),)
        while not any(map(str.isalnum, inline_text(question))) and len(rest) > 1:
            question, rest = rest[0], rest[1:]
        answer = tuple(b for c in rest if inline_text(c).strip(" -–—") for b in cell_blocks(c, row.span))
        if any(map(str.isalnum, inline_text(question))) and answer:
            asked = (*cell_blocks(unwrap(strip(question)), row.span), *blocks)
            read = {c: inline_text(row.cells[c]).strip() for c in grid.readings if c < len(row.cells)}
            extras = {grid.readings[c] or READING: text for c, text in read.items() if text}
            tags = _tags(row.cells[c] for c in grid.tags if c < len(row.cells))
            yield Candidate("columns", asked, answer, row.span, frozenset({"columns"}), extras, tags)


def _tags(cells: Iterable[Inlines]) -> tuple[str, ...]:
    """The tags in cells: words parted by blanks, as Anki has them, or by commas and semicolons."""
    return tuple(tag for cell in cells for tag in re.split(r"[\s,;]+", inline_text(cell)) if tag)


def _right(text: str, options: Sequence[Inlines]) -> Inlines | None:
    """The option that a cell names by its words, its letter or its number."""
    same = [o for o in options if inline_text(o).strip().casefold() == text]
    if len(same) == 1:
        return same[0]
    match = _LETTER.fullmatch(text)
    letter = match["letter"] if match else ""
    place = int(letter) - 1 if letter.isdigit() else LETTERS.get(letter, -1)
    return options[place] if 0 <= place < len(options) else None
