"""Cards as a learner sees them: rendered by Anki, with its style sheets and its MathJax, in a real browser.

With `DECKBUILD_SHOTS` naming a folder, pictures of all cards are put there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from conftest import ANKI_WEB, FIXTURES, needs_chromium
from deckbuild.collection.collection import one
from deckbuild.collection.media import gather
from deckbuild.identity.collate import collate
from deckbuild.identity.lock import Lock
from deckbuild.model import Library
from deckbuild.package.apkg import apkg
from deckbuild.read import read

pytest.importorskip("anki")
pytest.importorskip("playwright")

from msgspec.structs import replace

from anki_client import anki_client
from browser import ORIGIN, Reader, browser, reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(
        not ANKI_WEB.is_dir(), reason="the web files of Anki are missing; `make test` gets them"
    ),
    pytest.mark.xdist_group("browser"),
]

SOURCES = Path(__file__).parent.parent / "sources"
MODES = [(390, True), (1000, False)]
"""Each width and each colour once: what a style sheet says of a width says nothing of colours."""

PAGE = """<!doctype html>
<html class="{html}" data-bs-theme="{theme}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="css/webview.css"><link rel="stylesheet" href="css/reviewer.css">
<style id="style"></style>
<script>
MathJax = {{
  tex: {{
    displayMath: [["\\\\[", "\\\\]"]], processEscapes: false, processEnvironments: false, processRefs: false,
    packages: {{"[+]": ["noerrors", "mathtools"], "[-]": ["textmacros"]}},
  }},
  loader: {{
    load: ["[tex]/noerrors", "[tex]/mathtools"], paths: {{mathjax: "{origin}/js/vendor/mathjax"}},
    versionWarnings: false,
  }},
  startup: {{typeset: false}},
}};
</script>
<script src="js/vendor/mathjax/tex-chtml-full.js"></script>
<body class="card card1 {body}"><div id="qa"></div>
</html>"""
"""The page of Anki's reviewer, with the settings of its `mathjax.js`."""

SHOW = """
async ([html, css, body]) => {
  document.getElementById('style').textContent = css;
  document.body.className = body;
  const qa = document.getElementById('qa');
  MathJax.typesetClear();
  qa.innerHTML = html;
  await MathJax.startup.promise;
  await MathJax.typesetPromise([qa]);
  await Promise.all([...document.images].map((image) => image.decode()));
  await document.fonts.ready;
}
"""


LETTERS = """
(options) => [...document.querySelectorAll(`${options} > li`)].map((option) =>
  [getComputedStyle(option, '::before').content, option.innerText])
"""
"""What stands before each option, and its text."""

SCROLLING = """
() => [...document.querySelectorAll('#qa *')].filter((box) => ['auto', 'scroll'].includes(
  getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1 && box.checkVisibility()
).map((box) => [box.tagName, box.scrollWidth, getComputedStyle(box).backgroundAttachment.includes('local')])
"""
"""The boxes that scroll sideways, how wide their content is, and whether a shadow at the edge says so."""


class Side(NamedTuple):
    """One side of a card, with the style sheet of its note type."""

    name: str
    html: str
    css: str
    ordinal: int


@cache
def library(folder: Path) -> Library:
    collection = one((folder,), folder)
    documents = [read(file, collection.source(file)) for file in collection.files]
    gathered = gather(documents, collection.root)
    made = collate(gathered.documents, Lock("0123456789abcdef"), 1_700_000_000, "Cards").library
    return replace(made, media=gathered.media)


def sides(folder: Path, collection: Path) -> list[Side]:
    """All sides of all cards of a folder's documents, as Anki renders them after an import."""
    made = library(folder)
    found = []
    with anki_client(collection) as anki:
        anki.import_package(apkg(made))
        for place, entry in enumerate(made.entries, 1):
            css = anki.css(f"deckbuild {entry.note.kind}")
            for ordinal, faces in enumerate(anki.cards(entry.guid), 1):
                for face, html in zip(("front", "back"), faces, strict=True):
                    found.append(Side(f"{place:03}-{entry.note.kind}-{ordinal}-{face}", html, css, ordinal))
    return found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Anki's web files, pages for both modes and the media of the cards that are shown."""
    folder = tmp_path_factory.mktemp("web")
    for name in ("css", "js"):
        (folder / name).symlink_to(ANKI_WEB / name)
    for night in (False, True):
        html, body, theme = ("night-mode", "nightMode night_mode", "dark") if night else ("", "", "light")
        page = PAGE.format(html=html, body=body, theme=theme, origin=ORIGIN)
        (folder / f"{theme}.html").write_text(page)
    for shown in (FIXTURES / "cards", SOURCES):
        for medium in library(shown).media:
            (folder / medium.name).write_bytes(medium.data)
    return folder


