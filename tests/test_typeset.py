"""Formulas of whole documents: where they are set, where not, and what the user is told."""

from __future__ import annotations

import pytest

from conftest import Case, cases
from deckbuild.decode.source import decode
from deckbuild.maths.check import mathjax, patience
from deckbuild.maths.check.known_functions import disagreement
from deckbuild.maths.set import setting
from deckbuild.maths.set.override import Override
from deckbuild.maths.set.reaching import reaching
from deckbuild.model import CodeBlock, Document, Formula, Kind, Paragraph, inline_runs, inner_inlines, outline
from deckbuild.model.text import block_text, inline_text
from deckbuild.read import Preferences, extract


def document(text: str, **formulas: Override) -> Document:
    return extract(decode(text.encode(), "doc.md"), Preferences(formulas=formulas))


def shown(found: Document) -> list[str]:
    """Each formula, blocks with their lines and legends."""
    lines = []
    for block, _ in outline.blocks(found):
        inside = [e for run in inline_runs(block) for e in inner_inlines(run) if isinstance(e, Formula)]
        for formula in [*([block] if isinstance(block, Formula) else []), *inside]:
            span = (
                f"{formula.span.line}-{formula.span.end_line}" if formula is block else f"{formula.span.line}"
            )
            lines.append(f"{span} {formula.text} ⟹ {formula.tex}".replace("\n", " / "))
            lines += [f"  {inline_text(m.symbol)}: {inline_text(m.text)}" for m in formula.legend]
    return lines


@cases("typeset.md")
def test_formulas_of_documents(case: Case) -> None:
    assert shown(document(case.text)) == case.expected.splitlines()


def test_settings_overrule_what_is_found() -> None:
    text = "Here q = k and L1 + L2 ≤ 3, with `softmax(z)`."
    overrides = {"q = k": Override(text=True), "softmax(z)": Override(latex=r"\mathrm{sm}(z)")}
    assert shown(document(text)) == [
        r"1 q = k ⟹ q = k",
        r"1 L1 + L2 ≤ 3 ⟹ L_1 + L_2 \le 3",
        r"1 softmax(z) ⟹ \operatorname{softmax}(z)",
    ]
    assert shown(document(text, **overrides)) == [
        r"1 L1 + L2 ≤ 3 ⟹ L_1 + L_2 \le 3",
        r"1 softmax(z) ⟹ \mathrm{sm}(z)",
    ]


def test_settings_keep_a_piece_of_a_formula_from_being_one() -> None:
    assert shown(document("so a = b² + c there", **{"a = b² + c": Override(latex="z")})) == [
        "1 a = b² + c ⟹ z"
    ]


def test_latex_that_can_not_be_set_keeps_its_source() -> None:
    (formula,) = [b for b, _ in outline.blocks(document("$$\n\\foo x\n$$")) if isinstance(b, Formula)]
    assert formula.tex is None
    assert formula.text == r"\foo x"


def test_very_much_latex_is_taken_unchecked_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "MOST", 20)
    found = document("$x + y + z$ and $x + y + z$\n\n$a + b + c + d$\n\n$\\foo$\n")
    assert [f"{problem.line} {problem.code}" for problem in found.diagnostics] == ["3 unchecked-latex"]
    assert shown(found)[-1] == r"5 \foo ⟹ \foo"


def test_one_long_formula_leaves_the_others_checked() -> None:
    found = document("$$\n" + "x + " * 50_000 + "x\n$$\n\nand $\\foo$ or $x$\n")
    assert [f"{problem.line} {problem.code}" for problem in found.diagnostics] == [
        "1 bad-latex",
        "5 bad-latex",
    ]
    assert shown(found)[-1] == "5 x ⟹ x"
    assert len(found.diagnostics[0].message) < 500


def test_after_slow_formulas_only_short_ones_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.0)
    monkeypatch.setattr(patience, "EACH", 0.0)
    monkeypatch.setattr(patience, "MORE", 0.0)
    long = "a + b + c + d + e + f + g + h"
    found = document(f"$x - y$\n\n${long}$\n\n$x + y$\n")
    assert [f"{problem.line} {problem.code}" for problem in found.diagnostics] == ["3 slow-latex"]
    assert shown(found) == ["1 x - y ⟹ x - y", f"3 {long} ⟹ None", "5 x + y ⟹ x + y"]


@pytest.mark.parametrize("limit", [setting.MOST, 0])
@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\mmlToken{mi}[href='javascript:alert(1)']{x}",
        r"\mmlToken{mi}[style='background: url(https://example.org/x)']{x}",
        r"\bbox[background: url(https://example.org/x)]{x}",
        r"\bbox[border: 1px solid; position: fixed; top: 0]{x}",
        r"\bbox[back\ground: red]{x}",
        r"\fcolorbox{red; background: url(x)}{blue}{x}",
        r"\let\alpha=\bbox x",
        r"\let\alpha\let x",
        r"\newenvironment{pmatrix}[1]{\bbox[#1]{x}}{} x",
        r"\newenvironment{pmatrix}{\href{javascript:alert(1)}{x}}{} x",
    ],
)
def test_latex_that_does_more_than_draw_stays_text(
    tex: str, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setting, "MOST", limit)
    assert shown(document(f"It is ${tex}$ here.\n")) == [f"1 {tex} ⟹ None"]


