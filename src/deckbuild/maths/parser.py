"""A Pratt parser for formulas as people type them.

Binding, tight to loose: scripts, primes and `!`; the prefixes ∂ ∇ Δ √; juxtaposition; `/`; `× · *`; minus in
front; `+ -`; relations; arrows; words; commas; semicolons. Juxtaposition binds tighter than `/`, as in
UnicodeMath and in print: `QKᵀ/√dₖ` is one fraction. White space decides where a fraction ends: `a/b c` is
(a/b)c, `a / b c` is a/(bc).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from deckbuild.maths import signs
from deckbuild.maths.expression import (
    Bars,
    Big,
    Binary,
    Cases,
    Constant,
    Expression,
    Fraction,
    Function,
    Group,
    Listing,
    Name,
    Number,
    Postfix,
    Prefix,
    Product,
    Range,
    Root,
    Script,
    Symbol,
)
from deckbuild.maths.letters import resolve
from deckbuild.maths.lexer import Kind, Token, tokens

DEEPEST = 40
"""Brackets, scripts and signs inside each other that are read; more is no formula of a person."""

SEMICOLON, WORD, COMMA, GIVEN, JOINED, ARROW, RELATION = 2, 3, 4, 10, 12, 15, 20
SUM, MINUS, PRODUCT, SLASH, TIGHT_PRODUCT, BESIDE, PREFIX, ROOT = 30, 35, 40, 50, 52, 60, 65, 69

_STARTS = frozenset(
    {Kind.NUMBER, Kind.LETTER, Kind.WORD, Kind.OPEN, Kind.ROOT, Kind.PREFIX, Kind.BIG, Kind.CONSTANT}
)
_CONDITIONS = ("if", "when", "for")
_EXPONENT_BASES = (Symbol("e"), Function("exp"))
_TRANSPOSE = Constant(r"\top")


class NotAFormula(Exception):
    """The text doesn't parse; the message says why, for the user."""


class Parsed(NamedTuple):
    """The tree of a formula, and what had to be guessed to read it."""

    expression: Expression
    guesses: tuple[str, ...]


def parse(text: str, symbols: Iterable[str] = ()) -> Parsed:
    """The tree of `text`; `symbols` are letters that its document uses as symbols. Raises `NotAFormula`."""
    found = tokens(text)
    bad = next((token for token in found if token.kind is Kind.OTHER), None)
    if bad is not None:
        raise NotAFormula(f"“{bad.text}” is no sign of a formula")
    if not found:
        raise NotAFormula("it is empty")
    resolved, guesses = resolve(found, symbols)
    parser = _Parser(resolved, tuple(symbols))
    expression = parser.whole()
    return Parsed(expression, (*guesses, *parser.guesses))


