"""When reminders go out: tables of instants, and what holds for any sequence of looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from planning import CHECK, LATER, MEETING, MINUTE, MONDAY, MONTHLY, SHANGHAI, TEN, WEEKLY, World, duty, reminding

from csconsole.core.agenda import candidates
from csconsole.core.businessday import business_date, day_start
from csconsole.core.facts import MarkKind
from csconsole.core.occurrence import Occurrence
from csconsole.core.reminder import AWAY, Reminder, Stage, digest, escalate, plan, split
from csconsole.core.schedule import OnWeekdays, Remind, Schedule

# -- one item --------------------------------------------------------------------------------------------------


def test_the_course_of_a_daily_check() -> None:
    world = World(replace(CHECK, remind=reminding(timedelta(minutes=5), timedelta(minutes=20))))
    assert world.log(world.at("08:00"), world.at("10:00")) == [
        ("08:55", "check", Stage.AHEAD),
        ("09:00", "check", Stage.DUE),
        ("09:15", "check", Stage.OVERDUE),
        ("09:20", "check", Stage.REPEAT),
        ("09:40", "check", Stage.REPEAT),
        ("10:00", "check", Stage.REPEAT),
    ]


@pytest.mark.parametrize(
    ("remind", "expected"),
    [
        (reminding(None, None), []),
        (reminding(None, 30 * MINUTE), [("09:00", Stage.DUE), ("09:15", Stage.OVERDUE), ("09:30", Stage.REPEAT)]),
        (reminding(timedelta(0), None), [("09:00", Stage.DUE), ("09:15", Stage.OVERDUE)]),
        (reminding(timedelta(hours=2), None), [("07:00", Stage.AHEAD), ("09:00", Stage.DUE), ("09:15", Stage.OVERDUE)]),
        # Two stages at one instant are one reminder.
        (reminding(None, 15 * MINUTE), [("09:00", Stage.DUE), ("09:15", Stage.OVERDUE), ("09:30", Stage.REPEAT)]),
    ],
)  # fmt: skip
def test_remind_says_when(remind: Remind, expected: list[tuple[str, Stage]]) -> None:
    world = World(replace(CHECK, remind=remind))
    said = world.log(world.at("06:00"), world.at("09:30"))
    assert [(stamp, stage) for stamp, _id, stage in said] == expected


def test_what_expires_is_reminded_of_until_its_day_ends() -> None:
    world = World(replace(CHECK, remind=reminding(None, timedelta(hours=6))))
    tomorrow = MONDAY + timedelta(1)
    assert world.log(world.at("08:00"), world.at("08:59", tomorrow)) == [
        ("09:00", "check", Stage.DUE),
        ("09:15", "check", Stage.OVERDUE),
        ("15:00", "check", Stage.REPEAT),
        ("21:00", "check", Stage.REPEAT),
        ("24 03:00", "check", Stage.REPEAT),  # Monday's, before the day that starts at 05:00
    ]


def test_a_late_start_gives_one_reminder_of_each_item() -> None:
    world = World(CHECK, LATER, TEN)
    assert world.said(world.at("11:07")) == [("check", Stage.REPEAT), ("later", Stage.REPEAT), ("ten", Stage.REPEAT)]
    assert world.said(world.at("11:08")) == []


@pytest.mark.parametrize("kind", [MarkKind.DONE, MarkKind.ISSUE, MarkKind.SKIPPED])
def test_what_is_answered_is_silent(kind: MarkKind) -> None:
    world = World(CHECK)
    world.said(world.at("09:00"))
    world.mark("check", kind, world.at("09:03"))
    assert world.log(world.at("09:04"), world.at("23:00")) == []


def test_answered_ahead_of_its_time_is_silent_too() -> None:
    world = World(CHECK)
    world.mark("check", MarkKind.DONE, world.at("08:30"))
    assert world.log(world.at("08:31"), world.at("23:00")) == []


def test_an_undo_reminds_again() -> None:
    world = World(replace(CHECK, remind=reminding(timedelta(0), None), grace=timedelta(hours=2)))
    assert world.said(world.at("09:00")) == [("check", Stage.DUE)]
    world.mark("check", MarkKind.DONE, world.at("09:03"))
    world.undo("check")
    assert world.said(world.at("09:04")) == [("check", Stage.DUE)]
    assert world.said(world.at("09:05")) == []


def test_an_answer_for_one_shop_is_no_reason_to_say_it_again() -> None:
    world = World(replace(CHECK, shops=("tmall", "jd")))
    assert world.said(world.at("09:00")) == [("check", Stage.DUE)]
    world.mark("check", MarkKind.ISSUE, world.at("09:03"), shop="tmall")
    assert world.said(world.at("09:04")) == []
    assert world.said(world.at("09:10")) == [("check", Stage.REPEAT)]
    world.mark("check", MarkKind.DONE, world.at("09:12"), shop="jd")
    assert world.log(world.at("09:13"), world.at("12:00")) == []


def test_another_time_reminds_again() -> None:
    world = World(CHECK)
    world.said(world.at("09:00"))
    moved = World(replace(CHECK, at=time(9, 4)))
    moved.claims = world.claims
    assert moved.said(moved.at("09:01")) == [("check", Stage.AHEAD)]
    assert moved.said(moved.at("09:04")) == [("check", Stage.DUE)]


def test_a_renamed_duty_keeps_its_claims_and_snoozes() -> None:
    world = World(CHECK)
    assert world.said(world.at("09:00")) == [("check", Stage.DUE)]
    world.snooze("check", world.at("09:40"), world.at("09:01"))
    renamed = World(replace(CHECK, id="look", was=("check",)))
    renamed.claims = world.claims
    assert renamed.said(renamed.at("09:01")) == []
    renamed.snoozes = world.snoozes
    assert renamed.log(renamed.at("09:02"), renamed.at("09:40")) == [("09:40", "look", Stage.SNOOZE)]


# -- what stays owed until answered ----------------------------------------------------------------------------

FRIDAY = date(2026, 11, 27)


def test_a_weekly_item_speaks_in_the_morning_and_never_at_night() -> None:
    world = World(replace(WEEKLY, remind=reminding(timedelta(minutes=5), timedelta(hours=2))))
    assert world.log(world.at("00:00", FRIDAY), world.at("12:00", date(2026, 11, 30))) == [
        ("09:00", "weekly", Stage.MORNING),
        ("17:55", "weekly", Stage.AHEAD),
        ("18:00", "weekly", Stage.DUE),
        ("18:15", "weekly", Stage.OVERDUE),
        ("20:00", "weekly", Stage.REPEAT),
        ("22:00", "weekly", Stage.REPEAT),
        ("28 09:00", "weekly", Stage.MORNING),
        ("29 09:00", "weekly", Stage.MORNING),
        ("30 09:00", "weekly", Stage.MORNING),
    ]


def test_a_grace_that_ends_at_night_is_left_to_the_morning() -> None:
    world = World(replace(WEEKLY, grace=timedelta(hours=8), remind=reminding(timedelta(0), None)))
    assert world.log(world.at("17:00", FRIDAY), world.at("10:00", FRIDAY + timedelta(1))) == [
        ("17:00", "weekly", Stage.MORNING),
        ("18:00", "weekly", Stage.DUE),
        ("28 09:00", "weekly", Stage.MORNING),
    ]
    world = World(replace(WEEKLY, grace=timedelta(hours=20), remind=reminding(timedelta(0), None)))
    assert world.log(world.at("17:00", FRIDAY), world.at("15:00", FRIDAY + timedelta(1)))[-1] == (
        "28 14:00",
        "weekly",
        Stage.OVERDUE,
    )


def test_the_morning_is_not_before_the_day_starts() -> None:
    world = World(WEEKLY, day_starts_at=time(11))
    assert world.log(world.at("00:00", FRIDAY), world.at("12:00", FRIDAY)) == [("11:00", "weekly", Stage.MORNING)]


def test_no_morning_reminder_of_what_is_due_that_early() -> None:
    world = World(replace(WEEKLY, at=time(8, 30)))
    said = world.log(world.at("00:00", FRIDAY), world.at("09:00", FRIDAY))
    assert [stage for _stamp, _id, stage in said] == [
        Stage.AHEAD,
        Stage.DUE,
        Stage.REPEAT,
        Stage.OVERDUE,
        Stage.REPEAT,
        Stage.REPEAT,
    ]


def test_a_deadline_is_announced_on_its_notice_day() -> None:
    world = World(MONTHLY)  # 2026-12-06 is a Sunday, unadjusted: two working days before is Thursday
    assert world.log(world.at("00:00"), world.at("18:00", date(2026, 12, 6))) == [
        ("03 09:00", "monthly", Stage.NOTICE),
        ("06 09:00", "monthly", Stage.MORNING),
        ("06 17:55", "monthly", Stage.AHEAD),
        ("06 18:00", "monthly", Stage.DUE),
    ]


def test_weeks_later_one_reminder_remains() -> None:
    world = World(MONTHLY, WEEKLY)
    said = world.said(world.at("10:00", date(2026, 12, 18)))
    # Three Fridays' items of the weekly duty, today's not yet due, and the one of the 6th.
    assert sorted(said) == sorted([("weekly", Stage.MORNING)] * 4 + [("monthly", Stage.MORNING)])


def test_midnight_follows_the_zone_through_a_change_of_the_hour() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    sunday = date(2027, 3, 28)
    weekly = replace(WEEKLY, rule=OnWeekdays((5,)), remind=reminding(None, timedelta(hours=3)))
    world = World(weekly, replace(CHECK, remind=reminding(30 * MINUTE, None)), zone=berlin, began=sunday - timedelta(1))
    said = world.log(world.at("17:59", sunday - timedelta(1)), world.at("09:00", sunday))
    assert said == [
        ("17:59", "check", Stage.OVERDUE),
        ("17:59", "weekly", Stage.MORNING),
        ("18:00", "weekly", Stage.DUE),
        ("18:15", "weekly", Stage.OVERDUE),
        ("21:00", "weekly", Stage.REPEAT),
        ("28 08:30", "check", Stage.AHEAD),
        ("28 09:00", "weekly", Stage.MORNING),
        ("28 09:00", "check", Stage.DUE),
    ]


# -- left in peace ---------------------------------------------------------------------------------------------


def test_a_snoozed_item_comes_back_then_and_not_before() -> None:
    world = World(CHECK)
    world.said(world.at("09:00"))
    world.snooze("check", world.at("09:17"), world.at("09:02"))  # the repeat of 09:10 and the end of grace pass in it
    assert world.log(world.at("09:03"), world.at("09:20")) == [
        ("09:17", "check", Stage.SNOOZE),
        ("09:20", "check", Stage.REPEAT),
    ]


def test_a_snooze_across_an_absence_comes_back_once() -> None:
    world = World(replace(CHECK, remind=reminding(timedelta(0), None)))
    world.said(world.at("09:00"))
    world.snooze("check", world.at("09:40"), world.at("09:02"))
    assert world.said(world.at("12:00")) == [("check", Stage.SNOOZE)]
    assert world.log(world.at("12:01"), world.at("20:00")) == []


def test_answered_while_snoozed_is_silent() -> None:
    world = World(CHECK)
    world.snooze("check", world.at("09:40"), world.at("09:02"))
    world.mark("check", MarkKind.DONE, world.at("09:10"))
    assert world.log(world.at("09:11"), world.at("20:00")) == []


def test_a_person_may_snooze_what_the_schedule_keeps_silent() -> None:
    world = World(replace(CHECK, remind=reminding(None, None)))
    world.snooze("check", world.at("09:40"), world.at("09:02"))
    assert world.log(world.at("09:03"), world.at("20:00")) == [("09:40", "check", Stage.SNOOZE)]


def test_what_is_in_progress_is_left_alone_for_half_an_hour() -> None:
    world = World(CHECK)
    world.said(world.at("09:00"))
    world.mark("check", MarkKind.STARTED, world.at("09:05"))
    assert world.log(world.at("09:05"), world.at("09:45")) == [
        ("09:35", "check", Stage.WORKING),
        ("09:40", "check", Stage.REPEAT),
    ]


def test_started_early_it_is_still_said_when_it_is_due() -> None:
    world = World(CHECK)
    world.mark("check", MarkKind.STARTED, world.at("08:26"))
    assert world.log(world.at("08:27"), world.at("09:00")) == [("09:00", "check", Stage.DUE)]
    world = World(CHECK)
    world.mark("check", MarkKind.STARTED, world.at("08:40"))
    assert world.log(world.at("08:41"), world.at("09:12")) == [("09:10", "check", Stage.WORKING)]


def test_what_is_delegated_is_asked_for_at_its_hour() -> None:
    world = World(CHECK)
    world.said(world.at("09:00"))
    world.mark("check", MarkKind.DELEGATED, world.at("09:05"), to="li", until=world.at("17:03"))
    assert world.log(world.at("09:06"), world.at("17:10")) == [
        ("17:03", "check", Stage.BACK),
        ("17:10", "check", Stage.REPEAT),
    ]


# -- several ---------------------------------------------------------------------------------------------------


def test_reminders_wait_while_a_meeting_holds_them_and_come_together() -> None:
    world = World(LATER, MEETING, TEN)
    assert world.log(world.at("09:41"), world.at("10:30")) == [
        ("09:41", "later", Stage.REPEAT),
        ("09:45", "later", Stage.OVERDUE),
        ("09:45", "meeting", Stage.AHEAD),
        ("09:50", "later", Stage.REPEAT),
        ("09:50", "meeting", Stage.DUE),
        ("10:30", "later", Stage.REPEAT),
        ("10:30", "meeting", Stage.REPEAT),
        ("10:30", "ten", Stage.DUE),
    ]


def test_come_in_during_the_meeting_what_was_due_before_is_still_said() -> None:
    world = World(LATER, MEETING, TEN)
    assert world.said(world.at("10:12")) == [("later", Stage.REPEAT), ("meeting", Stage.DUE)]
    assert plan(world.situation(world.at("10:12")), world.at("10:12")).next_at == world.at("10:30")


def test_a_skipped_meeting_holds_nothing() -> None:
    world = World(LATER, MEETING)
    world.mark("meeting", MarkKind.SKIPPED, world.at("09:40"), reason="holiday")
    assert ("10:00", "later", Stage.REPEAT) in world.log(world.at("09:50"), world.at("10:10"))


def test_meetings_that_touch_hold_as_one() -> None:
    second = duty("second", "10:20", until=time(11), hold_reminders=True, remind=reminding(None, None))
    world = World(LATER, MEETING, second)
    world.said(world.at("09:50"))
    assert {stamp for stamp, _id, _stage in world.log(world.at("09:51"), world.at("11:04"))} == {"11:00"}


def test_coming_back_what_came_due_meanwhile_is_told_apart() -> None:
    world = World(CHECK, LATER, TEN, WEEKLY)
    world.said(world.at("09:00", FRIDAY))  # the check is known, and so is the day's weekly item
    now = world.at("10:01", FRIDAY)
    fresh, meanwhile = split(world.visit(now), now)
    assert [reminder.item.occurrence.duty for reminder in meanwhile] == ["later"]
    assert [reminder.item.occurrence.duty for reminder in fresh] == ["check", "ten"]  # ten: due a minute ago


def test_what_is_not_due_yet_did_not_come_due_meanwhile() -> None:
    world = World(WEEKLY, MONTHLY)
    now = world.at("14:00", date(2026, 12, 4))  # Friday: the weekly item's day, after the monthly one's notice
    fresh, meanwhile = split(world.visit(now), now)
    assert {(reminder.item.occurrence.nominal.day, reminder.stage) for reminder in fresh} == {
        (4, Stage.MORNING),
        (6, Stage.NOTICE),
    }
    assert [reminder.item.occurrence.nominal.day for reminder in meanwhile] == [27]


def test_a_digest_holds_all_that_goes_out_together() -> None:
    world = World(CHECK, LATER)
    now = world.at("09:40")
    due = plan(world.situation(now), now).due
    here, back = digest(due, now), digest(due, now, AWAY)
    assert (here.fresh, here.meanwhile) == (due, ())
    assert (back.fresh, back.meanwhile) == ((), due)
    assert here.reminders == back.reminders == due
    assert not digest((), now)


# -- any sequence of looks -------------------------------------------------------------------------------------

_DUTIES = (CHECK, LATER, MEETING, TEN, replace(CHECK, id="slow", at=time(16, 40), remind=reminding(None, None)), WEEKLY)


def _looks() -> st.SearchStrategy[list[int]]:
    """Minutes since Monday 08:00, in order, with gaps of any length."""
    return st.lists(st.integers(1, 600), min_size=1, max_size=30).map(
        lambda gaps: [sum(gaps[: number + 1]) for number in range(len(gaps))]
    )


@settings(deadline=None)
@given(_looks(), st.lists(st.tuples(st.integers(0, 3000), st.sampled_from(["check", "later", "ten"])), max_size=4))
def test_each_reminder_goes_out_once_and_nothing_due_is_silent(
    looks: list[int], answers: Sequence[tuple[int, str]]
) -> None:
    world = World(*_DUTIES)
    start = world.at("08:00")
    out: set[tuple[str, Stage, datetime, int]] = set()
    told: dict[str, datetime] = {}
    waiting = sorted(answers)
    for minutes in looks:
        now = start + minutes * MINUTE
        while waiting and waiting[0][0] <= minutes:
            _at, id = waiting.pop(0)
            world.mark(id, MarkKind.DONE, now)
        for reminder in world.visit(now):
            identity = (reminder.key, reminder.stage, reminder.planned, reminder.item.answer.newest)
            assert identity not in out
            assert reminder.planned <= now
            assert reminder.item.status.open
            out.add(identity)
            told[reminder.key] = max(told.get(reminder.key, start), reminder.planned)
        assert_nothing_due_is_silent(world, now, told)


def assert_nothing_due_is_silent(world: World, now: datetime, told: Mapping[str, datetime]) -> None:
    in_meeting = world.at("09:50") <= now < world.at("10:30")
    for item in world.situation(now).items:
        occurrence = item.occurrence
        if not item.status.open or item.due > now or occurrence.remind == reminding(None, None) or in_meeting:
            continue
        assert item.key in told
        nags = occurrence.expires_at is not None or business_date(world.schedule, now) == occurrence.day
        if nags and now.astimezone(SHANGHAI).time() >= time(9):
            assert occurrence.remind.repeat is not None
            assert now - told[item.key] < occurrence.remind.repeat
        else:
            assert now - told[item.key] < timedelta(hours=24)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(-300, 300), min_size=5, max_size=30))
def test_a_clock_that_jumps_never_makes_one_go_out_twice(jumps: list[int]) -> None:
    world = World(*_DUTIES)
    now = world.at("09:00")
    for jump in jumps:
        now = min(max(now + jump * MINUTE, world.at("05:00")), world.at("23:00"))
        world.visit(now)  # asserts that nothing planned was claimed before
        told = {claim.key for claim in world.claims if claim.planned <= now}
        in_meeting = world.at("09:50") <= now < world.at("10:30")
        due = {item.key for item in world.situation(now).items if item.status.open and item.due <= now}
        assert in_meeting or due - {"slow@2026-11-23"} <= told


def naive_course(item: Occurrence, schedule: Schedule, first: datetime, last: datetime) -> Iterator[datetime]:
    """The instants at which a daily item speaks, minute by minute, by the words of the schedule's documentation."""
    remind, minute = item.remind, first
    assert remind.repeat is not None
    while minute <= last:
        since = minute - item.due
        ahead = remind.lead is not None and -since == remind.lead
        repeated = since >= timedelta(0) and since % remind.repeat == timedelta(0)
        if (ahead or repeated or since == item.grace) and minute < day_start(schedule, item.day + timedelta(1)):
            yield minute
        minute += MINUTE


