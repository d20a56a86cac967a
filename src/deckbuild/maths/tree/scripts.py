"""Indices, exponents, primes and stars: runs of Unicode scripts, and what stands behind `_` and `^`."""

from __future__ import annotations

import re

from deckbuild.maths.tokens import signs, words
from deckbuild.maths.tokens.letters import is_label, resolve
from deckbuild.maths.tokens.lexer import tokens
from deckbuild.maths.tokens.token import Role, Token
from deckbuild.maths.tree.brackets import group
from deckbuild.maths.tree.cursor import BESIDE, PREFIX, Cursor
from deckbuild.maths.tree.expression import (
    Binary,
    Constant,
    Expression,
    Function,
    Group,
    Listing,
    Name,
    Number,
    Postfix,
    Prefix,
    Product,
    Script,
    Symbol,
)
from deckbuild.maths.tree.stars import is_star

_EXPONENT_BASES = (Symbol("e"), Function("exp"))
_TRANSPOSE = Constant(r"\top")


def scripted(cursor: Cursor, base: Expression) -> Expression:
    """The base with all that stands raised, lowered or as a prime behind it."""
    sub: Expression | None = None
    sup: Expression | None = None
    while (token := cursor.peek()) is not None and (not token.spaced or token.role is Role.POSTFIX):
        if token.role is Role.PRIME or token.role is Role.POSTFIX:
            cursor.at += 1
            base = Postfix(_script(base, sub, sup), token.text)
            sub = sup = None
        elif token.role is Role.SUB:
            cursor.at += 1
            content = _run(cursor, token, base)
            if sup is None and sub is None and _is_power(base, token.text):
                cursor.guesses.append(f"the Greek index {token.text} of a bracket was read as an exponent")
                sup = content
            else:
                sub = content if sub is None else Listing((sub, content), ",")
        elif (
            token.role is Role.CONSTANT
            and "frac" in signs.CONSTANTS.get(token.text, "")
            and isinstance(base, Symbol)
        ):
            cursor.at += 1  # `t½`
            sub = Constant(signs.CONSTANTS[token.text])
        elif token.role is Role.SUP and sup is None:
            cursor.at += 1
            sup = _exponent(cursor, token, base)
        elif token.role is Role.UNDERSCORE and sub is None:
            cursor.at += 1
            sub = _argument(cursor, base, low=True)
        elif token.role is Role.CARET and sup is None:
            cursor.at += 1
            sup = _argument(cursor, base, low=False)
        elif token.text == "*" and sup is None and is_star(cursor, base):
            cursor.at += 1
            sup = Constant("*")
        else:
            break
    return _script(base, sub, sup)


def _exponent(cursor: Cursor, token: Token, base: Expression) -> Expression:
    """A run of superscripts; after a lone sign with the operand behind it."""
    after = cursor.peek()
    if after is None or after.spaced or not cursor.starts(after):
        return _run(cursor, token, base)
    if token.text == "-" or (token.text == "+" and after.role is not Role.OPEN):
        cursor.guesses.append("what follows the raised sign was read as part of the exponent")
        return Prefix(Constant(token.text), cursor.grammar.expression(cursor, BESIDE, tight=True))
    return _run(cursor, token, base)


def _run(cursor: Cursor, token: Token, base: Expression) -> Expression:
    """The content of a run of Unicode scripts."""
    text, above = token.text, token.role is Role.SUP
    if above and text == "T" and not isinstance(base, Number):
        return _TRANSPOSE
    if text in ("*", "+", "-", "'"):
        return Constant(text)
    if above and isinstance(base, Symbol) and base.tex.startswith(r"\mathbb"):
        text = re.sub(r"(?<=[A-Za-z\d])x(?=[A-Za-z\d])", "×", text)
    pair = re.fullmatch(r"(-?)([A-Za-zα-ω])([ijkmnt])", text)
    if above and base in _EXPONENT_BASES and pair:
        cursor.guesses.append(f"the exponent {text} of e was read as {pair[2]} with the index {pair[3]}")
        power = Script(Symbol(_letter(pair[2])), Symbol(pair[3]))
        return Prefix(Constant("-"), power) if pair[1] else power
    if text.isascii() and text.isalpha() and len(text) > 1:
        if len(text) > 2 or text in words.FUNCTIONS:
            return Name(text)
        return Product(tuple(map(Symbol, text)), (False,) * len(text))
    return cursor.grammar.part(cursor, resolve(tokens(text), cursor.symbols)[0])


