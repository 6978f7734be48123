"""The figures of a made-up Monday, counted by hand, and of the week it begins."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from monday import MONDAY, Facts, monday
from msgspec.structs import fields, replace
from routine import at

from csconsole.core.agenda import Progress
from csconsole.core.facts import MarkKind, Reading
from csconsole.core.incident import Draft, Event, EventKind, Incident
from csconsole.core.period import Period, PeriodKind, period_of
from csconsole.core.report import Outcome, Report
from csconsole.core.schedule import Kind


@pytest.fixture
def facts() -> Facts:
    return monday()


def keys(report: Report, outcome: Outcome) -> list[str]:
    return [item.key.partition("@")[0] for item in report.by_outcome[outcome]]


# -- periods --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        ("day", "2026-11-23", "2026-11-23", "2026-11-23"),
        ("week", "2026-11-23", "2026-11-23", "2026-11-29"),
        ("week", "2026-11-29", "2026-11-23", "2026-11-29"),
        ("week", "2027-01-01", "2026-12-28", "2027-01-03"),
        ("month", "2026-11-23", "2026-11-01", "2026-11-30"),
        ("month", "2026-12-31", "2026-12-01", "2026-12-31"),
        ("month", "2026-02-01", "2026-02-01", "2026-02-28"),
        ("month", "2028-02-29", "2028-02-01", "2028-02-29"),
    ],
)
def test_a_day_belongs_to_one_day_week_and_month(kind: str, day: str, first: str, last: str) -> None:
    expected = Period(PeriodKind(kind), date.fromisoformat(first), date.fromisoformat(last))
    assert period_of(PeriodKind(kind), date.fromisoformat(day)) == expected


@given(st.sampled_from(PeriodKind), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_periods_follow_one_another_without_a_gap(kind: PeriodKind, day: date) -> None:
    period = period_of(kind, day)
    assert day in period
    assert {period_of(kind, each) for each in period.days} == {period}
    assert period.before.last + timedelta(days=1) == period.first


# -- the day --------------------------------------------------------------------------------------------------


def test_the_evening_counts_what_was_answered_and_what_is_still_open(facts: Facts) -> None:
    report = facts.day()
    assert report.progress == Progress(total=10, answered=8, done=6, issue=1, skipped=1, missed=0, overdue=2, on_time=6)
    assert report.progress.on_time_rate == 0.6
    assert keys(report, Outcome.ISSUE) == ["complaints"]
    assert keys(report, Outcome.SKIPPED) == ["operations-plan"]
    assert keys(report, Outcome.LATE) == ["refund-chase", "morning-meeting"]
    assert keys(report, Outcome.ON_TIME) == ["shop-health", "shipments", "dropship", "handover"]
    assert keys(report, Outcome.OPEN) == ["reviews", "one-to-one"]
    assert keys(report, Outcome.MISSED) == []


def test_what_is_open_when_the_day_ends_was_missed(facts: Facts) -> None:
    facts.now = "2026-11-24 05:00"
    report = facts.day()
    assert (report.progress.missed, report.progress.overdue) == (2, 0)
    assert keys(report, Outcome.MISSED) == ["reviews", "one-to-one"]
    assert keys(report, Outcome.OPEN) == []


def test_exceptions_leave_out_what_went_well_and_what_is_ahead(facts: Facts) -> None:
    facts.now = "2026-11-23 14:30"  # as if the evening had not happened yet; what was marked stays marked
    exceptions = [item.key.partition("@")[0] for item in facts.day().exceptions]
    assert exceptions == ["reviews", "complaints", "operations-plan", "refund-chase", "morning-meeting"]


def test_readings_stand_beside_those_of_the_day_before(facts: Facts) -> None:
    figures = facts.day().figures
    assert [(f.metric, f.shop, f.value, f.before, f.change, f.passed is not None) for f in figures] == [
        ("complaints_open", "tmall", 3, None, None, False),
        ("refunds_pending", "tmall", 23, 19, 4, True),  # taken at 09:05 and again at 10:10; above 20
        ("refunds_pending", "jd", 4, 6, -2, False),
        ("shop_score", "jd", 4.6, 4.7, -0.1, False),  # out of 5, warned of below 4
        ("shop_score", "douyin", 78.5, None, None, True),  # out of 100 there, warned of below 80
        ("dropship_orders", "", 12, None, None, False),
        ("sales_amount", "tmall", 148210, 152300.5, -4090.5, False),
    ]
    refunds = figures[1]
    assert (refunds.low, refunds.high, refunds.taken, refunds.at) == (23, 26, 2, at("2026-11-23 10:10"))


def test_readings_of_other_days_are_not_the_day_before_s(facts: Facts) -> None:
    facts.readings.append(Reading("jd", "complaints_open", 9, at("2026-11-21 09:00"), date(2026, 11, 21), "x"))
    facts.readings.append(Reading("jd", "complaints_open", 8, at("2026-11-24 09:00"), date(2026, 11, 24), "x"))
    assert ("complaints_open", "jd") not in [(f.metric, f.shop) for f in facts.day().figures]


def test_readings_of_a_shop_and_a_metric_no_longer_known_are_kept(facts: Facts) -> None:
    facts.readings.append(Reading("gone", "old_metric", 7, at("2026-11-23 09:00"), MONDAY, "x"))
    last = facts.day().figures[-1]
    assert (last.metric, last.shop, last.value, last.passed) == ("old_metric", "gone", 7, None)


# -- incidents ------------------------------------------------------------------------------------------------


def numbers(incidents: tuple[Incident, ...]) -> list[int]:
    return [incident.number for incident in incidents]


def test_incidents_are_those_opened_resolved_and_open_on_the_day(facts: Facts) -> None:
    incidents = facts.day().incidents
    assert numbers(incidents.opened) == [41, 42]
    assert numbers(incidents.resolved) == [42]
    assert numbers(incidents.open) == [39, 41]  # 39 ran out first


def test_incidents_of_a_past_day_stand_as_they_stood_when_it_ended(facts: Facts) -> None:
    later = Event(EventKind.RESOLVED, at("2026-11-24 10:00"), "小王", "赔了")
    facts.incidents[0] = replace(facts.incidents[0], events=(*facts.incidents[0].events, later))
    facts.incidents.append(Incident(43, Draft("第二天的", "complaints"), at("2026-11-24 05:00"), "wang"))
    facts.now = "2026-11-25 09:00"
    incidents = facts.day().incidents
    assert numbers(incidents.open) == [39, 41]
    assert [event.text for event in incidents.open[0].events] == ["已联系快递,等回复"]
    assert numbers(incidents.opened) == [41, 42]


def test_the_last_instant_of_a_day_is_still_its_own(facts: Facts) -> None:
    last = at("2026-11-24 05:00") - timedelta.resolution
    facts.incidents.append(Incident(43, Draft("深夜", "complaints"), last, "wang"))
    facts.now = "2026-11-24 05:00"
    assert numbers(facts.day().incidents.opened) == [41, 42, 43]


def test_an_incident_opened_this_very_instant_is_in_the_report(facts: Facts) -> None:
    facts.incidents.append(Incident(43, Draft("刚刚", "complaints"), at(facts.now), "wang"))
    assert numbers(facts.day().incidents.opened) == [41, 42, 43]


def test_an_incident_resolved_and_reopened_is_open(facts: Facts) -> None:
    reopened = Event(EventKind.REOPENED, at("2026-11-23 16:00"), "小李", "买家又来了")
    facts.incidents[2] = replace(facts.incidents[2], events=(*facts.incidents[2].events, reopened))
    incidents = facts.day().incidents
    assert numbers(incidents.resolved) == []
    assert 42 in numbers(incidents.open)


# -- deadlines and closing ------------------------------------------------------------------------------------


def test_deadlines_are_those_of_the_next_fourteen_days(facts: Facts) -> None:
    assert [(deadline.duty, deadline.day.isoformat()) for deadline in facts.day().deadlines] == [
        ("invoices", "2026-11-27"),
        ("morning-meeting", "2026-11-30"),
        ("lost-parts", "2026-11-30"),
        ("invoices", "2026-12-04"),
        ("morning-meeting", "2026-12-07"),  # the fourteenth day
    ]


def test_a_period_is_handed_over_by_the_closing_of_its_last_day(facts: Facts) -> None:
    assert facts.day().closing == facts.closing
    assert facts.week().closing is None
    assert facts.week().closings == (facts.closing,)
    facts.closing = None
    assert facts.day().closings == ()


# -- the week -------------------------------------------------------------------------------------------------


def test_a_week_counts_each_day_and_each_duty(facts: Facts) -> None:
    """Wednesday evening: nothing was answered on Tuesday, and nothing yet on Wednesday."""
    week = facts.week()
    assert week.progress == Progress(total=28, answered=8, done=6, issue=1, skipped=1, missed=11, overdue=9, on_time=6)
    assert [(day.date.day, progress.total, progress.missed) for day, progress in week.days] == [
        (23, 10, 2),
        (24, 9, 9),
        (25, 9, 0),
    ]
    lines = {line.duty: line for line in week.by_duty}
    assert list(lines)[:4] == ["shop-health", "complaints", "refund-chase", "morning-meeting"]
    assert lines["complaints"].progress == Progress(
        total=3, answered=1, done=0, issue=1, skipped=0, missed=1, overdue=1, on_time=1
    )
    assert lines["refund-chase"].worst_late == timedelta(minutes=40)
    assert lines["reviews"].worst_late is lines["reviews"].mean_late is None
    assert lines["morning-meeting"].kind is Kind.WEEKLY
    assert "invoices" not in lines  # Friday is still ahead


def test_the_duties_of_a_week_add_up_to_its_progress(facts: Facts) -> None:
    week = facts.week()
    for field in fields(Progress):
        assert sum(getattr(line.progress, field.name) for line in week.by_duty) == getattr(week.progress, field.name)


def test_what_is_carried_from_day_to_day_counts_once(facts: Facts) -> None:
    """Friday's invoices, answered on Sunday, stand on three days' agendas."""
    facts.world.mark("invoices@2026-11-27", MarkKind.DONE, "2026-11-29 10:00")
    facts.now = "2026-11-30 09:00"
    agendas = [facts.agenda(day) for day in period_of(PeriodKind.WEEK, MONDAY).days]
    assert sum(agenda.item("invoices@2026-11-27") is not None for agenda in agendas) == 3
    week = facts.span(agendas)
    [line] = [line for line in week.by_duty if line.duty == "invoices"]
    assert (line.progress.total, line.progress.done, line.progress.on_time) == (1, 1, 0)
    assert line.mean_late == line.worst_late == timedelta(days=1, hours=16)


def test_a_duty_that_left_the_schedule_stands_behind_those_it_has(facts: Facts) -> None:
    agendas = [facts.agenda()]
    facts.change(duties={"complaints": facts.schedule.duties["complaints"]})
    lines = facts.span(agendas).by_duty
    assert [line.duty for line in lines][:2] == ["complaints", "shop-health"]
    assert lines[1].title.en == "Shop figures, scores and warnings before opening"
