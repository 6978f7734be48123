"""Limits of incidents as items: when they are spoken of, what comes through, and what ends them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace
from planning import MEETING, MINUTE, MONDAY, World
from routine import at

from csconsole.core.answer import Status
from csconsole.core.calendar import Calendar, Decree
from csconsole.core.facts import Away, Claim, Snooze
from csconsole.core.incident import Clock, Draft, Event, EventKind, Incident, Severity
from csconsole.core.incident_items import limit_items, limit_key, limit_of
from csconsole.core.reminder import Reminder, Situation, escalate, plan
from csconsole.core.schedule import SILENT, Category, Remind, Schedule, Text

HOUR = timedelta(hours=1)
CALENDAR = Calendar((5, 6), lambda year: Decree(year))
NAME = Text("类", "kind")


def titled(incident: Incident, clock: Clock) -> Text:
    return Text("", f"{incident.number} {clock}")


class Desk:
    """Incidents looked at minute by minute, with what was said of them."""

    def __init__(self, *incidents: Incident, quiet: str = "", lunch: str = "", remind: Remind | None = None) -> None:
        world = World(MEETING, quiet=quiet, lunch=lunch)
        schedule = world.situation(world.at("08:00")).schedule
        category = Category("c", NAME, remind=remind or Remind())
        self.schedule: Schedule = replace(schedule, categories={"c": category})
        self.world = world
        self.incidents = list(incidents)
        self.claims: set[Claim] = set()
        self.away: Away | None = None
        self.snoozes: dict[str, Snooze] = {}

    def situation(self, now: datetime) -> Situation:
        limits = [item for each in self.incidents for item in limit_items(each, now, self.schedule, CALENDAR, titled)]
        meetings = [item for item in self.world.situation(now).items if item.occurrence.duty == "meeting"]
        return Situation([*meetings, *limits], self.claims, self.snoozes, self.schedule, self.away)

    def said(self, now: datetime) -> list[Reminder]:
        due = [each for each in plan(self.situation(now), now).due if limit_of(each.key)]
        self.claims |= {each.claim for each in due}
        return due

    def log(self, first: str, last: str) -> list[tuple[str, str, str]]:
        """What is said at each look the plan asks for, in order."""
        now, end, found = at(first), at(last), []
        while now <= end:
            found += [(stamp(now), each.key, each.stage.value) for each in self.said(now)]
            planned = plan(self.situation(now), now).next_at
            assert planned > now
            now = planned
        return found

    def told(self, now: str, after: timedelta = 30 * MINUTE) -> list[str]:
        """What others are told."""
        return [each.key for each in escalate(self.situation(at(now)), at(now), after).due if limit_of(each.key)]


def stamp(instant: datetime) -> str:
    return (instant + 8 * HOUR).strftime("%d %H:%M")


def incident(opened: str, *events: Event, **more: object) -> Incident:
    return Incident(41, Draft("late", "c", **more), at(opened), "me", events, action=1)  # type: ignore[arg-type]  # keywords as given


DAY = str(MONDAY)
OPENED = f"{DAY} 13:00"


def test_a_limit_is_spoken_of_when_it_nears_at_it_and_while_it_is_over() -> None:
    desk = Desk(incident(OPENED, due_at=at(f"{DAY} 15:00")))
    assert desk.log(OPENED, f"{DAY} 18:30") == [
        ("23 14:30", "#41:settle", "ahead"),  # a quarter of two hours
        ("23 15:00", "#41:settle", "due"),
        *((f"23 15:{minute}", "#41:settle", "repeat") for minute in (10, 20, 30, 40, 50)),
        ("23 16:00", "#41:settle", "repeat"),  # and then hourly
        ("23 17:00", "#41:settle", "repeat"),
        ("23 18:00", "#41:settle", "repeat"),
    ]


@pytest.mark.parametrize(
    ("remind", "due", "nearing"),
    [
        (Remind(), "16:00", "15:15"),  # a quarter of three hours
        (Remind(), "13:27", "13:21"),  # in whole minutes
        (Remind(), "23:00", "22:00"),  # an hour at most
        (Remind(lead=2 * HOUR), "20:00", "18:00"),  # or as its category says
        (Remind(lead=2 * HOUR), "14:00", ""),  # which was before it was opened
        (Remind(), "13:04", ""),
        (Remind(lead=None), "16:00", ""),
    ],
)
def test_when_it_nears(remind: Remind, due: str, nearing: str) -> None:
    desk = Desk(incident(OPENED, due_at=at(f"{DAY} {due}")), remind=remind)
    ahead = [when[3:] for when, _key, stage in desk.log(OPENED, f"{DAY} 23:30") if stage == "ahead"]
    assert ahead == ([nearing] if nearing else [])


def test_a_repetition_longer_than_an_hour_stays_as_it_is() -> None:
    desk = Desk(incident(OPENED, due_at=at(f"{DAY} 15:00")), remind=Remind(None, 90 * MINUTE))
    assert [when[3:] for when, _key, _stage in desk.log(OPENED, f"{DAY} 19:00")] == ["15:00", "16:30", "18:00"]


def test_a_category_that_is_not_reminded_of_is_not() -> None:
    desk = Desk(incident(OPENED, due_at=at(f"{DAY} 15:00")), remind=SILENT)
    assert desk.log(OPENED, f"{DAY} 23:00") == []
    assert desk.told(f"{DAY} 23:00") == []


def test_the_buyer_s_clock_and_the_other_are_two_items() -> None:
    desk = Desk(incident(OPENED, respond_by=at(f"{DAY} 13:20"), due_at=at(f"{DAY} 20:00")), remind=Remind(repeat=None))
    assert desk.log(OPENED, f"{DAY} 21:00") == [
        ("23 13:15", "#41:respond", "ahead"),
        ("23 13:20", "#41:respond", "due"),
        ("23 19:00", "#41:settle", "ahead"),
        ("23 20:00", "#41:settle", "due"),
    ]


@pytest.mark.parametrize(
    "event",
    [
        Event(EventKind.RESOLVED, at(OPENED), "me", action=2),
        Event(EventKind.WAITING, at(OPENED), "me", value="buyer", action=2),
        Event(EventKind.LIMIT, at(OPENED), "me", value="settle", until=at("2026-11-30 12:00"), action=2),
        Event(EventKind.LIMIT, at(OPENED), "me", value="settle", action=2),
    ],
    ids=["resolved", "stands still", "moved", "taken away"],
)
def test_what_ends_it_ends_its_reminders_at_once(event: Event) -> None:
    draft: dict[str, object] = {"due_at": at(f"{DAY} 15:00"), "stands_still": True}
    desk = Desk(incident(OPENED, **draft))
    assert desk.said(at(f"{DAY} 15:00"))
    desk.incidents = [incident(OPENED, event, **draft)]
    assert desk.log(f"{DAY} 15:01", f"{DAY} 23:00") == []


def test_an_answer_to_the_buyer_ends_the_buyer_s_clock() -> None:
    draft: dict[str, object] = {"respond_by": at(f"{DAY} 14:00"), "due_at": at("2026-11-30 20:00")}
    desk = Desk(incident(OPENED, Event(EventKind.ANSWERED, at(OPENED), "me"), **draft))
    assert desk.log(OPENED, f"{DAY} 23:00") == []


def test_waiting_ends_nothing_where_the_clocks_run_on() -> None:
    waiting = Event(EventKind.WAITING, at(OPENED), "me", value="buyer")
    desk = Desk(incident(OPENED, waiting, due_at=at(f"{DAY} 15:00")))
    assert desk.said(at(f"{DAY} 15:00"))


def test_notes_are_no_reason_to_say_it_again_and_opening_it_again_is() -> None:
    due = at(f"{DAY} 15:00")
    desk = Desk(incident(OPENED, due_at=due))
    assert desk.said(at(f"{DAY} 15:00"))
    note = Event(EventKind.NOTE, due, "me", "rang", action=2)
    desk.incidents = [incident(OPENED, note, due_at=due)]
    assert desk.said(at(f"{DAY} 15:01")) == []
    again = Event(EventKind.RESOLVED, due, "me", action=3), Event(EventKind.REOPENED, due, "me", action=4)
    desk.incidents = [incident(OPENED, note, *again, due_at=due)]
    assert [each.stage.value for each in desk.said(at(f"{DAY} 15:02"))] == ["due"]


def test_a_limit_moved_away_and_back_is_spoken_of_again() -> None:
    due, moved = at(f"{DAY} 15:00"), at(f"{DAY} 14:35")
    desk = Desk(incident(OPENED, due_at=due))
    assert desk.said(at(f"{DAY} 14:30"))
    events = [
        Event(EventKind.LIMIT, moved, "me", value="settle", until=until, action=number)
        for number, until in enumerate((at("2026-11-30 12:00"), due), 2)
    ]
    desk.incidents = [incident(OPENED, *events, due_at=due)]
    assert desk.log(f"{DAY} 14:36", f"{DAY} 15:00") == [
        ("23 14:54", "#41:settle", "ahead"),  # it had 25 minutes then
        ("23 15:00", "#41:settle", "due"),
    ]


def test_what_goes_on_with_its_time_over_is_not_said_at_once_nor_what_was_put_off_before() -> None:
    due, again = at(f"{DAY} 15:00"), at(f"{DAY} 17:05")
    over = Event(EventKind.LIMIT, again, "me", value="settle", until=due, action=2)
    desk = Desk(incident(OPENED, over, due_at=due))
    desk.snoozes = {"#41:settle": Snooze("#41:settle", at(f"{DAY} 16:30"), due)}
    assert desk.log(f"{DAY} 17:05", f"{DAY} 18:00") == [("23 18:00", "#41:settle", "repeat")]


# -- what keeps others back ---------------------------------------------------------------------------------------

PLATFORM = {"platform_by": at(f"{DAY} 10:00")}
CRITICAL = {"due_at": at(f"{DAY} 10:00"), "severity": Severity.CRITICAL}
ORDINARY = {"due_at": at(f"{DAY} 10:00")}


@pytest.mark.parametrize(("draft", "through"), [(PLATFORM, True), (CRITICAL, True), (ORDINARY, False)])
def test_a_platform_s_limit_and_what_is_critical_come_through_a_meeting(
    draft: dict[str, object], through: bool
) -> None:
    desk = Desk(incident(f"{DAY} 08:00", **draft), remind=Remind(lead=None))  # the meeting is from 09:50 to 10:30
    times = [when[3:] for when, _key, _stage in desk.log(f"{DAY} 08:00", f"{DAY} 10:30")]
    assert times == (["10:00", "10:10", "10:20", "10:30"] if through else ["10:30"])


@pytest.mark.parametrize(("draft", "through"), [(PLATFORM, True), (CRITICAL, True), (ORDINARY, False)])
@pytest.mark.parametrize("lunch", [True, False])
def test_they_come_through_lunch_and_absence(draft: dict[str, object], through: bool, lunch: bool) -> None:
    moved = {name: at(f"{DAY} 12:00") if isinstance(value, datetime) else value for name, value in draft.items()}
    desk = Desk(incident(f"{DAY} 08:00", **moved), lunch="11:55-12:15" if lunch else "", remind=Remind(lead=None))
    desk.away = None if lunch else Away(at(f"{DAY} 11:55"), at(f"{DAY} 12:15"))
    times = [when[3:] for when, _key, _stage in desk.log(f"{DAY} 11:00", f"{DAY} 12:15")]
    assert times == (["12:00", "12:10"] if through else ["12:15"])


def test_in_the_night_they_come_once_and_before_it_all_are_said_to_near() -> None:
    draft: dict[str, object] = {"platform_by": at("2026-11-24 02:00")}
    desk = Desk(incident(OPENED, **draft), quiet="22:30-07:30")
    assert desk.log(OPENED, "2026-11-24 09:30") == [
        ("23 21:30", "#41:platform", "ahead"),
        ("24 02:00", "#41:platform", "due"),
        ("24 07:30", "#41:platform", "repeat"),
        ("24 08:00", "#41:platform", "repeat"),
        ("24 09:00", "#41:platform", "repeat"),
    ]
    ordinary = Desk(incident(OPENED, due_at=at("2026-11-24 02:00")), quiet="22:30-07:30")
    assert ordinary.log(OPENED, "2026-11-24 08:00") == [
        ("23 21:30", "#41:settle", "ahead"),
        ("24 07:30", "#41:settle", "repeat"),
        ("24 08:00", "#41:settle", "repeat"),
    ]


def test_what_was_said_before_the_night_is_not_said_again_in_it() -> None:
    desk = Desk(incident(OPENED, platform_by=at(f"{DAY} 22:00")), quiet="22:30-07:30")
    assert [each.stage.value for each in desk.said(at(f"{DAY} 22:25"))] == ["repeat"]
    assert desk.log(f"{DAY} 22:40", "2026-11-24 07:29") == []


# -- what others are told -------------------------------------------------------------------------------------------


def test_others_are_told_of_what_is_critical_as_soon_as_it_is_due() -> None:
    for draft in (PLATFORM, CRITICAL):
        desk = Desk(incident(f"{DAY} 08:00", **draft))
        assert desk.told(f"{DAY} 09:59") == []
        assert len(desk.told(f"{DAY} 10:00")) == 1  # in a meeting
    ordinary = Desk(incident(f"{DAY} 08:00", **ORDINARY))
    assert (ordinary.told(f"{DAY} 10:29"), ordinary.told(f"{DAY} 10:30")) == ([], ["#41:settle"])


def test_at_night_others_are_told_of_what_is_critical_alone() -> None:
    night = "2026-11-24 03:00"
    critical = Desk(incident(OPENED, platform_by=at("2026-11-24 02:00")), quiet="22:30-07:30")
    assert critical.told(night) == ["#41:platform"]
    ordinary = Desk(incident(OPENED, due_at=at("2026-11-24 02:00")), quiet="22:30-07:30")
    assert ordinary.told(night) == []
    assert escalate(ordinary.situation(at(night)), at(night), HOUR).next_at == at("2026-11-24 07:30")
    assert ordinary.told("2026-11-24 07:30") == ["#41:settle"]


# -- as items ---------------------------------------------------------------------------------------------------------


def test_a_limit_stands_as_its_time_says() -> None:
    desk = Desk(incident(OPENED, due_at=at(f"{DAY} 15:00")))
    statuses = [
        next(item.status for item in desk.situation(at(f"{DAY} {time}")).items if limit_of(item.key))
        for time in ("14:59", "15:00", "15:01")
    ]
    assert statuses == [Status.UPCOMING, Status.DUE, Status.OVERDUE]


def test_a_key_names_an_incident_and_a_clock() -> None:
    assert limit_of(limit_key(41, Clock.SETTLE)) == (41, Clock.SETTLE)
    for other in ("check@2026-11-23", "#41", "#0:settle", "#41:SETTLE", "#41:settle ", "#１:settle", ""):
        assert limit_of(other) is None
