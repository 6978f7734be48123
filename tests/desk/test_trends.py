"""A reading over thirty days, against the raw tables of a made-up year."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from houses import House
from sqlalchemy import event

from csconsole.core.errors import UserError
from csconsole.desk import Desk
from csconsole.journal.engine import Database

LAST = date(2026, 11, 22)

NEWEST_OF_A_DAY = """
    SELECT value FROM reading JOIN mark ON mark.id = reading.mark_id
    WHERE metric = ? AND reading.shop = ? AND reading.business_date = ?
      AND NOT EXISTS (SELECT 1 FROM action AS undo WHERE undo.undoes = mark.action_id)
    ORDER BY mark.at DESC, reading.id DESC LIMIT 1
"""


@pytest.fixture
def desk(year_home: Path) -> Iterator[Desk]:
    house = House(year_home)
    yield house.open("2026-11-23 08:30")
    house.close()


@pytest.mark.parametrize("metric", ["refunds_pending", "dsr_logistics", "dropship_orders"])
def test_each_day_is_the_number_taken_last_on_it_or_a_gap(desk: Desk, year_home: Path, metric: str) -> None:
    trend = desk.trend(metric, LAST)
    assert trend.days == tuple(LAST - timedelta(n) for n in reversed(range(30)))
    gaps = 0
    with closing(sqlite3.connect(year_home / "data" / "csconsole.sqlite3")) as connection:
        for line in trend.lines:
            for day, value in zip(trend.days, line.values, strict=True):
                row = connection.execute(NEWEST_OF_A_DAY, (metric, line.shop, day.isoformat())).fetchone()
                assert value == (row[0] if row else None), (line.shop, day)
                gaps += value is None
    assert gaps
    assert all(line.last == line.taken[-1] for line in trend.lines)


def test_shops_are_those_it_is_asked_of_in_the_order_of_the_schedule(desk: Desk) -> None:
    shops = {metric: [line.shop for line in desk.trend(metric).lines] for metric in desk.schedule.metrics}
    assert shops["refunds_pending"] == list(desk.schedule.shops)
    assert shops["dsr_logistics"] == ["tmall", "taobao"]
    assert shops["dropship_orders"] == [""]


def test_days_past_the_warning_level_are_counted(desk: Desk) -> None:
    (tmall, _taobao) = desk.trend("dsr_logistics", LAST).lines
    assert tmall.warn is not None
    assert tmall.passed == sum(value < 4.7 for value in tmall.taken) > 0
    assert [line.passed for line in desk.trend("complaints_open", LAST).lines] == [0] * 6


def test_all_of_it_comes_by_two_queries(desk: Desk) -> None:
    asked: list[str] = []
    engine = desk.journal._database.reading
    assert isinstance(desk.journal._database, Database)
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: asked.append(statement))
    desk.trend("refunds_pending", LAST)
    assert len(asked) == 2, "the marks and the numbers taken with them, of all days and shops at once"


def test_an_unknown_reading_is_said(desk: Desk) -> None:
    with pytest.raises(UserError, match="weather"):
        desk.trend("weather")
