"""One hostile input: deckbuild in a process of its own under limits, and what it did that it must not do."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hostile.case import Case
from hostile.images import png

SECONDS, MEGABYTES = 10, 500
"""What a bad document may take of a processor and of memory (docs/design.md, "Figures to reach")."""

_ADDRESSES = 4_000_000_000
"""Bytes of address space, far above what the memory limit allows, so that the machine survives a mistake."""

SECRET = "kestrel-7731"
"""A word that is in all files outside of the collection, and must be in none of the outputs."""

_LAUNCH = Path(__file__).with_name("launch.py")
_EARLIER = b"an earlier output"
_OPENED = re.compile(r"open(?:at)?\(.* = \d+<(?P<path>[^>]*)>")
_ERROR = re.compile(r"^[^\n]+:\d+(?::\d+)?: error: [^\n]* \[(?P<code>[a-z0-9-]+)\]$", re.MULTILINE)
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal takes for a command, or that turns the order of what it shows."""
_CONNECTED = re.compile(r"connect\(.*sa_family=AF_INET")


class Outcome(NamedTuple):
    """What an input did, and the exit status (None if it was ended).

    `seconds` are those of processors, which the limit is for; a busy computer changes the `clock` alone.
    """

    case: Case
    seconds: float
    clock: float
    megabytes: float
    status: int | None
    faults: tuple[str, ...]
    said: str

    @property
    def error(self) -> str:
        """The code of the first error that was told; nothing if there was none."""
        found = _ERROR.search(self.said)
        return found["code"] if found else ""


def attempt(case: Case) -> Outcome:
    """Run one input in a new folder."""
    with TemporaryDirectory(prefix="hostile-") as top:
        folder, outside = Path(top, "notes"), Path(top, "outside")
        for path in (folder, outside):
            path.mkdir()
        _secrets(outside)
        case.make(folder, outside)
        _earlier(folder)
        before, around = _state(folder), _state(outside)
        status, (seconds, clock), megabytes, said, shown = _run(case, folder, Path(top))
        after = _state(folder)
        trace = Path(top, "trace")
        faults = (
            *_limits(status, seconds, megabytes, said),
            *(["control characters on the terminal"] if _OBEYED.search(said + shown) else []),
            *(["exit 0 where it must refuse"] if case.refused and status == 0 else []),
            *(["something outside changed"] if around != _state(outside) else []),
            *(_traced(trace, outside) if trace.exists() else ()),
            *_harm(status, before, after, folder),
        )
        return Outcome(case, seconds, clock, megabytes, status, faults, said)


def _secrets(outside: Path) -> None:
    (outside / "secret.md").write_text(f"# Secret\n\n## What is {SECRET}?\n\n{SECRET}\n")
    (outside / "secret.css").write_text(f"p::after {{ content: '{SECRET}' }}")
    (outside / "secret.png").write_bytes(png(9, 9, None, 8, (b"tEXt", f"k\0{SECRET}".encode())))
    (outside / "secret.ttf").write_bytes(SECRET.encode())
    (outside / "secret.lock").write_text('{"record":"lock","schema":1,"namespace":"0123456789abcdef"}\n')


def _earlier(folder: Path) -> None:
    """Outputs of an earlier build, where the input has nothing of its own there."""
    if not (folder / "out").exists() and not (folder / "out").is_symlink():
        (folder / "out").mkdir()
        # A package without a lock would stop each build before it reads anything.
        endings = (".apkg", "-sheet.pdf") if (folder / "deckbuild.lock").exists() else ("-sheet.pdf",)
        for ending in endings:
            (folder / "out" / f"{folder.name}{ending}").write_bytes(_EARLIER)


def _run(case: Case, folder: Path, top: Path) -> tuple[int | None, tuple[float, float], float, str, str]:
    command = [sys.executable, "-m", "deckbuild", *case.arguments]
    if strace := shutil.which("strace"):
        options = [
            "-f",
            "-y",
            "--seccomp-bpf",
            "-qq",
            "-e",
            "trace=open,openat,connect",
            "-o",
            str(top / "trace"),
        ]
        command = [strace, *options, *command]
    limits = [str(top / "used"), str(2 * SECONDS), str(_ADDRESSES)]
    environment = {
        **os.environ,
        "HOME": str(top / "home"),
        "DECKBUILD_CACHE": str(top / "cache"),
        "COLUMNS": "100",
    }
    with (
        (top / "said").open("wb") as said,
        (top / "shown").open("wb") as shown,
        (folder / case.fed).open("rb") as fed,
    ):
        subprocess.run(
            [sys.executable, "-I", "-S", str(_LAUNCH), *limits, *command],
            cwd=folder,
            env=environment,
            stdin=fed,
            stdout=shown,
            stderr=said,
            check=True,
        )
    code, seconds, clock, kilobytes = (top / "used").read_text().split()
    text, output = ((top / name).read_text(encoding="utf-8", errors="replace") for name in ("said", "shown"))
    status = None if int(code) < 0 else int(code)
    return status, (float(seconds), float(clock)), int(kilobytes) / 1000, text, output


def _limits(status: int | None, seconds: float, megabytes: float, said: str) -> list[str]:
    faults = []
    if status not in (0, 1, 2):
        faults.append("ended by force")
    if "Traceback" in said:
        faults.append("traceback " + said.strip().rpartition("\n")[2][:60])
    if "made a mistake" in said:  # how `deckbuild.__main__` ends where we did
        faults.append("a mistake of ours")
    if status == 1 and not re.search(r"^[^\n]+:\d+(:\d+)?: error: ", said, re.MULTILINE):
        faults.append("failed without an error message")
    if seconds > SECONDS:
        faults.append("too slow")
    if megabytes > MEGABYTES:
        faults.append("too much memory")
    return faults


def _traced(trace: Path, outside: Path) -> list[str]:
    text = trace.read_text(encoding="utf-8", errors="replace")
    faults = [
        f"opened {Path(found['path']).name} outside"
        for found in _OPENED.finditer(text)
        if found["path"].startswith(f"{outside}/") or found["path"] in ("/etc/passwd", "/dev/zero")
    ]
    if _CONNECTED.search(text):
        faults.append("asked the network")
    return sorted(set(faults))


def _harm(status: int | None, before: dict[str, str], after: dict[str, str], folder: Path) -> list[str]:
    """What became of the folder: nothing may change but outputs and lock, and these only by a whole build."""
    changed = sorted(name for name in before | after if before.get(name) != after.get(name))
    outputs = ("out/", "build/", *(f"{folder.name}{ending}" for ending in (".apkg", "-sheet.pdf")))
    ours = [name for name in changed if name.startswith(outputs) or name.endswith(".lock")]
    faults = [f"changed {name[:40]!r}" for name in changed if name not in ours]
    if status != 0 and ours:
        faults.append(f"failed, yet changed {', '.join(ours)[:60]}")
    for name in ours:
        path = folder / name
        if path.is_file() and path.suffix in (".apkg", ".pdf"):
            if not path.read_bytes().startswith((b"PK", b"%PDF")):
                faults.append(f"{name} is broken")
            elif SECRET.encode() in path.read_bytes():
                faults.append(f"{name} holds the secret")
    return faults


def _state(folder: Path) -> dict[str, str]:
    """The content of all files of a folder, and where its links lead."""
    state = {}
    for place, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(place, name)
            key = str(path.relative_to(folder))
            if path.is_symlink():
                state[key] = f"-> {path.readlink()}"
            elif path.is_file():
                state[key] = hashlib.sha256(path.read_bytes()).hexdigest()
    return state
