"""Lines that a sign parts and that are no pairs, judged as a whole: what speakers say, lists of links and of people."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.extract.page.page import Page
from deckbuild.extract.page.roles import is_glossary
from deckbuild.extract.records.line_cuts import Hits
from deckbuild.machine.regex import regex
from deckbuild.model import Emphasis, Inlines, Link, Strong
from deckbuild.model.text import inline_text

_FEW = 3
"""Names up to which nothing shows that they differ by their numbers alone."""


def are_speakers(page: Page, hits: Hits) -> bool:
    """Whether left sides differ by their numbers alone, as names behind the times of a conversation."""
    left = ["".join(filter(str.isalpha, page.units[at].text[start:end])) for at, (start, end, _) in hits]
    named = [name for name in left if name]
    return len(named) > _FEW and len(set(named)) <= 0.5 * len(named)


_PERSON = regex(r"(?P<first>[^\W\d_])[\w’'-]+ (?P<last>[^\W\d_])[\w’'-]+")
"""A first name and a family name."""

_PEOPLE = 0.8
"""Share of such names from which a list is of people, with their tasks or places in brackets."""


def are_people(names: Sequence[str]) -> bool:
    """Whether nearly all words in front of brackets are names of people; English terms of two words look alike."""
    found = (_PERSON.fullmatch(name.strip()) for name in names if not name.isascii())
    people = sum(match["first"].isupper() and match["last"].isupper() for match in found if match)
    return len(names) > _FEW and people >= _PEOPLE * len(names)


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
