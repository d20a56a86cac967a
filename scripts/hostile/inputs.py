"""All inputs, kind by kind."""

from hostile import documents, file_system, images, locks, settings, templates

CASES = [
    case for module in (documents, images, settings, templates, locks, file_system) for case in module.CASES
]
