"""An incident's story: the place where it is worked on, by keys, at every size."""

from __future__ import annotations

from datetime import datetime

import pytest
from consoles import Driver, OpenConsole
from textual.containers import VerticalScroll
from textual.widgets import Input

from csconsole.core.incident import Clock, IncidentStatus, Responsibility, Severity, Verdict, WaitingOn
from csconsole.core.standing import Standing
from csconsole.i18n import use
from csconsole.tui.modals.story import Story

LINE = "投诉 天猫 2608123456789012345 #A-77 买家说没收到 @小李 +2h"


async def _opened(driver: Driver, line: str = LINE) -> None:
    driver.desk().log(line)
    driver.app.refresh_board()
    await driver.press("2", "enter")


async def _typed(driver: Driver, text: str) -> None:
    driver.app.screen.query_one(Input).value = text
    await driver.press("enter")


async def test_everything_is_done_by_one_key_and_taken_back(console: OpenConsole) -> None:
    async with console() as driver:
        await _opened(driver)

        def it() -> Standing:
            return driver.desk().incident(1).standing

        await driver.press("f6", "2")
        assert it().waiting_on is WaitingOn.CARRIER
        assert "等快递" in driver.text
        await driver.press("z")
        assert it().waiting_on is None
        await driver.press("f7")
        await _typed(driver, "-")
        assert it().assignee is None
        await driver.press("exclamation_mark", "4")
        assert it().severity is Severity.CRITICAL
        await driver.press("f3")
        assert it().answered_at is not None
        await driver.press("n")
        await _typed(driver, "催了快递")
        assert "催了快递" in driver.text
        await driver.press("f5", "3")
        await _typed(driver, "11-25 18:00 平台已介入")
        assert it().limits[Clock.PLATFORM] == datetime.fromisoformat("2026-11-25T18:00:00+08:00")
        assert "平台已介入" in driver.text
        await driver.press("asterisk")
        await _typed(driver, "回电 @买家 18:00")
        assert (it().promises[0].what, it().promises[0].to) == ("回电", "买家")
        assert "答应买家: 回电" in driver.text
        await driver.press("slash", "1")
        await _typed(driver, "说没收到,要退")
        assert it().title == "说没收到,要退"
        await driver.press("9", "2", "2")
        assert it().category == "refunds"
        await driver.press("b", "4")
        await _typed(driver, "tb_88")
        assert it().buyer == "tb_88"
        await driver.press("space")
        assert driver.desk().incident(1).status is IncidentStatus.RESOLVED
        await driver.press("space")
        assert driver.desk().incident(1).status is IncidentStatus.OPEN
        for _ in driver.desk().incident(1).events:
            await driver.press("ctrl+z")
        assert driver.desk().incident(1).events == ()
        assert "经过" in driver.text
        await driver.press("ctrl+z")
        assert not isinstance(driver.app.screen, Story), "its logging was taken back"


async def test_a_complaint_is_led_through_its_steps_and_not_forced(console: OpenConsole) -> None:
    async with console() as driver:
        await _opened(driver)
        assert "▸ 1 谁的责任" in driver.text
        await driver.press("f8", "enter", "1")
        assert "▸ 2 给的方案" in driver.text
        await driver.press("8", "enter")
        await _typed(driver, "补发一件")
        assert "▸ 5 结果告知买家" in driver.text
        await driver.press("s", "4", "3")
        found = driver.desk().incident(1).standing
        assert (found.responsibility, found.verdict) == (Responsibility.OURS, Verdict.SHARED)
        assert "▸ 3 提交凭证" in driver.text, "a dispute has begun"
        await driver.press("f8", "3")
        await _typed(driver, "签收底单")
        await driver.press("f8", "enter")
        assert driver.desk().incident(1).standing.told is not None


async def test_orders_are_closed_one_by_one_and_together(console: OpenConsole) -> None:
    async with console() as driver:
        await _opened(driver)
        await driver.press("7")
        assert "2 单,剩 2 单" in driver.text
        await driver.press("space", "down")
        assert driver.desk().incident(1).orders_left == ("A-77",)
        await driver.press("n")
        await _typed(driver, "B-1,#B-2 B-3")
        assert driver.desk().incident(1).orders_left == ("A-77", "B-1", "B-2", "B-3")
        await driver.press("asterisk")
        assert driver.desk().incident(1).orders_left == ()
        await driver.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert driver.desk().incident(1).orders_left == ("2608123456789012345", "A-77")
        await driver.press("escape")
        assert isinstance(driver.app.screen, Story)


async def test_the_menu_takes_a_choice_by_cursor_and_by_key(console: OpenConsole) -> None:
    async with console() as driver:
        await _opened(driver)
        await driver.press("enter")
        assert "指派" in driver.text
        await driver.press("enter")
        assert driver.desk().incident(1).status is IncidentStatus.RESOLVED
        await driver.press("enter", "f6", "1")
        assert driver.desk().incident(1).status is IncidentStatus.RESOLVED
        assert any("工单1" in each.message for each in driver.app._notifications)
        await driver.press("enter", "escape", "escape")
        assert driver.app.focused is driver.app.query_one("#incident-list")


async def test_what_cannot_be_understood_stays_to_be_mended(console: OpenConsole) -> None:
    async with console() as driver:
        await _opened(driver)
        await driver.press("f5", "2")
        await _typed(driver, "18:00")
        assert "为什么改时限" in driver.text
        await _typed(driver, "13-45 18:00 催")
        assert driver.app.screen.query_one(Input).value == "13-45 18:00 催"
        await driver.press("escape")
        assert driver.desk().incident(1).events == ()


@pytest.mark.parametrize("size", [(60, 15), pytest.param((80, 24), marks=pytest.mark.long), (120, 36)])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_whole_story_can_be_read_at_every_size(
    console: OpenConsole, size: tuple[int, int], lang: str
) -> None:
    async with console(size=size) as driver:
        use("zh" if lang == "zh" else "en")
        await _opened(driver, f"投诉 天猫 {' '.join(f'26081234567890{n:05}' for n in range(37))} 停滞 [/red] \x1b[31m")
        driver.desk().remark(1, "最后一句")
        driver.app.refresh_board()
        await driver.pilot.pause(1.2)
        assert "#1 停滞 [/red]" in driver.text
        closed = "已办结0/37" if lang == "zh" else "0of37closed"
        assert closed in "".join(driver.text.replace("│", "").split())
        await driver.press("end")
        driver.app.screen.query_one("#story-box", VerticalScroll).scroll_end(animate=False)
        await driver.settle()
        assert "最后一句" in driver.text
        assert all(len(line) <= size[0] for line in driver.text.split("\n"))


async def test_another_console_s_change_is_seen(console: OpenConsole) -> None:
    async with console() as driver:
        await _opened(driver)
        driver.desk().remark(1, "夜班写的")
        driver.app.refresh_board()
        await driver.pilot.pause(1.3)
        assert "夜班写的" in driver.text


async def test_what_stands_over_it_stays_when_its_incident_is_gone(console: OpenConsole) -> None:
    async with console() as driver:
        await _opened(driver)
        story = driver.app.screen
        await driver.press("n")
        asked = driver.app.screen
        asked.query_one(Input).value = "写了一半"
        driver.desk().undo()
        driver.app.refresh_board()
        await driver.pilot.pause(1.3)
        assert driver.app.screen is asked and asked.query_one(Input).value == "写了一半"
        await driver.press("escape")
        assert story not in driver.app.screen_stack
        story.dismiss()  # again, as a look that was already on its way would
        assert driver.app.screen is not story
