"""Time that counts only in working hours, against instants worked out by hand and minutes counted one by one."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from routine import BERLIN, SHANGHAI, World, at, wall

from csconsole.core.calendar import Calendar, Decree
from csconsole.core.schedule import Hours, WorkingHours
from csconsole.core.workinghours import WorkingTime

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OFFICE, SHOP, NIGHT = Hours(time(9), time(18)), Hours(time(9), time(22)), Hours(time(22), time(6))


def working(
    hours: Hours, *, workdays_only: bool = False, zone: ZoneInfo = SHANGHAI, off: str = "", makeup: str = ""
) -> WorkingTime:
    world = World(zone=zone, off=off, makeup=makeup)
    edition = world.editions[0]
    return WorkingTime(WorkingHours(hours, workdays_only), edition.schedule, edition.calendar)


NATIONAL = "2026-10-01 2026-10-02 2026-10-05 2026-10-06 2026-10-07"
MAKEUP = "2026-10-10"

# Hours, working days alone, days off, make-up days, from when, how much of it, until when.
TABLE = [
    (SHOP, False, "", "", "2026-11-23 10:00", 2 * HOUR, "2026-11-23 12:00"),
    (SHOP, False, "", "", "2026-11-23 21:00", 2 * HOUR, "2026-11-24 10:00"),
    (SHOP, False, "", "", "2026-11-23 23:30", 2 * HOUR, "2026-11-24 11:00"),
    (SHOP, False, "", "", "2026-11-23 03:00", 2 * HOUR, "2026-11-23 11:00"),
    # What fills the day ends with it, not with the next one's beginning.
    (SHOP, False, "", "", "2026-11-23 09:00", 13 * HOUR, "2026-11-23 22:00"),
    (SHOP, False, "", "", "2026-11-23 09:00", 13 * HOUR + MINUTE, "2026-11-24 09:01"),
    (SHOP, False, "", "", "2026-11-23 10:00", 24 * HOUR, "2026-11-24 21:00"),
    # Every day unless it says working days: Saturday counts, or does not.
    (OFFICE, False, "", "", "2026-11-27 17:00", 2 * HOUR, "2026-11-28 10:00"),
    (OFFICE, True, "", "", "2026-11-27 17:00", 2 * HOUR, "2026-11-30 10:00"),
    # The national holiday of 2026, with its make-up Saturday.
    (OFFICE, True, NATIONAL, MAKEUP, "2026-09-30 17:00", 2 * HOUR, "2026-10-08 10:00"),
    (OFFICE, True, NATIONAL, MAKEUP, "2026-10-09 17:00", 2 * HOUR, "2026-10-10 10:00"),
    (OFFICE, True, NATIONAL, "", "2026-10-09 17:00", 2 * HOUR, "2026-10-12 10:00"),
    # A night's work belongs to the day on which it begins.
    (NIGHT, False, "", "", "2026-11-23 05:00", 2 * HOUR, "2026-11-23 23:00"),
    (NIGHT, True, "", "", "2026-11-28 05:00", 2 * HOUR, "2026-11-30 23:00"),
    (SHOP, False, "", "", "2026-11-23 23:30", timedelta(), "2026-11-23 23:30"),
]


@pytest.mark.parametrize(("hours", "workdays", "off", "makeup", "start", "length", "end"), TABLE)
def test_so_much_working_time_ends(
    hours: Hours, workdays: bool, off: str, makeup: str, start: str, length: timedelta, end: str
) -> None:
    time = working(hours, workdays_only=workdays, off=off, makeup=makeup)
    assert wall(time.after(at(start), length)) == end
    assert time.between(at(start), at(end)) == length


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        # 29 March 2026: 02:00 becomes 03:00, the night from 22:00 to 06:00 has seven hours.
        ("2026-03-28 22:00", 6 * HOUR, "2026-03-29 05:00"),
        ("2026-03-28 22:00", 8 * HOUR, "2026-03-29 23:00"),
        # 25 October 2026: 03:00 becomes 02:00, that night has nine.
        ("2026-10-24 22:00", 8 * HOUR, "2026-10-25 05:00"),
        ("2026-10-24 22:00", 9 * HOUR, "2026-10-25 06:00"),
    ],
)
def test_a_night_on_which_the_clocks_change_has_as_many_hours_as_pass(start: str, length: timedelta, end: str) -> None:
    night = working(NIGHT, zone=BERLIN)
    assert wall(night.after(at(start, BERLIN), length), BERLIN) == end
    assert night.between(at(start, BERLIN), at(end, BERLIN)) == length


def test_hours_that_summer_time_leaves_out_are_passed() -> None:
    lost = working(Hours(time(2), time(3)), zone=BERLIN)
    assert wall(lost.after(at("2026-03-28 02:30", BERLIN), HOUR), BERLIN) == "2026-03-30 02:30"


def test_where_no_day_is_worked_time_counts_around_the_clock() -> None:
    schedule = World().editions[0].schedule
    never = Calendar(range(7), lambda year: Decree(year))
    idle = WorkingTime(WorkingHours(OFFICE, workdays_only=True), schedule, never)
    assert idle.after(at("2026-11-23 10:00"), HOUR) == at("2026-11-23 11:00")
    assert idle.between(at("2026-11-23 10:00"), at("2026-11-25 10:00")) == timedelta()


STARTS = st.integers(0, 40 * 24 * 60).map(lambda minutes: at("2026-09-20 00:00") + minutes * MINUTE)
SPANS = st.sampled_from([OFFICE, SHOP, NIGHT, Hours(time(0), time(23, 59))])


@given(STARTS, st.integers(0, 4 * 24 * 60), SPANS, st.booleans())
def test_the_time_until_its_end_is_what_was_asked_for(
    start: datetime, minutes: int, hours: Hours, workdays: bool
) -> None:
    time = working(hours, workdays_only=workdays, off=NATIONAL, makeup=MAKEUP)
    length = minutes * MINUTE
    end = time.after(start, length)
    assert time.between(start, end) == length
    assert end >= start + length
    # It is the first such instant: a moment before, something was left.
    assert not length or time.between(start, end - timedelta.resolution) < length


@given(STARTS, st.integers(0, 3 * 24 * 60), SPANS, st.booleans())
def test_minutes_counted_one_by_one_come_to_the_same(
    start: datetime, minutes: int, hours: Hours, workdays: bool
) -> None:
    time = working(hours, workdays_only=workdays, off=NATIONAL, makeup=MAKEUP)
    counted = sum(_counts(start + n * MINUTE, hours, workdays) for n in range(minutes))
    assert time.between(start, start + minutes * MINUTE) == counted * MINUTE


def _counts(minute: datetime, hours: Hours, workdays: bool) -> bool:
    local = minute.astimezone(SHANGHAI)
    day, clock = local.date(), local.time()
    if hours.start < hours.end:
        inside = hours.start <= clock < hours.end
    else:
        inside = clock >= hours.start or clock < hours.end
        day -= timedelta(clock < hours.end)
    works = (day.weekday() < 5 and day.isoformat() not in NATIONAL) or day.isoformat() in MAKEUP
    return inside and (works or not workdays)
