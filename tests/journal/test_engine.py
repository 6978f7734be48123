"""What SQLite is asked to do, and what becomes of its errors."""

from __future__ import annotations

import sqlite3
import stat
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from marking import CHECK, NOW, said
from sqlalchemy import event

from csconsole.core.incident import Draft
from csconsole.journal import Damaged, Journal, NotRead, NotSaved
from csconsole.journal.store import Store

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes, and deleting open files, are POSIX's")


def pragma(store: Store, name: str) -> object:
    with store._reading() as connection:
        row = connection.exec_driver_sql(f"SELECT * FROM pragma_{name}").first()
    return row and row[0]


def set_pragma(store: Store, setting: str) -> None:
    with store._reading() as connection:
        connection.exec_driver_sql(f"PRAGMA {setting}")


def test_every_commit_is_to_survive_a_power_cut(journal: Journal) -> None:
    assert pragma(journal, "journal_mode") == "wal"
    assert pragma(journal, "synchronous") == 2  # FULL
    assert pragma(journal, "foreign_keys") == 1


@posix
def test_the_files_are_the_owners_alone(file: Path, journal: Journal) -> None:
    journal.take_over("me", NOW)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (file.parent, *file.parent.iterdir())}
    assert modes == {
        "data": 0o700,
        "journal.sqlite3": 0o600,
        "journal.sqlite3-wal": 0o600,
        "journal.sqlite3-shm": 0o600,
    }


def test_a_journal_may_be_opened_in_one_thread_and_used_in_another(opening: Callable[[str], Journal]) -> None:
    opened: list[Journal] = []
    worker = Thread(target=lambda: opened.append(opening("console")))
    worker.start()
    worker.join()
    opened[0].mark("me", [said()], NOW)
    assert CHECK in opened[0].records([CHECK])


def test_a_write_has_its_turn_from_its_beginning_and_a_reader_takes_none(file: Path, journal: Journal) -> None:
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other:
        with journal._reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM mark")
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        with journal._writing() as session:
            session.connection().exec_driver_sql("SELECT count(*) FROM mark")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")


# -- when nothing can be written -------------------------------------------------------------------------------


def test_while_another_program_holds_the_database_it_says_so_soon(file: Path, journal: Journal) -> None:
    journal.mark("me", [said()], NOW)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        with pytest.raises(NotSaved, match="another program"):
            journal.mark("me", [said(note="later")], NOW)
        assert 0.5 < time.monotonic() - started < 3
        assert len(journal.records([CHECK])[CHECK].marks) == 1, "reading goes on meanwhile"
        other.execute("ROLLBACK")
    journal.mark("me", [said(note="later")], NOW)
    assert len(journal.records([CHECK])[CHECK].marks) == 2


def test_with_a_full_disk_nothing_is_written_by_half_and_later_all_is(journal: Journal) -> None:
    journal.mark("me", [said()], NOW)
    pages = pragma(journal, "page_count")
    set_pragma(journal, f"max_page_count={pages}")
    long = said("long@2026-11-23", note="字" * 10_000, readings={("jd", "a"): 1.0})
    for _ in range(3):
        with pytest.raises(NotSaved, match="disk is full"):
            journal.mark("me", [said(note="kept?"), long], NOW)
    assert len(journal.records([CHECK])[CHECK].marks) == 1
    set_pragma(journal, "max_page_count=1000000")
    journal.mark("me", [said(note="kept?"), long], NOW)
    assert len(journal.records([CHECK])[CHECK].marks) == 2


def test_a_database_that_cannot_be_written_to_can_still_be_read(journal: Journal) -> None:
    journal.mark("me", [said()], NOW)
    set_pragma(journal, "query_only=1")
    for write in (
        lambda: journal.mark("me", [said()], NOW),
        lambda: journal.undo("me", NOW),
        lambda: journal.log("me", Draft("title", "refunds"), NOW),
        lambda: journal.take_over("me", NOW),
    ):
        with pytest.raises(NotSaved, match="cannot be written"):
            write()
    assert CHECK in journal.records([CHECK])


def test_a_file_in_the_place_of_its_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotRead, match="cannot be opened"):
        Journal.open(f"sqlite:///{tmp_path / 'file' / 'journal.sqlite3'}")


def test_a_folder_in_the_place_of_its_file_is_told_in_a_sentence(file: Path, url: str) -> None:
    file.mkdir(parents=True)
    with pytest.raises(NotRead, match="cannot be opened"):
        Journal.open(url)


# -- when the file is damaged ----------------------------------------------------------------------------------


def test_pages_overwritten_while_it_is_open_are_damage(file: Path, url: str) -> None:
    with closing(Journal.open(url)) as journal:
        for n in range(50):
            journal.mark("me", [said(f"check-{n}@2026-11-23", note="x" * 500)], NOW)
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)
    with pytest.raises(Damaged):
        Journal.open(url)


@pytest.mark.parametrize(
    "wrong",
    [
        "kind = 'nonsense'",
        "at = 'yesterday'",
        "business_date = '2026-13-45'",
        "shops = '{'",
        "note = CAST(x'1b5b33316d0aff80' AS TEXT)",
    ],
)
def test_rows_nobody_of_ours_can_have_written_are_damage(file: Path, journal: Journal, wrong: str) -> None:
    journal.mark("me", [said()], NOW)
    with closing(sqlite3.connect(file)) as other, other:
        other.execute(f"UPDATE mark SET {wrong}")
    with pytest.raises(Damaged) as found:
        journal.records([CHECK])
    assert str(found.value).isprintable(), "one line, whatever is quoted"


def test_an_emptied_file_beside_snapshots_is_damage_and_alone_is_new(file: Path, url: str) -> None:
    file.parent.mkdir()
    file.touch()
    Journal.open(url).close()
    (file.parent / "snapshots").mkdir()
    (file.parent / "snapshots" / "journal-2026-11-22.sqlite3").touch()
    file.write_bytes(b"")
    for _ in range(2):
        with pytest.raises(Damaged, match="empty"):
            Journal.open(url)


# -- and it stays fast -----------------------------------------------------------------------------------------


def test_no_question_of_the_day_goes_through_all_of_history(journal: Journal) -> None:
    asked: list[tuple[str, Any]] = []

    def overhear(_connection: Any, _cursor: Any, sql: str, values: Any, *_more: Any) -> None:
        asked.append((sql, values))

    event.listen(journal._database.reading, "before_cursor_execute", overhear)
    day = NOW.date()
    number = journal.log("me", Draft("title", "refunds"), NOW)
    journal.mark("me", [said()], NOW)
    journal.snooze("me", CHECK, NOW, NOW)
    journal.records([CHECK])
    journal.settled(["check"], NOW)
    journal.undone()
    journal.readings(day, day)
    journal.readings(day, day, metrics=["a"], shops=["jd"])
    journal.incidents(open_only=True)
    journal.incidents(opened_from=NOW)
    journal.incidents(resolved_from=NOW)
    journal.incidents(occurrences=[CHECK])
    journal.incident(number)
    journal.claims([CHECK])
    journal.snoozes([CHECK])
    journal.closing(day)
    journal.assignees(NOW)
    journal.delegates(day)
    for _ in range(4):
        journal.undo("me", NOW)

    scans: list[str] = []
    with journal._reading() as connection:
        for sql, values in [(sql, values) for sql, values in asked if sql.startswith("SELECT")]:
            steps = [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
            scans += [f"{step}: {sql}" for step in steps if step.startswith("SCAN") and step != "SCAN open_incident"]
    assert len(asked) > 30
    assert scans == []
