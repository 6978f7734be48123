from __future__ import annotations

import json
import stat
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shell import MONDAY, Shell

DEADLINE = {
    *("key", "duty", "kind", "title", "nominal", "due", "convention", "moved_days", "reason", "provisional", "status"),
}
REPORT = {"period", "progress", "incidents", "readings", "deadlines", "handover", "closed_at"}


def deadline(shell: Shell, key: str, lang: str = "en") -> dict[str, Any]:
    day = key.partition("@")[2]
    found = shell("09:00", "deadlines", "--from", day, "--to", day, "--json", lang=lang).json
    (one,) = [each for each in found if each["key"] == key]
    assert one.keys() >= DEADLINE
    one_of: dict[str, Any] = one
    return one_of


# -- due dates -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "due", "convention", "moved", "zh"),
    [
        ("lost-parts-refunds@2026-01-31", "2026-02-02", "following", 2, "31日"),
        ("team-performance@2026-05-10", "2026-05-09", "preceding", -1, "10日是周日,遇休提前:9日(周六)为调休上班日。"),
        ("lost-parts-refunds@2026-05-31", "2026-06-01", "following", 1, "31日"),
        ("monthly-report@2026-10-06", "2026-10-08", "following", 2, "6日"),
        ("lost-parts-refunds@2026-02-28", "2026-02-28", "following", 0, ""),
    ],
)
def test_a_date_says_why_it_moved(shell: Shell, key: str, due: str, convention: str, moved: int, zh: str) -> None:
    found = deadline(shell, key, "zh")
    assert (found["due"][:16], found["convention"], found["moved_days"]) == (f"{due}T18:00", convention, moved)
    assert found["due"].endswith("+08:00") and found["nominal"] == key.partition("@")[2]
    assert zh in found["reason"] and bool(found["reason"]) == bool(moved)
    assert found["status"] is None and found["provisional"] is False  # before the journal began: not owed
    assert bool(deadline(shell, key)["reason"]) == bool(moved)


def test_the_span_includes_its_ends_by_nominal_or_due_date(shell: Shell) -> None:
    def keys(first: str, last: str) -> set[str]:
        found = shell("09:00", "deadlines", "--from", first, "--to", last, "--json").json
        return {each["key"] for each in found if each["kind"] == "monthly"}

    assert keys("2026-12-06", "2026-12-06") == {"monthly-report@2026-12-06"}  # a Sunday, due on Monday
    assert keys("2026-12-07", "2026-12-07") == {"monthly-report@2026-12-06"}
    assert keys("2026-12-08", "2026-12-09") == set()


def test_by_default_it_looks_five_weeks_ahead(shell: Shell) -> None:
    days = [each["due"][:10] for each in shell("09:00", "deadlines", "--json").json]
    assert days == sorted(days) and days[0] == MONDAY and "2026-12-20" <= days[-1] <= "2026-12-29"


def test_a_year_not_announced_is_provisional_even_where_nothing_moved(shell: Shell) -> None:
    found = deadline(shell, "team-performance@2027-03-10")
    assert (found["moved_days"], found["reason"], found["provisional"]) == (0, "", True)
    assert found["status"] == "upcoming"
    assert "provisional" in shell("09:00", "deadlines", "--from", "2027-03-10", "--to", "2027-03-10").out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_text_has_nominal_date_and_reason(shell: Shell, lang: str) -> None:
    lines = shell("09:00", "deadlines", "--from", "2026-12-06", "--to", "2026-12-07", lang=lang).out.splitlines()
    (moved,) = [line for line in lines if "monthly-report" in line]
    assert "2026-12-07 18:00" in moved and "2026-12-06" in moved.split("@2026-12-06")[1]


def test_a_span_the_wrong_way_round_is_refused(shell: Shell) -> None:
    assert "2026-11-01" in shell("09:00", "deadlines", "--from", "2026-12-01", "--to", "2026-11-01").fault


