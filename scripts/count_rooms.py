"""Count the rooms at the top of the package and the arrows between them; fail beyond the limits.

A room is a folder or a module that stands in `src/deckbuild` itself; an arrow leads from one room to another
that it imports, however often. Prints one line for each room: the rooms that it imports.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "deckbuild"
MOST_ROOMS = 24
MOST_ARROWS = 90


def rooms(package: Path) -> dict[str, set[str]]:
    """The rooms of a package, and the rooms that each of them imports."""
    found: dict[str, set[str]] = {}
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).parts[0].removesuffix(".py")
        if name != "__init__":
            found.setdefault(name, set()).update(imported(ast.parse(path.read_text(encoding="utf-8"))))
    return {name: (others & found.keys()) - {name} for name, others in found.items()}


def imported(tree: ast.AST) -> Iterator[str]:
    """The rooms that a module imports, at its head or when a function is called."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=module, names=aliases) if module == PACKAGE:
                names = [f"{PACKAGE}.{alias.name}" for alias in aliases]
            case ast.ImportFrom(module=str(module)):
                names = [module]
            case ast.Import(names=aliases):
                names = [alias.name for alias in aliases]
            case _:
                continue
        yield from (name.split(".")[1] for name in names if name.startswith(f"{PACKAGE}."))


def main() -> None:
    """Print the rooms and their number; end with status 1 where there are too many, or too many arrows."""
    found = rooms(Path(__file__).resolve().parents[1] / "src" / PACKAGE)
    arrows = sum(map(len, found.values()))
    for name, others in found.items():
        print(f"{name:12}{' '.join(sorted(others))}")
    print(f"{len(found)} rooms (at most {MOST_ROOMS}), {arrows} arrows (at most {MOST_ARROWS})")
    sys.exit(len(found) > MOST_ROOMS or arrows > MOST_ARROWS)


if __name__ == "__main__":
    main()
