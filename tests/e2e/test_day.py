"""A day at the console, key by key: what is on the screen is in the records."""

from __future__ import annotations

import stat
from datetime import date, datetime
from pathlib import Path

from consoles import MONDAY
from homes import Records, desk_on
from terminal import OpenTerminal

from csconsole.core.answer import Status
from csconsole.core.text import width

SAID = "撤销 Ctrl+Z"


def test_the_first_start_in_an_empty_home_shows_the_day(console: OpenTerminal, tmp_path: Path) -> None:
    where = tmp_path / "new"
    term = console(where=where)
    term.see("督促售后处理后台退款", "已到点 12分", "09:42", "2026-11-23")
    assert term.alternate
    assert (where / "schedules" / "supervisor.yaml").is_file()
    assert stat.S_IMODE((where / "data" / "csconsole.sqlite3").stat().st_mode) == 0o600
    term.press("ctrl+q")
    assert term.ended() == 0


def test_the_keys_of_a_day(console: OpenTerminal, records: Records) -> None:
    term = console()
    assert term.bells == 1  # three checks came due before the start
    term.see("这段时间到点 3 项", "▸09:30")  # the list takes no key of the timeline's
    term.press("ctrl+c")  # is no way out, and says what is
    term.see("Ctrl+Q:")
    term.press("space")
    term.see("✓ 09:42", SAID)
    assert records.item("refund-chase").status is Status.DONE
    term.press("ctrl+z")
    term.see("已撤销", "● 已到点 12分")
    assert records.item("refund-chase").status is Status.DUE
    term.press("up", "f4")
    term.see("查看各平台投诉及退款处理进度:出了什么问题?")
    term.press("escape")
    term.see("! 09:42")
    term.press("up", "f8", "1")
    term.see("晚57分 跳过")
    term.press("down", "down", "f3")
    term.see("进行中: 督促售后")
    term.press("down", "f7")
    term.type("＠小李 １７：００")
    term.press("enter")
    term.see("小李 17:00")
    term.press("down", "f6", "4", "enter")
    term.see("10:12")
    skipped, issue = records.item("shop-health"), records.item("complaints-and-refunds")
    assert (skipped.status, skipped.answer.reason) == (Status.SKIPPED, "今天不适用")
    assert issue.status is Status.ISSUE
    assert issue.answer.by == "王主管"
    assert records.item("refund-chase").status is Status.IN_PROGRESS
    assert records.item("morning-meeting").answer.delegated_to == "小李"


def test_a_check_is_filled_in_where_the_cursor_is(console: OpenTerminal, records: Records) -> None:
    term = console(size=(60, 15))
    term.press("up", "enter")
    term.see("未结投诉", "备注")

    def under_the_cursor() -> str:
        return term.lines[term.cursor[1]]

    term.see(lambda: "天猫旗舰店    _______" in under_the_cursor())
    assert term.cursor == (term.find("天猫旗舰店    _")[0] + 14, term.find("天猫旗舰店    _")[1])
    assert not term.cursor_shown  # the console draws its own; the terminal's marks the place for input methods
    term.type("23 4 0")
    term.see(lambda: "京东店" in under_the_cursor())
    term.press("f2")  # from anywhere, and back to where one was
    term.see("出了什么问题?")
    term.press("escape")
    term.see(lambda: "京东店" in under_the_cursor())
    term.press("tab")
    term.type("１２")
    term.see("１２")
    term.press(*["tab"] * 12)  # its result, three shops more, with two numbers and a result each, the result, the note
    term.see(lambda: "备注" in under_the_cursor())
    term.type("买家催了两次")
    term.press("enter")
    term.see(SAID)
    item = records.item("complaints-and-refunds")
    assert item.status is Status.DONE
    assert item.answer.note == "买家催了两次"
    assert item.answer.readings == {
        ("tmall", "complaints_open"): 23,
        ("taobao", "complaints_open"): 4,
        ("jd", "complaints_open"): 0,
        ("jd", "refunds_pending"): 12,
    }


def test_a_number_that_cannot_be_keeps_the_form_and_all_that_was_typed(console: OpenTerminal, records: Records) -> None:
    term = console(size=(80, 24))
    term.press("up", "up", "enter")
    term.type("23")
    term.press("enter")
    term.see("描述相符:不可能是 23", "备注")
    term.press("backspace", "backspace")
    term.type("4.8")
    term.press("enter")
    term.see(SAID)
    assert records.item("shop-health").answer.readings == {("tmall", "dsr_item"): 4.8}


