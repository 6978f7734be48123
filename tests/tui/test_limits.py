"""Limits of incidents in the console: reminded of as checks are, and never among them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from consoles import Driver, OpenConsole

from csconsole.core.answer import Status
from csconsole.core.incident import Clock
from csconsole.desk import Desk
from csconsole.tui.modals.story import Story
from csconsole.tui.widgets.bars import StatusLine


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-23T{clock}:00+08:00")


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


def toasts(driver: Driver) -> list[str]:
    return [toast.message for toast in driver.app._notifications]


def bar(driver: Driver) -> str:
    return driver.app.query_one(StatusLine).line(120).plain


def elsewhere(driver: Driver) -> Desk:
    desk = Desk(driver.app.desk.workspace, driver.clock, "test")
    desk.open()
    return desk


async def test_a_limit_nears_passes_and_ends_with_its_incident_from_another_terminal(console: OpenConsole) -> None:
    async with console(at=at("11:01")) as driver:
        await driver.press("f5")
        number = driver.desk().log("退款 天猫 没收到 +40m").number
        lines, progress = driver.timeline.lines, driver.app.board.present.progress  # type: ignore[union-attr]  # loaded
        driver.clock.put(at("11:26"))
        await look_again(driver)
        assert "最近结案时限 11:41 #1 退款 天猫" in driver.text
        driver.clock.put(at("11:31"))  # a quarter of its time is left
        await look_again(driver)
        await until(driver, lambda: any("#1 结案:没收到" in toast for toast in toasts(driver)))
        assert any("10分钟后" in toast and "# 打开工单" in toast for toast in toasts(driver))
        driver.clock.put(at("11:42"))
        await look_again(driver)
        board = driver.app.board
        assert board is not None and len(board.pressing) == len(board.present.pressing) + 1
        overdue = sum(item.status is Status.OVERDUE for item in board.present.pressing)
        assert f"▲ 超时 {overdue + 1}" in bar(driver)
        # It stands on no timeline, and in no figure.
        assert not any("没收到" in line for line in driver.timeline.lines) and len(driver.timeline.lines) == len(lines)
        assert board.present.progress.total == progress.total
        await until(driver, lambda: any("没收到" in toast for toast in toasts(driver)))
        other = elsewhere(driver)
        other.resolve(number)
        other.close()
        driver.app._look_round()
        await driver.settle()
        assert not any("没收到" in toast for toast in toasts(driver))
        assert f"▲ 超时 {overdue}" in bar(driver)


async def test_what_is_critical_is_what_to_look_at_first(console: OpenConsole) -> None:
    async with console(at=at("11:31")) as driver:
        driver.desk().log("退款 天猫 没收到 +10m !!")
        driver.clock.put(at("11:42"))
        await look_again(driver)
        assert "11:41 #1 结案:没收到" in bar(driver)


async def test_the_toast_of_what_was_answered_elsewhere_is_taken_back(console: OpenConsole) -> None:
    async with console(at=at("11:01")) as driver:
        await driver.press("f5")
        driver.desk().log("退款 天猫 没收到 +29m")
        driver.clock.put(at("11:30"))
        await look_again(driver)
        await until(driver, lambda: any("没收到" in toast and "退货签收" in toast for toast in toasts(driver)))
        other = elsewhere(driver)
        other.move_limit(1, Clock.SETTLE, at("18:00"), "carrier")
        other.close()
        driver.app._look_round()
        await driver.settle()
        assert [("没收到" in toast, "退货签收" in toast) for toast in toasts(driver)] == [(False, True)]


@pytest.mark.parametrize("key", ["number_sign", "fullwidth_number_sign", "W"])
async def test_a_key_opens_the_incident_that_was_spoken_of(console: OpenConsole, key: str) -> None:
    async with console(at=at("11:01")) as driver:
        await driver.press("f5")
        driver.desk().log("退款 天猫 早的 +20m")
        driver.desk().log("退款 京东 晚的 +3h")
        driver.app.changed()
        await driver.press(key)
        assert isinstance(driver.app.screen, Story) and "早的" in driver.text


async def test_without_a_limit_the_key_says_so(console: OpenConsole) -> None:
    async with console(at=at("11:01")) as driver:
        await driver.press("number_sign")
        assert any("没有在走时限的工单" in toast for toast in toasts(driver))


async def test_what_passed_while_nobody_was_there_is_in_the_greeting_and_not_answered_as_a_check(
    console: OpenConsole,
) -> None:
    async with console(at=at("11:01")) as driver:
        await driver.press("f5")
        driver.desk().log("退款 天猫 没收到 +20m")
    async with console(at=at("12:10")) as driver:
        await until(driver, lambda: driver.today.meanwhile)
        assert "其间有 1 个时限已过" in driver.text.replace("  ", " ") and "# 打开工单" in driver.text
        assert [item.key for item in driver.today.meanwhile if item.key.startswith("#")] == ["#1:settle"]
        await driver.press("f5")
        assert [item.key for item in driver.today.meanwhile] == ["#1:settle"]
        driver.desk().resolve(1)
        driver.app.changed()
        await driver.settle()
        assert driver.today.meanwhile == ()


async def test_the_limits_of_an_incident_are_put_off_on_its_page(console: OpenConsole) -> None:
    async with console(at=at("11:01")) as driver:
        await driver.press("f5")
        driver.desk().log("退款 天猫 没收到 +20m")
        driver.app.changed()
        await driver.press("2", "f6", *"11:50", "enter")
        assert "11:50 之前" in driver.said or "11:50" in driver.said
        driver.clock.put(at("11:40"))
        await look_again(driver)
        assert "#1:settle" not in [item.key for item in driver.today.meanwhile]
        driver.clock.put(at("11:50"))
        await look_again(driver)
        await until(driver, lambda: [item.key for item in driver.today.meanwhile if item.key == "#1:settle"])


async def test_a_robot_that_fails_stays_on_the_bottom_line_until_it_is_put_away(console: OpenConsole) -> None:
    async with console(at=at("09:42")) as driver:
        reminding = driver.app._reminding
        assert reminding is not None
        reminding._stands(["钉钉: 500"])
        assert "✗ 钉钉: 500" in bar(driver)
        driver.clock.put(at("10:42"))
        await look_again(driver)
        assert "✗ 钉钉: 500" in bar(driver)
        await driver.press("escape")
        assert "钉钉" not in bar(driver)
        reminding._stands(["钉钉: 500"])
        reminding._stands([])
        assert "钉钉" not in bar(driver)
