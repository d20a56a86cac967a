"""Formulas on phones: about as wide as estimated, broken at their relations, told how wide they are."""

from __future__ import annotations

import re

import pytest

from deckbuild.cards.columns import columns_of
from deckbuild.html.blocks import meanings_html
from deckbuild.html.cell_formulas import in_full_size
from deckbuild.html.formula_width import RELATIONS, SUMS, clauses, parts, width
from deckbuild.html.looks import Look, mathjax
from deckbuild.maths.check import mathjax as engine
from deckbuild.model import Formula, Meaning, Row, Table, Text
from hand_made import SPAN, row

WIDE = [
    r"\operatorname{Attention}(Q, K, V) = \operatorname{softmax}\left(\frac{QK^{\top}}{\sqrt{d_k}}\right) V",
    r"P(A \mid B) = \frac{P(B \mid A) \cdot P(A)}{P(B)} \le \sum_{i=1}^{n} P(A_i) + \text{the rest of it}",
    r"\mathcal{L} = -\frac{1}{N}\sum_{i=1}^{N}\left[y_i\log\hat{y}_i + (1-y_i)\log(1-\hat{y}_i)\right]",
    r"A = \begin{pmatrix} a_{11} & a_{12} & a_{13} \\ a_{21} & a_{22} & a_{23} \end{pmatrix} + \lambda I_n",
    r"\ce{2KMnO4 + 16HCl -> 2KCl + 2MnCl2 + 8H2O + 5Cl2}",
]


@pytest.mark.skipif(not engine.available(), reason="there is no engine for MathJax")
@pytest.mark.parametrize("tex", WIDE)
def test_widths_are_near_those_of_mathjax(tex: str) -> None:
    assert width(tex) == pytest.approx(engine.svg(tex, True).width, rel=0.2)


@pytest.mark.parametrize(
    ("tex", "signs", "cut"),
    [
        ("a = b + c = d", RELATIONS, ["a ", "= b + c ", "= d"]),
        (r"f(x = 1) = \frac{a = b}{c} \le 2", RELATIONS, ["f(x = 1) ", r"= \frac{a = b}{c} ", r"\le 2"]),
        ("-a + b^-c - d", SUMS, ["-a ", "+ b^-c ", "- d"]),
        (r"a &= b \\ c &= d", RELATIONS, [r"a &= b \\ c &= d"]),
    ],
)
def test_formulas_are_cut_outside_of_brackets(tex: str, signs: frozenset[str], cut: list[str]) -> None:
    assert parts(tex, signs) == cut


def shown(tex: str, display: bool) -> str:
    return mathjax(Formula(SPAN, tex, tex, display))


def test_narrow_formulas_stay_as_they_are() -> None:
    assert shown("a = b + c", True) == r"\[a = b + c\]"


def test_a_formula_that_is_too_wide_is_made_smaller() -> None:
    tex = r"P(A \mid B) = \frac{P(B \mid A) \cdot P(A)}{P(B)} + O(n^2) + r(n, A, B)"
    assert re.fullmatch(r'<span class="wide" style="--ems:(19|2\d)">\\\[P\(.*\\\]</span>', shown(tex, True))


def test_a_displayed_formula_that_is_far_too_wide_is_broken() -> None:
    tex = "LongName(a, b) = first(a, b, c) + second(c, d, e) = third(a, b, c) + fourth(c, d, e) + five(e)"
    html = shown(tex, True)
    assert html.count(r"\\") == 1
    assert (
        r"\begin{aligned} &amp;LongName(a, b) = first(a, b, c) + second(c, d, e) \\ &amp;\quad = third"
        in html
    )


def test_a_wide_formula_in_a_line_may_break_at_relations() -> None:
    tex = "LongName(a, b) = first(a, b, c) = second(c, d, e)"
    assert shown(tex, False) == r"\(LongName(a, b) = first(a, b, c)\) \({}= second(c, d, e)\)"


@pytest.mark.parametrize(
    ("tex", "cut"),
    [
        (r"a_k = b, \qquad k = 0, 1, \ldots, n", [r"a_k = b, \qquad", r" k = 0, 1, \ldots, n"]),
        ("a = b = c, d = f(x, y)", ["a = b = c,", " d = f(x, y)"]),
        (r"a = b \text{ for all } k \in S", ["a = b ", r"\text{ for all } k \in S"]),
        (r"a = 3 \text{ kg} = b", [r"a = 3 \text{ kg} = b"]),
        (r"x, y \in S", [r"x, y \in S"]),
        (r"f(a = b, \quad c = d) = e", [r"f(a = b, \quad c = d) = e"]),
    ],
)
def test_statements_are_parted(tex: str, cut: list[str]) -> None:
    assert clauses(tex) == cut


@pytest.mark.parametrize("between", [r", \qquad ", ", ", r" \text{ for all } "])
def test_a_condition_begins_a_line_of_its_own(between: str) -> None:
    wide = r"X_k = first(a, b, c) + second(c, d, e) = third(a, b, c) + fourth(c, d, e) + five(e)"
    html = shown(rf"{wide}{between}k = 0, 1, \ldots, N - 1", True)
    start = between.lstrip() if "text" in between else ""
    assert rf"\\ &amp;{start}k = 0, 1, \ldots, N - 1 \end{{aligned}}" in html


def test_a_blank_at_the_end_of_a_line_keeps_its_backslash() -> None:
    html = shown(r"LongName(a, b) = first(a, b, c)\ = second(c, d, e)", False)
    assert html == r"\(LongName(a, b) = first(a, b, c)\ \) \({}= second(c, d, e)\)"


def test_fractions_in_rows_and_legends_are_as_large_as_in_formulas() -> None:
    half = Formula(SPAN, "a/2", r"\frac{a}{2}")
    answer = Table(SPAN, row("Cost"), (Row(((half,),), SPAN),))
    assert columns_of((answer,), Look(mathjax, cell=in_full_size)) == (
        ("Cost", r"\(\displaystyle \frac{a}{2}\)"),
    )
    legend = (Meaning((Text(SPAN, "c"),), (half,), SPAN),)
    assert r"\displaystyle \frac" in meanings_html(legend, Look(mathjax, cell=in_full_size))