def show(shown: Reader, side: Side, night: bool) -> None:
    body = f"card card{side.ordinal} {'nightMode night_mode' if night else ''}"
    shown.page.evaluate(SHOW, [side.html, side.css, body])


def problems(
    chromium: Browser, web: Path, found: list[Side], width: int, night: bool
) -> dict[str, list[str]]:
    """What is wrong with which side; with `DECKBUILD_SHOTS`, a picture of each is put there."""
    shots = os.environ.get("DECKBUILD_SHOTS")
    wrong = {}
    with reader(chromium, width, web) as shown:
        theme = "dark" if night else "light"
        shown.page.goto(f"{ORIGIN}/{theme}.html")
        for side in found:
            show(shown, side, night)
            if faults := shown.faults():
                wrong[side.name] = faults
            if shots:
                shown.page.evaluate(
                    "() => document.querySelectorAll('details').forEach((d) => { d.open = true })"
                )
                shown.page.screenshot(path=Path(shots, f"{width}-{theme}-{side.name}.png"), full_page=True)
    return wrong


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> list[Side]:
    return sides(FIXTURES / "cards", tmp_path_factory.mktemp("anki"))


@pytest.mark.parametrize(("width", "night"), MODES)
def test_cards_are_read_with_ease(
    chromium: Browser, web: Path, cards: list[Side], width: int, night: bool
) -> None:
    assert len(cards) >= 60
    assert problems(chromium, web, cards, width, night) == {}


def test_right_options_show_the_letters_that_they_have_in_the_question(
    chromium: Browser, web: Path, cards: list[Side]
) -> None:
    answered = [side for side in cards if 'class="options right"' in side.html]
    assert answered
    with reader(chromium, 390, web) as shown:
        shown.page.goto(f"{ORIGIN}/light.html")
        for side in answered:
            show(shown, side, False)
            asked, right = (
                set(map(tuple, shown.page.evaluate(LETTERS, f"ol.options{kind}")))
                for kind in (":not(.right)", ".right")
            )
            assert right < asked, side.name


def test_faults_are_seen(chromium: Browser, tmp_path: Path) -> None:
    body = '<p style="width:500px">x<p style="color:#999">faint<p>\ue000<mjx-merror>x</mjx-merror>'
    body += "<img src=//x.org>"
    (tmp_path / "page.html").write_text(f"<meta charset=utf-8><script>console.error('e')</script>{body}")
    with reader(chromium, 400, tmp_path) as shown:
        shown.page.goto(f"{ORIGIN}/page.html")
        faults = "\n".join(shown.faults())
    for fault in (
        "px wide",
        "contrast 2.8",
        "no glyph for U+e000",
        "MathJax: x",
        "//x.org/ was asked for",
        "e\n",
    ):
        assert fault in faults


@pytest.fixture(scope="module")
def backs(tmp_path_factory: pytest.TempPathFactory) -> list[Side]:
    """The backs of all cards of our sources."""
    found = sides(SOURCES, tmp_path_factory.mktemp("sources"))
    return [side for side in found if side.name.endswith("back")]


def test_all_backs_of_our_sources_fit_a_phone_and_those_that_scroll_sideways_are_few_and_show_it(
    chromium: Browser, web: Path, backs: list[Side]
) -> None:
    wrong, scrolling = {}, {}
    with reader(chromium, 360, web) as shown:
        shown.page.goto(f"{ORIGIN}/dark.html")
        for side in backs:
            show(shown, side, True)
            if faults := shown.faults():
                wrong[side.name] = faults
            shown.page.evaluate(
                "() => document.querySelectorAll('details').forEach((d) => { d.open = true })"
            )
            if boxes := shown.page.evaluate(SCROLLING):
                scrolling[side.name] = boxes
    assert wrong == {}
    assert all(told for boxes in scrolling.values() for _, _, told in boxes), scrolling
    assert len(scrolling) <= 0.025 * len(backs), scrolling
