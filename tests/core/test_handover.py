"""What is handed over, on days made up for it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from routine import World, at, daily, weekly

from csconsole.core.agenda import Agenda
from csconsole.core.facts import Closing, MarkKind, TakeOver, Word
from csconsole.core.handover import Begin, Handover, changed_since, handover
from csconsole.core.incident import Clock, Draft, Event, EventKind, Incident, Severity
from csconsole.core.schedule import Person, Text
from csconsole.core.tally import person_of

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


def incident(number: int, due: str | None, *events: Event, opened: str = f"{MONDAY} 09:00", **more: object) -> Incident:
    draft = Draft(f"#{number}", "complaints", due_at=at(due) if due else None, **more)  # type: ignore[arg-type]  # as named
    return Incident(number, draft, at(opened), "me", events)


def resolved(when: str) -> Event:
    return Event(EventKind.RESOLVED, at(when), "li")


def promise(what: str, by: str | None) -> Event:
    return Event(EventKind.PROMISED, at(f"{MONDAY} 10:00"), "me", what, "买家", at(by) if by else None)


@pytest.fixture
def world() -> World:
    return World(
        daily("health", "08:45"),
        daily("refunds", "09:30"),
        daily("late", "09:46"),
        daily("evening", "18:30"),
        weekly("invoices", 1),
        began=MONDAY,
        off=TUESDAY,
    )


def page(
    world: World,
    now: str,
    *incidents: Incident,
    words: tuple[Word, ...] = (),
    closings: tuple[Closing, ...] = (),
    taken: tuple[TakeOver, ...] = (),
) -> Handover:
    """Monday's, at `now`."""
    agenda, following = world.look(MONDAY, now), world.look(TUESDAY, now)
    return handover(agenda, incidents, words, taken, closings, None, following, world.book.schedule)


def numbers(incidents: tuple[Incident, ...]) -> list[int]:
    return [each.number for each in incidents]


def test_what_runs_out_first_is_on_top_and_what_is_settled_is_not_handed_over(world: World) -> None:
    found = page(
        world,
        f"{MONDAY} 18:35",
        incident(1, None),
        incident(2, f"{TUESDAY} 09:00"),
        incident(3, f"{MONDAY} 18:00"),
        incident(4, f"{MONDAY} 20:00", resolved(f"{MONDAY} 12:00")),
        incident(5, None, severity=Severity.CRITICAL),
    )
    assert numbers(found.incidents) == [3, 2, 5, 1]
    assert found.open == found.incidents


def test_the_morning_reads_what_the_night_left_as_it_stands_now(world: World) -> None:
    found = page(
        world,
        f"{TUESDAY} 08:40",
        incident(1, f"{TUESDAY} 09:00", resolved(f"{TUESDAY} 06:00")),
        incident(2, f"{TUESDAY} 08:00"),
        incident(3, None, resolved(f"{MONDAY} 23:00")),
        incident(4, None, opened=f"{TUESDAY} 07:00"),  # of the day after: not the night's to hand over
    )
    assert numbers(found.incidents) == [2, 1]
    assert numbers(found.open) == [2]
    assert found.open[0].overdue(found.agenda.now)


def test_promises_are_owed_until_the_incident_is_settled_the_nearest_first(world: World) -> None:
    found = page(
        world,
        f"{MONDAY} 18:35",
        incident(1, None, promise("some day", None), promise("tonight", f"{MONDAY} 22:00")),
        incident(2, None, promise("at noon", f"{MONDAY} 12:00")),
        incident(3, None, promise("kept", f"{MONDAY} 11:00"), resolved(f"{MONDAY} 11:30")),
    )
    assert [(each.number, promise.what) for each, promise in found.promises] == [
        (2, "at noon"),
        (1, "tonight"),
        (1, "some day"),
    ]


def test_checks_to_go_on_with_and_those_nobody_will_do(world: World) -> None:
    world.mark(f"health@{MONDAY}", MarkKind.SKIPPED, f"{MONDAY} 08:50", reason="closed")
    world.mark(f"refunds@{MONDAY}", MarkKind.DELEGATED, f"{MONDAY} 09:35", to="li", until=at(f"{MONDAY} 19:00"))
    world.mark(f"evening@{MONDAY}", MarkKind.ISSUE, f"{MONDAY} 18:31")
    found = page(world, f"{MONDAY} 18:35")
    assert [item.occurrence.duty for item in found.unanswered] == ["refunds", "late"]
    assert [item.occurrence.duty for item in found.gaps] == ["health", "evening"]
    later = page(world, f"{TUESDAY} 08:00")
    assert later.unanswered == ()
    assert [item.occurrence.duty for item in later.gaps] == ["refunds", "late", "health", "evening"]


