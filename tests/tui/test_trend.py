"""A reading over thirty days, from the selected check and from its form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from consoles import OpenConsole, console_on
from routine import at
from textual.widgets import Static

from csconsole.core.text import width
from csconsole.desk import Desk
from csconsole.tui.modals.trend import TrendScreen
from csconsole.tui.widgets.trend import Chart, TrendList, scale

SUNDAY = at("2026-11-22 09:42")


@pytest.fixture
def console(year_home: Path, tmp_path: Path) -> OpenConsole:
    return console_on(Path(shutil.copytree(year_home, tmp_path / "home")))


async def test_the_selected_checks_readings_shop_by_shop_and_one_after_the_other(console: OpenConsole) -> None:
    async with console(at=SUNDAY) as driver:
        driver.timeline.move_to("complaints-and-refunds@2026-11-22")
        await driver.press("percent_sign", "right")
        assert "待处理退款 (单) · 10-24 – 11-22" in driver.text
        rows = driver.app.screen.query_one(TrendList)
        shops = ("天猫旗舰店", "淘宝店", "京东店", "拼多多店", "抖音小店", "快手小店")
        assert tuple(line[1:].split()[0] for line in rows.lines) == shops
        trend = driver.desk().trend("refunds_pending", SUNDAY.date())
        for line, shown in zip(trend.lines, rows.lines, strict=True):
            assert shown.count("·") == line.values.count(None)
            figures = shown.split()
            assert {f"{max(line.taken):g}", f"{min(line.taken):g}"} <= set(figures)
            assert line.passed == 0 or f"{line.passed}" in figures[-1] or f"{line.passed}" in figures
        await driver.press("down")
        assert rows.cursor == "taobao"
        chart = str(driver.app.screen.query_one(Chart).render())
        assert "▲20" in chart
        assert "┄" in chart
        assert "10-24" in chart
        await driver.press("right")
        assert "未结投诉" in driver.text
        await driver.press("escape")
        assert driver.app.focused is driver.timeline


async def test_a_number_taken_elsewhere_shows_while_it_is_open(console: OpenConsole) -> None:
    async with console(at=SUNDAY) as driver:
        driver.timeline.move_to("complaints-and-refunds@2026-11-22")
        await driver.press("percent_sign", "right", "down")
        rows = driver.app.screen.query_one(TrendList)
        assert " 333" not in driver.text
        other = Desk(driver.app.desk.workspace, driver.clock, "小李")
        other.open()
        other.answer("complaints-and-refunds@2026-11-22", readings={("taobao", "refunds_pending"): 333})
        other.close()
        driver.app.changed()
        await driver.shows(" 333")
        assert rows.cursor == "taobao", "the selected shop stays selected"


async def test_from_the_form_it_is_the_number_under_the_cursor_and_what_was_typed_stays(console: OpenConsole) -> None:
    async with console(at=SUNDAY) as driver:
        driver.timeline.move_to("late-wrong-shipments@2026-11-22")
        await driver.press("enter", *["tab"] * 5, "7")
        await driver.press("ctrl+l")
        assert isinstance(driver.app.screen, TrendScreen)
        assert "揽收超时" in str(driver.app.screen.query_one("#trend-title", Static).render())
        assert driver.app.screen.query_one(TrendList).cursor == "taobao"
        await driver.press("escape")
        assert "7" in [getattr(each, "value", None) for each in driver.app.screen.query("Cell")]


async def test_a_check_without_numbers_says_so(console: OpenConsole) -> None:
    async with console(at=SUNDAY) as driver:
        driver.timeline.move_to("team-status@2026-11-22")
        await driver.press("ctrl+l")
        assert not isinstance(driver.app.screen, TrendScreen)
        assert [each for each in driver.app._notifications if "这一项没有要填的数" in each.message]


async def test_every_size_shows_every_shop(console: OpenConsole) -> None:
    async with console(at=SUNDAY) as driver:
        driver.timeline.move_to("shop-health@2026-11-22")
        for size in ((60, 15), (80, 24), (120, 36), (200, 60)):
            await driver.pilot.resize_terminal(*size)
            await driver.press("ctrl+l", "left")
            for name in ("天猫旗舰店", "快手小店", "离线未回复", "最近"):
                assert name in driver.text, size
            lines = driver.app.screen.query_one(TrendList).lines
            assert all(sum(cell in "▁▂▃▄▅▆▇█·" for cell in line) == 30 for line in lines), size
            assert all(width(line) <= size[0] for line in driver.text.splitlines())
            await driver.press("escape")


def test_a_chart_begins_at_nothing_unless_its_changes_would_not_be_seen() -> None:
    assert scale([3, 12], 20) == (0, 20)
    low, high = scale([4.62, 4.79], 4.7)
    assert 4.5 < low < 4.62
    assert high == 4.79
    assert scale([0.0, 0.0], None) == (0, 1)
    low, high = scale([7.0], None)
    assert low < 7 <= high
