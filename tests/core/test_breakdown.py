"""The checks of a report told apart, its incidents counted, its readings held against what they were."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from monday import MONDAY, Facts, monday
from msgspec.structs import replace
from routine import at

from csconsole.core.facts import MarkKind, Reading
from csconsole.core.figures import Figure
from csconsole.core.incident import Draft, Event, EventKind, Incident
from csconsole.core.period import PeriodKind
from csconsole.core.report import Report
from csconsole.core.tally import DutyLine
from csconsole.core.troubles import Incidents, incidents_of


@pytest.fixture
def facts() -> Facts:
    return monday()


# -- checks ----------------------------------------------------------------------------------------------------


def test_a_shop_s_checks_are_counted_by_its_own_answers(facts: Facts) -> None:
    """Of the reviews only Tmall's were looked at, and complaints were found there alone."""
    lines = {line.shop: line for line in facts.day().by_shop}
    tmall, jd = lines["tmall"], lines["jd"]
    assert (tmall.total, tmall.answered, tmall.issue, tmall.missed) == (6, 6, 1, 0)
    assert (jd.total, jd.answered, jd.issue, jd.missed) == (6, 5, 0, 0)
    assert (tmall.on_time, jd.on_time) == (5, 4)  # refunds were late everywhere
    facts.now = "2026-11-24 06:00"
    assert {line.shop: line.missed for line in facts.day().by_shop}["jd"] == 1


def test_a_shop_answered_before_the_rest_was_on_time_though_the_check_was_not(facts: Facts) -> None:
    key = "reviews@2026-11-23"
    facts.world.mark(key, MarkKind.DONE, "2026-11-23 21:00")  # the five that were left, nine hours late
    lines = {line.shop: line for line in facts.day().by_shop}
    assert (lines["tmall"].on_time, lines["jd"].on_time) == (5, 4)
    assert lines["jd"].answered == 6


def test_what_a_check_found_is_an_issue_or_an_incident_logged_at_it(facts: Facts) -> None:
    def found() -> dict[str, int]:
        return {line.duty: line.found for line in facts.day().by_duty}

    assert {duty for duty, count in found().items() if count} == {"complaints"}
    facts.incidents.append(
        Incident(43, Draft("漏发", "logistics", occurrence="shipments@2026-11-23"), at("2026-11-23 10:35"), "wang")
    )
    assert found()["shipments"] == 1
    facts.incidents.append(
        Incident(44, Draft("投诉", "complaints", occurrence="complaints@2026-11-23"), at("2026-11-23 10:35"), "wang")
    )
    assert found()["complaints"] == 1  # it was an issue already


def test_the_time_a_check_took_is_from_its_start(facts: Facts) -> None:
    facts.world.mark("one-to-one@2026-11-23", MarkKind.STARTED, "2026-11-23 15:40")
    facts.world.mark("one-to-one@2026-11-23", MarkKind.DONE, "2026-11-23 16:05")
    [line] = [line for line in facts.day().by_duty if line.duty == "one-to-one"]
    assert (line.timed, line.mean_spent, line.late) == (1, timedelta(minutes=25), 1)
    assert not line.runs_late  # once is no habit


def test_a_check_that_always_runs_late_and_never_finds_anything_is_seen() -> None:
    facts = monday()
    for n in range(1, 22):
        day = MONDAY + timedelta(days=n)
        facts.world.mark(f"dropship@{day}", MarkKind.DONE, f"{day} 14:{45 if n % 2 else 10}")
    facts.now = "2026-12-20 09:00"

    def line(kind: PeriodKind, first: date, days: int) -> DutyLine:
        report = facts.report(kind, [facts.agenda(first + timedelta(days=n)) for n in range(days)])
        return next(each for each in report.by_duty if each.duty == "dropship")

    november = line(PeriodKind.MONTH, MONDAY, 8)
    assert (november.progress.answered, november.late, november.runs_late) == (8, 4, True)
    december = line(PeriodKind.MONTH, date(2026, 12, 1), 14)
    assert (december.progress.answered, december.found, december.finds_nothing) == (14, 0, False)  # too few to say so
    assert line(PeriodKind.YEAR, MONDAY, 22).finds_nothing
    facts.world.mark("dropship@2026-12-01", MarkKind.ISSUE, "2026-12-01 14:30")
    assert not line(PeriodKind.YEAR, MONDAY, 22).finds_nothing


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(MarkKind), st.integers(0, 300)), max_size=12))
def test_categories_add_up_to_the_whole(marks: list[tuple[int, MarkKind, int]]) -> None:
    facts = monday()
    items = facts.agenda().items
    for place, kind, late in marks:
        item = items[place]
        when = item.due.astimezone(facts.schedule.zone) + timedelta(minutes=late)
        facts.world.mark(item.key, kind, f"{when:%Y-%m-%d %H:%M}")
    report = facts.day()
    assert sum(line.progress.total for line in report.by_category) == report.progress.total
    assert sum(line.late for line in report.by_category) == report.late == sum(line.late for line in report.by_duty)


