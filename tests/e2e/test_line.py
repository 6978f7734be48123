"""The one-line log in a real terminal: how many keys it takes from any screen, and what becomes of what is typed."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from consoles import MONDAY
from homes import Records, desk_on
from terminal import OpenTerminal

from csconsole.core.incident import Severity

CHINESE = "退款 天猫 2608123456789012345 买家说没收到 @小李 !! +2h"
ENGLISH = "refund tmall #88120934 not received @li !! 18:00"

# How one gets to each screen, what then stands on it, and how one leaves it.
SCREENS: dict[str, tuple[list[str], str, list[str]]] = {
    "today": ([], "督促售后", []),
    "incidents": (["2"], "未结工单", []),
    "story": (["2", "enter"], "经过", ["escape"]),
    "deadlines": (["3"], "到期", []),
    "reports": (["4"], "日报", []),
    "check form": (["1", "enter"], "备注", ["escape"]),
    "help": (["1", "f1"], "Ctrl+Q", ["escape"]),
    "closing of the day": (["1", "ctrl+e"], "交接", ["escape"]),
}


def test_from_every_screen_it_takes_f2_the_words_and_enter(console: OpenTerminal, records: Records) -> None:
    term = console()
    took = {}
    for number, (screen, (keys, there, leave)) in enumerate(SCREENS.items(), 1):
        term.press(*keys)
        term.see(there)
        line = (CHINESE, ENGLISH)[number % 2]
        started = time.monotonic()
        term.press("f2")
        term.type(line)  # as fast as an input method sends it
        term.press("enter")
        term.see(f"✓ 已记 #{number}:")
        took[screen] = time.monotonic() - started
        term.press("enter")  # on nothing: back to where one was
        term.see(there, lambda: "✓ 已记" not in term.text)
        term.press(*leave)
    assert max(took.values()) < 10, took  # on a machine with nothing else to do, about one
    with desk_on(records.home) as desk:
        found = [desk.incident(number) for number in range(1, len(SCREENS) + 1)]
    for incident in found:
        assert (incident.category, incident.shop, incident.assignee) == ("refunds", "tmall", "li")
        assert incident.severity is Severity.CRITICAL
    for incident in found[::2]:
        assert (incident.orders, incident.title) == (("88120934",), "not received")
        assert incident.due_at == MONDAY.replace(hour=18, minute=0)
    for incident in found[1::2]:
        assert (incident.orders, incident.title) == (("2608123456789012345",), "买家说没收到")
        assert incident.due_at is not None
        assert incident.due_at - incident.opened_at == timedelta(hours=2)


@pytest.mark.parametrize("size", [(120, 36), (60, 15)])
def test_37_orders_are_pasted_and_one_incident(console: OpenTerminal, records: Records, size: tuple[int, int]) -> None:
    orders = [str(2608123456789012345 + place) for place in range(37)]
    term = console(size=size)
    term.press("f2")
    term.type("物流 圆通停滞")
    term.paste("\r\n".join(orders) + "\r\n")
    term.type("tm")
    term.see("37 个订单", "[店铺 天猫旗舰店]", "▸天猫")
    assert all("[" not in row or row.count("[") == row.count("]") for row in term.lines)  # no chip is broken
    term.press("tab", "enter")
    term.see("✓ 已记 #1")
    with desk_on(records.home) as desk:
        incident = desk.incident(1)
    assert (incident.orders, incident.title, incident.shop) == (tuple(orders), "圆通停滞", "tmall")


def test_what_is_typed_is_there_after_a_restart_and_a_wrong_word_is_told(console: OpenTerminal) -> None:
    term = console(size=(60, 15))
    term.press("f2")
    term.type("退款 天猫 25:00 没说完")
    term.see("25:00 留在标题里")
    term.press("ctrl+q")
    assert term.ended() == 0
    again = console(size=(60, 15))
    again.press("f2")
    again.see("退款 天猫 25:00 没说完", "[店铺 天猫旗舰店]")


def test_keys_are_fast_behind_a_paste_of_ten_thousand_characters(console: OpenTerminal) -> None:
    """What a key costs the program, over what it costs on an empty line: measured, for a busy machine delays both."""
    term = console()
    term.press("f2")
    term.see("出了什么问题?")

    def cost() -> float:
        before = term.processes()[0].cpu_times()
        for _key in range(30):
            sent = len(term.raw)
            term.type("x")
            term.see(lambda sent=sent: len(term.raw) > sent)
        after = term.processes()[0].cpu_times()
        return 1000 * (after.user + after.system - before.user - before.system) / 30

    empty = cost()
    term.press(*["backspace"] * 30)
    term.paste("买家说没收到 parcel lost and the buyer is angry\n" * 230)
    term.settle()
    assert cost() - empty < 16  # 2 to 5 ms where this was written