def _argument(cursor: Cursor, base: Expression, low: bool) -> Expression:
    """What stands behind `_` or `^`."""
    token = cursor.next()
    if token.role is Role.PREFIX:
        cursor.at -= 1
        return cursor.grammar.expression(cursor, PREFIX)
    if token.role is Role.SUM or (low and token.role is Role.RELATION):
        table = signs.SUMS if token.role is Role.SUM else signs.RELATIONS
        after = cursor.peek()
        if token.role is Role.SUM and (after is None or after.spaced or not cursor.starts(after)):
            return Constant(table[token.text])
        return Prefix(Constant(table[token.text]), _argument(cursor, base, low))
    if token.text == "*":
        return Constant("*")
    if token.text in ("(", "{"):
        return bare(group(cursor, token))
    if token.role is Role.WORD and low:
        return _labelled(cursor, Name(token.text))
    if token.role is Role.LETTER and token.text == "T" and not low and _is_matrix(base):
        return _TRANSPOSE
    found = cursor.grammar.atom(cursor, token)
    after = cursor.peek()
    if token.role is Role.LETTER and after is not None and not after.spaced:
        found = _lengthened(cursor, found, base, low)
    return found


def _lengthened(cursor: Cursor, found: Expression, base: Expression, low: bool) -> Expression:
    """A letter behind `_` or `^` with what is glued to it and must belong to it."""
    while (token := cursor.peek()) is not None and not token.spaced:
        if token.role is Role.PRIME:
            cursor.at += 1
            found = Postfix(found, "'")
        elif low and token.role is Role.SUB and isinstance(found, Symbol) and token.text.isdecimal():
            cursor.at += 1  # `γ_M0`
            found = Product((found, Number(token.text)), (False, False))
        elif not low and token.text == "(" and isinstance(found, Symbol) and found.tex.startswith("\\"):
            cursor.at += 1  # `a^phi(n)`
            found = Product((found, group(cursor, token)), (False, False))
        elif token.role is Role.LETTER and not isinstance(found, Postfix):
            cursor.at += 1  # letters that were one run: `w_ij`, `e^kt`
            items = found.items if isinstance(found, Product) else (found,)
            found = Product((*items, Symbol(token.text)), (False,) * (len(items) + 1))
        elif (
            not low
            and token.role in (Role.UNDERSCORE, Role.SUB)
            and (base in _EXPONENT_BASES or isinstance(base, (Number, Group)))
        ) or (not low and token.role is Role.SUP and base in _EXPONENT_BASES):
            found = scripted(cursor, found)
        elif low and token.text == "|" and isinstance(found, Symbol) and _is_conditional(cursor):
            cursor.at += 1
            index = cursor.grammar.atom(cursor, cursor.next())
            found = Binary("given", r"\mid", found, _lengthened(cursor, index, base, low))
        elif (
            low
            and token.role is Role.COMMA
            and (word := cursor.peek(1))
            and not word.spaced
            and is_label(word)
        ):
            cursor.at += 2
            found = Listing((found, Name(word.text)), ",")
        elif low and token.text in "-−" and token.role is Role.SUM and _is_step(cursor, found):
            number = cursor.tokens[cursor.at + 1]
            cursor.guesses.append(f"the index was read as extending to {token.text}{number.text}")
            cursor.at += 2
            found = Binary("sum", "-", found, Number(number.text))
        else:
            break
    return found


def _labelled(cursor: Cursor, found: Expression) -> Expression:
    """An index with the words that commas tie to it: `W_net,in`."""
    while (comma := cursor.peek()) and comma.role is Role.COMMA and not comma.spaced:
        word = cursor.peek(1)
        if word is None or word.spaced or word.role not in (Role.WORD, Role.LETTER):
            break
        cursor.at += 2
        item: Expression = Name(word.text) if word.role is Role.WORD else Symbol(word.text)
        found = Listing((*(found.items if isinstance(found, Listing) else (found,)), item), ",")
    return found


def _is_conditional(cursor: Cursor) -> bool:
    """`x_k|k-1`: an index, given another."""
    index = cursor.peek(1)
    return index is not None and index.role is Role.LETTER and not index.spaced and not cursor.open


def _is_step(cursor: Cursor, index: Expression) -> bool:
    """`h_t-1`: an index less one or two."""
    number, after = cursor.peek(1), cursor.peek(2)
    return (
        isinstance(index, Symbol)
        and index.tex in "tnik"
        and number is not None
        and number.text in ("1", "2")
        and not number.spaced
        and (after is None or after.spaced or after.role in (Role.CLOSE, Role.COMMA))
    )


def bare(node: Expression) -> Expression:
    """What stands in round or curly brackets, without them."""
    if isinstance(node, Group) and (node.opening, node.closing) in (("(", ")"), ("{", "}")):
        return node.content
    return node


def _script(base: Expression, sub: Expression | None, sup: Expression | None) -> Expression:
    return Script(base, sub, sup) if sub is not None or sup is not None else base


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


def _letter(char: str) -> str:
    return f"\\{signs.GREEK[char]}" if char in signs.GREEK else char
