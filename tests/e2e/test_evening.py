"""An evening at the console, and the night after it: logged, handed over, closed, amended, read in the morning."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from homes import Records, desk_on
from shell import process
from terminal import OpenTerminal

MONDAY = date(2026, 11, 23)
NIGHT = datetime.fromisoformat("2026-11-23T22:30+08:00")
SAID = "撤销 Ctrl+Z"


def test_an_evening_is_handed_over_closed_amended_and_read(console: OpenTerminal, records: Records, home: Path) -> None:
    term = console(at="18:40", size=(80, 24))
    term.press("f2")
    term.type("退款 天猫 #88120934 没收到 @小李 20:00")
    term.press("enter", "enter")
    term.see("已记 #1")
    term.press("f12")
    term.see("交接", "没有写交接说明", "#1 · 没收到", "20:00")
    term.press("ctrl+n")
    term.see("给下一班的交接说明", "Ctrl+J")
    term.type("夜班盯 #1")
    term.press("ctrl+j")
    term.type("库存 A 缺货")
    term.see("库存 A 缺货")
    x, y = term.find("库存 A 缺货")
    term.see(lambda: term.cursor == (x + 11, y))  # where an input method offers its words
    term.press("enter")
    term.see("– 王主管,18:4", SAID)
    # The day is closed, keyboard only, no letter.
    term.press("f10")
    term.see("第 1/4 步", "17 项未登记")
    term.press("space")
    term.see("16 项未登记")
    term.press("enter")
    term.see("第 2/4 步", "1 单转到下一天")
    term.press("f7")
    term.see("交给谁")
    term.press("3")
    term.see("@小张")
    term.press("enter")
    term.see("第 3/4 步", "夜班盯 #1", "库存 A 缺货")
    term.press("enter")
    term.see("第 4/4 步", "客服日报")
    term.press("escape")
    term.see("第 3/4 步")
    term.press("enter")
    term.see("第 4/4 步")
    term.press("enter")
    term.see("王主管 于 18:4", "当天已结束", SAID)
    # The night takes over, and finds one more thing to answer.
    term.press(":", "space")
    term.see("谁接班")
    term.press("2")
    term.see(lambda: "接班:小李 18:4" in term.lines[0])
    term.press("1", "space")
    term.see(SAID)
    term.press("f9")
    term.see("有补充:此后登记或改动 1 项")
    term.press("ctrl+q")
    assert term.ended() == 0
    with desk_on(home, NIGHT) as desk:
        (closing,) = desk.handover().closings
        assert closing.handover == "夜班盯 #1\n库存 A 缺货"
        assert desk.incident(1).assignee == "zhang"
        assert [(each.person, each.progress.answered) for each in desk.handover().by_person] == [("li", 1), ("wang", 1)]
    # The morning reads the night's page, and the day as it was handed over.
    morning = ("--home", str(home), "--lang", "zh", "--by", "王主管", "--now", "2026-11-24T08:40")
    page = process(*morning, "handover", "yesterday")
    assert page.code == 0, page.err
    for words in ("夜班盯 #1", "小张", "接班:小李 18:4", "有补充", "2026-11-24"):
        assert words in page.out, (words, page.out)
    kept = process(*morning, "report", "day", "yesterday", "--as-closed")
    assert "共 17 项检查,登记 1 项" in kept.out
    assert "有补充" not in kept.out
    assert process(*morning, "handover", "--take", "王主管").err == "接班:王主管 08:40\n"
