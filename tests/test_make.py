"""What `make` runs and what it leaves alone, on a collection as small as can be."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from conftest import needs_pango

ROOT = Path(__file__).parent.parent
pytestmark = [
    needs_pango,
    pytest.mark.skipif(
        not (ROOT / ".venv/installed").exists(), reason="needs the environment that make makes"
    ),
    pytest.mark.xdist_group("make"),
]

DOCUMENTS = {
    "rivers.md": "# Rivers\n\n## Q1: Where does the Elbe end?\n**Answer:** In the North Sea.\n",
    "lakes of the north.md": "# Lakes\n\n* **What feeds a kettle lake?**\n    - Groundwater and rain.\n",
    "seas.txt": "Q: Which sea has no coast?\nA: The Sargasso Sea.\n",
}
READ, COLLATE, DECK, SHEET = "read", "collate", "write deck", "write sheet"


class Checkout:
    """A user's collection, built by the project's Makefile into a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.sources = folder / "my notes"
        self.build = folder / "build"
        self.deck = str(self.build / "my-notes.apkg")
        self.sources.mkdir()
        for name, text in DOCUMENTS.items():
            (self.sources / name).write_text(text)

    def make(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        variables = (f"SOURCES={self.sources}", f"BUILD={self.build}")
        environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
        return subprocess.run(
            ["make", *variables, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def steps(self, *arguments: str) -> list[str]:
        """The steps of deckbuild that a run of make called."""
        done = self.make(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        calls = [line.partition(" ")[2] for line in done.stdout.splitlines() if "bin/deckbuild " in line]
        return [" ".join(call.split()[: 2 if call.startswith("write") else 1]) for call in calls]

    def up_to_date(self, *targets: str) -> bool:
        return self.make("-q", *targets).returncode == 0

    def outputs(self) -> dict[str, bytes]:
        return {
            path.name: path.read_bytes() for path in self.build.iterdir() if path.suffix in (".apkg", ".pdf")
        }


def pass_time() -> None:
    """Let the clock of the file system go on, so that newer is newer."""
    time.sleep(0.05)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout whose outputs are built, and a copy of its folder beside it."""
    folder = tmp_path_factory.mktemp("make") / "here"
    folder.mkdir()
    made = Checkout(folder)
    assert made.steps() == [READ, COLLATE, DECK, SHEET]
    shutil.copytree(folder, folder.with_name("kept"))
    return made


@pytest.fixture
def checkout(built: Checkout) -> Checkout:
    """The checkout as it was built, in the same place, since what make keeps names its files."""
    folder = built.build.parent
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("kept"), folder)
    outputs = [path for path in built.build.rglob("*") if path.is_file()]
    now = time.time_ns()
    for n, when in enumerate(sorted({path.stat().st_mtime_ns for path in outputs})):
        for path in (path for path in outputs if path.stat().st_mtime_ns == when):
            os.utime(path, ns=(now + n * 1_000, now + n * 1_000))  # newer than the copies of the documents
    pass_time()
    return built


def test_the_second_time_nothing_runs(checkout: Checkout) -> None:
    assert checkout.up_to_date()
    done = checkout.make("--trace")
    assert done.returncode == 0
    assert "python" not in done.stdout + done.stderr
    assert "deckbuild " not in done.stdout
    assert sorted(checkout.outputs()) == ["my-notes-sheet.pdf", "my-notes.apkg"]


def test_a_build_among_the_documents_is_none_of_them(tmp_path: Path) -> None:
    inside = Checkout(tmp_path)
    inside.sources = inside.sources.rename(tmp_path / "notes")  # make takes no blanks in what is built
    inside.build = inside.sources / "out"
    targets = [str(inside.build / name) for name in ("model.list", "library.json", "notes.apkg")]
    assert inside.steps(targets[2]) == [READ, COLLATE, DECK]
    assert sorted(path.name for path in (inside.build / "model").iterdir()) == sorted(
        f"{n}.json" for n in DOCUMENTS
    )
    assert inside.make("--question", *targets).returncode == 0
    pass_time()
    inside.sources.joinpath("bays.md").write_text("Q: Where does the Rhine end?\nA: In the North Sea.\n")
    assert inside.steps(targets[2]) == [READ, COLLATE, DECK]
    assert inside.make("--question", *targets).returncode == 0


def test_touching_a_source_runs_its_step_and_nothing_after_it(checkout: Checkout) -> None:
    (checkout.sources / "rivers.md").touch()
    assert not checkout.up_to_date()
    assert checkout.steps() == [READ]
    assert checkout.up_to_date()


def test_an_edit_runs_the_chain_and_reads_one_document(checkout: Checkout) -> None:
    untouched = checkout.build / "model/rivers.md.json"
    untouched.write_text(untouched.read_text().rstrip())
    source = checkout.sources / "lakes of the north.md"
    source.write_text(source.read_text() + "* **What is new?**\n    - This.\n")
    before = checkout.outputs()
    assert checkout.steps() == [READ, COLLATE, DECK, SHEET]
    assert not untouched.read_text().endswith("\n")
    assert checkout.outputs()["my-notes.apkg"] != before["my-notes.apkg"]
    assert checkout.up_to_date()


def test_deleting_and_adding_a_source_rebuild_what_depends_on_it(checkout: Checkout) -> None:
    kept = (checkout.sources / "seas.txt").rename(checkout.sources.parent / "kept")
    assert checkout.steps(checkout.deck) == [READ, COLLATE, DECK]
    assert not (checkout.build / "model/seas.txt.json").exists()
    assert checkout.up_to_date(checkout.deck)
    kept.rename(checkout.sources / "seas and oceans.txt")
    assert checkout.steps(checkout.deck) == [READ, COLLATE, DECK]
    assert checkout.up_to_date(checkout.deck)


def test_a_deleted_output_is_made_again_with_the_same_bytes(checkout: Checkout) -> None:
    before = checkout.outputs()
    (checkout.build / "my-notes.apkg").unlink()
    assert checkout.steps() == [DECK]
    assert checkout.outputs() == before


def test_a_lock_from_elsewhere_is_taken_up(checkout: Checkout) -> None:
    (checkout.sources / "deckbuild.lock").touch()
    assert not checkout.up_to_date()
    assert checkout.steps(checkout.deck) == [COLLATE, DECK]
    assert checkout.up_to_date(checkout.deck)


def test_an_image_that_comes_changes_or_goes_runs_what_depends_on_it(checkout: Checkout) -> None:
    image = checkout.sources / "a fly.svg"
    with (checkout.sources / "rivers.md").open("a") as document:
        document.write("\n## Q2: What is this?\n\n**Answer:** ![A fly](a%20fly.svg)\n")
    assert checkout.steps(checkout.deck) == [READ, COLLATE, DECK]
    assert checkout.up_to_date(checkout.deck)
    for change in (
        lambda: image.write_text("<svg></svg>"),
        lambda: image.write_text("<svg> </svg>"),
        image.unlink,
    ):
        pass_time()
        change()
        assert checkout.steps(checkout.deck) == [COLLATE, DECK]
        assert checkout.up_to_date(checkout.deck)


def test_names_with_line_ends_are_names(checkout: Checkout) -> None:
    """An image's name is no option of `find`, and a document of such a name is read again."""
    ran = ROOT / "ran"
    image = checkout.sources / "a\n+-exec\n+sh\n+-c\n+echo>ran\n+;"
    odd = checkout.sources / "odd\nname.md"
    image.write_text("<svg></svg>")
    odd.write_text(f"## Q2: What is this?\n\n**Answer:** ![A fly]({quote(image.name)})\n")
    checkout.steps(checkout.deck)
    assert checkout.up_to_date(checkout.deck)
    pass_time()
    image.write_text("<svg> </svg>")
    assert checkout.steps(checkout.deck) == [COLLATE, DECK]
    assert not ran.exists()
    pass_time()
    odd.write_text(odd.read_text() + "\nAnd more.\n")
    assert checkout.steps(checkout.deck) == [READ, COLLATE, DECK]
    assert checkout.up_to_date(checkout.deck)


def test_parallel_make_gives_the_same_bytes(checkout: Checkout) -> None:
    before = checkout.outputs()
    shutil.rmtree(checkout.build)
    checkout.steps("-j2")
    assert checkout.outputs() == before


def test_a_bad_source_fails_and_keeps_the_outputs(checkout: Checkout) -> None:
    before = checkout.outputs()
    (checkout.sources / "bad.txt").write_bytes(b"\0\1\2\3")
    done = checkout.make()
    assert done.returncode != 0
    assert "bad.txt:1: error: " in done.stderr
    assert checkout.outputs() == before
    (checkout.sources / "bad.txt").unlink()
    assert checkout.make().returncode == 0
    assert checkout.up_to_date()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = subprocess.run(
        ["make", f"SOURCES={tmp_path / 'nowhere'}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "nowhere" in done.stderr
    assert not (tmp_path / "nowhere").exists()


def test_help_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text()
    phony = next(line for line in text.splitlines() if line.startswith(".PHONY:")).split()[1:]
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = {line.split()[0] for line in shown.splitlines()}
    assert listed == set(phony) - {"FORCE"}


def test_booklet_and_cutouts_are_made_when_asked_for(checkout: Checkout) -> None:
    assert checkout.steps("booklet", "cutouts") == ["write booklet", "write cutouts"]
    assert checkout.steps("booklet", "cutouts") == []
    settings = checkout.sources / "deckbuild.toml"
    settings.write_text('[print]\npaper = "letter"\n')
    before = checkout.outputs()
    assert checkout.steps("booklet") == [READ, COLLATE, "write booklet"]
    changed = {name for name, data in checkout.outputs().items() if data != before[name]}
    assert changed == {"my-notes-booklet.pdf"}


BASH = shutil.which("bash")


def steps_told(tmp_path: Path, folder: Path, *arguments: str, timeout: float | None = None) -> str:
    """What make says it would run for a folder, deckbuild itself left out."""
    variables = (f"SOURCES={folder.as_posix().replace('$', '$$')}", f"BUILD={tmp_path}/out", "DECKBUILD=echo")
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    done = subprocess.run(
        ["make", *variables, "all", "preview", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("shell", [*filter(None, ("/bin/sh", BASH))])
@pytest.mark.parametrize(
    "settings",
    [
        'name = "x`touch${IFS}ran`;touch ran"\n',
        'name = "x$(shell touch ran)"\n',
        'name = "it\'s 100 % & (more) #1: $HOME"\n',
        "[print]\ntemplates = \"l`touch ran`';touch ran;'\"\n",
    ],
)
def test_no_shell_runs_what_names_and_settings_hold(tmp_path: Path, settings: str, shell: str) -> None:
    folder = tmp_path / "it's x`y`touch ran;# `touch ran` $(touch ran)"
    folder.mkdir()
    (folder / "n.md").write_text(DOCUMENTS["seas.txt"])
    (folder / "deckbuild.toml").write_text(settings)
    assert f"--root {folder}" in steps_told(tmp_path, folder, f"SHELL={shell}")
    assert [path.suffix for path in sorted((tmp_path / "out").glob("*.*"))].count(".pdf") == 1
    assert not [*tmp_path.rglob("ran"), *ROOT.glob("ran")]


def test_make_reads_no_more_of_a_folder_than_deckbuild(tmp_path: Path) -> None:
    """A settings file that never ends or lies outside, and a folder of templates that is the machine."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "n.md").write_text(DOCUMENTS["seas.txt"])
    settings = folder / "deckbuild.toml"
    os.mkfifo(settings)
    assert "notes-sheet.pdf" in steps_told(tmp_path, folder, timeout=60)
    settings.unlink()
    (folder / "deckbuild.lock").touch()
    for outside in (Path("/dev/zero"), tmp_path / "other.toml"):
        (tmp_path / "other.toml").write_text('name = "other"\n')
        settings.symlink_to(outside)
        assert "notes-sheet.pdf" in steps_told(tmp_path, folder, timeout=60)
        settings.unlink()
    (folder / "own.toml").write_text('name = "own"\n')
    settings.symlink_to("own.toml")
    assert "own-sheet.pdf" in steps_told(tmp_path, folder)
    settings.unlink()
    library = tmp_path / "out/library.json"
    for templates, is_ours in (("../other", False), ("../notes/looks", True)):
        for name in ("other", "notes/looks"):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / "own.css").touch()
        settings.write_text(f'[print]\ntemplates = "{templates}"\n')
        for path in (settings, folder / "deckbuild.lock"):
            os.utime(path, (1, 1))
        pass_time()
        library.touch()
        pass_time()
        for name in ("other", "notes/looks"):
            (tmp_path / name / "own.css").touch()
        assert ("collate" in steps_told(tmp_path, folder)) is is_ours
