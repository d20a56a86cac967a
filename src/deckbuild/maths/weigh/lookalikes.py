"""Text that parses like a formula and is none: programs, shells, labels, quantities, footnotes.

Each pattern comes with its weight against a formula and its reason. Those in `WHOLE` must match all of the
text. They were collected from documents of programming and of daily life.
"""

from __future__ import annotations

import re

from deckbuild.machine.regex import regex
from deckbuild.maths.tokens.words import SUBSTANCE

_PROGRAM, _LABEL, _CERTAIN = -5, -4, -12

_EXPANDED = regex(r"\s*(?P<short>[A-Z][A-Za-z&/]{1,7})\s*=\s*(?P<words>[^=]*[a-z]{2}[^=]*)")
_INITIAL = regex(r"(?<![^\W\d_])[^\W\d_]|(?<=[a-z])[A-Z]")


def is_expansion(text: str) -> bool:
    """Whether words say what an abbreviation stands for: `SWOT = Strengths + Weaknesses + …`."""
    match = _EXPANDED.fullmatch(text)
    if match is None:
        return False
    initials = iter("".join(_INITIAL.findall(match["words"])).lower())
    return all(letter in initials for letter in match["short"].lower() if letter.isalpha())


ANYWHERE: tuple[tuple[re.Pattern[str], int, str], ...] = tuple(
    (regex(pattern, re.MULTILINE), weight, reason)
    for pattern, weight, reason in (
        (r"[A-Za-z_]\w+\.[A-Za-z_]\w*|\w\.[A-Za-z_]\w*\(", _PROGRAM, "a dotted name"),
        (r"\d\.\d+\.\d", _CERTAIN, "a version"),
        (r"[/,]\s?(?:CN|OU?|ST|DC)=\w|/[CL]=[A-Z]", _CERTAIN, "a distinguished name"),
        (r"==|\+=|-=|\*=|/=|&&|//|::|\+\+|--(?=\w)|\{\}|;\s*$", _PROGRAM, "a programming operator"),
        (r"[\"`]|(?<![\w)\]])'[^']*'", _PROGRAM, "a quoted string"),
        (
            r"\b(?:def|import|return|class|lambda(?=\s+\w+\s*:)|print|elif|None|True|False|void|public|static|SELECT|FROM|echo|"
            r"function|(?:const|let|var|int|float|char)(?=\s+\w+\s*[=;]))\b|\bfor \w+ in\b"
            r"|^\s*(?:if|else|for|while)\b.*:\s*$",
            _PROGRAM,
            "a programming keyword",
        ),
        (
            r"\b[a-z]{3,}_[a-z]{3,}|\b[a-z]+[A-Z][a-z]+[A-Z]|\b[A-Z]{3,}_[A-Z]{3,}|\b[A-Z]{4,}_[A-Z]{2,}",
            _PROGRAM,
            "an identifier",
        ),
        (r"\w\(\w{2,}\s*=(?!=)|\b[a-z]{2,}_\w{2,}\(", _PROGRAM, "a function call in code"),
        (
            r"\w\(\)|[=(]\s*(?:\(\)|\[\]|\{\})|\$_?[A-Z]{2}|\b0x[\dA-Fa-f]{2}",
            _CERTAIN,
            "nothing but code has it",
        ),
        (
            r"=\s*(?:set|list|dict|tuple|str|int|float|bool|type|input|open)\(|\b[a-z]\w+\([^()=]*,\s*\w+\s?=(?!=)",
            _CERTAIN,
            "a function call in code",
        ),
        (r"\w\[[^\[\]]*:[^\[\]]*\]", _PROGRAM, "a slice"),
        (r"\b[xX]{3,}\b", _PROGRAM, "a place holder"),
        (r"\b(?:I/O|N/A|R/W|W/R|w/o)\b", _CERTAIN, "an abbreviation with a slash"),
        (r"\b(?:alpha|beta|rc)\.\d", _CERTAIN, "a version"),
        (r"(?<![^\W\d_])[α-ω]{4,}(?![^\W\d_])", _CERTAIN, "a word in Greek"),
        (
            r"\b(?:range|len|append|sorted|enumerate|lm|glm|printf|malloc|sizeof)\(",
            _PROGRAM,
            "a programming function",
        ),
        (r"\b[a-z]_[a-z]{4,}\s*=\s*[\d'\"]", _PROGRAM, "a parameter in code"),
        (r"\b[a-z]{4,}\*\d|=\s*\[\s*-?\d+(?:\s*,\s*-?\d+){2,}\s*\]", _PROGRAM, "an expression in code"),
        (r"\b[A-Za-z]{2,}\d+[a-z]\w*\(", _PROGRAM, "a function call in code"),
        (r"(?:^|[(,]\s*)[A-Za-z]\w*\s*=>|(?<![\w)])\([\w\s,]*\)\s*=>", _PROGRAM, "a function in code"),
        (r"^\w+\s*~\s*[\w.]+(?:\s*[-+:*]\s*[\w.]+)+$", _PROGRAM, "a statistical model"),
        (r"\[\s*:|:\s*\]|\w:\w+:\w", _PROGRAM, "a slice"),
        (r"(?:^|[A-Za-z]\s+)--?[a-z]{2,}", _PROGRAM, "a command-line flag"),
        (
            r"(?:^|\s)(?!log|ln|sin|cos|tan|exp|max|min|det)[a-z]{2,}\s+-{1,2}[A-Za-z0-9]",
            _PROGRAM,
            "a command with a flag",
        ),
        (r"(?<=[\w)])\s+-[A-Za-z\d](?!\S*\s+[-+]\s)", -3, "a sign attached only to what follows it"),
        (r"https?:|\w@\w|\\\\|(?:^|\s)[.~]{0,2}/[A-Za-z_](?!\s)", _PROGRAM, "an address or a path"),
        (r"\S/[^\s/()+=*]*/[^\s/()+=*]*/\S", _PROGRAM, "many slashes"),
        (r"\b(?i:min|maj|dim|sus|aug|add)(?:\d|\s*[-–]\s*\d)", _CERTAIN, "a chord"),
        (r"[A-Za-z\d+/]{24,}", _CERTAIN, "a key or a digest"),
        (r"\bU\+[\dA-F]{4,}", _CERTAIN, "a code point"),
        (r"\d{2,}-\d{3,}|[A-Z]-\d{3}|[A-Z]{4,}/[A-Z]{4,}|[A-Z][-–][A-Z]/\d", _PROGRAM, "an item number"),
        (
            r"\d[-–]\d+(?:\.\d+)?\s?[A-Za-z]|\d/[a-z]{2,3}(?![a-z(])|[02-9]/[a-z]{4}(?![a-z]*\()",
            _PROGRAM,
            "numbers with a unit",
        ),
        (r"\[(?:[aA]-[zZ]|0-9)", _PROGRAM, "a character range"),
        (
            r"[A-Za-z]{3,}\W?\s*(?:→|->|=>|⟶)|(?:→|->|=>|⟶)\s*[A-Za-z]{3,}(?![({])",
            _PROGRAM,
            "an arrow between words",
        ),
    )
)

