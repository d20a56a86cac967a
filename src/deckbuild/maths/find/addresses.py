"""Addresses, paths and mail in a text, in which signs of mathematics mean nothing."""

from __future__ import annotations

import re

from deckbuild.machine.regex import regex

_ADDRESS = regex(
    r"""(?:[a-z][a-z0-9+.-]{1,9}://|www\.|mailto:|doi:)[^\s<>]+  # with a scheme
    |(?<![\w.-])(?:[A-Za-z0-9-]+\.)+[a-z]{2,}/[^\s<>]*  # a host and what lies there
    |(?<![\w.+-])[\w.+-]+(?:=[\w.+-]*)?@[\w-]+(?:\.[\w-]+)+
    |(?<![\w)\]}])(?:[A-Za-z]:\\|~?/|\.{1,2}/|\\\\)[\w.+-]+(?:[\\/][\w.=+-]+)+/?  # a path from a root
    |[?&][a-z_]+=[^\s<>]+""",
    re.VERBOSE | re.IGNORECASE,
)
"""Names of hosts and of mail are tried where they begin alone: in a long line of signs each try takes all the rest."""

_MAY_HAVE = regex(r"[/@\\?&]|www\.|doi:", re.IGNORECASE)
MASK = "\ufffc"


def masked(text: str) -> str:
    """The text with a sign that no formula has in place of each character of an address."""
    if not _MAY_HAVE.search(text):
        return text
    return _ADDRESS.sub(lambda address: MASK * len(address[0]), text)