def test_reasons_for_skipping_are_counted(facts: Facts) -> None:
    for n in (1, 2):
        day = MONDAY + timedelta(days=n)
        facts.world.mark(f"operations-plan@{day}", MarkKind.SKIPPED, f"{day} 10:41", reason="今天没有活动")
    facts.world.mark("dropship@2026-11-24", MarkKind.SKIPPED, "2026-11-24 14:00", reason="停电")
    assert [(reason.text, reason.count) for reason in facts.week().reasons] == [("今天没有活动", 3), ("停电", 1)]


# -- incidents -------------------------------------------------------------------------------------------------

START, END = at("2026-11-23 05:00"), at("2026-11-30 04:59")


def incident(number: int, opened: str, took: int | None = None, **more: object) -> Incident:
    events = () if took is None else (Event(EventKind.RESOLVED, at(opened) + timedelta(hours=took), "li"),)
    draft = Draft("没收到", **{"category": "complaints", **more})  # type: ignore[arg-type]  # fields by name
    return Incident(number, draft, at(opened), "wang", events)


def counted(*incidents: Incident) -> Incidents:
    return incidents_of(incidents, START, END, START - timedelta(days=14))


def test_time_to_resolve_has_a_median_and_a_worst() -> None:
    found = counted(*(incident(n, "2026-11-23 09:00", hours) for n, hours in enumerate((2, 30, 4, 8), 1)))
    assert found.times is not None
    assert (found.times.median, found.times.worst, found.times.slowest.number) == (
        timedelta(hours=6),
        timedelta(hours=30),
        2,
    )
    assert counted().times is None


def test_whoever_has_most_open_is_first_and_nobody_last() -> None:
    found = counted(
        incident(1, "2026-11-23 09:00"),
        incident(2, "2026-11-23 09:00"),
        incident(3, "2026-11-23 09:00", assignee="li", due_at=at("2026-11-24 09:00")),
        incident(4, "2026-11-23 09:00", 3, assignee="wang"),
    )
    assert [(line.name, line.opened, line.resolved, line.open, line.overdue) for line in found.by_person()] == [
        ("li", 1, 0, 1, 1),
        ("wang", 1, 1, 0, 0),
        ("", 2, 0, 2, 0),
    ]
    assert [line.name for line in found.by_category(("logistics", "complaints"))] == ["complaints"]


def test_an_order_twice_and_a_place_three_times_come_back_if_again_within_the_period() -> None:
    before = [incident(n, "2026-11-12 09:00", 1, shop="jd", orders=("88",)) for n in (1, 2)]
    assert counted(*before).repeats == ()
    again = counted(*before, incident(3, "2026-11-24 09:00", shop="jd", orders=("88", "89")))
    assert [(repeat.order, repeat.category, repeat.shop, len(repeat.incidents)) for repeat in again.repeats] == [
        ("88", "", "", 3),
        ("", "complaints", "jd", 3),
    ]
    elsewhere = counted(*before, incident(3, "2026-11-24 09:00", shop="tmall", orders=("90",)))
    assert elsewhere.repeats == ()


# -- readings --------------------------------------------------------------------------------------------------