def test_boxes_with_colours_and_borders_are_set() -> None:
    for tex in (
        r"\bbox[5px, border: 2px solid red]{x}",
        r"\fcolorbox{red}{yellow}{x}",
        r"\let\e\varepsilon \e",
    ):
        assert reaching(tex) is None
        assert mathjax.problem(tex) is None


def test_mathjax_tells_what_would_do_more_than_draw() -> None:
    assert mathjax.problem(r"\mmlToken{mi}[href='x']{x}") == "It has a link or a name"
    assert (
        mathjax.problem(r"\def\x#1{\bbox[#1]{x}}\x{background: url(x)}")
        == "It has the style background: url(x)"
    )


def test_a_block_without_formulas_stays_code() -> None:
    (block,) = [b for b, _ in outline.blocks(document("```\none thing\n  and another\n```"))]
    assert isinstance(block, CodeBlock)


def test_plain_text_of_notes_stays_as_it_was_written() -> None:
    found = document("## Q1: Why scale by √dₖ?\n**Answer:** Since `Var(q·k) = dₖ` holds.")
    ((note, _),) = outline.notes(found)
    assert block_text(note.question) == "Why scale by √dₖ?"
    assert block_text(note.answer) == "Since Var(q·k) = dₖ holds."


def notes(text: str) -> list[tuple[str, str, str]]:
    return [
        (block_text(note.question), block_text(note.answer[:1]), note.cues[0] if note.cues else note.shape)
        for note, _ in outline.notes(document(text))
        if note.kind is Kind.FORMULA
    ]


def test_a_labelled_formula_makes_a_note() -> None:
    assert notes("# D\n\n## Loss\n\nHinge loss:\n```\nL = max(0, 1 - y·s)\n```\n") == [
        ("Hinge loss", "L = max(0, 1 - y·s)", "label")
    ]


def test_the_only_formula_of_a_section_is_named_by_its_heading() -> None:
    assert notes("# D\n\n## Hinge loss\n\nIt is convex.\n```\nL = max(0, 1 - y·s)\n```\n") == [
        ("Hinge loss", "L = max(0, 1 - y·s)", "heading")
    ]


def test_bold_names_and_functions_name_their_formulas() -> None:
    text = "# D\n\n## Losses\n\n- **Hinge**: max(0, 1 - y·s)\n- **Huber** is robust\n\n"
    text += "```\nswish(x) = x·σ(x)\nb = 2·a²\n```\n"
    assert notes(text) == [
        ("Hinge", "max(0, 1 - y·s)", "bold name"),
        ("swish", "swish(x) = x·σ(x)", "its own name"),
    ]


def test_a_label_that_only_announces_names_nothing() -> None:
    assert notes("# D\n\nThe key formulas:\n```\na = b²\nc = d²\n```\n") == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Sigmoid", "1/(1+e^(-x))"),
        ("Logistic function", "1/(1+e⁻ᶻ)"),
        ("tanh", "(e^x - e^(-x))/(e^x + e^(-x))"),
        ("ReLU", "max(0, x)"),
        ("Leaky ReLU", "max(0.01x, x)"),
        ("Leaky ReLU", "max(αx, x)"),
        ("ELU", "x if x>0, α(e^x-1) otherwise"),
        ("GELU", "x·Φ(x)"),
        ("GELU", "0.5x(1 + tanh(√(2/π)(x + 0.044715x³)))"),
        ("Softplus", "f(x) = ln(1 + eˣ)"),
        ("Swish", "x·σ(x)"),
        ("Softmax", "eˣⁱ/Σeˣʲ"),
        ("", "softmax(z_i) = e^z_i / Σ_j e^z_j"),
        ("Decay", "1/(1-e^(-x))"),
        ("Sigmoid", "a + b + c"),
    ],
)
def test_a_right_formula_is_left_alone(name: str, text: str) -> None:
    assert disagreement(name, text) is None


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("Sigmoid", "1/(1-e⁻ˣ)", "at x = -2 it is -0.1565, and sigmoid is 0.1192"),
        ("tanh", "(eˣ+e⁻ˣ)/(eˣ-e⁻ˣ)", "at x = -2 it is -1.037, and tanh is -0.964"),
        ("ReLU activation", "min(0, x)", "at x = -2 it is -2, and relu is 0"),
        ("Leaky ReLU", "max(2x, x)", "at x = -1 it is -1, which isn't a small slope"),
        ("", "softplus(x) = ln(1 - eˣ)", "at x = -2 it is -0.1454, and softplus is 0.1269"),
        (
            "Softmax",
            "e^z_i / Σ e^(-z_j)",
            "for (-1.0, 0.5, 2.0) its part 1 is 0.1063, and softmax has 0.03911",
        ),
    ],
)
def test_a_wrong_formula_is_told(name: str, text: str, why: str) -> None:
    assert disagreement(name, text) == why


def test_a_paragraph_of_one_displayed_formula_is_that_formula() -> None:
    blocks = [block for block, _ in outline.blocks(document("\\[\nx^2\n\\]"))]
    assert isinstance(blocks[0], Formula) and not any(isinstance(b, Paragraph) for b in blocks)
