"""Marks of note programs that no one writes, questions that nearly repeat, and old decks to be taken over."""

from __future__ import annotations

from hostile.case import DECK, PLAIN, Case, tree
from hostile.packages import PACKAGES

_ADOPT = ("lock", "--adopt", "old.apkg", ".")
_ADOPT_TEXT = ("lock", "--adopt", "old.txt", ".")

_VAULTS: dict[str, str] = {
    "embeds": PLAIN + "![[" * 60_000,
    "embeds-in-embeds": PLAIN + "![[" * 2_000 + "x" + "]]" * 2_000,
    "embeds-of-outside": PLAIN
    + "![[../outside/secret.md]]\n\n![[/etc/passwd]]\n\n{{embed [[../outside/secret]]}}\n",
    "comments-left-open": PLAIN + "%%" * 60_001 + "x",
    "comments-of-lines": PLAIN + "%%\nx\n" * 19_999,
    "macros": PLAIN + "{{query {{" * 30_000,
    "references": PLAIN + "((" * 60_000 + "x",
    "block-ids": PLAIN + "".join(f"- line ^id{n}\n" for n in range(20_000)),
    "properties": "".join(f"key{n}:: value\n" for n in range(20_000)) + PLAIN,
    "arrows": "".join(f"What is {n} :: it is {n}\n" for n in range(4_000)),
    "separators": "What is it" + " ::" * 60_000,
    "separators-of-lines": "What is it\n?\n" * 19_000,
    "cards-of-blocks": "".join(f"- What is {n}? #card\n  - It is {n}.\n" for n in range(3_000)),
    "tags": PLAIN + "#tag/" * 60_000,
    "deep-blocks": "".join("\t" * n + "- block #card\n" for n in range(600)),
    "odd-ids": PLAIN + "".join(f"<!--ID: {n}-->\nID: {'9' * n}\n" for n in range(600)),
    "schedules": PLAIN + "<!--SR:" + "!2000-01-01,1,250" * 30_000 + "-->\n",
}

_NEARLY: dict[str, str] = {
    "same-words": "".join(
        f"## What is the wave field {'charge ' * (n % 9)}of number {n}?\n\nIt is energy.\n\n"
        for n in range(3_000)
    ),
    "same-answers": "".join(f"## What is {n:b}?\n\nThe same thing.\n\n" for n in range(3_000)),
    "one-question": "## What is a wave?\n\nA disturbance that carries energy.\n\n" * 3_000,
    "long-questions": "".join(f"## What is {'wave ' * 900}{n}?\n\nIt is {n}.\n\n" for n in range(300)),
    "all-languages": "".join(
        f"## {asked} {n}?\n\n{n} m.\n\n"
        for n in range(700)
        for asked in ("What is wave", "Was ist Welle", "¿Qué es la onda", "波とは")
    ),
}

_TEXTS: dict[str, str | bytes] = {
    "empty": "",
    "of-noise": bytes(range(256)) * 900,
    "of-columns": "#separator:tab\n#guid column:1\n#columns:guid\tFront\tBack\n" + "g\t" * 60_000 + "\n",
    "of-odd-columns": "#separator:tab\n#guid column:99999999999\n#deck column:-1\ng\tWhat is a wave?\tx\n",
    "of-one-guid": "#separator:tab\n#html:true\n#guid column:1\n" + "g\tWhat is a wave?\tx\n" * 40_000,
    "of-odd-guids": "#separator:tab\n#guid column:1\n../../x\tWhat is a wave?\tx\n\x1b[2J\tWhat is its period?\ty\n",
    "of-a-quote-left-open": '#separator:tab\n#guid column:1\ng\t"' + "x\n" * 90_000,
    "of-markup": "#separator:tab\n#html:true\n#guid column:1\ng\t" + "<b>" * 90_000 + "\tx\n",
}

CASES = [
    *(Case("vaults", name, tree({"n.md": text}), DECK) for name, text in _VAULTS.items()),
    *(Case("duplicates", name, tree({"n.md": text}), DECK) for name, text in _NEARLY.items()),
    *(
        Case("packages", f"{name}-adopted", tree({"old.apkg": data}), _ADOPT)
        for name, data in PACKAGES.items()
    ),
    *(
        Case("packages", f"text-{name}-adopted", tree({"old.txt": text}), _ADOPT_TEXT)
        for name, text in _TEXTS.items()
    ),
]
