"""A day worked through by keys: what was done is in the journal, and on the screen."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from consoles import MONDAY, OpenConsole
from textual.widgets import Input

from csconsole.core.answer import Status
from csconsole.core.facts import MarkKind
from csconsole.core.text import width
from csconsole.desk import Desk


async def test_the_first_look_shows_times_but_says_nothing_of_what_is_not_known(console: OpenConsole) -> None:
    async with console(wait=False) as driver:
        board = driver.app.board
        assert board is not None
        assert not board.known
        assert "… 读取中" in driver.timeline.lines[0]
        assert not any("超时" in line for line in driver.timeline.lines)
        await driver.loaded()
        assert "▲ 超时 57分" in driver.timeline.lines[0]


async def test_the_timeline_says_how_each_item_stands_with_the_line_of_now_between(console: OpenConsole) -> None:
    async with console() as driver:
        lines = driver.timeline.lines
        assert len(lines) == 18  # 17 items and the line of now
        assert lines[3].strip().startswith("── 09:42 现在")
        assert "● 已到点 12分" in lines[2]
        assert "8分钟后" in lines[4]
        assert "10:30 起算" in lines[5]


async def test_the_cursor_starts_on_what_is_due_now(console: OpenConsole) -> None:
    async with console() as driver:
        assert driver.timeline.cursor == "refund-chase@2026-11-23"


@pytest.mark.parametrize("key", ["space", "ideographic_space", "x", "X"])
async def test_space_answers_the_selected_check(console: OpenConsole, key: str) -> None:
    async with console() as driver:
        await driver.press("up", key)
        item = driver.item("complaints-and-refunds")
        assert item.status is Status.DONE
        assert item.answer.by == "王主管"
        assert item.answer.marked_at == MONDAY
        assert "撤销 Ctrl+Z" in driver.said
        assert "✓ 09:42" in driver.timeline.lines[1]


async def test_space_keeps_what_shops_were_answered_apart(console: OpenConsole) -> None:
    async with console() as driver:
        driver.desk().answer("complaints-and-refunds", MarkKind.ISSUE, shop="jd")
        await driver.press("up", "space")
        item = driver.item("complaints-and-refunds")
        assert item.status is Status.ISSUE
        assert item.answer.shops["jd"] is Status.ISSUE
        assert item.answer.shops["tmall"] is Status.DONE


@pytest.mark.parametrize(
    ("key", "status"), [("f4", Status.ISSUE), ("fullwidth_exclamation_mark", Status.ISSUE), ("f3", Status.IN_PROGRESS)]
)
async def test_function_keys_answer_too(console: OpenConsole, key: str, status: Status) -> None:
    async with console() as driver:
        await driver.press(key)
        assert driver.item("refund-chase").status is status


async def test_undo_takes_back_the_last_answer_and_the_one_before(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("space", "up", "space", "ctrl+z")
        assert driver.item("refund-chase").status is Status.DONE
        assert driver.item("complaints-and-refunds").status is Status.OVERDUE
        await driver.press("ctrl+z")
        assert driver.item("refund-chase").status is Status.DUE


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(["1"], "今天不适用"), (["2"], "店铺休息"), (["１"], "今天不适用"), ([*"缺货", "enter"], "缺货")],
)
async def test_skipping_asks_why_with_two_answers_a_key_away(
    console: OpenConsole, answer: list[str], reason: str
) -> None:
    async with console() as driver:
        await driver.press("f8")
        await driver.press(*answer)
        item = driver.item("refund-chase")
        assert item.status is Status.SKIPPED
        assert item.answer.reason == reason


async def test_escape_skips_nothing(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("delete", "escape")
        assert driver.item("refund-chase").status is Status.DUE
        assert driver.app.focused is driver.timeline


async def test_a_snoozed_check_says_until_when(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("f6", "3", "enter")
        assert "09:57" in driver.timeline.lines[2]


async def test_what_is_answered_cannot_be_put_off(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("space", "f6")
        assert driver.app.focused is driver.timeline
        assert [toast.message for toast in driver.app._notifications] == ["这一项已经登记过了"]


@pytest.mark.parametrize("typed", ["@小李 17:00", "＠小李 １７：００", "小李 1700"])
async def test_a_delegated_check_says_to_whom_and_until_when(console: OpenConsole, typed: str) -> None:
    async with console() as driver:
        await driver.press("f7")
        driver.app.screen.query_one(Input).value = typed  # a test cannot press what an input method composes
        await driver.press("enter")
        item = driver.item("refund-chase")
        assert item.status is Status.DELEGATED
        assert item.answer.delegated_to == "小李"
        assert item.answer.delegated_until == datetime.fromisoformat("2026-11-23T17:00:00+08:00")


async def test_a_note_leaves_the_answer_as_it_is(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("ctrl+n", *"催过了", "enter")
        item = driver.item("refund-chase")
        assert item.status is Status.DUE
        assert item.answer.note == "催过了"


async def test_a_key_pressed_before_the_records_are_loaded_is_carried_out_then(console: OpenConsole) -> None:
    async with console(wait=False) as driver:
        assert driver.timeline.cursor == "refund-chase@2026-11-23"
        await driver.pilot.press("space", "up", "space")
        await driver.loaded()
        assert driver.item("refund-chase").status is Status.DONE
        assert driver.item("complaints-and-refunds").status is Status.DONE
        assert driver.item("shop-health").status is Status.OVERDUE
        assert driver.timeline.cursor == "complaints-and-refunds@2026-11-23"


async def test_what_came_due_meanwhile_is_answered_with_one_key(console: OpenConsole) -> None:
    async with console() as driver:
        for _ in range(50):
            if driver.today.meanwhile:
                break
            await driver.pilot.pause(0.02)
        assert "这段时间到点 3 项" in driver.text
        assert driver.app.focused is driver.timeline
        await driver.press("f5")
        for duty in ("shop-health", "complaints-and-refunds", "refund-chase"):
            item = driver.item(duty)
            assert item.status is Status.DONE
            assert item.on_time
        assert "这段时间到点" not in driver.text
        assert driver.item("late-wrong-shipments").status is Status.UPCOMING


async def test_time_passes_on_the_screen_and_the_cursor_stays(console: OpenConsole) -> None:
    async with console() as driver:
        driver.clock.pass_by(minutes=10)
        driver.app.refresh_board()
        await driver.settle()
        assert driver.timeline.cursor == "refund-chase@2026-11-23"
        assert driver.timeline.lines[4].strip().startswith("── 09:52 现在")
        assert "● 已到点 2分" in driver.timeline.lines[3]
        assert "09:52" in driver.text.splitlines()[0]


async def test_days_are_walked_and_a_past_day_is_answered_late(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("right")
        assert "2026-11-24" in str(driver.timeline.border_title)
        assert len(driver.timeline.lines) == 16
        await driver.press("home")
        assert str(driver.timeline.border_title) == "今天"
        # The journal began on this day: nothing is owed from the day before.
        await driver.press("left")
        assert driver.timeline.lines == []
        await driver.press("right")
        driver.clock.pass_by(days=1)
        await driver.press("home", "left")
        driver.timeline.move_to("shop-health@2026-11-23")
        await driver.press("space")
        item = driver.desk().find("shop-health@2026-11-23")
        assert item.status is Status.DONE
        assert item.late is not None
        assert item.late.days == 1


async def test_opening_a_check_takes_numbers_results_and_a_note_in_one_action(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("up", "enter")
        assert "未结投诉" in driver.text
        await driver.type("23 4 0")
        await driver.press("enter")
        item = driver.item("complaints-and-refunds")
        assert item.status is Status.DONE
        assert item.answer.readings == {
            ("tmall", "complaints_open"): 23,
            ("taobao", "complaints_open"): 4,
            ("jd", "complaints_open"): 0,
        }
        await driver.press("ctrl+z")
        item = driver.item("complaints-and-refunds")
        assert item.status is Status.OVERDUE
        assert item.answer.readings == {}


async def test_full_width_digits_are_numbers_and_words_are_not(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.press("up", "enter")
        await driver.type("x")
        await driver.press("enter")
        assert "x" in driver.text
        assert driver.item("complaints-and-refunds").status is Status.OVERDUE
        await driver.press("backspace", *"１２", "enter")
        item = driver.item("complaints-and-refunds")
        assert item.answer.readings == {("tmall", "complaints_open"): 12}


async def test_a_reading_past_its_level_is_marked_beside_last_times(console: OpenConsole) -> None:
    async with console() as driver:
        readings = {("tmall", "refunds_pending"): 19.0}
        driver.desk().fill("refund-chase", {None: MarkKind.DONE}, readings=readings)
        driver.clock.pass_by(days=1)
        await driver.press("home")
        driver.desk().fill("refund-chase", {}, readings={("tmall", "refunds_pending"): 23.0})
        driver.app.refresh_board()
        driver.timeline.move_to("refund-chase@2026-11-24")
        await driver.settle()
        row = next(line for line in driver.text.splitlines() if "23▲" in line)
        assert "19" in row.split("23▲")[1]

    return MarkKind.DONE


@pytest.mark.parametrize("size", [(60, 15), (80, 24), pytest.param((120, 36), marks=pytest.mark.long), (200, 60)])
async def test_every_size_shows_what_is_due_and_no_line_is_too_wide(
    console: OpenConsole, size: tuple[int, int]
) -> None:
    async with console(at=datetime.fromisoformat("2026-11-23T17:05:00+08:00"), size=size) as driver:
        assert "复查一遍待发货订单" in driver.text
        assert all(width(line) <= size[0] for line in driver.text.splitlines())


async def test_another_consoles_answer_is_seen_without_a_key(console: OpenConsole) -> None:
    async with console() as driver:
        other = Desk(driver.desk().workspace, driver.clock, "夜班")
        other.open()
        other.answer("shop-health")
        other.close()
        driver.app._look_round()
        await driver.settle()
        assert "✓ 09:42" in driver.timeline.lines[0]


async def test_quitting_asks_nothing(console: OpenConsole) -> None:
    async with console() as driver:
        await driver.pilot.press("ctrl+q")
        await driver.pilot.pause()
        assert driver.app._exit
        assert driver.app.return_value == 0


async def test_who_is_on_duty_is_changed_with_one_action_and_acts_from_then_on(console: OpenConsole) -> None:
    async with console() as driver:
        assert "值班 王主管" in driver.text
        await driver.press("ctrl+t")
        driver.app.screen.query_one(Input).value = "小张"
        await driver.press("enter")
        assert "接班:小张 09:42" in driver.text
        await driver.press("space")
        assert driver.item("refund-chase").answer.by == "小张"
    again = Desk(driver.desk().workspace, driver.clock, "system user")
    again.resumes_duty = True
    again.open()
    assert again.by == "小张"
    again.close()


async def test_a_past_check_shows_without_a_reading_the_schedule_no_longer_knows(
    console: OpenConsole, home: Path
) -> None:
    file = home / "schedules" / "supervisor.yaml"
    text = file.read_text(encoding="utf-8")
    async with console() as driver:
        driver.clock.pass_by(days=1)
        kept = re.sub(r"\n  refunds_near_limit:.*?(?=\n  [a-z_]+:)", "", text, flags=re.DOTALL)
        file.write_text(re.sub(r", refunds_near_limit\b", "", kept), encoding="utf-8")
        driver.app._look_round()
        await driver.press("home", "left")
        driver.timeline.move_to("refund-chase@2026-11-23")
        await driver.settle()
        assert "督促售后处理后台退款" in driver.text
        await driver.press("enter")
        assert "待处理退款" in driver.text
        assert "临近超时退款" not in driver.text
        await driver.type("7")
        await driver.press("enter")
        item = driver.desk().find("refund-chase@2026-11-23")
        assert item.answer.readings == {("tmall", "refunds_pending"): 7}
