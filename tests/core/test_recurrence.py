"""Which dates a rule names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csconsole.core.recurrence import nominal_dates
from csconsole.core.schedule import ByRRule, EveryDay, OnDates, OnMonthDay, OnWeekdays, Rule


def named(rule: Rule, first: str, last: str) -> list[str]:
    return [day.isoformat() for day in nominal_dates(rule, date.fromisoformat(first), date.fromisoformat(last))]


@pytest.mark.parametrize(
    ("rule", "first", "last", "expected"),
    [
        (EveryDay(), "2026-02-27", "2026-03-01", "2026-02-27 2026-02-28 2026-03-01"),
        (EveryDay(), "2026-02-27", "2026-02-27", "2026-02-27"),
        (EveryDay(), "2026-02-27", "2026-02-26", ""),
        (OnWeekdays((0, 4)), "2026-11-20", "2026-11-30", "2026-11-20 2026-11-23 2026-11-27 2026-11-30"),
        (OnMonthDay(6), "2026-11-06", "2027-01-06", "2026-11-06 2026-12-06 2027-01-06"),
        (OnMonthDay(6), "2026-11-07", "2026-12-05", ""),
        (OnMonthDay(31), "2026-01-01", "2026-05-31", "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31"),
        (OnMonthDay(31), "2028-02-01", "2028-02-29", "2028-02-29"),  # a leap year
        (OnMonthDay(30), "2026-02-01", "2026-03-31", "2026-02-28 2026-03-30"),
        (OnMonthDay(29), "2026-02-28", "2026-02-28", "2026-02-28"),
        (OnMonthDay(31), "9999-12-01", "9999-12-31", "9999-12-31"),
        (OnDates((date(2026, 6, 18), date(2026, 11, 11))), "2026-06-18", "2026-11-11", "2026-06-18 2026-11-11"),
        (OnDates((date(2026, 6, 18), date(2026, 11, 11))), "2026-06-19", "2026-11-10", ""),
    ],
)
def test_a_rule_names_its_dates_both_ends_included(rule: Rule, first: str, last: str, expected: str) -> None:
    assert named(rule, first, last) == expected.split()


@pytest.mark.parametrize(
    ("text", "first", "last", "expected"),
    [
        ("DTSTART:20261101\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-01", "2026-12-01", "11-10 11-24"),
        ("DTSTART:20261101\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU", "2026-11-01", "2026-11-30", "11-03 11-17"),
        ("DTSTART:20261103\nRRULE:FREQ=MONTHLY;BYDAY=-1FR", "2026-11-01", "2026-12-31", "11-27 12-25"),
        ("DTSTART:20261103\nRRULE:FREQ=DAILY;COUNT=3", "2026-11-01", "2026-12-31", "11-03 11-04 11-05"),
        ("DTSTART:20261103\nRRULE:FREQ=DAILY;UNTIL=20261105", "2026-11-04", "2026-12-31", "11-04 11-05"),
        ("DTSTART:20261103\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261104", "2026-11-01", "2026-12-31", "11-03 11-05"),
        # The 31st of a month without one is left out: that is what RFC 5545 says, and `monthly` is there to differ.
        ("DTSTART:20261031\nRRULE:FREQ=MONTHLY;BYMONTHDAY=31", "2026-10-01", "2026-12-31", "10-31 12-31"),
    ],
)
def test_an_rrule_names_what_rfc_5545_says(text: str, first: str, last: str, expected: str) -> None:
    # Rules come to the core with dates alone: schedule_file/rfc5545.py sees to that.
    assert named(ByRRule(text), first, last) == [f"2026-{day}" for day in expected.split()]


RULES = st.one_of(
    st.just(EveryDay()),
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: OnWeekdays(tuple(sorted(days)))),
    st.integers(1, 31).map(OnMonthDay),
    st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5).map(lambda days: OnDates(tuple(sorted(days)))),
    st.sampled_from(["WEEKLY;INTERVAL=2", "MONTHLY;BYMONTHDAY=-1", "DAILY;INTERVAL=3", "YEARLY"]).map(
        lambda rule: ByRRule(f"DTSTART:20260105\nRRULE:FREQ={rule}")
    ),
)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(RULES, st.tuples(DAYS, DAYS, DAYS).map(sorted))
def test_a_span_is_the_sum_of_its_parts(rule: Rule, days: list[date]) -> None:
    first, between, last = days
    whole = list(nominal_dates(rule, first, last))
    parts = [*nominal_dates(rule, first, between), *nominal_dates(rule, between + timedelta(1), last)]
    assert whole == parts == sorted(set(whole))
    assert all(first <= day <= last for day in whole)


@given(st.integers(1, 31), st.integers(2026, 2100))
def test_every_month_has_its_day_once(day_of_month: int, year: int) -> None:
    found = list(nominal_dates(OnMonthDay(day_of_month), date(year, 1, 1), date(year, 12, 31)))
    assert [day.month for day in found] == list(range(1, 13))
    assert all(day.day == day_of_month or (day + timedelta(1)).day == 1 for day in found)
