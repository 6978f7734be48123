"""Wall-clock times, instants and business days: days that start at five, and the changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from routine import BERLIN, MINUTE, SHANGHAI, World, at, wall

from csconsole.core.businessday import business_date, day_start, instant
from csconsole.core.schedule import Schedule


def schedule(zone: ZoneInfo = SHANGHAI, day_starts_at: str = "05:00") -> Schedule:
    return World(zone=zone, day_starts_at=day_starts_at).book.schedule


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-23 05:00", "2026-11-23"),
        ("2026-11-23 04:59:59.999999", "2026-11-22"),
        ("2026-11-24 00:00", "2026-11-23"),
        ("2026-11-24 04:59", "2026-11-23"),
        ("2027-01-01 02:00", "2026-12-31"),
        ("2026-11-23 09:00", "2026-11-23"),
    ],
)
def test_what_happens_before_the_day_starts_belongs_to_the_day_before(now: str, day: str) -> None:
    assert business_date(schedule(), at(now)).isoformat() == day
    assert business_date(schedule(), at(now).astimezone(ZoneInfo("America/New_York"))).isoformat() == day


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        # Berlin's clock goes from 02:00 to 03:00 on 2026-03-29: what it leaves out comes an hour later.
        ("2026-03-28", "02:30", "2026-03-29 03:30"),
        ("2026-03-28", "01:59", "2026-03-29 01:59"),
        ("2026-03-28", "03:00", "2026-03-29 03:00"),
        ("2026-03-29", "09:00", "2026-03-29 09:00"),
        # On 2026-10-25 it goes from 03:00 back to 02:00: of what comes twice, the first counts.
        ("2026-10-24", "02:30", "2026-10-25 02:30+02:00"),
        ("2026-10-24", "03:00", "2026-10-25 03:00+01:00"),
        ("2026-10-25", "09:00", "2026-10-25 09:00"),
    ],
)
def test_a_time_on_a_day_on_which_the_clock_changes(day: str, clock: str, expected: str) -> None:
    found = instant(schedule(BERLIN), date.fromisoformat(day), time.fromisoformat(clock))
    assert found == at(expected, BERLIN)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "starts_at", "hours"),
    [
        ("2026-03-28", "05:00", 23),  # the change comes before the morning, so the day before is shorter
        ("2026-03-29", "05:00", 24),
        ("2026-10-24", "05:00", 25),
        ("2026-10-25", "05:00", 24),
        ("2026-03-29", "00:00", 23),
        ("2026-10-25", "00:00", 25),
        ("2026-10-24", "02:30", 24),
        ("2026-10-25", "02:30", 25),
    ],
)
def test_a_day_is_as_long_as_the_change_of_the_clock_makes_it(day: str, starts_at: str, hours: int) -> None:
    berlin, first = schedule(BERLIN, starts_at), date.fromisoformat(day)
    assert day_start(berlin, first + timedelta(1)) - day_start(berlin, first) == timedelta(hours=hours)


def test_an_hour_that_comes_twice_is_two_hours() -> None:
    berlin = schedule(BERLIN, "02:30")
    assert wall(day_start(berlin, date(2026, 10, 25)), BERLIN) == "2026-10-25 02:30"
    # 02:15 comes again after 02:30 has: it is a quarter to one in UTC, and the day has begun.
    assert business_date(berlin, at("2026-10-25 02:15+02:00")) == date(2026, 10, 24)
    assert business_date(berlin, at("2026-10-25 02:15+01:00")) == date(2026, 10, 25)


ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Chatham"]
)
STARTS = st.sampled_from(["00:00", "04:00", "05:00", "06:00"])


@given(ZONES, STARTS, st.integers(0, 6 * 365 * 24 * 60))
def test_every_instant_lies_within_its_business_day(zone: str, starts_at: str, minutes: int) -> None:
    there, now = schedule(ZoneInfo(zone), starts_at), datetime(2024, 1, 1, tzinfo=UTC) + minutes * MINUTE
    day = business_date(there, now)
    assert day_start(there, day) <= now < day_start(there, day + timedelta(1))


@given(ZONES, STARTS, st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.times())
def test_every_time_of_a_business_day_lies_within_it(zone: str, starts_at: str, day: date, clock: time) -> None:
    there = schedule(ZoneInfo(zone), starts_at)
    assert business_date(there, instant(there, day, clock)) == day
