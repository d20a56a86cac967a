"""Where the templates are: in the package once installed, at the top of the checkout before that."""

from __future__ import annotations

from pathlib import Path


def folder() -> Path:
    """The folder that holds one folder of templates for each output."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parents[1] / "templates"
