"""All inputs, kind by kind."""

from hostile import (
    archives,
    caches,
    commands,
    documents,
    file_system,
    formats,
    formulas,
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
    archives,
    formulas,
    commands,
)

CASES = [case for module in _KINDS for case in module.CASES]
