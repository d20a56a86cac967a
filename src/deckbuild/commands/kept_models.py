"""Documents that were read before: found again by their bytes, their name, and the settings that tell of them."""

from __future__ import annotations

from pathlib import Path

from deckbuild.maths.check import mathjax
from deckbuild.model import Document, codec
from deckbuild.read import Preferences, extract, opened

LEAST = 200
"""Lines from which a document is kept: a shorter one is read in the time that looking for it takes."""


def read(path: Path, name: str, preferences: Preferences) -> Document:
    """What `deckbuild.read.read` gives for the file at `path`, called `name`. Raises `Failure` as that does."""
    source, reading = opened(path, name)
    if len(source.lines) < LEAST:
        return extract(source, preferences, reading)
    from deckbuild.commands import kept  # short documents need nothing of it

    place = kept.place(source.digest, name, repr(preferences), str(mathjax.available()))
    if place is not None and (document := _document(kept.load(place))) is not None:
        return document
    document = extract(source, preferences, reading)
    if place is not None:
        kept.keep(place, codec.encode(document))
    return document


def _document(data: bytes | None) -> Document | None:
    try:
        return None if data is None else codec.decode(data, Document)
    except codec.CodecError:
        return None
