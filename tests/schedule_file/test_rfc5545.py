from __future__ import annotations

import time as clock
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csconsole.core.recurrence import nominal_dates
from csconsole.core.schedule import ByRRule
from csconsole.schedule_file.rfc5545 import BadRule, canonical

SHANGHAI = ZoneInfo("Asia/Shanghai")

KEPT = [
    ("DTSTART:20260105 RRULE:FREQ=WEEKLY;BYDAY=MO,TU", "DTSTART:20260105\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU"),
    ("dtstart:20260105t093000\nrrule:freq=daily;", "DTSTART:20260105\nRRULE:FREQ=DAILY"),
    ("RRULE:FREQ=DAILY;COUNT=3\nDTSTART:20260105", "DTSTART:20260105\nRRULE:FREQ=DAILY;COUNT=3"),
    ("DTSTART;VALUE=DATE:20260105 RRULE:FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "DTSTART:20260105\nRRULE:FREQ=DAILY"),
    ("DTSTART;TZID=Asia/Shanghai:20260105T090000 RRULE:FREQ=DAILY", "DTSTART:20260105\nRRULE:FREQ=DAILY"),
    ("DTSTART:20260105 RDATE:20260110,20260111T080000", "DTSTART:20260105\nRDATE:20260110,20260111"),
    # The day of UNTIL counts if the time of day is not past it; in UTC it is the next day in Shanghai.
    (
        "DTSTART:20260105T090000 RRULE:FREQ=DAILY;UNTIL=20260110T090000",
        "DTSTART:20260105\nRRULE:FREQ=DAILY;UNTIL=20260110",
    ),
    (
        "DTSTART:20260105T090000 RRULE:FREQ=DAILY;UNTIL=20260110T085959",
        "DTSTART:20260105\nRRULE:FREQ=DAILY;UNTIL=20260109",
    ),
    (
        "DTSTART:20260105T090000 RRULE:FREQ=DAILY;UNTIL=20260110T170000Z",
        "DTSTART:20260105\nRRULE:FREQ=DAILY;UNTIL=20260110",
    ),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;UNTIL=20260110T170000Z", "DTSTART:20260105\nRRULE:FREQ=DAILY;UNTIL=20260111"),
    ("DTSTART:19700101 RRULE:FREQ=DAILY;UNTIL=21000101", "DTSTART:19700101\nRRULE:FREQ=DAILY;UNTIL=21000101"),
    ("DTSTART:20240229 RRULE:FREQ=YEARLY", "DTSTART:20240229\nRRULE:FREQ=YEARLY"),
]

REFUSED = [
    ("", "DTSTART is missing"),
    ("tomorrow", "is no line of a rule"),
    ("DTSTART:20260105 DTSTART:20260106", "DTSTART stands in the rule twice"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY RRULE:FREQ=DAILY", "RRULE stands in the rule twice"),
    ("DTSTART:20260105", "RRULE is missing"),
    ("DTSTART:2026-01-05 RRULE:FREQ=DAILY", "is no date"),
    ("DTSTART:20260230 RRULE:FREQ=DAILY", "is no date"),
    ("DTSTART:20260105T250000 RRULE:FREQ=DAILY", "is no date"),
    ("DTSTART:20260105T090000Z RRULE:FREQ=DAILY", "leave out the Z"),
    ("DTSTART;TZID=Europe/Berlin:20260105T090000 RRULE:FREQ=DAILY", "time zone"),
    ("DTSTART:20260105 RRULE:BYDAY=MO", "FREQ must be one of"),
    ("DTSTART:20260105 RRULE:FREQ=DALY", "FREQ must be one of"),
    ("DTSTART:20260105 RRULE:FREQ=MINUTELY", "more than one occurrence a day"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;BYMINUTE=0,30", "more than one occurrence a day"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;BYHOUR=24", "out of range"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;INTERVAL=0", "out of range"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;INTERVAL=-1", "out of range"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;COUNT=0", "out of range"),
    ("DTSTART:20260105 RRULE:FREQ=MONTHLY;BYMONTHDAY=0", "out of range"),
    ("DTSTART:20260105 RRULE:FREQ=MONTHLY;BYMONTHDAY=32", "out of range"),
    ("DTSTART:20260105 RRULE:FREQ=YEARLY;BYMONTH=13", "out of range"),
    ("DTSTART:20260105 RRULE:FREQ=YEARLY;BYMONTH=", "out of range"),
    ("DTSTART:20260105 RRULE:FREQ=MONTHLY;BYDAY=XX", "is no BYDAY"),
    ("DTSTART:20260105 RRULE:FREQ=MONTHLY;BYDAY=53MO", "numbered 5 at most"),
    ("DTSTART:20260105 RRULE:FREQ=YEARLY;BYDAY=54MO", "numbered 53 at most"),
    ("DTSTART:20260105 RRULE:FREQ=WEEKLY;BYDAY=2TU", "go with FREQ=MONTHLY"),
    ("DTSTART:20260105 RRULE:FREQ=WEEKLY;BYMONTHDAY=2", "does not go with FREQ=WEEKLY"),
    ("DTSTART:20260105 RRULE:FREQ=MONTHLY;BYWEEKNO=2", "does not go with FREQ=MONTHLY"),
    ("DTSTART:20260105 RRULE:FREQ=WEEKLY;WKST=1", "is no WKST"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;BYDY=MO", "did you mean 'BYDAY'?"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;FREQ=DAILY", "FREQ stands there twice"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;COUNT=1;UNTIL=20260106", "cannot both be given"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;UNTIL=20250101", "names no day"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "names no day"),
    ("DTSTART:20260106 RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO", "names no day"),
    ("DTSTART:20260101 RRULE:FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "names no day"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;BYSETPOS=2", "add that part"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;BYMONTH=2;BYSETPOS=2", "names no day"),
    ("DTSTART:20260105 RRULE:FREQ=DAILY;BYDAY=" + "MO," * 400, "too long"),
]


@pytest.mark.parametrize(("text", "kept"), KEPT)
def test_what_is_kept_names_dates_alone(text: str, kept: str) -> None:
    assert canonical(text, SHANGHAI) == kept


@pytest.mark.parametrize(("text", "piece"), REFUSED)
def test_what_is_refused(text: str, piece: str) -> None:
    began = clock.process_time()
    with pytest.raises(BadRule, match=piece.replace("?", r"\?")):
        canonical(text, SHANGHAI)
    assert clock.process_time() - began < 1


def test_exceptions_take_dates_out() -> None:
    text = canonical("DTSTART:20260105T090000 RRULE:FREQ=DAILY EXDATE:20260106T090000,20260108", SHANGHAI)
    found = list(nominal_dates(ByRRule(text), date(2026, 1, 1), date(2026, 1, 9)))
    assert found == [date(2026, 1, 5), date(2026, 1, 7), date(2026, 1, 9)]


PARTS = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"])},
    optional={
        "INTERVAL": st.integers(0, 40).map(str),
        "COUNT": st.integers(0, 40).map(str),
        "BYMONTH": st.integers(0, 13).map(str),
        "BYMONTHDAY": st.integers(-32, 32).map(str),
        "BYDAY": st.sampled_from(["MO", "SA,SU", "2TU", "-1FR", "53MO", "XX"]),
        "BYSETPOS": st.integers(-3, 3).map(str),
        "BYHOUR": st.sampled_from(["9", "9,10"]),
        "BYWEEKNO": st.integers(-53, 53).map(str),
        "BYYEARDAY": st.integers(-366, 366).map(str),
    },
)


@settings(deadline=None)
@given(PARTS, st.dates(date(1970, 1, 1), date(2100, 1, 1)))
def test_any_rule_is_refused_or_names_days(parts: dict[str, str], start: date) -> None:
    text = f"DTSTART:{start:%Y%m%d}\nRRULE:" + ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        kept = canonical(text, SHANGHAI)
    except BadRule:
        return
    last = start.replace(year=start.year + 14, day=1)
    assert next(nominal_dates(ByRRule(kept), start, last), None) is not None
