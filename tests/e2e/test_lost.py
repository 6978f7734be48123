"""Records that are damaged, emptied or removed come back, and the screen says what was lost and where it is kept."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from consoles import MONDAY
from homes import Records, desk_on
from scars import scar
from shell import process
from terminal import OpenTerminal

from csconsole.core.answer import Status

SOON = 3.5
"""Seconds: the console looks round at least every two."""


@pytest.fixture
def database(home: Path) -> Path:
    """A database with an answer that is in its snapshot and one that is not."""
    with desk_on(home, MONDAY.replace(hour=8, minute=50)) as desk:
        desk.answer("shop-health")
        desk.snapshot()
    with desk_on(home, MONDAY.replace(hour=9, minute=31)) as desk:
        desk.answer("refund-chase")
    return home / "data" / "csconsole.sqlite3"


def spoil(database: Path) -> None:
    data = database.read_bytes()
    database.write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))


def remove(database: Path) -> None:
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()


@pytest.mark.parametrize(
    "damage",
    [spoil, pytest.param(lambda database: database.write_bytes(b""), marks=pytest.mark.long)],
    ids=["spoilt", "emptied"],
)
def test_what_was_damaged_is_moved_aside_and_the_snapshot_comes_back(
    console: OpenTerminal, records: Records, database: Path, damage: Callable[[Path], object]
) -> None:
    damage(database)
    damaged = database.read_bytes()
    term = console()
    term.see("记录已损坏", "08:50", lambda: "csconsole.damaged-1.sqlite3" in "".join(term.text.split()))
    term.watch(1)
    term.see("记录已损坏")  # whatever else there is to be said
    kept = database.with_name("csconsole.damaged-1.sqlite3")
    assert kept.read_bytes() == damaged
    term.see("✓ 08:50")
    term.press("space")
    term.see("✓ 09:42")
    assert records.item("shop-health").status is Status.DONE
    assert "damaged-1" in (records.home / "data" / "csconsole.log").read_text()
    said = process("--home", str(records.home), "doctor")
    assert (said.code, str(kept) in said.out) == (0, True)


def test_a_command_says_it_too_and_does_what_was_asked(records: Records, database: Path) -> None:
    spoil(database)
    command = ["--home", str(records.home), "--now", f"{MONDAY:%Y-%m-%d}T09:43+08:00"]
    said = process(*command, "done", "refund-chase")
    assert said.code == 0
    assert "damaged-1.sqlite3" in said.err and said.err.count("\n") == 1
    assert process(*command, "today").err == ""
    assert {records.item(duty).status for duty in ("shop-health", "refund-chase")} == {Status.DONE}


@pytest.mark.parametrize(
    "gone", [Path.unlink, pytest.param(remove, marks=pytest.mark.long)], ids=["alone", "with its log"]
)
def test_records_removed_under_two_consoles_are_put_back_whole(
    console: OpenTerminal, records: Records, database: Path, gone: Callable[[Path], object]
) -> None:
    one, other = console(), console(size=(80, 24))
    gone(database)
    one.see(lambda: any("全部放回原处" in term.watch(0.1) for term in (one, other)), within=2 * SOON)
    one.press("home", "space")
    one.see("✓ 09:42")
    other.see("✓ 09:42", within=SOON)
    other.press("f2")
    other.type("jd 破损 ")
    other.press("enter", "escape")
    one.see("#1 ", within=SOON)
    for term in (one, other):
        term.press("ctrl+q")
        assert term.ended() == 0
    with desk_on(records.home) as desk:
        assert desk.look(date(2026, 11, 23)).progress.answered == 3
        assert len(desk.incidents()) == 1


@pytest.mark.long
def test_records_damaged_under_a_console_come_back_without_a_new_start(
    console: OpenTerminal, records: Records, database: Path
) -> None:
    term = console()
    spoil(database)
    term.press("home", "space")
    term.see("记录已损坏", within=5)
    term.press("home", "space")
    term.see("✓ 09:42")
    assert records.item("shop-health").status is Status.DONE
    assert database.with_name("csconsole.damaged-1.sqlite3").exists()


@pytest.mark.long
def test_a_large_database_is_looked_into_right_after_its_records_are_shown(
    console: OpenTerminal, records: Records, database: Path
) -> None:
    with closing(sqlite3.connect(database)) as large, large:
        rows = ((f"{n}", "x" * 20_000) for n in range(1000))
        large.executemany("INSERT INTO source (hash, text) VALUES (?, ?)", rows)
    with desk_on(records.home, MONDAY.replace(hour=9, minute=32)) as desk:
        (records.home / "data" / "snapshots" / f"csconsole-{MONDAY:%Y-%m-%d}.sqlite3").unlink()
        desk.snapshot()
    assert database.stat().st_size > 16_000_000
    scar(database, "ix_action_actor_id")  # nothing of the day would find out
    term = console(loaded=False)
    term.see("✓ 09:31", within=20)
    term.see("记录已损坏")
    term.press("space")
    term.see("✓ 09:42")
    assert records.item("refund-chase").status is Status.DONE


@pytest.mark.long
def test_forty_corruptions_have_forty_right_answers(records: Records, database: Path) -> None:
    chance, good = random.Random(40), database.read_bytes()
    command = ["--home", str(records.home), "--now", f"{MONDAY:%Y-%m-%d}T09:43+08:00", "--lang", "en"]
    for n in range(40):
        data = bytearray(good)
        match n % 5:
            case 0:
                data = bytearray()
            case 1:
                data = bytearray(chance.randbytes(chance.randrange(1, 50_000)))
            case 2:
                del data[chance.randrange(len(data) - 4096) :]
            case _:
                page = chance.randrange(len(data) // 4096)
                data[page * 4096 : (page + 1) * 4096] = chance.choice([bytes(4096), b"\xff" * 4096])
        for beside in database.parent.glob(f"{database.name}-*"):
            beside.unlink()
        database.write_bytes(data)
        said = process(*command, "today", "--json")
        kept = database.with_name(f"csconsole.damaged-{n + 1}.sqlite3")
        assert (said.code, said.err.count("\n"), str(kept) in said.err) == (0, 1, True), (n, said.err)
        assert "11-23 08:50" in said.err
        assert kept.read_bytes() == data
        answered = {item["duty"] for item in said.json["items"] if item["marked_at"]}
        assert answered == {"shop-health"}
        assert process(*command, "undo").code == 2, "what is there is another's"
        assert process(*command, "today").err == ""
