"""The month as a calendar, and the list of what is due in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from consoles import OpenConsole
from routine import at

from csconsole.core.answer import Status
from csconsole.core.text import width
from csconsole.i18n import use
from csconsole.tui.pages.deadlines import DeadlinesPage
from csconsole.tui.widgets.lists import DeadlineList
from csconsole.tui.widgets.month import MonthView

DOUBLE_ELEVEN = """
dated:
  - id: double-eleven
    dates: [2026-11-11]
    at: "20:00"
    category: operations
    title: {zh: 双11值守, en: "Double Eleven watch"}

rrule:
"""


async def test_the_month_says_what_is_due_and_why_it_moved(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("3")
        assert "2026年11月" in driver.text
        assert "▸23" in driver.text
        assert "[27]" in driver.text
        rows = driver.app.query_one("#deadline-list", DeadlineList)
        assert not any("公司晨会" in line for line in rows.lines)
        # What comes next is selected, and stands out on the calendar.
        assert rows.cursor == "invoices@2026-11-27"
        chosen = driver.app.query_one(MonthView).chosen
        assert chosen is not None
        assert chosen.key == rows.cursor
        await driver.press("right")
        assert "2026年12月" in driver.text
        assert "[ 6]→" in driver.text
        assert "[ 7]" in driver.text
        assert "6日是周日,遇休顺延:7日(周一)为工作日。" in driver.text
        assert "(12-06)" in driver.text
        await driver.press("right")
        assert "2027年1月(暂定)" in driver.text
        assert "休 1" in driver.text
        assert "元旦" in driver.text


async def test_months_are_walked_by_keys(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("3")
        for before, after, back in (("left", "right", "home"), ("b", "f", "c")):
            await driver.press(before)
            assert "2026年10月" in driver.text
            assert "休 1–7 国庆节 · 班 10 调休上班日" in driver.text
            await driver.press(after, after)
            assert "2026年12月" in driver.text
            await driver.press(*[before] * 3)
            assert "2026年9月" in driver.text
            await driver.press(back)
            assert "2026年11月" in driver.text


async def test_the_end_of_what_can_be_looked_at_is_said(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("3")
        page = driver.app.query_one(DeadlinesPage)
        page._first = date(2100, 12, 1)
        page._show()
        await driver.press("right")
        assert "2100年12月" in driver.text
        assert ["2101-01-01" in each.message for each in driver.app._notifications] == [True]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_size_shows_calendar_list_and_reason(console: OpenConsole, language: str) -> None:
    use("zh" if language == "zh" else "en")
    async with console() as driver:
        await driver.press("3")
        rows = driver.app.query_one("#deadline-list", DeadlineList)
        for size in ((60, 15), (80, 24), (120, 36), (200, 60)):
            await driver.pilot.resize_terminal(*size)
            await driver.press("home", "right")
            for sign in ("  1 ", "[ 6]→", "[ 7]", "[31]", "(12-06)"):
                assert sign in driver.text, size
            assert rows.size.height >= 3
            # The reason comes into view with the date it is about.
            while rows.cursor != "monthly-report@2026-12-06":
                await driver.press("down")
            assert ("6日是周日" if language == "zh" else "the 6th is a Sunday") in driver.text, size
            assert all(width(line) <= size[0] for line in driver.text.splitlines())


async def test_todays_list_folds_reasons_anew_where_the_width_changes(console: OpenConsole) -> None:
    use("en")
    async with console() as driver:
        rows = driver.app.query_one("#ahead", DeadlineList)
        lines = []
        for size in ((120, 36), (240, 36), (104, 36)):
            await driver.pilot.resize_terminal(*size)
            await driver.press("down")
            said = [line.strip() for line in rows.lines]
            first = next(n for n, line in enumerate(said) if line.startswith("the 6th is a Sunday"))
            assert "…" not in "".join(said[first:]), size
            lines.append(len(said) - first)
        assert lines[1] < lines[0] <= lines[2]


async def test_a_deadline_is_answered_early_from_its_page(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("3", "space")
        found = driver.desk().find("invoices@2026-11-27")
        assert found.status is Status.DONE
        assert found.late is not None
        assert not found.late
        assert "[27]✓" in driver.text


async def test_dated_events_stand_on_the_calendar(home: Path, console: OpenConsole) -> None:
    schedule = home / "schedules" / "supervisor.yaml"
    text = schedule.read_text(encoding="utf-8")
    schedule.write_text(text.partition("\ndated:")[0] + DOUBLE_ELEVEN, encoding="utf-8")
    async with console(at=at("2026-11-02 09:00")) as driver:
        await driver.press("3")
        assert "[11]" in driver.text
        assert any("双11值守" in line for line in driver.app.query_one("#deadline-list", DeadlineList).lines)