def test_a_day_follows_a_naive_simulation_minute_by_minute() -> None:
    duties = [
        duty(
            f"d{number}", f"{8 + number // 4:02}:{number % 4 * 15:02}", remind=reminding(lead * MINUTE, repeat * MINUTE)
        )
        for number, (lead, repeat) in enumerate([(5, 10), (0, 7), (15, 15), (3, 60), (1, 1), (30, 25)] * 2)
    ]
    world = World(*duties)
    first, last = world.at("07:00"), world.at("05:30", MONDAY + timedelta(1))
    expected = {
        (minute, occurrence.duty)
        for occurrence in candidates(world.book, MONDAY, business_date(world.book.schedule, first))
        for minute in naive_course(occurrence, world.schedule, first, last)
    }
    heard: list[tuple[datetime, str]] = []
    now = first
    while now <= last:
        planned = world.turn(now)
        heard += [(now, reminder.item.occurrence.duty) for reminder in planned.due]
        now = planned.next_at
    assert len(heard) == len(set(heard))
    assert set(heard) == expected


def test_in_progress_lasts_as_long_as_it_says() -> None:
    world = World(CHECK)
    world.mark("check", MarkKind.STARTED, world.at("09:00"))
    before = world.at("09:00") + Remind().in_progress - MINUTE
    assert world.said(before) == []
    assert world.said(before + MINUTE) == [("check", Stage.WORKING)]