def begin(world: World, now: str, *incidents: Incident) -> Begin:
    return page(world, now, *incidents).begin


def test_the_first_hour_begins_with_the_first_check(world: World) -> None:
    found = begin(
        world,
        f"{MONDAY} 18:35",
        incident(1, f"{TUESDAY} 09:45"),
        incident(2, f"{TUESDAY} 09:46"),
        incident(3, f"{MONDAY} 18:34"),  # over already: that is no news of tomorrow
        incident(4, f"{TUESDAY} 06:00", resolved(f"{MONDAY} 18:00")),
        incident(
            5,
            f"{TUESDAY} 09:00",
            Event(EventKind.WAITING, at(f"{MONDAY} 12:00"), "me", value="buyer"),
            stands_still=True,
        ),
    )
    assert (found.day.date, found.day.type.value) == (date(2026, 11, 24), "holiday")
    assert found.since == at(f"{TUESDAY} 08:45")
    assert [item.occurrence.duty for item in found.checks] == ["health", "refunds"]
    assert [item.occurrence.duty for item in found.deadlines] == ["invoices"]
    assert [(each.number, clock, limit) for each, clock, limit in found.limits] == [
        (1, Clock.SETTLE, at(f"{TUESDAY} 09:45"))
    ]


def test_a_day_without_a_check_has_no_first_hour_but_all_its_limits() -> None:
    world = World(daily("health", "08:45", workdays_only=True), off=TUESDAY)
    found = begin(world, f"{MONDAY} 18:35", incident(1, f"{TUESDAY} 23:00"), incident(2, "2026-11-25 05:01"))
    assert (found.since, found.checks) == (None, ())
    assert [each.number for each, _clock, _at in found.limits] == [1]


def test_who_answered_how_many_whatever_name_they_answered_by(world: World) -> None:
    people = (Person("li", Text("小李", "Li"), Text("", "")),)
    for duty, by, when in (
        ("health", "li", "08:45"),
        ("refunds", "小李", "10:10"),
        ("late", "Li", "09:50"),
        ("evening", "王主管", "18:30"),
    ):
        world.done(f"{duty}@{MONDAY}", f"{MONDAY} {when}")
        world.marks[-1] = replace(world.marks[-1], by=by)
    found = page(world, f"{MONDAY} 18:35")
    found = replace(found, schedule=replace(found.schedule, people=people))
    assert [(each.person, each.progress.answered, each.progress.on_time) for each in found.by_person] == [
        ("li", 3, 2),
        ("王主管", 1, 1),
    ]
    assert person_of(found.schedule, "somebody") == "somebody"


def test_what_counts_of_the_notes_is_the_last(world: World) -> None:
    first, last, nothing = (Word(at(f"{MONDAY} 18:0{n}"), "me", text) for n, text in enumerate(("one", "two", "")))
    now = f"{MONDAY} 18:35"
    assert page(world, now).note is None
    assert page(world, now, words=(first, last)).note == last
    assert page(world, now, words=(first, nothing)).note is None


# -- amending ----------------------------------------------------------------------------------------------------


def closing(action: int) -> Closing:
    return Closing(date(2026, 11, 23), at(f"{MONDAY} 21:40"), "me", "", "{}", action)


def look(world: World, now: str) -> Agenda:
    return world.look(MONDAY, now)


def test_what_was_answered_or_taken_back_after_the_closing_changed_the_day(world: World) -> None:
    before = world.done(f"health@{MONDAY}", f"{MONDAY} 08:45")
    closed = max(world.newest.values())
    assert changed_since(look(world, f"{MONDAY} 22:00"), []) == {}
    assert changed_since(look(world, f"{MONDAY} 22:00"), [closing(closed)]) == {}
    # By the order of writing: the clock may have been set back.
    late = world.done(f"late@{MONDAY}", f"{MONDAY} 09:50")
    changed = changed_since(look(world, f"{MONDAY} 22:00"), [closing(closed)])
    assert changed == {f"late@{MONDAY}": late}
    world.undo(before)
    changed = changed_since(look(world, f"{MONDAY} 22:00"), [closing(closed), closing(99)])
    assert changed == {f"late@{MONDAY}": late, f"health@{MONDAY}": late + 1}


def test_what_was_carried_over_and_answered_the_day_after_is_of_that_day() -> None:
    world = World(weekly("list", 4), weekly("mondays", 0))
    assert [item.key for item in look(world, f"{MONDAY} 22:00").items][-1] == f"mondays@{MONDAY}"
    world.done("list@2026-11-20", f"{TUESDAY} 09:00")
    world.done(f"mondays@{MONDAY}", f"{TUESDAY} 09:00")
    assert list(changed_since(look(world, f"{TUESDAY} 10:00"), [closing(0)])) == [f"mondays@{MONDAY}"]
