"""Closing the day in one pass, by keys."""

from __future__ import annotations

from datetime import datetime

import pytest
from consoles import MONDAY, Driver, OpenConsole

from csconsole.core.answer import Status
from csconsole.core.incident import IncidentStatus
from csconsole.tui.modals.closing import CloseDay
from csconsole.tui.modals.prose import Prose
from csconsole.tui.pages.handover import HandoverPage
from csconsole.tui.widgets.pagelines import PageLines

EVENING = MONDAY.replace(hour=18, minute=40)
SIZES = [(60, 15), pytest.param((80, 24), marks=pytest.mark.long), (120, 36)]


async def write(driver: Driver, text: str) -> None:
    driver.app.screen.query_one(Prose).text = text  # what an input method composes cannot be pressed
    await driver.settle()


async def log(driver: Driver, *lines: str) -> None:
    for line in lines:
        driver.desk().log(line)
    driver.app.changed()
    await driver.settle()


# -- the pass ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_day_is_closed_in_four_steps(console: OpenConsole, size: tuple[int, int]) -> None:
    async with console(at=EVENING, size=size) as driver:
        await log(driver, "退款 天猫 没收到 @小李", "物流 京东 破损")
        await driver.press("f10")
        assert "第 1/4 步 · 未登记的应办项" in driver.text
        assert "17 项未登记" in driver.text
        await driver.press("space", "f4", "f8", "1")
        assert "14 项未登记" in driver.text
        assert driver.item("shop-health").status is Status.DONE
        assert driver.item("complaints-and-refunds").status is Status.ISSUE
        assert driver.item("refund-chase").status is Status.SKIPPED
        await driver.press("enter")
        assert "第 2/4 步 · 未结工单" in driver.text
        assert "2 单转到下一天" in driver.text
        await driver.press("space")  # the first is settled after all
        assert "1 单转到下一天" in driver.text
        await driver.press("down", "f7", "3")
        assert driver.desk().incident(2).assignee == "zhang"
        await driver.press("enter")
        assert "第 3/4 步" in driver.text
        await write(driver, "夜班盯京东\n库存 A 缺货")
        await driver.press("enter")
        assert "第 4/4 步" in driver.text
        assert "客服日报" in driver.text
        assert driver.desk().closing() is None
        await driver.press("enter")
        closing = driver.desk().closing()
        assert closing is not None
        assert (closing.handover, closing.by) == ("夜班盯京东\n库存 A 缺货", "王主管")
        assert [each.status for each in map(driver.desk().incident, (1, 2))] == [
            IncidentStatus.RESOLVED,
            IncidentStatus.OPEN,
        ]
        await driver.shows("客服日报")


async def test_what_has_nothing_to_ask_is_passed_over_but_can_be_gone_back_to(console: OpenConsole) -> None:
    async with console(at=EVENING) as driver:
        driver.desk().all_on_time([item.key for item in driver.desk().look().items])
        await driver.press("ctrl+e")
        assert "第 3/4 步" in driver.text
        await driver.press("escape", "escape")
        assert "第 1/4 步" in driver.text
        assert "全部已登记" in driver.text
        await driver.press("enter", "enter", "enter", "enter")
        assert driver.desk().closing() is not None


async def test_esc_goes_back_and_leaves_without_loss(console: OpenConsole) -> None:
    async with console(at=EVENING) as driver:
        await driver.press("f10", "enter", "enter")
        await write(driver, "还没写完")
        await driver.press("escape", "escape", "escape")
        assert not isinstance(driver.app.screen, CloseDay)
        assert driver.desk().closing() is None
        assert driver.desk().handover_note(MONDAY.date()) == ""
        await driver.press("f10", "enter", "enter")
        assert driver.app.screen.query_one(Prose).text == "还没写完"
        await driver.press("enter")  # on: from now on it is written
        assert driver.desk().handover_note(MONDAY.date()) == "还没写完"
        await driver.press(*["escape"] * 4)
        assert driver.desk().closing() is None


async def test_a_note_is_prefilled_with_what_was_written_and_undone_as_one(console: OpenConsole) -> None:
    async with console(at=EVENING) as driver:
        driver.desk().hand_over("一\n二")
        await driver.press("f10", "enter", "enter")
        assert driver.app.screen.query_one(Prose).text == "一\n二"
        await driver.press("ctrl+j")
        await driver.type("san")
        await driver.press("enter", "enter")
        closing = driver.desk().closing()
        assert closing is not None
        assert closing.handover == "一\n二\nsan"
        await driver.press("ctrl+z")
        assert driver.desk().closing() is None
        assert driver.desk().handover_note(MONDAY.date()) == "一\n二\nsan"
        await driver.press("ctrl+z")
        assert driver.desk().handover_note(MONDAY.date()) == "一\n二"


async def test_keys_of_the_pass_as_an_input_method_sends_them(console: OpenConsole) -> None:
    async with console(at=EVENING) as driver:
        await log(driver, "退款 天猫 没收到")
        await driver.press("f10", "ideographic_space", "fullwidth_exclamation_mark", "delete", "1", "ctrl+z")
        assert driver.item("shop-health").status is Status.DONE
        assert driver.item("complaints-and-refunds").status is Status.ISSUE
        assert driver.item("refund-chase").status is Status.OVERDUE  # taken back
        await driver.press("enter", "ideographic_full_stop", "fullwidth_commercial_at", "2", "ideographic_space")
        assert driver.desk().incident(1).status is IncidentStatus.RESOLVED
        assert driver.desk().incident(1).assignee == "li"
        await driver.press("ideographic_space")
        assert driver.desk().incident(1).status is IncidentStatus.OPEN


