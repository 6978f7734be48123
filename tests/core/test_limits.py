"""When an incident's time runs out, by its category."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from csconsole.core.calendar import Calendar, Decree
from csconsole.core.incident import Clock, Draft, Event, EventKind, Incident
from csconsole.core.limits import limited, platform_by, respond_by, resumed, settle_by
from csconsole.core.schedule import CalendarRule, Category, Hours, Schedule, Shop, Text, WorkingHours

HOUR = timedelta(hours=1)


def schedule(zone: str = "Asia/Shanghai", starts: time = time(5)) -> Schedule:
    return Schedule(ZoneInfo(zone), starts, CalendarRule(), {}, {}, {}, {}, (), {})


def category(**clock: object) -> Category:
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
    found = settle_by(category(**clock), datetime.fromisoformat(opened).astimezone(UTC), schedule(), None)
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
    assert settle_by(category(same_day=True), at, berlin, None) == datetime.fromisoformat(same_day)
    assert settle_by(category(settle=24 * HOUR), at, berlin, None) == datetime.fromisoformat(day_later)


def test_the_buyer_is_answered_as_soon_as_the_category_says() -> None:
    opened = datetime(2026, 11, 23, 2, tzinfo=UTC)
    assert respond_by(category(respond=HOUR), opened, schedule(), None) == opened + HOUR
    assert respond_by(category(settle=HOUR), opened, schedule(), None) is None


def test_a_platform_has_its_own_limit_or_that_of_all() -> None:
    opened = datetime(2026, 11, 23, 2, tzinfo=UTC)
    some = category(platform_limits={"tmall": 48 * HOUR, "": 72 * HOUR})
    assert platform_by(some, "tmall", opened) == opened + 48 * HOUR
    assert platform_by(some, "jd", opened) == platform_by(some, None, opened) == opened + 72 * HOUR
    assert platform_by(category(platform_limits={"tmall": HOUR}), "jd", opened) is None
    assert platform_by(category(), "jd", opened) is None


# -- what a category gives an incident ----------------------------------------------------------------------------

OFF = {date(2026, 11, 26): Text("店庆", "anniversary")}
CALENDAR = Calendar((5, 6), lambda year: Decree(year, OFF if year == 2026 else {}, {date(2026, 11, 28): None}))
THURSDAY_OFF = "2026-11-25T17:00+08:00"  # the day before one that is off; the Saturday after it is worked


def working(**clock: object) -> Schedule:
    return replace(
        schedule(),
        working_hours=WorkingHours(Hours(time(9), time(18)), workdays_only=True),
        shops={"tm": Shop("tm", Text("天猫", "Tmall"), "tmall")},
        categories={"x": category(working_hours=True, **clock)},
    )


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_limits_of_a_category_at_opening() -> None:
    rules = working(respond=2 * HOUR, settle=12 * HOUR, platform_limits={"tmall": 48 * HOUR}, stands_still=True)
    opened = instant(THURSDAY_OFF)
    found = limited(Draft("late", "x", shop="tm"), opened, rules, CALENDAR)
    # An hour is left on Wednesday; Thursday is off; Friday has nine; Saturday is worked.
    assert found.respond_by == instant("2026-11-27T10:00+08:00")
    assert found.due_at == instant("2026-11-28T11:00+08:00")
    assert found.platform_by == opened + 48 * HOUR
    assert found.stands_still
    elsewhere = limited(Draft("late", "x"), opened, rules, None)
    assert elsewhere.platform_by is None
    assert elsewhere.respond_by == instant("2026-11-26T10:00+08:00")  # nobody knows that it is off


def test_a_limit_that_was_typed_counts_alone_but_for_the_platform_s() -> None:
    typed = Draft("late", "x", due_at=instant("2026-11-30T10:00+08:00"))
    rules = working(respond=HOUR, settle=HOUR, stands_still=True)
    assert limited(typed, instant(THURSDAY_OFF), rules, CALENDAR) == replace(typed, stands_still=True)
    found = limited(typed, instant(THURSDAY_OFF), working(settle=HOUR, platform_limits={"": HOUR}), CALENDAR)
    assert (found.due_at, found.platform_by) == (typed.due_at, instant(THURSDAY_OFF) + HOUR)


def test_a_category_nobody_knows_sets_no_limits() -> None:
    draft = Draft("late", "gone")
    assert limited(draft, instant(THURSDAY_OFF), working(), CALENDAR) == draft


# -- going on after it stood still --------------------------------------------------------------------------------


def waiting(rules: Schedule, opened: str, since: str, *more: Event) -> Incident:
    draft = limited(Draft("late", "x", shop="tm"), instant(opened), rules, CALENDAR)
    return Incident(
        1, draft, instant(opened), "me", (Event(EventKind.WAITING, instant(since), "me", value="buyer"), *more)
    )


def remaining(incident: Incident, now: str, rules: Schedule) -> dict[str | None, datetime | None]:
    return {event.value: event.until for event in resumed(incident, instant(now), rules, CALENDAR)}


def test_what_was_left_when_it_began_to_wait_is_left_when_it_goes_on() -> None:
    rules = replace(working(), categories={"x": category(respond=2 * HOUR, settle=24 * HOUR, stands_still=True)})
    found = waiting(rules, "2026-11-23T10:00+08:00", "2026-11-23T11:00+08:00")
    assert remaining(found, "2026-11-25T20:30+08:00", rules) == {
        "respond": instant("2026-11-25T21:30+08:00"),
        "settle": instant("2026-11-26T19:30+08:00"),
    }


def test_working_time_that_was_left_goes_on_in_working_hours() -> None:
    rules = working(settle=9 * HOUR, stands_still=True)
    # Opened with two hours of Wednesday left, it stops with one of them used: eight are left.
    found = waiting(rules, "2026-11-25T16:00+08:00", "2026-11-25T17:00+08:00")
    assert remaining(found, "2026-11-26T12:00+08:00", rules) == {"settle": instant("2026-11-27T17:00+08:00")}


def test_what_was_over_is_as_much_over() -> None:
    rules = working(settle=HOUR, stands_still=True)
    found = waiting(rules, "2026-11-23T10:00+08:00", "2026-11-23T14:00+08:00")
    assert remaining(found, "2026-11-23T20:00+08:00", rules) == {"settle": instant("2026-11-23T17:00+08:00")}


def test_a_limit_moved_while_it_waits_has_left_what_it_had_then() -> None:
    rules = replace(working(), categories={"x": category(respond=2 * HOUR, settle=24 * HOUR, stands_still=True)})
    until = instant("2026-11-23T18:00+08:00")
    moved = Event(EventKind.LIMIT, instant("2026-11-23T12:00+08:00"), "me", value="settle", until=until)
    found = waiting(rules, "2026-11-23T10:00+08:00", "2026-11-23T11:00+08:00", moved)
    assert found.left(instant("2026-11-23T16:00+08:00"), Clock.SETTLE) == 6 * HOUR
    assert found.left(instant("2026-11-23T16:00+08:00"), Clock.RESPOND) == HOUR
    assert remaining(found, "2026-11-23T16:00+08:00", rules)["settle"] == instant("2026-11-23T22:00+08:00")


def test_the_platform_s_limit_and_what_never_stood_still_are_left_alone() -> None:
    rules = working(settle=HOUR, platform_limits={"": 48 * HOUR}, stands_still=True)
    found = waiting(rules, "2026-11-23T10:00+08:00", "2026-11-23T10:10+08:00")
    assert set(remaining(found, "2026-11-23T12:00+08:00", rules)) == {"settle"}
    running = working(settle=HOUR)
    assert not remaining(waiting(running, "2026-11-23T10:00+08:00", "2026-11-23T10:10+08:00"), THURSDAY_OFF, running)


MINUTES = st.integers(1, 3 * 24 * 60).map(lambda minutes: minutes * timedelta(minutes=1))


@given(settle=MINUTES, before=MINUTES, wait=MINUTES, in_hours=st.booleans())
def test_waiting_costs_no_time(settle: timedelta, before: timedelta, wait: timedelta, in_hours: bool) -> None:
    """However long it waits, what is left when it goes on is what was left when it began to."""
    clock = category(settle=settle, stands_still=True, working_hours=in_hours)
    rules = replace(working(), categories={"x": clock})
    opened = instant("2026-11-23T10:00+08:00")
    draft = limited(Draft("late", "x"), opened, rules, CALENDAR)
    stopped = Event(EventKind.WAITING, opened + before, "me", value="buyer")
    found = Incident(1, draft, opened, "me", (stopped,))
    now = opened + before + wait
    assert found.left(now) == found.left(opened + before)
    (event,) = resumed(found, now, rules, CALENDAR)
    assert event.until is not None and draft.due_at is not None
    again = Event(EventKind.LIMIT, now, "me", value=event.value, until=event.until)
    going = replace(found, events=(stopped, Event(EventKind.CONTINUED, now, "me"), again))
    assert going.overdue(now) is found.overdue(now)
    if not in_hours:
        assert going.left(now) == found.left(now)
        assert event.until == draft.due_at + wait
    # To stop and go on at once changes nothing of it.
    (same,) = resumed(replace(found, events=(replace(stopped, at=now),)), now, rules, CALENDAR)
    assert same.until == draft.due_at or in_hours
