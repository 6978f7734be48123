"""What an incident taught: kept with one key, read and looked for again."""

from __future__ import annotations

import pytest
from consoles import Driver, OpenConsole
from textual.widgets import Input

from csconsole.tui.modals.cases import CaseRows, Cases
from csconsole.tui.modals.story import Story


async def _kept(driver: Driver) -> None:
    driver.desk().log("投诉 天猫 2608123456789012345 没收到")
    driver.desk().remark(1, "查了底单")
    driver.app.refresh_board()
    await driver.press("2", "enter", "space")
    assert "Ctrl+K 留作案例" in driver.text
    await driver.press("ctrl+k")
    assert "查了底单" in driver.text
    await driver.type("先查再答")
    await driver.press("f4", "enter")


async def test_one_key_keeps_a_resolved_incident_as_a_case(console: OpenConsole) -> None:
    async with console() as driver:
        await _kept(driver)
        (case,) = driver.desk().cases().cases
        assert (case.draft.next_time, case.draft.good, case.draft.incident) == ("先查再答", False, 1)
        assert "\n" in case.draft.happened, "what was not touched keeps its lines"
        assert isinstance(driver.app.screen, Story)
        await driver.press("v")
        assert driver.app.screen.query_one("#case-next_time", Input).value == "先查再答"
        await driver.press("enter")
        assert "没有变化" in driver.text, "and stays to be mended"
        await driver.press("escape", "ctrl+z")
        assert driver.desk().cases().cases == ()


async def test_cases_are_looked_for_read_and_written_anew(console: OpenConsole) -> None:
    async with console() as driver:
        await _kept(driver)
        await driver.press("escape", "v")
        assert isinstance(driver.app.screen, Cases)
        assert "先查再答" in driver.text
        await driver.press("n")
        driver.app.screen.query_one("#case-title", Input).value = "夸奖 [/b]"
        await driver.type("照做")
        await driver.press("enter")
        rows = driver.app.screen.query_one(CaseRows)
        assert ["[/b]" in line for line in rows.lines] == [True, False]
        await driver.press("f4")
        assert len(rows.lines) == 1
        await driver.press("f4", "f4", "slash")
        await driver.type("底单")
        assert ["没收到" in line for line in rows.lines] == [True]
        await driver.press("escape", "down", "enter")
        driver.app.screen.query_one("#case-did", Input).value = "赔了"
        await driver.press("enter")
        assert driver.desk().case(1).draft.did == "赔了"
        assert "赔了" in driver.text
        await driver.press("ctrl+z", "escape")
        assert "赔了" not in driver.desk().case(1).draft.did


@pytest.mark.parametrize("size", [(60, 15), (80, 24)])
async def test_the_list_and_the_form_fit(console: OpenConsole, size: tuple[int, int]) -> None:
    async with console(size=size) as driver:
        await _kept(driver)
        await driver.press("escape", "v")
        assert "没收到" in driver.text
        await driver.press("enter")
        assert "下次怎么做" in driver.text
        assert "做得不好" in driver.text