# -- told to others --------------------------------------------------------------------------------------------

HALF_AN_HOUR = timedelta(minutes=30)


def told(world: World, now: datetime) -> list[str]:
    """The duties others are told of at `now`, claimed as the journal would."""
    planned = escalate(world.situation(now), now, HALF_AN_HOUR)
    assert planned.next_at > now
    for reminder in planned.due:
        assert reminder.claim not in world.claims
        world.claims.add(reminder.claim)
    return [reminder.item.occurrence.duty for reminder in planned.due]


def telling(world: World, first: datetime, last: datetime) -> list[tuple[str, str]]:
    """When others are told of what, minute by minute."""
    minutes = range(int((last - first) / MINUTE) + 1)
    return [
        ((first + minute * MINUTE).astimezone(world.schedule.zone).strftime("%d %H:%M"), id)
        for minute in minutes
        for id in told(world, first + minute * MINUTE)
    ]


def test_others_are_told_once_of_what_has_been_overdue_for_as_long_as_set() -> None:
    world = World(CHECK, LATER)
    assert telling(world, world.at("08:00"), world.at("23:59")) == [("23 09:45", "check"), ("23 10:15", "later")]


def test_the_plan_to_tell_others_says_when_it_changes() -> None:
    world = World(CHECK, LATER)
    now, turns = world.at("08:00"), []
    while now < world.at("12:00"):
        planned = escalate(world.situation(now), now, HALF_AN_HOUR)
        turns.append(now)
        now = planned.next_at
    assert turns[1:] == [world.at("09:45"), world.at("10:15")]


