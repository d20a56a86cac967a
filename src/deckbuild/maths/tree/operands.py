"""Operands: numbers, letters, names, roots, sums with their limits, brackets and bars."""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.maths.tokens import signs, words
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tree.cursor import BESIDE, MINUS, PREFIX, RELATION, ROOT, NotAFormula
from deckbuild.maths.tree.expression import (
    Bars,
    Big,
    Binary,
    Constant,
    Expression,
    Function,
    Group,
    Listing,
    Name,
    Number,
    Prefix,
    Product,
    Root,
    Script,
    Symbol,
    Unit,
)
from deckbuild.maths.tree.scripts import Scripts, bare


class Operands(Scripts):
    """Reads one operand with all that belongs to it."""

    def operand(self) -> Expression:
        """The next operand with its scripts."""
        token = self.next()
        match token.role:
            case Role.SUM if self.is_outcome():
                return Constant(signs.SUMS[token.text])
            case Role.SUM if token.text in "-−+±∓–":
                return Prefix(Constant(signs.SUMS[token.text]), self.expression(MINUS))
            case Role.RELATION if token.text != ":" and self.opens():
                return Prefix(Constant(signs.RELATIONS[token.text]), self.expression(RELATION))
            case Role.PREFIX:
                return self.prefixed(token)
            case Role.BIG:
                return self.big(token)
            case Role.ROOT:
                return self.root(token, signs.ROOTS[token.text])
            case Role.SUP if (root := self.peek()) and root.role is Role.ROOT and not root.spaced:
                self.at += 1
                return self.root(root, token.text)
            case _:
                return self.scripted(self.atom(token))

    def is_outcome(self) -> bool:
        """Whether the sign just taken stands alone, as what came out of a test: `P(+)`, `P(D | −)`."""
        before, after = self.peek(-2) if self.at > 1 else None, self.peek()
        return (
            before is not None
            and after is not None
            and before.role in (Role.OPEN, Role.BAR)
            and after.role in (Role.CLOSE, Role.BAR)
        )

    def opens(self) -> bool:
        """Whether the token just taken is the first of the formula or of a bracket."""
        before = self.peek(-2) if self.at > 1 else None
        return before is None or before.role is Role.OPEN

    def prefixed(self, token: Token) -> Expression:
        """What stands behind ∂, ∇, Δ and their like, with the sign."""
        sign = self.scripted(Constant(signs.PREFIXES[token.text]))
        first, second = self.peek(), self.peek(1)
        if first is None or not self.starts(first):
            return sign
        if (
            sign == Constant(r"\nabla")
            and _is_greek(first)
            and not first.spaced
            and second is not None
            and second.role in (Role.LETTER, Role.WORD)
            and not second.spaced
        ):
            self.at += 1
            self.guesses.append("the first letter behind ∇ was read as its index, as in ∇θ J")
            sign = Script(sign, Symbol(first.text))
        return Prefix(sign, self.expression(PREFIX))

    def big(self, token: Token) -> Expression:
        """A sum, product or integral; or the letter, where nothing is added up."""
        before, after = self.peek(-2) if self.at > 1 else None, self.peek()
        if token.text in "ΣΠ" and (
            after is None
            or (
                before is not None
                and _is_matrix_end(before)
                and _is_matrix_letter(after)
                and (not token.spaced or self.is_transposed())
            )
            or after.role is Role.SUP
            or not (self.starts(after) or after.role in (Role.SUB, Role.UNDERSCORE, Role.CARET, Role.SUM))
            or (after.role is Role.SUM and (after.spaced or after.text not in "-−"))
        ):
            return self.scripted(Symbol(f"\\{signs.GREEK[token.text]}"))
        sign = self.limits(self.scripted(Constant(signs.BIG[token.text])))
        after = self.peek()
        if after is None or not (self.starts(after) or (after.role is Role.SUM and not self.is_infix())):
            if token.text in "ΣΠ" and isinstance(sign, Script):
                return Script(Symbol(f"\\{signs.GREEK[token.text]}"), sign.sub, sign.sup)
            raise NotAFormula(f"{token.text} has no operand")
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
        return capital and script is not None and script.role is Role.SUP and script.text in ("T", "-1", "H")

    def limits(self, sign: Expression) -> Expression:
        """The sign of a sum with the rest of its index: `Σᵢ≤k`, `Σᵢ₌₁ⁿ`."""
        token = self.peek()
        if not (isinstance(sign, Script) and sign.sub is not None and sign.sup is None and token):
            return sign
        after = self.peek(1)
        if token.role is Role.RELATION and not token.spaced and after is not None and not after.spaced:
            self.at += 1
            bound = self.expression(RELATION, tight=True)
            return Script(sign.base, Binary("relation", signs.RELATIONS[token.text], sign.sub, bound))
        return sign

    def root(self, token: Token, degree: str) -> Expression:
        """A root, the sign already taken."""
        after = self.peek()
        if after is None or not self.starts(after):
            raise NotAFormula(f"{token.text} has nothing below it")
        content = self.expression(ROOT)
        following = self.peek()
        glued = following is not None and not following.spaced and following.role is not Role.OPEN
        if glued and isinstance(content, Number) and self.starts(following):
            self.guesses.append("the root was read to go on over the letters behind its number")
            rest = self.expression(BESIDE - 1, tight=True)
            return Root(Product((content, rest), (False, False)), degree)
        return Root(bare(content), degree)

    def atom(self, token: Token) -> Expression:
        """The operand that begins with a token already taken."""
        match token.role:
            case Role.NUMBER:
                return Number(token.text.replace("−", "-"))
            case Role.LETTER:
                return Symbol(token.text)
            case Role.CONSTANT:
                return Constant(signs.CONSTANTS.get(token.text, r"\ldots"))
            case Role.WORD:
                return self.name(token)
            case Role.UNIT:
                return Unit(token.text)
            case Role.BAR:
                return self.bars(token)
            case Role.OPEN:
                return self.group(token)
            case _:
                raise NotAFormula(f"“{token.text}” can't stand where it does")

    def name(self, token: Token) -> Expression:
        """A word: a function, a name, or a sign spelled out."""
        word, after = token.text, self.peek()
        called = after is not None and after.text == "(" and not after.spaced
        if word in ("sqrt", "abs", "norm", "cbrt") and called:
            content = bare(self.group(self.next()))
            if word in ("sqrt", "cbrt"):
                return Root(content, "3" if word == "cbrt" else "")
            return Bars("|" if word == "abs" else "||", content)
        if word in ("inf", "infinity", "infty") and not called:
            return Constant(r"\infty")
        if word in ("sum", "prod") and after is not None and (called or after.role is Role.UNDERSCORE):
            return self.big(replace(token, text="∑" if word == "sum" else "∏"))
        if word == "mod" and self.open:
            return Prefix(Constant(r"\operatorname{mod}"), self.expression(RELATION))
        if word in words.CONNECTIVES:
            raise NotAFormula(f"“{word}” can't stand where it does")
        if word == "lim" and (limit := self.limit()) is not None:
            return limit
        if word in words.FUNCTIONS and (ending := self.ending(word)):
            self.at += 2
            return Function(f"{word}_{ending}")
        if word in words.BARE_FUNCTIONS or called or (word in words.FUNCTIONS and self.takes_argument(after)):
            return Function(word)
        if after is not None and after.role is Role.UNDERSCORE and not after.spaced and word.islower():
            return self.identifier(word)
        return Name(word)

    def ending(self, word: str) -> str:
        """`sim` of `cos_sim`: a word behind an underscore that is no index."""
        score, name = self.peek(), self.peek(1)
        if score is None or name is None or score.role is not Role.UNDERSCORE or score.spaced:
            return ""
        is_name = name.role is Role.WORD and len(name.text) > 2 and word not in ("lim", "max", "min")
        return name.text if is_name else ""

    def takes_argument(self, after: Token | None) -> bool:
        """Whether a script or a bracket stands behind a function's name."""
        return after is not None and (
            after.role in (Role.SUB, Role.UNDERSCORE, Role.SUP, Role.CARET) or after.text in "([{"
        )

    def limit(self) -> Expression | None:
        """`lim x→0 …`, `lim_{x→0} …`: the sign with its index, and what it is the limit of."""
        first, arrow = self.peek(), self.peek(1)
        sign: Expression = Function("lim")
        if first is not None and first.role is Role.UNDERSCORE:
            sign = self.scripted(sign)
        elif first is not None and arrow is not None and arrow.role is Role.ARROW:
            variable = self.atom(self.next())
            self.at += 1
            sign = Script(sign, Binary("arrow", r"\to", variable, self.expression(BESIDE, tight=True)))
        after = self.peek()
        if not isinstance(sign, Script) or after is None or not self.starts(after):
            return sign if isinstance(sign, Script) else None
        return Big(sign, self.expression(45))

    def identifier(self, word: str) -> Expression:
        """`base_rate`: words of three letters and more with underscores between them are one name."""
        while (score := self.peek()) and score.role is Role.UNDERSCORE and not score.spaced:
            part = self.peek(1)
            if part is None or part.spaced or part.role is not Role.WORD or len(word) < 3:
                break
            word += f"_{part.text}"
            self.at += 2
        return Name(word)

    def bars(self, token: Token) -> Expression:
        """What stands between bars, the first one already taken."""
        self.open.append(token.text)
        content = self.expression(0)
        self.open.pop()
        closing = self.peek()
        if closing is None or closing.role is not Role.BAR or closing.text != token.text:
            raise NotAFormula(f"{token.text} is not closed")
        self.at += 1
        return Bars(token.text, content)

    def group(self, token: Token) -> Expression:
        """What stands in brackets."""
        self.open.append("(")
        after = self.peek()
        content: Expression = Constant("")
        if after is not None and after.role is not Role.CLOSE:
            content = self.expression(0)
        self.open.pop()
        closing = self.peek()
        if closing is None or closing.role is not Role.CLOSE:
            raise NotAFormula(f"{token.text} is not closed")
        self.at += 1
        mixed = {token.text, closing.text} <= {"(", "[", ")", "]"} and isinstance(content, Listing)
        if closing.text != signs.BRACKETS[token.text] and not (mixed and len(content.items) == 2):  # type: ignore[union-attr]
            raise NotAFormula(f"{token.text} is closed by {closing.text}")
        return Group(token.text, closing.text, content)


def _is_matrix_letter(token: Token) -> bool:
    return token.role is Role.LETTER


def _is_matrix_end(token: Token) -> bool:
    """`U` of `UΣVᵀ`, `ᵀ` of `wᵀΣw`."""
    return (token.role is Role.LETTER and token.text.isupper()) or (
        token.role is Role.SUP and token.text in ("T", "-1", "H")
    )


def _is_greek(token: Token) -> bool:
    return token.role is Role.LETTER and token.text.startswith("\\") and "{" not in token.text
