"""deckbuild: study documents as they are found, rendered to Anki decks and printable sheets.

For other programs there are three calls; `deckbuild.model` holds the types of what they give:

    from deckbuild import build_library, read_document, render

    document = read_document("notes/biology.md")
    library = build_library("notes")
    Path("biology.apkg").write_bytes(render(library, "deck"))
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deckbuild.api import Failure, build_library, read_document, render

__all__ = ["Failure", "__version__", "build_library", "read_document", "render"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load what other programs call when they name it, so that the command line starts without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("deckbuild.api"), name)