@pytest.mark.parametrize("kind", [MarkKind.DONE, MarkKind.ISSUE, MarkKind.SKIPPED])
def test_nobody_else_hears_of_what_was_answered_in_time(kind: MarkKind) -> None:
    world = World(CHECK)
    world.mark("check", kind, world.at("09:44"))
    assert telling(world, world.at("09:44"), world.at("12:00")) == []


def test_nobody_else_hears_of_what_has_no_reminders() -> None:
    world = World(replace(CHECK, remind=reminding(None, None)))
    assert telling(world, world.at("09:00"), world.at("12:00")) == []


def test_whoever_attends_to_it_is_given_as_long_again() -> None:
    world = World(CHECK)
    world.snooze("check", world.at("10:00"), world.at("09:40"))
    assert telling(world, world.at("09:40"), world.at("12:00")) == [("23 10:30", "check")]
    world = World(CHECK)
    world.mark("check", MarkKind.STARTED, world.at("09:44"))
    assert telling(world, world.at("09:44"), world.at("12:00")) == [("23 10:44", "check")]
    world = World(CHECK)
    world.mark("check", MarkKind.DELEGATED, world.at("09:44"), to="li", until=world.at("11:00"))
    assert telling(world, world.at("09:44"), world.at("12:00")) == [("23 11:30", "check")]