class _Parser:
    def __init__(self, found: Sequence[Token], symbols: tuple[str, ...], depth: int = 0) -> None:
        self.tokens = found
        self.symbols = symbols
        self.at = 0
        self.depth = depth
        self.open: list[str] = []
        self.guesses: list[str] = []

    # --- the whole ---------------------------------------------------------------------------------

    def whole(self) -> Expression:
        cases = self.cases()
        if cases is not None:
            return cases
        expression = self.expression(0)
        if (left := self.peek()) is not None:
            raise NotAFormula(f"“{_shown(left)}” can't stand where it does")
        return expression

    def cases(self) -> Expression | None:
        """`f(x) = A if c, B otherwise`, `A if c else B`: None where there is no alternative."""
        top = list(_top_level(self.tokens))
        words = {token.text for token, level in top if level == 0 and token.kind is Kind.WORD}
        if not words & {"otherwise", "else"} and not (
            words & {"if"} or sum(t.text == "for" for t, level in top if level == 0) > 1
        ):
            return None
        start = 0
        conditions = [n for n, (t, level) in enumerate(top) if level == 0 and t.text in _CONDITIONS]
        for n, (token, level) in enumerate(top[: conditions[0] if conditions else 0]):
            if level == 0 and token.text in ("=", ":=", "≔"):
                start = n + 1
        rows = [self.row(part) for part in _rows(self.tokens[start:])]
        if len(rows) < 2 and "otherwise" not in words and "else" not in words:
            return None
        value = Cases(tuple(rows))
        if not start:
            return value
        left = self.part(self.tokens[: start - 1])
        return Binary("relation", self.tokens[start - 1].text.replace("≔", ":="), left, value)

    def row(self, part: Sequence[Token]) -> tuple[Expression, Expression | None]:
        if part and part[0].text in ("otherwise", "else"):
            part = part[1:]
        for n, (token, level) in enumerate(_top_level(part)):
            if level == 0 and token.text in _CONDITIONS and n:
                return self.part(part[:n]), self.part(part[n + 1 :])
        return self.part(part), None

    def part(self, found: Sequence[Token]) -> Expression:
        parser = _Parser(found, self.symbols, self.depth + 1)
        expression = parser.whole()
        self.guesses += parser.guesses
        return expression

    # --- tokens ------------------------------------------------------------------------------------

    def peek(self, ahead: int = 0) -> Token | None:
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def next(self) -> Token:
        token = self.peek()
        if token is None:
            raise NotAFormula("it ends too early")
        self.at += 1
        return token

    def starts(self, token: Token | None) -> bool:
        """Whether an operand can begin with the token."""
        if token is None or (token.kind is Kind.WORD and token.text in signs.CONNECTIVES):
            return False
        if token.kind is Kind.BAR:
            return not (self.open and self.open[-1] == token.text) and not self.is_given(token)
        return token.kind in _STARTS

    def is_given(self, bar: Token) -> bool:
        """A bar without a partner up to the closing bracket parts what is asked from what is given."""
        depth, count = 0, 0
        for token in self.tokens[self.at :]:
            depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
            if depth < 0:
                break
            count += depth == 0 and token.kind is Kind.BAR and token.text == bar.text
        return bool(self.open) and self.open[-1] == "(" and count % 2 == 1

    # --- expressions -------------------------------------------------------------------------------

    def expression(self, power: int, tight: bool = False, no_wide_slash: bool = False) -> Expression:
        """An expression whose operators bind tighter than `power`.

        `tight` ends juxtaposition at white space, `no_wide_slash` ends it before a spaced `/`.
        """
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotAFormula("it is nested too deeply")
        left = self.operand()
        while (token := self.peek()) is not None:
            found = self.extended(left, token, power, tight, no_wide_slash)
            if found is None:
                break
            left = found
        self.depth -= 1
        return left

    def extended(
        self, left: Expression, token: Token, power: int, tight: bool, no_wide_slash: bool
    ) -> Expression | None:
        """`left` with the operator or operand behind it; None where that belongs to somebody else."""
        if token.kind is Kind.BAR and self.is_given(token):
            if power >= GIVEN:
                return None
            self.at += 1
            sign = r"\mid" if token.text == "|" else r"\parallel"
            return Binary("given", sign, left, self.expression(GIVEN))
        if self.starts(token):
            if power >= BESIDE or (tight and token.spaced and not _awaits_argument(left)):
                return None
            return self.beside(left, token, tight)
        if token.kind is Kind.WORD:
            return self.joined(left, token, power)
        binding = self.binding(token)
        if (
            binding is None
            or binding <= power
            or (no_wide_slash and token.kind is Kind.SLASH and token.spaced)
        ):
            return None
        self.at += 1
        if token.kind is Kind.SLASH:
            return self.divided(left, token)
        if token.kind in (Kind.COMMA, Kind.SEMICOLON):
            return self.listed(left, token, binding)
        if token.kind is Kind.ARROW and (mode := self.mode()):
            return Binary("arrow", rf"\xrightarrow{{{mode}}}", left, self.expression(binding))
        right = self.expression(binding)
        if token.kind is Kind.SUM and power >= RELATION and _is_range(left, token, right):
            return Range(left, right)
        table = {Kind.RELATION: signs.RELATIONS, Kind.ARROW: signs.ARROWS, Kind.SUM: signs.SUMS}
        sign = table.get(token.kind, signs.PRODUCTS)[token.text]
        return Binary(token.kind.value, sign, left, right)

    def mode(self) -> str:
        """`→d N(0, 1)`: in which sense something converges."""
        token, after = self.peek(), self.peek(1)
        if token is None or after is None or token.spaced or not after.spaced or token.text not in "dpDP":
            return ""
        self.at += 1
        return token.text

    def binding(self, token: Token) -> int | None:
        after = self.peek(1)
        match token.kind:
            case Kind.SEMICOLON:
                return SEMICOLON
            case Kind.COMMA:
                return COMMA
            case Kind.ARROW:
                return ARROW
            case Kind.RELATION:
                return RELATION
            case Kind.SUM:
                return SUM
            case Kind.PRODUCT:
                tight = not token.spaced and after is not None and not after.spaced
                return TIGHT_PRODUCT if tight else PRODUCT
            case Kind.SLASH:
                return SLASH
            case _:
                return None

    def beside(self, left: Expression, token: Token, tight: bool) -> Expression:
        if token.kind is Kind.NUMBER and token.spaced and not _awaits_argument(left):
            raise NotAFormula(f"the number {token.text} stands beside another operand")
        right = self.expression(BESIDE, tight)
        if isinstance(left, Name) and isinstance(right, Name) and token.spaced:
            return Name(f"{left.text} {right.text}")
        items, spaced = (left.items, left.spaced) if isinstance(left, Product) else ((left,), (False,))
        return Product((*items, right), (*spaced, token.spaced))

    def joined(self, left: Expression, token: Token, power: int) -> Expression | None:
        """Words between formulas, and `mod`."""
        if token.text == "mod":
            if power >= PRODUCT:
                return None
            self.at += 1
            return Binary("product", r"\bmod", left, self.expression(PRODUCT))
        binding = JOINED if token.text in ("or", "and") else WORD
        if power >= binding:
            return None
        self.at += 1
        return Binary("words", token.text, left, self.expression(binding))

    def listed(self, left: Expression, token: Token, binding: int) -> Expression:
        items = [left]
        while True:
            items.append(self.expression(binding))
            after = self.peek()
            if after is None or after.kind is not token.kind:
                return Listing(tuple(items), token.text)
            self.at += 1

    def divided(self, left: Expression, token: Token) -> Expression:
        after = self.peek()
        tight = not token.spaced and after is not None and not after.spaced
        right = self.expression(TIGHT_PRODUCT if tight else TIGHT_PRODUCT - 1, tight)
        if isinstance(left, Fraction):
            self.guesses.append("a/b/c was read as (a/b)/c")
        if isinstance(right, Product) and isinstance(right.items[0], Number):
            self.guesses.append("a/2b was read as a/(2b)")
        if _is_differential(right) and isinstance(left, Binary) and left.level == "product":
            return Binary(left.level, left.sign, left.left, Fraction(left.right, right))
        if tight and isinstance(left, Product):
            cut = max((n for n, wide in enumerate(left.spaced) if wide), default=0)
            while cut and _awaits_argument(left.items[cut - 1]) and not _is_differential(right):
                cut -= 1
                self.guesses.append("f x/y was read as (f x)/y")
            if cut:
                items = left.items[cut:]
                top = Product(items, (False, *left.spaced[cut + 1 :])) if len(items) > 1 else items[0]
                return Product((*left.items[:cut], Fraction(top, right)), (*left.spaced[:cut], True))
        return Fraction(left, right)

    # --- operands ----------------------------------------------------------------------------------

    def operand(self) -> Expression:
        token = self.next()
        match token.kind:
            case Kind.SUM if token.text in "-−+±∓–":
                return Prefix(Constant(signs.SUMS[token.text]), self.expression(MINUS))
            case Kind.RELATION if self.at == 1 and token.text != ":":
                return Prefix(Constant(signs.RELATIONS[token.text]), self.expression(RELATION))
            case Kind.PREFIX:
                return self.prefixed(token)
            case Kind.BIG:
                return self.big(token)
            case Kind.ROOT:
                return self.root(token, signs.ROOTS[token.text])
            case Kind.SUP if (root := self.peek()) and root.kind is Kind.ROOT and not root.spaced:
                self.at += 1
                return self.root(root, token.text)
            case _:
                return self.scripted(self.atom(token))

    def prefixed(self, token: Token) -> Expression:
        sign = self.scripted(Constant(signs.PREFIXES[token.text]))
        first, second = self.peek(), self.peek(1)
        if first is None or not self.starts(first):
            return sign
        if (
            sign == Constant(r"\nabla")
            and _is_greek(first)
            and not first.spaced
            and second is not None
            and second.kind in (Kind.LETTER, Kind.WORD)
            and not second.spaced
        ):
            self.at += 1
            self.guesses.append("the first letter behind ∇ was read as its index, as in ∇θ J")
            sign = Script(sign, Symbol(first.text))
        return Prefix(sign, self.expression(PREFIX))

    def big(self, token: Token) -> Expression:
        before, after = self.peek(-2) if self.at > 1 else None, self.peek()
        if token.text in "ΣΠ" and (
            after is None
            or (
                before is not None
                and _is_matrix_end(before)
                and _is_matrix_letter(after)
                and (not token.spaced or self.is_transposed())
            )
            or after.kind is Kind.SUP
            or not (self.starts(after) or after.kind in (Kind.SUB, Kind.UNDERSCORE, Kind.CARET, Kind.SUM))
            or (after.kind is Kind.SUM and (after.spaced or after.text not in "-−"))
        ):
            return self.scripted(Symbol(f"\\{signs.GREEK[token.text]}"))
        sign = self.limits(self.scripted(Constant(signs.BIG[token.text])))
        after = self.peek()
        if after is None or not (self.starts(after) or (after.kind is Kind.SUM and not self.is_infix())):
            if token.text in "ΣΠ" and isinstance(sign, Script):
                return Script(Symbol(f"\\{signs.GREEK[token.text]}"), sign.sub, sign.sup)
            raise NotAFormula(f"{token.text} has nothing to add up")
        body = self.expression(45 if after.spaced else 55, no_wide_slash=True)
        if isinstance(sign, Script) and isinstance(body, Script) and body.base == Symbol(r"\Sigma"):
            return Product((Script(body.base, sign.sub, sign.sup), body), (False, after.spaced))
        return Big(sign, body)

    def is_infix(self) -> bool:
        """Whether white space on both sides shows that the next sign joins two operands."""
        sign, after = self.peek(), self.peek(1)
        return sign is not None and sign.spaced and after is not None and after.spaced

    def is_transposed(self) -> bool:
        """Whether the letter behind a Σ is transposed or inverted: `U Σ Vᵀ`."""
        after, script = self.peek(), self.peek(1)
        capital = after is not None and after.text.isupper()
        return capital and script is not None and script.kind is Kind.SUP and script.text in ("T", "-1", "H")

    def limits(self, sign: Expression) -> Expression:
        """The sign of a sum with the rest of its index: `Σᵢ≤k`, `Σᵢ₌₁ⁿ`."""
        token = self.peek()
        if not (isinstance(sign, Script) and sign.sub is not None and sign.sup is None and token):
            return sign
        after = self.peek(1)
        if token.kind is Kind.RELATION and not token.spaced and after is not None and not after.spaced:
            self.at += 1
            bound = self.expression(RELATION, tight=True)
            return Script(sign.base, Binary("relation", signs.RELATIONS[token.text], sign.sub, bound))
        return sign

    def root(self, token: Token, degree: str) -> Expression:
        after = self.peek()
        if after is None or not self.starts(after):
            raise NotAFormula(f"{token.text} has nothing below it")
        content = self.expression(ROOT)
        following = self.peek()
        if isinstance(content, Number) and following and not following.spaced and self.starts(following):
            if following.kind is not Kind.OPEN:
                self.guesses.append("the root was read to go on over the letters behind its number")
                rest = self.expression(BESIDE - 1, tight=True)
                return Root(Product((content, rest), (False, False)), degree)
        return Root(_bare(content), degree)

    def atom(self, token: Token) -> Expression:
        match token.kind:
            case Kind.NUMBER:
                return Number(token.text.replace("−", "-"))
            case Kind.LETTER:
                return Symbol(token.text)
            case Kind.CONSTANT:
                return Constant(signs.CONSTANTS.get(token.text, r"\ldots"))
            case Kind.WORD:
                return self.name(token)
            case Kind.BAR:
                return self.bars(token)
            case Kind.OPEN:
                return self.group(token)
            case _:
                raise NotAFormula(f"“{_shown(token)}” can't stand where it does")

    def name(self, token: Token) -> Expression:
        word, after = token.text, self.peek()
        called = after is not None and after.text == "(" and not after.spaced
        if word in ("sqrt", "abs", "norm", "cbrt") and called:
            content = _bare(self.group(self.next()))
            if word in ("sqrt", "cbrt"):
                return Root(content, "3" if word == "cbrt" else "")
            return Bars("|" if word == "abs" else "||", content)
        if word in ("inf", "infinity", "infty") and not called:
            return Constant(r"\infty")
        if word == "sum" and after is not None and after.kind is Kind.UNDERSCORE:
            self.at -= 1
            self.tokens = [
                *self.tokens[: self.at],
                token._replace(kind=Kind.BIG, text="∑"),
                *self.tokens[self.at + 1 :],
            ]
            self.at += 1
            return self.big(self.tokens[self.at - 1])
        if word == "mod" and self.open:
            return Prefix(Constant(r"\operatorname{mod}"), self.expression(RELATION))
        if word in signs.CONNECTIVES:
            raise NotAFormula(f"“{word}” can't stand where it does")
        if word == "lim" and (limit := self.limit()) is not None:
            return limit
        if (
            word in signs.FUNCTIONS
            and after is not None
            and after.kind is Kind.UNDERSCORE
            and (name := self.peek(1))
        ):
            if (
                name.kind is Kind.WORD
                and len(name.text) > 2
                and not after.spaced
                and word not in ("lim", "max", "min")
            ):
                self.at += 2
                return Function(f"{word}_{name.text}")
        if word in signs.BARE_FUNCTIONS or called or (word in signs.FUNCTIONS and self.takes_argument(after)):
            return Function(word)
        if after is not None and after.kind is Kind.UNDERSCORE and not after.spaced and word.islower():
            return self.identifier(word)
        return Name(word)

    def takes_argument(self, after: Token | None) -> bool:
        """Whether a script or a bracket stands behind a function's name."""
        return after is not None and (
            after.kind in (Kind.SUB, Kind.UNDERSCORE, Kind.SUP, Kind.CARET) or after.text in "([{"
        )

    def limit(self) -> Expression | None:
        """`lim x→0 …`, `lim_{x→0} …`: the sign with its index, and what it is the limit of."""
        first, arrow = self.peek(), self.peek(1)
        sign: Expression = Function("lim")
        if first is not None and first.kind is Kind.UNDERSCORE:
            sign = self.scripted(sign)
        elif first is not None and arrow is not None and arrow.kind is Kind.ARROW:
            variable = self.atom(self.next())
            self.at += 1
            sign = Script(sign, Binary("arrow", r"\to", variable, self.expression(BESIDE, tight=True)))
        after = self.peek()
        if not isinstance(sign, Script) or after is None or not self.starts(after):
            return sign if isinstance(sign, Script) else None
        return Big(sign, self.expression(45))

    def identifier(self, word: str) -> Expression:
        """`base_rate`: words of three letters and more with underscores between them are one name."""
        while (score := self.peek()) and score.kind is Kind.UNDERSCORE and not score.spaced:
            part = self.peek(1)
            if part is None or part.spaced or part.kind is not Kind.WORD or len(word) < 3:
                break
            word += f"_{part.text}"
            self.at += 2
        return Name(word)

    def bars(self, token: Token) -> Expression:
        self.open.append(token.text)
        content = self.expression(0)
        self.open.pop()
        closing = self.peek()
        if closing is None or closing.kind is not Kind.BAR or closing.text != token.text:
            raise NotAFormula(f"{token.text} is not closed")
        self.at += 1
        return Bars(token.text, content)

    def group(self, token: Token) -> Expression:
        self.open.append("(")
        after = self.peek()
        content: Expression = Constant("")
        if after is not None and after.kind is not Kind.CLOSE:
            content = self.expression(0)
        self.open.pop()
        closing = self.peek()
        if closing is None or closing.kind is not Kind.CLOSE:
            raise NotAFormula(f"{token.text} is not closed")
        self.at += 1
        mixed = {token.text, closing.text} <= {"(", "[", ")", "]"} and isinstance(content, Listing)
        if closing.text != signs.BRACKETS[token.text] and not (mixed and len(content.items) == 2):  # type: ignore[union-attr]
            raise NotAFormula(f"{token.text} is closed by {closing.text}")
        return Group(token.text, closing.text, content)

    # --- scripts -----------------------------------------------------------------------------------

    def scripted(self, base: Expression) -> Expression:
        sub: Expression | None = None
        sup: Expression | None = None
        while (token := self.peek()) is not None and not token.spaced:
            if token.kind is Kind.PRIME or token.kind is Kind.POSTFIX:
                self.at += 1
                base = Postfix(_script(base, sub, sup), token.text)
                sub = sup = None
            elif token.kind is Kind.SUB:
                self.at += 1
                content = self.run(token, base)
                if sup is None and sub is None and _is_power(base, token.text):
                    self.guesses.append(f"the Greek index {token.text} of a bracket was read as an exponent")
                    sup = content
                else:
                    sub = content if sub is None else Listing((sub, content), ",")
            elif (
                token.kind is Kind.CONSTANT
                and "frac" in signs.CONSTANTS.get(token.text, "")
                and isinstance(base, Symbol)
            ):
                self.at += 1  # `t½`
                sub = Constant(signs.CONSTANTS[token.text])
            elif token.kind is Kind.SUP and sup is None:
                self.at += 1
                sup = self.exponent(token, base)
            elif token.kind is Kind.UNDERSCORE and sub is None:
                self.at += 1
                sub = self.argument(base, low=True)
            elif token.kind is Kind.CARET and sup is None:
                self.at += 1
                sup = self.argument(base, low=False)
            elif token.text == "*" and sup is None and self.is_star(base):
                self.at += 1
                sup = Constant("*")
            else:
                break
        return _script(base, sub, sup)

    def is_star(self, base: Expression) -> bool:
        """`w* = …`: a star that nothing is multiplied by."""
        after = self.peek(1)
        if after is None or after.kind in (Kind.CLOSE, Kind.COMMA, Kind.RELATION, Kind.PRODUCT, Kind.SLASH):
            return True
        if after.kind is Kind.BAR:
            return bool(self.open) and self.open[-1] == after.text
        if after.spaced:
            return after.kind in (Kind.SUM, Kind.ARROW)
        return after.text == "(" and self.is_optimal(base)

    def is_optimal(self, base: Expression) -> bool:
        """`V*(s)`: the best value, policy or cost, of letters only."""
        inside = set()
        for token in self.tokens[self.at + 2 :]:
            if token.kind is Kind.CLOSE:
                break
            inside.add(token.kind)
        best = base in (Symbol("V"), Symbol("Q"), Symbol("J"), Symbol(r"\pi"))
        return best and inside <= {Kind.LETTER, Kind.COMMA, Kind.PRIME, Kind.SUB}

    def exponent(self, token: Token, base: Expression) -> Expression:
        after = self.peek()
        if token.text in ("-", "+") and after is not None and not after.spaced and self.starts(after):
            if token.text == "-" or after.kind is not Kind.OPEN:
                self.guesses.append("what stands behind the raised sign was read as part of the exponent")
                return Prefix(Constant(token.text), self.expression(BESIDE, tight=True))
        return self.run(token, base)

    def run(self, token: Token, base: Expression) -> Expression:
        """The content of a run of Unicode scripts."""
        text, above = token.text, token.kind is Kind.SUP
        if above and text == "T" and not isinstance(base, Number):
            return _TRANSPOSE
        if text in ("*", "+", "-", "'"):
            return Constant(text)
        if above and isinstance(base, Symbol) and base.tex.startswith(r"\mathbb"):
            text = re.sub(r"(?<=[A-Za-z\d])x(?=[A-Za-z\d])", "×", text)
        pair = re.fullmatch(r"(-?)([A-Za-zα-ω])([ijkmnt])", text)
        if above and base in _EXPONENT_BASES and pair:
            self.guesses.append(f"the exponent {text} of e was read as {pair[2]} with the index {pair[3]}")
            power = Script(Symbol(_letter(pair[2])), Symbol(pair[3]))
            return Prefix(Constant("-"), power) if pair[1] else power
        if text.isascii() and text.isalpha() and len(text) > 1:
            if len(text) > 2 or text in signs.FUNCTIONS:
                return Name(text)
            return Product(tuple(map(Symbol, text)), (False,) * len(text))
        return self.part(resolve(tokens(text), self.symbols)[0])

    def argument(self, base: Expression, low: bool) -> Expression:
        """What stands behind `_` or `^`."""
        token = self.next()
        if token.kind is Kind.PREFIX:
            return self.prefixed(token)
        if token.kind is Kind.SUM or (low and token.kind is Kind.RELATION):
            table = signs.SUMS if token.kind is Kind.SUM else signs.RELATIONS
            after = self.peek()
            if token.kind is Kind.SUM and (after is None or after.spaced or not self.starts(after)):
                return Constant(table[token.text])
            return Prefix(Constant(table[token.text]), self.argument(base, low))
        if token.text == "*":
            return Constant("*")
        if token.text in ("(", "{"):
            return _bare(self.group(token))
        if token.kind is Kind.WORD and low:
            return Name(token.text)
        if token.kind is Kind.LETTER and token.text == "T" and not low and _is_matrix(base):
            return _TRANSPOSE
        found = self.atom(token)
        after = self.peek()
        if token.kind is Kind.LETTER and after is not None and not after.spaced:
            found = self.lengthened(found, base, low)
        return found

    def lengthened(self, found: Expression, base: Expression, low: bool) -> Expression:
        """A letter behind `_` or `^` with what is glued to it and must belong to it."""
        while (token := self.peek()) is not None and not token.spaced:
            if token.kind is Kind.PRIME:
                self.at += 1
                found = Postfix(found, "'")
            elif token.kind is Kind.LETTER and not isinstance(found, Postfix):
                self.at += 1  # letters that were one run: `w_ij`, `e^kt`
                items = found.items if isinstance(found, Product) else (found,)
                found = Product((*items, Symbol(token.text)), (False,) * (len(items) + 1))
            elif (
                not low
                and token.kind in (Kind.UNDERSCORE, Kind.SUB)
                and (base in _EXPONENT_BASES or isinstance(base, Number))
            ) or (not low and token.kind is Kind.SUP and base in _EXPONENT_BASES):
                found = self.scripted(found)
            elif low and token.text == "|" and isinstance(found, Symbol) and self.is_conditional():
                self.at += 1
                index = self.atom(self.next())
                found = Binary("given", r"\mid", found, self.lengthened(index, base, low))
            elif (
                low
                and token.kind is Kind.COMMA
                and (word := self.peek(1))
                and not word.spaced
                and self.is_label(word)
            ):
                self.at += 2
                found = Listing((found, Name(word.text)), ",")
            elif low and token.text in "-−" and token.kind is Kind.SUM and self.is_step(found):
                number = self.tokens[self.at + 1]
                self.guesses.append(f"the index was read to go on to {token.text}{number.text}")
                self.at += 2
                found = Binary("sum", "-", found, Number(number.text))
            else:
                break
        return found

    def is_conditional(self) -> bool:
        """`x_k|k-1`: an index, given another."""
        index = self.peek(1)
        return index is not None and index.kind is Kind.LETTER and not index.spaced and not self.open

    def is_label(self, word: Token) -> bool:
        """`Y_T,post`: a word behind an index and a comma."""
        return word.kind is Kind.WORD and word.text.islower() and len(word.text) > 2

    def is_step(self, index: Expression) -> bool:
        """`h_t-1`: an index less one or two."""
        number, after = self.peek(1), self.peek(2)
        return (
            isinstance(index, Symbol)
            and index.tex in "tnik"
            and number is not None
            and number.text in ("1", "2")
            and not number.spaced
            and (after is None or after.spaced or after.kind in (Kind.CLOSE, Kind.COMMA))
        )


