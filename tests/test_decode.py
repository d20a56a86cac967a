"""Files as bytes: every encoding that study notes come in, and what is told of those that can't be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.cli import cli
from deckbuild.decode import source
from deckbuild.decode.source import decode, load
from deckbuild.maths.check import mathjax
from deckbuild.report.diagnostics import Failure

TEXT = "## Q: Was heißt „Größe“?\n**Answer:** size, 大小, 𝑛\n"
LINES = tuple(TEXT.splitlines())


def refusal(path: Path) -> tuple[str, int, str]:
    with pytest.raises(Failure) as caught:
        load(path, path.name)
    (problem,) = caught.value.diagnostics
    return problem.code, problem.line, problem.message


def checked(path: Path) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["check", str(path)])
    return done.exit_code, done.stderr


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_or_without_a_mark(encoding: str, end: str, mark: str) -> None:
    read = decode((mark + TEXT.replace("\n", end)).encode(encoding), "a.md")
    assert (read.lines, read.diagnostics) == (LINES, ())


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_is_read_from_utf16_with_a_mark(text: str) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode(f"\ufeffx{text}".encode(encoding), "a.md").lines == (f"x{text}",)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_notes_in_utf16_become_cards(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(f"\ufeff{TEXT}".encode(encoding))
    assert checked(tmp_path) == (0, "")
    assert "Was heißt „Größe“?" in CliRunner().invoke(cli, ["list", str(tmp_path)]).stdout


@pytest.mark.parametrize("tail", [b"\x00", b"\x00\xd8"], ids=["half a unit", "half a pair"])
def test_utf16_that_is_cut_off_is_refused(tail: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(f"\ufeff{TEXT}".encode("utf-16-le") + tail)
    assert refusal(tmp_path / "a.md") == ("not-text", 1, "this is not a text file (broken UTF-16)")


def test_each_line_that_is_not_utf8_is_windows_1252() -> None:
    data = "“Größe”\n".encode() + "“Größe”\n".encode("cp1252") + b"\x81"
    read = decode(data, "a.md")
    assert read.lines == ("“Größe”", "“Größe”", "\x81")
    assert [(d.code, d.line) for d in read.diagnostics] == [("not-utf8", 2)]


def test_a_control_character_is_named_with_its_line() -> None:
    with pytest.raises(Failure) as caught:
        decode(b"one\ntwo\x00\n", "a.md")
    assert [(d.code, d.line) for d in caught.value.diagnostics] == [("not-text", 2)]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\t\n", b"\xff\xfe"])
def test_a_file_without_text_is_told(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(data)
    status, told = checked(tmp_path / "empty.md")
    assert status == 0
    assert "empty.md:1: warning: the file is empty [empty-file]" in told


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    large = tmp_path / "large.md"
    with large.open("wb") as file:
        file.truncate(source.LIMIT + 1)
    assert refusal(large)[:2] == ("too-large", 1)
    status, told = checked(large)
    assert status == 1
    assert "the file has more than 20,000,000 bytes" in told


def test_a_file_at_the_limit_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(source, "LIMIT", len(TEXT.encode()))
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8", newline="")
    assert load(tmp_path / "a.md", "a.md").lines == LINES


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(TEXT)
    (tmp_path / "secret.md").chmod(0)
    assert refusal(tmp_path / "secret.md")[:2] == ("unreadable", 1)


def test_what_the_system_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "loop.md").symlink_to("loop.md")
    assert refusal(tmp_path / "folder.md") == ("unreadable", 1, "the file can't be read: Is a directory")
    assert refusal(tmp_path / "loop.md")[0] == "unreadable"


def test_a_file_that_cannot_be_read_fails_the_check(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(TEXT)
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    status, told = checked(tmp_path)
    assert status == 1
    assert "gone.md:1: error: the file can't be read: No such file or directory [unreadable]" in told


def test_without_an_engine_formulas_are_told_and_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text("## Q: What is energy?\n**Answer:** $E = mc^2$\n")
    monkeypatch.setattr(mathjax, "available", lambda: False)
    status, told = checked(tmp_path)
    assert status == 0
    assert told.count("[no-mathjax]") == 1
    listed = CliRunner().invoke(cli, ["list", str(tmp_path)])
    assert (listed.exit_code, "What is energy?" in listed.stdout) == (0, True)
