"""Diagnostics in the forms that other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from deckbuild import __version__
from deckbuild.model import Diagnostic, Severity
from deckbuild.report.diagnostics import Code

FIELDS = ("source", "line", "column", "severity", "code", "message", "hint")


def record(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as a plain record."""
    return {name: getattr(diagnostic, name) for name in FIELDS} | {"column": max(diagnostic.column, 1)}


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """One JSON object per line."""
    return "\n".join(msgspec.json.encode(record(d)).decode() for d in diagnostics)


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
    return msgspec.json.encode(log).decode()


FORMS = {"json": as_json, "github": as_github, "sarif": as_sarif}
"""Each form by its name."""


def _data(text: str) -> str:
    """Text as a workflow command takes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