def _top_level(found: Sequence[Token]) -> Iterable[tuple[Token, int]]:
    """Tokens with the number of brackets around them."""
    level = 0
    for token in found:
        level -= token.kind is Kind.CLOSE
        yield token, level
        level += token.kind is Kind.OPEN


def _rows(found: Sequence[Token]) -> list[Sequence[Token]]:
    """The alternatives of a piecewise formula, parted by commas, semicolons, `else` and `otherwise`."""
    if found and found[0].text == "{":
        found = found[1:-1] if found[-1].text == "}" else found[1:]
    rows: list[list[Token]] = [[]]
    for token, level in _top_level(found):
        parts = token.kind in (Kind.COMMA, Kind.SEMICOLON) or token.text in ("else", "otherwise")
        if level or not parts:
            rows[-1].append(token)
        elif rows[-1]:
            rows.append([])
    kept = [row for row in rows if row]
    if any(row[-1].text in ("if", "for", "when") for row in kept):
        raise NotAFormula("a condition is missing")
    return kept  # type: ignore[return-value]


def _script(base: Expression, sub: Expression | None, sup: Expression | None) -> Expression:
    return Script(base, sub, sup) if sub is not None or sup is not None else base


def _awaits_argument(left: Expression) -> bool:
    """Whether the last operand is a function without an argument."""
    while isinstance(left, (Product, Script, Prefix)):
        left = (
            left.items[-1]
            if isinstance(left, Product)
            else left.base
            if isinstance(left, Script)
            else left.operand
        )
    return isinstance(left, Function)


