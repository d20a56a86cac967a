"""The picture that pages most likely take too long for, named where they do."""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.collection.whole_images import seconds
from deckbuild.model import Diagnostic, Library
from deckbuild.paper.shown_images import Shown, shown_images
from deckbuild.report.diagnostics import Code, Failure

LEAST = 0.5
"""Seconds from which a picture is named: all pages of a document have four, and more by their length."""


def with_heaviest(failure: Failure, library: Library) -> Failure:
    """The failure with the heaviest picture of the library in it, if it is that pages take too much."""
    codes = {problem.code for problem in failure.diagnostics}
    found = _heaviest(library) if Code.ENDLESS_PAGES.slug in codes else None
    if found is None:
        return failure
    source, image = found
    told = f"; of the pictures {image.name} takes most, probably ({source}:{image.span.line})"
    return Failure(*(_telling(problem, told) for problem in failure.diagnostics))


def _telling(problem: Diagnostic, told: str) -> Diagnostic:
    is_it = problem.code == Code.ENDLESS_PAGES.slug
    return replace(problem, message=f"{problem.message}{told}") if is_it else problem


def _heaviest(library: Library) -> tuple[str, Shown] | None:
    """Source and place of the picture that takes paper longest; None where none takes long."""
    weights = {medium.name: seconds(medium) for medium in library.media}
    shown = [
        (entry.source, image)
        for entry in library.entries
        for image in shown_images((*entry.note.question, *entry.note.answer))
        if weights.get(image.medium, 0) >= LEAST
    ]
    return max(shown, key=lambda one: weights[one[1].medium], default=None)