def test_a_line_logs_an_incident_and_esc_keeps_what_was_not_saved(console: OpenTerminal, records: Records) -> None:
    term = console()
    term.press("f2")
    term.see("出了什么问题?")
    term.type("退款 天猫 ＃88120934 买家说没收到 ＠小李 ！！ +2h")
    term.see("[店铺 天猫旗舰店]", "[#88120934]", "11:42")
    x, y = term.find("退款 天猫 ＃")
    term.see(lambda: term.cursor == (x + width("退款 天猫 ＃88120934 买家说没收到 ＠小李 ！！ +2h"), y))
    term.press("enter")
    term.see("已记 #1")
    term.type("+9h jd")  # with completions on show, Enter still saves
    term.press("enter")
    term.see("已记 #2")
    term.type("半截")
    term.press("escape")
    term.see("#1 退款 天猫", "@小李")
    term.press("f2")
    term.see("半截")
    term.press("escape", "2")
    term.see("未结工单 2", "▸#1")
    term.press("enter")
    term.see("11-23 11:42")
    term.press("ctrl+n")
    term.type("已联系买家")
    term.press("enter")
    term.see("王主管: 已联系买家")
    term.press("escape", "space")
    term.see("#1 已解决", SAID)
    term.press("ctrl+z")
    term.see("未结工单 2")
    with desk_on(records.home) as desk:
        [first, second] = sorted(desk.incidents(), key=lambda incident: incident.number)
        assert first.draft.title == "买家说没收到"
        assert (first.draft.orders, first.draft.assignee) == (("88120934",), "li")
        assert [event.text for event in first.events if event.text] == ["已联系买家"]
        assert second.draft.shop == "jd"


def test_days_are_walked_and_a_day_gone_by_is_answered_late(console: OpenTerminal, records: Records) -> None:
    term = console(at="2026-11-24T09:05+08:00")
    term.press("left")
    term.see("2026-11-23", "1天前", "漏办")
    term.press("home", "left")  # back to today, and again to yesterday
    term.see("1天前")
    term.press("space")
    term.see(SAID)
    term.press("right", "right")
    term.see("2026-11-25")
    term.press("home")
    term.see("今天 ", "09:05 现在")
    with desk_on(records.home, datetime.fromisoformat("2026-11-24T09:06+08:00")) as desk:
        late = [item for item in desk.look(date(2026, 11, 23)).items if item.answer.marked_at]
    assert len(late) == 1
    assert late[0].late is not None
    assert late[0].late.days >= 0
    assert late[0].answer.marked_at is not None


def test_keys_count_as_an_input_method_sends_them(console: OpenTerminal, records: Records) -> None:
    term = console(size=(80, 24))
    for key, status in {"　": Status.DONE, "！": Status.ISSUE, "。": Status.IN_PROGRESS, "Ｘ": Status.DONE}.items():
        term.type(key)
        term.see(SAID)
        assert records.item("refund-chase").status is status
        if status is Status.ISSUE:
            term.press("escape")
        term.press("ctrl+z")
        term.see("已撤销", "● 已到点 12分")


def test_what_is_typed_before_anything_is_there_goes_where_it_is_meant_to(
    console: OpenTerminal, records: Records
) -> None:
    term = console(size=(80, 24), loaded=False)
    term.see(lambda: term.alternate, within=20)
    # In one piece: done; the one above, filled in; a line logged.
    term.type(" \x1b[A\r23\r\x1bOQjd 破损 2 件\r")
    term.see("已记 #1", within=20)
    assert records.item("refund-chase").status is Status.DONE
    filled = records.item("complaints-and-refunds")
    assert (filled.status, filled.answer.readings) == (Status.DONE, {("tmall", "complaints_open"): 23})
    with desk_on(records.home) as desk:
        assert [incident.draft.line for incident in desk.incidents()] == ["jd 破损 2 件"]


def test_the_day_turns_at_five_with_the_console_open(console: OpenTerminal, records: Records) -> None:
    term = console(at="2026-11-24T04:59:53+08:00", loaded=False)
    term.see("2026-11-23", within=7)
    term.see(lambda: "2026-11-24" in term.lines[0], within=15)
    term.see("05:00 现在", "班前查看各店铺数据", "3时45分后")
    assert not any("漏办" in line and "08:45" in line for line in term.lines[:8])
    term.press("home", "space")  # nothing is due: the cursor is on what comes next
    term.see(SAID)
    at = datetime.fromisoformat("2026-11-24T05:00:30+08:00")
    assert records.item("shop-health", at=at).status is Status.DONE
    assert records.item("shop-health", day=MONDAY.date(), at=at).status is Status.MISSED


def test_what_was_not_done_on_friday_stands_on_saturday(console: OpenTerminal, records: Records) -> None:
    term = console(at="2026-11-28T09:42+08:00", size=(80, 24))
    term.press(*["up"] * 4)
    term.see("▸11-27", "核对各店铺发票")
    term.press("space")
    term.see(SAID)
    at = datetime.fromisoformat("2026-11-28T09:43+08:00")
    with desk_on(records.home, at) as desk:
        assert desk.find("invoices@2026-11-27").status is Status.DONE
