"""The rows beneath a report: every item, reading and incident of it, as values, in both languages."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import Any, get_args

import pytest
from monday import HOSTILE, MONDAY, Facts, everywhere
from openpyxl import load_workbook

from csconsole.core.report import TableName
from csconsole.core.schedule import Language
from csconsole.reports import render_file, render_table, render_workbook

NAMES: tuple[TableName, ...] = get_args(TableName)


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_check_is_a_row_with_its_figures(facts: Facts) -> None:
    report = facts.day()
    rows = {row["Key"]: row for row in read(render_table(report, "checks", "en"))}
    assert list(rows) == [item.key for item in report.items]
    late = rows["refund-chase@2026-11-23"]
    assert (late["Due"], late["Answered at"], late["Minutes late"], late["On time"]) == (
        "2026-11-23 09:30",
        "2026-11-23 10:10",
        "40",
        "no",
    )
    assert rows["complaints@2026-11-23"]["Shops with an issue"] == "Tmall flagship"
    assert rows["operations-plan@2026-11-23"]["Reason"] == "今天没有活动"
    assert rows["one-to-one@2026-11-23"]["Minutes late"] == ""


def test_every_reading_of_the_period_is_a_row_and_none_of_before(facts: Facts) -> None:
    rows = read(render_table(facts.day(), "readings", "en"))
    assert len(rows) == len(facts.day().figures)
    assert {row["Business day"] for row in rows} == {MONDAY.isoformat()}
    [refunds] = [row for row in rows if row["Shop"] == "Tmall flagship" and row["Reading"].startswith("Refunds")]
    assert (refunds["Value"], refunds["Warning level"]) == ("23", "20")


def test_every_incident_is_a_row_once(facts: Facts) -> None:
    rows = read(render_table(facts.day(), "incidents", "en"))
    assert [row["No."] for row in rows] == ["39", "41", "42"]
    told = [rows[2][column] for column in ("Status", "Hours to resolve", "Last word")]
    assert told == ["resolved", "2.33", "平台支持我方"]
    assert rows[0]["Orders"] == "'202611220001"  # a spreadsheet would round what has more digits than it holds


def test_deadlines_and_days_are_rows_too(facts: Facts) -> None:
    deadlines = {row["Key"]: row for row in read(render_table(facts.week(), "deadlines", "en"))}
    assert deadlines["morning-meeting@2026-11-23"]["Handed in"] == "2026-11-23 10:28"
    assert "invoices@2026-12-04" in deadlines
    days = read(render_table(facts.week(), "days", "en"))
    assert [(row["Checks"], row["Missed"]) for row in days] == [("10", "2"), ("9", "9"), ("9", "0")]


@pytest.mark.parametrize("language", get_args(Language))
def test_the_workbook_has_every_table_with_numbers_as_numbers(facts: Facts, language: Language) -> None:
    book = load_workbook(io.BytesIO(render_workbook(facts.day(), language)))
    expected = {
        "en": ["Checks", "Readings", "Incidents", "Deadlines", "Days"],
        "zh": ["应办项", "数据", "工单"],
    }
    assert book.sheetnames[: len(expected[language])] == expected[language]
    for name, sheet in zip(NAMES, book.worksheets, strict=True):
        plain = list(csv.reader(io.StringIO(render_table(facts.day(), name, language).decode("utf-8-sig"), newline="")))
        assert [[written(cell) for cell in row] for row in sheet.values] == plain


def written(cell: Any) -> str:
    """A cell of the workbook as the CSV has it."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    text = "" if cell is None else str(cell)
    return f"'{text}" if isinstance(cell, str) and re.fullmatch("[0-9]{12,}", text) else text


def test_nothing_typed_opens_a_formula_in_any_table(facts: Facts) -> None:
    report = everywhere(facts, HOSTILE[3]).day()  # it begins with =
    seen = 0
    for name in NAMES:
        for row in csv.reader(io.StringIO(render_table(report, name, "zh").decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell[:1] in ("=", "@", "\t", "\r")]
            seen += sum(cell.startswith("'=") for cell in row)
    assert seen > 20
    book = load_workbook(io.BytesIO(render_workbook(report, "zh")))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert all(cell.quotePrefix for cell in cells if isinstance(cell.value, str) and cell.value.startswith("="))


def test_a_file_of_any_format_is_bytes(facts: Facts) -> None:
    begins = {"text": b"Customer", "csv": b"\xef\xbb\xbfKey", "xlsx": b"PK", "json": b"{"}
    for format, start in begins.items():
        assert render_file(facts.day(), format, "en").startswith(start)
    with pytest.raises(KeyError):
        render_file(facts.day(), "docx")
