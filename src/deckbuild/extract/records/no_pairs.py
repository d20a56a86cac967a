"""Lines that a sign parts and that are no pairs, judged as a whole: what speakers say, lists of links."""

from __future__ import annotations

from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import is_glossary
from deckbuild.extract.records.line_cuts import Hits
from deckbuild.model import Emphasis, Inlines, Link, Strong
from deckbuild.model.text import inline_text

_FEW = 3
"""Names up to which nothing shows that they differ by their numbers alone."""


def are_speakers(page: Page, hits: Hits) -> bool:
    """Whether left sides differ by their numbers alone, as names behind the times of a conversation."""
    left = ["".join(filter(str.isalpha, page.units[at].text[start:end])) for at, (start, end, _) in hits]
    named = [name for name in left if name]
    return len(named) > _FEW and len(set(named)) <= 0.5 * len(named)


def are_links(page: Page, hits: Hits) -> bool:
    """Whether most lines outside of glossaries begin with a link to another place, as lists of reading do."""
    if page.is_glossary:
        return False
    apart = [at for at, _ in hits if not is_glossary(page.title(page.sections[at]))]
    linked = sum(_begins_linked(page.units[at].content) for at in apart)
    return linked > 0.5 * len(hits)


def _begins_linked(content: Inlines) -> bool:
    first = next((e for e in content if inline_text((e,)).strip()), None)
    if isinstance(first, Strong | Emphasis):
        return _begins_linked(first.content)
    return isinstance(first, Link) and "://" in first.url
