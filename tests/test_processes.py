"""Builds that run at the same time, or are killed: the lock stays whole and forgets nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckbuild.cli import cli
from deckbuild.collection.settings import LOCK
from deckbuild.identity import lock
from deckbuild.machine import processes
from deckbuild.report.diagnostics import Failure

ROUNDS = 12
GROW = f"""
import sys
from pathlib import Path
from click.testing import CliRunner
from deckbuild.cli import cli
root, side = Path(sys.argv[1]), sys.argv[2]
for n in range({ROUNDS}):
    document = root / f"{{side}}{{n}}.md"
    document.write_text(f"Q: What is {{side}} {{n}}?\\nA: Number {{n}}.\\n")
    output = root.parent / side
    result = CliRunner().invoke(cli, ["build", str(document), "-o", str(output), "--only", "model", "-q"])
    assert result.exit_code == 0, result.output
"""
"""Writes and builds one document after another."""

DIE = """
import os, signal, sys
from deckbuild.cli import main

CHANGES = {"os.rename", "os.remove", "os.chmod", "os.mkdir", "tempfile.mkstemp", "tempfile.mkdtemp"}


def build(arguments, left):
    def count(event, arguments):
        nonlocal left
        if event in CHANGES or event == "open" and set(arguments[1] or "r") & set("wxa+"):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    if left:
        sys.addaudithook(count)
    sys.argv[1:] = arguments
    try:
        main()
    except SystemExit as end:
        return end.code


sys.dont_write_bytecode = True
for line in sys.stdin:
    left, *arguments = line.rstrip("\\n").split("\\t")
    child = os.fork() if int(left) else 0  # the first build loads all modules, and is not killed
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    else:
        status = build(arguments, int(left))
        if int(left):
            os._exit(status or 0)
    print(status, flush=True)
"""
"""Builds what it is told, line by line, each in a process that ends itself before the n-th change of the file system
that Python makes."""


class Collection:
    """A folder with one document, and the deck that is built from it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "notes"
        self.root.mkdir()
        self.document = self.root / "letters.md"
        pairs = "".join(f"Q: What is letter {n}?\nA: The one at {n}.\n\n" for n in range(5))
        self.document.write_text(pairs)
        self.arguments = ["build", str(self.root), "-o", str(folder / "out"), "--only", "deck", "-q"]
        self.deck = folder / "out/notes.apkg"

    def build(self) -> None:
        result = CliRunner().invoke(cli, self.arguments)
        assert result.exit_code == 0, result.output

    def edit(self) -> None:
        self.document.write_text(self.document.read_text().replace("one at", "one right at"))

    def lock(self) -> lock.Lock:
        found = lock.load(self.root / LOCK)
        assert found
        return found

    def times(self) -> dict[str, int]:
        """When each note of the package changed, by guid."""
        with zipfile.ZipFile(self.deck) as package, tempfile.TemporaryDirectory() as folder:
            assert package.testzip() is None
            database = sqlite3.connect(package.extract("collection.anki2", folder))
            try:
                return dict(database.execute("select guid, mod from notes"))
            finally:
                database.close()


@pytest.fixture
def built(tmp_path: Path) -> Collection:
    collection = Collection(tmp_path)
    collection.build()
    return collection


def test_builds_of_two_parts_at_once_lose_nothing(tmp_path: Path) -> None:
    root = tmp_path / "notes"
    root.mkdir()
    (root / "deckbuild.toml").write_text("")
    sides = ("left", "right")
    running = [subprocess.Popen([sys.executable, "-c", GROW, root, side]) for side in sides]
    assert [process.wait() for process in running] == [0, 0]
    both = lock.load(root / LOCK)
    assert both
    documents = {f"{side}{n}.md" for side in sides for n in range(ROUNDS)}
    assert {record.source for record in both.sources} == documents
    assert {record.source for record in both.notes if not record.removed} == documents
    assert {path.name for path in root.iterdir()} == documents | {LOCK, "deckbuild.toml"}


def check_after_kill(collection: Collection, before: dict[str, int]) -> None:
    """All files are whole, and the next build is an update of what was there before."""
    assert collection.times().keys() == before.keys()
    assert {record.guid for record in collection.lock().notes} == before.keys()
    collection.build()
    after = collection.times()
    assert after.keys() == before.keys()
    assert all(after[guid] > before[guid] for guid in before)
    assert {record.guid: record.modified for record in collection.lock().notes} == after


@pytest.fixture(scope="module")
def duration(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds that a build takes here and now."""
    collection = Collection(tmp_path_factory.mktemp("timed"))
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "deckbuild", *collection.arguments], check=True)
    return time.perf_counter() - start


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
@pytest.mark.parametrize("part", [0.5, 0.7, 0.8, 1.0])
def test_a_kill_at_any_moment_leaves_old_files_or_new_ones(
    built: Collection, part: float, duration: float
) -> None:
    before = built.times()
    built.edit()
    process = subprocess.Popen([sys.executable, "-m", "deckbuild", *built.arguments])
    time.sleep(part * duration)
    process.send_signal(signal.SIGKILL)
    process.wait()
    check_after_kill(built, before)


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGKILL")
def test_a_kill_before_any_change_of_a_file_leaves_old_files_or_new_ones(tmp_path: Path) -> None:
    kills = 0
    with subprocess.Popen(
        [sys.executable, "-c", DIE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as dying:
        assert dying.stdin and dying.stdout

        def build(collection: Collection, left: int) -> int:
            print(left, *collection.arguments, sep="\t", file=dying.stdin, flush=True)
            return int(dying.stdout.readline())

        assert build(Collection(tmp_path), 0) == 0
        status = -signal.SIGKILL
        while status == -signal.SIGKILL:
            (tmp_path / str(kills)).mkdir()
            built = Collection(tmp_path / str(kills))
            built.build()
            before = built.times()
            built.edit()
            status = build(built, kills + 1)
            check_after_kill(built, before)
            kills += 1
        dying.stdin.close()
    assert status == 0
    assert kills > 6


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_processes_of_a_killed_build_end_too() -> None:
    script = """
import os, signal
from deckbuild.machine.processes import pool
if __name__ == "__main__":
    print(pool(1).submit(os.getppid).result() == os.getpid(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert killed.stdout == b"True\n"  # read to its end, which comes when no process holds it any more


def test_a_process_that_the_system_ends_is_reported() -> None:
    with (
        pytest.raises(Failure) as raised,
        processes.ended_by_force("notes-sheet.pdf"),
        processes.pool(1) as pool,
    ):
        pool.submit(os.abort).result()
    assert raised.value.diagnostics[0].code == "endless-pages"
