"""What the settings say of a formula. It stands apart since settings are read before any mathematics is loaded."""

from __future__ import annotations

from msgspec import Struct


class Override(Struct, frozen=True, forbid_unknown_fields=True):
    """What the settings say of a source string: its LaTeX, or that it is text."""

    latex: str = ""
    text: bool = False
