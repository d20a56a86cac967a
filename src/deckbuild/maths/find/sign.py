"""Signs of mathematics in running text."""

from __future__ import annotations

import re

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens.signs import NON_ASCII

SIGNS = "".join(sorted(NON_ASCII - set("–•…’")))
"""Characters beyond ASCII that speak for mathematics."""

SIGN = regex(
    rf"[-+*/−=<>^_|!(){re.escape(SIGNS)}\u0300-\u036f\u2100-\u214f\U0001d400-\U0001d7ff]|\w x ?\d|\d x \w|[＝＋／]"
)
"""What every formula in running text has somewhere; looked for first, since that is quick."""
