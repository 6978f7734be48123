"""The pack for Monday's meeting and the month-end list of refunds, over a made-up year."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import year
from plainly import Plainly
from shell import Shell

MONDAY = "2026-11-23T08:40:00+08:00"

MEANT = """
    SELECT DISTINCT incident.number, incident_order.text FROM incident
    LEFT JOIN incident_order ON incident_order.number = incident.number AND NOT incident_order.tracking
    LEFT JOIN incident_event ON incident_event.number = incident.number
    WHERE NOT EXISTS (SELECT 1 FROM action AS undo WHERE undo.undoes = incident.action_id)
      AND opened_at >= ? AND opened_at < ?
      AND (title LIKE '%丢件%' OR title LIKE '%少件%' OR title LIKE '%配件%' OR incident_event.text LIKE '%丢件%')
"""


@pytest.fixture
def on_year(year_home: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(year_home, capsys)


# -- refunds ------------------------------------------------------------------------------------------------------


def meant(home: Path, first: str, last: str) -> list[tuple[int, str | None]]:
    """Numbers and orders by plain SQL; business days begin at five in Shanghai, which is nine in the evening of UTC."""
    bounds = [f"{date.fromisoformat(day) - timedelta(1)} 21:00" for day in (first, last)]
    with closing(sqlite3.connect(home / "data" / "csconsole.sqlite3")) as connection:
        return connection.execute(MEANT, bounds).fetchall()


@pytest.mark.parametrize(("month", "after"), [("2026-06", "2026-07-01"), ("2026-11", "2026-12-01")])
def test_the_list_has_every_order_once(on_year: Shell, year_home: Path, month: str, after: str) -> None:
    rows = on_year(MONDAY, "report", "refunds", month, "--json").json["refunds"]
    expected = meant(year_home, f"{month}-01", after)
    assert Counter(row["order"] for row in rows if row["order"]) == Counter({order for _n, order in expected if order})
    assert sorted(row["incidents"][0] for row in rows if not row["order"]) == sorted(
        number for number, order in expected if not order
    )
    assert len(rows) > 10
    for row in rows:
        assert row["date"].startswith(month)
        assert (row["resolved_at"] is None) == (row["status"] != "resolved")


def test_in_csv_and_excel_order_numbers_stay_whole(on_year: Shell, tmp_path: Path) -> None:
    orders = [row["order"] for row in on_year(MONDAY, "report", "refunds", "2026-11", "--json").json["refunds"]]
    for file in (tmp_path / "list.csv", tmp_path / "list.xlsx"):
        assert on_year(MONDAY, "report", "refunds", "2026-11", "-o", str(file), lang="zh").code == 0
    data = (tmp_path / "list.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row[2].removeprefix("'") for row in rows[1:]] == orders
    assert all(row[2] == "" or row[2].startswith("'") for row in rows[1:])

    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    assert sheet is not None
    cells = [row[2] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value or "" for cell in cells] == orders
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format", ["text", "chat", "markdown", "html"])
@pytest.mark.parametrize("what", [("refunds", "2026-11"), ("meeting",)])
def test_every_format_says_it_in_both_languages(on_year: Shell, what: tuple[str, ...], format: str, lang: str) -> None:
    said = on_year(MONDAY, "report", *what, "--format", format, lang=lang).out
    titles = {
        ("refunds", "zh"): "丢件、少件(配件)退款明细",
        ("refunds", "en"): "Refunds for lost parcels and missing parts",
        ("meeting", "zh"): "周一晨会",
        ("meeting", "en"): "Monday",
    }
    assert titles[what[0], lang] in said.replace("\\", "")


def test_the_list_is_made_of_what_the_schedule_names(year_home: Path, on_year: Shell) -> None:
    every = on_year(MONDAY, "report", "refunds", "2026-11", "--json").json["refunds"]
    assert {row["category"] for row in every} >= {"logistics", "quality", "refunds"}


# -- the meeting --------------------------------------------------------------------------------------------------


def test_the_pack_is_what_plain_counting_finds(on_year: Shell, year_home: Path) -> None:
    first, last = date(2026, 11, 16), date(2026, 11, 22)
    plainly = Plainly(year_home, year.FIRST, year.LAST)
    pack: Any = on_year(MONDAY, "report", "meeting", "--json").json
    assert pack["last_week"] == {"from": "2026-11-16", "to": "2026-11-22"}

    counted = plainly.incidents(first, last)
    opened = {each.number for each in counted["opened"]}
    assert {each["number"] for each in pack["incidents"]["opened"]} == opened
    # Nothing happened since.
    assert {each["number"] for each in pack["incidents"]["open"]} == {each.number for each in counted["open"]}
    categories = Counter(each.category for each in counted["opened"])
    assert {each["category"]: each["opened"] for each in pack["incidents"]["by_category"]} == categories

    checks = plainly.checks(first, last)["duty"]
    assert sum(len(each["missed"]) for each in pack["slipped"]) == sum(count.missed for count in checks.values())
    late = {duty: count.answered - count.on_time for duty, count in checks.items()}
    assert {each["duty"]: len(each["late"]) for each in pack["slipped"] if each["late"]} == {
        duty: count for duty, count in late.items() if count
    }
    assert len(pack["found"]) == sum(count.issue for count in checks.values())
    for found in pack["found"]:
        assert set(found["incidents"]) <= opened


def test_this_week_is_told_with_the_reasons_of_what_moved(on_year: Shell) -> None:
    pack = on_year("2026-11-29T20:00:00+08:00", "report", "meeting", "2026-12-07", "--json", lang="zh").json
    due = {each["key"]: each for each in pack["deadlines"]}
    assert due["monthly-report@2026-12-06"]["reason"] == "6日是周日,遇休顺延:7日(周一)为工作日。"
    assert set(due) == {
        "monthly-report@2026-12-06",
        "team-performance@2026-12-10",
        "invoices@2026-12-11",
        "weekly-reports@2026-12-13",
    }


def test_readings_past_their_level_are_those_of_the_week(on_year: Shell, year_home: Path) -> None:
    pack = on_year("2026-11-16T08:40:00+08:00", "report", "meeting", "--json").json
    assert pack["readings"]
    for each in pack["readings"]:
        assert all("2026-11-09" <= day <= "2026-11-15" for day in each["days"])
        with closing(sqlite3.connect(year_home / "data" / "csconsole.sqlite3")) as connection:
            values = connection.execute(
                "SELECT value FROM reading WHERE metric = ? AND shop = ? AND business_date BETWEEN ? AND ?",
                (each["metric"], each["shop"], min(each["days"]), max(each["days"])),
            ).fetchall()
        assert (each["worst"],) in values


def test_a_meetings_pack_hides_buyers_unless_asked(on_year: Shell) -> None:
    masked = on_year(MONDAY, "report", "meeting", "--json").json["incidents"]["opened"]
    whole = on_year(MONDAY, "report", "meeting", "--json", "--unmasked").json["incidents"]["opened"]
    orders = [order for each in whole for order in each["orders"]]
    assert orders
    assert not set(orders) & {order for each in masked for order in each["orders"]}
    refunds = on_year(MONDAY, "report", "refunds", "2026-11", "--json").json["refunds"]
    assert all(each["order"].isdecimal() for each in refunds if each["order"])


def test_a_workbook_has_a_sheet_for_each_part(on_year: Shell, tmp_path: Path) -> None:
    on_year(MONDAY, "report", "meeting", "-o", str(tmp_path / "pack.xlsx"), lang="en")
    book = openpyxl.load_workbook(tmp_path / "pack.xlsx")
    assert book.sheetnames == ["Incidents", "Checks", "Readings", "Deadlines"]
    opened = json.loads(on_year(MONDAY, "report", "meeting", "--json").out)["incidents"]
    numbers = {each["number"] for part in ("opened", "open") for each in opened[part]}
    assert {row[0].value for row in book["Incidents"].iter_rows(min_row=2)} == numbers


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("meeting", "2026-11"), "2026-11-23"),
        (("day", "2026-11"), "2026-11"),
        (("refunds", "2026-13"), "2026-13"),
        (("refunds", "--from", "2026-11-01"), "span"),
    ],
)
def test_a_wrong_date_is_said(on_year: Shell, words: tuple[str, ...], says: str) -> None:
    assert says in on_year(MONDAY, "report", *words).fault


def test_a_month_may_be_named_for_months_and_years(on_year: Shell) -> None:
    period = on_year(MONDAY, "report", "month", "2026-02", "--json").json["period"]
    assert (period["from"], period["to"]) == ("2026-02-01", "2026-02-28")


HOSTILE = (
    "logistics tmall #2608123456789012345 =1+1 丢件 <script>alert(1)</script> [/red] \x1b]52;c;eA==\x07 \u202e | `x`"
)


@pytest.mark.parametrize("what", [("refunds",), ("meeting", "2026-11-30")])
def test_what_people_typed_is_only_ever_text(shell: Shell, what: tuple[str, ...]) -> None:
    assert shell("09:00", "log", HOSTILE).code == 0
    for format in ("text", "chat", "markdown", "html", "csv", "json"):
        said = shell("09:30", "report", *what, "--format", format).out
        assert "alert(1)" in said, format
        assert "\x1b" not in said
        assert "\u202e" not in said
        assert "<script>" not in said or format not in ("html", "markdown")
        assert format != "csv" or not any(cell[:1] == "=" for row in csv.reader(io.StringIO(said)) for cell in row)
