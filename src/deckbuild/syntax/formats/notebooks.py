"""Jupyter notebooks: cells of text as Markdown, cells of code as code. Outputs are left out.

Where cells are hidden, as books of exercises do, what stands before them asks, and they answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats.notebook_tasks import Cell, comments_ask, graded, lone_lines, tasks
from deckbuild.syntax.formats.positioned_json import JsonNode, parse
from deckbuild.syntax.formats.reading import Asked, Reading, Unreadable, Writer
from deckbuild.syntax.programs import LANGUAGES, as_text
from deckbuild.syntax.vaults.attributes import without_pandoc

LARGEST_ATTACHMENT = 1_000_000
"""Characters of an image inside a notebook that is shown."""

_HIDING = frozenset(
    "hide-cell hide_cell hide-input hide_input hide-solution solution answer hidden collapsed".split()
)
"""Tags by which Jupyter Book, nbgrader and their kin hide a cell."""

_ATTACHED = regex(r"attachment:([^)\s]+)")
_MARKED = regex(r"\s*(?:#{1,6}\s|[-*+>|]\s|\d+[.)]\s|!\[|<)")
"""What is no plain line."""

_TITLES = regex(r"\s*(?:#{1,6}\s[^\n]*\s*|<h[1-6][^\n]*\s*|(?:[_*-][ \t]*){3,}\s*)+")
"""Titles and rules, which end what asks."""


def read(lines: Sequence[str], name: str) -> Reading:
    """The cells of a notebook of version 3 or 4. Raises `Unreadable` for other JSON."""
    if not any(map(str.strip, lines)):
        return Reading((), ())
    root = parse("\n".join(lines))
    sheets = root.fields.get("worksheets")
    cells = root.fields.get("cells") or (
        sheets.items[0].fields.get("cells") if sheets and sheets.items else None
    )
    if cells is None:
        raise Unreadable("it has no cells")
    told = root.fields.get("metadata")
    language = _language(told) if told else ""
    out = Writer()
    ask = language in LANGUAGES.values() and comments_ask([_code_of(cell) for cell in cells.items])
    found = [made for cell in cells.items if (made := _cell(out, cell, language, ask))]
    out.asked = _asked(found) or ([] if ask else tasks(found) or graded(found))
    for cell in lone_lines(found) if not (out.asked or ask) else ():
        if not _MARKED.match(line := out.lines[cell.span.line - 1]):
            out.lines[cell.span.line - 1] = f"###### {line}"
    return out.reading(alone=True)


def _language(metadata: JsonNode) -> str:
    """The language that a notebook's kernel runs."""
    for name, field in (("language_info", "name"), ("kernelspec", "language")):
        told = metadata.fields.get(name)
        if told and (value := told.fields.get(field)) and value.text:
            return value.text.split()[0].lower()
    return "python"


def _code_of(cell: JsonNode) -> str:
    """The code of a cell; nothing of other cells."""
    source = cell.fields.get("source") or cell.fields.get("input")
    is_code = "cell_type" in cell.fields and cell.fields["cell_type"].text == "code"
    return "\n".join(line for line, _ in _lines(source)) if source and is_code else ""


def _cell(out: Writer, cell: JsonNode, language: str, ask: bool) -> Cell | None:
    kind = cell.fields["cell_type"].text if "cell_type" in cell.fields else ""
    source = cell.fields.get("source") or cell.fields.get("input")
    if (outputs := cell.fields.get("outputs")) and outputs.items:
        out.aside.update(dict.fromkeys(range(outputs.line, outputs.end_line + 1), "output of a cell"))
    text = _lines(source) if source else []
    if not any(line.strip() for line, _ in text) or kind == "raw":
        return None
    out.gap()
    first = len(out.lines) + 1
    if kind == "code" and ask:
        for line, (_, number) in zip(as_text([line for line, _ in text], language), text, strict=True):
            out.add(line, number)
    elif kind == "code":
        fence = "`" * (3 + 3 * any("```" in line for line, _ in text))
        out.add(f"{fence}{language}", text[0][1])
        for line, number in text:
            out.add(line, number)
        out.add(fence, text[-1][1])
    else:
        level = int(cell.fields["level"].text or 1) if kind == "heading" and "level" in cell.fields else 0
        shown = _attached(text, cell.fields.get("attachments"))
        plain = without_pandoc([line for line, _ in shown])
        for line, (_, number) in zip(plain, shown, strict=True):
            out.add("#" * level + " " + line if level else line, number)
    whole = "\n".join(line for line, _ in text)
    return Cell(
        SourceSpan(first, len(out.lines)),
        _is_hidden(cell.fields.get("metadata")),
        kind == "heading" or (kind != "code" and bool(_TITLES.fullmatch(whole))),
        kind == "code",
        whole,
    )


def _lines(source: JsonNode) -> list[tuple[str, int]]:
    """The lines of a cell, each with its line in the file: a string holds one of them, or all."""
    parts = [(part.text, part.line) for part in source.items] or [(source.text, source.line)]
    found: list[tuple[str, int]] = []
    opened = ""
    for text, line in parts:
        *whole, rest = (opened + text).split("\n")
        found += [(one, line) for one in whole]
        opened = rest
    return [*found, (opened, parts[-1][1])] if opened else found


def _attached(text: list[tuple[str, int]], attachments: JsonNode | None) -> list[tuple[str, int]]:
    """The lines of a cell with the images that it holds itself in their places."""
    if attachments is None:
        return text
    images = {
        name: f"data:{kind};base64,{''.join(data.text.split())}"
        for name, forms in attachments.fields.items()
        for kind, data in forms.fields.items()
        if kind.startswith("image/") and 0 < len(data.text) <= LARGEST_ATTACHMENT
    }
    return [(_ATTACHED.sub(lambda m: images.get(m[1], m[0]), line), number) for line, number in text]


def _is_hidden(metadata: JsonNode | None) -> bool:
    """Whether readers see a cell only when they ask for it."""
    if metadata is None:
        return False
    told = metadata.fields
    jupyter = told["jupyter"].fields if "jupyter" in told else {}
    tags = {tag.text.lower() for tag in told["tags"].items} if "tags" in told else set()
    flags = (jupyter.get("source_hidden"), told.get("hide_input"), told.get("hidden"))
    shown = any(flag is not None and flag.value in (True, "hidden") for flag in flags)
    return shown or bool(tags & _HIDING)


def _asked(cells: Sequence[Cell]) -> list[Asked]:
    """What stands before hidden cells, up to a title or the hidden ones before; nothing where most are hidden."""
    if sum(cell.hidden for cell in cells) > 0.7 * len(cells):
        return []
    found: list[Asked] = []
    open_: list[Cell] = []
    for at, cell in enumerate(cells):
        if cell.hidden and open_:
            end = at
            while end + 1 < len(cells) and cells[end + 1].hidden:
                end += 1
            question = SourceSpan(open_[0].span.line, open_[-1].span.end_line)
            found.append(Asked(question, SourceSpan(cell.span.line, cells[end].span.end_line)))
            open_ = []
        elif cell.title or cell.hidden:
            open_ = []
        else:
            open_.append(cell)
    return found
