"""Warnings for the characters of a sheet that would print as boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeGuard

from deckbuild.model import (
    AnyBlock,
    AnyInline,
    Blocks,
    CodeBlock,
    CodeSpan,
    Diagnostic,
    Formula,
    Heading,
    Html,
    HtmlSpan,
    Image,
    Library,
    Text,
    inline_runs,
    inner_blocks,
    inner_inlines,
    outline,
)
from deckbuild.model.text import one_line
from deckbuild.paper.formula_images import image
from deckbuild.paper.press import script_fonts
from deckbuild.paper.press.fonts import without_glyph
from deckbuild.paper.selection import Item
from deckbuild.report.diagnostics import Code

NAMED = 5
"""Characters that a warning names; a document in a script that no font has holds hundreds."""


def missing_glyphs(
    library: Library, items: Iterable[Item], output: str, fonts: tuple[str, ...] = ()
) -> tuple[Diagnostic, ...]:
    """A warning for each source of `items` with such characters, at the line of the first.

    Of those in scripts whose fonts can be installed one warning tells, where the first of them is. `fonts` are
    files used beside ours. A library's name is no source's, so what is missing there is said of `output`.
    """
    missing: dict[str, dict[str, int]] = {}
    for source, line, text in [(output, 1, library.name), *_texts(library, tuple(items))]:
        for char in sorted(without_glyph(text, fonts)):
            missing.setdefault(source, {}).setdefault(char, line)
    return (*_without_fonts(missing), *_without_glyphs(missing))


def _without_fonts(missing: Mapping[str, Mapping[str, int]]) -> Iterator[Diagnostic]:
    """The warning that tells which fonts to install, if any can be."""
    for source, lines in missing.items():
        if line := next((line for char, line in lines.items() if script_fonts.scripts(char)), 0):
            characters = {char for others in missing.values() for char in others}
            named = " and ".join(script_fonts.scripts(characters))
            yield Code.NO_SCRIPT_FONT.at(
                source, line, scripts=named, command=script_fonts.command(characters)
            )
            return


def _without_glyphs(missing: Mapping[str, Mapping[str, int]]) -> Iterator[Diagnostic]:
    for source, lines in missing.items():
        if others := {char: line for char, line in lines.items() if not script_fonts.scripts(char)}:
            yield Code.NO_GLYPH.at(source, next(iter(others.values())), characters=_named(others))


def _named(characters: Iterable[str]) -> str:
    names = [f"{char} (U+{ord(char):04X})" for char in characters]
    more = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    return ", ".join([*names[:NAMED], *more])


def _texts(library: Library, items: tuple[Item, ...]) -> Iterator[tuple[str, int, str]]:
    """Source, line and text of all that is printed, headings first: only the documents know their lines."""
    titles = {title for item in items for title in (item.topic, item.subtopic)}
    for document in library.documents:
        for block, _ in outline.blocks(document):
            if isinstance(block, Heading) and one_line(block.content) in titles:
                yield document.source, block.span.line, one_line(block.content)
    for item in items:
        for line, text in _block_texts((*item.question, *item.answer)):
            yield item.source, line, text


def _block_texts(blocks: Blocks) -> Iterator[tuple[int, str]]:
    for outer in blocks:
        for block in inner_blocks(outer):
            if isinstance(block, CodeBlock | Html) or _in_characters(block):
                yield block.span.line, block.text
            for run in inline_runs(block):
                for element in inner_inlines(run):
                    if isinstance(element, Text | CodeSpan | HtmlSpan) or _in_characters(element):
                        yield element.span.line, element.text
                    elif isinstance(element, Image):
                        yield element.span.line, element.alt


def _in_characters(element: AnyBlock | AnyInline) -> TypeGuard[Formula]:
    """Whether this is a formula that is not set as mathematics."""
    return isinstance(element, Formula) and image(element) is None
