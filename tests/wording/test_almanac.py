"""The month as both front ends draw it: every cell in its column, every date explained, in both languages."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csconsole.core.answer import Status
from csconsole.core.calendar import Calendar
from csconsole.core.country import decree
from csconsole.core.deadline import Deadline
from csconsole.core.month import Month, month_of
from csconsole.core.schedule import Convention, Kind, Text
from csconsole.core.text import width
from csconsole.i18n import use
from csconsole.wording import almanac

TODAY = date(2026, 11, 23)


@cache
def china() -> Calendar:
    return Calendar((5, 6), lambda year: decree("CN", None, (5, 6), year))


def deadline(
    nominal: date, convention: Convention = Convention.UNADJUSTED, title: str = "月报", status: Status | None = None
) -> Deadline:
    adjusted = china().adjust(nominal, convention)
    due = datetime.combine(adjusted.due.date, time(10), UTC)
    name = f"{title}@{nominal}"
    return Deadline(name, title, Kind.MONTHLY, Text(title, title), nominal, due, adjusted, status)


def month(first: str, *deadlines: Deadline) -> Month:
    return month_of(date.fromisoformat(first), china(), deadlines)


def plain(found: Month, cells: int = 84, room: int = 30, today: date = TODAY) -> list[str]:
    return ["".join(words for words, _look in line) for line in almanac.sheet(found, cells, room, today)]


@pytest.fixture(params=["zh", "en"], autouse=True)
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    use(request.param)
    yield
    use("en")


@pytest.fixture
def chinese() -> None:
    use("zh")


@pytest.mark.usefixtures("chinese")
def test_october_says_what_is_off_what_is_worked_and_what_moved() -> None:
    report = deadline(date(2026, 10, 6), Convention.FOLLOWING, "提交月报")
    lines = plain(month("2026-10-01", report), cells=56, room=9)

    assert lines == [
        "2026年10月",
        " 周一    周二    周三    周四    周五    周六    周日   ",
        "                          1 休    2 休    3 休    4     ",
        "  5 休    6 休→   7 休  [ 8]      9      10 班   11     ",
        " 12      13      14      15      16      17      18     ",
        " 19      20      21      22      23      24      25     ",
        " 26      27      28      29      30      31             ",
        "休 1–7 国庆节 · 班 10 调休上班日",
    ]


@pytest.mark.usefixtures("chinese")
def test_with_room_a_day_says_what_is_due_and_where_it_went() -> None:
    found = month(
        "2026-05-01",
        deadline(date(2026, 5, 10), Convention.PRECEDING, "客服绩效", Status.DONE),
        deadline(date(2026, 5, 31), Convention.FOLLOWING, "退款明细"),
        deadline(date(2026, 5, 21), title="过了的", status=Status.OVERDUE),
    )
    text = "\n".join(plain(found, cells=105, room=30, today=date(2026, 5, 21)))

    assert "[ 9]班✓" in text
    assert "客服绩效" in text
    assert " 10 ←" in text
    assert "←05-09" in text
    assert " 31 →" in text
    assert "→06-01" in text
    assert "▸21]▲" in text
    assert "休 1–5 劳动节" in text


def test_what_may_still_change_says_so() -> None:
    assert plain(month("2027-02-01"))[0] in ("2027年2月(暂定)", "February 2027 (provisional)")
    assert plain(month("2026-02-01"))[0] in ("2026年2月", "February 2026")


def test_more_than_fits_is_counted() -> None:
    day = date(2026, 11, 27)
    found = month("2026-11-01", *(deadline(day, title=f"第{n}件") for n in range(5)))
    (line,) = [line for line in plain(found, cells=84, room=18) if "第0" in line]
    assert line.rstrip().endswith("+4")


TITLES = st.text(st.sampled_from("月报abc W,(休→é"), min_size=1, max_size=40)


@given(
    first=st.dates(date(2018, 1, 1), date(2030, 12, 1)).map(lambda day: day.replace(day=1)),
    cells=st.integers(56, 200),
    room=st.integers(8, 60),
    titles=st.lists(TITLES, max_size=6),
    convention=st.sampled_from(Convention),
    data=st.data(),
)
def test_columns_align_whatever_is_due(
    first: date, cells: int, room: int, titles: list[str], convention: Convention, data: st.DataObject
) -> None:
    last = monthrange(first.year, first.month)[1]
    due = [
        deadline(
            first.replace(day=data.draw(st.integers(1, last))), convention, title, data.draw(st.sampled_from(Status))
        )
        for title in titles
    ]
    found = month_of(first, china(), due)
    lines = almanac.sheet(found, cells, room, TODAY, due[0] if due else None)

    grid = [line for line in lines if len(line) == 7]
    each = cells // 7
    assert all(width(words) == each for line in grid for words, _look in line)
    assert len(grid) >= 1 + len(found.weeks)
    assert len(lines) <= max(room, 2 + len(found.weeks))
    assert all(sum(width(words) for words, _look in line) <= cells for line in lines)
    shown = "".join(words for line in grid for words, _look in line)
    assert all(f"{day:>2}" in shown for day in range(1, last + 1))