def test_others_too_wait_for_the_end_of_a_meeting() -> None:
    world = World(replace(LATER, at=time(9, 10)), MEETING)
    assert telling(world, world.at("09:00"), world.at("10:34")) == [("23 10:30", "later")]


def test_others_are_not_told_at_night_of_what_stays_owed() -> None:
    world = World(replace(WEEKLY, grace=timedelta(hours=8)))
    assert telling(world, world.at("18:00", FRIDAY), world.at("12:00", FRIDAY + timedelta(1))) == [
        ("28 09:00", "weekly")
    ]


def test_another_setting_of_when_does_not_tell_others_again() -> None:
    world = World(CHECK)
    assert told(world, world.at("09:45")) == ["check"]
    assert escalate(world.situation(world.at("10:20")), world.at("10:20"), timedelta(hours=1)).due == ()


def test_what_went_out_to_the_person_is_another_matter() -> None:
    world = World(CHECK)
    assert world.said(world.at("09:45")) == [("check", Stage.REPEAT)]
    assert told(world, world.at("09:45")) == ["check"]
    assert world.said(world.at("09:50")) == [("check", Stage.REPEAT)]


def test_others_are_told_again_after_an_undo() -> None:
    world = World(CHECK)
    assert told(world, world.at("09:45")) == ["check"]
    world.mark("check", MarkKind.DONE, world.at("09:46"))
    world.undo("check")
    assert told(world, world.at("09:47")) == ["check"]
    assert told(world, world.at("09:48")) == []


def test_what_is_critical_is_told_when_it_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reminder, "critical", True)
    world = World(CHECK)
    assert telling(world, world.at("08:00"), world.at("12:00")) == [("23 09:00", "check")]