def _bare(node: Expression) -> Expression:
    """What stands in round or curly brackets, without them."""
    if isinstance(node, Group) and (node.opening, node.closing) in (("(", ")"), ("{", "}")):
        return node.content
    return node


def _is_range(left: Expression, token: Token, right: Expression) -> bool:
    """`0.1-0.5` behind a relation: two rising numbers with nothing between them."""
    if (
        not (isinstance(left, Number) and isinstance(right, Number))
        or token.text not in "-–−"
        or token.spaced
    ):
        return False
    return float(left.text.replace(",", "")) < float(right.text.replace(",", ""))


def _is_power(base: Expression, text: str) -> bool:
    """`(1-pₜ)ᵧ`: Unicode has few raised Greek letters, so a lowered one at a bracket stands for one."""
    return (
        re.fullmatch("[α-ω]", text) is not None
        and isinstance(base, Group)
        and base.opening == "("
        and isinstance(base.content, Binary)
    )


def _is_matrix(base: Expression) -> bool:
    return isinstance(base, Group) or (
        isinstance(base, Symbol) and (base.tex.isupper() or base.tex.startswith("\\mathbf"))
    )


def _is_matrix_letter(token: Token) -> bool:
    return token.kind is Kind.LETTER


def _is_matrix_end(token: Token) -> bool:
    """`U` of `UΣVᵀ`, `ᵀ` of `wᵀΣw`."""
    return (token.kind is Kind.LETTER and token.text.isupper()) or (
        token.kind is Kind.SUP and token.text in ("T", "-1", "H")
    )


def _is_differential(node: Expression) -> bool:
    """`dt`, `∂w`: what stands below in a derivative."""
    if isinstance(node, Product):
        return node.items[0] == Symbol("d")
    return isinstance(node, Prefix) and node.sign == Constant(r"\partial")


def _is_greek(token: Token) -> bool:
    return token.kind is Kind.LETTER and token.text.startswith("\\") and "{" not in token.text


def _letter(char: str) -> str:
    return f"\\{signs.GREEK[char]}" if char in signs.GREEK else char


def _shown(token: Token) -> str:
    return token.text
