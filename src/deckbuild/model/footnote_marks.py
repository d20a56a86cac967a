"""Marks of footnotes that their document doesn't tell: `text[^1]` without `[^1]: …`."""

from __future__ import annotations

import re

UNTOLD = re.compile(r"(?<=[\w.,;:!?)”\"»。，])\[\^(?P<label>[\w-]{1,40})\](?![\w+*?{(\[|$])")
"""Right behind a word or a stop, and nothing behind it that a regular expression has behind a set of letters."""