# -- reports ---------------------------------------------------------------------------------------------------


@pytest.fixture
def worked(shell: Shell) -> Shell:
    shell("08:50", "done", "shop-health")
    shell("09:30", "done", "complaints-and-refunds", "--issue", "--reading", "refunds_pending=23")
    shell("09:31", "skip", "refund-chase", "--reason", "shop closed")
    shell("09:32", "log", "投诉 天猫 买家说没收到 +2h")
    return shell


def test_the_shape_of_a_day(worked: Shell) -> None:
    report = worked("20:00", "report", "day", "--json").json
    assert REPORT | {"items"} <= report.keys()
    assert report["period"] == {"kind": "day", "from": MONDAY, "to": MONDAY}
    assert {"opened", "resolved", "open"} == report["incidents"].keys() and len(report["incidents"]["open"]) == 1
    assert (report["progress"]["answered"], report["handover"], report["closed_at"]) == (3, None, None)
    assert report["readings"]["refunds_pending"][""]["value"] == 23
    again = worked("20:00", "report", "day", "--format", "json").json
    moving = {name: report[name] for name in ("now", "incidents")}  # the clock runs on: what is left is less
    assert report == {**again, **moving}


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("week", MONDAY, "2026-11-29"),
        ("month", "2026-11-01", "2026-11-30"),
        ("year", "2026-01-01", "2026-12-31"),
    ],
)
def test_the_shape_of_a_longer_period(worked: Shell, kind: str, first: str, last: str) -> None:
    report = worked("20:00", "report", kind, MONDAY, "--json").json
    assert REPORT | {"by_duty"} <= report.keys()
    assert report["period"] == {"kind": kind, "from": first, "to": last}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("format", ["text", "chat", "markdown", "html"])
def test_every_format_tells_the_day(worked: Shell, format: str, lang: str) -> None:
    said = worked("20:00", "report", "day", "--format", format, lang=lang)
    assert (said.code, said.err) == (0, "")
    for part in ("shop closed", "买家说没收到"):
        assert part in said.out
    assert said.out.startswith("<!") == (format == "html")


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.md", "#"), ("a.html", "<!"), ("a.json", "{"), ("a.txt", "客服"), ("a", "客服"), ("日报.md", "#")],
)
def test_a_file_is_written_as_its_name_ends(worked: Shell, tmp_path: Path, name: str, begins: str) -> None:
    said = worked("20:00", "report", "day", "-o", str(tmp_path / name), lang="zh")
    assert (said.code, said.out) == (0, "") and name in said.err
    file = tmp_path / name
    assert file.read_text(encoding="utf-8").lstrip().startswith(begins)
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_format_that_is_named_wins_over_the_name(worked: Shell, tmp_path: Path) -> None:
    assert worked("20:00", "report", "day", "-o", str(tmp_path / "a.md"), "--format", "json").code == 0
    assert json.loads((tmp_path / "a.md").read_text(encoding="utf-8"))["period"]["kind"] == "day"


def test_a_pdf_goes_into_a_file(worked: Shell, tmp_path: Path) -> None:
    assert worked("20:00", "report", "day", "-o", str(tmp_path / "a.pdf")).code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_the_rows_beneath_go_into_a_spreadsheet(worked: Shell, tmp_path: Path) -> None:
    for name, begins in (("a.csv", b"\xef\xbb\xbf"), ("a.xlsx", b"PK")):
        assert worked("20:00", "report", "week", "-o", str(tmp_path / name)).code == 0
        assert (tmp_path / name).read_bytes().startswith(begins)
    said = worked("20:00", "report", "day", "--format", "csv", "--table", "incidents", lang="zh")
    assert "买家说没收到" in said.out and "shop-health" not in said.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("span",), "--from"),
        (("span", MONDAY), "--from"),
        (("week", "--from", MONDAY), "span"),
        (("span", "--from", MONDAY, "--to", "2026-11-01"), "2026-11-01"),
    ],
)
def test_a_span_says_from_when_to_when(worked: Shell, words: tuple[str, ...], says: str) -> None:
    assert says in worked("20:00", "report", *words).fault


