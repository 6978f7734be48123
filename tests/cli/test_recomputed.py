"""The figures of `report … --format json` over a year, against the same counted by other means (`plainly`)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from statistics import fmean, median
from typing import Any

import pytest
import year
from plainly import COUNTS, Count, Plainly, together
from shell import Shell

NOW = "2026-11-23T05:00:00+08:00"
"""When the last day of the year is just over."""

SHOP_COUNTS = ("answered", "on_time", "issue", "skipped", "missed")

DAYS = (
    "2025-11-23",  # the first there is
    "2026-01-04",  # a Sunday worked for New Year's Day
    "2026-02-17",  # Spring Festival
    "2026-03-02",  # a Monday, with its meeting, to which February's list was moved
    "2026-05-09",  # a Saturday worked, with a deadline moved ahead to it
    "2026-06-18",
    "2026-06-20",
    "2026-10-08",  # the first workday after the National Day, with what was moved there
    "2026-11-11",
    "2026-11-16",  # nobody was there
    "2026-11-22",
)
WEEKS = ("2025-11-27", "2026-02-17", "2026-06-18", "2026-11-22")
MONTHS = ("2026-02-01", "2026-06-30", "2026-11-10")


@pytest.fixture(scope="session")
def plainly(year_home: Path) -> Plainly:
    return Plainly(year_home, year.FIRST, year.LAST)


@pytest.fixture
def on_year(year_home: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(year_home, capsys)


@pytest.mark.parametrize(
    ("kind", "day"),
    [*(("day", day) for day in DAYS), *(("week", day) for day in WEEKS), *(("month", day) for day in MONTHS)],
)
def test_a_report_is_what_plain_counting_finds(kind: str, day: str, on_year: Shell, plainly: Plainly) -> None:
    compare(on_year(NOW, "report", kind, day, "--format", "json").json, plainly)


@pytest.mark.long
def test_every_day_week_and_month_is_what_plain_counting_finds(on_year: Shell, plainly: Plainly) -> None:
    for number in range((year.LAST - year.FIRST).days + 1):
        day = year.FIRST + timedelta(number)
        kinds = ("day", *["week"] * (day.weekday() == 0), *["month"] * (day.day == 1))
        for kind in kinds:
            compare(on_year(NOW, "report", kind, day.isoformat(), "--format", "json").json, plainly)


@pytest.mark.parametrize(
    "words",
    [
        ("span", "--from", "2026-06-10", "--to", "2026-07-05"),
        pytest.param(("year", "2026-11-22"), marks=pytest.mark.long),
    ],
)
def test_a_span_and_a_year_are_what_plain_counting_finds(
    words: tuple[str, ...], on_year: Shell, plainly: Plainly
) -> None:
    compare(on_year(NOW, "report", *words, "--format", "json").json, plainly)


def compare(report: Any, plainly: Plainly) -> None:
    first, last = (date.fromisoformat(report["period"][end]) for end in ("from", "to"))
    last = min(last, year.LAST)
    started = max(first, year.FIRST)
    ended = last == year.LAST and date.fromisoformat(report["period"]["to"]) > last
    apart = plainly.checks(started, last)
    counted = apart["duty"]
    expected = together(counted)
    assert expected["total"] > 0
    if ended:
        # The Monday that has just begun is in the report as well, and nothing of it has happened.
        assert report["progress"]["total"] > expected["total"]
    for name in COUNTS:
        if not (ended and name == "total"):
            assert report["progress"][name] == expected[name], name
    if not ended:
        assert report["late"] == expected["answered"] - expected["on_time"]
    lines = {line["duty"]: line for line in report["by_duty"]}
    for duty, count in counted.items():
        line = lines[duty]
        assert line["worst_late_seconds"] == (max(count.lates) if count.lates else None), duty
        mean = line["mean_late_seconds"]
        assert mean is None if not count.lates else mean == pytest.approx(fmean(count.lates), abs=1), duty
    compare_apart(report, apart, ended=ended)
    assert [(case["number"], case["title"]) for case in report["cases"]] == plainly.cases(started, last)
    compare_readings(report, plainly, started, last)
    if not ended:
        compare_movers(report, plainly, started, last)
    compare_incidents(report, plainly, started, last)


def compare_apart(report: Any, counted: dict[str, dict[str, Count]], *, ended: bool) -> None:
    for by in ("duty", "category", "person", "shop"):
        shown = {line[by]: line for line in report[f"by_{by}"]}
        assert counted[by].keys() <= shown.keys(), by
        for name, count in counted[by].items():
            line = shown[name]
            names = SHOP_COUNTS if by == "shop" else (*COUNTS[1:], "found")
            assert {each: line[each] for each in names} == {each: getattr(count, each) for each in names}, (by, name)
            assert ended or line["total"] == count.total, (by, name)
            if by == "shop":
                continue
            assert line["late"] == count.answered - count.on_time
            assert line["timed"] == len(count.spent), (by, name)
            spent = round(fmean(count.spent) / 60, 1) if count.spent else None
            assert line["mean_minutes_spent"] == (None if spent is None else pytest.approx(spent, abs=0.06)), (by, name)


def compare_movers(report: Any, plainly: Plainly, first: date, last: date) -> None:
    """What moved by a quarter and by two at least, or came to be past its warning level; the worst first."""
    day = report["period"]["kind"] == "day"
    then = plainly.means(*before_of(report["period"]["kind"], first, last))
    taken = plainly.readings(first, last)
    moved = []
    for (metric, shop), now in plainly.means(first, last).items():
        if day:
            now = taken[metric][shop]["value"]
        if (before := then.get((metric, shop))) is None:
            continue
        drift, warning = now - before, plainly.warning(metric, shop)
        past = warning is not None and _past(warning, now) and not _past(warning, before)
        if past or (abs(drift) >= 2 and abs(drift) >= abs(before) / 4):
            worse = None if warning is None or not drift else (drift > 0) is (warning[0] == ">")
            rank = {True: 0, None: 1, False: 2}[worse]
            moved.append(((rank, -round(abs(drift) / max(abs(before), 1), 4)), metric, shop))
    shown = [(each["metric"], each["shop"]) for each in report["movers"]]
    assert sorted(shown) == sorted((metric, shop) for _order, metric, shop in moved)
    order = {(metric, shop): order for order, metric, shop in moved}
    assert [order[each] for each in shown] == sorted(order.values())


def _past(warning: tuple[str, float], value: float) -> bool:
    return value > warning[1] if warning[0] == ">" else value < warning[1]


def compare_readings(report: Any, plainly: Plainly, first: date, last: date) -> None:
    found = plainly.readings(first, last)
    assert {metric: set(shops) for metric, shops in report["readings"].items()} == {
        metric: set(shops) for metric, shops in found.items()
    }
    before = plainly.readings(*before_of(report["period"]["kind"], first, last))
    for metric, shops in found.items():
        for shop, figures in shops.items():
            shown = report["readings"][metric][shop]
            assert {name: shown[name] for name in figures} == figures, (metric, shop)
            assert shown["before"] == before.get(metric, {}).get(shop, {}).get("value"), (metric, shop)


def before_of(kind: str, first: date, last: date) -> tuple[date, date]:
    """What ended just before, of the same kind; of a span, as many days."""
    ended = first - timedelta(1)
    starts = {
        "day": ended,
        "week": ended - timedelta(6),
        "month": ended.replace(day=1),
        "year": ended.replace(month=1, day=1),
        "span": ended - (last - first),
    }
    return starts[kind], ended


def compare_incidents(report: Any, plainly: Plainly, first: date, last: date) -> None:
    counted = plainly.incidents(first, last)
    for what, expected in counted.items():
        shown = {each["number"]: each["category"] for each in report["incidents"][what]}
        assert shown == {each.number: each.category for each in expected}, what
    figures = report["incident_figures"]
    took = [each.took for each in counted["resolved"]]
    assert figures["median_seconds"] == (int(median(took)) if took else None)
    assert figures["worst_seconds"] == max(took, default=None)
    for by in ("category", "shop", "person"):
        for line in figures[f"by_{by}"]:
            its = {what: [each for each in counted[what] if getattr(each, by) == line["name"]] for what in counted}
            assert {what: line[what] for what in its} == {what: len(each) for what, each in its.items()}, line
            took = [each.took for each in its["resolved"]]
            assert line["median_seconds"] == (int(median(took)) if took else None), line
        for what, each in counted.items():
            assert sum(line[what] for line in figures[f"by_{by}"]) == len(each), (by, what)
    shown = {
        (again["order"] or "", again["category"] or "", again["shop"] or ""): sorted(again["incidents"])
        for again in figures["repeats"]
    }
    assert shown == plainly.repeats(date.fromisoformat(report["since"]), first, last)
    sizes = [(not again["order"], -len(again["incidents"])) for again in figures["repeats"]]
    assert sizes == sorted(sizes)


def test_a_year_counts_the_handover_notes_that_its_months_print(on_year: Shell) -> None:
    month, whole = (on_year(NOW, "report", *words).out for words in (("month", "2026-10"), ("year", "2026")))
    note = "夜班请盯未结投诉"
    assert note in month
    assert note not in whole and "notes; the months' reports have them" in whole
