"""The pictures of the example collection: drawn by the script, and fit for phones, dark cards and paper."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from deckbuild.model import Medium
from deckbuild.paper.pictures import is_printable

ROOT = Path(__file__).parent.parent
FIGURES = sorted((ROOT / "sources/figures").glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "rect", "circle", "path", "text", "tspan"}


def test_the_script_draws_the_pictures_that_are_there(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts/draw_figures.py", tmp_path], check=True, timeout=60)
    drawn = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert drawn == {path.name: path.read_bytes() for path in FIGURES}


@pytest.mark.parametrize("path", FIGURES, ids=[path.stem for path in FIGURES])
def test_a_picture_needs_nothing_from_outside_and_can_be_read(path: Path) -> None:
    data = path.read_bytes()
    root = ElementTree.fromstring(data)
    assert len(data) <= 12_000
    assert is_printable(Medium(path.name, data))
    assert root.get("role") == "img"
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc")
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ALLOWED
    assert b"url(" not in data
    assert b"href" not in data
    assert min(float(element.get("font-size", 12)) for element in root.iter()) >= 12, "11 px on a small phone"
