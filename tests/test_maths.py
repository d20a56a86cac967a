"""Formulas as documents write them: parsed and turned into LaTeX, and told from text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import Case, cases
from deckbuild.maths.check import mathjax
from deckbuild.maths.find.spans import whole, within
from deckbuild.maths.tokens.lexer import tokens
from deckbuild.maths.tree.latex import latex
from deckbuild.maths.tree.parser import NotAFormula, parse
from deckbuild.maths.weigh.recognise import judge

TEXTBOOK = [
    line.split("\t")
    for line in (Path(__file__).parent / "fixtures" / "textbook_formulas.tsv").read_text().splitlines()
]


@cases("formulas.md")
def test_a_formula_as_latex(case: Case) -> None:
    try:
        parsed = parse(case.text.strip())
    except NotAFormula as error:
        shown = [f"! {error}"]
    else:
        shown = [latex(parsed.expression), *(f"? {guess}" for guess in parsed.guesses)]
    assert shown == case.expected.splitlines()


@cases("formula_spans.md")
def test_formulas_in_running_text(case: Case) -> None:
    text = " ".join(case.text.split("\n")).strip()
    found = [span for span in within(text) if span.verdict.accepted]
    assert [text[span.start : span.end] for span in found] == case.expected.splitlines()


@cases("formula_cells.md")
def test_formulas_that_may_be_all_of_a_text(case: Case) -> None:
    text = case.text.strip()
    found = [span for span in whole(text) if span.verdict.accepted]
    assert [text[span.start : span.end] for span in found] == case.expected.splitlines()


@pytest.mark.parametrize("text", [text for text, _ in TEXTBOOK])
def test_textbook_formulas_parse_to_latex_that_mathjax_accepts(text: str) -> None:
    tree = parse(text).expression
    assert mathjax.problem(latex(tree)) is None


def test_nearly_all_textbook_formulas_are_recognised() -> None:
    missed = {text for text, _ in TEXTBOOK if not judge(text).accepted}
    assert missed == {"MV = PY"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = self.layer(x)", "“.” isn't a symbol used in formulas"),
        ("", "it is empty"),
        ("a ]", "“]” can't stand where it does"),
        ("x 2", "the number 2 is next to another operand"),
        ("(" * 60 + "x" + ")" * 60, "it is nested too deeply"),
    ],
)
def test_what_does_not_parse_says_why(text: str, reason: str) -> None:
    assert judge(text).problem == reason


def test_symbols_of_the_document_make_a_product() -> None:
    assert judge("ΔW = AB").tex == r"\Delta W = \mathrm{AB}"
    assert judge("ΔW = AB", {"A", "B"}).tex == r"\Delta W = AB"


def test_a_verdict_gives_its_reasons() -> None:
    assert judge("σ(x)").reason == ("6: +3 mathematical signs, +2 a mathematical function, +1 it parses")


SIGNS = st.sampled_from(
    [
        *"abcxyzABn01259 +-*/=<>()[]{}|^_,;!'.:√Σ∫∂∇αβγσθ²³ᵢⱼₙ⁻¹ᵀ∞≤≈∈→ℝ·×",
        *(" if ", " otherwise", " else ", "log ", "softmax(", "||", "\u0302", "lr", "Wx", "loss", "⟩"),
        *("5 kg", "10 m/s²", "10⁻³ J/(mol·K)", "7 W m⁻²", "3 kΩ", "30 µm", "P(", " %"),
    ]
)


@given(st.lists(SIGNS, max_size=30).map("".join))
@example("a'²ᵢ")
def test_any_text_is_refused_or_becomes_latex_that_mathjax_accepts(text: str) -> None:
    try:
        tree = parse(text).expression
    except NotAFormula:
        return
    tex = latex(tree)
    assert "}}" not in tex
    assert mathjax.problem(tex) is None


@given(st.one_of(st.lists(SIGNS, max_size=40).map("".join), st.text(max_size=60)))
def test_tokens_and_spans_lie_in_their_text_in_order(text: str) -> None:
    at = 0
    for token in tokens(text):
        assert at <= token.start < token.end <= len(text)
        at = token.end
    at = 0
    for span in within(text):
        assert at <= span.start < span.end <= len(text)
        at = span.end
