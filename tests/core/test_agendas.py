"""Many days looked at together are the days looked at one by one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from routine import World, daily, monthly, weekly

from csconsole.core.agenda import agendas, stretches
from csconsole.core.facts import MarkKind
from csconsole.core.schedule import Convention

FIRST = date(2026, 11, 2)
DUTIES = (
    daily("check", "09:00", shops=("jd", "tmall")),
    daily("night", "02:00"),
    weekly("meeting", 0, "09:50", until="10:30", hold_reminders=True, expires=True),
    weekly("list", 4),
    monthly("report", 6, convention=Convention.FOLLOWING),
)
EDITS = (
    (daily("check", "10:00"), weekly("list", 2), monthly("report", 9)),
    (daily("renamed", "09:00", was=("check",)), weekly("list", 4), monthly("report", 6, was=("old",))),
    (weekly("list", 3, "02:00"),),
)
DAYS = st.integers(0, 27).map(lambda n: FIRST + timedelta(days=n))
MINUTES = st.integers(0, 28 * 24 * 60).map(
    lambda n: f"{FIRST + timedelta(days=n // 1440)} {n // 60 % 24:02}:{n % 60:02}"
)


@given(
    edits=st.lists(st.tuples(DAYS, st.sampled_from(EDITS)), max_size=2, unique_by=lambda edit: edit[0]),
    marks=st.lists(st.tuples(st.integers(0, 200), st.sampled_from(MarkKind), MINUTES, st.sampled_from([None, "jd"]))),
    span=st.tuples(DAYS, DAYS).map(sorted),
    now=MINUTES,
)
def test_the_agendas_of_a_span_are_those_of_its_days(
    edits: list[tuple[date, tuple[object, ...]]],
    marks: list[tuple[int, MarkKind, str, str | None]],
    span: list[date],
    now: str,
) -> None:
    world = World(*DUTIES, began=FIRST.isoformat(), off="2026-11-06", makeup="2026-11-08")
    for day, duties in sorted(edits, key=lambda edit: edit[0]):
        world.edit(day.isoformat(), *duties)  # type: ignore[arg-type]  # duties, every one
    owed = world.book.occurrences(FIRST, FIRST + timedelta(days=27))
    for place, kind, when, shop in marks:
        found = owed[place % len(owed)]
        world.mark(found.key, kind, when, shop=shop if found.shops else None)
    first, last = span
    instant = world.at(now)
    together = list(agendas(world.records, stretches(world.book, first, last, instant), instant))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert together == [world.look(day.isoformat(), now) for day in days]
