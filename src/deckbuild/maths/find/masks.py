"""What no formula holds, whatever signs it has: addresses, paths, references, code, releases, tags, chords, moves.

It is blotted out before formulas are looked for, so that it gives no symbols either; places stay as they are.
"""

from __future__ import annotations

import re

from deckbuild.machine.regex import regex
from deckbuild.maths.find import addresses
from deckbuild.maths.find.links import blanked
from deckbuild.maths.find.programs import is_statement
from deckbuild.maths.tokens.signs import GREEK_NAMES
from deckbuild.maths.tokens.units import BRACKETED

BLOT = "#"
"""A sign that no formula holds, nor goes on behind."""

_HINT = regex(
    r"[:/@\[\\]|\d[-–]\d|[IViv][-–]|_[a-z]+_|[#♭♯njgsd]\d|v\d|\bb\d|[a-h][1-8]|O-O"
    r"|[·•]|  \||\|  |[A-G][b#♭♯]?(?:maj|m|dim|aug|sus|add)|--\w|<[a-z]{2}|[-—–)\]]\s?[→⟶⇌⇄>]|[—–].{1,24}[→⟶⇌⇄>]"
)
"""Something that each of them has."""

_GREEK = "|".join(sorted(GREEK_NAMES))
_OF_ARROW = r"(?:\d{1,2}\s?)?[A-Z(\[][\w()\[\]=≡·⁺⁻₀-₉-]{0,40}\+?"
_ABOVE_ARROW = (
    r"(?:[-—–]{1,3}\s?[(\[][^()\[\]]{1,40}[)\]]\s?|[—–]{1,2}\s?[^\W_][\w²³₀-₉,°/%\ ]{0,20})[-—–]{0,3}[>→⟶⇌⇄]"
)
"""What reacts, and an arrow with conditions in it, `—(H2SO4, Δ)→`: of a reaction that is not set no part is set."""

_MASKED = regex(
    rf"""
      (?:{_OF_ARROW}(?:\s\+\s{_OF_ARROW}){{0,9}}\s?)?{_ABOVE_ARROW}(?:\s?{_OF_ARROW}(?:\s\+\s{_OF_ARROW}){{0,9}})?
    | (?:https?|ftps?|file|mailto|doi|arxiv|urn|isbn):\s?[^\s<>]+ | \bwww\.\S+
    | \b10\.\d{{4,9}}/\S+
    | (?<![\w.+-])[\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+
    | (?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|io|dev|html?|php|pdf|txt|md|py|js|json|ya?ml|csv)\b
      (?:[/?\#]\S*)?
    | (?<![\w)\]}}/])(?:~|\.{{1,2}}|[A-Z]:)?[/\\](?!(?:{_GREEK})\b)(?:[\w.-]+[/\\])+[\w.*-]*
    | (?<![\w-])[\w-]+(?:/[\w-]+){{3,}}
    | \b(?:[Vv]ol|[Nn]o|pp?|[Cc]h|[Ff]ig|[Ee]q|[Ss]ec|S|Bd|Nr|[Pp]ag)\.\s?\d[\d.]*(?:\s?[-–]\s?\d+)?
    | \b\d+(?:\s?\(\d+\))?[,:]\s?\d+[-–]\d+(?:[,.]?\s?\(?(?:1[89]|20)\d\d\)?)?
    | (?<=[a-z]{{3}})[.,]?\s?\[\d+(?:\s?[-–,]\s?\d+)*\](?=[\s.,;:)]|$)
    | \b[a-z]\w*(?:_[a-z]\w+){{2,}}\b
    | (?<!\w)v\d+(?:\.\d+)+[\w.-]*(?:/v?\d+(?:\.\d+)+[\w.-]*)*
    | <[a-z]{{2}}[a-z0-9]*(?:\s[^<>]*|/)?>
    | (?<!\w)(?:[LlCc]e|[Uu]n|[Dd]u)[·•][ael]+(?!\w)
    | (?<![\w·•])[a-zà-ÿ]{{2,}}[·•](?:e|s|x|se|le|ne|ve|te|ice|rice|trice)(?:[·•]?s)?(?!\w)
    | \s\|\s{{2,}} | \s{{2,}}\|(?=\s)
    | (?<!\S)--[a-z][\w-]+(?:=\S+)?
    | \b[A-Z]{{1,3}}:[A-Z]{{1,2}}(?:/[A-Z]{{1,3}}:[A-Z]{{1,2}})+
    | (?<![\w)])[IViv]{{1,4}}[°o+]?(?:\s?[-–]\s?[IViv]{{1,4}}[°o+]?)+(?![\w(=])
    | (?<!\w)(?:maj|min|dim|aug|sus|add)\d+\w*
    | (?<![\w^_])[b\#♭♯]\d{{1,2}}(?![\w(=])
    | (?<!\w)[A-G][b\#♭♯]?(?:maj|min|m(?=\d)|dim|aug|sus|add)\d{{0,2}}(?:/[A-G][b\#♭♯]?)?(?!\w)
    | (?<!\w)\d{{1,3}}\.(?:\.\.)?\s?(?:[KQRBN]?[a-h]?[1-8]?x?[a-h][1-8](?:=[QRBN])?|O-O(?:-O)?)[+\#!?]*
    | (?<!\w)(?:[KQRBN][a-h]?[1-8]?x?[a-h][1-8]|[a-h][1-8]\s?[-x]\s?[a-h][1-8]|O-O(?:-O)?)[+\#!?]*(?!\w)
    """,
    re.VERBOSE,
)


def masked(text: str) -> str:
    """The text with all that is no formula blotted out, and marks of links blank; as long as before."""
    if "\t" in text.strip():
        text = text.replace("\t", BLOT)
    if is_statement(text):
        return BLOT * len(text)
    text = addresses.masked(text).replace(addresses.MASK, BLOT)
    if not _HINT.search(text):
        return text
    text = _MASKED.sub(lambda found: BLOT * len(found[0]), text)
    text = BRACKETED.sub(lambda found: BLOT * len(found[0]), text)
    return blanked(text)
