"""Measures speed and memory: `bench.py [PART]…` with the parts named in `PARTS`, all by default.

How to read the tables is in README.md beside this file.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import documents
import work
from measure import Ended, Run, Table, command, fresh, medians

ROOT = Path(__file__).resolve().parent.parent
DECKBUILD = Path(sys.executable).with_name("deckbuild")

MOST_SECONDS = 10
MOST_MEGABYTES = 500
"""What a bad document may cost."""

GIVEN_UP = 30
"""Seconds after which a bad document is given up."""

BAD_SIZES = (20_000, 200_000, 2_000_000)
"""Bytes; recursion shows in the smallest before time runs out, the middle ones are just within the limits."""


def start(folder: Path) -> None:
    """How long commands take before they work, against Python that does nothing; they take turns."""
    compileall.compile_dir(str(ROOT / "src"), quiet=1)
    table = Table("Start-up", "command", "seconds", "× bare Python", "peak MB")
    small = _file(folder / "small.md", documents.SMALL)
    formula = _file(folder / "formula.md", documents.SMALL_WITH_A_FORMULA)
    commands: dict[str, list[str | Path]] = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import click'": [sys.executable, "-c", "import click"],
        "deckbuild --help": [DECKBUILD, "--help"],
        "deckbuild check, two notes": [DECKBUILD, "check", small],
        "deckbuild check, two notes and a formula": [DECKBUILD, "check", formula],
    }
    rounds = [[_succeed(command(each, folder)) for each in commands.values()] for _ in range(31)]
    for name, runs in zip(commands, zip(*rounds, strict=True), strict=True):
        ratio = median(run.seconds / bare.seconds for run, (bare, *_) in zip(runs, rounds, strict=True))
        peak = median(run.peak for run in runs)
        table.row(name, f"{median(run.seconds for run in runs):.3f}", f"{ratio:.1f}", f"{peak:.0f}")


def read(folder: Path) -> None:
    """Read and extract, against the time markdown-it-py takes to parse the same text."""
    table = Table(
        "Read and extract", "document", "lines", "markdown-it", "deckbuild", "ratio", "µs a line", "peak MB"
    )
    for count, parts, runs in ((1_000, 1, 5), (10_000, 1, 5), (100_000, 50, 3)):
        size = count // parts
        texts = (documents.plain_pairs(size, 1 + size * part) for part in range(parts))
        files = [_file(folder / f"{parts}-{size}" / f"{part}.md", text) for part, text in enumerate(texts)]
        name = f"{count:,} plain pairs" + (f" in {parts} files" if parts > 1 else "")
        _read_row(table, name, files, runs)
    for name, text, counts in (
        ("Q: and A: lines", documents.labelled_pairs, (2_500, 10_000, 20_000)),
        ("paragraphs of a bold term", documents.bold_terms, (2_500, 10_000, 29_000)),
        ("items", documents.items, (7_500, 30_000, 59_000)),
        ("lines of one paragraph", documents.lines, (15_000, 59_000)),
    ):
        for count in counts:
            _read_row(
                table,
                f"{count:,} {name}",
                [_file(folder / f"{count}-{name}.md".replace(":", ""), text(count))],
                3,
            )
    for copies, runs in ((1, 7), (10, 5), (100, 3)):
        file = _file(folder / f"mixed-{copies}.md", documents.mixed(copies))
        _read_row(table, f"{copies} × a mixed document", [file], runs)


def _read_row(table: Table, name: str, files: Sequence[Path], runs: int) -> None:
    lines = sum(file.read_bytes().count(b"\n") for file in files)
    peer, ours = medians(
        runs, partial(fresh, work.parse_alone, files), partial(fresh, work.read_and_extract, files)
    )
    table.row(
        name,
        f"{lines:,}",
        _seconds(peer.result),
        _seconds(ours.result),
        f"{ours.result / peer.result:.2f}",
        f"{ours.result / lines * 1e6:.0f}",
        f"{ours.peak:.0f}",
    )


def deck(folder: Path) -> None:
    """A package from a library, against genanki's own from the same fields; and the whole build of a deck."""
    table = Table("Deck", "notes, writer", "seconds", "ratio", "rendering", "peak MB", "size MB")
    for count, runs in ((10_000, 5), (100_000, 3)):
        name, home = f"{count:,}", folder / f"deck-{count}"
        for part in range(max(1, count // 2_000)):
            _file(home / "notes" / f"{part}.md", documents.plain_pairs(2_000, 1 + 2_000 * part))
        built = _build(home, "deck,model")
        model, ready = home / "build" / "notes-model.json", home / "ready.json"
        ours, theirs = home / "ours.apkg", home / "theirs.apkg"
        (rendering,) = medians(1, partial(fresh, work.render_fields, model, ready))
        own, peer = medians(
            runs,
            partial(fresh, work.write_deck, model, ours),
            partial(fresh, work.write_with_genanki, ready, theirs),
        )
        rendered, ratio = _seconds(rendering.result), f"{own.result / peer.result:.2f}"
        table.row(f"{name}, genanki", _seconds(peer.result), "1", "", f"{peer.peak:.0f}", _size(theirs))
        table.row(f"{name}, ours", _seconds(own.result), ratio, rendered, f"{own.peak:.0f}", _size(ours))
        table.row(f"{name}, deckbuild build", _seconds(built.seconds), "", "", f"{built.peak:.0f}", "")


def build(folder: Path) -> None:
    """The commands on the example documents, each from a cold start."""
    table = Table("Commands on the example documents", "command", "seconds", "peak MB")
    home = folder / "example"
    shutil.copytree(ROOT / "sources", home / "notes")
    apart = ("deck", "sheet", "booklet", "cutouts", "preview")
    for kinds in (*apart, "deck,sheet", ",".join(apart)):
        runs = [_build(home, kinds) for _ in range(5)]
        _command_row(table, f"deckbuild build --only {kinds}", runs)
    make: list[str | Path] = ["make", "-C", ROOT, f"SOURCES={home / 'notes'}", f"BUILD={home / 'made'}"]
    _succeed(command(make, home))
    _command_row(table, "make, nothing to do", [_succeed(command(make, home)) for _ in range(11)])
    start = [_succeed(command([DECKBUILD, "--version"], home)) for _ in range(11)]
    _command_row(table, "deckbuild --version", start)


def _command_row(table: Table, name: str, runs: Sequence[Ended]) -> None:
    peak = median(run.peak for run in runs)
    table.row(name, f"{median(run.seconds for run in runs):.3f}", f"{peak:.0f}")


def again(folder: Path) -> None:
    """A deck of 10,000 notes built once, and again when nothing has changed; with an empty cache before the first."""
    table = Table("Built again", "10,000 notes, deck", "seconds", "× the first", "peak MB")
    for part in range(5):
        _file(folder / "notes" / f"{part}.md", documents.plain_pairs(2_000, 1 + 2_000 * part))
    os.environ["DECKBUILD_CACHE"] = str(folder / "cache")
    build: list[str | Path] = [DECKBUILD, "build", "notes", "-o", "build", "--only", "deck"]
    first, *later = [_succeed(command(build, folder)) for _ in range(4)]
    os.environ["DECKBUILD_CACHE"] = ""
    table.row("the first time", f"{first.seconds:.2f}", "1", f"{first.peak:.0f}")
    seconds = median(run.seconds for run in later)
    table.row("again", f"{seconds:.2f}", f"{seconds / first.seconds:.2f}", f"{later[0].peak:.0f}")


def formulas(folder: Path) -> None:
    """Formulas recognised; checked and set by MathJax with its start; the same from the cache; printed."""
    table = Table("Formulas", "distinct formulas, step", "seconds", "ms a formula", "peak MB")
    for count, runs in ((1, 5), (140, 5), (1_000, 3)):
        written = documents.written_formulas(count)
        run = partial(fresh, work.recognise_formulas, written, "")
        _formula_row(table, f"{count:,}, recognised", run, count, runs)
        tex = documents.formulas(count)
        steps = {"checked": work.check_formulas, "set": work.set_formulas, "in a PDF": work.print_formulas}
        for step, function in steps.items():
            _formula_row(table, f"{count:,}, {step}", partial(fresh, function, tex, ""), count, runs)
        for step, function in list(steps.items())[:2]:
            again = partial(fresh, function, tex, str(folder / f"{count}-{step}"))
            again()
            _formula_row(table, f"{count:,}, {step} before", again, count, runs)


def _formula_row(table: Table, name: str, run: Callable[[], Ended], count: int, runs: int) -> None:
    (own,) = medians(runs, run)
    table.row(name, _seconds(own.result), _seconds(own.result / count * 1000), f"{own.peak:.0f}")


def sheet(folder: Path) -> None:
    """Sheets of some lengths, against other setters of the same content; each starts cold."""
    table = Table("Sheet", "questions, setter", "pages", "seconds", "s a page", "peak MB", "size kB")
    for count, runs in ((45, 5), (450, 3), (4_300, 1), (17_000, 1)):
        model, output = _model(folder, count), folder / "sheet.pdf"
        page = folder / "sheet.html"
        fresh(work.write_page, model, page)
        _print_row(table, f"{count:,}, ours", partial(fresh, work.set_sheet, model, output), output, runs)
        if find_spec("typst"):
            _print_row(
                table, f"{count:,}, Typst", partial(fresh, work.set_with_typst, model, output), output, runs
            )
        if browser := shutil.which("chromium"):
            run = partial(fresh, work.set_with_browser, page, output, browser)
            _print_row(table, f"{count:,}, Chromium", run, output, runs)


def prints(folder: Path) -> None:
    """Booklets and cards to cut out, tagged and, where they are long, in parts."""
    table = Table(
        "Booklet and cut-outs", "questions, output", "pages", "seconds", "s a page", "peak MB", "size kB"
    )
    for count, runs in ((30, 3), (300, 1), (3_000, 1), (11_000, 1)):
        model, output = _model(folder, count), folder / "print.pdf"
        for kind in ("booklet", "cutouts") if count < 11_000 else ("booklet",):
            run = partial(fresh, work.set_print, kind, model, output)
            _print_row(table, f"{count:,}, {kind}", run, output, runs)


def _model(folder: Path, count: int) -> Path:
    home = folder / f"print-{count}"
    _file(home / "notes" / "notes.md", documents.short_pairs(count))
    _build(home, "model")
    return home / "build" / "notes-model.json"


def _print_row(table: Table, name: str, run: Callable[[], Run], output: Path, runs: int) -> None:
    (own,) = medians(runs, run)
    pages = fresh(work.count_pages, output).result
    size = output.stat().st_size / 1000
    seconds = own.result
    table.row(
        name, f"{pages:.0f}", _seconds(seconds), _seconds(seconds / pages), f"{own.peak:.0f}", f"{size:.0f}"
    )


def hostile(folder: Path) -> None:
    """`deckbuild list` on bad documents of three sizes; one that takes too long isn't tried any larger."""
    sizes = [f"{size // 1000:,} kB" for size in BAD_SIZES]
    table = Table("Hostile documents, seconds", "document", *sizes, "peak MB", "beyond the limits")
    beyond = 0
    for same in zip(*map(documents.hostile, BAD_SIZES), strict=True):
        runs = list(_listed(folder, [text for _, text in same]))
        problems = dict.fromkeys(filter(None, map(_problem, runs)))
        beyond += bool(problems)
        seconds = [f"{run.seconds:.2f}" for run in runs]
        missing = [""] * (len(sizes) - len(runs))
        table.row(same[0][0], *seconds, *missing, f"{runs[-1].peak:.0f}", ", ".join(problems))
    print(f"\n{beyond} beyond {MOST_SECONDS} s or {MOST_MEGABYTES} MB, or without an answer")


def _listed(folder: Path, texts: Iterable[str]) -> Iterator[Ended]:
    for text in texts:
        file = _file(folder / "hostile" / "document.md", text)
        run = command([DECKBUILD, "list", file, "--what", "notes"], folder, GIVEN_UP)
        yield run
        if run.seconds >= GIVEN_UP:
            return


def _problem(run: Ended) -> str:
    """What is wrong with a run, or nothing. Status 1 without a traceback is a refusal, which is fine."""
    if run.seconds >= GIVEN_UP:
        return "no answer"
    if run.status not in (0, 1) or "Error" in run.last_words.partition(":")[0]:
        return run.last_words.partition(":")[0] or f"status {run.status}"
    if run.seconds > MOST_SECONDS:
        return "slow"
    return "large" if run.peak > MOST_MEGABYTES else ""


def _build(home: Path, kinds: str) -> Ended:
    """A first build of the documents in `home`/notes into `home`/build."""
    shutil.rmtree(home / "build", ignore_errors=True)
    (home / "notes" / "deckbuild.lock").unlink(missing_ok=True)
    return _succeed(command([DECKBUILD, "build", "notes", "-o", "build", "--only", kinds], home))


def _succeed(run: Ended) -> Ended:
    if run.status:
        raise SystemExit(f"a command failed: {run.last_words}")
    return run


def _file(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def _seconds(value: float) -> str:
    return f"{value:#.3g}"


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1e6:.1f}"


PARTS: dict[str, Callable[[Path], None]] = {
    "start": start,
    "read": read,
    "deck": deck,
    "build": build,
    "again": again,
    "formulas": formulas,
    "sheet": sheet,
    "prints": prints,
    "hostile": hostile,
}


def main() -> None:
    """Run the parts that the command line names."""
    parser = argparse.ArgumentParser(description="Measure speed and memory of deckbuild.")
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)}; all by default"
    )
    chosen = parser.parse_args().parts
    if unknown := set(chosen) - PARTS.keys():
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    os.environ["DECKBUILD_CACHE"] = ""
    for part in chosen or PARTS:
        with TemporaryDirectory(prefix="deckbuild-bench-") as folder:
            PARTS[part](Path(folder))


if __name__ == "__main__":
    main()