def read(facts: Facts, shop: str, metric: str, values: dict[int, float]) -> None:
    """Values taken so many days before or after the Monday."""
    for after, value in values.items():
        day = MONDAY + timedelta(days=after)
        facts.readings.append(Reading(shop, metric, value, at(f"{day} 11:00"), day, f"x@{day}"))


def figure(report: Report, metric: str = "complaints_open", shop: str = "jd") -> Figure:
    return next(each for each in report.figures if (each.metric, each.shop) == (metric, shop))


def test_a_day_stands_beside_the_day_before_and_its_weekday(facts: Facts) -> None:
    read(facts, "jd", "complaints_open", {-14: 2, -8: 99, -7: 5, -1: 6, 0: 9})
    found = figure(facts.day())
    assert (found.value, found.before, found.earlier, found.drift) == (9, 6, (6, 5, 2), 3)


def test_a_week_stands_beside_the_means_of_the_two_before(facts: Facts) -> None:
    read(facts, "jd", "complaints_open", {-14: 2, -13: 4, -7: 10, 0: 5, 1: 6, 2: 10})
    found = figure(facts.week())
    assert (found.value, found.mean, found.before, found.earlier) == (10, 7, 10, (10, 3))
    assert (found.low, found.high, found.taken) == (5, 10, 3)


def test_a_month_stands_week_by_week(facts: Facts) -> None:
    read(facts, "jd", "complaints_open", {-30: 8, -21: 1, -20: 3, -14: 4, 0: 6, 1: 8})
    month = facts.report(PeriodKind.MONTH, [facts.agenda(date(2026, 11, n)) for n in range(1, 26)])
    assert figure(month).parts == (2, 4, None, 7)
    assert figure(month).earlier == (8,)
    assert [side.period.first.day for side in month.parts] == [1, 9, 16, 23]


@pytest.mark.parametrize(
    ("metric", "before", "now", "moved", "worse"),
    [
        ("refunds_pending", 10, 16, True, True),
        ("refunds_pending", 16, 10, True, False),
        ("refunds_pending", 20, 21, True, True),  # past its level of 20, however little it moved
        ("refunds_pending", 30, 33, False, True),
        ("complaints_open", 1, 2, False, None),
        ("complaints_open", 4, 6, True, None),
        ("shop_score", 4.1, 3.9, True, True),
        ("complaints_open", 4, 4, False, None),
    ],
)
def test_what_moved_is_what_moved_much_or_past_its_level(
    facts: Facts, metric: str, before: float, now: float, moved: bool, worse: bool | None
) -> None:
    facts.readings.clear()
    read(facts, "jd", metric, {-1: before, 0: now})
    found = figure(facts.day(), metric)
    assert (found.moved, found.worse) == (moved, worse)
    assert facts.day().movers == ((found,) if moved else ())


def test_the_worst_mover_is_named_first(facts: Facts) -> None:
    facts.readings.clear()
    read(facts, "jd", "refunds_pending", {-1: 10, 0: 15})
    read(facts, "tmall", "refunds_pending", {-1: 10, 0: 40})
    read(facts, "pdd", "refunds_pending", {-1: 40, 0: 4})
    read(facts, "jd", "complaints_open", {-1: 1, 0: 50})
    assert [(each.metric, each.shop) for each in facts.day().movers] == [
        ("refunds_pending", "tmall"),
        ("refunds_pending", "jd"),
        ("complaints_open", "jd"),
        ("refunds_pending", "pdd"),
    ]


# -- beside ----------------------------------------------------------------------------------------------------


def test_a_side_counts_what_was_opened_and_resolved_on_its_days(facts: Facts) -> None:
    days = [facts.agenda(MONDAY + timedelta(days=n)) for n in range(-14, 3)]
    facts.incidents = [
        replace(facts.incidents[2], number=n, opened_at=at(f"{MONDAY + timedelta(days=after)} 13:00"))
        for n, after in enumerate((-8, -7, -1, 0), 1)
    ]
    week = facts.report(PeriodKind.WEEK, days)
    assert [(side.opened, side.resolved) for side in (week.side, *week.earlier)] == [(1, 4), (2, 0), (1, 0)]
    assert week.since == MONDAY - timedelta(days=14)
