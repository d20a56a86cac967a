"""Lists, theorems, glossaries and code of LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexGroupNode,
    LatexMacroNode,
)

from deckbuild.machine.regex import regex
from deckbuild.model import SourceSpan
from deckbuild.syntax.formats import latex_names as names
from deckbuild.syntax.formats.latex_boxes import TitledBox
from deckbuild.syntax.formats.latex_exercises import Exercises, asks
from deckbuild.syntax.formats.latex_text import (
    LatexText,
    arguments,
    group_text,
    inner,
    last_argument,
    name_of,
)
from deckbuild.syntax.formats.reading import Asked, Writer, wrapped

_OPTIONS = regex(r"(?P<options>[ \t]*(?:\[[^\]]*\])?(?:\{(?P<language>[\w+#-]+)\})?)[^\n]*\n?")
_LANGUAGE = regex(r"language\s*=\s*\{?(?P<name>[\w+#-]+)")
_REMARK = regex(r"[\s*]*\([^()]*(?:\([^()]*\)[^()]*)*\)[\s*.]*")
"""A description in brackets and nothing else: where a term is found, no meaning."""

_KEY = regex(r"(?P<key>[a-z]+)\s*=(?P<value>[^,=]*)")
_TERMS = frozenset("emph textbf textit term defn alert".split())


class LatexReader(Protocol):
    """What reads the nodes of a document."""

    out: Writer
    text: LatexText
    exercises: Exercises

    def nodes(self, nodes: Sequence[Any]) -> None:
        """Nodes one behind the other."""

    def block(self, markdown: str, line: int) -> None:
        """A line by itself, or only the end of what stands before."""


def listed(reader: LatexReader, node: Any, name: str) -> None:
    """A list; items with a label of a list of descriptions are terms and what they mean."""
    for number, (item, content) in enumerate(_items(node.nodelist), 1):
        label = last_argument(item)
        line = reader.text.line(item.pos)
        if name == "description" and label is not None:
            reader.out.gap()
            reader.out.add(" ".join(group_text(label, reader.text.line).split()), line)
            first, rest = ": ", "  "
        else:
            first = f"{number}. " if name.endswith(("enumerate", "enum")) else "- "
            rest = " " * len(first)
        with reader.out.inside(first, rest):
            if label is not None and name != "description":
                reader.text.add(group_text(label, reader.text.line) + " ", line)
            reader.nodes(content)
            reader.text.flush()


def _items(nodes: Sequence[Any]) -> list[tuple[Any, list[Any]]]:
    """Each item with the nodes up to the next."""
    found: list[tuple[Any, list[Any]]] = []
    for node in nodes:
        if isinstance(node, LatexMacroNode) and node.macroname == "item":
            found.append((node, []))
        elif found:
            found[-1][1].append(node)
    return found


def theorem(reader: LatexReader, node: Any, shown: Mapping[str, str]) -> None:
    """A theorem, a definition, an exercise: with a name, or with one term set off, a question of its own."""
    name = name_of(node)
    told = arguments(node)
    title = " ".join(group_text(told[0], reader.text.line).split()) if told and told[0] is not None else ""
    called = shown.get(name, name.capitalize())
    line = reader.text.line(node.pos)
    is_definition = name in names.DEFINES or called.lower().startswith("def")
    if is_task := asks(node, shown):
        title = f"{title}. " if any(map(str.isalnum, title)) else ""
        task, told = reader.exercises.parts(node)
        if told:
            reader.text.flush()
            reader.text.label = title
            asked(reader, lambda: reader.nodes(task), lambda: solutions(reader, told))
            return
    if is_task or name in names.ANSWERS:
        reader.out.gap()
        first = len(reader.out.lines) + 1
        reader.text.label = "Question: " if is_task else "Answer: "
        reader.text.add(title if is_task else "", line)
        reader.nodes(node.nodelist)
        reader.text.flush()
        if is_task and len(reader.out.lines) >= first:
            reader.exercises.open.append(SourceSpan(first, len(reader.out.lines)))
        return
    term = _term(node.nodelist, reader) if is_definition and not title else ""
    if not (title or term) or name == "proof":
        reader.out.gap()
        reader.text.add(f"{wrapped('**', f'{called} ({title}).' if title else f'{called}.')} ", line)
        reader.nodes(node.nodelist)
        reader.text.flush()
        return
    question = title or term
    asked(
        reader,
        lambda: reader.text.add(question if is_definition else f"{called}: {question}", line),
        lambda: reader.nodes(node.nodelist),
    )


def solutions(reader: LatexReader, told: Sequence[Any]) -> None:
    """The environments that solve an exercise, one below the other."""
    for node in told:
        reader.nodes(node.nodelist)
        reader.text.flush()
        reader.out.gap()


def entry(reader: LatexReader, node: Any) -> None:
    """An entry of a glossary: its name, or both forms of an acronym, and what it means."""
    told = [one for one in arguments(node) if one is not None]
    line = reader.text.line(node.pos)
    if node.macroname in ("newacronym", "newabbreviation") and len(told) > 2:
        name, meaning = inner(told[-2]), inner(told[-1])
    else:
        values = _values(inner(told[1])) if len(told) > 1 else {}
        name = values.get("name") or values.get("short") or []
        meaning = inner(told[2]) if len(told) > 2 else values.get("description") or values.get("long") or []
    if name and meaning and not _REMARK.fullmatch(group_text(meaning, reader.text.line)):
        asked(
            reader,
            lambda: reader.text.add(" ".join(group_text(name, reader.text.line).split()), line),
            lambda: reader.nodes(meaning),
        )


def sides(node: Any) -> tuple[list[Any], list[Any]] | None:
    """Front and back of the environment of a card: its argument and its content, or the environments in it."""
    parts = [n for n in node.nodelist if getattr(n, "environmentname", "") in names.SIDES]
    if len(parts) > 1:
        return list(parts[0].nodelist), [n for part in parts[1:] for n in part.nodelist]
    front = last_argument(node)
    return (inner(front), list(node.nodelist)) if isinstance(front, LatexGroupNode) else None


def _values(nodes: Sequence[Any]) -> dict[str, list[Any]]:
    """The values of `key={value}, …`, the braces around them taken off."""
    found: dict[str, list[Any]] = {}
    key = ""
    for node in nodes:
        if isinstance(node, LatexCharsNode):
            for told in _KEY.finditer(node.chars):
                key = told["key"]
                if plain := told["value"].strip():
                    found[key] = [LatexCharsNode(chars=plain, pos=node.pos, len=len(plain))]
        elif key and key not in found and isinstance(node, LatexGroupNode):
            found[key] = list(node.nodelist)
    return found


def box(reader: LatexReader, titled: TitledBox, line: int) -> None:
    """A box around text: its title asks where it defines a term, and is a label otherwise."""
    title = " ".join(group_text(titled.title, reader.text.line).split())
    if titled.defines:
        asked(reader, lambda: reader.text.add(title, line), lambda: reader.nodes(titled.content))
    else:
        reader.block(wrapped("**", title), line)
        reader.nodes(titled.content)


def _term(nodes: Sequence[Any], reader: LatexReader) -> str:
    """The one term that a definition sets off; nothing where it sets off none, or several."""
    found = [n for n in nodes if isinstance(n, LatexMacroNode) and n.macroname in _TERMS]
    return " ".join(group_text(last_argument(found[0]), reader.text.line).split()) if len(found) == 1 else ""


def asked(reader: LatexReader, question: Callable[[], None], answer: Callable[[], None]) -> None:
    """A question with its answer, as the commands tell them."""
    spans = []
    for part in (question, answer):
        reader.text.flush()
        reader.out.gap()
        first = len(reader.out.lines) + 1
        part()
        reader.text.flush()
        spans.append(SourceSpan(first, max(first, len(reader.out.lines))))
    if len(reader.out.lines) >= spans[1].line:
        reader.out.asked.append(Asked(spans[0], spans[1]))
    reader.out.gap()


def code(reader: LatexReader, name: str, inner: str, line: int) -> None:
    """An environment whose content is no LaTeX: code, or what is left out."""
    if name in ("comment", "tikzpicture", "thebibliography"):
        last = line + inner.count("\n")
        why = "a comment" if name == "comment" else "a drawing" if name == "tikzpicture" else "a bibliography"
        reader.out.aside.update(dict.fromkeys(range(line, last + 1), why))
        return
    head = _OPTIONS.match(inner)
    options = head["options"] if head else ""
    told = _LANGUAGE.search(options)
    language = told["name"].lower() if told else (head["language"] or "" if head else "")
    body = inner[head.end() :] if head else inner
    first = line + inner[: head.end() if head else 0].count("\n")
    reader.text.flush()
    reader.out.code(body.rstrip().split("\n"), language, first)
