from __future__ import annotations

import json
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from shell import MONDAY, Shell

from csconsole.core.errors import UserError
from csconsole.desk import Desk

BROKEN = """version: 1
timezone: Asia/Shanghai
daily:
  - {id: a, at: "25:00", category: nowhere, title: A}
  - {id: a, at: "09:00", title: }
"""


def snapshot(home: Path) -> dict[str, bytes]:
    """Everything in a home but what SQLite keeps beside a database while it is read."""
    files = (file for file in home.rglob("*") if file.is_file() and not file.name.endswith(("-wal", "-shm")))
    return {str(file.relative_to(home)): file.read_bytes() for file in files}


# -- schedules -------------------------------------------------------------------------------------------------


def test_the_schedule_in_use_is_sound(shell: Shell) -> None:
    assert shell("09:00", "schedule", "check").out == "ok: 22 duties\n"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_fault_of_a_file_is_told_with_its_place(shell: Shell, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    before = snapshot(shell.home)
    said = shell("09:00", "schedule", "check", str(file), lang=lang)
    assert (said.code, said.out) == (2, "")
    lines = said.err.splitlines()
    assert len(lines) >= 3
    for line in lines:
        assert re.fullmatch(re.escape(str(file)) + r":[0-9]+:[0-9]+: \S.*", line)
    assert any("\u4e00" <= character <= "\u9fff" for character in said.err) == (lang == "zh")
    assert snapshot(shell.home) == before


def test_a_broken_schedule_in_use_stops_every_command_alike(shell: Shell) -> None:
    (shell.home / "schedules" / "supervisor.yaml").write_text(BROKEN, encoding="utf-8")
    checked = shell("09:00", "schedule", "check")
    for words in (["today"], ["undo"], ["report", "day"], ["done", "a"]):
        said = shell("09:00", *words)
        assert (said.code, said.out, said.err) == (2, "", checked.err)


def test_broken_days_off_are_told_too(shell: Shell, tmp_path: Path) -> None:
    for file in (shell.home / "schedules" / "holidays.yaml", tmp_path / "holidays.yaml"):
        file.write_text("version: 1\ndays_off: {2026-13-01: x}\n", encoding="utf-8")
    assert "holidays.yaml:2:" in shell("09:00", "schedule", "check").fault
    assert "holidays.yaml:2:" in shell("09:00", "schedule", "check", str(tmp_path / "holidays.yaml")).fault


def test_checking_needs_no_database(shell: Shell, tmp_path: Path) -> None:
    file = shutil.copy(shell.home / "schedules" / "supervisor.yaml", tmp_path / "mine.yaml")
    (shell.home / "data" / "csconsole.sqlite3").write_bytes(b"no database at all")
    assert shell("09:00", "schedule", "check", str(file)).code == 0


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_no_file_to_check(shell: Shell, tmp_path: Path, name: str) -> None:
    assert str(tmp_path) in shell("09:00", "schedule", "check", str(tmp_path / name)).fault


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_file_without_an_end_is_at_fault_for_its_size() -> None:
    from shell import process

    assert process("schedule", "check", "/dev/zero").fault.startswith("/dev/zero:1:1: ")


def test_the_schema_is_json(shell: Shell) -> None:
    schema = json.loads(shell("09:00", "schedule", "schema").out)
    assert "daily" in schema["properties"]


# -- the database ----------------------------------------------------------------------------------------------


def test_a_backup_restores_what_it_held_and_keeps_what_was_there(shell: Shell, tmp_path: Path) -> None:
    shell("09:00", "done", "shop-health")
    copy = tmp_path / "copy.sqlite3"
    assert shell("09:01", "backup", str(copy)).out == f"{copy}\n"
    shell("09:02", "done", "refund-chase")
    said = shell("09:03", "restore", str(copy))
    assert said.code == 0
    assert shell.item("09:40", "shop-health")["status"] == "done"
    assert shell.item("09:40", "refund-chase")["status"] == "due"
    kept = said.out.splitlines()[1].split()[-1]
    with closing(sqlite3.connect(kept)) as old:
        assert old.execute("SELECT count(*) FROM mark").fetchone() == (2,)


def test_a_backup_without_a_name_goes_into_the_data_folder(shell: Shell) -> None:
    file = Path(shell("09:01", "backup").out.rstrip("\n"))
    assert file.parent == shell.home / "data" / "backups" and file.stat().st_size > 0
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o077 == 0


def test_what_is_no_backup_is_refused_and_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello", encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "other.sqlite3")) as other:
        other.execute("CREATE TABLE action (id INTEGER)")
    (tmp_path / "empty").touch()
    before = snapshot(shell.home)
    for name in ("text", "other.sqlite3", "empty", "missing", "."):
        assert shell("09:00", "restore", str(tmp_path / name)).fault
    assert snapshot(shell.home) == before


def test_a_backup_overwrites_nothing(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("mine", encoding="utf-8")
    assert shell("09:00", "backup", str(tmp_path / "copy")).fault
    assert (tmp_path / "copy").read_text(encoding="utf-8") == "mine"


# -- doctor ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_doctor_finds_a_home_sound_and_leaves_it_alone(shell: Shell, lang: str) -> None:
    shutil.rmtree(shell.home / "data" / "cache")  # what is kept there for speed is nobody's
    before = snapshot(shell.home)
    said = shell("09:00", "doctor", lang=lang)
    assert (said.code, said.err) == (0, "")
    for part in (str(shell.home), "CSCONSOLE_HOME", "Python", "22", "CN 2026", "Asia/Shanghai"):
        assert part in said.out
    assert snapshot(shell.home) == before


def test_the_doctor_creates_no_home(shell: Shell, tmp_path: Path) -> None:
    said = Shell(tmp_path / "nowhere", shell.capsys)(f"{MONDAY}T09:00+08:00", "doctor")
    assert said.code == 0 and not (tmp_path / "nowhere").exists()


def test_the_doctor_says_what_is_wrong(shell: Shell) -> None:
    shell("09:00", "backup", str(shell.home / "data" / "good"))
    (shell.home / "schedules" / "supervisor.yaml").write_text(BROKEN, encoding="utf-8")
    (shell.home / "data" / "snapshots").mkdir(exist_ok=True)
    (shell.home / "data" / "good").rename(shell.home / "data" / "snapshots" / "csconsole-2026-11-22.sqlite3")
    (shell.home / "data" / "csconsole.sqlite3").write_bytes(b"no database at all")
    (shell.home / "data" / "settings.toml").write_text("notify = [", encoding="utf-8")
    said = shell("2026-11-23T09:00+08:00", "doctor")
    assert said.code == 1
    assert "1 kept, the newest is" in said.out, "and what there is to go back to"
    faults = [line for line in said.out.splitlines() if line.startswith("✗ fault")]
    for part in ("supervisor.yaml:4:", "csconsole.sqlite3", "settings.toml"):
        assert any(part in line for line in faults)


def test_the_doctor_says_where_the_records_are_not_safe(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshots = shell.home / "data" / "snapshots"
    snapshots.mkdir(exist_ok=True)
    (snapshots / "csconsole-2026-11-22.sqlite3").write_bytes(b"no database at all")
    monkeypatch.setattr("csconsole.desk.places.network", lambda _path: "nfs4")
    monkeypatch.setattr("csconsole.desk.places.synced", lambda path: path.parent)
    said = shell("2026-11-23T09:00+08:00", "doctor")
    assert said.code == 1
    faults = [line for line in said.out.splitlines() if line.startswith("✗ fault")]
    assert ["nfs4" in faults[0], "none to go back to" in faults[1]] == [True, True]
    assert "kept in step with a cloud" in said.out


@pytest.mark.skipif(sys.platform == "win32", reason="a user's profile is the user's own there")
def test_the_doctor_tells_what_others_can_read(shell: Shell) -> None:
    (shell.home / "data").chmod(0o755)
    (shell.home / "data" / "csconsole.sqlite3").chmod(0o644)
    said = shell("2026-11-23T09:00+08:00", "doctor")
    assert (said.code, "chmod 600" in said.out) == (0, True)


# -- rehearsing ------------------------------------------------------------------------------------------------


class Shown:
    """Stands in for the console: keeps what it was shown while it was open."""

    def __init__(self) -> None:
        self.homes: list[Path] = []

    def __call__(self, desk: Desk, rehearsal: bool) -> int:
        desk.open()
        self.desk, self.rehearsal, self.agenda = desk, rehearsal, desk.look()
        self.homes.append(desk.workspace.home)
        desk.answer("refund-chase")
        desk.close()
        return 7


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shown]:
    shown = Shown()
    monkeypatch.setattr("csconsole.__main__._show", shown)
    monkeypatch.setattr("csconsole.cli.commands.console._need_a_terminal", lambda: None)
    yield shown


def statuses(shown: Shown) -> dict[str, str]:
    return {item.occurrence.duty: item.status.value for item in shown.agenda.items}


def test_a_rehearsal_changes_nothing_and_leaves_nothing(shell: Shell, shown: Shown) -> None:
    shell("08:10", "done", "shop-health")
    before = snapshot(shell.home)
    assert shell("12:00", "rehearse", "--speed", "600").code == 7
    assert shown.rehearsal and shown.desk.clock.speed == 600
    assert snapshot(shell.home) == before
    (home,) = shown.homes
    assert home != shell.home and not home.exists()


def test_a_rehearsal_begins_at_half_past_eight_with_what_was_known_then(shell: Shell, shown: Shown) -> None:
    shell("08:10", "done", "shop-health")
    shell("09:00", "done", "complaints-and-refunds")
    shell("09:01", "log", "投诉 later")
    shell("12:00", "rehearse")
    assert str(shown.agenda.now.astimezone(shown.agenda.zone))[:16] == f"{MONDAY} 08:30"
    assert statuses(shown)["shop-health"] == "done"
    assert statuses(shown)["complaints-and-refunds"] == "upcoming"
    assert shown.desk.clock.speed == 60


@pytest.mark.parametrize("day", ["2026-11-19", "2026-12-01", "2020-02-03"])
def test_a_day_that_is_rehearsed_is_owed(shell: Shell, shown: Shown, day: str) -> None:
    shell("09:00", "done", "complaints-and-refunds")
    shell("12:00", "rehearse", "--date", day)
    assert shown.agenda.day.date.isoformat() == day
    assert statuses(shown)["complaints-and-refunds"] == "upcoming"


def test_a_day_may_be_named_by_its_distance(shell: Shell, shown: Shown) -> None:
    shell("12:00", "rehearse", "--date", "tomorrow")
    assert shown.agenda.day.date.isoformat() == "2026-11-24"


def test_a_home_that_is_not_there_yet_can_be_rehearsed(shell: Shell, shown: Shown, tmp_path: Path) -> None:
    assert Shell(tmp_path / "nowhere", shell.capsys)(f"{MONDAY}T12:00+08:00", "rehearse").code == 7
    assert not (tmp_path / "nowhere").exists()


def test_a_broken_schedule_is_named_where_its_owner_has_it(shell: Shell, shown: Shown) -> None:
    file = shell.home / "schedules" / "supervisor.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    said = shell(f"{MONDAY}T12:00+08:00", "rehearse")
    assert said.code == 2 and all(line.startswith(f"{file}:") for line in said.err.splitlines())


@pytest.mark.parametrize("words", [["--speed", "0"], ["--speed", "-1"], ["--speed", "nan"], ["--date", "2026-02-30"]])
def test_no_way_to_rehearse(shell: Shell, shown: Shown, words: list[str]) -> None:
    assert shell("12:00", "rehearse", *words).fault
    assert not shown.homes


# -- the console -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [[], ["rehearse"]])
def test_without_a_terminal_there_is_plain_text(shell: Shell, words: list[str]) -> None:
    assert "csconsole today" in shell("09:00", *words).fault


def test_the_console_gets_a_desk_that_is_not_open_and_has_a_name(
    shell: Shell, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, str | None, str, bool]] = []

    def show(desk: Desk, rehearsal: bool) -> int:
        seen.append((desk.is_open, desk.console, desk.by, rehearsal))
        return 0

    monkeypatch.setattr("csconsole.__main__._show", show)
    assert shell("09:00").code == 0 and shell("09:00").code == 0
    (first, second) = seen
    assert (first[0], first[2:]) == (False, ("Wang", False))
    assert first[1] and second[1] and first[1] != second[1]


# -- what nobody is at fault for -------------------------------------------------------------------------------


def test_what_goes_wrong_is_told_in_one_line_and_written_down(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Desk, "look", lambda *_: 1 / 0)
    said = shell("09:00", "today")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    log = shell.home / "data" / "csconsole.log"
    assert "ZeroDivisionError" in said.err and str(log) in said.err and "Traceback" not in said.err
    assert "Traceback" in log.read_text(encoding="utf-8")
    if sys.platform != "win32":
        assert log.stat().st_mode & 0o077 == 0


def test_a_database_that_cannot_be_used_is_told_in_one_line(shell: Shell) -> None:
    (shell.home / "data" / "csconsole.sqlite3").write_bytes(b"no database at all")
    for lang in ("en", "zh"):
        said = shell("09:00", "today", lang=lang)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
        assert "csconsole.sqlite3" in said.err


def test_a_user_error_of_any_room_is_one_line(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise UserError("a\nb\x1b[2J")

    monkeypatch.setattr(Desk, "look", refuse)
    assert shell("09:00", "today").fault == "a b[2J"


def test_ctrl_c_ends_quietly(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Desk, "look", interrupt)
    said = shell("09:00", "today")
    assert (said.code, said.out, said.err) == (130, "", "")
