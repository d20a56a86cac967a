"""Histories of the kinds that real documents have: what stays the same card, and what is another.

Each is published, imported into the real Anki and reviewed; then the next releases are.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from deckbuild.identity.collate import Collated, collate
from deckbuild.identity.lock import Lock
from deckbuild.package.apkg import apkg

pytest.importorskip("anki")

from anki_client import AnkiClient, anki_client
from reading import read_once

DAY = 86_400
START = 1_600_000_000
Texts = dict[str, str]


class Published(NamedTuple):
    """A release: what was collated, and the questions of its notes by guid."""

    made: Collated
    asked: dict[str, str]


class Author:
    """Publishes documents, each release a day after the last, for a learner who imports all of them."""

    def __init__(self, anki: AnkiClient) -> None:
        self.anki = anki
        self.lock = Lock("0123456789abcdef")
        self.now = START

    def publish(self, texts: Texts) -> Published:
        self.now += DAY
        documents = [read_once(text, name) for name, text in texts.items()]
        gone = [record.source for record in self.lock.sources if record.source not in texts]
        made = collate(documents, self.lock, self.now, "Course", gone)
        assert not made.problems
        self.lock = made.lock
        self.anki.import_package(apkg(made.library))
        return Published(made, {note.values[-1]: note.values[0] for note in made.rendered})


def reviewed(anki: AnkiClient) -> set[str]:
    """The guids of notes with a card that was answered."""
    return {row[0] for row in anki.schedule() if row[7]}


def asked(*pairs: tuple[str, str]) -> str:
    return "# Questions\n\n" + "".join(f"## {question}\n\n{answer}\n\n" for question, answer in pairs)


def table(title: str, header: tuple[str, ...], *rows: tuple[str, ...]) -> str:
    lines = (header, ("---",) * len(header), *rows)
    return f"# Reference\n\n## {title}\n\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


RIVERS = [
    ("Which river runs through Vienna?", "The Danube"),
    ("Which river runs through Cairo?", "The Nile"),
    ("Which river runs through Seville?", "The Guadalquivir"),
    ("Which river runs through Baghdad?", "The Tigris"),
    ("Which river runs through Hamburg?", "The Elbe"),
]
PROTOCOLS = [
    ("What is NTP?", "A time protocol."),
    ("What is FTP?", "A file protocol."),
    ("What is SSH?", "A login protocol."),
]
DATES = [
    ("When did the Thirty Years' War end?", "1648"),
    ("When did Apollo 11 land?", "1969"),
    ("When was the euro introduced?", "2002"),
]
SYSTEM = [
    ("什么是虚拟内存？", "虚拟内存把磁盘的一部分当作内存使用，让程序看到连续的地址空间。"),
    ("什么是死锁？", "两个或更多的线程互相等待对方占有的资源，谁也不能继续执行。"),
    ("什么是信号量？", "信号量是一个计数器，用来控制同时访问共享资源的线程数目。"),
]
GRAMMAR = [
    ("助詞「は」は何を示しますか？", "文の主題を示します。"),
    ("助詞「を」は何を示しますか？", "動作の対象を示します。"),
    ("助詞「で」は何を示しますか？", "動作の場所や手段を示します。"),
]
PORTS = [("22", "ssh", "login"), ("25", "smtp", "mail"), ("53", "dns", "names"), ("80", "http", "pages")]
LAWS = [
    ("Ohm's law", "$U = R I$"),
    ("Hooke's law", "$F = k x$"),
    ("Newton's second law", "$F = m a$"),
    ("Ideal gas law", "$p V = n R T$"),
]
MECHANICS = [
    ("Momentum", "$p = m v$"),
    ("Force", "$F = m a$"),
    ("Work", "$W = F s$"),
    ("Power", "$P = W / t$"),
    ("Energy", "$E = m c^2$"),
]
WORDS = [("Haus", "house"), ("Baum", "tree"), ("Fluss", "river"), ("Berg", "mountain"), ("Stadt", "town")]


def choice(stem: str, *options: str) -> str:
    return f"## {stem}\n\n" + "".join(f"- [{'x' if not at else ' '}] {o}\n" for at, o in enumerate(options))


QUIZ = [
    ("Which gas do plants take in?", "Carbon dioxide", "Argon", "Neon"),
    ("Which organ pumps blood?", "The heart", "The liver", "The spleen"),
    ("Which planet has the largest rings?", "Saturn", "Mars", "Venus"),
]

MONEY = [
    ("What is the currency of Japan?", "Yen"),
    ("What is the currency of India?", "Rupee"),
    ("What is the currency of Norway?", "Krone"),
    ("What is the currency of Poland?", "Zloty"),
]
CAPITALS = [
    ("日本的首都是哪里？", "东京"),
    ("法国使用什么货币？", "欧元"),
    ("水的化学式是什么？", "H2O"),
]

CROSSINGS = [
    ("Should a bus of the right lane give signs?", "![](bus.png)"),
    ("Has the lorry of the right lane to give signs?", "![](lorry.png)"),
    ("Who should give way and why?", "![](stop.png)"),
    ("Should the tram give signs, or has it the right of it?", "![](tram.png)"),
    ("Has a child of the right side to give signs, and should it?", "![](child.png)"),
]

REPLACED: dict[str, tuple[str, str]] = {
    "a picture": (
        asked(*CROSSINGS),
        asked(*CROSSINGS[:2], ("Who has right of way and why?", "![](crossing.png)"), *CROSSINGS[3:]),
    ),
    "a short answer": (
        asked(*RIVERS),
        asked(*RIVERS[:2], ("Which river runs through Prague?", "The Vltava"), *RIVERS[3:]),
    ),
    "a short answer, the new one last": (
        asked(*RIVERS),
        asked(*RIVERS[1:], ("Which river runs through Prague?", "The Vltava")),
    ),
    "an acronym": (
        asked(*PROTOCOLS),
        asked(PROTOCOLS[0], ("What is NFS?", "A share protocol."), PROTOCOLS[2]),
    ),
    "a number in a name": (
        asked(*DATES),
        asked(DATES[0], ("When did Apollo 13 land?", "1970"), DATES[2]),
    ),
    "Chinese": (
        asked(*SYSTEM),
        asked(SYSTEM[0], ("什么是分页？", "把内存分成大小相同的块，按需要装入程序的各个部分。"), SYSTEM[2]),
    ),
    "Japanese": (
        asked(*GRAMMAR),
        asked(GRAMMAR[0], ("助詞「に」は何を示しますか？", "到着点や時刻を示します。"), GRAMMAR[2]),
    ),
    "a row": (
        table("Ports", ("Port", "Name", "Use"), *PORTS),
        table("Ports", ("Port", "Name", "Use"), *PORTS[:2], ("143", "imap", "mail"), PORTS[3]),
    ),
    "a row of two columns": (
        table("Words", ("German", "English"), *WORDS),
        table("Words", ("German", "English"), *WORDS[:2], ("Wald", "forest"), *WORDS[3:]),
    ),
    "a formula": (
        table("Laws", ("Name", "Formula"), *LAWS),
        table("Laws", ("Name", "Formula"), LAWS[0], ("Coulomb's law", "$F = q Q / r^2$"), *LAWS[2:]),
    ),
    "a term beside others, all of which are read as formulas then": (
        "# Forces\n\n" + "".join(f"**{name}**: {meaning}\n\n" for name, meaning in MECHANICS),
        "# Forces\n\n"
        + "".join(f"**{name}**: {m}\n\n" for name, m in (("Pressure", "$p = F / A$"), *MECHANICS[1:])),
    ),
    "another question with the same short answer": (
        asked(*MONEY),
        asked(*MONEY[:2], ("What is the currency of Sweden?", "Krone"), *MONEY[3:]),
    ),
    "a row with the same short answer": (
        table("Money", ("Question", "Answer"), *MONEY),
        table(
            "Money",
            ("Question", "Answer"),
            *MONEY[:2],
            ("What is the currency of Sweden?", "Krone"),
            *MONEY[3:],
        ),
    ),
    "an acronym with the same short answer, the new one last": (
        asked(("Which layer is TCP part of?", "Transport"), *MONEY),
        asked(*MONEY, ("Which layer is UDP part of?", "Transport")),
    ),
    "a sum with the same result": (
        asked(("What is 4 × 6?", "24"), *MONEY),
        asked(("What is 3 × 8?", "24"), *MONEY),
    ),
    "Chinese, with the same short answer": (
        asked(*CAPITALS),
        asked(CAPITALS[0], ("芬兰使用什么货币？", "欧元"), *CAPITALS[2:]),
    ),
    "multiple choice with the same options": (
        "# Quiz\n\n" + "\n".join(choice(*item) for item in QUIZ),
        "# Quiz\n\n"
        + "\n".join(
            choice(*item)
            for item in (QUIZ[0], ("Which organ stores bile and iron?", *QUIZ[1][2:], QUIZ[1][1]), QUIZ[2])
        ),
    ),
    "multiple choice with the same right option": (
        "# Quiz\n\n" + "\n".join(choice(*item) for item in QUIZ),
        "# Quiz\n\n"
        + "\n".join(choice(*item) for item in (*QUIZ[:2], ("Which planet did Cassini orbit?", *QUIZ[2][1:]))),
    ),
    "multiple choice": (
        "# Quiz\n\n" + "\n".join(choice(*item) for item in QUIZ),
        "# Quiz\n\n"
        + "\n".join(
            choice(*item)
            for item in (
                QUIZ[0],
                ("Which organ filters blood?", "The kidney", "The liver", "The lung"),
                QUIZ[2],
            )
        ),
    ),
}


@pytest.mark.parametrize("kind", REPLACED)
def test_a_note_in_place_of_another_has_no_history(kind: str, tmp_path: Path) -> None:
    before, after = REPLACED[kind]
    with anki_client(tmp_path) as anki:
        author = Author(anki)
        first = author.publish({"a.md": before})
        anki.review_any(100)
        old = reviewed(anki)
        assert old == set(first.asked)
        second = author.publish({"a.md": after})
        assert len(second.asked) == len(first.asked)
        (new,) = set(second.asked) - old
        (gone,) = old - set(second.asked)
        assert second.asked[new] not in first.asked.values()
        assert first.asked[gone] not in second.asked.values()
        assert new not in reviewed(anki)
        assert anki.faults() == []


KITCHEN = [
    ("Roux", "Flour cooked in butter.", "A white sauce for a gratin begins with one that isn't brown."),
    ("Fumet", "A stock of fish bones.", "Risotto with mussels takes a ladle of it at a time, always hot."),
    ("Brine", "Water with salt.", "A turkey stays juicy after a day in it, if it is dried well."),
    ("Coulis", "Fruit without its seeds.", "Raspberries for a panna cotta are passed through a sieve."),
    ("Glaze", "A coat that shines.", "Carrots in butter are done when no stock is left in the pan."),
]
LARDER = [
    ("Aspic", "A jelly of clear stock.", "Cold cuts keep their colour below it for a day in summer."),
    ("Confit", "Meat kept in its own fat.", "Legs of a duck lie in it for weeks, and no air comes in."),
]


def test_a_title_that_comes_back_says_nothing(tmp_path: Path) -> None:
    def text(*dishes: tuple[str, str, str]) -> str:
        return "# Kitchen\n\n" + "".join(f"## {a}\n\n{b}\n\n### In use\n\n{c}\n\n" for a, b, c in dishes)

    with anki_client(tmp_path) as anki:
        author = Author(anki)
        first = author.publish({"a.md": text(*KITCHEN)})
        anki.review_any(100)
        old = reviewed(anki)
        second = author.publish({"a.md": text(KITCHEN[0], LARDER[0], KITCHEN[3], LARDER[1], KITCHEN[4])})
        assert len(first.asked) == len(second.asked) == 10
        assert len(set(second.asked) - old) == 4
        assert set(second.asked) & reviewed(anki) == set(second.asked) & old


STEPS = "\n".join(f"{n}. step {n} of the way" for n in range(1, 4))
ESSAYS = [
    (
        "How does a compiler work?",
        "It reads the source, checks the types, and writes machine code at the end.",
    ),
    (
        "Why do bridges have expansion joints?",
        "Steel grows longer in summer heat, and the joints give it room.",
    ),
    (
        "How do vaccines protect people?",
        "They show the immune system a harmless part of what it should know.",
    ),
    ("What causes the tides?", "The moon pulls stronger at the near side of the earth than at the far one."),
]
TRANSLATED = [
    ("Wie arbeitet ein Übersetzer?", "Er liest den Quelltext, prüft die Typen und schreibt Maschinencode."),
    ("Warum haben Brücken Dehnungsfugen?", "Stahl dehnt sich im Sommer, und die Fugen geben ihm Platz."),
    ("Wie schützen Impfungen die Menschen?", "Sie zeigen der Abwehr einen harmlosen Teil des Erregers."),
    ("Was bewirkt Ebbe und Flut?", "Der Mond zieht an der nahen Seite der Erde stärker als an der fernen."),
]
MEANINGS = [(str(n), word, meaning, "noun") for n, (word, meaning) in enumerate(WORDS, 1)]
OPTIONS = "# Quiz\n\n" + "\n".join(
    f"## {stem}\n\n" + "".join(f"{'ABC'[at]}. {option}\n" for at, option in enumerate(options))
    + "\nAnswer: A\n"
    for stem, *options in QUIZ
)  # fmt: skip

SCANNED = [
    (
        "Which file names the keys that may log in over 55H without a word?",
        "The file authorized_keys in the folder of the user who logs in over 55H.",
    ),
    (
        "How does a router forward a packet?",
        "It looks up the longest prefix that fits the address, and sends it to the next hop.",
    ),
    (
        "Which layer of the network does lP belong to in most textbooks?",
        "The network layer, where lP finds the way from one host to another one.",
    ),
]
PARTS = [
    ("Kraft Stoff", "Ein Stoff, der in Motoren verbrannt wird."),
    ("Lenkrad", "Ein Rad, mit dem man die Richtung bestimmt."),
    ("Brems-Scheibe", "Eine Scheibe an jedem Rad, die beim Bremsen heiß wird."),
    ("Kupplung", "Sie trennt den Motor vom Getriebe."),
]
COMPOUNDS = [
    ("Kraftstoff", "Ein Stoff, der in Motoren verbrannt wird und dabei Wärme gibt."),
    PARTS[1],
    ("Bremsscheibe", "Eine Scheibe an jedem Rad, die beim Bremsen sehr heiß wird."),
    PARTS[3],
]
LABORATORY = [
    ("Sample", "One or more items taken from a population."),
    ("Assay", "A test of how much of something is there."),
    ("Blank", "A run without any of it."),
    ("Drift", "What an instrument gains or loses over days."),
]
SPECIMEN = ("Sample/specimen", "One or more items taken from a population or from one person.")
ANEW = sorted((german, {"Fluss": "stream, flow"}.get(german, english)) for german, english in WORDS)
CHANCES = [
    ("What is $P(A|B)$ in terms of $P(B|A)$, $P(A)$ and $P(B)$?", "By Bayes: $P(B|A) P(A) / P(B)$."),
    ("When are $A$ and $B$ independent?", "If $P(A B) = P(A) P(B)$."),
    ("What does $E(X + Y)$ equal for any $X$ and $Y$?", "$E(X) + E(Y)$."),
]
CRAMPED = [
    ("What is$ P(A|B)$in terms of$ P(B|A)$,$ P(A)$and$ P(B)$?", "Bayes' theorem gives$ P(B|A) P(A) / P(B)$."),
    ("When are$ A$and$ B$independent?", "If knowing one of them tells nothing of the other."),
    ("What does$ E(X + Y)$equal for any$ X$and$ Y$?", "The sum$ E(X) + E(Y)$."),
]
COUNTED = list(enumerate(ESSAYS, 1))


_CASE = (
    "A bakery {} ovens stand in a cellar has four of them, each with a counter of its own and a lamp that tells when "
    "it is hot. The first two bake bread, from two in the morning until noon; the third one bakes rolls, and the last "
    "one cakes, which are sold on Sundays only. Since all of them were put in at different times, no two of them are "
    "read by the same program, and nobody knows how much gas each of them burns in a week. The owner wants to know "
    "that, and to be told before one of them cools down while there is dough in it, on the telephone if need be. "
)
CASES = [
    (f"{_CASE}You put a meter into the pipe of each oven. Does this meet the goal?", "No."),
    (f"{_CASE}You ask the bakers to write down what they see. Does this meet the goal?", "No."),
    (f"{_CASE}You read all four counters and lamps by cameras. Does this meet the goal?", "Yes."),
    (f"{_CASE}You buy a larger tank for the gas of a month. Does this meet the goal?", "No."),
]
CAMPS = [
    ("Good (Bon)", "Camp des citoyens et voyageurs."),
    ("Evil (Mal)", "Camp des espions et voleurs."),
    ("Ally (Ami)", "Joueur du même camp."),
    ("Day (Jour)", "Phase où les joueurs parlent."),
    ("Night (Nuit)", "Phase où les citoyens et les voyageurs dorment."),
    ("Dawn (Aube)", "Phase où les espions et les voleurs dorment."),
    ("Camp", "Les citoyens et les voyageurs, ou les espions et les voleurs."),
]
TWICE = [
    ("Fault", "a line that divides by zero"),
    ("Error", "a number that no type can hold"),
    ("Fault", "a zone without its semicolon"),
    ("Error", "a name server that holds no zone"),
]


def terms(*pairs: tuple[str, str]) -> str:
    return "# Begriffe\n\n" + "".join(f"- **{term}**: {meaning}\n" for term, meaning in pairs)


SAME: dict[str, list[Texts]] = {
    "signs that a scanner misread": [
        {"a.md": asked(*SCANNED)},
        {
            "a.md": asked(
                *(
                    (question.replace("55H", "SSH").replace("lP", "IP"), answer.replace("55H", "SSH"))
                    for question, answer in SCANNED
                )
            )
        },
    ],
    "compounds spelt as one word": [{"a.md": terms(*PARTS)}, {"a.md": terms(*COMPOUNDS)}],
    "blanks and dollars set otherwise": [{"a.md": asked(*CHANCES)}, {"a.md": asked(*CRAMPED[::-1])}],
    "another name behind a slash": [
        {"a.md": terms(*LABORATORY)},
        {"a.md": terms(SPECIMEN, *LABORATORY[1:])},
    ],
    "numbers before questions taken off, one answered anew, in another order": [
        {"a.md": asked(*((f"{number} {question}", answer) for number, (question, answer) in COUNTED))},
        {
            "a.md": asked(
                COUNTED[2][1],
                (COUNTED[0][1][0], "Parser, checker and generator run one after the other."),
                COUNTED[3][1],
                COUNTED[1][1],
            )
        },
    ],
    "a meaning written anew, in another document, below another title, in another order": [
        {"words.md": table("Words", ("German", "English"), *WORDS)},
        {"nouns.md": table("Nouns", ("German", "English"), *ANEW)},
    ],
    "the heading above a table": [
        {"a.md": table("Words", ("German", "English"), *WORDS)},
        {"a.md": table("Unit 1", ("German", "English"), *WORDS)},
    ],
    "the heading above formulas": [
        {"a.md": table("Laws", ("Name", "Formula"), *LAWS)},
        {"a.md": table("Physics", ("Name", "Formula"), *LAWS)},
    ],
    "a column dropped": [
        {"a.md": table("Ports", ("Port", "Name", "Use"), *PORTS)},
        {"a.md": table("Ports", ("Port", "Name"), *(row[:2] for row in PORTS))},
    ],
    "a column added": [
        {"a.md": table("Words", ("German", "English"), *WORDS)},
        {"a.md": table("Words", ("German", "English", "Kind"), *((*row, "noun") for row in WORDS))},
    ],
    "the first column dropped": [
        {"a.md": table("Words", ("No.", "German", "English", "Kind"), *MEANINGS)},
        {"a.md": table("Words", ("German", "English", "Kind"), *(row[1:] for row in MEANINGS))},
    ],
    "a row above, all numbers moved on": [
        {"a.md": table("Words", ("No.", "German", "English", "Kind"), *MEANINGS)},
        {
            "a.md": table(
                "Words",
                ("No.", "German", "English", "Kind"),
                ("1", "Weg", "path", "noun"),
                *((str(int(row[0]) + 1), *row[1:]) for row in MEANINGS),
            )
        },
    ],
    "options reformatted": [
        {"a.md": "# Quiz\n\n" + "\n".join(choice(*item) for item in QUIZ)},
        {"a.md": OPTIONS},
    ],
    "a case that is told for several questions, put right": [
        {"a.md": asked(*((case.format("whose"), answer) for case, answer in CASES))},
        {"a.md": asked(*((case.format("of which the"), answer) for case, answer in CASES))},
    ],
    "one of two names taken off each term, and small words set right": [
        {"a.md": terms(*CAMPS)},
        {"a.md": terms(*((t.split("(")[-1].rstrip(")"), m.replace("et v", "et des v")) for t, m in CAMPS))},
    ],
    "rows that were questions, of which several ask the same, reworded": [
        {"a.md": table("Words", ("Question", "Answer"), *TWICE)},
        {"a.md": table("Words", ("Name", "Meaning"), *((name, f"{text} today") for name, text in TWICE))},
    ],
    "a document renamed": [{"a.md": asked(*ESSAYS)}, {"b/c.md": asked(*ESSAYS)}],
    "a document split": [
        {"a.md": asked(*ESSAYS)},
        {"b.md": asked(*ESSAYS[:2]), "c.md": asked(*ESSAYS[2:])},
    ],
    "documents merged": [
        {"b.md": asked(*ESSAYS[:2]), "c.md": asked(*ESSAYS[2:])},
        {"a.md": asked(*ESSAYS)},
    ],
    "translated for one release": [
        {"a.md": asked(*ESSAYS)},
        {"a.md": asked(*TRANSLATED)},
        {"a.md": asked(*ESSAYS)},
    ],
    "questions reworded": [
        {"a.md": asked(*ESSAYS)},
        {"a.md": asked(*((f"Explain: {question.lower()}", answer) for question, answer in ESSAYS))},
    ],
    "counters in titles": [
        {"a.md": "# All\n\n## Rivers (5)\n\n" + asked(*RIVERS).replace("\n## ", "\n### ")[13:]},
        {"a.md": "# All\n\n## Rivers (6)\n\n" + asked(*RIVERS).replace("\n## ", "\n### ")[13:]},
    ],
}


@pytest.mark.parametrize("kind", SAME)
def test_what_did_not_change_keeps_its_cards(kind: str, tmp_path: Path) -> None:
    first, *releases = SAME[kind]
    with anki_client(tmp_path) as anki:
        author = Author(anki)
        before = author.publish(first)
        anki.review_any(100)
        schedule = anki.schedule()
        assert len(reviewed(anki)) == len(before.asked)
        for texts in releases:
            after = author.publish(texts)
        assert set(before.asked) <= set(after.asked)
        known = {tuple(row[:2]): row for row in anki.schedule()}
        assert [known[tuple(row[:2])] for row in schedule] == schedule
        assert anki.faults() == []


@pytest.mark.parametrize(
    "kind", ["the heading above a table", "the heading above formulas", "counters in titles"]
)
def test_a_title_alone_updates_no_note(kind: str, tmp_path: Path) -> None:
    first, *releases = SAME[kind]
    with anki_client(tmp_path) as anki:
        author = Author(anki)
        author.publish(first)
        stored = anki.stored()
        for texts in releases:
            assert author.publish(texts).made.outdated
        assert anki.stored() == stored


def test_lines_broken_elsewhere_update_no_note() -> None:
    more = "It does so in many bends, below a good dozen of bridges, and floods its banks in spring."
    whole = asked(
        *((question, f"{answer}. {more}\n\n```\nas it\nstands\n```") for question, answer in RIVERS)
    )
    texts = whole, whole.replace("floods its", "floods\nits")
    lock = Lock("0123456789abcdef")
    times = []
    for day, text in enumerate((*texts, texts[1].replace("as it", "as\nit"))):
        made = collate([read_once(text)], lock, START + day * DAY, "Course")
        lock = made.lock
        times.append({entry.guid: entry.modified for entry in made.library.entries})
    assert times[0] == times[1]
    assert set(times[2].values()) == {START + 2 * DAY}


LOSSES = [
    ("What does the L1 loss sum up over all of the examples?", "The absolute distances of each guess."),
    ("When does training stop early?", "When the validation error grows again."),
    ("What keeps weights small?", "A penalty for large ones, added to the loss."),
]
PARTICLES = [
    ("ha ~", "topic"),
    ("mo ~", "also"),
    ("de ~", "place"),
    ("to ~", "company"),
    ("ya ~", "examples"),
]


def below(title: str, *pairs: tuple[str, str]) -> str:
    return asked(*pairs).replace("\n## ", "\n### ").replace("# Questions", f"# Questions\n\n## {title}")


STAGES = [
    (
        "Who wakes the next thread that waits?",
        "A latch, a barrier, a semaphore and both kinds of locks keep a queue of threads, take its head when a "
        "permit comes back, and unpark it, so that it tries again to get what it came for.",
    ),
    ("Which implementations of locks are there?", "Locks for readers."),
]


ASKED: dict[str, tuple[str, str]] = {
    "a number in a question of which most has stayed, as has most of the answer": (
        asked(*LOSSES),
        asked(
            (
                "What does the L2 loss sum up over all of the examples?",
                "The squared distances of each guess.",
            ),
            *LOSSES[1:],
        ),
    ),
    "a term with another meaning, in another place": (
        below("Forms", ("Monopoly", "One seller alone sets prices for the whole market."), *ESSAYS[:2])
        + below("Markets", *ESSAYS[2:]),
        below("Forms", *ESSAYS[:2])
        + below(
            "Markets", *ESSAYS[2:], ("Monopoly", "The one who sells alone, as the post did with letters.")
        ),
    ),
    "another question, in its place, with most of the answer": (
        asked((STAGES[0][0], f"{STAGES[0][1]} {STAGES[1][1]}"), *RIVERS),
        asked((STAGES[1][0], f"{STAGES[0][1]} It is the last of them."), *RIVERS),
    ),
    "another spelling of a word with an answer of one word": (
        table("Signs", ("Sign", "Says"), ("lyte", "Right"), *PARTICLES),
        table("Signs", ("Sign", "Says"), ("lyf", "Right"), *PARTICLES),
    ),
    "a short word spelt anew": (
        table("Signs", ("Sign", "Says"), *PARTICLES),
        table("Signs", ("Sign", "Says"), ("wa ~", "topic"), *PARTICLES[1:]),
    ),
}


@pytest.mark.parametrize("kind", ASKED)
def test_what_only_the_author_knows_is_asked(kind: str) -> None:
    before, after = (read_once(text) for text in ASKED[kind])
    lock = collate([before], Lock("0123456789abcdef"), START, "Course").lock
    assert len(collate([after], lock, START + DAY, "Course").doubts) == 1


def test_a_row_that_was_a_question_is_told_from_others_of_its_name_by_its_answer() -> None:
    """Two tables name the same; one was read as questions before it had a third column."""
    rows = (("Vary", "what the answer depends on"), ("Allow", "which methods there are"))
    others = (("Vary", "cache keys", "draft"), ("Expect", "early refusal", "final"))
    texts = [
        table("Terms", ("Question", "Answer"), *rows) + "\n## More\n\n" + table("", ("A", "B", "C"), *others),
        table("Terms", ("Name", "Meaning"), *rows) + "\n## More\n\n" + table("", ("A", "B", "C"), *others),
    ]
    lock = Lock("0123456789abcdef")
    known: list[set[str]] = []
    for text in texts:
        made = collate([read_once(text)], lock, START, "Course")
        lock = made.lock
        known.append({entry.guid for entry in made.library.entries})
    assert known[0] == known[1]
