"""What countries decree, against calendars that were made by others."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import partial

import chinese_calendar
import pytest
from holidays.registry import COUNTRIES

from csconsole.core.calendar import Calendar, DayType, Decree, Overrides, overridden
from csconsole.core.country import decree, from_plain, is_known, to_plain
from csconsole.core.schedule import Convention, Text

WEEKEND = (5, 6)
ONE_DAY = timedelta(1)


def calendar(country: str | None, subdivision: str | None = None, weekend: tuple[int, ...] = WEEKEND) -> Calendar:
    return Calendar(weekend, partial(decree, country, subdivision, weekend))


@pytest.fixture(scope="module")
def china() -> Calendar:
    return calendar("CN")


# -- China ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(2018, 2027))
def test_every_day_in_china_is_as_another_library_has_it(china: Calendar, year: int) -> None:
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    days = [day for day in days if day.year == year]
    assert [day for day in days if china.is_working(day) != chinese_calendar.is_workday(day)] == []
    makeup = [day for day in days if chinese_calendar.is_workday(day) and day.weekday() in WEEKEND]
    assert [day for day in days if china.day(day).type is DayType.MAKEUP_WORKDAY] == makeup
    assert not any(china.day(day).provisional for day in days)


@pytest.mark.parametrize(
    ("nominal", "convention", "due"),
    [
        ("2026-01-31", Convention.FOLLOWING, "2026-02-02"),
        ("2026-05-10", Convention.PRECEDING, "2026-05-09"),
        ("2026-05-31", Convention.FOLLOWING, "2026-06-01"),
        ("2026-10-06", Convention.FOLLOWING, "2026-10-08"),
        ("2018-12-31", Convention.FOLLOWING, "2019-01-02"),
        ("2020-01-31", Convention.FOLLOWING, "2020-02-03"),  # the holiday lengthened by the epidemic
    ],
)
def test_golden_dates(china: Calendar, nominal: str, convention: Convention, due: str) -> None:
    moved = china.adjust(date.fromisoformat(nominal), convention)
    assert moved.due.date == date.fromisoformat(due)
    assert not moved.provisional


def walked(day: date, step: timedelta) -> date:
    while not chinese_calendar.is_workday(day):
        day += step
    return day


@pytest.mark.parametrize("year", range(2022, 2027))
@pytest.mark.parametrize("month", range(1, 13))
def test_the_three_monthly_deadlines_of_sixty_months(china: Calendar, year: int, month: int) -> None:
    last = date(year + month // 12, month % 12 + 1, 1) - ONE_DAY
    for nominal, convention, step in (
        (date(year, month, 6), Convention.FOLLOWING, ONE_DAY),
        (date(year, month, 10), Convention.PRECEDING, -ONE_DAY),
        (last, Convention.FOLLOWING, ONE_DAY),
    ):
        assert china.adjust(nominal, convention).due.date == walked(nominal, step)


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        ("2026-10-01", "国庆节", "National Day"),
        ("2026-10-05", "国庆节（补假）", "National Day (observed)"),
        # Days off in exchange for a make-up workday are named for the holiday they lengthen,
        ("2026-10-06", "国庆节", "National Day"),
        ("2026-01-02", "元旦", "New Year's Day"),
        ("2022-01-31", "春节", "Chinese New Year (Spring Festival)"),
        ("2007-12-31", "元旦", "New Year's Day"),  # which is next year's,
        ("2025-10-08", "国庆节", "National Day"),  # or lies farther off than another, but is the longer.
        ("2020-10-01", "中秋节、国庆节", "Mid-Autumn Festival and National Day"),
    ],
)
def test_holidays_have_names_in_both_languages(china: Calendar, day: str, zh: str, en: str) -> None:
    found = china.day(date.fromisoformat(day))
    assert (found.type, found.name) == (DayType.HOLIDAY, Text(zh, en))


def test_a_year_nobody_announced_is_provisional_until_the_owner_says_it_was() -> None:
    far = decree("CN", None, WEEKEND, 2099)
    assert far.provisional
    assert date(2099, 10, 1) in far.days_off
    assert not far.makeup_workdays
    assert not overridden(far, Overrides(announced=frozenset({2099})), WEEKEND).provisional


# -- other countries ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "subdivision", "day", "type"),
    [
        ("DE", None, "2026-10-03", DayType.HOLIDAY),
        ("DE", None, "2026-06-04", DayType.WORKDAY),
        ("DE", "BY", "2026-06-04", DayType.HOLIDAY),  # Corpus Christi
        ("US", None, "2026-07-03", DayType.HOLIDAY),  # the 4th is a Saturday
        ("US", None, "2021-12-31", DayType.HOLIDAY),  # next year's New Year's Day
        ("JP", None, "2026-05-06", DayType.HOLIDAY),
        ("JP", None, "2026-05-07", DayType.WORKDAY),
        ("IN", None, "2026-01-26", DayType.HOLIDAY),
        ("HU", None, "2026-08-08", DayType.MAKEUP_WORKDAY),
        ("TW", None, "2025-02-08", DayType.MAKEUP_WORKDAY),
    ],
)
def test_other_countries(country: str, subdivision: str | None, day: str, type: DayType) -> None:
    assert calendar(country, subdivision).day(date.fromisoformat(day)).type is type


def test_the_weekend_is_the_schedules_and_not_the_countrys() -> None:
    gulf = calendar("SA", weekend=(4, 5))
    assert [gulf.day(date(2026, 7, day)).type for day in (2, 3, 4, 5)] == [
        DayType.WORKDAY,
        DayType.WEEKEND,
        DayType.WEEKEND,
        DayType.WORKDAY,
    ]
    # On a weekend of Friday and Saturday, Sundays are worked anyway.
    assert date(2026, 1, 4) not in decree("CN", None, (4, 5), 2026).makeup_workdays
    assert calendar("CN", weekend=(4, 5)).day(date(2026, 5, 9)).type is DayType.MAKEUP_WORKDAY


@pytest.mark.parametrize(
    ("country", "provisional", "final"),
    [
        ("CN", (1990, 2098), (2001, 2018, 2026)),
        ("HU", (2098,), (2023, 2026)),  # 2023 had no make-up workday, but lies between years that had
        ("BG", (), (2016, 2017, 2098)),  # decreed make-up workdays until 2016, and no more
        ("DE", (), (2026, 2098)),
        ("MM", (2098,), (2025,)),
        ("JP", (1900, 2100), (2026, 2098)),  # the library ends with 2099
        ("IN", (2040,), (2026,)),  # the library has only some holidays after 2035, and says so
        ("ZZ", (2026,), ()),
        (None, (), (1900, 2026, 2100)),
    ],
)
def test_which_years_are_provisional(country: str | None, provisional: tuple[int, ...], final: tuple[int, ...]) -> None:
    years = (*provisional, *final)
    assert [year for year in years if decree(country, None, WEEKEND, year).provisional] == list(provisional)


def test_a_makeup_workday_that_another_years_decree_put_there_announces_nothing() -> None:
    # Azerbaijan decreed none for 2007; the two days at its end belong to the New Year of 2008.
    found = decree("AZ", None, WEEKEND, 2007)
    assert set(found.makeup_workdays) == {date(2007, 12, 29), date(2007, 12, 30)}
    assert found.provisional


def test_no_country_and_no_year_fails() -> None:
    for _, country, *_others in COUNTRIES.values():
        for year in (1900, 2026, 2100):
            found = decree(country, None, WEEKEND, year)
            assert all(day.year == year for day in (*found.days_off, *found.makeup_workdays)), country
    for year in (date.min.year, date.max.year):
        assert decree("CN", None, WEEKEND, year) == Decree(year, provisional=True)
    assert decree("CN", None, range(7), 2026).days_off


def test_without_a_country_only_weekends_are_off() -> None:
    plain = calendar(None)
    assert [plain.day(date(2026, 10, day)).type for day in (1, 3, 5)] == [
        DayType.WORKDAY,
        DayType.WEEKEND,
        DayType.WORKDAY,
    ]


def test_which_countries_are_known() -> None:
    known = ("CN", "CHN", "DE", "GB")
    assert all(is_known(country) for country in known)
    assert not any(is_known(country) for country in ("cn", "ZZ", "", "HolidayBase", "China "))
    assert is_known("DE", "BY")
    assert not is_known("DE", "XX")


def test_names_do_not_follow_the_language_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "uk")
    assert calendar("DE").day(date(2026, 1, 1)).name == Text("New Year's Day", "New Year's Day")
    assert calendar("FJ").day(date(2026, 1, 1)).name == Text("New Year's Day", "New Year's Day")
    assert calendar("TW").day(date(2026, 1, 1)).name == Text(
        "中华民国开国纪念日", "Founding Day of the Republic of China"
    )


def test_a_decree_survives_being_kept_as_json() -> None:
    named = {date(2026, 10, 11): Text("盘点", "Stocktaking")}
    original = overridden(decree("CN", None, WEEKEND, 2026), Overrides(workdays=named), WEEKEND)
    assert from_plain(json.loads(json.dumps(to_plain(original)))) == original
