"""A business day at an instant, sentence by sentence of DESIGN.md §1: status at chosen instants, the boundaries
above all. What is owed when a schedule is edited is in test_book.py; answering per shop in test_answering.py.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from routine import BERLIN, INSTANT, MINUTE, World, daily, monthly, statuses, wall, weekly

from csconsole.core.agenda import Agenda, Progress, agenda, candidates
from csconsole.core.answer import Status
from csconsole.core.businessday import business_date
from csconsole.core.calendar import DayType
from csconsole.core.facts import MarkKind
from csconsole.core.schedule import Convention, Covers, Text

FRIDAY, SUNDAY = 4, 6
MONDAY = "2026-11-23"

CHECK = daily("check", "09:00")
MEETING = weekly("meeting", 0, "09:50", until="10:30", hold_reminders=True, workdays_only=True, expires=True)
TEN = daily("ten", "10:00")
LIST = weekly("list", FRIDAY)


# -- status: a function of now ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ("2026-11-23 05:00", Status.UPCOMING),
        ("2026-11-23 08:59:59.999999", Status.UPCOMING),
        ("2026-11-23 09:00", Status.DUE),
        ("2026-11-23 09:15", Status.DUE),  # exactly due + grace is still due
        ("2026-11-23 09:15:00.000001", Status.OVERDUE),
        ("2026-11-24 04:59:59.999999", Status.OVERDUE),
        ("2026-11-24 05:00", Status.MISSED),  # the day has ended
        ("2027-11-24 05:00", Status.MISSED),
    ],
)
def test_a_daily_check_through_its_day(now: str, status: Status) -> None:
    assert statuses(World(CHECK).look(MONDAY, now).items) == {"check@2026-11-23": status}


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ("2026-11-27 17:59:59.999999", Status.UPCOMING),
        ("2026-11-27 18:00", Status.DUE),
        ("2026-11-27 18:15", Status.DUE),
        ("2026-11-27 18:16", Status.OVERDUE),
        ("2026-11-28 05:00", Status.OVERDUE),
        ("2027-11-27 18:00", Status.OVERDUE),
    ],
)
def test_a_weekly_duty_stays_overdue_until_answered(now: str, status: Status) -> None:
    assert World(LIST, began="2026-11-23").status("list@2026-11-27", now) is status


@pytest.mark.parametrize("hour", ["10:31", "23:00"])
def test_what_expires_the_same_day_is_overdue_until_then(hour: str) -> None:
    world = World(MEETING)
    assert world.status("meeting@2026-11-23", f"2026-11-23 {hour}") is Status.OVERDUE
    assert world.status("meeting@2026-11-23", "2026-11-24 05:00") is Status.MISSED


def test_grace_that_outlasts_the_day_ends_with_it() -> None:
    world = World(daily("late", "23:00", grace=timedelta(hours=12)))
    assert world.status("late@2026-11-23", "2026-11-24 04:59") is Status.DUE
    assert world.status("late@2026-11-23", "2026-11-24 05:00") is Status.MISSED


@pytest.mark.parametrize(
    ("kind", "status"),
    [(MarkKind.DONE, Status.DONE), (MarkKind.ISSUE, Status.ISSUE), (MarkKind.SKIPPED, Status.SKIPPED)],
)
def test_an_answer_holds_from_then_on(kind: MarkKind, status: Status) -> None:
    world = World(CHECK)
    world.mark("check@2026-11-23", kind, "2026-11-23 09:05")
    for now in ("2026-11-23 09:05", "2026-11-23 09:16", "2026-11-24 05:00", "2027-01-01 00:00"):
        assert world.status("check@2026-11-23", now) is status


def test_a_missed_check_can_be_answered_late() -> None:
    world = World(CHECK)
    world.done("check@2026-11-23", "2026-11-24 09:00")
    (item,) = world.look(MONDAY, "2026-11-24 09:00").items
    assert (item.status, item.late, item.on_time) == (Status.DONE, timedelta(hours=24), False)
    assert world.keys("2026-11-24", "2026-11-24 09:00") == ["check@2026-11-24"]


# -- lateness --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answered", "seconds", "on_time"),
    [
        ("08:30", 0, True),  # never negative
        ("09:00", 0, True),
        ("09:06:30", 390, True),
        ("09:15", 900, True),  # exactly due + grace
        ("09:15:01", 901, False),
    ],
)
def test_lateness_counts_from_due_and_grace_forgives(answered: str, seconds: int, on_time: bool) -> None:
    world = World(CHECK)
    world.done("check@2026-11-23", f"2026-11-23 {answered}")
    item = world.item("check@2026-11-23", "2026-11-23 12:00")
    assert (item.late, item.on_time) == (timedelta(seconds=seconds), on_time)


def test_what_is_not_answered_has_no_lateness() -> None:
    item = World(CHECK).item("check@2026-11-23", "2026-11-23 12:00")
    assert (item.late, item.on_time) == (None, False)


# -- Monday's meeting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "meeting", "ten"),
    [
        ("09:49:59", Status.UPCOMING, Status.UPCOMING),
        ("09:50", Status.DUE, Status.UPCOMING),
        ("10:00", Status.DUE, Status.UPCOMING),
        ("10:29:59.999999", Status.OVERDUE, Status.UPCOMING),
        ("10:30", Status.OVERDUE, Status.DUE),
        ("10:45", Status.OVERDUE, Status.DUE),
        ("10:45:00.000001", Status.OVERDUE, Status.OVERDUE),
    ],
)
def test_a_check_that_falls_inside_the_meeting_becomes_due_when_it_ends(now: str, meeting: Status, ten: Status) -> None:
    found = World(TEN, MEETING).look(MONDAY, f"2026-11-23 {now}")
    assert statuses(found.items) == {"meeting@2026-11-23": meeting, "ten@2026-11-23": ten}
    held = found.items[1].occurrence
    assert (wall(held.planned)[-5:], wall(held.due)[-5:]) == ("10:00", "10:30")


def test_lateness_of_a_check_that_waited_counts_from_the_meetings_end() -> None:
    world = World(TEN, MEETING)
    world.done("ten@2026-11-23", "2026-11-23 10:40")
    assert world.item("ten@2026-11-23", "2026-11-23 11:00").late == 10 * MINUTE
    world.done("ten@2026-11-24", "2026-11-24 10:40")
    assert world.item("ten@2026-11-24", "2026-11-24 11:00").late == 40 * MINUTE


def test_what_overlaps_names_each_other() -> None:
    world = World(
        CHECK, MEETING, TEN, daily("talk", "10:15", until="11:00"), daily("end", "10:30"), daily("eleven", "11:00")
    )
    overlaps = {item.key[:-11]: {key[:-11] for key in item.overlaps} for item in world.look(MONDAY, MONDAY).items}
    assert overlaps == {
        "check": set(),
        "meeting": {"ten", "talk"},
        "ten": {"meeting"},
        "talk": {"meeting", "end"},
        "end": {"talk"},
        "eleven": set(),
    }


# -- what stands on a day --------------------------------------------------------------------------------------


def test_a_day_says_what_it_is_and_from_when_to_when() -> None:
    world = World(CHECK, off="2026-11-25", makeup="2026-11-28")
    found = world.look("2026-11-25", MONDAY)
    assert (found.day.date, found.day.type) == (date(2026, 11, 25), DayType.HOLIDAY)
    assert (wall(found.starts), wall(found.ends)) == ("2026-11-25 05:00", "2026-11-26 05:00")
    assert world.look("2026-11-28", MONDAY).day.type is DayType.MAKEUP_WORKDAY


def test_what_was_not_answered_is_carried_from_day_to_day_first_of_all() -> None:
    world = World(CHECK, LIST, began="2026-11-20")
    assert world.keys("2026-11-20", "2026-12-01 09:00") == ["check@2026-11-20", "list@2026-11-20"]
    assert world.keys("2026-11-21", "2026-12-01 09:00") == ["list@2026-11-20", "check@2026-11-21"]
    assert statuses(world.look("2026-12-01", "2026-12-01 09:00").items) == {
        "list@2026-11-20": "overdue",
        "list@2026-11-27": "overdue",
        "check@2026-12-01": "due",
    }


def test_what_was_carried_leaves_with_the_day_on_which_it_was_answered() -> None:
    world = World(LIST, began="2026-11-20")
    world.done("list@2026-11-20", "2026-11-25 04:59")  # still Tuesday the 24th
    now = "2026-11-26 09:00"
    assert {day: world.keys(f"2026-11-{day}", now) for day in range(20, 27)} == {
        20: ["list@2026-11-20"],
        21: ["list@2026-11-20"],
        22: ["list@2026-11-20"],
        23: ["list@2026-11-20"],
        24: ["list@2026-11-20"],
        25: [],
        26: [],
    }


def test_what_was_answered_as_on_time_leaves_with_the_day_it_was_recorded_on() -> None:
    """Else the row would vanish under the finger that answered it."""
    world = World(LIST, began="2026-11-20")
    world.done("list@2026-11-20", "2026-11-20 18:00", recorded="2026-11-23 09:00")
    now = "2026-11-23 09:00"
    (item,) = world.look("2026-11-23", now).items
    assert (item.status, item.late, item.on_time) == (Status.DONE, timedelta(), True)
    assert wall(item.answer.recorded_at or item.due) == "2026-11-23 09:00"
    assert world.keys("2026-11-21", now) == ["list@2026-11-20"]
    assert world.keys("2026-11-24", "2026-11-24 09:00") == []


def test_what_was_answered_ahead_of_its_day_stands_on_its_day_alone() -> None:
    world = World(monthly("report", 27, notice=2), began="2026-11-20")
    world.done("report@2026-11-27", "2026-11-25 10:00")
    now = "2026-11-28 09:00"
    assert world.keys("2026-11-25", now) == []
    (item,) = world.look("2026-11-27", now).items
    assert (item.status, item.late, item.on_time) == (Status.DONE, timedelta(), True)
    assert world.keys("2026-11-28", now) == []


def test_days_ahead_have_what_is_due_on_them_and_carry_nothing() -> None:
    world = World(CHECK, LIST, began="2026-11-20")
    now = "2026-11-23 09:00"
    assert world.keys("2026-11-23", now) == ["list@2026-11-20", "check@2026-11-23"]
    assert world.keys("2026-11-24", now) == ["check@2026-11-24"]
    assert statuses(world.look("2026-11-27", now).items) == {
        "check@2026-11-27": "upcoming",
        "list@2026-11-27": "upcoming",
    }
    # It is tomorrow from five o'clock on.
    assert world.keys("2026-11-24", "2026-11-24 04:59") == ["check@2026-11-24"]
    assert world.keys("2026-11-24", "2026-11-24 05:00") == ["list@2026-11-20", "check@2026-11-24"]


def test_nothing_from_before_the_beginning_stands_on_an_agenda() -> None:
    world = World(CHECK, LIST, began="2026-11-23")
    assert world.keys("2026-11-20", "2026-11-23 09:00") == []
    assert world.keys("2026-11-23", "2026-11-23 09:00") == ["check@2026-11-23"]
    # Answered by its full key it still stands on none.
    world.done("check@2026-11-20", "2026-11-23 09:00")
    assert world.keys("2026-11-20", "2026-11-23 09:00") == []


@pytest.mark.parametrize("key", ["check@2026-11-20", "list@2026-11-20"])
def test_what_is_not_owed_is_never_overdue_and_never_missed(key: str) -> None:
    world = World(CHECK, LIST, began="2026-11-23")
    found = world.occurrence(key)
    assert not world.book.owes(found)
    assert world.status(key, "2026-11-23 09:00") is Status.DUE
    world.done(key, "2026-11-23 09:00")
    assert world.status(key, "2026-11-23 09:00") is Status.DONE


def test_the_night_belongs_to_the_day_before() -> None:
    world = World(daily("night", "02:00", until="03:00"), daily("midnight", "23:30", until="00:30"))
    found = world.look(MONDAY, "2026-11-24 02:10")
    assert statuses(found.items) == {"midnight@2026-11-23": "overdue", "night@2026-11-23": "due"}
    assert [wall(item.due) for item in found.items] == ["2026-11-23 23:30", "2026-11-24 02:00"]
    assert statuses(world.look(MONDAY, "2026-11-24 05:00").items) == {
        "midnight@2026-11-23": "missed",
        "night@2026-11-23": "missed",
    }


def test_a_deadline_is_shown_on_the_day_it_moved_to_and_keeps_its_month() -> None:
    title = Text("{month}丢件少件明细", "Lost parts of {month}")
    duty = monthly("lost", 31, convention=Convention.FOLLOWING, covers=Covers.OWN_MONTH, title=title)
    world = World(duty, began="2026-05-01")
    assert world.keys("2026-05-31", "2026-05-31 12:00") == []
    (item,) = world.look("2026-06-01", "2026-06-01 18:05").items
    assert (item.key, item.title.zh, item.status) == ("lost@2026-05-31", "5月丢件少件明细", Status.DUE)
    june = world.look("2026-07-01", "2026-07-01 12:00").items
    assert [(each.key, each.status) for each in june] == [
        ("lost@2026-05-31", Status.OVERDUE),
        ("lost@2026-06-30", Status.OVERDUE),
    ]


# -- history stands still --------------------------------------------------------------------------------------


def test_an_edit_leaves_past_days_as_they_were_and_counts_today() -> None:
    world = World(CHECK, daily("gone", "12:00"), began="2026-11-20")
    world.done("gone@2026-11-20", "2026-11-20 12:10")
    world.edit("2026-11-23", daily("check", "11:00", grace=timedelta(hours=1)), daily("new", "12:00"))
    now = "2026-11-23 11:30"
    assert statuses(world.look("2026-11-20", now).items) == {"check@2026-11-20": "missed", "gone@2026-11-20": "done"}
    assert statuses(world.look("2026-11-22", now).items) == {"check@2026-11-22": "missed", "gone@2026-11-22": "missed"}
    assert statuses(world.look("2026-11-23", now).items) == {"check@2026-11-23": "due", "new@2026-11-23": "upcoming"}


def test_an_answered_one_keeps_the_due_instant_grace_and_shops_of_its_mark() -> None:
    world = World(daily("check", "09:00", grace=20 * MINUTE, shops=("a", "b")))
    world.done("check@2026-11-23", "2026-11-23 09:20")
    # Edited on the day itself: the mark keeps what it was made against.
    world.editions.clear()
    world.edit("2026-11-02", daily("check", "08:00", grace=MINUTE, shops=("b", "c")))
    item = world.item("check@2026-11-23", "2026-11-23 12:00")
    assert (wall(item.due)[-5:], item.occurrence.grace) == ("09:00", 20 * MINUTE)
    assert item.occurrence.shops == ("a", "b")
    assert item.answer.shops == {"a": Status.DONE, "b": Status.DONE}
    assert (item.late, item.on_time) == (20 * MINUTE, True)
    # The next day has the new ones.
    assert wall(world.item("check@2026-11-24", "2026-11-23 12:00").due) == "2026-11-24 08:00"


def test_what_is_not_answered_goes_by_the_edit() -> None:
    world = World(CHECK)
    world.mark("check@2026-11-23", MarkKind.STARTED, "2026-11-23 08:59")
    world.editions.clear()
    world.edit("2026-11-02", daily("check", "10:00"))
    assert wall(world.item("check@2026-11-23", "2026-11-23 09:05").due) == "2026-11-23 10:00"


@pytest.mark.parametrize("key", ["old@2026-11-20", "new@2026-11-20"])
def test_a_renamed_duty_is_answered_under_either_name(key: str) -> None:
    world = World(weekly("old", FRIDAY), began="2026-11-20")
    world.edit("2026-11-23", weekly("new", FRIDAY, was=("old",)))
    now = "2026-11-23 09:00"
    assert statuses(world.look(MONDAY, now).items) == {"new@2026-11-20": "overdue"}
    action = world.done(key, now)
    assert statuses(world.look(MONDAY, now).items) == {"new@2026-11-20": "done"}
    # Past days keep the name they showed it under, and know the answer.
    assert statuses(world.look("2026-11-21", now).items) == {"old@2026-11-20": "done"}
    found = world.look(MONDAY, now)
    assert found.item("old@2026-11-20") is found.item("new@2026-11-20") is not None
    world.undo(action)
    assert statuses(world.look(MONDAY, now).items) == {"new@2026-11-20": "overdue"}


def test_a_day_renamed_halfway_counts_what_was_answered_under_the_old_name() -> None:
    world = World(daily("old", "09:00", shops=("a", "b")), began="2026-11-20")
    world.mark("old@2026-11-23", MarkKind.ISSUE, "2026-11-23 09:01", shop="a")
    world.edit("2026-11-23", daily("new", "09:00", shops=("a", "b"), was=("old",)))
    world.done("new@2026-11-23", "2026-11-23 09:05", shop="b")
    item = world.item("new@2026-11-23", "2026-11-23 09:06")
    assert item.answer.shops == {"a": Status.ISSUE, "b": Status.DONE}
    assert (item.status, item.answer.newest) == (Status.ISSUE, 2)


# -- daylight saving -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "status"),
    [
        # 02:30 is left out in the night of 29 March 2026: it comes at 03:30, and grace runs from there.
        ("2026-03-29 01:59", Status.UPCOMING),
        ("2026-03-29 03:29", Status.UPCOMING),
        ("2026-03-29 03:30", Status.DUE),
        ("2026-03-29 03:45", Status.DUE),
        ("2026-03-29 03:46", Status.OVERDUE),
        ("2026-03-29 04:59", Status.OVERDUE),
        ("2026-03-29 05:00", Status.MISSED),
    ],
)
def test_in_the_gap_of_berlin(now: str, status: Status) -> None:
    world = World(daily("night", "02:30"), began="2026-03-01", zone=BERLIN)
    assert world.status("night@2026-03-28", now) is status


@pytest.mark.parametrize(
    ("now", "status"),
    [
        # 02:50 comes twice in the night of 25 October 2026: the first counts. Ten past two of the second hour is
        # twenty minutes after it, though the clock on the wall shows less.
        ("2026-10-25 02:49+02:00", Status.UPCOMING),
        ("2026-10-25 02:50+02:00", Status.DUE),
        ("2026-10-25 02:05+01:00", Status.DUE),
        ("2026-10-25 02:05:01+01:00", Status.OVERDUE),
        ("2026-10-25 02:50+01:00", Status.OVERDUE),
        ("2026-10-25 04:59", Status.OVERDUE),
        ("2026-10-25 05:00", Status.MISSED),
    ],
)
def test_in_the_fold_of_berlin(now: str, status: Status) -> None:
    world = World(daily("night", "02:50"), began="2026-10-01", zone=BERLIN)
    assert world.status("night@2026-10-24", now) is status


def test_lateness_over_a_change_of_the_clock_is_elapsed_time() -> None:
    world = World(daily("night", "01:30"), began="2026-03-01", zone=BERLIN)
    world.done("night@2026-03-28", "2026-03-29 03:00")  # half an hour later, though the wall says one and a half
    assert world.item("night@2026-03-28", "2026-03-29 04:00").late == 30 * MINUTE
    world.done("night@2026-10-24", "2026-10-25 02:00+01:00")  # an hour and a half later
    assert world.item("night@2026-10-24", "2026-10-25 04:00").late == 90 * MINUTE


@pytest.mark.parametrize("now_in", ["Europe/Berlin", "UTC", "Asia/Shanghai"])
def test_now_may_be_told_in_any_zone(now_in: str) -> None:
    from zoneinfo import ZoneInfo

    world = World(daily("night", "02:50"), began="2026-10-01", zone=BERLIN)
    now = world.at("2026-10-25 02:10+01:00").astimezone(ZoneInfo(now_in))
    found = agenda(world.book, {}, date(2026, 10, 24), now)
    assert statuses(found.items) == {"night@2026-10-24": "overdue"}


# -- progress, and what comes next -----------------------------------------------------------------------------


def busy() -> World:
    world = World(*(daily(f"c{hour}", f"{hour:02}:00") for hour in range(8, 16)), LIST, began="2026-11-20")
    world.done("c8@2026-11-23", "2026-11-23 08:05")
    world.mark("c9@2026-11-23", MarkKind.ISSUE, "2026-11-23 09:30")  # late
    world.mark("c10@2026-11-23", MarkKind.SKIPPED, "2026-11-23 09:45", reason="closed")
    world.mark("c12@2026-11-23", MarkKind.STARTED, "2026-11-23 11:55")
    until = world.at("2026-11-23 15:00")
    world.mark("c13@2026-11-23", MarkKind.DELEGATED, "2026-11-23 11:55", to="Li", until=until)
    world.done("c15@2026-11-23", "2026-11-23 11:58")  # early
    return world


def test_progress_counts_how_the_items_of_the_day_stand() -> None:
    found = busy().look(MONDAY, "2026-11-23 12:30")
    assert statuses(found.items) == {
        "list@2026-11-20": "overdue",
        "c8@2026-11-23": "done",
        "c9@2026-11-23": "issue",
        "c10@2026-11-23": "skipped",
        "c11@2026-11-23": "overdue",
        "c12@2026-11-23": "in_progress",
        "c13@2026-11-23": "delegated",
        "c14@2026-11-23": "upcoming",
        "c15@2026-11-23": "done",
    }
    assert found.progress == Progress(total=9, answered=4, done=2, issue=1, skipped=1, missed=0, overdue=2, on_time=3)
    assert found.progress.on_time_rate == 3 / 6  # of four answered and two overdue


def test_progress_when_the_day_is_over() -> None:
    found = busy().look(MONDAY, "2026-11-24 09:00").progress
    assert found == Progress(total=9, answered=4, done=2, issue=1, skipped=1, missed=4, overdue=1, on_time=3)
    assert found.on_time_rate == 3 / 9


def test_there_is_no_on_time_rate_before_anything_was_to_be_answered() -> None:
    assert World(CHECK).look(MONDAY, "2026-11-23 08:00").progress.on_time_rate is None
    assert World(CHECK).look(MONDAY, "2026-11-23 09:05").progress.on_time_rate is None


@pytest.mark.parametrize(
    ("now", "next_one"),
    [
        ("2026-11-23 05:00", "c11"),  # the three before are answered
        ("2026-11-23 11:00", "c14"),  # c12 is being worked on, c13 delegated
        ("2026-11-23 14:00", None),
    ],
)
def test_the_next_item_is_the_one_that_comes_due_next(now: str, next_one: str | None) -> None:
    found = busy().look(MONDAY, now).next
    assert (found and found.occurrence.duty) == next_one


def test_the_next_item_goes_by_when_it_is_due_not_by_when_it_was_planned() -> None:
    world = World(MEETING, TEN, daily("quarter", "10:20"), daily("half", "10:29", at_on={0: time(10, 45)}))
    assert [item.occurrence.duty for item in world.look(MONDAY, "2026-11-23 10:00").items] == [
        "meeting",
        "ten",
        "quarter",
        "half",
    ]
    found = world.look(MONDAY, "2026-11-23 10:40").next
    assert found is not None
    assert found.key == "half@2026-11-23"


def test_what_presses_is_due_or_overdue_the_longest_first() -> None:
    found = busy().look(MONDAY, "2026-11-23 14:05").pressing
    assert [item.key for item in found] == ["list@2026-11-20", "c11@2026-11-23", "c14@2026-11-23"]


# -- started and delegated -------------------------------------------------------------------------------------


def test_delegated_until_its_hour_then_asked_for_again() -> None:
    world = World(CHECK)
    until = world.at("2026-11-23 11:00")
    world.mark("check@2026-11-23", MarkKind.DELEGATED, "2026-11-23 08:00", to="小李", until=until)
    assert [world.status("check@2026-11-23", f"2026-11-23 {clock}") for clock in ("08:00", "10:59:59", "11:00")] == [
        Status.DELEGATED,
        Status.DELEGATED,
        Status.OVERDUE,
    ]
    item = world.item("check@2026-11-23", "2026-11-23 09:00")
    assert (item.answer.delegated_to, item.answer.delegated_until) == ("小李", until)


def test_started_is_in_progress_until_answered_or_missed() -> None:
    world = World(CHECK)
    world.mark("check@2026-11-23", MarkKind.STARTED, "2026-11-23 08:58")
    for now in ("2026-11-23 08:58", "2026-11-23 09:16", "2026-11-24 04:59"):
        assert world.status("check@2026-11-23", now) is Status.IN_PROGRESS
    assert world.status("check@2026-11-23", "2026-11-24 05:00") is Status.MISSED
    world.done("check@2026-11-23", "2026-11-23 09:05")
    assert world.status("check@2026-11-23", "2026-11-23 09:05") is Status.DONE


def test_the_newer_of_started_and_delegated_counts_and_undo_brings_the_older_back() -> None:
    world = World(CHECK)
    key, now = "check@2026-11-23", "2026-11-23 09:05"
    until = world.at("2026-11-23 11:00")
    world.mark(key, MarkKind.STARTED, "2026-11-23 08:50")
    delegated = world.mark(key, MarkKind.DELEGATED, "2026-11-23 08:55", to="Li", until=until)
    assert world.status(key, now) is Status.DELEGATED
    started = world.mark(key, MarkKind.STARTED, "2026-11-23 09:00")
    assert world.status(key, now) is Status.IN_PROGRESS
    assert world.item(key, now).answer.delegated_to is None
    world.undo(started)
    assert world.status(key, now) is Status.DELEGATED
    world.undo(delegated)
    assert world.status(key, now) is Status.IN_PROGRESS


# -- for any day -----------------------------------------------------------------------------------------------

SHOPS = ("a", "b")
ROUTINE = (
    CHECK,
    MEETING,
    TEN,
    daily("shops", "11:00", shops=SHOPS),
    daily("night", "02:00", until="03:30"),
    LIST,
    weekly("sum", SUNDAY),
    monthly("report", 25, convention=Convention.PRECEDING, notice=2),
)
BEGAN = datetime.fromisoformat("2026-11-16 05:00")
MOMENTS = st.integers(0, 14 * 24 * 12).map(lambda n: (BEGAN + n * 5 * MINUTE).isoformat(" "))
KEYS = st.sampled_from(
    [f"{duty}@2026-11-{day}" for duty in ("check", "ten", "shops", "night") for day in (20, 23, 24)]
    + ["meeting@2026-11-23", "list@2026-11-20", "list@2026-11-27", "sum@2026-11-22", "report@2026-11-25"]
)
MARKS = st.lists(
    st.tuples(KEYS, st.sampled_from(list(MarkKind)), MOMENTS, st.sampled_from([None, *SHOPS])), max_size=12
)
Marked = list[tuple[str, MarkKind, str, str | None]]


def marked(marks: Marked) -> World:
    world = World(*ROUTINE, began="2026-11-16")
    for key, kind, moment, shop in marks:
        more = {"to": "Li", "until": world.at(moment) + timedelta(hours=3)} if kind is MarkKind.DELEGATED else {}
        world.mark(key, kind, moment, shop=shop if key.startswith("shops") and kind.answers else None, **more)
    return world


def week(world: World, now: str) -> list[Agenda]:
    return [world.look(f"2026-11-{day}", now) for day in (20, 21, 23, 24, 25, 28)]


@settings(max_examples=30)
@given(MARKS, MOMENTS)
def test_an_agenda_is_a_pure_function(marks: Marked, now: str) -> None:
    world = marked(marks)
    once = week(world, now)
    assert once == week(world, now) == week(marked(marks), now)
    for found in once:
        given = candidates(world.book, found.day.date, business_date(world.book.schedule, found.now))
        assert agenda(world.book, world.records, found.day.date, found.now, given) == found


@settings(max_examples=30)
@given(MARKS, MOMENTS)
def test_progress_sums_up_and_every_item_stands_once(marks: Marked, now: str) -> None:
    for found in week(marked(marks), now):
        counts = found.progress
        assert counts.total == len(found.items) == len({item.key for item in found.items})
        assert counts.answered == counts.done + counts.issue + counts.skipped
        assert counts.answered == sum(item.status.answered for item in found.items)
        left = sum(item.status.open and item.status is not Status.OVERDUE for item in found.items)
        assert counts.answered + counts.missed + counts.overdue + left == counts.total
        assert counts.on_time <= counts.answered
        assert all(item.status.answered == (item.late is not None) for item in found.items)
        assert all(item.on_time <= item.status.answered for item in found.items)
        for item in found.items:
            others = {other.key: other for other in found.items}
            assert all(item.key in others[key].overlaps for key in item.overlaps)


@settings(max_examples=30)
@given(MARKS, KEYS, st.sampled_from(list(MarkKind)), MOMENTS, MOMENTS)
def test_a_mark_that_was_undone_changes_nothing(marks: Marked, key: str, kind: MarkKind, at: str, now: str) -> None:
    plain, undone = marked(marks), marked([*marks, (key, kind, at, None)])
    undone.undo(max(undone.newest.values()))
    for found, expected in zip(week(undone, now), week(plain, now), strict=True):
        assert statuses(found.items) == statuses(expected.items)
        assert found.progress == expected.progress
        assert [item.answer.marked_at for item in found.items] == [item.answer.marked_at for item in expected.items]
    if key in plain.newest:
        assert undone.newest[key] > plain.newest[key]  # but that it was touched is known, and reminds again


ORDER = [Status.UPCOMING, Status.DUE, Status.OVERDUE, Status.MISSED]


@settings(max_examples=30)
@given(st.lists(MOMENTS, min_size=2, max_size=12))
def test_time_alone_only_ever_makes_things_later(moments: list[str]) -> None:
    world = World(*ROUTINE, began="2026-11-16")
    for key in ("check@2026-11-23", "ten@2026-11-23", "night@2026-11-23", "list@2026-11-20", "report@2026-11-25"):
        found = [ORDER.index(world.status(key, moment)) for moment in sorted(moments)]
        assert found == sorted(found)


@settings(max_examples=30)
@given(MARKS, MOMENTS)
def test_a_daily_item_stands_on_its_own_day_only_and_a_lasting_one_from_its_day_on(marks: Marked, now: str) -> None:
    for found in week(marked(marks), now):
        for item in found.items:
            carried = item.occurrence.day < found.day.date
            assert carried == (item.due < found.starts)
            assert item.occurrence.expires_at is None or not carried
            if carried and item.answer.recorded_at:
                assert item.answer.recorded_at >= found.starts


def test_the_last_instant_of_grace_and_the_first_after_it_differ_by_an_instant() -> None:
    world = World(CHECK)
    item = world.item("check@2026-11-23", "2026-11-23 09:00")
    end = item.due + item.occurrence.grace
    found = [agenda(world.book, {}, date(2026, 11, 23), now).items[0].status for now in (end, end + INSTANT)]
    assert found == [Status.DUE, Status.OVERDUE]
