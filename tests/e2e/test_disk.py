"""Where nothing can be written, the screen says so, what was asked for waits, and is there once it can."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from consoles import MONDAY
from homes import Records, desk_on
from terminal import OpenTerminal, Terminal

from csconsole.core.answer import Status

SOON = 8.0
"""Seconds: it is tried again every two, and first for three where another program writes."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", folder], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("only root can mount a disk here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def no_room_on(disk: Path) -> Iterator[None]:
    """The disk is full to its last byte."""
    with (disk / "filling").open("ab", buffering=0) as file:
        try:
            while file.write(b"x" * 512):
                pass
        except OSError:
            pass
    yield
    (disk / "filling").unlink()


@contextmanager
def no_room_for(term: Terminal, records: Records) -> Iterator[None]:
    """The program may let no file grow: what a full disk is, where none can be had."""
    if sys.platform != "linux":
        pytest.skip("limits of a running process are Linux's")
    log = records.home / "data" / "csconsole.sqlite3-wal"
    before = resource.prlimit(term.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(term.pid, resource.RLIMIT_FSIZE, (log.stat().st_size, before[1]))
    yield
    with suppress(ProcessLookupError):
        resource.prlimit(term.pid, resource.RLIMIT_FSIZE, before)


def work_on(term: Terminal) -> None:
    """Answer two checks and log a line, entered twice, none of which can be saved."""
    term.press("home", "space")
    term.see("未保存", within=SOON)
    term.press("up", "space", "f2")
    term.type("jd 破损两件")
    term.press("enter")
    term.see("jd 破损两件")
    term.press("enter", "escape")
    term.watch(2.5)
    assert "✓ 09:42" not in term.text
    assert "未保存" in term.text


def all_is_saved(term: Terminal, records: Records, shown: str = "✓ 09:42") -> None:
    term.see(lambda: "未保存" not in term.text, "#1 ", within=SOON)
    assert term.text.count(shown) >= 2
    with desk_on(records.home) as desk:
        (incident,) = desk.incidents()
        assert incident.draft.title.endswith("破损两件")
        assert desk.look().progress.answered == 2


def test_on_a_full_disk_it_says_so_and_recovers(console: OpenTerminal, home: Path, disk: Path) -> None:
    records = Records(Path(shutil.copytree(home, disk / "home")))
    term = console(where=records.home)
    with no_room_on(disk):
        work_on(term)
        again = console(size=(80, 24), where=records.home, loaded=False)
        again.see("▲", within=20)  # a start is possible as well
    all_is_saved(term, records)
    again.see("京东 1单", within=SOON)
    for each in (term, again):
        each.press("ctrl+q")
        assert each.ended() == 0
    assert not (records.home / "data" / "csconsole.log").exists()


@pytest.mark.long
def test_where_no_file_may_grow_it_says_so_and_recovers(console: OpenTerminal, records: Records) -> None:
    term = console()
    with no_room_for(term, records):
        work_on(term)
    all_is_saved(term, records)


def test_leaving_with_what_is_not_saved_tries_once_more_and_tells(console: OpenTerminal, records: Records) -> None:
    term = console()
    with no_room_for(term, records):
        work_on(term)
        term.press("ctrl+q")
        assert term.ended() == 1
        assert not term.alternate
        assert "有 3 项没有保存" in term.text and "jd 破损两件" in term.text
    assert records.item("refund-chase").status is not Status.DONE


@contextmanager
def held(database: Path, how: str) -> Iterator[None]:
    """Another program holds the database."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        if how == "EXCLUSIVE":
            other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute(f"BEGIN {how}")
        yield
        other.execute("ROLLBACK")


@pytest.mark.long
def test_while_another_program_writes_it_waits_for_its_turn(console: OpenTerminal, records: Records) -> None:
    term = console()
    with held(records.home / "data" / "csconsole.sqlite3", "IMMEDIATE"):
        work_on(term)
    all_is_saved(term, records)


@pytest.mark.long
def test_a_start_waits_for_a_program_that_lets_nobody_read(console: OpenTerminal, records: Records) -> None:
    with held(records.home / "data" / "csconsole.sqlite3", "EXCLUSIVE"):
        term = console(loaded=False)
        term.see("另一个程序正占用", within=40)
        term.press("space")
    term.see("✓ 09:42", within=15)


@contextmanager
def unwritable(home: Path) -> Iterator[None]:
    """Nothing in the home can be written, by root neither."""
    if os.geteuid() == 0:
        mount: Callable[..., object] = lambda *words: subprocess.run(["mount", *words], check=True)  # noqa: E731 -- one line says it
        mount("--bind", home, home)
        mount("-o", "remount,bind,ro", home)
        yield
        subprocess.run(["umount", "-l", home], check=True)
    else:
        home.joinpath("data").chmod(0o500)
        yield
        home.joinpath("data").chmod(0o700)


def test_a_start_where_nothing_can_be_written_waits_until_it_can(console: OpenTerminal, records: Records) -> None:
    with desk_on(records.home, MONDAY.replace(hour=8, minute=50)) as desk:
        desk.answer("shop-health")
    try:
        with unwritable(records.home):
            term = console(loaded=False)
            term.see("正在重试", within=20)
            term.see("督促售后处理后台退款")  # what there is to do is seen all the same
            term.press("space")
            term.watch(1)
    except subprocess.CalledProcessError:
        pytest.skip("only root with its own mounts can do this")
    term.see("✓ 08:50", "✓ 09:42", within=15)
