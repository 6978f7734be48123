"""Two consoles, the commands and an editor on one home: each sees what the others did."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import commands_worker
import pytest
from homes import Records, desk_on
from shell import process
from terminal import OpenTerminal, Terminal

from csconsole.core.schedule import Kind

SOON = 3.5
"""Seconds: the consoles look round within two, and whoever looks at them has other things to do."""


def test_two_consoles_and_a_command_see_each_other(console: OpenTerminal, records: Records) -> None:
    one, other = console(size=(80, 24)), console(size=(120, 36), lang="en")
    one.press("space")
    other.press("f2")
    other.type("jd parcel torn @Li !!")
    other.press("enter", "escape")
    command = ["--home", str(records.home), "--now", "2026-11-23T09:43:00+08:00"]
    assert process(*command, "done", "shop-health", "--note", "后补").code == 0
    one.see("京东 1单", "✓ 09:43", within=SOON)
    other.see("✓ 09:42", "✓ 09:43", within=SOON)
    # Each takes back its own.
    other.press("ctrl+z")
    other.see("taken back: #1")
    one.see(lambda: "京东 1单" not in one.text, within=SOON)
    assert records.item("refund-chase").status.answered


@pytest.mark.long
def test_what_others_do_is_seen_within_two_seconds(console: OpenTerminal, records: Records) -> None:
    one, other = console(size=(80, 24)), console(size=(80, 24))
    delays: list[float] = []
    with desk_on(records.home) as desk:
        for n in range(20):
            if n % 2:
                done = time.monotonic()
                desk.undo()
            else:
                desk.answer("shop-health", note=f"n{n}")
                done = time.monotonic()
            for term in (one, other):
                term.see(lambda: ("✓ 09:42" in term.text) == (n % 2 == 0), within=SOON)  # noqa: B023 -- at once
                delays.append(time.monotonic() - done)
            one.watch(0.37)  # so that changes come at any moment between two looks
    sys.stdout.write(f"{len(delays)} changes seen: median {median(delays):.2f} s, latest {max(delays):.2f} s\n")
    assert max(delays) < 2


# -- three writers ---------------------------------------------------------------------------------------------


@contextmanager
def commands() -> Iterator[subprocess.Popen[str]]:
    """What carries out commands, one after the other, as they are handed in."""
    worker = subprocess.Popen(
        [sys.executable, commands_worker.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield worker
    finally:
        worker.kill()
        worker.communicate()


def acted(database: sqlite3.Connection) -> list[int]:
    """How often each console answered a check or took that back."""
    query = "SELECT count(*) FROM action WHERE console IS NOT NULL AND verb IN ('mark', 'undo') GROUP BY console"
    return [count for (count,) in database.execute(query)]


@pytest.mark.parametrize("times", [20, pytest.param(2000, marks=pytest.mark.long)], ids=["short", "long"])
def test_three_writers_lose_nothing_double_nothing_and_show_no_error(
    console: OpenTerminal, records: Records, times: int
) -> None:
    with desk_on(records.home) as desk:
        duties = [
            duty.id for duty in desk.schedule.duties.values() if duty.kind is Kind.DAILY and not duty.workdays_only
        ]
    days = -(-times // len(duties))
    keys = [f"{duty}@{date(2026, 11, 22) - timedelta(days=n):%Y-%m-%d}" for n in range(days) for duty in duties][:times]
    words = ["--home", str(records.home), "--by", "夜班", "--now", "2026-11-23T09:42+08:00"]
    consoles = [console(size=(80, 24)), console(size=(80, 24))]
    with (
        closing(sqlite3.connect(records.home / "data" / "csconsole.sqlite3")) as database,
        commands() as worker,
    ):
        lines = ["\t".join([*words, "done", key, "--note", f"c{n}"]) + "\n" for n, key in enumerate(keys)]
        for done in range(20, times + 1, 20):
            assert worker.stdin is not None
            worker.stdin.writelines(lines[done - 20 : done])
            worker.stdin.flush()
            for term in consoles:
                term.press("home")
                term.type(10 * " \x1a")  # answered, and taken back
            wait_for(consoles, database, done)
        said, _nothing = worker.communicate(timeout=900)
        assert Counter(said.splitlines()) == {"0 ''": times}
        query = "SELECT note, count(*) FROM mark WHERE note LIKE 'c%' GROUP BY note"
        assert dict(database.execute(query).fetchall()) == {f"c{n}": 1 for n in range(times)}
        assert acted(database) == [times, times]
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with desk_on(records.home) as desk:
        assert desk.look().progress.answered == 0
    assert not (records.home / "data" / "csconsole.log").exists()


def wait_for(consoles: list[Terminal], database: sqlite3.Connection, times: int) -> None:
    """Until each console has done so many things; none of them says that anything is amiss."""
    end = time.monotonic() + 60
    while acted(database) != [times, times]:
        assert time.monotonic() < end, (acted(database), times, [term.text for term in consoles])
        for term in consoles:
            assert "未保存" not in term.watch(0.02)
            assert "占用" not in term.text


# -- an editor -------------------------------------------------------------------------------------------------


def test_an_edit_is_taken_up_and_a_broken_one_is_not(console: OpenTerminal, home: Path) -> None:
    term = console(size=(80, 24))
    file = home / "schedules" / "supervisor.yaml"
    good = file.read_text(encoding="utf-8")
    edited = good.replace("督促售后处理后台退款", "催退款")
    file.write_text(edited, encoding="utf-8")
    term.see("09:30 退款 催退款", "日程表已改", "改动 催退款", within=SOON + 2)
    lines = edited.splitlines()
    place = next(n for n, line in enumerate(lines) if "催退款" in line)
    lines[place] = lines[place].replace("zh:", "hz:")
    file.write_text("\n".join(lines), encoding="utf-8")
    term.see(f"supervisor.yaml:{place + 1}:", "09:30 退款 催退款", within=SOON + 2)
    assert "到点 1" in term.text  # what is due is seen all the same
    term.press("space")
    term.see("✓ 09:42")
    assert f"supervisor.yaml:{place + 1}:" in process("--home", str(home), "done", "shop-health").fault
    file.write_text(good, encoding="utf-8")
    term.see("09:30 退款 督促售后处理后台退款", within=SOON + 2)
    term.see(lambda: "supervisor.yaml" not in term.text, within=SOON)
