"""`deckbuild.toml`: each mistake at its place, with what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import astuple

from conftest import Case, cases
from deckbuild.collection.places import Place, places
from deckbuild.collection.settings import SETTINGS, settings_of
from deckbuild.report.diagnostics import Failure
from deckbuild.report.headline import headline


def mistakes(root: Path, text: str | bytes) -> list[str]:
    (root / SETTINGS).write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(Failure) as refused:
        settings_of(root)
    return [headline(problem).replace(f"{root}/", "") for problem in refused.value.diagnostics]


@cases("settings.md")
def test_mistakes_are_told_at_their_places(tmp_path: Path, case: Case) -> None:
    assert mistakes(tmp_path, case.text) == case.expected.splitlines()


@pytest.mark.parametrize(
    "text",
    [
        f"x = {'[' * 20_000}{']' * 20_000}",
        f"x = {'{a = ' * 20_000}1{'}' * 20_000}",
        "a" + ".a" * 20_000 + " = 1",
        f"x = {'9' * 200_000}",
        b'name = "\xff"',
        b"\0" * 9,
        "# a comment\n" * 200_000,
    ],
    ids=["lists", "tables", "keys", "number", "no utf-8", "nuls", "large"],
)
def test_odd_toml_is_refused(tmp_path: Path, text: str | bytes) -> None:
    assert all("[bad-settings]" in line for line in mistakes(tmp_path, text))


def test_keys_and_items_have_places() -> None:
    text = 'a = 1 # x = 2\n"b c".d = [1.5,\n "]", {e = 7}]\n[[f]]\n[[f]]\ng = """\n="""\n'
    assert {
        way: (*astuple(entry.key), *astuple(entry.value))
        for way, entry in places(text).items()
        if way[0] != "f"
    } == {
        ("a",): (1, 1, 1, 5),
        ("b c",): (2, 1, 2, 1),
        ("b c", "d"): (2, 7, 2, 11),
        ("b c", "d", 0): (2, 12, 2, 12),
        ("b c", "d", 1): (3, 2, 3, 2),
        ("b c", "d", 2): (3, 7, 3, 7),
        ("b c", "d", 2, "e"): (3, 8, 3, 12),
    }
    assert places(text)["f", 1, "g"].value == Place(6, 5)


def test_a_mark_of_utf_8_before_the_settings_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / SETTINGS).write_bytes(b'\xef\xbb\xbfname = "x"\r\n')
    assert settings_of(tmp_path).name == "x"
