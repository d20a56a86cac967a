"""Pango, the one system library that WeasyPrint needs: how it is loaded, and how to get it.

Run as a module it prints the command that installs it.
"""

from __future__ import annotations

import ctypes.util
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

_APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_BY_DISTRIBUTION = {"debian": _APT, "ubuntu": _APT, "fedora": "dnf install pango", "arch": "pacman -S pango"}
_BY_PLATFORM = {
    "darwin": "brew install pango",
    "win32": "pacman -S mingw-w64-ucrt-x86_64-pango (in a shell of MSYS2)",
}


@contextmanager
def loading() -> Iterator[None]:
    """For the import of WeasyPrint: libraries are looked for by the names that Linux gives them, and nowhere else.

    It tries their names on other systems first. For each of those Python asks compilers and linkers, in some ninety
    processes: a third of the time of the import. What it prints where one is missing is for who installs WeasyPrint.
    """
    with redirect_stdout(io.StringIO()):
        if sys.platform != "linux":
            yield
            return
        find = ctypes.util.find_library
        ctypes.util.find_library = lambda name: None
        try:
            yield
        finally:
            ctypes.util.find_library = find


def command_here() -> str:
    """The command that installs Pango on this system."""
    path = Path("/etc/os-release")
    os_release = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return pango_command(os_release, sys.platform)


def pango_command(os_release: str, platform: str) -> str:
    """The command that installs Pango, given the text of `/etc/os-release` ("" if none) and `sys.platform`.

    A distribution not known by its `ID` is taken for the first known one in `ID_LIKE`.
    """
    if platform in _BY_PLATFORM:
        return _BY_PLATFORM[platform]
    fields = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    names = " ".join(fields.get(key, "").strip("\"'") for key in ("ID", "ID_LIKE"))
    known = (_BY_DISTRIBUTION[name] for name in names.split() if name in _BY_DISTRIBUTION)
    return next(known, "your package manager (the package is mostly called pango)")


if __name__ == "__main__":
    print(command_here())