def test_a_span_is_any_days(worked: Shell) -> None:
    span = worked("20:00", "report", "span", "--from", "2026-11-20", "--to", MONDAY, "--json").json
    assert span["period"] == {"kind": "span", "from": "2026-11-20", "to": MONDAY}
    assert [side["period"]["from"] for side in span["earlier"]] == ["2026-11-16"]
    open_end = worked("20:00", "report", "span", "--from", "2026-11-20", "--json").json
    assert open_end["progress"] == span["progress"]


@pytest.mark.parametrize("target", [".", "missing/a.md"])
def test_a_file_that_cannot_be_written_is_the_users_fault(worked: Shell, tmp_path: Path, target: str) -> None:
    assert worked("20:00", "report", "day", "-o", str(tmp_path / target)).fault


def test_without_a_printer_it_says_what_to_do(worked: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if sys.platform != "win32":
        assert "HTML" in worked("20:00", "report", "day", "--print").fault


def test_the_deadlines_ahead_agree_with_the_calendar(shell: Shell) -> None:
    """Every monthly date of a year falls on a working day, and the reason is there exactly where it moved."""
    found = shell("09:00", "deadlines", "--from", "2026-01-01", "--to", "2026-12-31", "--json").json
    monthly = [each for each in found if each["kind"] == "monthly"]
    assert len({each["key"] for each in monthly}) == len(monthly) >= 36
    for each in monthly:
        due, nominal = date.fromisoformat(each["due"][:10]), date.fromisoformat(each["nominal"])
        assert (due - nominal).days == each["moved_days"] and bool(each["reason"]) == (due != nominal)


# -- the month as a calendar -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "week", "reason"),
    [
        ("zh", "  5 休    6 休→   7 休  [ 8]    [ 9]    [10]班  [11]", "6日是国庆节,遇休顺延:8日(周四)为工作日。"),
        (
            "en",
            "  5 H     6 H→    7 H   [ 8]    [ 9]    [10]W   [11]",
            "the 6th is National Day; the working day after it is Thursday the 8th",
        ),
    ],
)
def test_a_month_is_shown_as_a_calendar_with_its_due_dates_below(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, lang: str, week: str, reason: str
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    said = shell("09:00", "deadlines", "--month", "2026-10", lang=lang)
    lines = said.out.splitlines()
    assert week in lines
    (moved,) = [line for line in lines if "monthly-report@2026-10-06" in line]
    assert reason in moved
    assert not any("morning-meeting" in line for line in lines)


def test_a_month_as_json_has_the_shape_of_deadlines(shell: Shell) -> None:
    month = shell("09:00", "deadlines", "--month", "2026-12", "--json").json
    span = shell("09:00", "deadlines", "--from", "2026-12-01", "--to", "2026-12-31", "--json").json
    assert month == [each for each in span if each["duty"] != "morning-meeting"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--month", "2026-13"), "2026-13"),
        (("--month", "202611"), "2026-11"),
        (("--month", "2101-01"), "2101"),
        (("--month", "2026-11", "--to", "2026-11-30"), "--month"),
    ],
)
def test_what_is_no_month_is_said(shell: Shell, words: tuple[str, ...], says: str) -> None:
    assert says in shell("09:00", "deadlines", *words).fault


def test_due_dates_go_to_a_calendar_program(shell: Shell) -> None:
    data = shell("09:00", "deadlines", "--month", "2026-12", "--ics").out
    assert data.startswith("BEGIN:VCALENDAR\r\n") and data.count("BEGIN:VEVENT") == 11
    assert "monthly-report@2026-12-06" in data
    assert "--ics" in shell("09:00", "deadlines", "--ics", "--json").fault
