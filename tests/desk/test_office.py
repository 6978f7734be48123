"""Opening a desk, what it keeps compiled, and the schedule it has in force as its owner edits it."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from houses import DAILY, HEAD, MONDAY, REST, SCHEDULE, House, keys
from routine import at, statuses, wall
from scars import scar

from csconsole.core.agenda import agenda, candidates
from csconsole.core.answer import Status
from csconsole.core.calendar import DayType
from csconsole.core.errors import UserError
from csconsole.core.period import PeriodKind, period_of
from csconsole.desk import Damaged, Desk
from csconsole.schedule_file import Faults

CHECK, TEN, MEETING = f"check@{MONDAY}", f"ten@{MONDAY}", f"meeting@{MONDAY}"
OFF = "version: 1\ndays_off:\n  - {date: 2026-11-23, name: 厂庆}\n"
LATER = DAILY.replace('at: "10:00"', 'at: "11:00"')


# -- the first start -------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_an_empty_home_is_filled_privately(tmp_path: Path) -> None:
    house = House(tmp_path / "not" / "yet")
    desk = house.open(f"{MONDAY} 09:00")
    found = {path.relative_to(house.home): stat.S_IMODE(path.stat().st_mode) for path in house.home.rglob("*")}
    folders = {path for path in found if (house.home / path).is_dir()}
    assert {"schedules", "data", "data/cache"} <= {str(path) for path in folders}
    assert {Path("schedules/supervisor.yaml"), Path("schedules/holidays.yaml")} <= found.keys()
    assert {found[folder] for folder in folders} == {0o700}
    assert {mode for path, mode in found.items() if path not in folders} == {0o600}
    assert stat.S_IMODE(house.home.stat().st_mode) == 0o700
    assert len(desk.look().items) == 17  # sixteen daily checks and Monday's meeting
    house.close()


def test_opening_again_leaves_the_owners_files_alone(house: House) -> None:
    house.write(SCHEDULE, "# mine\n")
    house.open()
    assert house.workspace.schedule.read_text("utf-8").endswith("# mine\n")


def test_looking_creates_nothing(tmp_path: Path) -> None:
    house = House(tmp_path / "none")
    assert house.desk().glance() is None
    assert not house.home.exists()


def test_a_home_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be used as home"):
        House(tmp_path / "file").open()


def test_a_broken_schedule_is_told_at_the_start(house: House) -> None:
    house.write(SCHEDULE.replace('"09:00"', '"25:00"'))
    with pytest.raises(Faults, match=r"supervisor\.yaml:\d+:\d+: "):
        house.open()


# -- a glance before the journal is open -------------------------------------------------------------------------


def test_a_glance_shows_todays_times_without_the_records(house: House) -> None:
    house.open("2026-11-20 08:00").answer(TEN)
    desk = house.desk()
    house.put(f"{MONDAY} 09:05")
    found = desk.glance()
    assert found is not None
    # Neither what is carried over nor what was answered is known yet.
    assert statuses(found.items) == {CHECK: "due", MEETING: "upcoming", TEN: "upcoming"}
    assert not desk.is_open
    assert desk.today() == date(2026, 11, 23)
    desk.open()
    assert desk.is_open
    assert statuses(desk.look().items) == {
        "list@2026-11-20": "overdue",
        CHECK: "due",
        MEETING: "upcoming",
        TEN: "done",
    }


def test_a_desk_whose_records_could_not_be_loaded_is_not_open(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = house.desk()
    house.open().look()
    assert desk.glance()

    def full(*_given: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr("csconsole.journal.journal.Journal.adopt", full)
        with pytest.raises(OSError, match="disk full"):
            desk.open()
        assert not desk.is_open
    desk.open()
    assert desk.is_open


def test_a_glance_loads_nothing_that_is_slow(house: House) -> None:
    house.open().look()
    script = (
        "import sys; from csconsole.workspace import Workspace; from csconsole.clock import Clock;"
        "from csconsole.core.agenda import Agenda; from csconsole.desk import Desk; from datetime import datetime;"
        "desk = Desk(Workspace.find(home=sys.argv[1]), Clock(datetime.fromisoformat('2026-11-23T09:00+08:00')), 'me');"
        "assert isinstance(desk.glance(), Agenda);"
        "slow = {'sqlmodel', 'sqlalchemy', 'pydantic', 'alembic', 'apscheduler', 'holidays', 'yaml', 'textual'};"
        "print(sorted(slow & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script, str(house.home)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_glance_at_an_edited_or_a_broken_schedule_says_nothing(house: House) -> None:
    house.open().look()
    assert house.desk().glance() is not None
    house.write(HEAD, LATER, REST)
    assert house.desk().glance() is None
    house.write("version: 2")
    assert house.desk().glance() is None


# -- what is kept compiled ----------------------------------------------------------------------------------------


def test_what_is_kept_can_be_deleted(house: House) -> None:
    before = statuses(house.open().look().items)
    shutil.rmtree(house.workspace.cache)
    assert house.desk().glance() is None
    assert statuses(house.open().look().items) == before
    assert house.desk().glance() is not None


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"{}", b"[]", b"null", b"1", b'"text"', b"\xff\xfe", b"[" * 100_000, b'{"zone": "Mars/Base"}']
)
def test_what_is_kept_may_be_damaged_in_any_way(house: House, damage: bytes) -> None:
    before = statuses(house.open().look().items)
    kept = list(house.workspace.cache.iterdir())
    assert kept
    for file in kept:
        file.write_bytes(damage)
    assert house.desk().glance() is None
    assert statuses(house.open().look().items) == before
    # It was compiled again, and kept.
    assert house.desk().glance() is not None


def test_what_is_kept_may_lack_any_part(house: House) -> None:
    house.open()
    for file in house.workspace.cache.iterdir():
        whole = json.loads(file.read_text("utf-8"))
        for part in whole:
            file.write_text(json.dumps({name: value for name, value in whole.items() if name != part}), "utf-8")
            house.desk().glance()
            house.open().close()
            assert json.loads(file.read_text("utf-8")) == whole


def test_without_a_folder_to_keep_it_in_everything_is_compiled_each_time(house: House) -> None:
    before = statuses(house.open().look().items)
    shutil.rmtree(house.workspace.cache)
    house.workspace.cache.touch()  # a file in its place: nothing can be written there, whoever runs the tests
    desk = house.desk()
    assert desk.glance() is None
    with pytest.raises(UserError, match="cannot be used as home"):
        desk.open()
    house.workspace.cache.unlink()
    house.workspace.cache.mkdir()
    house.workspace.cache.chmod(0o500)
    assert statuses(house.open().look().items) == before


def test_what_the_cache_no_longer_needs_goes_with_the_day(house: House) -> None:
    desk = house.open()
    cache = house.workspace.cache
    used = set(cache.iterdir())
    stale = [cache / name for name in ("schedule-0123456789ab-0.json", ".schedule-x.json.tmp")]
    others = [cache / next(iter(used)).name.replace(".json", f"{n}.json") for n in range(60)]
    for n, file in enumerate([*stale, *others]):
        file.touch()
        os.utime(file, (n, n))
    desk.snapshot()
    assert set(cache.iterdir()) == used | set(others[-50:])
    others[-1].unlink()
    stale[0].touch()
    desk.snapshot()  # has one today
    assert stale[0].exists()


def test_a_database_too_large_to_be_looked_into_at_its_opening_is_looked_into_all_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("csconsole.journal.journal._LOOK", 0)
    desk = house.open()
    desk.snapshot()
    desk.look_into()
    file = house.workspace.data / "csconsole.sqlite3"
    desk.close()
    scar(file, "ix_mark_key")  # opening needs no such index
    again = house.open()
    with pytest.raises(Damaged):
        again.look_into()
    assert again.mend()
    again.look_into()
    (words,) = again.repairs()
    assert "csconsole.damaged-1.sqlite3" in words
    again.close()
    scar(file, "sqlite_autoindex_source_1")  # opening does need this one
    (words,) = house.open().repairs()
    assert "csconsole.damaged-2.sqlite3" in words


# -- an edit while the desk is open ---------------------------------------------------------------------------------


def test_an_edit_is_taken_up_and_nothing_else_is(house: House) -> None:
    desk = house.open()
    assert desk.reload() is None
    house.write(SCHEDULE)  # written again, the same
    assert desk.reload() is None
    house.write(HEAD, LATER, REST)
    assert told(desk) == {"changed": ["ten"]}
    assert desk.reload() is None
    assert wall(desk.find(TEN).due) == f"{MONDAY} 11:00"
    house.write_holidays(OFF)
    assert desk.reload()
    assert keys(desk.look()) == [CHECK, TEN]  # no meeting on a day off
    assert desk.look().day.type is DayType.HOLIDAY


def told(desk: Desk) -> dict[str, list[str]]:
    """What an edit is said to have changed, by the ids of duties."""
    edits = desk.reload()
    assert edits is not None
    kinds = {"added": edits.added, "changed": edits.changed, "removed": edits.removed}
    return {kind: [duty.id for duty in duties] for kind, duties in kinds.items() if duties}


def test_it_is_told_what_an_edit_changed(house: House) -> None:
    desk = house.open()
    more = '  - {id: more, at: "11:00", category: team, title: 再看}\n'
    house.write(HEAD, DAILY, more, REST)
    assert told(desk) == {"added": ["more"]}
    house.write(HEAD, DAILY, more.replace("id: more", "id: again, was: [more]").replace("再看", "又看"), REST)
    assert told(desk) == {"changed": ["again"]}
    house.write(HEAD, DAILY, REST.replace("18:00", "17:30"))
    assert told(desk) == {"changed": ["list", "report"], "removed": ["again"]}
    house.write(HEAD.replace("小李, en: Li", "小赵, en: Zhao"), DAILY, REST.replace("18:00", "17:30"))
    assert told(desk) == {}


def test_a_broken_edit_leaves_the_last_good_schedule_in_force(house: House) -> None:
    desk = house.open()
    before = statuses(desk.look().items)
    for broken in (SCHEDULE.replace('"09:00"', '"25:00"'), "", "version: 1\n", "\x00"):
        house.write(broken)
        with pytest.raises(Faults):
            desk.reload()
        assert statuses(desk.look().items) == before
        assert desk.answer("ten").status is Status.DONE
        desk.undo()
    house.workspace.schedule.unlink()
    with pytest.raises(UserError, match="cannot be read"):
        desk.reload()
    house.write(HEAD, LATER, REST)
    assert desk.reload()
    assert len(desk.journal.versions()) == 2


def test_broken_holidays_leave_the_last_good_ones_in_force(house: House) -> None:
    house.write_holidays(OFF)
    desk = house.open()
    house.write_holidays("version: 1\ndays_off: tomorrow\n")
    with pytest.raises(Faults, match=r"holidays\.yaml"):
        desk.reload()
    assert desk.look().day.type is DayType.HOLIDAY


def test_a_schedule_may_begin_with_a_byte_order_mark(house: House) -> None:
    desk = house.open()
    house.write("\ufeff", SCHEDULE)
    assert desk.reload()
    assert len(desk.journal.versions()) == 1  # it says the same


# -- history stands still ---------------------------------------------------------------------------------------------


def test_an_edit_between_days_leaves_past_days_as_they_were(house: House) -> None:
    house.open("2026-11-20 09:00").answer("ten")
    house.put("2026-11-22 09:00")
    house.write(HEAD, LATER.replace("id: check", "id: other"), REST)
    desk = house.open(f"{MONDAY} 11:05")
    friday, sunday, today = (desk.look(date(2026, 11, day)) for day in (20, 22, 23))
    assert statuses(friday.items) == {
        "check@2026-11-20": "missed",
        "ten@2026-11-20": "done",
        "list@2026-11-20": "overdue",
    }
    # Nobody was there on Sunday: the version taken up on Monday was not in force yet.
    assert keys(sunday) == ["list@2026-11-20", "check@2026-11-22", "ten@2026-11-22"]
    assert statuses(today.items) == {
        "list@2026-11-20": "overdue",
        f"other@{MONDAY}": "overdue",
        TEN: "due",
        MEETING: "overdue",
    }
    # And so it stays, whoever opens it.
    assert house.open(by="li").look(date(2026, 11, 20)) == friday


def test_of_a_days_edits_the_last_is_what_it_ended_under(house: House) -> None:
    desk = house.open("2026-11-20 09:00")
    for hour in ("11", "12", "13"):
        house.write(HEAD, DAILY.replace('at: "10:00"', f'at: "{hour}:00"'), REST)
        assert desk.reload()
    house.put("2026-11-21 03:00")  # still Friday
    house.write(HEAD, DAILY.replace('at: "10:00"', 'at: "14:00"'), REST)
    assert desk.reload()
    house.put("2026-11-21 05:00")
    house.write(HEAD, DAILY.replace('at: "10:00"', 'at: "15:00"'), REST)
    assert desk.reload()
    for looker in (desk, house.open(f"{MONDAY} 09:00")):
        dues = {day: wall(looker.find(f"ten@2026-11-{day}").due)[-5:] for day in (20, 21, 24)}
        assert dues == {20: "14:00", 21: "15:00", 24: "15:00"}


def test_an_answered_one_keeps_what_it_was_answered_against(house: House) -> None:
    desk = house.open(f"{MONDAY} 10:35")
    desk.answer("ten")
    house.write(HEAD, DAILY.replace('at: "10:00"', 'at: "08:00", grace: 1m'), REST)
    assert desk.reload()
    item = desk.find(TEN)
    assert (wall(item.due)[-5:], item.on_time, item.late and item.late.seconds) == ("10:30", True, 300)
    desk.undo()
    assert wall(desk.find(TEN).due)[-5:] == "08:00"


def test_days_off_changed_later_leave_past_days_as_they_were(house: House) -> None:
    house.open("2026-11-16 09:00").close()
    house.write_holidays(OFF + "  - {date: 2026-11-16, name: 停电}\n")
    desk = house.open(f"{MONDAY} 09:00")
    assert desk.look(date(2026, 11, 16)).day.type is DayType.WORKDAY
    assert "meeting@2026-11-16" in keys(desk.look(date(2026, 11, 16)))
    assert MEETING not in keys(desk.look())


def test_a_duty_is_owed_from_the_day_it_first_appeared(house: House) -> None:
    house.open("2026-11-13 09:00").close()
    house.write(HEAD, DAILY, REST, "  - {id: stock, day: 13, by: '18:00', category: team, title: 盘点}\n")
    desk = house.open(f"{MONDAY} 09:00")
    assert desk.find("stock@2026-11-13").status is Status.DUE  # there, and not overdue
    assert keys(desk.look())[:2] == ["list@2026-11-13", "list@2026-11-20"]
    house.put("2026-12-14 09:00")
    assert "stock@2026-12-13" in keys(desk.look())


def test_a_version_this_program_no_longer_understands_is_passed_over(house: House) -> None:
    desk = house.open("2026-11-20 09:00")
    desk.journal.adopt("version: 0\n", "", {}, at("2026-11-21 09:00"))
    assert keys(house.open(f"{MONDAY} 09:00").look(date(2026, 11, 22)))[-1] == "ten@2026-11-22"


def test_a_clock_that_was_ahead_once_does_no_harm(house: House) -> None:
    house.open("2030-01-01 09:00").close()
    desk = house.open(f"{MONDAY} 09:00")
    assert keys(desk.look()) == [CHECK, MEETING, TEN]
    assert desk.answer("ten").status is Status.DONE
    house.put("2026-11-30 09:00")
    assert "list@2026-11-27" in keys(desk.look())


def test_an_edit_first_seen_by_a_clock_that_was_ahead_counts_from_when_it_was_seen_again(house: House) -> None:
    house.open("2026-11-20 09:00").close()
    house.write(HEAD, LATER, REST)
    house.open("2030-01-01 09:00").close()
    house.open(f"{MONDAY} 09:00").close()
    desk = house.open("2026-11-25 09:00")
    dues = {day: wall(desk.find(f"ten@2026-11-{day}").due)[-5:] for day in (22, 23, 24, 25)}
    assert dues == {22: "10:00", 23: "11:00", 24: "11:00", 25: "11:00"}


def test_what_is_not_loaded_is_not_missed(house: House) -> None:
    """A look leaves out what was settled before the day; it must come to the same as looking at everything."""
    house.write(HEAD, DAILY, REST.replace("title: 清单", "title: 清单, each: shop"))
    house.open("2026-10-30 09:00").close()
    house.write(
        HEAD,
        DAILY,
        REST.replace("id: list", "id: invoices, was: [list]").replace("title: 清单", "title: 清单, each: shop"),
    )
    desk = house.open("2026-11-16 09:00")
    desk.answer("list@2026-10-30")
    desk.answer("invoices@2026-11-06", shop="jd")
    house.put("2026-11-20 09:00")
    desk.answer("invoices@2026-11-06", shop="tmall")
    desk.answer("invoices@2026-11-13")
    desk.undo()
    house.put("2026-11-21 09:00")
    desk.answer("invoices@2026-11-20", at=at("2026-11-20 18:00"))
    desk.answer("report@2026-11-06")
    house.put(f"{MONDAY} 09:00")
    desk.start("invoices@2026-11-13")
    for number in range(15, 30):
        day = date(2026, 11, number)
        everything = candidates(desk.book, day, desk.today())
        assert desk.look(day) == agenda(desk.book, desk.records(everything), day, desk.now(), everything)
    assert keys(desk.look())[0] == "invoices@2026-11-13"
    assert "invoices@2026-11-20" in keys(desk.look(date(2026, 11, 21)))
    assert "list@2026-10-30" in keys(desk.look(date(2026, 11, 15)))


def test_a_desk_left_open_goes_on_into_the_next_days(house: House) -> None:
    desk = house.open("2026-11-20 09:00")
    house.put("2026-11-21 04:59")
    assert desk.today() == date(2026, 11, 20)
    house.put("2026-11-21 05:00")
    assert (desk.today(), keys(desk.look())[0]) == (date(2026, 11, 21), "list@2026-11-20")
    house.put("2027-02-01 05:00")
    assert desk.look().progress.overdue == 11 + 2  # Fridays and sixths


@pytest.mark.parametrize("day", [date.min, date(1969, 12, 31), date(2101, 1, 1), date.max])
def test_a_day_too_far_away_is_told(house: House, day: date) -> None:
    desk = house.open()
    for verb in (
        desk.look,
        desk.deadlines,
        lambda day: desk.report(period_of(PeriodKind.DAY, day)),
        lambda day: desk.close_day(day=day),
    ):
        with pytest.raises(UserError, match="too far away: choose a day from 1970-01-01 to 2100-12-31"):
            verb(day)


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(2100, 12, 1)])
def test_the_ends_of_time_can_be_looked_at(house: House, day: date) -> None:
    desk = house.open()
    assert desk.look(day).day.date == day
    assert desk.deadlines(day) is not None
