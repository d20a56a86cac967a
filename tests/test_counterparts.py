"""Notes that were replaced by their counterparts, and notes that were reworded, in place and moved.

A line of a case is a question, ` = ` and its answer; of `[one>other]` the first release has one, the second the other.
Expected is what became of each card that was edited: kept, asked about, or left for a new one. In place it stands among
notes that stayed as they were; moved, all edited ones stand behind them in another order.
"""

from __future__ import annotations

import pytest

from conftest import Case, cases
from deckbuild.identity.candidates import Pool
from deckbuild.identity.collate import collate
from deckbuild.identity.found import Found
from deckbuild.identity.lock import Lock, NoteRecord
from deckbuild.identity.words import sketch
from deckbuild.machine.regex import regex
from deckbuild.model import Kind
from reading import read_once

EDIT = regex(r"\[([^\[\]>]*)>([^\[\]]*)\]")
DAY = 86_400


def release(lines: list[str], at: int) -> str:
    """The document of the first release, 0, or the next, 1."""
    pairs = (EDIT.sub(lambda found: found[at + 1], line).split(" = ") for line in lines)
    return "# Questions\n\n" + "".join(
        f"## {asked.strip()}\n\n{answer.strip()}\n\n" for asked, answer in pairs
    )


def outcomes(before: list[str], after: list[str]) -> dict[str, str]:
    """What became of each edited line."""
    first = collate([read_once(release(before, 0))], Lock("0123456789abcdef"), DAY, "N")
    second = collate([read_once(release(after, 1))], first.lock, 2 * DAY, "N")
    guids = [[entry.guid for entry in made.entries] for made in (first, second)]
    was = dict(zip(before, guids[0], strict=True))
    doubtful = {doubt.place for doubt in second.doubts}
    found = {}
    for place, (line, guid) in enumerate(zip(after, guids[1], strict=True)):
        assert guid == was[line] or guid not in guids[0]
        if EDIT.search(line):
            found[line] = "kept" if guid == was[line] else "asked" if place in doubtful else "new"
        else:
            assert guid == was[line]
    return found


@cases("counterparts.md")
def test_counterparts_get_no_history_and_rewordings_keep_theirs(case: Case) -> None:
    lines = case.text.splitlines()
    edited = [line for line in lines if EDIT.search(line)]
    moved = [line for line in lines if line not in edited] + edited[::-1]
    in_place, elsewhere = outcomes(lines, lines), outcomes(lines, moved)
    became = "".join(f"{in_place[line]} {elsewhere[line]}\n" for line in edited)
    if case.title.startswith("counterparts"):
        assert "kept" not in became
    assert became == case.expected


SIMPLIFIED = [
    "什么是死锁？ = 两个或更多的线程互相等待对方占有的资源，谁也不能继续执行。",
    "什么是动脉？ = 把血液送出心脏的血管。",
    "什么是静脉？ = 把血液送回心脏的血管。",
    "什么是虚拟内存？ = 把磁盘的一部分当作内存使用。",
    "进程和线程有什么区别？ = 进程有自己的地址空间，线程共享所属进程的内存。",
    "法国的首都是哪里？ = 巴黎",
]
TRADITIONAL = [
    "什麼是死鎖？ = 兩個或更多的執行緒互相等待對方佔有的資源，誰也不能繼續執行。",
    "什麼是動脈？ = 把血液送出心臟的血管。",
    "什麼是靜脈？ = 把血液送回心臟的血管。",
    "什麼是虛擬記憶體？ = 把磁碟的一部分當作記憶體使用。",
    "進程和線程有什麼區別？ = 進程有自己的地址空間，線程共享所屬進程的內存。",
    "法國的首都是哪裡？ = 巴黎",
]


@pytest.mark.parametrize("ways", [(SIMPLIFIED, TRADITIONAL), (TRADITIONAL, SIMPLIFIED)], ids=["to", "back"])
def test_a_document_converted_to_other_chinese_characters_keeps_its_cards(
    ways: tuple[list[str], ...],
) -> None:
    """A word that was replaced by that of another region is asked about."""
    first = collate([read_once(release(ways[0], 0))], Lock("0123456789abcdef"), DAY, "N")
    second = collate([read_once(release(ways[1], 0))], first.lock, 2 * DAY, "N")
    kept = [one.guid == other.guid for one, other in zip(first.entries, second.entries, strict=True)]
    assert kept == [True, True, True, False, True, True]
    assert [doubt.place for doubt in second.doubts] == [3]


def test_the_title_above_a_row_is_nothing_it_asks() -> None:
    title = "who writes with what ink versus chalk"
    told = sketch("Letters with ink and sketches with chalk; the slate hangs beside the door.")
    note = Found(
        Kind.QA, "a.md", "", "sketches", sketch("chalk, on the slate"), "", "", whole=f"{title} sketches"
    )
    record = NoteRecord("0" * 16, source="a.md", question=title, sketch=told)
    assert Pool([note], [record]).alike(0, note, record).question < 0.5
