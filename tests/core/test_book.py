"""The schedule through time: what is owed from when on, what an edit leaves as it was, and what it takes along."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from routine import World, daily, monthly, wall, weekly

from csconsole.core.book import Book
from csconsole.core.occurrence import Occurrence
from csconsole.core.schedule import Convention, Text

FRIDAY = 4


def days(found: list[Occurrence]) -> list[str]:
    """`key` where an occurrence is due on its nominal date, else `key → day`."""
    return [each.key + ("" if each.day == each.nominal else f" → {each.day}") for each in found]


def owed(world: World, first: str, last: str | None = None) -> list[str]:
    return days(world.book.owed(date.fromisoformat(first), date.fromisoformat(last or first)))


def carried(world: World, day: str) -> list[str]:
    return days(world.book.carried(date.fromisoformat(day)))


def known(world: World, first: str, last: str) -> list[str]:
    return days(world.book.known(date.fromisoformat(first), date.fromisoformat(last)))


# -- what is owed ----------------------------------------------------------------------------------------------


def test_nothing_is_owed_from_before_the_day_the_journal_began() -> None:
    world = World(daily("check", "09:00"), weekly("list", FRIDAY), began="2026-11-20")
    assert owed(world, "2026-11-13", "2026-11-20") == ["check@2026-11-20", "list@2026-11-20"]
    # What is not owed can still be found, to be answered by its full key.
    assert "list@2026-11-13" in days(world.book.occurrences(date(2026, 11, 13), date(2026, 11, 13)))
    assert carried(world, "2026-11-20") == []
    assert carried(world, "2026-11-21") == ["list@2026-11-20"]


def test_a_duty_added_later_is_not_owed_from_before() -> None:
    world = World(weekly("list", FRIDAY), began="2026-11-02")
    world.edit("2026-11-21", weekly("list", FRIDAY), weekly("new", FRIDAY))
    assert owed(world, "2026-11-20", "2026-11-27") == ["list@2026-11-20", "list@2026-11-27", "new@2026-11-27"]
    assert carried(world, "2026-11-28") == [
        "list@2026-11-06",
        "list@2026-11-13",
        "list@2026-11-20",
        "list@2026-11-27",
        "new@2026-11-27",
    ]


def test_a_deadline_from_before_the_beginning_that_moved_past_it_is_owed() -> None:
    """Being owed goes by the day it is due on, not by the date its rule names."""
    world = World(monthly("report", 6, convention=Convention.FOLLOWING), began="2026-12-07")
    assert owed(world, "2026-12-07") == ["report@2026-12-06 → 2026-12-07"]
    before = World(monthly("report", 7, convention=Convention.PRECEDING), began="2026-11-07")
    assert owed(before, "2026-11-06", "2026-11-07") == []
    assert carried(before, "2026-11-09") == []


def test_before_the_records_are_known_everything_is_owed_and_nothing_carried() -> None:
    world = World(daily("check", "09:00"), weekly("list", FRIDAY))
    glance = Book(world.editions, None)
    assert days(glance.owed(date(2020, 1, 3), date(2020, 1, 3))) == ["check@2020-01-03", "list@2020-01-03"]
    assert glance.carried(date(2026, 11, 23)) == []


# -- what is carried -------------------------------------------------------------------------------------------


def test_weekly_and_monthly_ones_are_carried_and_daily_and_expiring_ones_are_not() -> None:
    world = World(
        daily("check", "09:00"),
        weekly("meeting", 0, "09:50", expires=True),
        monthly("report", 6, convention=Convention.FOLLOWING),
        weekly("list", FRIDAY),
        began="2026-11-05",
    )
    assert carried(world, "2026-11-06") == []
    assert carried(world, "2026-11-14") == ["report@2026-11-06", "list@2026-11-06", "list@2026-11-13"]


def test_what_is_ahead_of_the_day_is_not_carried_into_it() -> None:
    world = World(weekly("list", FRIDAY), began="2026-11-02")
    assert carried(world, "2026-11-20") == ["list@2026-11-06", "list@2026-11-13"]


def test_a_duty_taken_out_is_carried_no_further_and_was_before() -> None:
    world = World(weekly("list", FRIDAY), daily("check", "09:00"))
    world.edit("2026-11-10", daily("check", "09:00"))
    assert carried(world, "2026-11-09") == ["list@2026-11-06"]
    assert carried(world, "2026-11-10") == []
    assert owed(world, "2026-11-06") == ["check@2026-11-06", "list@2026-11-06"]
    assert owed(world, "2026-11-13") == ["check@2026-11-13"]
    # Put back, it goes on with what was left, and nothing is owed of the time between.
    world.edit("2026-11-20", weekly("list", FRIDAY))
    assert carried(world, "2026-11-21") == ["list@2026-11-06", "list@2026-11-20"]


# -- what is found, and what is announced ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("duty", "nominal", "found"),
    [
        ("list", "2026-11-13", "list@2026-11-13"),
        ("report", "2026-12-06", "report@2026-12-06 → 2026-12-07"),
        ("report", "2026-12-07", None),
        ("list", "2026-11-12", None),
        ("nobody", "2026-11-13", None),
        # From before the journal began, and from before the duty first appeared: found, and not owed.
        ("list", "2026-10-30", "list@2026-10-30"),
        ("new", "2026-11-11", "new@2026-11-11"),
        ("new", "2026-10-01", "new@2026-10-01"),
        # By a rule that is new, of a duty that is not, there was nothing then.
        ("moved", "2026-11-10", "moved@2026-11-10"),
        ("moved", "2026-11-11", None),
        ("moved", "2026-11-25", "moved@2026-11-25"),
        ("moved", "2026-11-24", None),
    ],
)
def test_an_occurrence_is_found_by_its_duty_and_nominal_date(duty: str, nominal: str, found: str | None) -> None:
    report = monthly("report", 6, convention=Convention.FOLLOWING)
    world = World(weekly("list", FRIDAY), report, weekly("moved", 1))
    world.edit("2026-11-16", weekly("list", FRIDAY), report, weekly("moved", 2), daily("new", "09:00"))
    occurrence = world.book.find(duty, date.fromisoformat(nominal))
    assert (occurrence and days([occurrence])[0]) == found


def test_a_deadline_is_announced_from_its_notice_on_and_no_longer_on_its_day() -> None:
    duties = monthly("report", 6, convention=Convention.FOLLOWING, notice=2), weekly("list", FRIDAY)
    world = World(*duties, began="2026-11-30")
    found = {day: days(list(world.book.announced(date(2026, 12, day)))) for day in range(1, 9)}
    report = ["report@2026-12-06 → 2026-12-07"]  # a Monday, announced on the Thursday before
    assert found == {1: [], 2: [], 3: report, 4: report, 5: report, 6: report, 7: [], 8: []}


def test_what_is_not_owed_is_not_announced() -> None:
    world = World(monthly("report", 6, notice=2), began="2026-12-07")
    assert world.book.announced(date(2026, 12, 4)) == ()


def test_the_longest_notice_there_can_be_is_seen_in_time() -> None:
    world = World(monthly("report", 6, notice=60), began="2026-01-01")
    (first,) = {each.notice for each in world.book.announced(date(2026, 9, 30)) if each.nominal == date(2026, 11, 6)}
    assert first == date(2026, 8, 14)
    assert "report@2026-11-06" in days(list(world.book.announced(first)))


# -- history stands still --------------------------------------------------------------------------------------


def test_a_past_day_keeps_the_edition_it_ended_under_and_today_has_the_newest() -> None:
    world = World(daily("check", "09:00"), daily("gone", "12:00"))
    world.edit("2026-11-10", daily("check", "11:00", title=Text("新", "New")), daily("new", "12:00"))
    old, new = (world.book.owed(date(2026, 11, day), date(2026, 11, day)) for day in (9, 10))
    assert [(each.duty, wall(each.due)[-5:], each.title.en) for each in old] == [
        ("check", "09:00", "check"),
        ("gone", "12:00", "gone"),
    ]
    assert [(each.duty, wall(each.due)[-5:], each.title.en) for each in new] == [
        ("check", "11:00", "New"),
        ("new", "12:00", "new"),
    ]
    assert [world.book.edition(date(2026, 11, day)).first.day for day in (1, 2, 9, 10, 30)] == [2, 2, 2, 10, 10]


def test_days_off_changed_later_leave_past_days_as_they_were() -> None:
    duties = daily("plan", "10:40", workdays_only=True), monthly("report", 6, convention=Convention.FOLLOWING)
    world = World(*duties)
    world.edit("2026-11-10", *duties, off="2026-11-06 2026-11-09 2026-11-12")
    assert owed(world, "2026-11-06") == ["plan@2026-11-06", "report@2026-11-06"]
    assert owed(world, "2026-11-09") == ["plan@2026-11-09"]
    assert owed(world, "2026-11-12") == []
    assert world.book.edition(date(2026, 11, 9)).calendar.is_working(date(2026, 11, 9))


def test_what_was_due_by_an_old_rule_stays_owed_and_the_new_rule_begins_with_the_edit() -> None:
    world = World(weekly("list", FRIDAY))
    world.edit("2026-11-14", weekly("list", 3))
    assert carried(world, "2026-11-20") == ["list@2026-11-06", "list@2026-11-13", "list@2026-11-19"]


def test_what_was_carried_keeps_the_time_and_the_grace_it_was_due_by() -> None:
    world = World(weekly("list", FRIDAY, "18:00", grace=timedelta(minutes=15)))
    world.edit("2026-11-07", weekly("list", FRIDAY, "12:00", grace=timedelta(hours=1)))
    (found,) = world.book.carried(date(2026, 11, 9))
    assert (wall(found.due), found.grace) == ("2026-11-06 18:00", timedelta(minutes=15))


# -- what an edit moves across the day it is made on -----------------------------------------------------------

FOLLOWING = monthly("report", 6, convention=Convention.FOLLOWING)
PRECEDING = monthly("report", 6, convention=Convention.PRECEDING)
# 6 December 2026 is a Sunday: by the one rule due on Friday the 4th, by the other on Monday the 7th.


def test_a_date_that_an_edit_puts_off_is_due_then_and_not_meanwhile() -> None:
    world = World(PRECEDING, began="2026-12-01")
    world.edit("2026-12-06", FOLLOWING)
    assert owed(world, "2026-12-04") == ["report@2026-12-06 → 2026-12-04"]
    assert carried(world, "2026-12-05") == ["report@2026-12-06 → 2026-12-04"]
    assert carried(world, "2026-12-06") == []
    assert owed(world, "2026-12-07") == ["report@2026-12-06 → 2026-12-07"]
    assert carried(world, "2026-12-08") == ["report@2026-12-06 → 2026-12-07"]
    assert known(world, "2026-12-01", "2026-12-31") == ["report@2026-12-06 → 2026-12-07"]
    assert known(world, "2026-12-04", "2026-12-04") == []


def test_a_date_that_an_edit_brings_forward_into_the_past_is_not_lost() -> None:
    world = World(FOLLOWING, began="2026-12-01")
    world.edit("2026-12-06", PRECEDING)
    # The past days never had it, and still do not; from the edit on it is what was not done.
    assert owed(world, "2026-12-01", "2026-12-08") == []
    assert carried(world, "2026-12-05") == []
    assert carried(world, "2026-12-06") == ["report@2026-12-06 → 2026-12-04"]
    assert carried(world, "2026-12-20") == ["report@2026-12-06 → 2026-12-04"]
    assert known(world, "2026-12-01", "2026-12-31") == ["report@2026-12-06 → 2026-12-04"]
    assert known(world, "2026-12-07", "2026-12-31") == []


def test_an_owner_who_changes_their_mind_gets_the_first_date_back() -> None:
    world = World(PRECEDING, began="2026-12-01")
    world.edit("2026-12-05", FOLLOWING)
    world.edit("2026-12-06", PRECEDING)
    assert carried(world, "2026-12-05") == []
    assert carried(world, "2026-12-07") == ["report@2026-12-06 → 2026-12-04"]
    assert owed(world, "2026-12-07") == []


def test_a_make_up_workday_learnt_of_on_the_day_itself() -> None:
    """Monday the 7th was to be the day; that Sunday the 6th was worked is put into the calendar on the Monday."""
    world = World(FOLLOWING, began="2026-12-01")
    world.edit("2026-12-07", FOLLOWING, makeup="2026-12-06")
    assert owed(world, "2026-12-07") == []
    assert carried(world, "2026-12-07") == ["report@2026-12-06"]


def test_a_date_that_moves_on_one_side_of_an_edit_stays_where_it_was_due() -> None:
    world = World(PRECEDING, began="2026-12-01")
    world.edit("2026-12-10", FOLLOWING)
    assert carried(world, "2026-12-20") == ["report@2026-12-06 → 2026-12-04"]
    assert known(world, "2026-12-01", "2026-12-31") == ["report@2026-12-06 → 2026-12-04"]


def test_a_date_moves_across_an_edit_that_also_renames_its_duty() -> None:
    world = World(FOLLOWING, began="2026-12-01")
    world.edit("2026-12-06", replace(PRECEDING, id="renamed", was=("report",)))
    assert carried(world, "2026-12-08") == ["renamed@2026-12-06 → 2026-12-04"]
    world = World(PRECEDING, began="2026-12-01")
    world.edit("2026-12-06", replace(FOLLOWING, id="renamed", was=("report",)))
    assert carried(world, "2026-12-06") == []
    assert owed(world, "2026-12-07") == ["renamed@2026-12-06 → 2026-12-07"]


# -- renamed duties --------------------------------------------------------------------------------------------


def renamed() -> World:
    world = World(weekly("old", FRIDAY), began="2026-11-02")
    world.edit("2026-11-10", weekly("new", FRIDAY, title=Text("新", "New"), was=("old",)))
    return world


def test_a_renamed_duty_carries_its_history_on() -> None:
    world = renamed()
    (found,) = world.book.carried(date(2026, 11, 11))
    assert (found.key, found.duty, found.aliases) == ("new@2026-11-06", "new", ("old@2026-11-06",))
    assert found.title.en == "old"  # as it was called when it was due
    assert world.book.names("new") == world.book.names("old") == {"new", "old"}


def test_past_days_keep_the_name_they_had() -> None:
    world = renamed()
    (past,) = world.book.owed(date(2026, 11, 6), date(2026, 11, 6))
    assert (past.key, past.duty, past.aliases) == ("old@2026-11-06", "old", ("new@2026-11-06",))
    assert carried(world, "2026-11-09") == ["old@2026-11-06"]
    (today,) = world.book.owed(date(2026, 11, 13), date(2026, 11, 13))
    assert (today.key, today.aliases) == ("new@2026-11-13", ("old@2026-11-13",))


def test_a_renamed_duty_is_owed_since_it_first_appeared_under_any_name() -> None:
    world = renamed()
    assert owed(world, "2026-11-01", "2026-11-13") == ["old@2026-11-06", "new@2026-11-13"]
    without = World(weekly("old", FRIDAY), began="2026-11-02")
    without.edit("2026-11-10", weekly("new", FRIDAY))
    assert carried(without, "2026-11-20") == ["new@2026-11-13"]


@pytest.mark.parametrize("was", [("two",), ("one", "two")])
def test_a_duty_renamed_twice_has_all_its_names(was: tuple[str, ...]) -> None:
    world = World(weekly("one", FRIDAY))
    world.edit("2026-11-10", weekly("two", FRIDAY, was=("one",)))
    world.edit("2026-11-17", weekly("three", FRIDAY, was=was))
    assert carried(world, "2026-11-20") == ["three@2026-11-06", "three@2026-11-13"]
    assert world.book.carried(date(2026, 11, 20))[0].aliases == ("one@2026-11-06", "two@2026-11-06")
    # Renamed back, with nothing said of it: what was known stays known.
    world.edit("2026-11-24", weekly("one", FRIDAY))
    assert carried(world, "2026-11-25") == ["one@2026-11-06", "one@2026-11-13", "one@2026-11-20"]


def test_an_old_id_given_to_another_duty_no_longer_means_the_renamed_one() -> None:
    world = renamed()
    world.edit("2026-11-16", weekly("new", FRIDAY), weekly("old", 2))
    assert [(each.key, each.aliases) for each in world.book.owed(date(2026, 11, 16), date(2026, 11, 20))] == [
        ("old@2026-11-18", ()),
        ("new@2026-11-20", ()),
    ]


# -- for any book ----------------------------------------------------------------------------------------------

EDITS = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.lists(
            st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(1, 31), st.sampled_from(list(Convention))),
            unique_by=lambda duty: duty[0],
            max_size=3,
        ),
        st.sets(st.dates(date(2026, 11, 2), date(2027, 1, 31)), max_size=4),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda edit: edit[0],
).map(sorted)
BEGAN = date(2026, 11, 2)


def edited(edits: list[tuple[int, list[tuple[str, int, Convention]], set[date]]]) -> World:
    worlds: World | None = None
    for after, duties, off in edits:
        made = [monthly(id, day, convention=convention) for id, day, convention in duties]
        first, days_off = (BEGAN + timedelta(after)).isoformat(), " ".join(day.isoformat() for day in off)
        if worlds is None:
            worlds = World(*made, began=first, off=days_off)
        else:
            worlds.edit(first, *made, off=days_off)
    assert worlds is not None
    return worlds


@settings(max_examples=150)
@given(EDITS, st.integers(0, 90))
def test_what_is_carried_was_due_before_and_stands_once(
    edits: list[tuple[int, list[tuple[str, int, Convention]], set[date]]], after: int
) -> None:
    world, day = edited(edits), BEGAN + timedelta(after)
    found = world.book.carried(day)
    assert all(each.day < day and world.book.owes(each) for each in found)
    assert len({each.key for each in found}) == len(found)
    assert found == sorted(found, key=lambda each: each.planned)
    assert {each.duty for each in found} <= world.book.edition(day).schedule.duties.keys()


RULE = st.tuples(
    st.integers(4, 12), st.sampled_from([Convention.PRECEDING, Convention.FOLLOWING, Convention.UNADJUSTED])
)
OFF = st.sets(st.integers(3, 13)).map(lambda days: " ".join(f"2026-12-{day:02}" for day in days))


@settings(max_examples=200)
@given(RULE, OFF, OFF, st.sampled_from([Convention.PRECEDING, Convention.FOLLOWING]), st.integers(1, 15))
def test_an_edit_neither_loses_nor_doubles_a_date(
    rule: tuple[int, Convention], off: str, later_off: str, convention: Convention, edited_on: int
) -> None:
    day, first_convention = rule
    world = World(monthly("report", day, convention=first_convention), began="2026-12-01", off=off)
    world.edit(f"2026-12-{edited_on:02}", monthly("report", day, convention=convention), off=later_off)
    assume(world.editions[0].first < world.editions[1].first)
    newest = world.editions[1].due(date(2026, 11, 20), date(2026, 12, 25))
    assume(newest and newest[0].day >= date(2026, 12, 1))
    today = world.editions[1].first
    left = carried(world, today.isoformat())
    to_come = owed(world, today.isoformat(), "2026-12-25")
    assert len(left + to_come) == 1
    if to_come:
        assert to_come == days(newest)
    found = known(world, "2026-12-01", "2026-12-25")
    assert found == left + to_come
