"""The stages of one item: last calls, what is said before its day, nights, and being left in peace."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from planning import CHECK, MINUTE, MONDAY, WEEKLY, World, duty

from csconsole.core.course import first_word
from csconsole.core.facts import MarkKind
from csconsole.core.reminder import Stage
from csconsole.core.schedule import Duty, Kind, OnWeekdays, Remind

FRIDAY = date(2026, 11, 27)
QUIET = "22:30-07:30"
HALF_AN_HOUR = 30 * MINUTE

ONLY_LAST = Remind(None, None, HALF_AN_HOUR)
ONCE = replace(CHECK, remind=ONLY_LAST)


def by(at: str, **more: object) -> Duty:
    """A weekly deadline, on Fridays."""
    weekly = {"kind": Kind.WEEKLY, "rule": OnWeekdays((4,)), "expires": False, "deadline": True, "remind": ONLY_LAST}
    return duty("list", at, **(weekly | more))


def calls(world: World, first: date = MONDAY, days: int = 2) -> list[str]:
    """When a last call goes out, of two days and the night after them."""
    start = world.at("00:00", first)
    said = world.log(start, start + timedelta(days=days))
    return [stamp for stamp, _id, stage in said if stage is Stage.LAST_CALL]


# -- last calls ------------------------------------------------------------------------------------------------


def test_what_ends_with_its_day_is_called_a_last_time_before_that() -> None:
    assert calls(World(ONCE)) == ["24 04:30"]
    assert calls(World(ONCE, day_starts_at=time())) == ["23:30", "24 23:30"]
    assert calls(World(replace(ONCE, remind=Remind(None, None, 90 * MINUTE)))) == ["24 03:30"]


def test_where_its_day_ends_in_quiet_hours_the_last_call_comes_before_these() -> None:
    assert calls(World(ONCE, quiet=QUIET)) == ["22:00", "24 22:00"]
    assert calls(World(ONCE, quiet="03:00-05:00")) == ["24 02:30"]
    assert calls(World(ONCE, quiet="05:00-08:00")) == ["24 04:30"]  # they begin when the day ends
    assert calls(World(ONCE, quiet="23:00-04:50")) == ["24 04:50"]  # reached in them, said when they end


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        # Due so late that its being due is the last word, quiet hours or not.
        ("04:45", [("24 04:45", Stage.DUE)]),
        # Due in quiet hours, and over before they end: the call is all that is heard of it.
        ("23:00", [("22:00", Stage.LAST_CALL)]),
        ("22:30", [("22:00", Stage.LAST_CALL)]),
        ("22:20", [("22:20", Stage.DUE)]),
    ],
)
def test_what_is_due_late_is_called_only_if_nothing_else_can_be_said(at: str, expected: list[object]) -> None:
    world = World(duty("late", at, remind=ONLY_LAST), quiet="" if at == "04:45" else QUIET)
    start = world.at("12:00")
    said = world.log(start, start + timedelta(hours=20))
    assert [(stamp, stage) for stamp, _id, stage in said] == expected


def test_a_deadline_is_called_before_it_passes() -> None:
    world = World(by("18:00"))
    assert world.log(world.at("10:00", FRIDAY), world.at("18:00", FRIDAY)) == [
        ("10:00", "list", Stage.MORNING),
        ("17:30", "list", Stage.LAST_CALL),
        ("18:00", "list", Stage.DUE),
    ]


def test_a_deadline_in_quiet_hours_is_called_the_evening_before() -> None:
    world = World(by("07:00"), quiet=QUIET)
    thursday = FRIDAY - timedelta(1)
    assert world.log(world.at("12:00", thursday), world.at("12:00", FRIDAY)) == [
        ("22:00", "list", Stage.LAST_CALL),
        ("27 07:30", "list", Stage.OVERDUE),
    ]
    world = World(by("07:30"), quiet=QUIET)  # even where they end with it, it could be told no later
    assert calls(world, thursday) == ["22:00"]


def test_a_daily_deadline_is_called_before_it_and_before_its_day_ends() -> None:
    assert calls(World(replace(ONCE, deadline=True), quiet=QUIET), days=1) == ["08:30", "22:00"]


def test_what_has_no_deadline_and_lasts_is_not_called() -> None:
    assert calls(World(by("18:00", deadline=False)), FRIDAY) == []


def test_a_last_call_is_for_what_is_open_and_not_put_off_past_it() -> None:
    world = World(ONCE, quiet=QUIET)
    world.mark("check", MarkKind.DONE, world.at("21:59"))
    assert calls(world, days=1) == []
    world = World(ONCE, quiet=QUIET)
    world.snooze("check", world.at("22:10"), world.at("21:59"))
    said = world.log(world.at("21:59"), world.at("23:59"))
    assert said == [("22:10", "check", Stage.SNOOZE)]


def test_where_a_call_and_another_stage_meet_it_is_the_call_that_is_told() -> None:
    remind = Remind(HALF_AN_HOUR, 10 * MINUTE, HALF_AN_HOUR)
    world = World(by("18:00", remind=remind), replace(CHECK, remind=remind), quiet=QUIET)
    said = dict.fromkeys(world.log(world.at("00:00", FRIDAY), world.at("22:29", FRIDAY)))
    assert ("17:30", "list", Stage.LAST_CALL) in said
    assert ("17:30", "list", Stage.AHEAD) not in said
    assert ("22:00", "check", Stage.LAST_CALL) in said
    assert ("22:00", "check", Stage.REPEAT) not in said


def test_nothing_is_called_where_reminding_is_off() -> None:
    world = World(replace(CHECK, remind=Remind(None, None, None)), by("18:00", remind=Remind(None, None, None)))
    assert world.log(world.at("00:00", FRIDAY), world.at("23:59", FRIDAY)) == []


# -- what is said before its day -------------------------------------------------------------------------------


def test_a_lead_that_begins_before_the_day_does_is_said() -> None:
    world = World(duty("early", "05:10", remind=Remind(HALF_AN_HOUR, None, None)))
    tomorrow = MONDAY + timedelta(1)
    assert world.log(world.at("12:00"), world.at("05:10", tomorrow)) == [
        ("12:00", "early", Stage.OVERDUE),
        ("24 04:40", "early", Stage.AHEAD),
        ("24 05:10", "early", Stage.DUE),
    ]


def test_a_lead_of_days_is_said_without_a_notice() -> None:
    world = World(by("18:00", remind=Remind(timedelta(days=2), None, None)))
    assert world.log(world.at("06:00"), world.at("18:00", FRIDAY)) == [
        ("25 18:00", "list", Stage.AHEAD),
        ("27 18:00", "list", Stage.DUE),
    ]


def test_tomorrows_items_wait_for_their_day_where_nothing_is_said_before_it() -> None:
    world = World(CHECK)
    assert [item.key for item in world.situation(world.at("12:00")).items] == ["check@2026-11-23"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (replace(CHECK, remind=Remind(5 * MINUTE, None, None)), "08:55"),
        (replace(CHECK, remind=Remind(None, 10 * MINUTE, None)), "09:00"),
        (replace(CHECK, deadline=True, remind=Remind(5 * MINUTE, None, HALF_AN_HOUR)), "08:30"),
    ],
)
def test_the_first_word(found: Duty, expected: str) -> None:
    world = World(found)
    (item,) = world.situation(world.at("08:00")).items
    assert first_word(item.occurrence, world.schedule) == world.at(expected)


# -- nights ----------------------------------------------------------------------------------------------------


def test_what_lasts_is_repeated_until_quiet_hours_begin_and_goes_on_in_the_morning() -> None:
    repeated = replace(WEEKLY, remind=Remind(None, timedelta(hours=2), None))
    world = World(repeated, quiet=QUIET)
    assert world.log(world.at("17:00", FRIDAY), world.at("12:00", FRIDAY + timedelta(1))) == [
        ("17:00", "weekly", Stage.MORNING),
        ("18:00", "weekly", Stage.DUE),
        ("18:15", "weekly", Stage.OVERDUE),
        ("20:00", "weekly", Stage.REPEAT),
        ("22:00", "weekly", Stage.REPEAT),
        ("28 09:00", "weekly", Stage.MORNING),
    ]


def test_a_grace_that_ends_in_quiet_hours_is_left_to_the_morning() -> None:
    slow = replace(WEEKLY, grace=timedelta(hours=5), remind=Remind(None, None, HALF_AN_HOUR))
    world = World(slow, quiet=QUIET)
    assert world.log(world.at("18:00", FRIDAY), world.at("09:00", FRIDAY + timedelta(1)))[1:] == [
        ("28 09:00", "weekly", Stage.MORNING)
    ]


def test_quiet_hours_follow_the_zone_through_a_change_of_the_hour() -> None:
    saturday = date(2027, 3, 27)
    world = World(ONCE, zone=ZoneInfo("Europe/Berlin"), began=saturday, quiet="02:00-04:00", day_starts_at=time(4))
    # The day ends with them, and begins an hour earlier by the sun: 01:30 is 00:30 UTC on either side of the change.
    assert calls(world, saturday, days=2) == ["28 01:30"]


# -- left in peace ---------------------------------------------------------------------------------------------


def test_how_long_what_was_started_is_left_in_peace_is_set_in_the_schedule() -> None:
    world = World(replace(CHECK, remind=Remind(None, 10 * MINUTE, None, timedelta(hours=1))))
    world.mark("check", MarkKind.STARTED, world.at("09:05"))
    assert world.log(world.at("09:05"), world.at("10:12")) == [
        ("10:05", "check", Stage.WORKING),
        ("10:10", "check", Stage.REPEAT),
    ]


def test_to_say_again_that_it_is_in_progress_gives_as_long_again() -> None:
    world = World(CHECK)
    world.mark("check", MarkKind.STARTED, world.at("09:05"))
    world.mark("check", MarkKind.STARTED, world.at("09:30"))
    assert world.log(world.at("09:30"), world.at("10:01")) == [("10:00", "check", Stage.WORKING)]


def test_to_answer_for_one_shop_leaves_what_is_in_progress_in_peace() -> None:
    world = World(replace(CHECK, shops=("tmall", "jd")))
    world.mark("check", MarkKind.STARTED, world.at("09:05"))
    world.mark("check", MarkKind.DONE, world.at("09:10"), shop="jd")
    assert world.log(world.at("09:10"), world.at("09:36")) == [("09:35", "check", Stage.WORKING)]
