"""What of a note is content and what is context, as hashes of both."""

from __future__ import annotations

from collections.abc import Sequence

from deckbuild.cards.context import context_fields
from deckbuild.identity.hashing import EMPTY, PART, digest
from deckbuild.model import Kind


def content_and_context(kind: Kind, fields: Sequence[str], tags: str) -> tuple[str, str]:
    """What the lock holds of a note: hashes of its content in one string, and one of its context.

    Of hashes of its fields, the last of which is the guid's, and of its tags. The content's are those of front and
    back, and one of the rest unless all of that is empty.
    """
    context = context_fields(kind)
    rest = [value for at, value in enumerate(fields[:-1]) if at not in context]
    front, back = [*rest, "", ""][:2]
    around = [fields[at] for at in sorted(context) if at < len(fields)]
    content = f"{front[:PART]}{back[:PART]:0<{PART}}"
    if any(value != EMPTY for value in rest[2:]):
        content += digest(" ".join(rest[2:]), PART)
    return content, digest(" ".join((*around, tags)), PART)
