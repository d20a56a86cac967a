"""Fixture files, the corpus of real documents, and `--accept`."""

from __future__ import annotations

import compileall
import ctypes.util
import gc
import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import settings

import deckbuild
from deckbuild.machine.processes import collect_rarely

settings.register_profile("soak", max_examples=5_000, deadline=None)
settings.register_profile("deckbuild", max_examples=50, deadline=None)  # no test asserts on time
settings.load_profile("deckbuild")

FIXTURES = Path(__file__).parent / "fixtures"


needs_pango = pytest.mark.skipif(
    ctypes.util.find_library("pango-1.0") is None, reason="Pango is missing; `make system-deps` installs it"
)


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None or find_spec("playwright") is None,
    reason="Chromium or Playwright is missing; on Debian `make test` as root installs them",
)

ANKI_WEB = Path(__file__).parent.parent / ".venv/anki-web/_aqt/data/web"
"""What the windows of Anki show cards with: its style sheets and its MathJax. `make test` gets it."""


class Case(NamedTuple):
    """One case of a fixture file: a title, an input, and what is expected of it."""

    title: str
    text: str
    expected: str


def read_cases(name: str) -> list[Case]:
    """The cases of a file: title, a line with a dot, input, dot, expected, dot; blank lines between cases."""
    found: list[Case] = []
    parts: list[list[str]] = [[]]
    for line in (FIXTURES / name).read_text(encoding="utf-8").splitlines():
        if line != ".":
            parts[-1].append(line)
        elif len(parts) < 3:
            parts.append([])
        else:
            title, text, expected = ("".join(f"{line}\n" for line in part) for part in parts)
            found.append(Case(title.strip(), text, expected))
            parts = [[]]
    return found


STILL_WRONG = {
    "what only looks like questions: sentences that go on, a mark alone, colons of code": "a list of sentences is "
    "likely enough since less is asked of patterns, which finds far more in documents than it costs",
    "a question parted more than once, and frames around a folded answer": "lines with a body win over labels of two",
    "plain Q and A, wrapped and with hanging indents": "a list behind a label stays text: nothing is parsed again",
    "numbered questions, answers in many spellings of their label": "a heading ends the answer above it",
    "double colons, spaced or in company, but not in code": "one line has no company",
    "a glossary of bold terms": "two terms with two signs have nothing in common",
    "the author's marks: what is skipped, what asks": "one bold item has no company",
    "a numbered task, its statement and its answer below a title or a label": "titles and labels of answers are mixed",
    "a glossary over several headings, lines of terms, and a table of terms": "two lines below a title are too few",
    "questions answered on their own line, behind a dash": "an answer over two lines ends at the first",
    "marked questions between others whose label alone is marked": "two questions of two layouts",
    "a question before colons without blanks": "one line has no company",
    "answers in a key at the end, letters for those with options": "two questions, one with options",
    "titles of groups in text without headings": "three answers are too few to tell the title of a group",
    "items around a note keep their fate": "one item that asks has no company",
    "lines of a key belong to the notes that they answer": "two questions, one with options",
}
"""Cases that are read wrongly, and why: patterns of one to three records have little that comes back."""


def cases(name: str) -> pytest.MarkDecorator:
    """Parametrise a test over the cases of a fixture file; those that are known to be wrong must still fail."""
    found = [pytest.param(case, id=case.title, marks=_known(case.title)) for case in read_cases(name)]
    return pytest.mark.parametrize("case", found)


def _known(title: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=STILL_WRONG[title])] if title in STILL_WRONG else []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden files")
    parser.addoption(
        "--seeds", type=int, default=8, help="how many random histories to try; `make soak` tries 500"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Keep tests, their workers and the programs they start out of the user's cache.

    Those programs are a hundred processes that load the same modules; and the collector looks for cycles as
    rarely as in the command, since it took an eighth of the suite's time.
    """
    collect_rarely()
    if not hasattr(config, "workerinput"):
        folder = TemporaryDirectory(prefix="deckbuild-test-cache-", ignore_cleanup_errors=True)
        config.add_cleanup(folder.cleanup)
        os.environ["DECKBUILD_CACHE"] = folder.name
        if sys.dont_write_bytecode:
            compileall.compile_dir(Path(deckbuild.__file__).parent, quiet=2)


LONGEST = (
    "test_make.py",
    "test_sheet_points.py",
    "test_reproducible.py",
    "test_cards.py",
    "test_cutouts.py",
    "test_booklet.py",
    "test_older_versions.py",
    "test_long_print.py",
    "test_strangers.py",
    "test_pictures.py",
    "test_preview.py",
    "test_layouts.py",
    "test_hostile.py",
)
"""Files that take longest. Workers take whole files, so these begin: the last ones must be short, or one waits."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    first = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: first.get(item.path.name, len(first)))


def pytest_collection_finish() -> None:
    gc.freeze()  # the tests themselves stay to the end


ONCE_WRONG = (94, 157)
"""Random histories in which a card changed its note: by characters of two Chinese scripts, by a row among questions."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "history" in metafunc.fixturenames:
        first = range(metafunc.config.getoption("seeds"))
        metafunc.parametrize("history", [*first, *(seed for seed in ONCE_WRONG if seed not in first)])


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


@pytest.fixture
def corpus() -> Path:
    """The folder of real documents, which are not part of the project."""
    folder = os.environ.get("DECKBUILD_CORPUS")
    if not folder:
        pytest.skip("DECKBUILD_CORPUS is not set")
    return Path(folder)
