"""Files as bytes: every encoding that study notes come in, and what is told of those that can't be read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
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
NOTES = tomllib.loads((Path(__file__).parent / "fixtures" / "encodings.toml").read_text(encoding="utf-8"))
FRENCH = "Où est le garçon ? À l’école, où il étudie le français."
LISTING = """
```python
def solve(items, limit=10):
    total = 0
    for index, item in enumerate(items):
        if item > limit and index % 2 == 0:
            total += item * index
    return total  # see https://example.org/docs/page.html
```

| name | type | default |
|---|---|---|
| `limit` | int | 10 |

"""


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


_LEADS = [chr(code) for code in range(0xC2, 0xF5)]
"""What characters begin with that were encoded twice: such text is repaired."""


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=_LEADS), min_size=1))
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


def written(language: str, encoding: str, form: str) -> bytes:
    """Notes in an encoding: 300 bytes, all of them, with a listing after each, or two lines among much code."""
    lines = NOTES[language]["text"].strip().splitlines(keepends=True)
    text = {
        "short": "".join(lines),
        "long": "".join(lines),
        "listings": "".join(LISTING + line for line in lines),
        "mostly code": LISTING * 12 + lines[0] + LISTING * 12 + lines[1] + LISTING * 5,
    }[form]
    data = text.encode(encoding, errors="ignore")
    return data[:300].decode(encoding, "ignore").encode(encoding) if form == "short" else data


@pytest.mark.parametrize("form", ["short", "long", "listings", "mostly code"])
@pytest.mark.parametrize("language", NOTES)
def test_old_encodings_are_told_by_the_words(language: str, form: str) -> None:
    for encoding in NOTES[language]["encodings"]:
        data = written(language, encoding, form)
        read = decode(data, "a.md")
        assert "\n".join(read.lines) == data.decode(encoding).removesuffix("\n"), encoding
        assert [d.code for d in read.diagnostics] == ["not-utf8"]
        assert "this document is not UTF-8; read as " in read.diagnostics[0].message
        assert re.search(r"iconv -f \S+ -t UTF-8 a.md", read.diagnostics[0].hint)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["ru", "el", "ar", "he", "ja", "ko", "zh", "fr"])
def test_utf16_without_a_mark_is_told_by_its_words(language: str, codec: str) -> None:
    text = NOTES[language]["text"].strip()
    for part in (text, text[:100]):
        assert decode(f"{part}\n".encode(codec), "a.md").lines == tuple(part.splitlines())


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"caf\xe9", "café"),
        (b"The Queen\x92s Gambit \x96 what is it?", "The Queen’s Gambit – what is it?"),
        (b"\x95 It costs 5 \x80.\n\x95 \x93Why?\x94", "• It costs 5 €.\n• “Why?”"),
        (b"What is a fa\x87ade? A d\x82j\x85 vu.", "What is a façade? A déjà vu."),
        (FRENCH.encode("mac-roman"), FRENCH),
    ],
    ids=["one letter", "signs only", "bullets", "MS-DOS", "old Mac"],
)
def test_few_signs_are_enough(data: bytes, text: str) -> None:
    assert decode(data, "a.md").lines == tuple(text.split("\n"))


@pytest.mark.parametrize(("language", "encoding"), [("ja", "shift_jis"), ("zh-tw", "big5"), ("ko", "cp949")])
def test_addresses_behind_wide_characters_cut_none_of_them(language: str, encoding: str) -> None:
    address = "<a-href=https://example.org/a/very/long/address/of/a/page.html>"
    text = address.join(NOTES[language]["text"].split())
    assert decode(text.encode(encoding), "a.md").lines == (text,)


def test_lines_of_another_encoding_are_read_in_it() -> None:
    data = "“Größe”\n".encode() + "“Größe”\nund Äpfel\n".encode("cp1252")
    read = decode(data, "a.md")
    assert read.lines == ("“Größe”", "“Größe”", "und Äpfel")
    assert [(d.code, d.line, d.message[:11]) for d in read.diagnostics] == [("not-utf8", 2, "2 lines are")]


@pytest.mark.parametrize("broken", [b"\xe5\xa4\xa7\xe5\xb0", b"\xff"], ids=["cut off", "no character"])
def test_broken_utf8_stays_utf8(broken: bytes) -> None:
    data = "大きな木\n".encode() * 3 + broken + "。小さな木\n".encode()
    read = decode(data, "a.md")
    assert read.lines[:3] == ("大きな木",) * 3
    assert read.lines[3].endswith("�。小さな木")
    assert [(d.code, d.line) for d in read.diagnostics] == [("broken-utf8", 4)]


@pytest.mark.parametrize("language", ["ru", "pl", "el", "tr", "he", "ar", "zh"])
def test_letters_that_form_no_words_are_refused(language: str, tmp_path: Path) -> None:
    """The bytes of an encoding that nobody knows: those of a known one, exchanged."""
    data = written(language, NOTES[language]["encodings"][0], "long")
    exchanged = bytes(byte if byte < 128 else 128 + (byte * 77 + 13) % 128 for byte in range(256))
    (tmp_path / "a b.md").write_bytes(data.translate(exchanged))
    status, told = checked(tmp_path / "a b.md")
    assert status == 1
    assert re.search(
        r"a b\.md:\d+: error: this document is not UTF-8, and makes no sense in any other .*\[unknown-encoding\]",
        told,
    )
    assert "iconv -f ENCODING -t UTF-8 'a b.md' > NEW" in told


def test_the_detector_is_loaded_for_old_encodings_only(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    look = "import sys; from deckbuild.cli import main; sys.argv[1:] = ['check', {!r}]\ntry: main()\n"
    look += "except SystemExit: print('chardet' in sys.modules)"
    for text, loaded in ((TEXT.encode(), "False"), ("café\n".encode("cp1252"), "True")):
        (tmp_path / "a.md").write_bytes(text)
        done = subprocess.run(
            [sys.executable, "-c", look.format(str(tmp_path / "a.md"))], capture_output=True, text=True
        )
        assert done.stdout.strip() == loaded


def test_a_control_character_is_named_with_its_line() -> None:
    with pytest.raises(Failure) as caught:
        decode(b"one\ntwo\x00\n", "a.md")
    assert [(d.code, d.line) for d in caught.value.diagnostics] == [("not-text", 2)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_few_control_characters_are_left_out(encoding: str) -> None:
    """A copy from a PDF, and a file of DOS with the sign that ended it."""
    text = "Qu'est-ce qu'une cellule ?\nLa plus petite unité d'un être vivant.\n" * 9
    data = text.replace("petite", "pe\x02tite", 1).encode(encoding) + b"\x1a"
    read = decode(data, "a.md")
    assert "\n".join(read.lines).strip() == text.strip()
    told = [(d.code, d.line) for d in read.diagnostics if d.code != "not-utf8"]
    assert told == [("control-characters", 2)]


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


def test_what_no_detector_knows_is_refused_without_a_warning() -> None:
    with pytest.raises(Failure):
        decode(b"\x00\t\t\t\r\r\r\r                  ", "doc.md")
