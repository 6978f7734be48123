"""A database that was damaged, emptied or removed comes back, and nothing that was there is thrown away."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from marking import CHECK, NOW, said

from csconsole.core.errors import UserError
from csconsole.journal import Damaged, Journal, NotSaved, maintenance, repair
from csconsole.journal.repair import Outcome, Repair

posix = pytest.mark.skipif(sys.platform == "win32", reason="deleting open files, and modes, are POSIX's")

DAY = date(2026, 11, 23)
LATER = NOW + timedelta(hours=1)
HELD = "held@2026-11-23"


def write(url: str, *keys: str, padding: int = 0) -> None:
    with closing(Journal.open(url)) as journal:
        for key in keys:
            journal.mark("me", [said(key, note="字" * padding)], NOW)


def holds(url: str, *keys: str) -> bool:
    with closing(Journal.open(url)) as journal:
        return journal.records(keys).keys() == set(keys) and not journal.repairs


def aside(file: Path) -> list[str]:
    """What lies beside a database, its snapshots not counted."""
    return sorted(path.name for path in file.parent.iterdir() if path.name not in (file.name, "snapshots"))


@pytest.fixture
def kept(url: str) -> str:
    """A journal of a hundred kilobytes; what was written up to `NOW` is in its snapshot, one more mark is not."""
    write(url, CHECK, *(f"c{n}@2026-11-23" for n in range(30)), padding=1000)
    maintenance.daily_snapshot(url, DAY)
    with closing(Journal.open(url)) as journal:
        journal.mark("me", [said("later@2026-11-23")], LATER)
    return url


# -- found at the opening --------------------------------------------------------------------------------------


def overwrite(file: Path, chance: random.Random) -> None:
    """Spoil some pages as a failing disk does. The first page is the database's header."""
    data = bytearray(file.read_bytes())
    for _ in range(chance.randint(1, 4)):
        page = chance.randrange(len(data) // 4096)
        data[page * 4096 : (page + 1) * 4096] = chance.choice([b"\xff" * 4096, b"\0" * 4096, chance.randbytes(4096)])
    file.write_bytes(data)


DAMAGES: list[Callable[[Path, random.Random], object]] = [
    overwrite,
    overwrite,
    overwrite,
    lambda file, _chance: file.write_bytes(b""),
    lambda file, _chance: file.unlink(),
    lambda file, chance: os.truncate(file, chance.randrange(1, file.stat().st_size - 4096)),
    lambda file, chance: file.write_bytes(chance.randbytes(20_000)),
    lambda file, _chance: file.write_text("<html>not a database</html>" * 500),
]


@pytest.mark.parametrize("times", [8, pytest.param(400, marks=pytest.mark.long)], ids=["short", "long"])
def test_whatever_was_damaged_the_newest_good_snapshot_comes_back(kept: str, file: Path, times: int) -> None:
    whole = file.read_bytes()
    chance = random.Random(times)
    for n in range(times):
        file.write_bytes(whole)
        DAMAGES[n % len(DAMAGES)](file, chance)
        there = file.read_bytes() if file.exists() else None
        with closing(Journal.open(kept)) as journal:
            (done,) = journal.repairs
            assert journal.records([CHECK, "later@2026-11-23"]).keys() == {CHECK}
        assert (done.outcome, done.until) == (Outcome.RESTORED, NOW)
        if there is None:
            assert done.kept is None
        else:
            assert done.kept is not None and done.kept.read_bytes() == there
        assert maintenance.check(kept) == ()
        assert holds(kept, CHECK)
        for name in aside(file):
            file.with_name(name).unlink()


def test_the_log_of_a_damaged_database_is_kept_with_it(kept: str, file: Path) -> None:
    journal = Journal.open(kept)
    journal.mark("me", [said(HELD)], NOW)
    log = file.with_name(f"{file.name}-wal").read_bytes()
    shutil.copy(file.with_name(f"{file.name}-wal"), file.with_name("log"))
    journal.close()
    file.write_bytes(b"x" * 8192)
    file.with_name("log").rename(file.with_name(f"{file.name}-wal"))
    assert not holds(kept, CHECK)  # it says so, once
    assert file.with_name("journal.damaged-1.sqlite3-wal").read_bytes() == log
    assert holds(kept, CHECK)


def test_the_snapshot_with_the_newest_facts_comes_back_of_those_that_are_sound(kept: str, file: Path) -> None:
    newer = maintenance.daily_snapshot(kept, DAY + timedelta(days=1))
    newest = maintenance.daily_snapshot(kept, DAY + timedelta(days=2))
    assert newer is not None and newest is not None
    data = newest.read_bytes()
    newest.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    for snapshot in maintenance.snapshots(kept):
        os.utime(snapshot, (0, 0))  # as they are after a copy
    file.write_bytes(b"")
    with closing(Journal.open(kept)) as journal:
        assert journal.repairs[0].until == LATER
        assert "later@2026-11-23" in journal.records(["later@2026-11-23"])


def test_without_a_good_snapshot_nothing_is_touched(kept: str, file: Path) -> None:
    for snapshot in maintenance.snapshots(kept):
        snapshot.write_bytes(b"")
    for damage in (b"", b"x" * 8192, file.read_bytes()[:4096] + b"\xff" * 8192):
        file.write_bytes(damage)
        for _ in range(2):
            with pytest.raises(Damaged):
                Journal.open(kept)
        assert file.read_bytes() == damage
        assert not [name for name in aside(file) if "damaged" in name]
    file.unlink()
    write(kept, CHECK)  # of nothing, there is nothing to be kept


def test_a_database_of_a_newer_program_is_not_repaired(kept: str, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_later'")
    before = file.read_bytes()
    with pytest.raises(UserError, match="newer"):
        Journal.open(kept)
    assert file.read_bytes() == before and aside(file) == []


@posix
def test_what_was_put_back_and_what_was_kept_is_the_owners_alone(kept: str, file: Path) -> None:
    file.write_bytes(b"x" * 8192)
    Journal.open(kept).close()
    lying = [file, *file.parent.glob("*damaged*"), *(file.parent / "snapshots").iterdir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in lying} == {0o600}


def test_a_repair_that_cannot_be_written_changes_nothing(
    kept: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(b"x" * 8192)

    def full(*_: object) -> None:
        raise NotSaved("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(repair, "copy", full)
        with pytest.raises(NotSaved):
            Journal.open(kept)
    assert file.read_bytes() == b"x" * 8192
    assert not holds(kept, CHECK)
    assert holds(kept, CHECK)


def test_two_that_find_it_damaged_repair_it_once(kept: str, file: Path) -> None:
    file.write_bytes(b"x" * 8192)
    assert repair.restore_newest(kept) is not None
    assert repair.restore_newest(kept) is None
    assert [name for name in aside(file) if "damaged" in name] == ["journal.damaged-1.sqlite3"]


def test_what_is_too_large_to_be_looked_into_at_every_opening_is_not(kept: str, file: Path) -> None:
    file.write_bytes(b"x" * 8192)
    assert maintenance.check(kept, 8191) == ()
    assert maintenance.check(kept, 8192) != ()
    assert maintenance.check(kept) != ()


# -- while it is open ------------------------------------------------------------------------------------------


@pytest.fixture
def consoles(kept: str) -> Iterator[tuple[Journal, Journal]]:
    """Two consoles; what they wrote is in no snapshot."""
    one, other = Journal.open(kept, "one"), Journal.open(kept, "other")
    one.mark("me", [said(HELD)], NOW)
    yield one, other
    one.close()
    other.close()


def remove(file: Path) -> None:
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()


@posix
@pytest.mark.parametrize("gone", [Path.unlink, remove, lambda file: shutil.rmtree(file.parent)])
def test_of_a_database_removed_under_consoles_nothing_is_lost(
    consoles: tuple[Journal, Journal], kept: str, file: Path, gone: Callable[[Path], object]
) -> None:
    one, other = consoles
    gone(file)
    one.mark("me", [said("one@2026-11-23")], NOW)
    other.mark("me", [said("other@2026-11-23")], NOW)
    assert one.repairs == [Repair(Outcome.PUT_BACK, None)]
    assert other.repairs == []
    keys = [CHECK, HELD, "later@2026-11-23", "one@2026-11-23", "other@2026-11-23"]
    for journal in consoles:
        assert journal.changed()
        assert journal.records(keys).keys() == set(keys)
    assert holds(kept, *keys)
    one.close()
    assert holds(kept, *keys), "the one that closes takes nothing of the other's along"
    assert len(other.records(keys)) == len(keys)


@posix
def test_a_command_that_comes_before_the_console_noticed_loses_nothing_for_good(
    consoles: tuple[Journal, Journal], kept: str, file: Path
) -> None:
    one, _other = consoles
    remove(file)
    write(kept, "command@2026-11-23")  # on the snapshot, for nothing else was there
    assert one.records([HELD, "command@2026-11-23"]).keys() == {"command@2026-11-23"}
    (done,) = one.repairs
    assert done.outcome is Outcome.REPLACED and done.kept is not None
    with closing(sqlite3.connect(done.kept)) as connection:
        assert connection.execute("SELECT count(*) FROM mark WHERE key = ?", (HELD,)).fetchone() == (1,)


@posix
def test_what_is_put_in_its_place_is_taken_up(consoles: tuple[Journal, Journal], kept: str, file: Path) -> None:
    one, other = consoles
    copy = file.with_name("copy")
    maintenance.backup(kept, copy)
    remove(file)
    copy.rename(file)
    one.mark("me", [said("one@2026-11-23")], NOW)
    assert other.records([HELD, "one@2026-11-23"]).keys() == {HELD, "one@2026-11-23"}
    assert one.repairs == other.repairs == []
    assert aside(file) == [f"{file.name}-shm", f"{file.name}-wal"]


@posix
@pytest.mark.parametrize("damage", [b"", b"x" * 8192])
def test_a_damaged_file_in_its_place_gives_way_to_what_is_held(
    consoles: tuple[Journal, Journal], kept: str, file: Path, damage: bytes
) -> None:
    one, _other = consoles
    file.rename(file.with_name("elsewhere"))
    file.write_bytes(damage)
    assert HELD in one.records([HELD])
    (done,) = one.repairs
    assert done.outcome is Outcome.PUT_BACK and done.kept is not None and done.kept.read_bytes() == damage
    assert holds(kept, CHECK, HELD)


@posix
def test_while_it_cannot_be_put_back_nothing_is_said_to_be_saved(
    consoles: tuple[Journal, Journal], kept: str, file: Path
) -> None:
    one, _other = consoles
    folder = file.parent
    folder.rename(folder.with_name("elsewhere"))
    folder.touch()
    for _ in range(2):
        with pytest.raises(NotSaved):
            one.mark("me", [said("one@2026-11-23")], NOW)
    folder.unlink()
    one.mark("me", [said("one@2026-11-23")], NOW)
    assert holds(kept, CHECK, HELD, "one@2026-11-23")


@posix
def test_a_file_damaged_while_it_is_open_is_repaired_by_a_console_and_taken_up_by_the_other(
    consoles: tuple[Journal, Journal], kept: str, file: Path
) -> None:
    one, other = consoles
    other.close()
    one.close()  # all of it is in the one file now
    one, other = Journal.open(kept, "one"), Journal.open(kept, "other")
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with closing(one), closing(other):
        with pytest.raises(Damaged):
            one.records([CHECK, HELD])
        assert one.mend()
        assert not one.mend(), "it is sound now"
        assert one.records([CHECK, HELD]).keys() == {CHECK}
        assert other.records([CHECK, HELD]).keys() == {CHECK}
        other.mark("me", [said("other@2026-11-23")], NOW)
        assert "other@2026-11-23" in one.records(["other@2026-11-23"])