async def test_a_closed_day_is_closed_again_and_says_that_it_amends(console: OpenConsole) -> None:
    async with console(at=EVENING) as driver:
        await driver.press("f10", "enter", "enter", "enter", "enter")
        driver.clock.pass_by(minutes=25)
        await driver.press("1", "space", "f10", "enter", "enter", "enter")
        assert "已于 11-23 18:40 结束过,这次是补充" in driver.text
        assert "19:05 有补充:此后登记或改动 1 项" in driver.text
        await driver.press("enter")
        assert len(driver.desk().handover().closings) == 2
        await driver.shows("19:05 有补充")


async def test_the_day_may_turn_while_it_is_being_closed(console: OpenConsole) -> None:
    async with console(at=datetime.fromisoformat("2026-11-24T04:58+08:00")) as driver:
        await driver.press("f10", "enter", "enter")
        driver.clock.pass_by(minutes=5)
        driver.app._tick()
        await driver.settle()
        await write(driver, "夜里没事")
        await driver.press("enter", "enter")
        assert driver.desk().closing() is None
        closing = driver.desk().closing(MONDAY.date())
        assert closing is not None
        assert closing.handover == "夜里没事"


async def test_what_is_open_goes_on_to_the_next_day_with_the_console_open(console: OpenConsole) -> None:
    async with console(at=datetime.fromisoformat("2026-11-24T04:58+08:00")) as driver:
        await log(driver, "退款 天猫 没收到 @小李 +2h")
        await driver.press("f12")
        assert "周一 2026-11-23" in driver.text
        driver.clock.pass_by(minutes=5)
        driver.app._tick()
        await driver.settle()
        assert "周二 2026-11-24" in driver.app.query_one(PageLines).lines[0]
        assert any("#1 · 没收到" in line for line in driver.app.query_one(PageLines).lines)
        board = driver.app.board
        assert board is not None
        assert [each.number for each in board.incidents] == [1]
        await driver.press("left")
        assert any("#1 · 没收到" in line for line in driver.app.query_one(PageLines).lines)


async def test_it_is_printed_where_that_is_asked_for(console: OpenConsole, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    async with console(at=EVENING) as driver:
        await driver.press("f10", "enter", "enter", "enter", "ctrl+r")
        assert driver.desk().closing() is not None  # whatever the printer says
        assert (driver.desk().workspace.reports / "day-2026-11-23.txt").is_file()


@pytest.mark.parametrize(
    ("settings", "says", "printed"),
    [("[close]\nprint = true\n", "回车 结束当天并打印", True), ("[close]\nprint = 3\n", "Ctrl+R 结束并打印", False)],
)
async def test_settings_say_whether_every_closing_is_printed(
    console: OpenConsole, monkeypatch: pytest.MonkeyPatch, settings: str, says: str, printed: bool
) -> None:
    monkeypatch.setenv("PATH", "")
    async with console(at=EVENING) as driver:
        driver.desk().workspace.settings.write_text(settings, encoding="utf-8")
        await driver.press("f10", "enter", "enter", "enter")
        assert says in driver.text
        await driver.press("enter")
        assert driver.desk().closing() is not None
        assert (driver.desk().workspace.reports / "day-2026-11-23.txt").is_file() is printed


# -- the page ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_page_says_what_the_next_shift_must_know(console: OpenConsole, size: tuple[int, int]) -> None:
    async with console(at=EVENING, size=size) as driver:
        await log(driver, "退款 天猫 没收到 @小李 18:30")
        driver.desk().hand_over("夜班盯京东")
        await driver.press("f12")
        assert isinstance(driver.app.page, HandoverPage)
        lines = driver.app.query_one(PageLines).lines
        text = "\n".join(lines)
        for words in ("夜班盯京东", "#1 · 没收到", "小李", "超时", "17", "11-24", "08:45", "第一个小时"):
            assert words in text, (words, text)
        assert all(len(line) <= size[0] for line in lines)
        assert "夜班盯京东" in driver.text


async def test_whoever_takes_over_is_named_on_the_page_and_at_the_top(console: OpenConsole) -> None:
    async with console(at=EVENING) as driver:
        await driver.press("colon", "space", "2")
        assert driver.desk().by == "小李"
        top, *page = driver.text.splitlines()
        assert "接班:小李 18:40" in top
        assert any("接班:小李 18:40" in line for line in page)
        driver.clock.pass_by(hours=14)
        driver.app._tick()
        await driver.settle()
        assert "值班 小李" in driver.text.splitlines()[0]
        await driver.press("left")
        assert "接班:小李 18:40" in driver.text  # the morning reads the night's page


async def test_the_note_is_written_and_what_is_selected_opened(console: OpenConsole) -> None:
    async with console(at=EVENING) as driver:
        await log(driver, "退款 天猫 没收到 @小李 18:30")
        await driver.press("colon", "ctrl+n")
        await write(driver, "盯 #1")
        await driver.press("enter")
        note = driver.desk().handover().note
        assert note is not None
        assert (note.text, note.by) == ("盯 #1", "王主管")
        assert "盯 #1" in driver.text
        await driver.press("enter")
        assert "没收到" in driver.text
        assert "18:30" in driver.text
        await driver.press("escape", "ctrl+z")
        assert driver.desk().handover().note is None
        await driver.press("down", "enter")
        assert "备注" in driver.text  # the first check to go on with, as a form


async def test_days_are_walked_as_far_as_today(console: OpenConsole) -> None:
    async with console(at=EVENING) as driver:
        await driver.press("colon", "left", "left")
        assert "2026-11-21" in driver.text
        await driver.press("right", "right", "right")
        assert "2026-11-23" in driver.text.splitlines()[3]
