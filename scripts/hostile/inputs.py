"""All inputs, kind by kind."""

from hostile import (
    caches,
    documents,
    file_system,
    formats,
    images,
    locks,
    packages,
    pages,
    settings,
    styles,
    templates,
    vaults,
)

_KINDS = (
    documents,
    formats,
    pages,
    images,
    settings,
    styles,
    templates,
    locks,
    file_system,
    packages,
    vaults,
    caches,
)

CASES = [case for module in _KINDS for case in module.CASES]
