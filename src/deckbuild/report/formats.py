"""Diagnostics in the forms that other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from deckbuild import __version__
from deckbuild.model import Diagnostic, Severity
from deckbuild.report.diagnostics import Code

FIELDS = ("source", "line", "column", "severity", "code", "message", "hint")


_OBEYED = {
    code: f"\\u{code:04x}"
    for code in (*range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
"""What JSON lets stand in strings as it is, though terminals obey it, or many readers take it for the end of a line."""


def json_line(value: object) -> str:
    """A value as one line of JSON, for terminals, and for programs that part lines as Unicode does too."""
    return msgspec.json.encode(value).decode().translate(_OBEYED)


def record(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as a plain record."""
    return {name: getattr(diagnostic, name) for name in FIELDS} | {"column": max(diagnostic.column, 1)}


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """One JSON object per line."""
    return "\n".join(json_line(record(d)) for d in diagnostics)


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """Workflow commands of GitHub Actions, which shows them beside the changed lines."""
    levels = {
        Severity.ERROR: "error",
        Severity.WARNING: "warning",
        Severity.NOTICE: "notice",
        Severity.INFO: "notice",
    }
    return "\n".join(
        f"::{levels[d.severity]} file={_property(d.source)},line={d.line},col={max(d.column, 1)}"
        f",title={d.code}::{_data(d.message)} ({_data(d.hint)})"
        for d in diagnostics
    )


def as_sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """A SARIF 2.1.0 log (OASIS standard), which code hosts and editors show."""
    levels = {
        Severity.ERROR: "error",
        Severity.WARNING: "warning",
        Severity.NOTICE: "note",
        Severity.INFO: "note",
    }
    rules = [
        {
            "id": code.slug,
            "help": {"text": code.hint},
            "defaultConfiguration": {"level": levels[code.severity]},
        }
        for code in Code
    ]
    results = [
        {
            "ruleId": d.code,
            "level": levels[d.severity],
            "message": {"text": f"{d.message} ({d.hint})"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": d.source},
                        "region": {"startLine": d.line, "startColumn": max(d.column, 1)},
                    }
                }
            ],
        }
        for d in diagnostics
    ]
    driver = {"name": "deckbuild", "semanticVersion": __version__, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
    return json_line(log)


FORMS = {"json": as_json, "github": as_github, "sarif": as_sarif}
"""Each form by its name."""


def _data(text: str) -> str:
    """Text as a workflow command takes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
