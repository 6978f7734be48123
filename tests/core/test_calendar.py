"""Days and conventions, on calendars made up for the purpose; what countries decree is in test_country.py."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from csconsole.core.calendar import Calendar, DayType, Decree, Overrides, overridden
from csconsole.core.schedule import Convention, Text

WEEKEND = (5, 6)
NAME = Text("厂庆", "Founders' Day")
EVERY_DAY = range(7)


def calendar(*, off: str = "", makeup: str = "", weekend: tuple[int, ...] = WEEKEND, provisional: int = 0) -> Calendar:
    """A calendar by its days off and make-up workdays, ISO dates with spaces between, and the year not announced."""
    days_off = {date.fromisoformat(day): NAME for day in off.split()}
    workdays = {date.fromisoformat(day): None for day in makeup.split()}
    return Calendar(weekend, lambda year: Decree(year, days_off, workdays, year == provisional))


def adjusted(calendar: Calendar, nominal: str, convention: Convention) -> str:
    return calendar.adjust(date.fromisoformat(nominal), convention).due.date.isoformat()


# -- what a day is ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "type", "name"),
    [
        ("2026-07-01", DayType.WORKDAY, None),
        ("2026-07-02", DayType.HOLIDAY, NAME),
        ("2026-07-04", DayType.HOLIDAY, NAME),  # a Saturday
        ("2026-07-05", DayType.WEEKEND, None),
        ("2026-07-11", DayType.MAKEUP_WORKDAY, None),
        ("2026-07-08", DayType.WORKDAY, None),  # decreed as worked, but worked anyway
    ],
)
def test_a_day_is_what_its_decree_and_the_weekend_say(day: str, type: DayType, name: Text | None) -> None:
    found = calendar(off="2026-07-02 2026-07-04", makeup="2026-07-11 2026-07-08").day(date.fromisoformat(day))
    assert (found.type, found.name) == (type, name)


def test_the_weekend_is_the_schedules() -> None:
    gulf = calendar(weekend=(4, 5), makeup="2026-07-03 2026-07-05")
    assert [gulf.day(date(2026, 7, day)).type for day in (2, 3, 4, 5)] == [
        DayType.WORKDAY,
        DayType.MAKEUP_WORKDAY,  # Friday
        DayType.WEEKEND,
        DayType.WORKDAY,  # Sunday, where a make-up workday is nothing special
    ]


def test_a_decree_is_asked_for_once() -> None:
    asked: list[int] = []

    def decree(year: int) -> Decree:
        asked.append(year)
        return Decree(year)

    subject = Calendar(WEEKEND, decree)
    for day in (date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 2), date(2026, 5, 5)):
        subject.adjust(day, Convention.FOLLOWING)
    assert asked == [2026, 2027]


# -- conventions: examples ----------------------------------------------------------------------------------------

STAYS = "2026-10-14"


@pytest.mark.parametrize(
    ("nominal", "following", "preceding", "modified_following", "modified_preceding", "nearest"),
    [
        # A working day stays where it is.
        (STAYS, STAYS, STAYS, STAYS, STAYS, STAYS),
        # A Saturday and a Sunday within the month.
        ("2026-10-17", "2026-10-19", "2026-10-16", "2026-10-19", "2026-10-16", "2026-10-16"),
        ("2026-10-18", "2026-10-19", "2026-10-16", "2026-10-19", "2026-10-16", "2026-10-19"),
        # The ends of months: what is modified turns round.
        ("2026-10-31", "2026-11-02", "2026-10-30", "2026-10-30", "2026-10-30", "2026-10-30"),
        ("2026-11-01", "2026-11-02", "2026-10-30", "2026-11-02", "2026-11-02", "2026-11-02"),
        # A holiday in mid-week is equally near to both: the later it is.
        ("2026-07-15", "2026-07-16", "2026-07-14", "2026-07-16", "2026-07-14", "2026-07-16"),
        # A year's end.
        ("2027-01-01", "2027-01-04", "2026-12-31", "2027-01-04", "2027-01-04", "2026-12-31"),
    ],
)
def test_the_conventions(
    nominal: str, following: str, preceding: str, modified_following: str, modified_preceding: str, nearest: str
) -> None:
    subject = calendar(off="2026-07-15 2027-01-01")
    found = {convention: adjusted(subject, nominal, convention) for convention in Convention}
    assert found == {
        Convention.FOLLOWING: following,
        Convention.PRECEDING: preceding,
        Convention.MODIFIED_FOLLOWING: modified_following,
        Convention.MODIFIED_PRECEDING: modified_preceding,
        Convention.NEAREST: nearest,
        Convention.UNADJUSTED: nominal,
    }


def test_it_says_what_it_passed_over_and_by_how_much() -> None:
    subject = calendar(off="2026-10-01 2026-10-02", makeup="2026-10-10")
    moved = subject.adjust(date(2026, 10, 1), Convention.FOLLOWING)
    assert moved.nominal.name == NAME
    assert [day.date.day for day in moved.passed] == [2, 3, 4]
    assert [day.type for day in moved.passed] == [DayType.HOLIDAY, DayType.WEEKEND, DayType.WEEKEND]
    assert (moved.due.date, moved.moved_days) == (date(2026, 10, 5), 4)
    back = subject.adjust(date(2026, 10, 11), Convention.PRECEDING)
    assert (back.due.type, back.moved_days, back.passed) == (DayType.MAKEUP_WORKDAY, -1, ())


def test_it_is_provisional_by_any_day_it_rests_on() -> None:
    subject = calendar(off="2026-12-31 2027-01-01", provisional=2027)
    assert not subject.adjust(date(2026, 12, 30), Convention.FOLLOWING).provisional
    assert not subject.adjust(date(2026, 12, 31), Convention.PRECEDING).provisional
    assert subject.adjust(date(2026, 12, 31), Convention.FOLLOWING).provisional
    assert subject.adjust(date(2027, 1, 1), Convention.PRECEDING).provisional
    assert subject.adjust(date(2027, 3, 3), Convention.UNADJUSTED).provisional


@pytest.mark.parametrize("convention", Convention)
def test_where_everything_is_off_a_date_stays(convention: Convention) -> None:
    subject = calendar(weekend=tuple(EVERY_DAY))
    moved = subject.adjust(date(2026, 5, 10), convention)
    assert (moved.due, moved.moved_days) == (moved.nominal, 0)
    assert subject.workdays_before(date(2026, 5, 10), 2) == date(2026, 5, 10)


def test_where_a_whole_month_is_off_what_is_modified_stays_and_the_others_leave_it() -> None:
    february = " ".join(date(2026, 2, day).isoformat() for day in range(1, 29))
    subject = calendar(off=february)
    assert adjusted(subject, "2026-02-10", Convention.MODIFIED_FOLLOWING) == "2026-02-10"
    assert adjusted(subject, "2026-02-10", Convention.MODIFIED_PRECEDING) == "2026-02-10"
    assert adjusted(subject, "2026-02-10", Convention.FOLLOWING) == "2026-03-02"
    assert adjusted(subject, "2026-02-10", Convention.PRECEDING) == "2026-01-30"


@pytest.mark.parametrize("convention", Convention)
@pytest.mark.parametrize("end", [date.min, date.max])
def test_there_is_nothing_beyond_the_end_of_time(end: date, convention: Convention) -> None:
    moved = calendar(weekend=(end.weekday(),)).adjust(end, convention)
    assert abs(moved.moved_days) <= 1


def test_working_days_are_counted_from_the_next_one_on() -> None:
    subject = calendar(off="2026-10-01 2026-10-02", makeup="2026-10-10")
    friday, monday, saturday = date(2026, 10, 9), date(2026, 10, 12), date(2026, 10, 10)
    assert subject.workdays_before(monday, 2) == friday
    assert subject.workdays_before(monday, 1) == saturday
    assert subject.workdays_before(date(2026, 10, 4), 2) == date(2026, 9, 29)
    assert subject.workdays_before(saturday, 0) == saturday


# -- conventions: what holds for any calendar ----------------------------------------------------------------------

FIRST, LAST = date(2025, 11, 1), date(2026, 4, 30)
near = st.dates(FIRST, LAST)
conventions = st.sampled_from(Convention)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    weekend = draw(st.frozensets(st.sampled_from(EVERY_DAY), max_size=6))
    days_off = draw(st.frozensets(near, max_size=60))
    makeup = draw(st.frozensets(near, max_size=20)) - days_off
    return Calendar(
        weekend,
        lambda year: Decree(year, dict.fromkeys(days_off, NAME), dict.fromkeys(makeup)),
    )


@given(calendars(), near, conventions)
def test_the_result_works_or_is_the_nominal_date(subject: Calendar, nominal: date, convention: Convention) -> None:
    moved = subject.adjust(nominal, convention)
    assert moved.due.type.working or moved.moved_days == 0
    assert (moved.nominal, moved.convention) == (subject.day(nominal), convention)
    again = subject.adjust(moved.due.date, convention)
    assert again.due == moved.due


@given(calendars(), near, conventions)
def test_all_that_lies_between_is_off_and_is_named_in_order(
    subject: Calendar, nominal: date, convention: Convention
) -> None:
    moved = subject.adjust(nominal, convention)
    assert not any(day.type.working for day in moved.passed)
    assert len(moved.passed) == max(0, abs(moved.moved_days) - 1)
    assert list(moved.passed) == sorted(moved.passed, key=lambda day: day.date)


@given(calendars(), near)
def test_each_convention_goes_its_own_way(subject: Calendar, nominal: date) -> None:
    due = {convention: subject.adjust(nominal, convention).due.date for convention in Convention}
    later, earlier = due[Convention.FOLLOWING], due[Convention.PRECEDING]
    assert earlier <= nominal <= later
    assert due[Convention.UNADJUSTED] == nominal
    assert due[Convention.NEAREST] == (later if later - nominal <= nominal - earlier else earlier)
    for convention, first, second in (
        (Convention.MODIFIED_FOLLOWING, later, earlier),
        (Convention.MODIFIED_PRECEDING, earlier, later),
    ):
        within = [day for day in (first, second) if (day.year, day.month) == (nominal.year, nominal.month)]
        assert due[convention] == (within or [nominal])[0]


@given(calendars(), near, st.integers(0, 40))
def test_so_many_working_days_before_lie_so_many_working_days(subject: Calendar, day: date, count: int) -> None:
    assume(subject.is_working(day))
    there = subject.workdays_before(day, count)
    assert subject.is_working(there)
    worked = [there + timedelta(n) for n in range((day - there).days) if subject.is_working(there + timedelta(n))]
    assert len(worked) == count


# -- overrides ----------------------------------------------------------------------------------------------------

SATURDAY, TUESDAY, WEDNESDAY = date(2026, 10, 10), date(2026, 10, 6), date(2026, 10, 14)
DECREE = Decree(2026, {TUESDAY: Text("国庆节", "National Day")}, {SATURDAY: None}, provisional=True)


def overridden_day(day: date, overrides: Overrides) -> tuple[DayType, Text | None]:
    found = Calendar(WEEKEND, lambda year: overridden(DECREE, overrides, WEEKEND)).day(day)
    return found.type, found.name


def test_overrides_add_a_day_off_and_take_one_back() -> None:
    overrides = Overrides(days_off={WEDNESDAY: NAME}, workdays={TUESDAY: None})
    assert overridden_day(WEDNESDAY, overrides) == (DayType.HOLIDAY, NAME)
    assert overridden_day(TUESDAY, overrides) == (DayType.WORKDAY, None)
    assert overridden_day(SATURDAY, overrides) == (DayType.MAKEUP_WORKDAY, None)


def test_overrides_add_a_makeup_workday_and_take_one_back() -> None:
    sunday, stocktaking = date(2026, 10, 11), Text("盘点", "Stocktaking")
    overrides = Overrides(days_off={SATURDAY: NAME}, workdays={sunday: stocktaking})
    assert overridden_day(SATURDAY, overrides) == (DayType.HOLIDAY, NAME)
    assert overridden_day(sunday, overrides) == (DayType.MAKEUP_WORKDAY, stocktaking)


def test_a_date_that_is_both_is_worked() -> None:
    overrides = Overrides(days_off={SATURDAY: NAME}, workdays={SATURDAY: None})
    assert overridden_day(SATURDAY, overrides) == (DayType.MAKEUP_WORKDAY, None)


def test_overrides_of_another_year_stay_out_of_a_decree() -> None:
    overrides = Overrides({date(2027, 1, 4): NAME}, {date(2027, 1, 9): None}, frozenset({2027}))
    assert overridden(DECREE, overrides, WEEKEND) == DECREE


def test_a_year_is_final_when_the_owner_says_that_it_was_announced() -> None:
    assert not overridden(DECREE, Overrides(announced=frozenset({2026})), WEEKEND).provisional
    assert overridden(DECREE, Overrides(days_off={WEDNESDAY: NAME}), WEEKEND).provisional
