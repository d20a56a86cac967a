"""Texts that hold no notes: articles, logs, recipes, verses and others, put together from `texts/*.txt`.

A file has parts such as `[sentences]`; a kind of text is written only in languages that have all its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

from layouts.sample import Document

Parts = dict[str, list[str]]
Kind = Callable[[Random, Parts], Iterator[str]]

FOLDER = Path(__file__).parent / "texts"


@cache
def parts(language: str) -> Parts:
    """The parts of `texts/LANGUAGE.txt`."""
    found: Parts = {}
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            part = found.setdefault(line[1:-1], [])
        else:
            part.append(line)
    return found


def some(rng: Random, rows: list[str], least: int = 3) -> list[str]:
    """Some of the rows in random order."""
    return rng.sample(rows, rng.randint(min(least, len(rows)), len(rows)))


def prose(rng: Random, of: Parts) -> str:
    """A paragraph, now and then with a question in it."""
    lines = some(rng, of["sentences"], 2)[:4]
    if rng.random() < 0.3:
        lines.insert(rng.randint(0, len(lines)), rng.choice(of["asides"]))
    return " ".join(lines)


def article(rng: Random, of: Parts) -> Iterator[str]:
    """Prose under headings, one of which may ask."""
    yield from (f"# {rng.choice(of['titles'])}", "", prose(rng, of), "")
    headings = some(rng, of["headings"])
    if rng.random() < 0.5:
        headings[rng.randrange(len(headings))] = rng.choice(of["asking"])
    level = rng.choice(("##", "##", "###"))
    for heading in headings:
        yield from (f"{level} {heading}", "")
        for _ in range(rng.randint(1, 3)):
            yield from (prose(rng, of), "")


def readme(rng: Random, of: Parts) -> Iterator[str]:
    """What a program says of itself."""
    yield from (f"# {rng.choice(of['project'])}", "", prose(rng, of), "", "## Features", "")
    yield from (f"{rng.choice('-*')} {feature}" for feature in some(rng, of["features"]))
    if rng.random() < 0.6:
        yield from ("", rng.choice(("## Why?", "## Why another one?")), "", prose(rng, of))
    yield from ("", "## Installation", "", "```sh", *some(rng, of["commands"], 1), "```")
    yield from ("", "## Usage", "", prose(rng, of), "", "```sh", *some(rng, of["commands"], 1), "```")
    yield from ("", "## Contributing", "", prose(rng, of), "", "## License", "", "MIT")


def changelog(rng: Random, of: Parts) -> Iterator[str]:
    """Releases with what they changed."""
    yield from ("# Changelog", "")
    for release in range(rng.randint(4, 8), 0, -1):
        yield from (f"## [1.{release}.0] - 2024-0{release}-1{release % 10}", "")
        for head in rng.sample(("Added", "Changed", "Fixed", "Removed"), rng.randint(1, 3)):
            yield from (f"### {head}", *(f"- {change}" for change in some(rng, of["changes"], 1)[:3]), "")


def subtitles(rng: Random, of: Parts) -> Iterator[str]:
    """Numbered lines of speech with their times."""
    for n in range(1, rng.randint(10, 24)):
        yield from (str(n), f"00:0{n // 10}:{n * 2 % 60:02},000 --> 00:0{n // 10}:{n * 2 % 60 + 1:02},800")
        yield from (*some(rng, of["speech"], 1)[: rng.randint(1, 2)], "")


def dialogue(rng: Random, of: Parts) -> Iterator[str]:
    """A scene of a play or a novel."""
    names = rng.choice((("—", "—"), ("ANNA:", "TOM:"), ("–", "–")))
    yield from (prose(rng, of), "")
    for n, line in enumerate(of["speech"]):
        yield from (f"{names[n % 2]} {line}", "")
    yield prose(rng, of)


def verses(rng: Random, of: Parts) -> Iterator[str]:
    """Stanzas, numbered or not."""
    yield from (rng.choice(of["titles"]), "")
    marks = rng.choice((False, True))
    for n in range(1, rng.randint(4, 7)):
        lines = rng.sample(of["verses"], 4)
        ends = rng.sample((",", ";", ".", "?", "!", ","), 4)
        lines = [line + end for line, end in zip(lines, ends, strict=True)]
        yield from ([f"{n}. {lines[0]}", *lines[1:], ""] if marks else [*lines, ""])


def recipe(rng: Random, of: Parts) -> Iterator[str]:
    """What is needed, and steps."""
    yield from (f"# {rng.choice(of['titles'])}", "", prose(rng, of), "")
    yield from (f"- {thing}" for thing in some(rng, of["ingredients"]))
    yield ""
    yield from (f"{n}. {step}" for n, step in enumerate(of["steps"], 1))


def howto(rng: Random, of: Parts) -> Iterator[str]:
    """Steps as headings or as numbered lines with remarks below."""
    yield from (f"# {rng.choice(of['titles'])}", "", prose(rng, of), "")
    for n, step in enumerate(of["howto"], 1):
        if len(of["howto"]) % 2:
            yield from (f"## {n}. {step}", "", prose(rng, of), "")
        else:
            yield from (f"{n}. {step}", f"   {rng.choice(of['sentences'])}")


def tasks(rng: Random, of: Parts) -> Iterator[str]:
    """A list of things to do."""
    yield from (f"# {rng.choice(of['headings'])}", "")
    for task in some(rng, of["tasks"]):
        yield f"- [{rng.choice('x ')}] {task}"
    yield from ("", f"## {rng.choice(of['headings'])}", "")
    yield from (f"- [ ] {task}" for task in some(rng, of["tasks"]))


def links(rng: Random, of: Parts) -> Iterator[str]:
    """A list of links, with or without a word on each."""
    yield from (f"# {rng.choice(of['titles'])}", "")
    blurbs = rng.choice((True, False))
    for n, (name, blurb) in enumerate(zip(of["links"], of["blurbs"], strict=True)):
        yield f"- [{name}](https://example.org/{n})" + (f" - {blurb}" if blurbs else "")


def minutes(rng: Random, of: Parts) -> Iterator[str]:
    """Who was there, what was talked about, what was decided."""
    yield from (f"# {rng.choice(of['titles'])}", "", ", ".join(of["people"]), "")
    for n, topic in enumerate(of["topics"], 1):
        yield from (f"{'## ' if len(of['people']) % 2 else ''}{n}. {topic}", "", prose(rng, of), "")
        yield from (rng.choice(of["decisions"]), "")


def exercises(rng: Random, of: Parts) -> Iterator[str]:
    """Questions without answers, with or without room for them."""
    yield from (f"# {rng.choice(of['titles'])}", "")
    room = rng.choice(("", "", "_" * 30))
    asked = of[rng.choice(("exercises", "form"))]
    for n, line in enumerate(some(rng, asked, 4), 1):
        yield f"{n}. {line}"
        yield from ([room, ""] if room else [])


def contents(rng: Random, of: Parts) -> Iterator[str]:
    """A table of contents with page numbers."""
    page = 5
    for n, chapter in enumerate(of["chapters"] * 2, 1):
        page += rng.randint(4, 20)
        yield f"{n}. {chapter} {'.' * (40 - len(chapter))} {page}"


def configuration(rng: Random, of: Parts) -> Iterator[str]:
    """Settings of a program as the file that holds them."""
    yield from ("# Settings", "", prose(rng, of), "", "```ini")
    for option, meaning in zip(of["options"], of["meanings"], strict=True):
        yield from (f"; {meaning}", f"{option} = {rng.randint(1, 90)}", "")
    yield from ("```", "", prose(rng, of))


def log(rng: Random, of: Parts) -> Iterator[str]:
    """What a program wrote while it ran."""
    for n in range(rng.randint(15, 40)):
        level = rng.choice(("INFO", "INFO", "DEBUG", "WARN"))
        yield f"2024-03-12 10:{n:02}:{rng.randint(10, 59)} {level:5} [worker-{n % 3}] {rng.choice(of['log'])}"


def code(rng: Random, of: Parts) -> Iterator[str]:
    """A program with comments."""
    yield from (f"# {rng.choice(of['project'])}", "", prose(rng, of), "", "```python", "import sys", "")
    for n, step in enumerate(some(rng, of["tasks"])):
        yield from (
            f"# TODO: {step}?",
            f"def step_{n}(rows):",
            f'    """{step}."""',
            "    return rows[::-1]",
            "",
        )
    yield from ("```", "", prose(rng, of))


def schedule(rng: Random, of: Parts) -> Iterator[str]:
    """What happens when on one day."""
    yield from (f"# {rng.choice(of['titles'])}", "")
    for n, event in enumerate(of["events"]):
        yield f"{'- ' if len(of['events']) % 2 else ''}{9 + n}:{rng.choice(('00', '15', '30'))} {event}"
    yield from ("", prose(rng, of))


def novel(rng: Random, of: Parts) -> Iterator[str]:
    """Chapters of running text, wrapped or not."""
    for n, chapter in enumerate(of["chapters"], 1):
        yield from (f"{n}. {chapter}" if len(of["chapters"]) % 2 else f"{chapter.upper()}", "")
        for _ in range(rng.randint(2, 4)):
            yield from (prose(rng, of), "")


def chat(rng: Random, of: Parts) -> Iterator[str]:
    """What people wrote to each other, with names and times."""
    names = rng.sample(of["people"], 2)
    bold = rng.choice((False, True))
    for n, line in enumerate(of["speech"]):
        name = f"**{names[n % 2]}**" if bold else names[n % 2]
        yield f"[10:{n + 12}] {name}: {line}"
        yield from [""] if bold else []


def mail(rng: Random, of: Parts) -> Iterator[str]:
    """A letter that quotes the one before."""
    names = rng.sample(of["people"], 2)
    yield from (f"From: {names[0]}", f"To: {names[1]}", f"Subject: {rng.choice(of['headings'])}", "")
    for _ in range(rng.randint(2, 3)):
        yield from (f"> {prose(rng, of)}", "", prose(rng, of), "")
    yield names[0]


def program(rng: Random, of: Parts) -> Iterator[str]:
    """A script as a file of its own."""
    yield from ("#!/bin/sh", f"# {rng.choice(of['titles'])}", "set -eu", "")
    for n, (option, meaning) in enumerate(zip(of["options"], of["meanings"], strict=True)):
        yield from (f"# {meaning}", f'{option.upper()}="${{{n}:-{rng.randint(1, 60)}}}"')
    yield from ("", "# what if it fails?", "trap 'echo failed' EXIT", 'exec run "$@"')


KINDS: tuple[Kind, ...] = (
    article, article, readme, changelog, subtitles, dialogue, verses, recipe, howto, tasks, links, minutes,
    exercises, contents, configuration, log, code, schedule, novel, chat, mail, program,
)  # fmt: skip


PLAIN: tuple[Kind, ...] = (subtitles, log, program, contents)
"""Kinds that nobody keeps as Markdown."""


def documents(seed: int) -> Document:
    """The text of a seed, in which nobody would find a note."""
    rng = Random(seed)
    while True:
        kind = rng.choice(KINDS)
        language = rng.choice(sorted(path.stem for path in FOLDER.glob("*.txt")))
        try:
            lines = list(kind(rng, parts(language)))
        except KeyError:
            continue
        layout = {"language": language, "kind": kind.__name__}
        suffix = ".txt" if kind in PLAIN else rng.choice((".md", ".md", ".txt"))
        return Document("\n".join(lines) + "\n", suffix, (), (), layout)
