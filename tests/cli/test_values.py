from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csconsole.cli import values
from csconsole.core.errors import UserError
from csconsole.core.text import clean


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        ("２０２６-１１-２３", date(2026, 11, 23)),
        (" 2024-02-29 ", date(2024, 2, 29)),
        ("1970-01-01", date(1970, 1, 1)),
        ("2100-12-31", date(2100, 12, 31)),
        ("today", timedelta()),
        ("Yesterday", timedelta(days=-1)),
        ("tomorrow", timedelta(days=1)),
    ],
)
def test_a_day(text: str, value: date | timedelta) -> None:
    assert values.day(text) == value


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2026-02-29", "calendar"),
        ("2026-13-01", "calendar"),
        ("1969-12-31", "1970"),
        ("2101-01-01", "2100"),
        ("9999-12-31", "2100"),
        ("2026-1-1", "2026-11-23"),
        ("20261123", "2026-11-23"),
        ("2026-11-23T09:00", "2026-11-23"),
        ("23.11.2026", "2026-11-23"),
        ("2026-W48-1", "2026-11-23"),
        ("monday", "yesterday"),
        ("", "yesterday"),
        ("٢٠٢٦-١١-٢٣", "yesterday"),
    ],
)
def test_no_day(text: str, hint: str) -> None:
    with pytest.raises(UserError, match=hint):
        values.day(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-W47", date(2026, 11, 16)),
        ("２０２６-ｗ０１", date(2025, 12, 29)),
        ("2026-W53", date(2026, 12, 28)),
        ("2026-11", values.Span(date(2026, 11, 1), "2026-11")),
        ("２０２６", values.Span(date(2026, 1, 1), "2026")),
        ("2026-11-23", date(2026, 11, 23)),
        ("yesterday", timedelta(days=-1)),
    ],
)
def test_when(text: str, value: object) -> None:
    assert values.when(text) == value


@pytest.mark.parametrize(
    "text", ["2027-W53", "2026-W54", "2026-W00", "2026-W4", "2026W47", "1969-W20", "2026-13", "1969", "26"]
)
def test_no_when(text: str) -> None:
    with pytest.raises(UserError):
        values.when(text)


WALL = datetime.fromisoformat("2026-11-23T09:42")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-23T09:42", WALL),
        ("2026-11-23 09:42:30", WALL.replace(second=30)),
        ("2026-11-23T09：42", WALL),
        ("2026-11-23T09:42+08:00", datetime(2026, 11, 23, 1, 42, tzinfo=UTC)),
        ("2026-11-23T09:42+0800", datetime(2026, 11, 23, 1, 42, tzinfo=UTC)),
        ("2026-11-23T01:42Z", datetime(2026, 11, 23, 1, 42, tzinfo=UTC)),
        ("2026-11-23T01:42:00.5-00:30", datetime(2026, 11, 23, 2, 12, 0, 500_000, tzinfo=UTC)),
        ("2026-11-23", date(2026, 11, 23)),
    ],
)
def test_a_moment(text: str, value: datetime | date) -> None:
    found = values.moment(text)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "today",
        "09:42",
        "2026-11-23T",
        "2026-11-23T9:42",
        "2026-11-23T24:01",
        "2026-11-23T09:60",
        "2026-11-23T09:42:60",
        "2026-02-30T09:00",
        "2026-11-23T09:42+99:00",
        "2026-11-23T09:42+8",
        "2026-11-23T09:42 Asia/Shanghai",
        "2026-11-23T09:42/P1D",
        "P1D",
        "1764000000",
        "0001-01-01T00:00",
        "9999-12-31T23:59-12:00",
    ],
)
def test_no_moment(text: str) -> None:
    with pytest.raises(UserError):
        values.moment(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("refunds_pending=23", ("refunds_pending", 23.0)),
        ("refunds_pending＝２３", ("refunds_pending", 23.0)),
        (" dsr_item = ４．７ ", ("dsr_item", 4.7)),
        ("x=-1", ("x", -1.0)),
        ("x=+.5", ("x", 0.5)),
        ("x=0", ("x", 0.0)),
    ],
)
def test_a_reading(text: str, value: tuple[str, float]) -> None:
    assert values.reading(text) == value


@pytest.mark.parametrize(
    "number", ["", "nan", "inf", "-inf", "1e5", "1_000", "1,000", "0x1F", "٤", "1=2", "--1", "9" * 400]
)
def test_no_reading(number: str) -> None:
    with pytest.raises(UserError):
        values.reading(f"refunds_pending={number}")


@pytest.mark.parametrize(("text", "value"), [("41", 41), ("#41", 41), ("＃４１", 41), ("999999999", 999_999_999)])
def test_the_number_of_an_incident(text: str, value: int) -> None:
    assert values.incident(text) == value


@pytest.mark.parametrize("text", ["", "#", "-1", "1.5", "x", "9" * 30, "٤"])
def test_no_number_of_an_incident(text: str) -> None:
    with pytest.raises(UserError):
        values.incident(text)


@pytest.mark.parametrize("text", ["0", "-1", "3600.5", "inf", "nan", "fast", "1e2", ""])
def test_no_speed(text: str) -> None:
    with pytest.raises(UserError):
        values.speed(text)


@pytest.mark.parametrize(("text", "value"), [("60", 60.0), ("0.5", 0.5), ("3600", 3600.0)])
def test_a_speed(text: str, value: float) -> None:
    assert values.speed(text) == value


@pytest.mark.parametrize("kind", ["day", "moment", "reading", "incident", "speed", "name"])
@given(text=st.text(max_size=80))
def test_any_text_is_read_or_refused_in_one_clean_line(kind: str, text: str) -> None:
    reader: Any = getattr(values, kind)
    try:
        reader(text)
    except UserError as error:
        assert clean(str(error)) == str(error)
