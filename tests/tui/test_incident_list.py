"""The list of incidents, narrowed by words typed and by keys."""

from __future__ import annotations

import pytest
from consoles import Driver, OpenConsole
from textual.widgets import Input

from csconsole.core.incident import IncidentStatus
from csconsole.tui.widgets.lists import IncidentList


def _rows(driver: Driver) -> IncidentList:
    return driver.app.query_one("#incident-list", IncidentList)


def _numbers(driver: Driver) -> list[int]:
    return [int(line.split("#")[1].split()[0]) for line in _rows(driver).lines]


async def _filled(driver: Driver) -> None:
    desk = driver.desk()
    for line in (
        "退款 天猫 2608123456789012345 没收到 @小李 +5h",
        "物流 京东 破损待赔 +2h",
        "投诉 天猫 骂人 [/red] +1h",
        "退款 京东 少件 +3h",
    ):
        desk.log(line)
    desk.resolve(4, "补发了")
    driver.app.refresh_board()
    await driver.press("2")


@pytest.mark.parametrize("key", ["slash", "f3", "f", "fullwidth_solidus"])
async def test_the_list_narrows_while_one_types_across_all_history(console: OpenConsole, key: str) -> None:
    async with console() as driver:
        await _filled(driver)
        assert _numbers(driver) == [3, 2, 1]
        await driver.press(key)
        await driver.type("26081")
        assert _numbers(driver) == [1]
        field = driver.app.query_one("#search", Input)
        field.value = "京东"
        await driver.settle()
        assert _numbers(driver) == [2, 4]
        assert "“京东” 2" in driver.text
        field.value = "京东 补发"
        await driver.settle()
        assert _numbers(driver) == [4]
        field.value = "#3"
        await driver.press("enter", "space")
        assert driver.desk().incident(3).status is IncidentStatus.RESOLVED
        assert _numbers(driver) == [3], "still shown, for it was looked for"
        await driver.press("escape")
        assert _numbers(driver) == [2, 1]
        assert driver.app.focused is _rows(driver)


async def test_filters_combine_show_in_the_head_and_go_with_one_key(console: OpenConsole) -> None:
    async with console() as driver:
        await _filled(driver)
        await driver.press("5", "1")
        assert _numbers(driver) == [3, 1]
        assert "天猫旗舰店 2" in driver.text
        await driver.press("6", "1")
        assert _numbers(driver) == [3]
        assert "天猫旗舰店 · 投诉 1" in driver.text
        await driver.press("0")
        assert _numbers(driver) == [3, 2, 1]
        await driver.press("8", "4")
        assert _numbers(driver) == [4]
        await driver.press("s", "5")
        assert _numbers(driver) == [3, 2, 1, 4]
        await driver.press("g", "end", "up", "enter")
        assert _numbers(driver) == [3, 2, 4], "nobody has them"
        await driver.press("delete")
        driver.clock.pass_by(hours=5)
        driver.app.refresh_board()
        await driver.press("9", "1")
        assert _numbers(driver) == [3, 2, 1]
        await driver.press("9", "2")
        assert _numbers(driver) == []
        await driver.press("9", "end", "enter", "asterisk")
        assert _numbers(driver) == [3, 2, 1, 4]
        await driver.press("asterisk")
        assert _numbers(driver) == [3, 2, 1]


async def test_only_so_many_are_listed_and_how_many_more_there_are_is_said(console: OpenConsole) -> None:
    async with console() as driver:
        for n in range(130):
            driver.desk().log(f"退款 天猫 第{n}件 [b]")
        driver.app.refresh_board()
        await driver.press("2", "slash")
        await driver.type("[b")
        assert len(_rows(driver).lines) == 100
        assert "“[b” 130" in driver.text
        assert "还有 30 个" in driver.text


@pytest.mark.parametrize("size", [(60, 15), (80, 24)])
async def test_the_search_fits(console: OpenConsole, size: tuple[int, int]) -> None:
    async with console(size=size) as driver:
        await _filled(driver)
        await driver.press("slash")
        await driver.type("[/red]")
        assert _numbers(driver) == [3]
        assert "“[/red]” 1" in driver.text
