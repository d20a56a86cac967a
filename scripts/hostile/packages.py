"""Packages of Anki that are none, never end, or hold more than notes."""

from __future__ import annotations

import io
import sqlite3
import zipfile

from hostile.case import Case, Content, tree

_RETIRE = ("build", ".", "-o", "out", "--retire", "old.apkg")
_DIFF = ("diff", "old.apkg", ".")
_RESTORE = ("lock", "--from-apkg", "old.apkg", ".")


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_anki", ".anki"), data)
    return out.getvalue()


def _database(*statements: str) -> bytes:
    """A database of Anki's with a few of its tables, changed by statements."""
    with sqlite3.connect(":memory:") as made:
        made.execute(
            "create table col (id, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags)"
        )
        made.execute("insert into col values (1,0,0,0,11,0,0,0,'{}','{}','{}','{}','{}')")
        made.execute("create table notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)")
        made.execute("create table cards (id, nid, did, ord)")
        for statement in statements:
            made.execute(statement)
        made.commit()
        return made.serialize()


_ENDLESS = "with recursive n(x) as (select 1 union all select x + 1 from n) select x as id, x as guid, x as mid, x as mod, 0 as usn, '' as tags, 'a' as flds, '' as sfld, 0 as csum, 0 as flags, '' as data from n"

PACKAGES: dict[str, Content] = {
    "of-noise": b"\0" * 999,
    "cut-off": b"PK\x03\x04" + bytes(99),
    "of-nothing": b"",
    "without-a-collection": _zip(media=b"{}"),
    "of-a-text": _zip(collection_anki2=b"no database", media=b"{}"),
    "with-a-database-of-zeros": lambda: _zip(collection_anki2=bytes(600_000_000), media=b"{}"),
    "of-no-tables": _zip(collection_anki2=_database("drop table notes"), media=b"{}"),
    "of-an-endless-view": _zip(
        collection_anki2=_database("drop table notes", f"create view notes as {_ENDLESS}"), media=b"{}"
    ),
    "of-other-values": _zip(
        collection_anki2=_database(
            "insert into notes values (x'00', null, 'x', 'y', 1, x'ff', 7, 1, 1, 1, 1)"
        ),
        media=b"{}",
    ),
    "of-huge-numbers": _zip(
        collection_anki2=_database(
            "insert into notes values (9223372036854775807, 'g', 9223372036854775807, -9223372036854775808, 0, '', 'a', '', 0, 0, '')"
        ),
        media=b"{}",
    ),
    "of-huge-text": lambda: _zip(
        collection_anki2=_database(
            "insert into notes values (1, 'g', 1, 1, 0, '', hex(zeroblob(40000000)), '', 0, 0, '')"
        ),
        media=b"{}",
    ),
    "with-deep-models": _zip(
        collection_anki2=_database(f"update col set models = '{'[' * 100_000}'"), media=b"{}"
    ),
    "that-climbs": _zip(
        collection_anki2=_database(),
        media=b'{"0": "../../outside/secret.md"}',
        **{"..__..__outside__x": b"x"},
    ),
}


CASES = [
    *(Case("packages", name, tree({"old.apkg": data}), _RETIRE) for name, data in PACKAGES.items()),
    *(
        Case("packages", f"{name}-compared", tree({"old.apkg": PACKAGES[name]}), _DIFF)
        for name in ("cut-off", "of-an-endless-view", "of-other-values", "with-a-database-of-zeros")
    ),
    *(
        Case("packages", f"{name}-restored", tree({"old.apkg": PACKAGES[name]}), _RESTORE)
        for name in ("of-noise", "of-an-endless-view", "of-other-values", "of-huge-numbers")
    ),
    Case("packages", "a-folder", tree({"old.apkg/x": ""}), _RETIRE, refused=True),
]
