"""Some of the hostile inputs of `scripts/hostile`, in a process under limits; `make soak` tries all.

What is refused, and where, is held by `test_strangers`; here each kind of harm is looked for from outside.
"""

from __future__ import annotations

import sys

import pytest

from hostile.inputs import CASES
from hostile.run import attempt

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")

QUICK = """
    documents/nuls documents/clozes-in-clozes
    documents/brackets-of-mathematics
    images/png-of-20000-squared images/outside-file-url images/link-to-itself caches/of-pipes
    settings/deep-lists
    templates/code
    locks/link-outside locks/deep-record
    files/fifo files/device-named files/link-outside
    images/svg-behind-many-comments packages/of-made-columns-printed repeats/link
    formats/blanks.qmd formats/formulas.csv
    halves/json halves/rst halves/template
    archives/docx-picture-missing commands/models-behind-a-link commands/notebook-with-large-outputs
""".split()


@pytest.mark.parametrize("name", QUICK)
def test_nothing_is_harmed_or_read_outside(name: str) -> None:
    (case,) = (case for case in CASES if case.id == name)
    outcome = attempt(case)
    assert not [fault for fault in outcome.faults if fault != "too slow"], outcome.said


def test_there_are_inputs_of_all_kinds() -> None:
    assert len({case.id for case in CASES}) == len(CASES) >= 150
