from __future__ import annotations

import os
import sqlite3
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marking import CHECK, NOW, said
from scars import scar

from csconsole.core.errors import UserError
from csconsole.journal import Damaged, Journal, JournalError, NotSaved, maintenance

DAY = date(2026, 11, 23)


def marks(file: Path) -> int:
    """How many marks a database holds, read as it lies there."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM mark").fetchone()
    return int(count)


def spoil(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    file.write_bytes(data)


@pytest.fixture
def written(url: str) -> str:
    """A journal with one mark, closed."""
    with closing(Journal.open(url)) as journal:
        journal.mark("me", [said()], NOW)
    return url


@pytest.fixture
def saved(written: str, tmp_path: Path) -> Iterator[Path]:
    """A backup with one mark, of a journal that has two by now."""
    target = tmp_path / "backup.sqlite3"
    maintenance.backup(written, target)
    with closing(Journal.open(written)) as journal:
        journal.mark("me", [said()], NOW)
    yield target


# -- backup ----------------------------------------------------------------------------------------------------


def test_a_backup_is_one_private_file_with_all_that_was_written(journal: Journal, url: str, tmp_path: Path) -> None:
    journal.mark("me", [said()], NOW)
    target = tmp_path / "elsewhere" / "backup.sqlite3"
    target.parent.mkdir()
    maintenance.backup(url, target)
    assert marks(target) == 1
    assert target.read_bytes()[18:20] == b"\x01\x01", "readable where nothing can be written (no write-ahead log)"
    assert [path.name for path in target.parent.iterdir()] == ["backup.sqlite3"]
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_backup_is_whole_while_another_thread_writes(journal: Journal, url: str, tmp_path: Path) -> None:
    begun, done = threading.Event(), threading.Event()

    def write() -> None:
        with closing(Journal.open(url, "other")) as other:
            while not done.is_set():
                other.mark("me", [said(readings={("jd", "a"): 1.0, ("jd", "b"): 2.0})], NOW)
                begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(10)
        for n in range(10):
            maintenance.backup(url, tmp_path / f"backup-{n}.sqlite3")
    finally:
        done.set()
        writer.join()
    for n in range(10):
        with closing(sqlite3.connect(tmp_path / f"backup-{n}.sqlite3")) as copy:
            assert copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
            actions, readings = copy.execute(
                "SELECT (SELECT count(*) FROM action), (SELECT count(*) FROM reading)"
            ).fetchone()
            assert readings == 2 * actions > 0


def test_a_backup_overwrites_nothing(written: str, tmp_path: Path) -> None:
    target = tmp_path / "precious.txt"
    target.write_text("precious")
    with pytest.raises(UserError, match="there already"):
        maintenance.backup(written, target)
    assert target.read_text() == "precious"


@pytest.mark.parametrize("other", ["postgresql://host/db", "sqlite://"])
def test_only_files_are_looked_after(other: str, tmp_path: Path) -> None:
    for verb in (maintenance.backup, maintenance.restore):
        with pytest.raises(UserError, match="no SQLite file"):
            verb(other, tmp_path / "x")
    assert maintenance.check(other) == ()
    assert maintenance.snapshots(other) == []
    assert maintenance.daily_snapshot(other, DAY) is None


def test_a_backup_that_cannot_be_made_says_why(written: str, url: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no folder"):
        maintenance.backup(written, tmp_path / "nowhere" / "x")
    with pytest.raises(UserError, match="no database"):
        maintenance.backup(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path / "x")
    assert not (tmp_path / "none.sqlite3").exists()


def test_a_damaged_database_gives_no_backup(written: str, file: Path, tmp_path: Path) -> None:
    spoil(file)
    with pytest.raises(Damaged):
        maintenance.backup(written, tmp_path / "backup.sqlite3")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


# -- restore ---------------------------------------------------------------------------------------------------


def test_a_backup_is_restored_and_what_was_there_is_kept(written: str, saved: Path, file: Path) -> None:
    kept = maintenance.restore(written, saved)
    assert kept == file.with_name("journal.replaced-1.sqlite3")
    assert (marks(file), marks(kept), marks(saved)) == (1, 2, 1)
    if sys.platform != "win32":
        assert {stat.S_IMODE(path.stat().st_mode) for path in (file, kept)} == {0o600}
    assert maintenance.restore(written, kept) == file.with_name("journal.replaced-2.sqlite3")
    with closing(Journal.open(written)) as journal:
        assert len(journal.records([CHECK])[CHECK].marks) == 2


def test_a_backup_is_restored_where_there_was_nothing(saved: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'journal.sqlite3'}"
    assert maintenance.restore(url, saved) is None
    with closing(Journal.open(url)) as journal:
        assert CHECK in journal.records([CHECK])


def test_what_a_console_has_open_is_not_replaced(written: str, saved: Path, file: Path) -> None:
    with closing(Journal.open(written, "console")) as journal:
        with pytest.raises(UserError, match="in use"):
            maintenance.restore(written, saved)
        journal.mark("me", [said()], NOW)
        assert len(journal.records([CHECK])[CHECK].marks) == 3
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    maintenance.restore(written, saved)
    assert marks(file) == 1


def test_a_damaged_database_is_replaced_and_kept_as_it_was(written: str, saved: Path, file: Path) -> None:
    spoil(file)
    before = file.read_bytes()
    kept = maintenance.restore(written, saved)
    assert kept is not None and kept.read_bytes() == before
    with closing(Journal.open(written)) as journal:
        assert CHECK in journal.records([CHECK])


def test_a_log_left_behind_does_not_spoil_what_is_restored(written: str, saved: Path, file: Path) -> None:
    journal = Journal.open(written)
    journal.mark("me", [said()], NOW)
    logs = {name: file.with_name(file.name + name).read_bytes() for name in ("-wal", "-shm")}
    damaged = b"x" * 8192
    journal.close()
    file.write_bytes(damaged)
    for name, data in logs.items():
        file.with_name(file.name + name).write_bytes(data)
    kept = maintenance.restore(written, saved)
    assert kept is not None and kept.with_name(kept.name + "-wal").read_bytes() == logs["-wal"]
    with closing(Journal.open(written)) as journal:
        assert len(journal.records([CHECK])[CHECK].marks) == 1


def sql(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)


BAD = {
    "missing": Path.unlink,
    "text": lambda file: file.write_text("not a database " * 2000),
    "empty": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:8192]),
    "spoiled": spoil,
    "scarred": scar,
    "newer": lambda file: sql(file, "UPDATE alembic_version SET version_num = '0099'"),
    "no revision": lambda file: sql(file, "DELETE FROM alembic_version"),
    "a table gone": lambda file: sql(file, "DROP TABLE claim"),
    "a trigger": lambda file: sql(file, "CREATE TRIGGER t AFTER INSERT ON mark BEGIN DELETE FROM claim; END"),
    "a view": lambda file: sql(file, "CREATE VIEW v AS SELECT * FROM mark"),
}


@pytest.mark.parametrize("fault", BAD.values(), ids=BAD.keys())
def test_what_is_no_database_of_ours_is_not_restored(
    written: str, saved: Path, file: Path, fault: Callable[[Path], object]
) -> None:
    fault(saved)
    before = file.read_bytes()
    with pytest.raises(UserError, match=saved.name) as refusal:
        maintenance.restore(written, saved)
    assert "\n" not in str(refusal.value)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert file.read_bytes() == before


def test_a_folder_and_another_programs_database_are_not_restored(written: str, tmp_path: Path) -> None:
    other = tmp_path / "contacts.db"
    sql(other, "CREATE TABLE contact (id INTEGER)")
    for source in (tmp_path, other):
        with pytest.raises(UserError):
            maintenance.restore(written, source)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_backup_with_wrong_bytes_is_refused_or_opens(tmp_path: Path, written: str, data: st.DataObject) -> None:
    good = tmp_path / "good.sqlite3"
    if not good.exists():
        maintenance.backup(written, good)
    content = bytearray(good.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    bad, url = tmp_path / "bad.sqlite3", f"sqlite:///{tmp_path / 'fuzzed' / 'journal.sqlite3'}"
    bad.write_bytes(content[: data.draw(st.sampled_from([None, 100, 5000, -1, -4096]))])
    try:
        maintenance.restore(url, bad)
        with closing(Journal.open(url)) as journal:
            journal.records([CHECK])
    except (UserError, JournalError):
        pass


# -- snapshots and the check -----------------------------------------------------------------------------------


def test_a_day_has_one_snapshot_of_what_was_there_at_first(written: str, file: Path) -> None:
    snapshot = maintenance.daily_snapshot(written, DAY)
    assert snapshot == file.parent / "snapshots" / "journal-2026-11-23.sqlite3"
    with closing(Journal.open(written)) as journal:
        journal.mark("me", [said()], NOW)
        assert maintenance.daily_snapshot(written, DAY) is None
        assert maintenance.daily_snapshot(written, DAY + timedelta(days=1)) is not None
    assert [marks(found) for found in maintenance.snapshots(written)] == [2, 1]
    if sys.platform != "win32":
        assert stat.S_IMODE(snapshot.stat().st_mode) == 0o600
        assert stat.S_IMODE(snapshot.parent.stat().st_mode) == 0o700


def test_the_newest_days_are_kept_and_what_is_not_a_days_is_left(written: str) -> None:
    maintenance.snapshot_before_migrating(written, "0001_facts")
    for days in range(20):
        maintenance.daily_snapshot(written, DAY + timedelta(days=days))
    names = sorted(path.name for path in maintenance.snapshots(written))
    newest = [f"journal-{DAY + timedelta(days=days)}.sqlite3" for days in range(6, 20)]
    assert names == [*newest, "journal-before-migrating-0001_facts.sqlite3"]


def test_the_one_just_made_stays_whatever_days_the_others_are_of(written: str) -> None:
    """The clock had been wrong: by their names all the others are newer, and none of them need be good."""
    for days in range(1, 15):
        maintenance.daily_snapshot(written, DAY + timedelta(days=days))
    made = maintenance.daily_snapshot(written, DAY)
    found = maintenance.snapshots(written)
    assert made in found and len(found) == 14


def test_what_a_copy_that_was_broken_off_left_behind_goes_with_the_next_day(written: str) -> None:
    snapshot = maintenance.daily_snapshot(written, DAY)
    assert snapshot is not None
    left, fresh = (snapshot.with_name(f".{snapshot.name}.{name}") for name in ("left", "fresh"))
    left.touch()
    os.utime(left, (0, 0))
    fresh.touch()
    maintenance.daily_snapshot(written, DAY + timedelta(days=1))
    assert not left.exists() and fresh.exists()


@pytest.mark.parametrize("damage", [spoil, scar])
def test_a_damaged_database_pushes_no_good_snapshot_out(
    written: str, file: Path, damage: Callable[[Path], None]
) -> None:
    good = maintenance.daily_snapshot(written, DAY, keep=1)
    damage(file)
    with pytest.raises(Damaged):
        maintenance.daily_snapshot(written, DAY + timedelta(days=1), keep=1)
    assert maintenance.snapshots(written) == [good]


def test_before_there_is_a_database_there_is_no_snapshot(url: str, file: Path) -> None:
    assert maintenance.daily_snapshot(url, DAY) is None
    assert not file.parent.exists()


def test_a_snapshot_that_cannot_be_written_says_so(written: str, file: Path) -> None:
    (file.parent / "snapshots").touch()
    with pytest.raises(NotSaved, match="snapshots"):
        maintenance.daily_snapshot(written, DAY)


def test_the_check_tells_sound_from_damaged(written: str, url: str, file: Path) -> None:
    assert maintenance.check(url) == ()
    assert maintenance.check(f"sqlite:///{file.with_name('none.sqlite3')}") == ()
    maintenance.daily_snapshot(url, DAY)
    good = file.read_bytes()
    for fault in (b"", b"x" * len(good), good[:4096] + b"\xff" * (len(good) - 4096)):
        file.write_bytes(fault)
        assert maintenance.check(url) != ()
    file.write_bytes(good)
    assert maintenance.check(url) == ()
