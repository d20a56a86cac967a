"""Settings that change nothing, which is never what their author meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from deckbuild.collection.collection import Collection
from deckbuild.collection.places import places
from deckbuild.collection.settings import SETTINGS, settings_text
from deckbuild.model import Diagnostic, Document
from deckbuild.report.diagnostics import Code

_NO_ROWS = "it is about rows of tables and formulas, and {whose} have none"


def idle_settings(collection: Collection, documents: Sequence[Document]) -> Iterator[Diagnostic]:
    """A warning for each setting without effect on the documents, which are all of the collection's.

    Where only some were asked for, nothing is said: others may be meant.
    """
    if not collection.is_whole:
        return
    written = places(settings_text(collection.root))
    reversible = {document.source for document in documents if document.derived}

    def warning(why: str, *way: str) -> Diagnostic:
        return Code.IDLE_SETTING.at(SETTINGS, *written[way].key, name=way[-1], why=why)

    if ("reverse",) in written and not reversible:
        yield warning(_NO_ROWS.format(whose="the documents"), "reverse")
    for pattern in collection.settings.paths:
        if not any(fnmatchcase(name, pattern) for name in collection.named):
            yield warning("it matches no document", "paths", pattern)
        elif ("paths", pattern, "reverse") in written and not any(
            fnmatchcase(name, pattern) for name in reversible
        ):
            yield warning(_NO_ROWS.format(whose="these documents"), "paths", pattern, "reverse")
