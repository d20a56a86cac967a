"""Real documents, which are not part of the project: their folder is named by DECKBUILD_CORPUS."""

from __future__ import annotations

import json
from pathlib import Path

from deckbuild.collection.settings import LOCK
from deckbuild.decode.source import load
from deckbuild.model import Kind, outline
from deckbuild.model.text import block_text, normalise
from deckbuild.read import read


def labels(corpus: Path) -> list[tuple[Path, dict[str, list[dict[str, object]]]]]:
    documents = sorted(path for path in (corpus / "seeds").iterdir() if path.name != LOCK)
    assert documents
    return [(path, json.loads((corpus / "gold" / f"{path.name}.json").read_text())) for path in documents]


def test_every_labelled_question_is_found_and_nothing_else(corpus: Path) -> None:
    for path, gold in labels(corpus):
        document = read(path, path.name)
        found = [block_text(n.question) for n, _ in outline.notes(document) if n.kind is Kind.QA]
        wanted = [str(pair["q"]) for pair in gold["pairs"] if not pair.get("placeholder")]
        assert [normalise(text) for text in found] == [normalise(text) for text in wanted], path.name


def test_placeholders_are_diagnostics(corpus: Path) -> None:
    for path, gold in labels(corpus):
        lines = [d.line for d in read(path, path.name).diagnostics if d.code == "placeholder"]
        assert lines == [pair["line"] for pair in gold["pairs"] if pair.get("placeholder")], path.name


def test_double_encoding_is_undone_exactly(corpus: Path) -> None:
    (repaired,) = (corpus / "gold").glob("*.repaired.txt")
    name = repaired.name.replace(".repaired", "")
    lines = load(corpus / "seeds" / name, name).lines
    assert "\n".join(lines) == repaired.read_text(encoding="utf-8").rstrip("\n")
