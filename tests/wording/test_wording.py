"""The words two rooms must say alike, in both languages."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from csconsole import i18n, wording
from csconsole.core.answer import Status
from csconsole.core.calendar import Calendar, Day, DayType, Decree
from csconsole.core.incident import IncidentStatus, Severity
from csconsole.core.schedule import Convention, Kind, Language, Text
from csconsole.core.text import width

NATIONAL = Text("国庆节", "National Day")


def decree(year: int) -> Decree:
    """China's first of October weeks and May of 2026; 2027 is not announced."""
    days_off = {date(2026, 10, day): NATIONAL for day in (1, 2, 3, 5, 6, 7)}
    days_off[date(2027, 1, 1)] = Text("元旦", "New Year's Day")
    return Decree(year, days_off, {date(2026, 5, 9): None, date(2026, 10, 10): None}, year == 2027)


CALENDAR = Calendar((5, 6), decree)


def reason(nominal: str, convention: Convention, language: Language) -> str:
    return wording.moved_reason(CALENDAR.adjust(date.fromisoformat(nominal), convention), language)


@pytest.fixture(params=["zh", "en"])
def spoken(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Either language in use, for the time of the test."""
    with i18n.speaking(request.param):
        yield request.param


@pytest.mark.parametrize(
    ("nominal", "convention", "zh", "en"),
    [
        (
            "2026-05-10",
            Convention.PRECEDING,
            "10日是周日,遇休提前:9日(周六)为调休上班日。",
            "the 10th is a Sunday; the working day before it is Saturday the 9th, a make-up workday",
        ),
        (
            "2026-10-06",
            Convention.FOLLOWING,
            "6日是国庆节,遇休顺延:8日(周四)为工作日。",
            "the 6th is National Day; the working day after it is Thursday the 8th",
        ),
        (
            "2026-01-31",
            Convention.FOLLOWING,
            "31日是周六,遇休顺延:2月2日(周一)为工作日。",
            "the 31st is a Saturday; the working day after it is Monday the 2nd of February",
        ),
        (
            "2026-01-31",
            Convention.MODIFIED_FOLLOWING,
            "31日是周六,顺延将跨月,改为提前:30日(周五)为工作日。",
            "the 31st is a Saturday, and the working day after it is in another month; the one before it is "
            "Friday the 30th",
        ),
        (
            "2026-03-22",
            Convention.MODIFIED_FOLLOWING,
            "22日是周日,遇休顺延:23日(周一)为工作日。",
            "the 22nd is a Sunday; the working day after it is Monday the 23rd",
        ),
        (
            "2026-11-01",
            Convention.MODIFIED_PRECEDING,
            "1日是周日,提前将跨月,改为顺延:2日(周一)为工作日。",
            "the 1st is a Sunday, and the working day before it is in another month; the one after it is "
            "Monday the 2nd",
        ),
        (
            "2026-06-13",
            Convention.MODIFIED_PRECEDING,
            "13日是周六,遇休提前:12日(周五)为工作日。",
            "the 13th is a Saturday; the working day before it is Friday the 12th",
        ),
        (
            "2026-05-10",
            Convention.NEAREST,
            "10日是周日,遇休就近:11日(周一)为工作日。",
            "the 10th is a Sunday; the working day nearest to it is Monday the 11th",
        ),
        (
            "2027-01-01",
            Convention.PRECEDING,
            "1日是元旦,遇休提前:2026年12月31日(周四)为工作日。2027年放假安排尚未公布,此日暂定。",
            "the 1st is New Year's Day; the working day before it is Thursday the 31st of December 2026; provisional, "
            "for the official calendar of 2027 is not announced yet",
        ),
        ("2026-05-09", Convention.PRECEDING, "", ""),
        ("2026-05-10", Convention.UNADJUSTED, "", ""),
        ("2027-01-04", Convention.FOLLOWING, "", ""),
    ],
)
def test_a_moved_date_says_why_in_both_languages(nominal: str, convention: Convention, zh: str, en: str) -> None:
    assert reason(nominal, convention, "zh") == zh
    assert reason(nominal, convention, "en") == en


def test_a_reason_is_in_the_language_in_use_unless_one_is_named() -> None:
    moved = CALENDAR.adjust(date(2026, 10, 6), Convention.FOLLOWING)
    with i18n.speaking("zh"):
        assert wording.moved_reason(moved) == wording.moved_reason(moved, "zh") != wording.moved_reason(moved, "en")
        assert i18n.language() == "zh"


def test_a_date_that_did_not_move_may_still_be_provisional() -> None:
    stays = CALENDAR.adjust(date(2027, 1, 4), Convention.FOLLOWING)
    final = CALENDAR.adjust(date(2026, 1, 5), Convention.FOLLOWING)
    with i18n.speaking("en"):
        assert wording.provisional_note(stays) == "provisional: the official calendar of 2027 is not announced yet"
        assert wording.provisional_note(final) == ""
    with i18n.speaking("zh"):
        assert wording.provisional_note(stays) == "暂定:2027年放假安排尚未公布"


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.mark.parametrize(
    ("say", "length", "zh", "en"),
    [
        (wording.span, minutes(0), "不到1分", "<1 min"),
        (wording.span, minutes(0.99), "不到1分", "<1 min"),
        (wording.span, minutes(12.9), "12分", "12 min"),
        (wording.span, minutes(60), "1时", "1h"),
        (wording.span, minutes(80), "1时20分", "1h 20m"),
        (wording.span, minutes(1439), "23时59分", "23h 59m"),
        (wording.span, timedelta(days=2), "2天", "2d"),
        (wording.span, timedelta(days=2, hours=3, minutes=59), "2天3时", "2d 3h"),
        # What is to come is counted as the clock on the screen counts it, which shows no seconds.
        (wording.ahead, minutes(7.5), "8分钟后", "in 8 min"),
        (wording.ahead, minutes(59.5), "1时后", "in 1h"),
        (wording.ahead, minutes(80), "1时20分后", "in 1h 20m"),
        (wording.ahead, minutes(0), "现在", "now"),
        (wording.ahead, minutes(-5), "现在", "now"),
        (wording.left, minutes(79.5), "剩 1时20分", "1h 20m left"),
        (wording.left, minutes(0), "剩 不到1分", "<1 min left"),
        (wording.left, minutes(-35.5), "超时 35分", "35 min over"),
        (wording.due_for, minutes(12.5), "已到点12分", "due for 12 min"),
        (wording.late, minutes(2), "晚2分", "2 min late"),
    ],
)
def test_spans_of_time(say: Callable[[timedelta], str], length: timedelta, zh: str, en: str) -> None:
    with i18n.speaking("zh"):
        assert say(length) == zh
    with i18n.speaking("en"):
        assert say(length) == en


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (0, "今天", "today"),
        (1, "明天", "tomorrow"),
        (2, "2天后", "in 2 days"),
        (-1, "1天前", "1 day ago"),
        (-3, "3天前", "3 days ago"),
    ],
)
def test_days_ahead(days: int, zh: str, en: str) -> None:
    with i18n.speaking("zh"):
        assert wording.days_ahead(days) == zh
    with i18n.speaking("en"):
        assert wording.days_ahead(days) == en


def test_dates() -> None:
    day = date(2026, 11, 27)
    with i18n.speaking("zh"):
        assert (wording.weekday(day), wording.short_weekday(day), wording.month(1)) == ("周五", "周五", "1月")
        assert (wording.date_label(day), wording.full_date(day)) == ("周五 11-27", "周五 2026-11-27")
    with i18n.speaking("en"):
        assert (wording.weekday(day), wording.short_weekday(day), wording.month(1)) == ("Friday", "Fri", "January")
        assert (wording.date_label(day), wording.full_date(day)) == ("Fri 11-27", "Fri 2026-11-27")


def test_times_are_those_of_the_zone() -> None:
    instant = datetime(2026, 11, 22, 23, 42, 59, tzinfo=UTC)
    shanghai = ZoneInfo("Asia/Shanghai")
    assert wording.clock_time(instant, shanghai) == "07:42"
    assert wording.date_time(instant, shanghai) == "11-23 07:42"


def test_a_holiday_goes_by_its_name_and_any_other_day_by_its_type() -> None:
    with i18n.speaking("zh"):
        assert wording.day_kind(Day(date(2026, 10, 6), DayType.HOLIDAY, NATIONAL)) == "国庆节"
        assert wording.day_kind(Day(date(2026, 10, 10), DayType.MAKEUP_WORKDAY, NATIONAL)) == "调休上班日"
        assert wording.day_kind(Day(date(2026, 10, 11), DayType.WEEKEND)) == "周末"


def test_every_word_of_the_vocabulary_is_there_and_differs(spoken: Language) -> None:
    for words in (
        [wording.status(each) for each in Status],
        [wording.day_type(each) for each in DayType],
        [wording.convention(each) for each in Convention],
        [wording.kind(each) for each in Kind],
        [wording.severity(each) for each in Severity],
        [wording.incident_status(each) for each in IncidentStatus],
    ):
        assert all(words)
        assert len(set(words)) == len(words)
        assert all(word.isascii() == (spoken == "en") for word in words)


def test_a_status_is_told_by_one_cell_without_colour() -> None:
    glyphs = [wording.status_glyph(status) for status in Status]
    assert len(set(glyphs)) == len(glyphs)
    assert {width(glyph) for glyph in glyphs} == {1}


def test_it_is_light() -> None:
    """The first screen waits for this module (DESIGN.md §5.11)."""
    heavy = {"holidays", "pydantic", "sqlmodel", "sqlalchemy", "babel", "importlib.resources", "textual"}
    script = f"import sys, csconsole.wording; print(*(sys.modules.keys() & {heavy!r}))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == []
