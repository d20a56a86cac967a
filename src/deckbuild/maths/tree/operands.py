"""Operands: numbers, letters and names, and what `prefixes` and `brackets` read."""

from __future__ import annotations

from msgspec.structs import replace

from deckbuild.maths.tokens import signs, words
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tree.brackets import bars, group
from deckbuild.maths.tree.cursor import BESIDE, MINUS, RELATION, Cursor, NotAFormula
from deckbuild.maths.tree.expression import (
    Bars,
    Big,
    Binary,
    Constant,
    Expression,
    Function,
    Measure,
    Name,
    Number,
    Prefix,
    Root,
    Script,
    Symbol,
)
from deckbuild.maths.tree.prefixes import big, prefixed, root_of
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
            return prefixed(cursor, token)
        case Role.BIG:
            return big(cursor, token)
        case Role.ROOT:
            return root_of(cursor, token, signs.ROOTS[token.text])
        case Role.SUP if (root := cursor.peek()) and root.role is Role.ROOT and not root.spaced:
            cursor.at += 1
            return root_of(cursor, root, token.text)
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
            return Measure(token.text)
        case Role.BAR:
            return bars(cursor, token)
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
        return big(cursor, replace(token, text="∑" if word == "sum" else "∏"))
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
    first, arrow, behind = cursor.peek(), cursor.peek(1), cursor.peek(2)
    sign: Expression = Function("lim")
    if first is not None and first.role is Role.UNDERSCORE:
        sign = scripted(cursor, sign)
    elif first is not None and Role.ARROW in (
        arrow and arrow.role,
        first.role is Role.PREFIX and behind and behind.role,
    ):
        variable = operand(cursor)
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
