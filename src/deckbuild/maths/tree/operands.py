"""Operands: numbers, letters, names, roots, sums with their limits, brackets and bars."""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.maths.tokens import signs, words
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tree.cursor import BESIDE, MINUS, PREFIX, RELATION, ROOT, Cursor, NotAFormula
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
from deckbuild.maths.tree.scripts import bare, scripted


def operand(cursor: Cursor) -> Expression:
    """The next operand with its scripts."""
    token = cursor.next()
    match token.role:
        case Role.SUM if _is_outcome(cursor):
            return Constant(signs.SUMS[token.text])
        case Role.SUM if token.text in "-−+±∓–":
            return Prefix(Constant(signs.SUMS[token.text]), cursor.grammar.expression(cursor, MINUS))
        case Role.RELATION if token.text != ":" and _opens(cursor):
            return Prefix(Constant(signs.RELATIONS[token.text]), cursor.grammar.expression(cursor, RELATION))
        case Role.PREFIX:
            return _prefixed(cursor, token)
        case Role.BIG:
            return _big(cursor, token)
        case Role.ROOT:
            return _root(cursor, token, signs.ROOTS[token.text])
        case Role.SUP if (root := cursor.peek()) and root.role is Role.ROOT and not root.spaced:
            cursor.at += 1
            return _root(cursor, root, token.text)
        case _:
            return scripted(cursor, atom(cursor, token))


def _is_outcome(cursor: Cursor) -> bool:
    """Whether the sign just taken stands alone, as what came out of a test: `P(+)`, `P(D | −)`."""
    before, after = cursor.peek(-2) if cursor.at > 1 else None, cursor.peek()
    return (
        before is not None
        and after is not None
        and before.role in (Role.OPEN, Role.BAR)
        and after.role in (Role.CLOSE, Role.BAR)
    )


def _opens(cursor: Cursor) -> bool:
    """Whether the token just taken is the first of the formula or of a bracket."""
    before = cursor.peek(-2) if cursor.at > 1 else None
    return before is None or before.role is Role.OPEN


def _prefixed(cursor: Cursor, token: Token) -> Expression:
    """What stands behind ∂, ∇, Δ and their like, with the sign."""
    sign = scripted(cursor, Constant(signs.PREFIXES[token.text]))
    first, second = cursor.peek(), cursor.peek(1)
    if first is None or not cursor.starts(first):
        return sign
    if (
        sign == Constant(r"\nabla")
        and _is_greek(first)
        and not first.spaced
        and second is not None
        and second.role in (Role.LETTER, Role.WORD)
        and not second.spaced
    ):
        cursor.at += 1
        cursor.guesses.append("the first letter after ∇ was read as its index, as in ∇θ J")
        sign = Script(sign, Symbol(first.text))
    return Prefix(sign, cursor.grammar.expression(cursor, PREFIX))


def _big(cursor: Cursor, token: Token) -> Expression:
    """A sum, product or integral; or the letter, where nothing is added up."""
    before, after = cursor.peek(-2) if cursor.at > 1 else None, cursor.peek()
    if token.text in "ΣΠ" and (
        after is None
        or (
            before is not None
            and _is_matrix_end(before)
            and _is_matrix_letter(after)
            and (not token.spaced or _is_transposed(cursor))
        )
        or after.role is Role.SUP
        or not (cursor.starts(after) or after.role in (Role.SUB, Role.UNDERSCORE, Role.CARET, Role.SUM))
        or (after.role is Role.SUM and (after.spaced or after.text not in "-−"))
    ):
        return scripted(cursor, Symbol(f"\\{signs.GREEK[token.text]}"))
    sign = _limits(cursor, scripted(cursor, Constant(signs.BIG[token.text])))
    after = cursor.peek()
    if after is None or not (cursor.starts(after) or (after.role is Role.SUM and not _is_infix(cursor))):
        if token.text in "ΣΠ" and isinstance(sign, Script):
            return Script(Symbol(f"\\{signs.GREEK[token.text]}"), sign.sub, sign.sup)
        raise NotAFormula(f"{token.text} has no operand")
    body = cursor.grammar.expression(cursor, 45 if after.spaced else 55, no_wide_slash=True)
    if isinstance(sign, Script) and isinstance(body, Script) and body.base == Symbol(r"\Sigma"):
        return Product((Script(body.base, sign.sub, sign.sup), body), (False, after.spaced))
    return Big(sign, body)


def _is_infix(cursor: Cursor) -> bool:
    """Whether white space on both sides shows that the next sign joins two operands."""
    sign, after = cursor.peek(), cursor.peek(1)
    return sign is not None and sign.spaced and after is not None and after.spaced


def _is_transposed(cursor: Cursor) -> bool:
    """Whether the letter behind a Σ is transposed or inverted: `U Σ Vᵀ`."""
    after, script = cursor.peek(), cursor.peek(1)
    capital = after is not None and after.text.isupper()
    return capital and script is not None and script.role is Role.SUP and script.text in ("T", "-1", "H")


def _limits(cursor: Cursor, sign: Expression) -> Expression:
    """The sign of a sum with the rest of its index: `Σᵢ≤k`, `Σᵢ₌₁ⁿ`."""
    token = cursor.peek()
    if not (isinstance(sign, Script) and sign.sub is not None and sign.sup is None and token):
        return sign
    after = cursor.peek(1)
    if token.role is Role.RELATION and not token.spaced and after is not None and not after.spaced:
        cursor.at += 1
        bound = cursor.grammar.expression(cursor, RELATION, tight=True)
        return Script(sign.base, Binary("relation", signs.RELATIONS[token.text], sign.sub, bound))
    return sign


