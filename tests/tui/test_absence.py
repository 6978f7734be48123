"""Away until a time, back after an absence, and what is done about what came due meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from consoles import MONDAY, Driver, OpenConsole
from textual.widgets import Input

from csconsole.core.answer import Status
from csconsole.core.text import width
from csconsole.desk import Desk

WEEK = timedelta(days=7)


def at(clock: str, day: int = 23) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day}T{clock}:00+08:00")


async def until(driver: Driver, condition: Callable[[], object]) -> None:
    for _ in range(200):
        if condition():
            return
        await driver.pilot.pause(0.02)
    pytest.fail("it did not come")


async def look_again(driver: Driver) -> None:
    """As the console does at the minute."""
    driver.app._tick()
    driver.app.changed()
    await driver.settle()


# -- away ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["ctrl+g", "M"])
async def test_away_until_a_time_is_shown_and_one_list_comes_on_return(console: OpenConsole, key: str) -> None:
    async with console(at=at("11:50")) as driver:
        await until(driver, lambda: driver.today.meanwhile)
        await driver.press("f5", key)
        await driver.press(*"13:35", "enter")
        assert "外出到 13:35" in driver.said
        driver.app._status.said = ""
        driver.clock.put(at("13:34"))
        await look_again(driver)
        assert driver.today.meanwhile == ()
        assert "外出到 13:35 · 回来按 Ctrl+G" in driver.text.splitlines()[-2]
        assert "超时" in driver.text.splitlines()[-2]  # the bar of what is due says it all the same
        driver.clock.put(at("13:35"))
        await look_again(driver)
        await until(driver, lambda: driver.today.meanwhile)
        assert [item.occurrence.duty for item in driver.today.meanwhile] == ["review-contents", "data-and-chats"]
        assert "外出" not in driver.text.splitlines()[-2]


async def test_the_same_key_says_that_one_is_back_early(console: OpenConsole) -> None:
    async with console(at=at("11:50")) as driver:
        await until(driver, lambda: driver.today.meanwhile)
        await driver.press("f5", "ctrl+g", "3", "enter")  # an hour
        assert driver.desk().away() is not None
        driver.clock.put(at("12:20"))
        await look_again(driver)
        assert driver.today.meanwhile == ()
        await driver.press("ctrl+g")
        assert "回来了" in driver.said
        assert driver.desk().away() is None
        await until(driver, lambda: driver.today.meanwhile)
        assert [item.occurrence.duty for item in driver.today.meanwhile] == ["review-contents"]
        await driver.press("ctrl+z")
        assert driver.desk().away() is not None
        assert "外出" in driver.said


async def test_a_time_that_is_none_can_be_mended(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("ctrl+g")
        field = driver.app.screen.query_one(Input)
        field.value = "soon"
        await driver.press("enter")
        assert driver.app.screen.query_one(Input) is field
        await driver.press("escape")
        assert driver.desk().away() is None


async def test_quiet_hours_and_meetings_are_shown_too(console: OpenConsole) -> None:
    async with console(at=at("09:55")) as driver:
        assert "会议到 10:30,暂不提醒" in driver.text.splitlines()[-2]
        driver.clock.put(at("22:31"))
        await look_again(driver)
        assert "免打扰到 07:30" in driver.text.splitlines()[-2]


# -- after an absence ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["ctrl+a", "A"])
async def test_one_of_what_came_due_was_done_at_its_time(console: OpenConsole, key: str) -> None:
    async with console() as driver:
        await until(driver, lambda: len(driver.today.meanwhile) == 3)
        driver.timeline.move_to("complaints-and-refunds@2026-11-23")
        await driver.press(key)
        item = driver.item("complaints-and-refunds")
        assert (item.status, item.answer.marked_at) == (Status.DONE, at("09:00"))
        assert item.answer.recorded_at == MONDAY
        assert item.on_time
        assert [each.occurrence.duty for each in driver.today.meanwhile] == ["shop-health", "refund-chase"]
        await driver.press("space")  # the selected one is answered already: the other keys go on as before
        await driver.press(key)
        assert driver.item("shop-health").status is Status.OVERDUE


async def test_a_check_of_a_past_day_was_done_at_its_time(console: OpenConsole) -> None:
    async with console() as driver:
        driver.clock.pass_by(days=1)
        await driver.press("home", "left")
        driver.timeline.move_to("shop-health@2026-11-23")
        await driver.press("ctrl+a")
        item = driver.desk().find("shop-health@2026-11-23")
        assert (item.status, item.on_time, item.answer.recorded_at) == (Status.DONE, True, driver.clock.now())


@pytest.mark.parametrize("size", [(60, 15), (120, 36)])
async def test_after_a_week_away_there_is_one_short_list(console: OpenConsole, size: tuple[int, int]) -> None:
    async with console() as driver:
        await driver.press("space")
    async with console(at=at("08:50", 30), size=size) as driver:
        await until(driver, lambda: driver.today.missed)
        counts = {each.day.date.day: each.count for each in driver.today.missed}
        assert counts == {23: 16, 24: 16, 25: 16, 26: 16, 27: 16, 28: 15, 29: 15}
        await until(driver, lambda: driver.today.meanwhile)
        assert {item.key for item in driver.today.meanwhile} == {
            "invoices@2026-11-27",
            "weekly-reports@2026-11-29",
            "shop-health@2026-11-30",
        }
        assert len(driver.app._notifications) <= 1
        assert "这段时间到点 3 项 · 漏办 110 项" in driver.text
        if size[1] >= 36:
            assert "11-27 18:00 核对各店铺发票" in driver.text
            assert "周一 11-23 漏办 16" in driver.text
            assert "周日 11-29 漏办 15" in driver.text
        assert all(width(line) <= size[0] for line in driver.text.splitlines())
        assert driver.app.focused is driver.timeline
        await driver.press("f5")
        assert driver.desk().find("invoices@2026-11-27").on_time
        assert driver.today.meanwhile == ()
        await driver.press("escape")
        assert "漏办" not in driver.text
    async with console(at=at("08:51", 30)) as driver:
        await driver.settle()
        assert driver.today.missed == ()


async def test_a_console_that_stays_open_overnight_says_what_was_missed(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("space")
        driver.clock.put(at("05:00", 24))
        await look_again(driver)
        assert [each.count for each in driver.today.missed] == [16]
        driver.clock.put(at("23:00", 23))
        await look_again(driver)
        driver.clock.put(at("05:01", 24))
        await look_again(driver)
        assert [each.count for each in driver.today.missed] == [16]


async def test_a_first_start_has_nothing_to_look_back_on(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.settle()
        assert driver.today.missed == ()


# -- in progress, delegated, put off ---------------------------------------------------------------------------


async def test_how_long_a_check_took_is_known_when_it_is_answered(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f3")
        driver.clock.pass_by(minutes=12)
        await look_again(driver)
        assert "09:42开始,已12分" in driver.text
        await driver.press("space")
        assert driver.item("refund-chase").answer.spent == timedelta(minutes=12)
        assert "用时12分" in driver.text


async def test_the_hour_of_a_colleague_is_asked_about_until_the_supervisor_answers(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f7", *"@小李", "space", *"10:45", "enter")
        assert driver.item("refund-chase").status is Status.DELEGATED
        driver.clock.put(at("10:46"))
        await look_again(driver)
        assert "小李?" in driver.timeline.lines[2]
        assert "小李 办好了吗?" in driver.text
        assert driver.item("refund-chase").status is Status.OVERDUE
        await driver.press("space")
        assert driver.item("refund-chase").status is Status.DONE


async def test_what_is_put_off_past_its_day_is_refused(console: OpenConsole) -> None:
    async with console(at=at("21:00")) as driver:
        await driver.press("f6", *"09:00", "enter")
        assert driver.desk().snoozed([str(driver.timeline.cursor)]) == {}
        assert any("算漏办" in note.message for note in driver.app._notifications)


async def test_an_answer_from_the_command_line_ends_a_snooze_and_the_list(console: OpenConsole) -> None:
    async with console() as driver:
        await until(driver, lambda: len(driver.today.meanwhile) == 3)
        await driver.press("f6", "1", "enter")
        assert "稍后,09:47" in driver.timeline.lines[2]
        other = Desk(driver.desk().workspace, driver.clock, "command")
        other.open()
        other.answer("refund-chase")
        other.close()
        driver.app._look_round()
        await driver.settle()
        assert "✓ 09:42" in driver.timeline.lines[2]
        assert [each.occurrence.duty for each in driver.today.meanwhile] == ["shop-health", "complaints-and-refunds"]
        before = len(driver.app._notifications)
        driver.clock.put(at("09:48"))
        await look_again(driver)
        assert not any("督促" in note.message for note in list(driver.app._notifications)[before:])


@pytest.mark.parametrize(
    ("typed", "until_when"), [("10:05", "10:05"), ("15:30", "15:30"), ("20", "10:02"), ("3", "09:57"), ("+1h", "10:42")]
)
async def test_a_check_is_put_off_by_a_choice_or_to_a_time_typed(
    console: OpenConsole, typed: str, until_when: str
) -> None:
    async with console() as driver:
        await driver.press("f6", *typed, "enter")
        key = "refund-chase@2026-11-23"
        assert driver.desk().snoozed([key]) == {key: at(until_when)}
        assert f"稍后,{until_when}" in driver.timeline.lines[2]
