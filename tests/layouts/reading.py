"""The one place that runs deckbuild: a text becomes the records that `deckbuild list --what notes` gives."""

from __future__ import annotations

from typing import Any

from deckbuild.commands import listing
from deckbuild.decode.source import decode
from deckbuild.read import extract

Record = dict[str, Any]


def records(text: str, suffix: str) -> list[Record]:
    """The notes found in a document."""
    document = extract(decode(text.encode(), f"document{suffix}"))
    return list(listing.notes([document], None))
