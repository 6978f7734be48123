"""From a check to the log and back: what is found at a check is logged from it, and asked about at the next round."""

from __future__ import annotations

from datetime import timedelta

from consoles import MONDAY, Driver, OpenConsole
from textual.widgets import Input

from csconsole.core.answer import Status
from csconsole.core.facts import MarkKind
from csconsole.core.incident import IncidentStatus
from csconsole.tui.modals.check import CheckForm
from csconsole.tui.modals.logline import LogLine
from csconsole.tui.widgets.checkrows import Asked

KEY = "refund-chase@2026-11-23"
TUESDAY = MONDAY + timedelta(days=1)


def line(driver: Driver) -> str:
    assert isinstance(driver.app.screen, LogLine)
    return driver.app.screen.query_one(Input).value


async def test_an_issue_opens_the_line_with_what_is_known(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f4")
        assert driver.item("refund-chase").status is Status.ISSUE
        assert line(driver) == "退款 "
        assert "督促售后处理后台退款:出了什么问题?" in driver.text.replace(" ", "")
        await driver.type("没收到")
        await driver.press("enter", "enter")
        assert driver.app.focused is driver.timeline
        incident = driver.desk().incident(1)
        assert (incident.occurrence, incident.category, incident.title) == (KEY, "refunds", "没收到")
        assert "在这里发现的" in driver.text


async def test_esc_or_enter_on_nothing_leaves_the_mark_and_another_draft_as_they_are(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f2")
        await driver.type("draft")
        await driver.press("escape")
        for leave in ("escape", "enter"):
            await driver.press("f4")
            assert line(driver) == "退款 "
            await driver.press(leave)
            assert driver.app.focused is driver.timeline
        assert driver.item("refund-chase").status is Status.ISSUE
        assert driver.desk().incidents(all=True) == []
        await driver.press("f4", "x", "escape", "f2")
        assert line(driver) == "draft"
        await driver.press("escape", "f4")
        assert line(driver) == "退款 x"


async def test_what_is_typed_goes_before_what_the_check_gave(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f4")
        await driver.type("丢件 没收到")
        await driver.settle()
        assert "物流" in driver.text
        await driver.press("enter", "enter")
        incident = driver.desk().incident(1)
        assert (incident.occurrence, incident.category, incident.title) == (KEY, "logistics", "没收到")


async def test_the_log_key_pressed_for_the_next_line_does_not_close_it(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f2")
        await driver.type("first")
        await driver.press("enter", "f2")
        await driver.type("2 x")
        await driver.press("f2", "enter")
        assert [each.title for each in driver.desk().incidents(all=True)] == ["first", "2 x"]
        assert driver.app.page.id == "today"


async def test_the_one_shop_left_is_named(console: OpenConsole) -> None:
    async with console() as driver:
        desk = driver.desk()
        for shop in desk.find(KEY).occurrence.shops[1:]:
            desk.answer(KEY, shop=shop)
        driver.app.changed()
        await driver.settle()
        await driver.press("f4")
        assert line(driver) == "退款 天猫 "


async def test_an_issue_said_in_the_form_at_one_shop_opens_the_line_for_it(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("enter", *["tab"] * 5)
        await driver.press("space", "space", "enter")
        assert line(driver) == "退款 淘宝 "
        await driver.press("escape")
        await driver.press("enter", "enter")  # saved again, with nothing new to say
        assert driver.app.focused is driver.timeline


async def test_a_reading_past_its_warning_level_offers_to_be_logged(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("enter")
        await driver.type("26 3 31")
        await driver.press("enter")
        assert driver.app.focused is driver.timeline
        assert driver.item("refund-chase").status is Status.DONE
        assert "▲ 天猫旗舰店 待处理退款 26 > 20 · 还有 1 条" in driver.text
        await driver.press("f2")
        assert line(driver) == "退款 天猫 待处理退款 26 > 20"
        await driver.press("enter", "enter")
        first = driver.desk().incident(1)
        assert (first.occurrence, first.shop, first.title) == (KEY, "tmall", "待处理退款 26 > 20")
        assert "▲ 京东店 待处理退款 31 > 20" in driver.text
        await driver.press("f2")
        await driver.type("something else")  # which takes the place of what is offered
        await driver.press("enter", "enter")
        assert driver.desk().incident(2).draft.line == "something else"
        assert driver.desk().incident(2).occurrence is None
        assert "31 > 20 ·" not in driver.text


async def test_an_offer_takes_no_key_of_the_timeline_and_is_put_away_with_escape(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("enter")
        await driver.type("26")
        await driver.press("enter", "up", "space")
        assert driver.item("complaints-and-refunds").status is Status.DONE
        assert "26 > 20" in driver.text
        await driver.press("escape")
        assert "26 > 20 ·" not in driver.text
        await driver.press("f2")
        assert line(driver) == ""


async def test_the_next_round_asks_and_one_key_answers(console: OpenConsole) -> None:
    async with console() as driver:
        for words in ("没收到", "退得慢"):
            driver.desk().log(words, found_at=KEY)
    async with console(at=TUESDAY) as driver:
        await driver.press("home")
        assert "上次发现、还没结的:了结了吗?" in driver.text
        await driver.press("enter")
        assert isinstance(driver.app.screen, CheckForm)
        first, second = driver.app.screen.query(Asked)
        first.focus()
        await driver.press("space", "down", "right")
        assert (first.closed, second.closed) == (True, False)
        assert "✓ 已了结" in driver.text
        assert "↻ 还没结" in driver.text
        await driver.press("enter")
        desk = driver.desk()
        assert [desk.incident(n).status for n in (first.number, second.number)] == [
            IncidentStatus.RESOLVED,
            IncidentStatus.OPEN,
        ]
        assert desk.incident(second.number).standing.occurrences == [KEY, "refund-chase@2026-11-24"]
        assert "在这里发现的" in driver.text
        await driver.press("ctrl+z")
        assert len(desk.incidents()) == 2
        assert driver.item("refund-chase").status is Status.DUE


async def test_said_again_is_taken_back(console: OpenConsole) -> None:
    async with console() as driver:
        driver.desk().log("没收到", found_at=KEY)
    async with console(at=TUESDAY) as driver:
        driver.desk().answer("refund-chase", MarkKind.DONE)
        await driver.press("home", "enter")
        for asked in driver.app.screen.query(Asked):
            asked.focus()
            await driver.press("space", "space")
            assert asked.closed is None
