"""Stars that are raised, `w*` and `V*(s)`, and multiply nothing."""

from __future__ import annotations

from deckbuild.maths.tokens.token import Role
from deckbuild.maths.tree.cursor import Cursor
from deckbuild.maths.tree.expression import Expression, Symbol


def is_star(cursor: Cursor, base: Expression) -> bool:
    """`w* = …`: a star that nothing is multiplied by."""
    after = cursor.peek(1)
    if after is None or after.role in (Role.CLOSE, Role.COMMA, Role.RELATION, Role.PRODUCT, Role.SLASH):
        return True
    if after.role is Role.BAR:
        return bool(cursor.open) and cursor.open[-1] == after.text
    if after.spaced:
        return True
    return after.text == "(" and _is_optimal(cursor, base)


def _is_optimal(cursor: Cursor, base: Expression) -> bool:
    """`V*(s)`: the best value, policy or cost, of letters only."""
    inside = set()
    for token in cursor.tokens[cursor.at + 2 :]:
        if token.role is Role.CLOSE:
            break
        inside.add(token.role)
    best = base in (Symbol("V"), Symbol("Q"), Symbol("J"), Symbol(r"\pi"))
    return best and inside <= {Role.LETTER, Role.COMMA, Role.PRIME, Role.SUB}
