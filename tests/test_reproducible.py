"""Same sources, lock and toolchain give the same bytes, whatever the folder, clock, locale or hash seed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import needs_pango

ROOT = Path(__file__).parent.parent
KINDS = "deck,sheet,booklet,cutouts,model"


def build(folder: Path, **environment: str) -> dict[str, bytes]:
    for name in ("sources", "deckbuild.toml", "deckbuild.lock"):
        origin = ROOT / name
        copy = shutil.copytree if origin.is_dir() else shutil.copy
        copy(origin, folder / name)
    subprocess.run(
        [sys.executable, "-m", "deckbuild", "build", "--locked", "--quiet", "--only", KINDS],
        cwd=folder,
        env=os.environ | environment,
        check=True,
    )
    return {path.name: path.read_bytes() for path in (folder / "build").iterdir()}


@needs_pango
@pytest.mark.timeout(900)  # two builds of all that our sources give, side by side
def test_two_builds_are_byte_identical(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "another folder" / "deeper"
    one.mkdir()
    other.mkdir(parents=True)
    with ThreadPoolExecutor() as both:
        first_build = both.submit(
            build, one, PYTHONHASHSEED="1", TZ="Pacific/Auckland", LC_ALL="C", SOURCE_DATE_EPOCH="1"
        )
        second_build = both.submit(
            build, other, PYTHONHASHSEED="2", TZ="America/Los_Angeles", LC_ALL="C.UTF-8"
        )
    first, second = first_build.result(), second_build.result()
    assert len(first) == len(KINDS.split(","))
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize("name", ["deckbuild.lock", "deckbuild.toml"])
def test_the_example_collection_is_settled(name: str) -> None:
    assert (ROOT / name).is_file()
