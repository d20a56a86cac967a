"""The cache of formulas: shared by processes, never in the way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from deckbuild.maths.check import cache, mathjax


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "new" / "cache"
    monkeypatch.setenv(cache.VARIABLE, str(folder))
    mathjax.problem.cache_clear()
    return folder


def the_file(folder: Path) -> Path:
    (file,) = (path for path in folder.iterdir() if path.suffix == ".sqlite3")
    return file


def engine_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def call(name: str, tex: str, display: bool) -> str:
        raise AssertionError("MathJax was asked")

    mathjax.problem.cache_clear()
    monkeypatch.setattr(mathjax, "call", call)


def test_what_was_kept_comes_back(folder: Path) -> None:
    assert cache.get(b"key") is None
    cache.put(b"key", b"value")
    cache.put(b"key", b"another")
    assert cache.get(b"key") == b"another"


def test_mathjax_is_asked_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [("x", False), ("x", True), (r"\foobar", False)]
    before = [mathjax.problem(*formula) for formula in asked], mathjax.svg("x", False), mathjax.svg("x", True)
    engine_is_gone(monkeypatch)
    after = [mathjax.problem(*formula) for formula in asked], mathjax.svg("x", False), mathjax.svg("x", True)
    assert after == before
    with pytest.raises(AssertionError, match="was asked"):
        mathjax.svg("y")


def test_another_mathjax_is_asked_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mathjax.problem("x")
    monkeypatch.setattr(mathjax, "_version", lambda: b"another")
    engine_is_gone(monkeypatch)
    with pytest.raises(AssertionError, match="was asked"):
        mathjax.problem("x")


@pytest.mark.parametrize("content", [b"", b"no database at all " * 999, b"SQLite format 3\0" + bytes(5000)])
def test_a_broken_file_is_made_anew(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "formulas.sqlite3").write_bytes(content)
    cache.put(b"key", b"value")
    assert cache.get(b"key") == b"value"


def test_a_file_that_breaks_while_it_is_open_is_made_anew(folder: Path) -> None:
    for number in range(200):
        cache.put(b"%d" % number, bytes(500))
    size = the_file(folder).stat().st_size
    the_file(folder).write_bytes(b"x" * size)
    cache.put(b"key", b"value")
    assert cache.get(b"key") == b"value"


def test_a_file_of_another_program_is_left_alone(folder: Path) -> None:
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "formulas.sqlite3")) as other:
        other.execute("CREATE TABLE entries (something)")
    cache.put(b"key", b"value")
    assert cache.get(b"key") is None


def test_a_spoilt_value_is_not_believed(folder: Path) -> None:
    cache.put(b"key", b"value")
    with closing(sqlite3.connect(the_file(folder))) as spoiler:
        spoiler.execute("UPDATE entries SET value = replace(value, CAST('al' AS BLOB), CAST('xx' AS BLOB))")
        spoiler.execute("UPDATE entries SET value = CAST(value AS BLOB)")
        spoiler.commit()
    assert cache.get(b"key") is None


def test_an_empty_variable_switches_it_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cache.VARIABLE, "")
    monkeypatch.chdir(tmp_path)
    assert cache.folder() is None
    cache.put(b"key", b"value")
    assert cache.get(b"key") is None
    assert list(tmp_path.iterdir()) == []


def test_it_lies_where_the_user_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "deckbuild"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert cache.folder() == tmp_path / ".cache" / "deckbuild"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache.folder() == tmp_path / "Library" / "Caches" / "deckbuild"


def test_a_folder_that_can_not_be_made_is_no_problem(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file in its place")
    cache.put(b"key", b"value")
    assert cache.get(b"key") is None
    assert mathjax.problem("x") is None


def test_a_locked_file_is_not_waited_for_long(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "PATIENCE", 0.01)
    cache.put(b"key", b"value")
    with closing(sqlite3.connect(the_file(folder), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        cache.put(b"key", b"another")
        assert cache.get(b"key") is None
    assert cache.get(b"key") == b"value"


def test_it_never_outgrows_its_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "PAGES", 64)
    for number in range(400):
        cache.put(b"%d" % number, bytes(2000))
        assert cache.get(b"%d" % number) == bytes(2000)
    assert cache.get(b"0") is None
    assert the_file(folder).stat().st_size <= 64 * 4096


def test_processes_share_it(folder: Path) -> None:
    code = (
        "import sys; from deckbuild.maths.check import cache\n"
        "for n in range(300): cache.put(b'%d' % n, b'value %d' % n); assert cache.get(b'%d' % (n // 2))"
    )
    runs = [subprocess.Popen([sys.executable, "-W", "error", "-c", code]) for _ in range(2)]
    assert [run.wait() for run in runs] == [0, 0]
    assert all(cache.get(b"%d" % n) == b"value %d" % n for n in range(300))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_has_an_engine_and_a_cache_of_its_own(folder: Path) -> None:
    assert mathjax.problem("x") is None
    child = os.fork()
    if not child:
        answer = mathjax.problem(r"\foobar", True)
        os._exit(0 if answer == r"Undefined control sequence \foobar" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert mathjax.problem(r"\frac", True) == r"Missing argument for \frac"
