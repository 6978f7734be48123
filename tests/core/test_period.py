"""Spans of days: what they are held against, and the parts they fall into."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csconsole.core.period import Period, PeriodKind, period_of

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def period(kind: str, first: str, last: str) -> Period:
    return Period(PeriodKind(kind), date.fromisoformat(first), date.fromisoformat(last))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    kind, day = draw(st.sampled_from(PeriodKind)), draw(DAYS)
    if kind is PeriodKind.SPAN:
        return Period(kind, day, day + timedelta(days=draw(st.integers(0, 500))))
    return period_of(kind, day)


@given(periods())
def test_the_parts_of_a_period_are_all_of_its_days_once(whole: Period) -> None:
    parts = whole.parts
    if parts:
        assert [day for part in parts for day in part.days] == list(whole.days)
    else:
        assert whole.kind in (PeriodKind.DAY, PeriodKind.WEEK) or len(whole.days) <= 7


@given(DAYS)
def test_a_month_has_four_or_five_weeks_and_no_week_is_a_scrap(day: date) -> None:
    weeks = period_of(PeriodKind.MONTH, day).parts
    assert len(weeks) in (4, 5)
    assert all(4 <= len(week.days) <= 10 for week in weeks)
    assert [len(week.days) for week in weeks[1:-1]] == [7] * (len(weeks) - 2)
    assert all(week.first.weekday() == 0 for week in weeks[1:])


def test_a_year_has_its_months() -> None:
    months = period_of(PeriodKind.YEAR, date(2028, 5, 5)).parts
    assert [len(month.days) for month in months] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


@given(periods())
def test_what_a_period_is_held_against_lies_before_it_and_is_as_long(whole: Period) -> None:
    for earlier in whole.earlier:
        assert earlier.last < whole.first and earlier.kind is whole.kind
        if whole.kind not in (PeriodKind.MONTH, PeriodKind.YEAR):
            assert len(earlier.days) == len(whole.days)
    assert whole.before == whole.earlier[0]
    assert whole.before.after.first == whole.first


@pytest.mark.parametrize(
    ("whole", "earlier"),
    [
        (("day", "2026-11-23", "2026-11-23"), ["2026-11-22", "2026-11-16", "2026-11-09"]),
        (("week", "2026-11-23", "2026-11-29"), ["2026-11-16", "2026-11-09"]),
        (("month", "2026-03-01", "2026-03-31"), ["2026-02-01"]),
        (("year", "2026-01-01", "2026-12-31"), ["2025-01-01"]),
        (("span", "2026-11-01", "2026-11-11"), ["2026-10-21"]),
    ],
)
def test_a_day_is_held_against_its_weekday_and_a_week_against_two(
    whole: tuple[str, str, str], earlier: list[str]
) -> None:
    assert [each.first.isoformat() for each in period(*whole).earlier] == earlier


def test_a_long_span_falls_into_months_a_shorter_one_into_weeks() -> None:
    assert [str(part.first) for part in period("span", "2026-10-20", "2026-11-11").parts] == [
        "2026-10-20",
        "2026-10-26",
        "2026-11-02",
    ]
    assert [part.first.month for part in period("span", "2026-01-15", "2026-04-02").parts] == [1, 2, 3, 4]