def _root(cursor: Cursor, token: Token, degree: str) -> Expression:
    """A root, the sign already taken."""
    after = cursor.peek()
    if after is None or not cursor.starts(after):
        raise NotAFormula(f"{token.text} has nothing below it")
    content = cursor.grammar.expression(cursor, ROOT)
    following = cursor.peek()
    glued = following is not None and not following.spaced and following.role is not Role.OPEN
    if glued and isinstance(content, Number) and cursor.starts(following):
        cursor.guesses.append("the root was read as covering the letters after its number")
        rest = cursor.grammar.expression(cursor, BESIDE - 1, tight=True)
        return Root(Product((content, rest), (False, False)), degree)
    return Root(bare(content), degree)


def atom(cursor: Cursor, token: Token) -> Expression:
    """The operand that begins with a token already taken."""
    match token.role:
        case Role.NUMBER:
            return Number(token.text.replace("−", "-"))
        case Role.LETTER:
            return Symbol(token.text)
        case Role.CONSTANT:
            return Constant(signs.CONSTANTS.get(token.text, r"\ldots"))
        case Role.WORD:
            return _name(cursor, token)
        case Role.UNIT:
            return Unit(token.text)
        case Role.BAR:
            return _bars(cursor, token)
        case Role.OPEN:
            return group(cursor, token)
        case _:
            raise NotAFormula(f"“{token.text}” can't stand where it does")


def _name(cursor: Cursor, token: Token) -> Expression:
    """A word: a function, a name, or a sign spelled out."""
    word, after = token.text, cursor.peek()
    called = after is not None and after.text == "(" and not after.spaced
    if word in ("sqrt", "abs", "norm", "cbrt") and called:
        content = bare(group(cursor, cursor.next()))
        if word in ("sqrt", "cbrt"):
            return Root(content, "3" if word == "cbrt" else "")
        return Bars("|" if word == "abs" else "||", content)
    if word in ("inf", "infinity", "infty") and not called:
        return Constant(r"\infty")
    if word in ("sum", "prod") and after is not None and (called or after.role is Role.UNDERSCORE):
        return _big(cursor, replace(token, text="∑" if word == "sum" else "∏"))
    if word == "mod" and cursor.open:
        return Prefix(Constant(r"\operatorname{mod}"), cursor.grammar.expression(cursor, RELATION))
    if word in words.CONNECTIVES:
        raise NotAFormula(f"“{word}” can't stand where it does")
    if word == "lim" and (limit := _limit(cursor)) is not None:
        return limit
    if word in words.FUNCTIONS and (ending := _ending(cursor, word)):
        cursor.at += 2
        return Function(f"{word}_{ending}")
    if word in words.BARE_FUNCTIONS or called or (word in words.FUNCTIONS and _takes_argument(cursor, after)):
        return Function(word)
    if after is not None and after.role is Role.UNDERSCORE and not after.spaced and word.islower():
        return _identifier(cursor, word)
    return Name(word)


def _ending(cursor: Cursor, word: str) -> str:
    """`sim` of `cos_sim`: a word behind an underscore that is no index."""
    score, name = cursor.peek(), cursor.peek(1)
    if score is None or name is None or score.role is not Role.UNDERSCORE or score.spaced:
        return ""
    is_name = name.role is Role.WORD and len(name.text) > 2 and word not in ("lim", "max", "min")
    return name.text if is_name else ""


def _takes_argument(cursor: Cursor, after: Token | None) -> bool:
    """Whether a script or a bracket stands behind a function's name."""
    return after is not None and (
        after.role in (Role.SUB, Role.UNDERSCORE, Role.SUP, Role.CARET) or after.text in "([{"
    )


def _limit(cursor: Cursor) -> Expression | None:
    """`lim x→0 …`, `lim_{x→0} …`: the sign with its index, and what it is the limit of."""
    first, arrow = cursor.peek(), cursor.peek(1)
    sign: Expression = Function("lim")
    if first is not None and first.role is Role.UNDERSCORE:
        sign = scripted(cursor, sign)
    elif first is not None and arrow is not None and arrow.role is Role.ARROW:
        variable = atom(cursor, cursor.next())
        cursor.at += 1
        sign = Script(
            sign, Binary("arrow", r"\to", variable, cursor.grammar.expression(cursor, BESIDE, tight=True))
        )
    after = cursor.peek()
    if not isinstance(sign, Script) or after is None or not cursor.starts(after):
        return sign if isinstance(sign, Script) else None
    return Big(sign, cursor.grammar.expression(cursor, 45))


def _identifier(cursor: Cursor, word: str) -> Expression:
    """`base_rate`: words of three letters and more with underscores between them are one name."""
    while (score := cursor.peek()) and score.role is Role.UNDERSCORE and not score.spaced:
        part = cursor.peek(1)
        if part is None or part.spaced or part.role is not Role.WORD or len(word) < 3:
            break
        word += f"_{part.text}"
        cursor.at += 2
    return Name(word)


def _bars(cursor: Cursor, token: Token) -> Expression:
    """What stands between bars, the first one already taken."""
    cursor.open.append(token.text)
    content = cursor.grammar.expression(cursor, 0)
    cursor.open.pop()
    closing = cursor.peek()
    if closing is None or closing.role is not Role.BAR or closing.text != token.text:
        raise NotAFormula(f"{token.text} is not closed")
    cursor.at += 1
    return Bars(token.text, content)


def group(cursor: Cursor, token: Token) -> Expression:
    """What stands in brackets."""
    cursor.open.append("(")
    after = cursor.peek()
    content: Expression = Constant("")
    if after is not None and after.role is not Role.CLOSE:
        content = cursor.grammar.expression(cursor, 0)
    cursor.open.pop()
    closing = cursor.peek()
    if closing is None or closing.role is not Role.CLOSE:
        raise NotAFormula(f"{token.text} is not closed")
    cursor.at += 1
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
