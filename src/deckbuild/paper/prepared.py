"""What all prints do to a library and their settings first: options with letters, fonts, the language."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct
from msgspec.structs import replace

from deckbuild.collection.print_settings import Print
from deckbuild.model import Diagnostic, Entry, Library
from deckbuild.model.text import block_text
from deckbuild.paper.languages import languages, runs_backwards
from deckbuild.paper.large_tables import without_large_tables
from deckbuild.paper.lettered import with_letters
from deckbuild.paper.press.fonts import without_glyph
from deckbuild.paper.press.script_fonts import fonts_for


class Prepared(Struct, frozen=True):
    """A library as paper shows it, with settings that have its fonts and its language.

    `spoken` are the languages of its sources, as far as they are known; `backwards` tells that columns run from the
    right, as most of its notes do.
    """

    library: Library
    settings: Print
    spoken: dict[str, str]
    backwards: bool
    problems: tuple[Diagnostic, ...]


def prepared(library: Library, settings: Print) -> Prepared:
    """The library for paper, and a warning for each table that is too large for it."""
    small, problems = without_large_tables(with_letters(library))
    spoken = languages(small)
    commonest = Counter(spoken.get(entry.source, "") for entry in small.entries).most_common(1)
    # Not its JSON: LaTeX may hold half a surrogate pair, which no encoding takes.
    text = repr(small.entries) + repr(small.documents)
    fonts = fonts_for(() if text.isascii() else without_glyph(text, settings.fonts))
    settings = replace(
        settings,
        language=settings.language or (commonest[0][0] if commonest else ""),
        fonts=(*settings.fonts, *(font for font in fonts if font not in settings.fonts)),
    )
    backwards = not text.isascii() and 2 * sum(map(_is_backwards, small.entries)) > len(small.entries)
    return Prepared(small, settings, spoken, backwards, problems)


def _is_backwards(entry: Entry) -> bool:
    return runs_backwards(block_text((*entry.note.question, *entry.note.answer)))
