"""What a schedule makes of a span of days: keys, days, times, titles, and what waits for an item to end."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routine import BERLIN, World, daily, monthly, wall, weekly

from csconsole.core.occurrence import Occurrence
from csconsole.core.schedule import ByRRule, Convention, Covers, Duty, Kind, OnDates, Text


def on(world: World, first: str, last: str | None = None, *, daily: bool = True) -> list[Occurrence]:
    edition = world.book.edition(date.fromisoformat(first))
    return edition.due(date.fromisoformat(first), date.fromisoformat(last or first), daily=daily)


def times(world: World, found: list[Occurrence]) -> dict[str, str]:
    """When each is due, and when it was planned for where that is earlier."""
    return {
        each.key: wall(each.due, world.zone)
        + (f" (planned {wall(each.planned, world.zone)[-5:]})" if each.planned != each.due else "")
        for each in found
    }


MEETING = weekly("meeting", 0, "09:50", until="10:30", hold_reminders=True, workdays_only=True, expires=True)
TEN = daily("ten", "10:00")


# -- identity --------------------------------------------------------------------------------------------------


def test_the_key_is_the_duty_and_the_nominal_date() -> None:
    world = World(daily("check", "09:00"), monthly("report", 6, convention=Convention.FOLLOWING))
    assert [each.key for each in on(world, "2026-12-07")] == ["check@2026-12-07", "report@2026-12-06"]


@pytest.mark.parametrize(
    ("day", "convention", "nominal", "due"),
    [
        # What is moved into another month or year keeps its key, its nominal date and its period.
        (31, Convention.FOLLOWING, "2026-01-31", "2026-02-02"),
        (31, Convention.FOLLOWING, "2026-05-31", "2026-06-01"),
        (1, Convention.PRECEDING, "2026-08-01", "2026-07-31"),
        (1, Convention.PRECEDING, "2028-01-01", "2027-12-31"),
        (31, Convention.FOLLOWING, "2028-12-31", "2029-01-01"),
        (31, Convention.MODIFIED_FOLLOWING, "2026-01-31", "2026-01-30"),
        # The 31st of a shorter month is its last day; a Saturday here.
        (31, Convention.FOLLOWING, "2026-02-28", "2026-03-02"),
        (31, Convention.UNADJUSTED, "2026-02-28", "2026-02-28"),
        (31, Convention.PRECEDING, "2026-02-28", "2026-02-27"),
        (31, Convention.FOLLOWING, "2028-02-29", "2028-02-29"),
        (31, Convention.FOLLOWING, "2026-04-30", "2026-04-30"),
    ],
)
def test_a_moved_deadline_keeps_its_key_and_its_period(
    day: int, convention: Convention, nominal: str, due: str
) -> None:
    title = Text("{month}丢件少件明细", "Lost parts of {month}")
    world = World(monthly("lost", day, convention=convention, covers=Covers.OWN_MONTH, title=title))
    (found,) = [each for each in on(world, due) if each.nominal.isoformat() == nominal]
    assert found.key == f"lost@{nominal}"
    assert found.day.isoformat() == due
    assert wall(found.due) == f"{due} 18:00"
    assert found.title.zh == f"{date.fromisoformat(nominal).month}月丢件少件明细"
    assert (found.adjusted.nominal.date, found.adjusted.due.date) == (found.nominal, found.day)


@pytest.mark.parametrize(
    ("title", "covers", "nominal", "zh", "en"),
    [
        (Text("{month}月报", "{month} report"), Covers.PREVIOUS_MONTH, "2026-11-06", "10月月报", "October report"),
        (Text("{month}月报", "{month} report"), Covers.PREVIOUS_MONTH, "2027-01-06", "12月月报", "December report"),
        (Text("{month}明细", "{month} list"), Covers.OWN_MONTH, "2026-12-06", "12月明细", "December list"),
        (Text("月报", "Report"), Covers.PREVIOUS_MONTH, "2026-11-06", "10月 · 月报", "October · Report"),
        (Text("{month}", "{month}"), None, "2026-11-06", "{month}", "{month}"),
    ],
)
def test_the_title_names_the_month_it_covers(
    title: Text, covers: Covers | None, nominal: str, zh: str, en: str
) -> None:
    world = World(monthly("report", 6, title=title, covers=covers))
    (found,) = on(world, nominal)
    assert found.title == Text(zh, en)


# -- when ------------------------------------------------------------------------------------------------------


def test_a_time_before_the_day_starts_is_the_next_calendar_days_and_the_key_is_the_business_days() -> None:
    world = World(
        daily("night", "02:00", until="03:30"), daily("late", "23:00", until="01:00"), daily("early", "05:00")
    )
    found = on(world, "2026-11-30")
    assert times(world, found) == {
        "early@2026-11-30": "2026-11-30 05:00",
        "late@2026-11-30": "2026-11-30 23:00",
        "night@2026-11-30": "2026-12-01 02:00",
    }
    assert [wall(each.until) for each in found if each.until] == ["2026-12-01 01:00", "2026-12-01 03:30"]
    assert {wall(each.expires_at) for each in found if each.expires_at} == {"2026-12-01 05:00"}


def test_the_order_of_the_day_is_by_time_and_then_by_the_schedule() -> None:
    world = World(daily("b", "10:00"), daily("night", "01:00"), daily("a", "10:00"), daily("first", "09:00"))
    assert [each.duty for each in on(world, "2026-11-23")] == ["first", "b", "a", "night"]


def test_another_time_on_some_weekdays() -> None:
    world = World(daily("check", "09:00", at_on={0: time(10, 30), 6: time(2)}))
    assert times(world, on(world, "2026-11-21", "2026-11-23")) == {
        "check@2026-11-21": "2026-11-21 09:00",
        "check@2026-11-22": "2026-11-23 02:00",
        "check@2026-11-23": "2026-11-23 10:30",
    }


def test_workdays_only_goes_by_the_calendar_make_up_workdays_and_all() -> None:
    world = World(daily("plan", "10:40", workdays_only=True), off="2026-10-05", makeup="2026-10-10")
    assert [each.nominal.day for each in on(world, "2026-10-02", "2026-10-12")] == [2, 6, 7, 8, 9, 10, 12]


def test_workdays_only_asks_about_the_day_it_is_due_on() -> None:
    friday = weekly("list", 4, convention=Convention.FOLLOWING, workdays_only=True)
    world = World(friday, off="2026-11-27")
    assert [(each.key, each.day.isoformat()) for each in on(world, "2026-11-23", "2026-12-01")] == [
        ("list@2026-11-27", "2026-11-30")
    ]


def test_dated_entries_and_recurrence_rules() -> None:
    sale = daily("sale", "20:00", kind=Kind.DATED, rule=OnDates((date(2026, 11, 11), date(2026, 12, 12))))
    rule = ByRRule("DTSTART:20261103\nRRULE:FREQ=WEEKLY;INTERVAL=2")
    count = daily("count", "16:00", kind=Kind.RRULE, rule=rule, expires=False)
    world = World(sale, count)
    assert [each.key for each in on(world, "2026-11-01", "2026-12-31") if each.duty == "sale"] == [
        "sale@2026-11-11",
        "sale@2026-12-12",
    ]
    assert [each.nominal.day for each in on(world, "2026-11-01", "2026-11-30") if each.duty == "count"] == [3, 17]
    assert {each.expires_at is None for each in on(world, "2026-11-17")} == {True}


def test_notice_counts_working_days_before_the_due_date() -> None:
    world = World(monthly("report", 6, convention=Convention.FOLLOWING, notice=2), off="2026-11-05")
    # The 6th of December is a Sunday, so it is due on Monday the 7th, and announced on Thursday the 3rd.
    assert [each.notice for each in on(world, "2026-12-07")] == [date(2026, 12, 3)]
    # Of November's 6th, a Friday, the day before is off.
    assert [each.notice for each in on(world, "2026-11-06")] == [date(2026, 11, 3)]
    assert [each.notice for each in on(World(weekly("list", 4)), "2026-11-27")] == [None]


# -- daylight saving -------------------------------------------------------------------------------------------


def test_in_the_gap_and_the_fold_of_berlin() -> None:
    world = World(daily("night", "02:30", until="03:15"), daily("three", "03:00"), zone=BERLIN)
    # 02:30 is left out on the morning of 29 March 2026, so it comes at 03:30, after what is planned for 03:00.
    assert [(each.key, wall(each.due, BERLIN)) for each in on(world, "2026-03-28")] == [
        ("three@2026-03-28", "2026-03-29 03:00"),
        ("night@2026-03-28", "2026-03-29 03:30"),
    ]
    night, three = on(world, "2026-10-24")
    assert (night.duty, three.duty) == ("night", "three")
    assert three.due - night.due == timedelta(minutes=90)  # by the wall clock half an hour: the first 02:30 counts
    assert night.until is not None
    assert night.until - night.due == timedelta(minutes=105)


# -- what holds reminders --------------------------------------------------------------------------------------


def test_what_falls_inside_an_item_that_holds_reminders_is_due_when_that_ends() -> None:
    world = World(MEETING, TEN, daily("before", "09:49"), daily("with", "09:50"), daily("after", "10:30"))
    assert times(world, on(world, "2026-11-23")) == {
        "before@2026-11-23": "2026-11-23 09:49",
        "meeting@2026-11-23": "2026-11-23 09:50",
        "with@2026-11-23": "2026-11-23 10:30 (planned 09:50)",
        "ten@2026-11-23": "2026-11-23 10:30 (planned 10:00)",
        "after@2026-11-23": "2026-11-23 10:30",
    }


@pytest.mark.parametrize("day", ["2026-11-24", "2026-10-05"])  # a Tuesday; a Monday off, without a meeting
def test_without_the_meeting_it_is_due_at_its_own_time(day: str) -> None:
    world = World(MEETING, TEN, off="2026-10-05")
    assert times(world, on(world, day)) == {f"ten@{day}": f"{day} 10:00"}


def test_holds_that_follow_on_each_other_are_waited_for_together() -> None:
    world = World(
        daily("one", "09:00", until="10:00", hold_reminders=True),
        daily("two", "09:30", until="11:00", hold_reminders=True),
        daily("check", "09:15"),
        daily("third", "11:00", until="11:30", hold_reminders=True),
        daily("talk", "09:00", until="12:00"),  # holds nothing
    )
    assert times(world, on(world, "2026-11-23")) == {
        "one@2026-11-23": "2026-11-23 09:00",
        "talk@2026-11-23": "2026-11-23 11:30 (planned 09:00)",
        "check@2026-11-23": "2026-11-23 11:30 (planned 09:15)",
        "two@2026-11-23": "2026-11-23 10:00 (planned 09:30)",
        "third@2026-11-23": "2026-11-23 11:00",
    }


def test_a_hold_reaches_over_midnight_and_over_a_change_of_the_clock() -> None:
    world = World(
        daily("long", "23:00", until="03:30", hold_reminders=True), daily("check", "02:30"), zone=BERLIN
    )  # fmt: skip
    assert times(world, on(world, "2026-03-28")) == {
        "long@2026-03-28": "2026-03-28 23:00",
        "check@2026-03-28": "2026-03-29 03:30",  # 02:30 is left out: it is 03:30 already, and the hold is over
    }
    assert times(world, on(world, "2026-10-24"))["check@2026-10-24"] == "2026-10-25 03:30 (planned 02:30)"


@pytest.mark.parametrize("meeting", [MEETING, daily("meeting", "09:50", until="10:30", hold_reminders=True)])
def test_a_hold_is_waited_for_by_what_is_looked_for_without_it(meeting: Duty) -> None:
    world = World(meeting, weekly("list", 0, "10:00"))
    whole, seldom = (on(world, "2026-11-23", daily=each) for each in (True, False))
    assert [each for each in whole if each.kind is not Kind.DAILY] == seldom
    assert wall(seldom[-1].due) == "2026-11-23 10:30"


# -- the whole of it -------------------------------------------------------------------------------------------


CLOCK = st.times().map(lambda clock: clock.replace(second=0, microsecond=0, tzinfo=None))


@st.composite
def duties(draw: st.DrawFn) -> list[Duty]:
    kinds = draw(st.lists(st.sampled_from(["daily", "weekly", "monthly"]), min_size=1, max_size=4))
    made: list[Duty] = []
    for number, kind in enumerate(kinds):
        clock = draw(CLOCK).isoformat("minutes")
        convention = draw(st.sampled_from(list(Convention)))
        match kind:
            case "daily":
                made.append(daily(f"d{number}", clock, workdays_only=draw(st.booleans())))
            case "weekly":
                made.append(weekly(f"w{number}", draw(st.integers(0, 6)), clock, convention=convention))
            case _:
                made.append(monthly(f"m{number}", draw(st.integers(1, 31)), clock, convention=convention))
    return made


@settings(max_examples=60)
@given(duties(), st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.integers(0, 40), st.integers(0, 40))
def test_a_span_is_the_sum_of_its_parts(some: list[Duty], first: date, one: int, two: int) -> None:
    world = World(*some, off="2026-10-01 2026-10-02 2027-02-05 2027-02-08", makeup="2026-10-10 2027-02-07")
    between, last = first + timedelta(one), first + timedelta(one + 1 + two)
    edition = world.book.edition(first)
    whole = edition.due(first, last)
    parts = edition.due(first, between) + edition.due(between + timedelta(1), last)
    assert whole == parts
    assert len({each.key for each in whole}) == len(whole)
    assert all(first <= each.day <= last for each in whole)
    assert whole == sorted(whole, key=lambda each: each.planned)
    assert [each for each in whole if each.kind is not Kind.DAILY] == edition.due(first, last, daily=False)
