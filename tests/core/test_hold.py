"""What keeps reminders back: lunch, absences, quiet hours, meetings, and all of them together."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from planning import CHECK, LATER, MEETING, MINUTE, MONDAY, TEN, World, duty, reminding

from csconsole.core.facts import Away, MarkKind
from csconsole.core.hold import HoldKind, is_quiet, last_spoken, next_quiet
from csconsole.core.reminder import Stage, escalate, plan

LUNCH = "12:30-13:20"
QUIET = "22:30-07:30"
HOUR = 60 * MINUTE
NOON = duty("noon", "12:40", remind=reminding(5 * MINUTE, 20 * MINUTE))


def held(world: World, clock: str, day: date = MONDAY) -> tuple[str, str, HoldKind] | None:
    """What keeps reminders back at a time of day: from when, until when, and why."""
    now = world.at(clock, day)
    hold = world.situation(now).hold_at(now)
    if hold is None:
        return None
    start, end = (each.astimezone(world.schedule.zone) for each in (hold.start, hold.end))
    return f"{start:%H:%M}", f"{end:%H:%M}", hold.span.kind


def away(world: World, since: str, until: str) -> None:
    world.away = Away(world.at(since), world.at(until))


# -- each of them ----------------------------------------------------------------------------------------------


def test_what_is_reached_at_lunch_comes_as_one_at_its_end() -> None:
    world = World(NOON, replace(CHECK, remind=reminding(None, 55 * MINUTE)), lunch=LUNCH)
    assert world.log(world.at("11:50"), world.at("13:20")) == [
        ("11:50", "check", Stage.REPEAT),
        ("13:20", "check", Stage.REPEAT),  # of 12:40
        ("13:20", "noon", Stage.REPEAT),
    ]
    assert [held(world, clock) for clock in ("12:29", "12:30", "13:19", "13:20")] == [
        None,
        ("12:30", "13:20", HoldKind.LUNCH),
        ("12:30", "13:20", HoldKind.LUNCH),
        None,
    ]


def test_what_is_reached_when_they_begin_is_kept_back_but_what_holds_is_said_itself() -> None:
    talk = duty("talk", "12:30", until=time(13, 20), hold_reminders=True, remind=reminding(None, 2 * HOUR))
    sharp = duty("sharp", "12:30", remind=reminding(None, 2 * HOUR))
    world = World(sharp, lunch=LUNCH)
    assert world.log(world.at("12:00"), world.at("13:20")) == [("13:20", "sharp", Stage.OVERDUE)]
    world = World(talk, sharp)
    assert world.log(world.at("12:00"), world.at("13:20")) == [
        ("12:30", "talk", Stage.DUE),
        ("13:20", "talk", Stage.OVERDUE),
        ("13:20", "sharp", Stage.DUE),
    ]


def test_quiet_hours_go_on_past_midnight_and_what_is_reached_in_them_comes_at_their_end() -> None:
    world = World(CHECK, duty("early", "07:10", remind=reminding(5 * MINUTE, None)), quiet=QUIET)
    tomorrow = MONDAY + timedelta(1)
    assert world.log(world.at("22:25"), world.at("07:30", tomorrow)) == [
        ("22:25", "early", Stage.OVERDUE),
        ("22:25", "check", Stage.REPEAT),
        ("24 07:30", "early", Stage.OVERDUE),
    ]
    assert held(world, "03:00", tomorrow) == ("22:30", "07:30", HoldKind.QUIET)


def test_what_came_due_in_quiet_hours_and_was_answered_is_not_told() -> None:
    world = World(duty("early", "07:10"), quiet=QUIET)
    world.mark("early", MarkKind.DONE, world.at("07:15"))
    assert world.said(world.at("07:30")) == []


def test_while_away_nothing_comes_and_on_return_all_of_it() -> None:
    world = World(NOON, CHECK)
    world.said(world.at("12:10"))
    away(world, "12:10", "13:30")
    assert world.log(world.at("12:11"), world.at("13:29")) == []
    assert world.said(world.at("13:30")) == [("check", Stage.REPEAT), ("noon", Stage.REPEAT)]


def test_whoever_comes_back_early_hears_it_then() -> None:
    world = World(NOON)
    away(world, "12:10", "13:30")
    assert world.said(world.at("12:50")) == []
    away(world, "12:50", "12:50")
    assert world.said(world.at("12:50")) == [("noon", Stage.DUE)]
    assert world.log(world.at("12:51"), world.at("13:31")) == [
        ("12:55", "noon", Stage.OVERDUE),
        ("13:00", "noon", Stage.REPEAT),
        ("13:20", "noon", Stage.REPEAT),
    ]


def test_the_clock_set_back_to_before_an_absence_ends_it() -> None:
    world = World(NOON)
    away(world, "12:10", "13:30")
    assert held(world, "12:09") is None


def test_a_delegation_and_a_start_are_asked_about_after_an_absence() -> None:
    world = World(CHECK, LATER)
    world.said(world.at("09:30"))
    world.mark("check", MarkKind.DELEGATED, world.at("09:31"), to="li", until=world.at("10:00"))
    world.mark("later", MarkKind.STARTED, world.at("09:35"))
    away(world, "09:40", "10:09")
    assert world.log(world.at("09:41"), world.at("10:09")) == [
        ("10:09", "check", Stage.BACK),
        ("10:09", "later", Stage.WORKING),
    ]


# -- together --------------------------------------------------------------------------------------------------


def test_those_that_touch_or_overlap_are_one() -> None:
    talk = duty("talk", "13:20", until=time(14), hold_reminders=True, remind=reminding(None, None))
    world = World(NOON, talk, lunch=LUNCH)
    away(world, "12:00", "12:45")
    assert [held(world, clock) for clock in ("12:10", "12:40", "13:30")] == [
        ("12:00", "14:00", HoldKind.AWAY),
        ("12:00", "14:00", HoldKind.LUNCH),
        ("12:00", "14:00", HoldKind.MEETING),
    ]
    assert world.log(world.at("12:01"), world.at("14:00")) == [("14:00", "noon", Stage.REPEAT)]


def test_a_hold_within_another_is_part_of_it() -> None:
    world = World(MEETING, TEN, quiet="09:00-11:00")
    away(world, "09:55", "10:05")
    assert held(world, "10:00") == ("09:00", "11:00", HoldKind.QUIET)
    assert world.log(world.at("08:50"), world.at("11:00")) == [
        ("11:00", "meeting", Stage.REPEAT),
        ("11:00", "ten", Stage.REPEAT),
    ]


# -- what a person asked for -----------------------------------------------------------------------------------


def test_quiet_hours_do_not_keep_back_what_was_put_off_to_an_hour_in_them() -> None:
    world = World(CHECK, LATER, quiet=QUIET)
    world.said(world.at("22:30"))
    world.snooze("check", world.at("23:00"), world.at("22:31"))
    world.mark("later", MarkKind.DELEGATED, world.at("22:31"), to="li", until=world.at("23:30"))
    assert world.log(world.at("22:32"), world.at("07:30", MONDAY + timedelta(1))) == [
        ("23:00", "check", Stage.SNOOZE),
        ("23:30", "later", Stage.BACK),
    ]


def test_what_was_put_off_in_quiet_hours_comes_even_to_one_who_is_late() -> None:
    world = World(CHECK, quiet=QUIET)
    world.said(world.at("22:30"))
    world.snooze("check", world.at("23:00"), world.at("22:31"))
    assert world.said(world.at("23:40")) == [("check", Stage.SNOOZE)]
    assert world.said(world.at("23:41")) == []


@pytest.mark.parametrize("kind", ["lunch", "away", "meeting"])
def test_what_was_put_off_to_an_hour_in_the_others_waits_for_their_end(kind: str) -> None:
    talk = duty("talk", "12:30", until=time(13, 20), hold_reminders=True, remind=reminding(None, None))
    world = World(CHECK, *[talk] * (kind == "meeting"), lunch=LUNCH if kind == "lunch" else "")
    if kind == "away":
        away(world, "12:30", "13:20")
    world.said(world.at("12:20"))
    world.snooze("check", world.at("13:00"), world.at("12:21"))
    assert world.log(world.at("12:22"), world.at("13:20")) == [("13:20", "check", Stage.REPEAT)]  # of 13:20 itself


# -- others ----------------------------------------------------------------------------------------------------


def test_others_are_told_while_the_person_is_away_but_not_in_quiet_hours() -> None:
    def told(world: World, clock: str, day: date = MONDAY) -> list[str]:
        now = world.at(clock, day)
        return [reminder.item.occurrence.duty for reminder in escalate(world.situation(now), now, 30 * MINUTE).due]

    world = World(NOON, lunch=LUNCH)
    away(world, "12:10", "14:30")
    assert (told(world, "13:24"), told(world, "13:25")) == ([], ["noon"])
    world = World(duty("late", "21:50"), quiet=QUIET)
    assert (told(world, "22:34"), told(world, "23:00")) == ([], [])
    world = World(duty("early", "06:30"), quiet=QUIET)
    assert (told(world, "07:29"), told(world, "07:30")) == ([], ["early"])


# -- the hours themselves --------------------------------------------------------------------------------------


def test_quiet_hours_at_their_edges() -> None:
    world = World(quiet=QUIET)
    schedule = world.schedule
    assert [is_quiet(schedule, world.at(clock)) for clock in ("22:29", "22:30", "00:00", "07:29", "07:30")] == [
        False,
        True,
        True,
        True,
        False,
    ]
    yesterday = MONDAY - timedelta(1)
    assert last_spoken(schedule, world.at("05:00")) == world.at("22:30", yesterday)
    assert last_spoken(schedule, world.at("07:30")) == world.at("22:30", yesterday)
    assert last_spoken(schedule, world.at("07:31")) == world.at("07:31")
    assert next_quiet(schedule, world.at("22:30")) == world.at("22:30")
    assert next_quiet(schedule, world.at("22:31")) == world.at("22:30", MONDAY + timedelta(1))
    assert next_quiet(World().schedule, world.at("09:00")) is None


def test_hours_that_summer_time_leaves_out_hold_nothing() -> None:
    sunday = date(2027, 3, 28)
    world = World(CHECK, zone=ZoneInfo("Europe/Berlin"), began=sunday, lunch="02:10-02:50")
    assert held(world, "02:30", sunday + timedelta(1)) == ("02:10", "02:50", HoldKind.LUNCH)
    moments = [world.at("00:30", sunday) + minutes * MINUTE for minutes in range(0, 240, 5)]
    spans = [hold for now in moments if (hold := world.situation(now).hold_at(now))]
    assert all(hold.start < hold.end for hold in spans)


# -- any of them -----------------------------------------------------------------------------------------------

_CLOCKS = st.integers(0, 24 * 12 - 1).map(lambda n: f"{n // 12:02}:{n % 12 * 5:02}")
_HOURS = st.one_of(st.just(""), st.tuples(_CLOCKS, _CLOCKS).filter(lambda ends: ends[0] != ends[1]).map("-".join))


@settings(deadline=None, max_examples=60)
@given(_HOURS, _HOURS, st.tuples(_CLOCKS, st.integers(5, 600)))
def test_nothing_comes_while_held_and_what_was_held_comes_at_the_end(
    quiet: str, lunch: str, absence: tuple[str, int]
) -> None:
    world = World(CHECK, LATER, MEETING, TEN, NOON, quiet=quiet, lunch=lunch)
    since = world.at(absence[0])
    world.away = Away(since, since + absence[1] * MINUTE)
    now, end = world.at("06:00"), world.at("06:00", MONDAY + timedelta(1))
    before: datetime | None = None
    while now < end:
        situation = world.situation(now)
        hold = situation.hold_at(now)
        planned = world.turn(now)
        assert all(reminder.planned <= (hold.before if hold else now) for reminder in planned.due)
        assert planned.next_at > now
        if hold is None and before is not None:
            # Whoever is there again has heard of everything that is open and due.
            again = plan(world.situation(now), now)
            assert again.due == ()
            told = {claim.key for claim in world.claims}
            due = {item.key for item in situation.items if item.status.open and item.due <= now}
            assert due <= told
        before, now = now, planned.next_at
