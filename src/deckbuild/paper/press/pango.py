"""How to get Pango, the one system library that WeasyPrint needs; run as a module it prints the command."""

from __future__ import annotations

import sys
from pathlib import Path

_APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_BY_DISTRIBUTION = {"debian": _APT, "ubuntu": _APT, "fedora": "dnf install pango", "arch": "pacman -S pango"}
_BY_PLATFORM = {
    "darwin": "brew install pango",
    "win32": "pacman -S mingw-w64-ucrt-x86_64-pango (in a shell of MSYS2)",
}


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