WHOLE: tuple[tuple[re.Pattern[str], int, str], ...] = tuple(
    (regex(pattern), weight, reason)
    for pattern, weight, reason in (
        (
            r"[A-Za-z0-9]+-[α-ωΑ-Ω]|[A-Z]-\d{2,}|[A-Z]-\d[a-z]|Δ?[A-Z]\d{3,}|[a-z]_[a-z]{4,}",
            _LABEL,
            "a label",
        ),
        (
            r"[A-Za-z](?:/[A-Za-z\d])+|\([A-Za-z](?:/[A-Za-z]){2,}\)|[A-Z]{2,}\d+-[A-Z\d]+|[A-Za-z]/[A-Za-z\d]|[A-Z]&[A-Z]|[^\W\d]\d/[^\W\d]\d",
            _LABEL,
            "a label",
        ),
        (r"[A-Z][-–=≡][A-Z]|\([A-Za-z]/[A-Za-z]\)", _LABEL, "a pair or a bond"),
        (
            r"(?:\d{2,}|[IVX]{2,}|[A-Z]-\d+)/[A-Z][-–]\d+|[A-Z]/\d[A-Z]{2,}|\d{2,}[ip](?:/\d{2,3}[ip]?)+",
            _LABEL,
            "a number of a standard",
        ),
        (r"[A-Za-z]/\d+|\d{3,}[a-z]?/[a-z]|\d/e|\d+[kKMG]?/\d+[kKMG]", _LABEL, "a label"),
        (
            r"\(?(?!d[A-Za-z]\s?/\s?d[A-Za-z]\b)(?=\(?[A-Za-z\s/]*[A-Za-z]{2})[A-Za-z]+\s?/\s?[A-Za-z]+\)?",
            _LABEL,
            "names and a slash",
        ),
        (r"[a-z]_[a-z]{3,}/[a-z]_[a-z]{3,}", _PROGRAM, "identifiers"),
        (r"[IVX]+(?:\s?[-+&]\s?[IVX]+)+", _LABEL, "Roman numbers"),
        (r"[aA]-[zZ]", _PROGRAM, "a character range"),
        (
            r"A/B|[A-Z](?:-[A-Z\d]){2,}|([a-z])-\1|[\dN]-D|\dσ\s?[-–:]\s?[\d.]+\s?%?",
            _PROGRAM,
            "a label",
        ),
        (r"[α-ωΑ-Ω]{3,}|τ[ιοαη]|με|να|σε|θα|οι|ως|αν|δε", _PROGRAM, "a word in Greek"),
        (
            rf"(?=.*[a-z\d₂-₉])(?:{SUBSTANCE}(?:_?\{{?\d\}}?)?)+/(?:{SUBSTANCE}(?:_?\{{?\d\}}?)?)+",
            _LABEL,
            "substances",
        ),
        (r"\(?[a-z](?:,\s?[a-z])+\)?\s*=\s*\(?[a-z](?:,\s?[a-z])+\)?", _PROGRAM, "an exchange in code"),
        (r"[α-ωΑ-Ω](?:/[α-ωΑ-Ω])+", -9, "letters and slashes"),
        (
            r"\d+\.\d+/[a-z]+|\d+(?:\.\d+)?\s[A-Za-z]{1,2}/[A-Za-z]{1,2}|\d+x[-–]\d+x|0x[\dA-Fa-f]+(?:-\w+)?",
            _LABEL,
            "a quantity",
        ),
        (r"-\w(?:\s*/\s*-\w)*(?:\s+-\w)+|-\w/-\w", _PROGRAM, "flags"),
        (r"[a-z]{2,}=[\d.'\"]+", _PROGRAM, "a parameter in code"),
        (r"[µμ][A-Za-z]|\d*\s?(?:[kcmdµn]?m|s|ft|in)[²³]", _LABEL, "a unit"),
        (r"\d+(?:\.\d+)?\s?[a-z]{1,3}", _PROGRAM, "a number with a unit"),
        (r"[A-Za-z]{2,}\d?/\d+(?:\.\d+)*", _CERTAIN, "a protocol"),
        (r"[\d.,]+\s?[^\W\d_]{1,4}(?:/[^\W\d_]{1,4})+", _CERTAIN, "a quantity"),
        (r"[A-Za-z]{3,}[⁰¹²³⁴-⁹]+", _PROGRAM, "a word with a footnote"),
        (rf"(?=\w*[₂-₉])(?:{SUBSTANCE}){{2,}}", _PROGRAM, "a substance"),
    )
)
