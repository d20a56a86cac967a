"""Regular expressions that are compiled when they are first used.

The steps of a document hold two hundred. To compile all took as long as the rest of a start together, and a small
document uses a third of them.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Compiled:
    """Gets each method of the compiled expression when it is asked for, and keeps it."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._source), name)
        setattr(self, name, found)
        return found


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, for its methods only: functions of `re` don't take it for a compiled expression."""
    return cast("re.Pattern[AnyStr]", _Compiled(pattern, flags))
