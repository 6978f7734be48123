"""The pages beside Today, and the forms over them."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from consoles import MONDAY, Driver, OpenConsole
from textual.widgets import Input

from csconsole.core.incident import IncidentStatus, Severity
from csconsole.core.period import Period
from csconsole.desk import Desk
from csconsole.tui.pages.incidents import IncidentsPage
from csconsole.tui.widgets.lists import IncidentList


async def _type_line(driver: Driver, line: str) -> None:
    driver.app.screen.query_one(Input).value = line  # what an input method composes cannot be pressed
    await driver.settle()


# -- the one-line log ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["f2", "plus", "fullwidth_plus_sign"])
async def test_a_line_is_read_back_while_typed_and_saved_with_enter(console: OpenConsole, key: str) -> None:
    async with console() as driver:
        await driver.press(key)
        await _type_line(driver, "退款 天猫 2608123456789012345 买家说没收到 @小李 !! +2h")
        assert "[类别 退款]" in driver.text
        assert "[店铺 天猫旗舰店]" in driver.text
        assert "[#2608123456789012345]" in driver.text
        await driver.press("enter")
        incident = driver.desk().incident(1)
        assert incident.draft.category == "refunds"
        assert incident.draft.shop == "tmall"
        assert incident.draft.orders == ("2608123456789012345",)
        assert incident.draft.severity is Severity.CRITICAL
        assert incident.draft.assignee == "li"
        assert incident.draft.title == "买家说没收到"
        assert incident.due_at == datetime.fromisoformat("2026-11-23T11:42:00+08:00")
        # The line is open, and empty, for the next.
        assert driver.app.screen.query_one(Input).value == ""
        await driver.press("enter")
        assert driver.app.focused is driver.timeline
        assert "#1 退款 天猫 !! 买家说没收到" in driver.text


async def test_escape_keeps_the_draft_for_next_time(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f2")
        await _type_line(driver, "退款 天猫 没说完")
        await driver.press("escape", "f2")
        assert driver.app.screen.query_one(Input).value == "退款 天猫 没说完"
        assert driver.desk().incidents() == []


async def test_tab_completes_and_enter_saves_while_completions_show(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f2")
        await driver.type("ref")
        assert "Tab →" in driver.text
        await driver.press("tab")
        assert driver.app.screen.query_one(Input).value == "退款 "
        await driver.type("pin")
        await driver.press("enter")
        assert driver.desk().incident(1).draft.line == "退款 pin"


async def test_what_is_assumed_is_said(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f2")
        await _type_line(driver, "jd 买家骂人")
        assert "京东店" in driver.text
        assert "接待" in driver.text


# -- incidents ----------------------------------------------------------------------------------------------------


async def test_an_incident_is_resolved_reopened_and_noted_by_keys(console: OpenConsole) -> None:
    async with console() as driver:
        driver.desk().log("退款 天猫 没收到 +1h")
        driver.app.refresh_board()
        await driver.press("2")
        assert driver.app.focused is driver.app.query_one("#incident-list")
        await driver.press("ctrl+n")
        await driver.press(*"催了", "enter")
        assert [event.text for event in driver.desk().incident(1).events] == ["催了"]
        await driver.press("enter")
        assert "催了" in driver.text
        assert "没收到" in driver.text
        await driver.press("semicolon", *"再催", "enter")
        assert "再催" in driver.text
        await driver.press("escape", "space")
        assert driver.desk().incident(1).status is IncidentStatus.RESOLVED
        assert driver.app.query_one("#incident-list", IncidentList).lines == []
        await driver.press("asterisk", "space")
        assert driver.desk().incident(1).status is IncidentStatus.OPEN
        await driver.press("ctrl+z")
        assert driver.desk().incident(1).status is IncidentStatus.RESOLVED


async def test_incidents_stand_in_the_order_in_which_time_runs_out(console: OpenConsole) -> None:
    async with console() as driver:
        for line in ("退款 天猫 慢的 +5h", "退款 京东 急的 +1h", "退款 淘宝 过了的 +1h"):
            driver.desk().log(line)
        driver.clock.pass_by(minutes=90)
        driver.desk().log("退款 抖音 新的 +30m")
        driver.app.refresh_board()
        await driver.press("２")
        lines = driver.app.query_one(IncidentsPage).query_one(IncidentList).lines
        assert [line.split("的")[0][-1] for line in lines] == ["急", "过了"[-1], "新", "慢"]
        assert "▲ 结案 超时 30分" in lines[0]
        assert "结案 剩 30分" in lines[2]


# -- reports and closing ------------------------------------------------------------------------------------------


async def test_the_report_walks_and_is_saved(console: OpenConsole, tmp_path: Path) -> None:
    async with console() as driver:
        await driver.press("f9")
        await driver.shows("客服日报")
        await driver.press("space")
        await driver.shows("客服周报")
        await driver.press("left")
        await driver.shows("2026-11-16")
        await driver.press("f7")
        await driver.shows("客服月报")
        await driver.press("minus")
        await driver.shows("客服年报")
        await driver.press(",")
        await driver.shows("客服日报")
        await driver.press("ctrl+s")
        target = tmp_path / "report.html"
        await _type_line(driver, str(target))
        await driver.press("enter")
        await driver.shows("已存为")
        assert "<html" in target.read_text(encoding="utf-8")


async def test_the_pack_for_monday_and_the_months_refunds_are_a_key_away(console: OpenConsole, tmp_path: Path) -> None:
    async with console() as driver:
        driver.desk().log("物流 天猫 2608123456789012345 丢件,要求退款 @小李")
        await driver.press("f9", "f4")
        await driver.shows("周一晨会")
        await driver.shows("上周 11-16 – 11-22")
        # It is prepared in the week before, and no earlier.
        await driver.press("right", "right")
        await driver.shows("上周 11-23 – 11-29")
        await driver.press("left", "space")
        await driver.shows("2608123456789012345")
        await driver.press("ctrl+s")
        target = tmp_path / "refunds.csv"
        await _type_line(driver, str(target))
        await driver.press("enter")
        await driver.shows("已存为")
        assert "'2608123456789012345" in target.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("number", "ending", "begins"), [("3", ".xlsx", b"PK"), ("4", ".csv", b"\xef\xbb\xbf")])
async def test_a_format_is_chosen_by_its_number(console: OpenConsole, number: str, ending: str, begins: bytes) -> None:
    async with console() as driver:
        await driver.press("f9", "ctrl+s", number)
        await driver.shows("已存为")
        [file] = driver.desk().workspace.reports.iterdir()
        assert file.name == f"day-2026-11-23{ending}"
        assert file.read_bytes().startswith(begins)


async def test_keys_do_not_wait_for_a_report(console: OpenConsole, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one is being made, another page comes at once; and what comes too late is not shown."""
    go_on, asked = threading.Event(), threading.Event()
    paper = Desk.paper

    def slow(desk: Desk, period: Period, format: str, **options: Any) -> bytes:
        asked.set()
        assert go_on.wait(20)
        return paper(desk, period, format, **options)

    monkeypatch.setattr(Desk, "paper", slow)
    async with console() as driver:
        await driver.press("f9", "f8")
        assert asked.wait(10)
        await driver.press("f6")
        assert "正在生成" in driver.text
        await driver.press("1")
        assert driver.app.page.id == "today"
        await driver.press("f9")
        go_on.set()
        await driver.shows("客服周报")
        assert "客服年报" not in driver.text


