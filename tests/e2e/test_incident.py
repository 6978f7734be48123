"""One incident from the first word to the lesson, in a real terminal, and read back by command."""

from __future__ import annotations

from pathlib import Path

from shell import process
from terminal import OpenTerminal


def test_an_incident_s_whole_life(console: OpenTerminal, home: Path) -> None:
    term = console(size=(80, 24))
    command = ["--home", str(home), "--lang", "en", "--by", "王主管", "--now", "2026-11-23T09:50:00+08:00"]
    term.press("f2")
    term.type("投诉 天猫 2608123456789012345 #A-77 买家说没收到 @小李 +2h")
    term.press("enter", "escape", "2")
    term.see("#1 投诉 天猫")
    term.press("enter")
    term.see("▸ 1 谁的责任")
    term.press("f8", "enter", "1")
    term.see("▸ 2 给的方案")
    term.press("f8", "enter")
    term.type("补发一件")
    term.press("enter")
    term.see("补发一件", "▸ 5")
    term.press("f6", "2")
    term.see("等快递")
    term.press("7", "space")
    term.see("剩 1 单")
    term.press("escape", "space")
    term.see("留作案例")
    term.press("ctrl+k")
    term.type("先查底单再承诺")
    term.press("enter")
    term.see(lambda: "下次怎么做" not in term.text)
    (found,) = process(*command, "incidents", "--find", "a-77 补发", "--json").json
    assert (found["status"], found["orders_left"]) == ("resolved", ["A-77"])
    (case,) = process(*command, "cases", "底单", "--json").json
    assert (case["incident"], case["next_time"]) == (1, "先查底单再承诺")
    # Everything is taken back, one thing after the other: the case, the resolving, the order, the waiting.
    term.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
    term.see(lambda: "等快递" not in term.text and "▸ 5" in term.text)
    (found,) = process(*command, "incidents", "--json").json
    assert (found["status"], len(found["orders_left"]), found["waiting_on"]) == ("open", 2, None)
    assert process(*command, "cases", "--json").json == []
