r"""How wide LaTeX is, near enough to make it fit a phone: in ems, without MathJax.

Cards must be the same on every computer, and MathJax isn't everywhere. The widths are those of its TeX fonts;
of 76 formulas of more than ten ems, 95 in 100 come out at 0.9 to 1.15 times what MathJax sets them to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from deckbuild.machine.regex import regex

RELATIONS = frozenset(
    r"= < > : \lt \gt \le \leq \ge \geq \ne \neq \approx \equiv \sim \simeq \propto \to \rightarrow \leftarrow "
    r"\Rightarrow \implies \iff \Leftrightarrow \mapsto \coloneqq \in \subset \subseteq \ll \gg \Longrightarrow".split()
)
SUMS = frozenset(("+", "-", r"\pm", r"\mp"))

_TOKEN = regex(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
_SPACES = {
    r"\,": 0.17,
    r"\:": 0.22,
    r"\;": 0.28,
    r"\!": -0.17,
    r"\quad": 1.0,
    r"\qquad": 2.0,
    r"\ ": 0.25,
    "~": 0.25,
}
_TEXTS = frozenset(
    r"\text \mathrm \textbf \textit \operatorname \operatorname* \mathit \textrm \mbox".split()
)
_FRACTIONS = frozenset(r"\frac \dfrac \tfrac \cfrac \binom \dbinom".split())
_OVER = frozenset(
    r"\hat \bar \tilde \vec \dot \ddot \overline \underline \widehat \widetilde \mathbf \mathbb \mathcal "
    r"\boldsymbol \mathsf \mathfrak \overbrace \underbrace".split()
)
_LARGE = frozenset(r"\sum \prod \int \iint \oint \bigcup \bigcap \coprod".split())
_SILENT = frozenset(
    r"\left \right \bigl \bigr \Bigl \Bigr \big \Big \biggl \biggr \displaystyle \textstyle \limits \nolimits".split()
)
_ROWS = frozenset(("&", r"\\", r"\begin", r"\newline", r"\cr"))
_OPENING = frozenset(("{", "(", "[", r"\{", r"\left", r"\langle"))
_CLOSING = frozenset(("}", ")", "]", r"\}", r"\right", r"\rangle"))
_NARROW = frozenset("()[]|.,;:!'ijlt ") | {r"\{", r"\}", r"\mid", r"\|", r"\langle", r"\rangle"}
_WIDE = frozenset("mwMW")
_SCRIPT = 0.71
"""Size of scripts against their base, as MathJax sets them."""


@lru_cache(maxsize=4096)
def width(tex: str) -> float:
    """About how many ems LaTeX is wide in a formula of its own."""
    return _Reader(tuple(_TOKEN.findall(tex))).row()


def parts(tex: str, signs: frozenset[str]) -> list[str]:
    """The LaTeX cut before each of these signs that stands outside of all brackets; whole where it has rows."""
    found, depth, part = [], 0, ""
    previous = ""
    for token in _TOKEN.findall(tex):
        if token in _ROWS:
            return [tex]
        depth += (token in _OPENING) - (token in _CLOSING)
        binary = token not in SUMS or previous not in ("", "^", "_", *RELATIONS, *SUMS, "(")
        if token in signs and depth == 0 and part.strip() and binary:
            found.append(part)
            part = ""
        part += token
        previous = token if token.strip() else previous
    return [*found, part] if depth == 0 else [tex]


def clauses(tex: str) -> list[str]:
    r"""The LaTeX cut where one statement ends and another begins: `a = b, \quad k = 1` is two.

    They are parted by a wide space, by a comma between two relations, or by words that lead on to what follows,
    which end with a blank: `\text{ for } k = 1`. Whole where it has rows, and inside brackets.
    """
    found, depth, part, comma, related = [], 0, "", 0, False
    tokens = _TOKEN.findall(tex)
    for at, token in enumerate(tokens):
        if token in _ROWS:
            return [tex]
        depth += (token in _OPENING) - (token in _CLOSING)
        outside = depth == 0 and part.strip() != ""
        if outside and related and (_leads_on(tokens[at:]) or (comma and token in RELATIONS)):
            cut = comma if token in RELATIONS else len(part)
            found.append(part[:cut])
            part, comma, related = part[cut:], 0, False
        part += token
        related = related or (token in RELATIONS and depth == 0)
        if outside and token == "," and related:
            comma = len(part)
        if outside and token in (r"\quad", r"\qquad"):
            found.append(part)
            part, comma, related = "", 0, False
    if depth:
        return [tex]
    return [*found, part] if part.strip() else found or [tex]


def _leads_on(tokens: Sequence[str]) -> bool:
    """Whether these tokens begin with words that end with a blank."""
    if tokens[0] != r"\text" or "}" not in tokens:
        return False
    return tokens[tokens.index("}") - 1].isspace()


class _Reader:
    """Adds up the widths of tokens from left to right."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def row(self, until: str = "") -> float:
        """The width of everything up to a token, which is taken too; of the widest of several rows."""
        total, widest, columns = 0.0, 0.0, 0
        while self.at < len(self.tokens):
            token = self._next()
            if token == until:
                break
            if token in (r"\\", r"\cr"):
                widest, total, columns = max(widest, total), 0.0, 0
                continue
            columns += token == "&"
            total += 1.0 if token == "&" and columns else self._one(token)
        return max(widest, total)

    def _next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _argument(self) -> float:
        while self._peek().isspace():
            self.at += 1
        token = self._next() if self._peek() else ""
        return self.row("}") if token == "{" else self._one(token) if token else 0.0

    def _words(self) -> str:
        """The text of an argument, as it stands."""
        while self._peek().isspace():
            self.at += 1
        if self._peek() != "{":
            return self._next() if self._peek() else ""
        depth, words = 0, []
        while self.at < len(self.tokens):
            token = self._next()
            depth += (token == "{") - (token == "}")
            if depth == 0:
                break
            words.append(token)
        return "".join(words[1:])

    def _one(self, token: str) -> float:
        if token == "{":
            return self.row("}")
        if token in ("^", "_"):
            return self._scripts(token)
        if token in _FRACTIONS:
            return max(self._argument(), self._argument()) + 0.24
        if token == r"\sqrt":
            return self._argument() + 0.85
        if token in _OVER:
            return self._argument()
        if token in _TEXTS:
            return sum(_character(c) for c in self._words())
        if token == r"\begin":
            name = self._words()
            inner = self.row(r"\end")
            self._words()
            return inner + (1.5 if "matrix" in name or name == "cases" else 0.0)
        if token in (r"\ce", r"\pu"):
            return sum(_character(c) if c not in "<>-=" else 0.9 for c in self._words())
        if token in _SPACES:
            return _SPACES[token]
        if token in RELATIONS:
            return 1.33
        if token in SUMS or token in (r"\cdot", r"\times", "*", r"\div", r"\odot", r"\oplus", r"\otimes"):
            return 1.1 if token != r"\cdot" else 0.72
        if token in _LARGE:
            return 1.44
        if token in _SILENT or token.isspace() or token == "}":
            return 0.0
        if token.startswith("\\") and len(token) > 2:
            return 0.62 if token.lower() in _SIGNS else 0.17 + 0.5 * (len(token) - 1)
        return _character(token)

    def _scripts(self, token: str) -> float:
        """An index and an exponent stand above each other."""
        first = self._argument()
        if self._peek() in ("^", "_") and self._peek() != token:
            self.at += 1
            first = max(first, self._argument())
        return _SCRIPT * first


_SIGNS = frozenset(
    r"""
    \alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \iota \kappa \lambda \mu \nu \xi \pi \rho
    \sigma \tau \upsilon \phi \varphi \chi \psi \omega \partial \nabla \infty \ell \hbar \forall \exists \top \bot
    \mid \ldots \cdots \dots \vdots \circ \parallel \emptyset \lfloor \rfloor \lceil \rceil \star \prime \langle \rangle
    \lvert \rvert \vert
    """.split()
)
"""Commands of one sign, in small letters; all others are taken for words."""


def _character(sign: str) -> float:
    if sign in _NARROW:
        return 0.36
    if sign in _WIDE:
        return 0.88
    return 0.72 if sign.isupper() else 0.5
