"""The chat message: plain lines that paste as they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from monday import MONDAY, Facts

from csconsole.core.period import PeriodKind
from csconsole.core.schedule import Language
from csconsole.reports import render


@pytest.mark.parametrize("language", ["en", "zh"])
def test_lines_are_plain_and_sections_parted_by_one_blank_line(hostile: Facts, language: Language) -> None:
    for look in (hostile.day, hostile.week):
        text = render(look(), "chat", language)
        assert all(line == line.rstrip() for line in text.split("\n"))
        assert "\n\n\n" not in text and not text.startswith("\n") and text.endswith("\n")
        assert "\t" not in text


def test_the_day_in_a_message(facts: Facts) -> None:
    assert render(facts.day(), "chat", "en").startswith(
        """\
Customer service daily report: Mon 2026-11-23, workday
Closed by Wang at 21:40

8 of 10 checks were answered, 6 on time: 60% of what was due.
Incidents: 2 opened (the day before 0), 1 resolved, 2 open.
Refunds pending (orders), JD shop: down to 4, the day before 6.
Deadlines that came due: 1, kept: 0.
2 checks are overdue and can still be answered, for longest: Read the reviews; have them answered.
1 incident is past its limit, 1 with 小王; for longest #39.

Answered 8/10, on time 6 (60%), issues 1, skipped 1
Missed 0, still open 2, overdue 2

Handover by Wang, 11-23 21:40
夜班请盯 #41,买家 22:00 回电话
库存:A 款缺货

▲ Still open: 2
12:00 Read the reviews; have them answered (overdue, 9h 45m)
  done: Tmall flagship
  not answered: Taobao shop, JD shop, Pinduoduo shop, Douyin shop, Kuaishou shop
15:40 Progress of each colleague, one to one (overdue, 6h 5m)

! Issue found: 1
09:00 Complaints and refund progress on every platform (09:06, me)
  issue found: Tmall flagship
  Note: 买家说没收到,已建工单
"""
    )


def test_a_long_period_is_told_without_naming_each_check(facts: Facts) -> None:
    month = facts.report(PeriodKind.MONTH, [facts.agenda(MONDAY + timedelta(days=n)) for n in range(3)])
    text = render(month, "chat", "en")
    assert "Press on with refunds in the back office: 1/3, 0% on time" in text
    assert "(11-23 10:10" not in text and "#42" not in text and "#39" in text
