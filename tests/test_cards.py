"""Cards as a learner sees them: rendered by Anki, with its style sheets and its MathJax, in a real browser.

With `DECKBUILD_SHOTS` naming a folder, pictures of all cards are put there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from conftest import ANKI_WEB, FIXTURES, needs_chromium

pytest.importorskip("anki")
pytest.importorskip("playwright")


from browser import ORIGIN, browser, reader
from reviewer import SCROLLING, Side, fill, library, show, sides, unfold

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

LETTERS = """
(options) => [...document.querySelectorAll(`${options} > li`)].map((option) =>
  [getComputedStyle(option, '::before').content, option.innerText])
"""
"""What stands before each option, and its text."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Anki's web files, pages for both modes and the media of the cards that are shown."""
    folder = tmp_path_factory.mktemp("web")
    fill(folder, (m for shown in (FIXTURES / "cards", SOURCES) for m in library(shown).media))
    return folder


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
                unfold(shown)
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


PARTED = """
() => [...document.querySelectorAll('.answer code')].flatMap((code) => {
  const text = document.createTreeWalker(code, NodeFilter.SHOW_TEXT), signs = [];
  while (text.nextNode()) for (let at = 0; at < text.currentNode.length; at++) {
    const place = document.createRange();
    place.setStart(text.currentNode, at);
    place.setEnd(text.currentNode, at + 1);
    signs.push([text.currentNode.data[at], place.getBoundingClientRect().top]);
  }
  return signs.filter(([sign, top], at) => at && sign.trim() && signs[at - 1][0].trim() && top > signs[at - 1][1] + 3)
    .map(() => code.textContent);
})
"""
"""The code in lines of text of which a word is parted."""

WIDENED = """
() => { const box = document.querySelector('.tw'); box.firstElementChild.style.width = `${box.clientWidth + 9}px` }
"""
EDGE = """
() => { const at = document.querySelector('.tw').getBoundingClientRect(); return [at.right - 9, at.bottom - 9] }
"""


def test_lines_end_between_words_of_code_and_the_least_that_is_hidden_has_a_shadow(
    chromium: Browser, web: Path, cards: list[Side]
) -> None:
    (side,) = (side for side in cards if "clear up" in side.html and side.name.endswith("back"))
    with reader(chromium, 360, web) as shown:
        shown.page.goto(f"{ORIGIN}/light.html")
        show(shown, side, False)
        assert shown.page.evaluate(PARTED) == []
        boxes = {tag: told for tag, _, told in shown.page.evaluate(SCROLLING)}
        assert boxes == {"P": True}
        shown.page.evaluate(WIDENED)
        left, top = shown.page.evaluate(EDGE)
        clip = {"x": left, "y": top, "width": 9, "height": 1}
        darkest, lightest = Image.open(BytesIO(shown.page.screenshot(clip=clip))).convert("L").getextrema()
        assert darkest < lightest - 40


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
            unfold(shown)
            if boxes := shown.page.evaluate(SCROLLING):
                scrolling[side.name] = boxes
    assert wrong == {}
    assert all(told for boxes in scrolling.values() for _, _, told in boxes), scrolling
    assert len(scrolling) <= 0.02 * len(backs), scrolling
