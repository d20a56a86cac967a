"""Program files: comments are read, code stands as code, every line keeps its number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckbuild.cli import cli
from deckbuild.syntax import programs

FILES = {
    "a.py": '''
#!/usr/bin/env python3
"""Questions on iterators.

For the second week.
"""
import itertools

# Q1: What does zip do with lists of different lengths?
# It stops at the end of the shortest.
print(list(zip([1, 2], [3])))  # prints [(1, 3)]

# Q2: How do you count from zero without an end?
# With itertools.count:
for number in itertools.count():
    # three are enough
    if number > 3:
        break

# Q3: What is a generator?
# A function that yields values.
''',
    "a.sql": """
-- 1. How many customers are there?
SELECT COUNT(*) FROM customers;

/* 2. What is the mean price
   of all goods? */
SELECT AVG(price)
FROM goods;  -- in euros

# 3. Which day sold most?
SELECT day FROM sales LIMIT 1;
""",
    "A.java": """
package study;

/**
 * Questions on arrays.
 */
public class A {
    // Question 1: What is the default value in an int array?
    // Answer: 0, since arrays are initialised.

    // Question 2: Is an array an object?
    // Answer: Yes.

    /*
     * Question 3: Can an array grow?
     * Answer: No; copy it into a longer one.
     */
    static int[] copy;
}
""",
    "a.js": """
// ==========
// STRINGS
// ==========

// Question - 1: Turn a string round
const turned = [..."abc"]
  .reverse();

console.log(turned);

// Question - 2: Count the letters // and signs
console.log("// no comment".length);

// Question - 3: Join words
["a"].join("");
""",
    "a.c": """
/* Pointers */
#include <stdio.h>
// Q: What is a null pointer?
// A: A pointer to no object.

// Q: What is a dangling pointer?
// A: One whose object is gone.

// Q: What is a void pointer?
// A: One without a type.
int main(void) { return 0; }
""",
}

NOTES = {
    "a.py": [
        (
            8,
            10,
            "What does zip do with lists of different lengths?",
            "It stops at the end of the shortest.\nprint(list(zip([1, 2], [3])))  # prints [(1, 3)]",
        ),
        (
            12,
            17,
            "How do you count from zero without an end?",
            "With itertools.count:\nfor number in itertools.count():\n    # three are enough\n"
            "    if number > 3:\n        break",
        ),
        (19, 20, "What is a generator?", "A function that yields values."),
    ],
    "a.sql": [
        (1, 2, "How many customers are there?", "SELECT COUNT(*) FROM customers;"),
        (
            4,
            7,
            "What is the mean price of all goods?",
            "SELECT AVG(price)\nFROM goods;  -- in euros",
        ),
        (9, 10, "Which day sold most?", "SELECT day FROM sales LIMIT 1;"),
    ],
    "A.java": [
        (7, 8, "What is the default value in an int array?", "0, since arrays are initialised."),
        (10, 11, "Is an array an object?", "Yes."),
        (14, 18, "Can an array grow?", "No; copy it into a longer one.\n    static int[] copy;\n}"),
    ],
    "a.js": [
        (
            5,
            9,
            "Turn a string round",
            'const turned = [..."abc"]\n  .reverse();\n\nconsole.log(turned);',
        ),
        (11, 12, "Count the letters // and signs", 'console.log("// no comment".length);'),
        (14, 15, "Join words", '["a"].join("");'),
    ],
    "a.c": [
        (3, 4, "What is a null pointer?", "A pointer to no object."),
        (6, 7, "What is a dangling pointer?", "One whose object is gone."),
        (9, 11, "What is a void pointer?", "One without a type.\nint main(void) { return 0; }"),
    ],
}


@pytest.mark.parametrize("name", FILES)
def test_comments_ask_and_code_answers(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(FILES[name].lstrip("\n"), encoding="utf-8")
    listed = CliRunner().invoke(cli, ["list", str(tmp_path / name), "--json"])
    notes = [json.loads(line) for line in listed.stdout.splitlines()]
    assert [(n["line"], n["end_line"], n["question"], n["answer"]) for n in notes] == NOTES[name]


def test_each_line_keeps_its_number_and_has_a_fate(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text.lstrip("\n"), encoding="utf-8")
        listed = CliRunner().invoke(cli, ["list", str(tmp_path / name), "--what", "ledger", "--json"])
        fates = [json.loads(line) for line in listed.stdout.splitlines()]
        assert [fate["line"] for fate in fates] == list(range(1, len(text.lstrip("\n").splitlines()) + 1))


def test_a_row_of_signs_around_a_line_makes_it_a_title() -> None:
    lines = FILES["a.js"].strip().splitlines()
    assert programs.as_text(lines, "javascript")[:4] == ("", "# STRINGS", "", "")


def test_a_folder_does_not_bring_its_programs(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(FILES["a.py"], encoding="utf-8")
    (tmp_path / "b.md").write_text("## What is it?\n\nThat.\n\n## What else?\n\nThis.\n", encoding="utf-8")
    listed = CliRunner().invoke(cli, ["list", str(tmp_path)])
    assert "zip" not in listed.stdout


def test_a_long_program_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(programs, "MOST_CHARACTERS", 100)
    (tmp_path / "a.py").write_text(FILES["a.py"], encoding="utf-8")
    done = CliRunner().invoke(cli, ["check", str(tmp_path / "a.py")])
    assert (done.exit_code, "characters of code; at most 100 are read" in done.stderr) == (1, True)


@pytest.mark.parametrize("language", sorted(set(programs.LANGUAGES.values())))
def test_each_language_is_known(language: str) -> None:
    sign = {
        "c": "//",
        "python": "#",
        "mysql": "--",
        "haskell": "--",
        "lua": "--",
        "matlab": "%",
        "ocaml": "(*",
    }
    sign |= dict.fromkeys(("bash", "elixir", "julia", "perl", "powershell", "r", "ruby"), "#")
    sign |= dict.fromkeys(("clojure", "scheme"), ";;")
    opening = sign.get(language, "//")
    closing = " *)" if opening == "(*" else ""
    start = ["<?php"] if language == "php" else []
    lines = [*start, f"{opening} What is it?{closing}", "x = 1"]
    assert programs.as_text(lines, language)[len(start) :] == ("What is it?", "\x1fx = 1")
