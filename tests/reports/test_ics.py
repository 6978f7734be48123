"""Due dates as an iCalendar, read back by icalendar and held against RFC 5545's own grammar of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from houses import House
from icalendar import Calendar

from csconsole.desk import Desk
from csconsole.i18n import speaking

NAME = re.compile(rb"[A-Z][A-Z0-9-]*(;[A-Z-]+=(\"[^\"]*\"|[^;:,\"]*))*:")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    house = House(tmp_path / "home")
    yield house.open("2026-11-23 09:00")
    house.close()


def events(data: bytes) -> dict[str, Any]:
    return {str(event["UID"]): event for event in Calendar.from_ical(data).walk("VEVENT")}


def test_a_moved_deadline_is_where_it_is_due_with_its_reason_and_its_alarm(desk: Desk) -> None:
    month = desk.month(date(2026, 12, 1))
    with speaking("zh"):
        found = events(desk.deadlines_ics(month.deadlines))["monthly-report@2026-12-06.csconsole"]

    assert found.start == datetime(2026, 12, 7, 10, tzinfo=UTC)
    assert found["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert found["SUMMARY"] == "提交11月月报(遇节假日顺延)"
    assert found["DESCRIPTION"] == "6日是周日,遇休顺延:7日(周一)为工作日。"
    assert found["STATUS"] == "CONFIRMED"
    (alarm,) = found.walk("VALARM")
    # Announced two working days before, on Thursday morning.
    assert found.start + alarm["TRIGGER"].dt == datetime(2026, 12, 3, 1, tzinfo=UTC)


def test_what_is_not_final_is_tentative_and_a_meeting_has_an_end(desk: Desk) -> None:
    january = events(desk.deadlines_ics(desk.month(date(2027, 1, 1)).deadlines))
    assert {str(event["STATUS"]) for event in january.values()} == {"TENTATIVE"}

    meeting = events(desk.deadlines_ics(desk.deadlines()))["morning-meeting@2026-11-30.csconsole"]
    assert meeting.end - meeting.start == timedelta(minutes=40)


def test_the_same_date_has_the_same_name_whenever_the_file_is_made(desk: Desk) -> None:
    first = events(desk.deadlines_ics(desk.deadlines()))
    desk.answer("invoices@2026-11-27")
    assert events(desk.deadlines_ics(desk.deadlines())).keys() == first.keys()
    assert len(first) == len(desk.deadlines())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_line_is_one_of_rfc_5545(desk: Desk, language: Any) -> None:
    with speaking(language):
        data = desk.deadlines_ics(desk.deadlines())
    assert data.endswith(b"END:VCALENDAR\r\n")
    folded = data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in folded)
    assert all(NAME.match(line) for line in data.replace(b"\r\n ", b"").split(b"\r\n")[:-1])
    calendar = Calendar.from_ical(data)
    assert calendar["VERSION"] == "2.0"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert event["DTSTAMP"].to_ical().endswith(b"Z")
    assert not calendar.errors
