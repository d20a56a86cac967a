"""Same sources, lock and toolchain give the same bytes, whatever the folder, clock, locale or hash seed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import FIXTURES, needs_pango

ROOT = Path(__file__).parent.parent
KINDS = "deck,sheet,booklet,cutouts,model"
DOCUMENTS = ("print.md", "cards/records.md")
WAVES = """# Waves

### What do two waves look like?

![Two waves](figures/waves.svg) *Both* of them, **drawn** as `sin`.

### How is the height of a wave read?

```python
heights = {name: max(wave) for name, wave in waves.items()}  # in metres
```

- from the trough
    - up to the crest
- never from the ground

> A rule of sailors. <kbd>H</kbd>

A wave breaks in ==shallow== water, and a ==tsunami== is long.
"""
"""With those: tables, formulas, an image, code, lists, a quotation and gaps."""
QUIZ = "# Quiz\n\n" + "".join(
    f"{n}. Which river is number {n}?\n   A. Elbe\n   B. Oder\n   C. Weser\n\n   **Answer:** B\n\n"
    for n in range(1, 9)
)

COMMAND = """
from deckbuild.cli import main
from deckbuild.paper.cutouts import cutouts
cutouts.LONGEST = cutouts.PART = 2
main()
"""
"""Cut-outs are long from three pages on: several processes set those, and one each of the other prints."""


def run(folder: Path, *arguments: str, **environment: str) -> None:
    subprocess.run(
        [sys.executable, "-c", COMMAND, "build", "--quiet", *arguments],
        cwd=folder,
        env=os.environ | environment,
        check=True,
    )


def build(origin: Path, folder: Path, **environment: str) -> dict[str, bytes]:
    shutil.copytree(origin, folder)
    run(folder, "--locked", "--only", KINDS, **environment)
    return {path.name: path.read_bytes() for path in (folder / "build").iterdir()}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A collection with its lock."""
    folder = tmp_path / "collection"
    shutil.copytree(FIXTURES / "cards/figures", folder / "sources/figures")
    for name in DOCUMENTS:
        shutil.copy(FIXTURES / name, folder / "sources")
    (folder / "sources/waves.md").write_text(WAVES)
    (folder / "sources/quiz.md").write_text(QUIZ)
    (folder / "deckbuild.toml").write_text('name = "Rivers"\n')
    run(folder, "--only", "model")
    shutil.rmtree(folder / "build")
    return folder


@needs_pango
def test_two_builds_are_byte_identical(collection: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "another folder" / "deeper"
    with ThreadPoolExecutor() as both:
        first_build = both.submit(
            build,
            collection,
            one,
            PYTHONHASHSEED="1",
            TZ="Pacific/Auckland",
            LC_ALL="C",
            SOURCE_DATE_EPOCH="1",
        )
        second_build = both.submit(
            build, collection, other, PYTHONHASHSEED="2", TZ="America/Los_Angeles", LC_ALL="C.UTF-8"
        )
    first, second = first_build.result(), second_build.result()
    assert len(first) == len(KINDS.split(","))
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize("name", ["deckbuild.lock", "deckbuild.toml"])
def test_the_example_collection_is_settled(name: str) -> None:
    assert (ROOT / name).is_file()
