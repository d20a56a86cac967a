"""Settings that change nothing, which is never what their author meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from deckbuild.collection.collection import Collection
from deckbuild.collection.documents import folders_of
from deckbuild.collection.places import Keys, Place, places
from deckbuild.collection.settings import SETTINGS, PathSettings, Settings, excluded, settings_text
from deckbuild.model import Diagnostic, Document, Note, outline
from deckbuild.model.text import block_text
from deckbuild.report.diagnostics import Code

_NO_ROWS = "without it no row of a table and no formula is asked in reverse, and {whose} have none"


def idle_settings(collection: Collection, documents: Sequence[Document]) -> Iterator[Diagnostic]:
    """A warning for each setting without effect on the documents, which are all of the collection's.

    Where only some were asked for, nothing is said: others may be meant.
    """
    if not collection.is_whole:
        return
    written = places(settings_text(collection.root))
    for way, name, why in _idle(collection, documents, written.keys()):
        place = written[way].key if way in written else Place(1, 1)
        yield Code.IDLE_SETTING.at(SETTINGS, place.line, place.column, name=name, why=why)


def _others(collection: Collection) -> Iterator[str]:
    """The names of all files among the documents, of those that aren't read too."""
    for path in filter(Path.is_dir, collection.paths):
        for folder, names in folders_of(path):
            yield from (collection.source(Path(folder, name)) for name in names)


def _idle(
    collection: Collection, documents: Sequence[Document], written: Iterable[Keys]
) -> Iterator[tuple[Keys, str, str]]:
    """Each setting without effect: the way to it, its name, and why. `written` are those that are written down."""
    written = set(written)
    if collection.settings.reverse is False and not any(document.derived for document in documents):
        yield ("reverse",), "reverse", _NO_ROWS.format(whose="the documents")
    names = (*collection.named, *_others(collection)) if collection.settings.exclude else ()
    for number, pattern in enumerate(collection.settings.exclude):
        alone = Settings(exclude=(pattern,))
        if not any(excluded(alone, name) for name in names):
            yield ("exclude", number), "exclude", f"“{pattern}” matches no document"
    for pattern, settings in collection.settings.paths.items():
        way = ("paths", pattern)
        if not any(fnmatchcase(name, pattern) for name in collection.named):
            yield way, pattern, "it matches no document"
            continue
        matched = [document for document in documents if fnmatchcase(document.source, pattern)]
        if settings.reverse is False and not any(document.derived for document in matched):
            yield (*way, "reverse"), "reverse", _NO_ROWS.format(whose="these documents")
        if settings.questions not in (None, "none") and matched and not any(map(_has_notes, matched)):
            yield (*way, "questions"), "questions", f"{settings.questions} heads no text in these documents"
        yield from (((*way, "shapes", number), "shapes", why) for number, why in _unseen(settings, matched))
    for text in _unwritten(collection.settings.formulas, documents):
        yield ("formulas", text), text, "no document has this text"


def _has_notes(document: Document) -> bool:
    return next(iter(outline.notes(document)), None) is not None


def _unseen(settings: PathSettings, documents: Sequence[Document]) -> Iterator[tuple[int, str]]:
    """The shapes that no note of the documents has, by their numbers, and why that is without effect."""
    if settings.shapes and documents:
        seen = {note.shape for document in documents for note, _ in outline.notes(document)}
        for number, shape in enumerate(settings.shapes):
            if shape not in seen:
                yield number, f"no note of these documents has the shape {shape}"


def _unwritten(texts: Iterable[str], documents: Sequence[Document]) -> Iterator[str]:
    """Those of the texts that no document has, however its lines are broken."""
    texts = tuple(texts)
    if texts:
        whole = "\n".join(map(_text, documents))
        yield from (text for text in texts if " ".join(text.split()) not in whole)


def _text(document: Document) -> str:
    """All that a document says, on one line."""
    parts = (part for part, _ in outline.parts(document))
    blocks = (
        (*part.question, *part.repeated, *part.answer) if isinstance(part, Note) else (part,)
        for part in parts
    )
    return " ".join(" ".join(map(block_text, blocks)).split())
