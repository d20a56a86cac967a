"""Packages of Anki that are whole, with notes, note types, media or tables that no deck has."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable

from hostile.case import Case, tree

_NOTES = "id integer primary key, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data"
_MANY = "with recursive n(x) as (select 1 union all select x + 1 from n where x < {}) "


def deck(
    *statements: str,
    fields: tuple[str, ...] = ("Front", "Back"),
    front: str = "{{Front}}",
    back: str = "{{Back}}",
    notes: tuple[tuple[str, str], ...] = (("What is a wave?", "A disturbance."),),
    columns: str = _NOTES,
    name: str = "Waves",
    media: dict[str, bytes] | None = None,
    packed: Callable[[bytes], bytes] | None = None,
) -> bytes:
    """A package with a note type and notes, changed by statements; `media` are the files by their names."""
    models = {
        "1": {
            "name": "x",
            "type": 0,
            "flds": [{"name": each} for each in fields],
            "tmpls": [{"name": "c", "qfmt": front, "afmt": back}],
            "css": "",
            "mod": 1,
        }
    }
    with sqlite3.connect(":memory:") as made:
        made.execute(
            "create table col (id, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags)"
        )
        made.execute(
            "insert into col values (1,0,0,0,11,0,0,0,'{}',?,?,'{}','{}')",
            (json.dumps(models), json.dumps({"1": {"name": name}})),
        )
        made.execute(f"create table notes ({columns})")
        made.execute("create table cards (id, nid, did, ord)")
        for number, values in enumerate(notes, 1):
            if columns == _NOTES:
                made.execute(
                    "insert into notes values (?,?,1,1,0,'',?,'',0,0,'')",
                    (number, f"g{number}", "\x1f".join(values)),
                )
            made.execute("insert into cards values (?,?,1,0)", (number, number))
        for statement in statements:
            made.execute(statement)
        made.commit()
        data = made.serialize()
    out = io.BytesIO()
    named = {str(number): each for number, each in enumerate(media or {})}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "collection.anki21b" if packed else "collection.anki2", packed(data) if packed else data
        )
        archive.writestr("media", json.dumps(named))
        for number, each in named.items():
            archive.writestr(number, (media or {})[each])
    return out.getvalue()


def _squeezed(data: bytes) -> bytes:
    import zstandard

    return zstandard.compress(data)


def _field(text: str) -> bytes:
    return deck(notes=(("What is a wave?", text), ("What is <b>its</b> period?", "The time of a swing.")))


_MADE = f"{_NOTES.replace('flds, ', '')}, flds as (printf('%.*c', 9000000, 'x'))"

DECKS: dict[str, Callable[[], bytes]] = {
    "of-made-columns": lambda: deck(_MANY.format(3_000) + "insert into notes select x,x,1,1,0,'','',0,0,'' from n", columns=_MADE),
    "of-made-keys": lambda: deck("drop table cards", "create table cards (id, nid, ord, did as (hex(zeroblob(4000000))))", _MANY.format(3_000) + "insert into cards select x,x,0 from n"),
    "of-a-virtual-table": lambda: deck("drop table notes", f"create virtual table notes using fts4({_NOTES.replace('integer primary key', '')})"),
    "of-huge-fields": lambda: deck(_MANY.format(40) + "insert into notes select x+9,x,1,1,0,'',printf('%.*c', 6000000, 'x'),'',0,0,'' from n"),
    "of-many-cards": lambda: deck(_MANY.format(2_000_000) + "insert into cards select x,x,1,0 from n"),
    "of-20001-notes": lambda: deck(_MANY.format(20_001) + "insert into notes select x+9,x,1,1,0,'','a','',0,0,'' from n"),
    "of-triggers": lambda: deck("create trigger t after insert on notes begin select load_extension('x'); end"),
    "of-no-decks": lambda: deck("update col set decks = '{}'", "delete from cards"),
    "of-deep-decks": lambda: deck(name="a::" * 3_000 + "b"),
    "of-a-deck-with-markup": lambda: deck(name="</h1><script>1</script>\n::\x1b[31m::../../x"),
    "of-a-megabyte-of-name": lambda: deck(name="n" * 1_000_000),
    "of-fields-without-names": lambda: deck(fields=("", ""), front="{{}}", back="{{:}}"),
    "of-many-fields": lambda: deck(fields=tuple(f"f{n}" for n in range(20_000)), front="{{f1}}" * 20_000, back="{{f2}}" * 20_000, notes=(("x",) * 2,)),
    "of-same-fields": lambda: deck(fields=("Front",) * 900),
    "of-long-templates": lambda: deck(front="{{" * 200_000, back="{{a:" * 100_000 + "{{Back}}"),
    "of-blanks-in-templates": lambda: deck(front="{{" + " " * 200_000 + "}", back="{{Back}}"),
    "with-latex-left-open": lambda: _field("[latex]" * 40_000),
    "with-dollars-left-open": lambda: _field("[$]" * 60_000 + "[$$]" * 40_000),
    "with-sounds-left-open": lambda: _field("[sound:" * 60_000),
    "with-sources-left-open": lambda: _field("<img src=" + "src=" * 60_000),
    "with-quotes-left-open": lambda: _field("<img src='" * 30_000),
    "with-clozes-left-open": lambda: _field("{{c1::" * 40_000),
    "with-deep-markup": lambda: _field("<div><b>" * 40_000),
    "with-tables": lambda: _field("<table><tr><td>" * 900 + "<td>x" * 9_000),
    "with-scripts": lambda: _field("<script>fetch('http://192.0.2.1')</script><img src=x onerror=alert(1)><style>@import url(file://@OUTSIDE@/secret.css)</style>"),
    "with-files-outside": lambda: _field("<img src='../outside/secret.png'><img src='file://@OUTSIDE@/secret.png'><img src='/etc/passwd'>[sound:../outside/secret.md]"),
    "with-latex-that-reads": lambda: _field("[latex]\\input{/etc/passwd}[/latex] [$]\\def\\x{\\x\\x}\\x[/$] \\(\\href{javascript:1}{x}\\)"),
    "with-controls": lambda: _field("\x1b[31m\x00\x07 a\u202eb"),
    "with-many-marks": lambda: _field("* _ ` [ ] ( ) # > | ~ $ \\ " * 9_000),
    "with-media-that-climb": lambda: deck(notes=(("What?", "<img src='../../outside/x.png'>"),), media={"../../outside/x.png": b"x"}),
    "with-a-media-bomb": lambda: deck(notes=(("What?", "<img src='a.png'>"),), media={"a.png": bytes(400_000_000)}),
    "packed-with-zeros": lambda: deck(packed=lambda data: _squeezed(data + bytes(290_000_000))),
    "packed-twice": lambda: deck(packed=lambda data: _squeezed(_squeezed(data))),
}  # fmt: skip

_WAYS = {
    "printed": ("build", "old.apkg", "-o", "out", "--only", "sheet"),
    "retired": ("build", ".", "-o", "out", "--only", "deck", "--retire", "old.apkg"),
    "adopted": ("lock", "--adopt", "old.apkg", "."),
}
_BY_READERS = ("of-made", "of-a-virtual", "of-huge", "of-many-cards", "packed", "of-triggers")
"""What is tried with all that read packages, since it is about the database."""

CASES = [
    Case("packages", f"{name}-{way}", tree({"old.apkg": make}), arguments)
    for name, make in DECKS.items()
    for way, arguments in _WAYS.items()
    if way == "printed" or name.startswith(_BY_READERS) or (way == "adopted" and name.startswith("with-"))
]