async def test_the_report_follows_what_is_answered(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f9")
        await driver.shows("登记 0 项")
        driver.desk().answer("shop-health")
        driver.app.changed()
        await driver.shows("登记 1 项")


async def test_what_cannot_be_saved_is_said(console: OpenConsole, tmp_path: Path) -> None:
    async with console() as driver:
        await driver.press("f9", "ctrl+s")
        await _type_line(driver, str(tmp_path / "missing" / "report.html"))
        await driver.press("enter")
        while not driver.app._notifications:
            await driver.pilot.pause(0.02)
        assert "没有这个文件夹" in next(iter(driver.app._notifications)).message


async def test_the_report_is_copied_as_plain_lines(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f9", "ctrl+y")
        await driver.shows("已复制")
        assert driver.app.clipboard.startswith("客服日报")


async def test_help_shows_every_key_of_the_page_and_where_the_records_are(console: OpenConsole) -> None:
    async with console(size=(140, 60)) as driver:
        await driver.press("f1")
        assert "F8 Delete 键 - s" in driver.text
        assert str(driver.desk().workspace.home)[:20] in driver.text
        await driver.press("escape")
        assert driver.app.focused is driver.timeline


async def test_the_palette_takes_an_action(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("ctrl+p")
        await driver.shows("按名称找命令")
        await driver.press(*"到期")
        await driver.pilot.pause(0.5)
        await driver.press("enter")
        await driver.pilot.pause(0.2)
        assert driver.app.page.id == "deadlines"


async def test_hostile_text_is_shown_as_text(console: OpenConsole) -> None:
    hostile = (
        "退款 [red]x[/red] [/] [@click=app.quit]q[/] [link=http://x]y[/link] \x1b[31m\x1b]52;c;eA==\x07 \u202e <script>"
    )
    async with console(at=MONDAY) as driver:
        driver.desk().log(hostile)
        driver.desk().note("refund-chase", hostile)
        driver.app.refresh_board()
        await driver.settle()
        assert "[red]x[/red] [/] [@click=app.quit]q[/]" in driver.text
        await driver.press("2", "enter")
        assert "[red]x[/red]" in driver.text
        assert "\x1b" not in driver.text
        assert "\u202e" not in driver.text
        await driver.press("escape")
        await driver.press("f9")
        assert "\x1b" not in driver.text
