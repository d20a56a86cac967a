"""MathJax as a judge of formulas and as a typesetter."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from deckbuild.maths.check import cache, engine, mathjax

ACCEPTED = (
    r"x",
    r"\frac{a}{b} + \sqrt[3]{c}",
    r"\sum_{k=0}^{n} \binom{n}{k} = 2^n",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{else} \end{cases}",
    r"\begin{aligned} a &= b \\ &= c \end{aligned}",
    r"\operatorname*{arg\,max}_\theta \hat{y}_{i} \lt \mathbb{E}[\mathbf{x}]",
    r"\ce{2H2 + O2 -> 2H2O}",
    r"\coloneqq \xrightarrow{n \to \infty} \cancel{x} \boldsymbol{\beta} \ket{\psi} \color{red}{y} \boxed{z}",
    r"\newcommand{\E}[1]{\mathbb{E}\left[#1\right]} \E{X}",
    r"x = 1 \tag{*}",
    r"v = \frac{\text{Länge}}{\text{Zeit}}",
    r"∑ αβ ≤ ∞ − x′ · ℝ",
    r"",
)

REFUSED = {
    r"\foobar x": r"Undefined control sequence \foobar",
    r"\frac{1}": r"Missing argument for \frac",
    r"{a": "Extra open brace or missing close brace",
    r"a}": "Extra close brace or missing open brace",
    r"\left( x": r"Extra \left or missing \right",
    r"a^b^c": "Double exponent: use braces to clarify",
    r"a & b": "Misplaced &",
    r"\begin{nothing} x \end{nothing}": "Unknown environment 'nothing'",
    r"\href{https://example.org}{x}": r"Undefined control sequence \href",
    r"\require{html}": r"Undefined control sequence \require",
    r"\eqref{elsewhere}": "A reference to a label that is not there",
    "a\0b": "It has characters that stand for nothing",
    "\ud800": "It has characters that stand for nothing",
}

BOMBS = {
    "endless": (r"\def\a{\a\a}\a", "macro substitution count"),
    "growing": (r"\def\a{x\a}\a", "macro substitution count"),
    "doubling": (
        r"\def\a{xx}"
        + "".join(rf"\def\{n}{{\{b}\{b}}}" for b, n in zip("abcdefghijklmn", "bcdefghijklmno", strict=True))
        + r"\o",
        "macro substitution count",
    ),
    "deep": (r"\sqrt{" * 300 + "x" + "}" * 300, "nested too deeply"),
    "long": ("x+" * 50_000, "longer than 3,000 characters"),
}


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, "")
    mathjax.problem.cache_clear()


@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize("tex", ACCEPTED)
def test_what_is_accepted_can_be_set(tex: str, display: bool) -> None:
    assert mathjax.problem(tex, display) is None
    assert mathjax.svg(tex, display).width >= 0


@pytest.mark.parametrize("tex", REFUSED)
def test_what_is_refused_has_a_reason(tex: str) -> None:
    assert mathjax.problem(tex) == REFUSED[tex]
    with pytest.raises(engine.Refused) as refusal:
        mathjax.svg(tex)
    assert str(refusal.value) == REFUSED[tex]


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_and_leave_no_trace(name: str) -> None:
    tex, reason = BOMBS[name]
    before = mathjax.svg("x^2")
    assert reason in (mathjax.problem(tex) or "")
    with pytest.raises(engine.Refused, match=reason):
        mathjax.svg(tex)
    assert mathjax.svg("x^2") == before


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [("SECONDS", 1e-4, "It takes too long"), ("MEGABYTES", 0.5, "It takes too much memory")],
)
def test_limits_end_a_formula_and_are_not_remembered(
    limit: str, value: float, reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    engine.engine.cache_clear()
    tex = r"\frac{a}{b}+" * 200
    with monkeypatch.context() as small:
        small.setattr(engine, limit, value)
        assert mathjax.problem(tex) == reason
    mathjax.problem.cache_clear()
    engine.engine.cache_clear()
    assert mathjax.problem(tex) is None


@pytest.mark.parametrize(
    ("definition", "use"),
    [
        (r"\newcommand{\mine}{x} \mine", r"\mine"),
        (r"\def\mine{x} \mine", r"\mine"),
        (r"\let\mine=\alpha \mine", r"\mine"),
        (r"\DeclareMathOperator{\mine}{mine} \mine", r"\mine"),
        (r"\DeclarePairedDelimiter{\mine}{(}{)} \mine{x}", r"\mine{x}"),
        (r"\newenvironment{mine}{x}{y} \begin{mine} \end{mine}", r"\begin{mine} \end{mine}"),
        (r"\Newextarrow{\mine}{5,5}{0x2192} \mine{x}", r"\mine{x}"),
        (r"\newtagform{mine}{[}{]} \usetagform{mine} x", r"\usetagform{mine} x"),
    ],
)
def test_definitions_end_with_their_formula(definition: str, use: str) -> None:
    assert mathjax.problem(definition, True) is None
    mathjax.svg(definition, True)
    assert mathjax.problem(use, True)


@pytest.mark.parametrize(
    ("changing", "changed"),
    [
        (r"\renewcommand{\alpha}{\beta}", r"\alpha"),
        (r"\def\frac#1#2{#2}", r"\frac{1}{2}"),
        (r"\definecolor{red}{rgb}{0,0,1}", r"\color{red} x"),
        (r"\mathtoolsset{prescript-sub-format=\mathbf} x", r"\prescript{1}{2}{X}"),
        (r"\newtagform{mine}{[}{]} \usetagform{mine} x \tag{1}", r"x \tag{1}"),
        (r"x \label{a} \tag{1}", r"x \label{a} \tag{1}"),
        (r"\color{red} x", r"x"),
        (r"\frac{1", r"\frac{1}{2}"),
        (r"\displaystyle \bf x", r"\frac{1}{2}"),
    ],
)
def test_no_formula_depends_on_the_one_before(changing: str, changed: str) -> None:
    before = mathjax.svg(changed, True)
    try:
        mathjax.svg(changing, True)
    except engine.Refused:
        assert changing == r"\frac{1"
    assert mathjax.svg(changed, True) == before


def test_the_engine_does_not_grow() -> None:
    def memory() -> int:
        context = engine.engine().context
        assert context is not None
        context.gc()
        return int(context.memory()["malloc_size"])

    def work() -> int:
        for number in range(50):
            mathjax.svg(rf"\def\mine{{x_{{{number}}}}} \frac{{\mine}}{{y}} \tag{{1}}", True)
            mathjax.problem(rf"\foobar_{number}")
        return engine.engine().thread.submit(memory).result()

    assert work() == pytest.approx(work(), abs=50_000)


@pytest.mark.parametrize(
    "tex", [*ACCEPTED, r"\mmlToken{mi}[style=\"fill:url(x)\"]{x}", r"\text{a<b & \"c\"}"]
)
def test_an_image_is_well_formed_and_only_draws(tex: str) -> None:
    markup = mathjax.svg(tex, True).markup
    names = {
        name for element in ElementTree.fromstring(markup).iter() for name in (element.tag, *element.attrib)
    }
    assert not any(
        name.startswith(("data-", "on", "style", "class", "id")) or "href" in name for name in names
    )
    assert "url(" not in markup


def test_sizes_are_in_em_of_the_text() -> None:
    image = mathjax.svg(r"\rule[-1em]{2em}{4em}")
    assert (image.width, image.height, image.depth) == pytest.approx((2, 4, 1), abs=0.001)
    assert ElementTree.fromstring(image.markup).attrib["viewBox"] == "0 -3000 2000 4000"


def test_characters_without_a_glyph_are_named() -> None:
    assert mathjax.svg(r"\text{für} x_{日}").texts == "ü日"
    assert mathjax.svg(r"\text{fur} α ∈ ℝ").texts == ""


def test_a_tag_stands_behind_its_formula() -> None:
    plain, tagged = mathjax.svg("x", True), mathjax.svg(r"x \tag{1}", True)
    assert plain.width < tagged.width < 6
    assert mathjax.svg(r"\begin{align} a &= b \tag{1} \\ c &= d \tag{2} \end{align}", True).width < 12


@pytest.mark.parametrize("tex", [r"\rule{99999em}{1em}", r"\kern9999em x", r"\rule{1em}{99999em}"])
def test_what_no_paper_has_room_for_is_fine_on_cards_only(tex: str) -> None:
    assert mathjax.problem(tex) is None
    with pytest.raises(engine.Refused, match="larger than"):
        mathjax.svg(tex)


def test_another_process_gives_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    code = (
        "import sys; from deckbuild.maths.check import mathjax\n"
        "found = {tex: mathjax.svg(tex, True).markup for tex in reversed(sys.argv[1:])}\n"
        "sys.stdout.buffer.write('\\n'.join(found[tex] for tex in sys.argv[1:]).encode())"
    )
    known = [tex for tex in ACCEPTED if tex]
    run = subprocess.run([sys.executable, "-c", code, *known], cwd=tmp_path, capture_output=True, check=True)
    assert run.stdout.decode() == "\n".join(mathjax.svg(tex, True).markup for tex in known)


def test_checking_alone_never_loads_what_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    engine.engine.cache_clear()
    assert mathjax.problem("x + 1") is None
    assert set(engine.engine().functions) == {"checked"}


def test_without_quickjs_there_is_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mathjax, "find_spec", lambda name: None)
    mathjax.available.cache_clear()
    try:
        assert not mathjax.available()
    finally:
        mathjax.available.cache_clear()


def test_mathjax_has_its_licence() -> None:
    text = (engine.FILES / "MathJax.LICENSE.txt").read_text("utf-8")
    assert "The MathJax Consortium" in text
    assert "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION" in text
