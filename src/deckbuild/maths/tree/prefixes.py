"""Signs before an operand: ∂ and ∇, sums with their limits, roots."""

from __future__ import annotations

from deckbuild.maths.tokens import signs
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tree.cursor import BESIDE, PREFIX, RELATION, ROOT, Cursor, NotAFormula
from deckbuild.maths.tree.expression import (
    Big,
    Binary,
    Constant,
    Expression,
    Group,
    Number,
    Prefix,
    Product,
    Root,
    Script,
    Symbol,
)
from deckbuild.maths.tree.scripts import bare, scripted


def prefixed(cursor: Cursor, token: Token) -> Expression:
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


def big(cursor: Cursor, token: Token) -> Expression:
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


def root_of(cursor: Cursor, token: Token, degree: str) -> Expression:
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
    if isinstance(content, Group) and (content.opening, content.closing) == ("[", "]"):
        return Root(content.content, degree)
    return Root(bare(content), degree)


def _is_matrix_letter(token: Token) -> bool:
    return token.role is Role.LETTER


def _is_matrix_end(token: Token) -> bool:
    """`U` of `UΣVᵀ`, `ᵀ` of `wᵀΣw`."""
    return (token.role is Role.LETTER and token.text.isupper()) or (
        token.role is Role.SUP and token.text in ("T", "-1", "H")
    )


def _is_greek(token: Token) -> bool:
    return token.role is Role.LETTER and token.text.startswith("\\") and "{" not in token.text
