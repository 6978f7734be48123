"""When an incident's time runs out, by its category."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from csconsole.core.limits import respond_by, settle_by
from csconsole.core.schedule import CalendarRule, Category, Schedule, Text

HOUR = timedelta(hours=1)


def schedule(zone: str = "Asia/Shanghai", starts: time = time(5)) -> Schedule:
    return Schedule(ZoneInfo(zone), starts, CalendarRule(), {}, {}, {}, {}, (), {})


def category(**clock: timedelta | bool | None) -> Category:
    return Category("x", Text("某", "x"), **clock)  # type: ignore[arg-type]  # one table for fields of two types


@pytest.mark.parametrize(
    ("clock", "opened", "due"),
    [
        ({}, "2026-11-23T10:00+08:00", None),
        ({"settle": 24 * HOUR, "respond": HOUR}, "2026-11-23T10:00+08:00", "2026-11-24T10:00+08:00"),
        ({"respond": HOUR}, "2026-11-23T10:00+08:00", None),
        # Same day: the business day ends when the next begins, at 05:00.
        ({"same_day": True}, "2026-11-23T10:00+08:00", "2026-11-24T05:00+08:00"),
        ({"same_day": True}, "2026-11-24T01:00+08:00", "2026-11-24T05:00+08:00"),
        ({"same_day": True}, "2026-11-24T04:59:59+08:00", "2026-11-24T05:00+08:00"),
        ({"same_day": True}, "2026-11-24T05:00+08:00", "2026-11-25T05:00+08:00"),
        ({"same_day": True, "settle": HOUR}, "2026-11-23T10:00+08:00", "2026-11-23T11:00+08:00"),
        ({"same_day": True, "settle": 48 * HOUR}, "2026-11-23T10:00+08:00", "2026-11-24T05:00+08:00"),
    ],
)
def test_a_category_sets_the_settle_by(clock: dict[str, timedelta | bool], opened: str, due: str | None) -> None:
    found = settle_by(category(**clock), datetime.fromisoformat(opened).astimezone(UTC), schedule())
    assert found == (due and datetime.fromisoformat(due))
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    ("opened", "same_day", "day_later"),
    [
        # 29 March 2026: summer time begins in Berlin at 02:00; the day from the 28th has 23 hours, and 24 h are 24 h.
        ("2026-03-28T12:00+01:00", "2026-03-29T05:00+02:00", "2026-03-29T13:00+02:00"),
        ("2026-10-24T12:00+02:00", "2026-10-25T05:00+01:00", "2026-10-25T11:00+01:00"),
    ],
)
def test_limits_hold_when_clocks_change(opened: str, same_day: str, day_later: str) -> None:
    at, berlin = datetime.fromisoformat(opened).astimezone(UTC), schedule("Europe/Berlin")
    assert settle_by(category(same_day=True), at, berlin) == datetime.fromisoformat(same_day)
    assert settle_by(category(settle=24 * HOUR), at, berlin) == datetime.fromisoformat(day_later)


def test_the_buyer_is_answered_as_soon_as_the_category_says() -> None:
    opened = datetime(2026, 11, 23, 2, tzinfo=UTC)
    assert respond_by(category(respond=HOUR), opened) == opened + HOUR
    assert respond_by(category(settle=HOUR), opened) is None
