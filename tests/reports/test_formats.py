"""Every format says all there is to say, in both languages, and nothing a person typed becomes markup."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, get_args

import pytest
from monday import MARKUP, SHOPS, Facts, everywhere
from msgspec.structs import replace

from csconsole.core.facts import MarkKind
from csconsole.core.report import Report
from csconsole.core.schedule import Language
from csconsole.reports import FORMATS, SUFFIXES, Format, render

LANGUAGES: tuple[Language, ...] = get_args(Language)
Look = Callable[[Facts], Report]


def said(report: Report, format: Format, language: Language) -> str:
    """The report with what a format adds to words taken out of them: escapes, and breaks where a line was full."""
    text = render(report, format, language)
    if format == "markdown":
        return re.sub(r"\\(.)", r"\1", text)
    if format == "text":
        return re.sub(r"\n +(?=\S)", "", text) + re.sub(r"\n +(?=\S)", " ", text)
    return text


# -- every fact -----------------------------------------------------------------------------------------------

SAID_OF_THE_DAY = (
    *("2026-11-23", "21:40", "夜班请盯 #41", "库存:A 款缺货", "8/10", "60%"),
    *("08:47", "09:06", "10:10", "10:28", "10:30", "10:40", "14:15", "18:33"),  # when each was answered
    *("买家说没收到,已建工单", "今天没有活动"),
    *("#39", "破损待赔", "202611220001", "小王", "已联系快递,等回复"),
    *("#41", "买家说没收到", "小李", "#42", "仅退款争议", "15:20", "平台支持我方"),
    *("23", "19", "4.6", "4.7", "78.5", "148,210", "152,300.5"),
    *("11-27", "11-30", "12-07"),
)
SAID_IN: dict[Language, tuple[str, ...]] = {
    "en": (
        *("Mon", "workday", "Wang", "Issue found", "Skipped", "Still open", "Done late", "Done on time", "overdue"),
        *("40 min", "38 min", "9h 45m", "35 min over", "11h 20m left", "high"),
        *("Read the reviews; have them answered", "Progress of each colleague", "Dispatch drop-shipped orders"),
        *("Complaints", "Logistics", "Tmall flagship", "Pinduoduo shop", "Douyin shop"),
        *("Refunds pending", "above 20", "below 80", "Dropship orders"),
        *("Invoices issued and posted", "November refund list for lost parcels"),
    ),
    "zh": (
        *("周一", "工作日", "王主管", "40分", "38分", "9时45分", "35分", "11时20分"),
        *("查看各店商品评价", "询问每位同事工作进展", "安排代发订单发货"),
        *("投诉", "物流", "天猫旗舰店", "拼多多店", "抖音小店", "待处理退款", "代发单"),
        *("核对各店铺发票开具", "11月丢件少件明细"),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", [format for format in FORMATS if format != "json"])
def test_every_format_says_all_of_the_day(facts: Facts, format: Format, language: Language) -> None:
    text = said(facts.day(), format, language)
    assert [fact for fact in (*SAID_OF_THE_DAY, *SAID_IN[language]) if fact not in text] == []


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "json"])
def test_every_format_says_all_of_the_week(facts: Facts, format: Format) -> None:
    text = said(facts.week(), format, "en")
    expected = (
        *("2026-11-23", "2026-11-29", "8/28", "21%", "11-24", "11-25", "1/3", "33%", "Missed"),
        *("今天没有活动", "2d over", "夜班请盯 #41"),
    )
    assert [fact for fact in expected if fact not in text] == []


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_without_anything_is_said_so(facts: Facts, format: Format, language: Language) -> None:
    facts.change(duties={}, people=())
    facts.readings, facts.incidents, facts.closing = [], [], None
    text = render(facts.day(), format, language)
    assert text.endswith("\n")
    assert "0/0" in text or '"total": 0' in text


@pytest.mark.parametrize("format", ["text", "chat", "markdown", "html"])
def test_a_moved_deadline_says_why(facts: Facts, format: Format) -> None:
    """The 31st of October 2026 is a Saturday."""
    facts.world = type(facts.world)(*facts.schedule.duties.values(), began="2026-10-01")
    found = facts.world.occurrence("lost-parts@2026-10-31")
    report = replace(facts.day(), deadlines=(replace(facts.deadlines()[0], adjusted=found.adjusted),))
    text = said(report, format, "en")
    assert "the 31st is a Saturday; the working day after it is Monday the 2nd of November" in text


@pytest.mark.parametrize("format", ["text", "chat", "markdown", "html"])
def test_a_provisional_day_says_so(facts: Facts, format: Format) -> None:
    report = facts.day()
    day, progress = report.days[0]
    report = replace(report, days=((replace(day, provisional=True), progress),))
    assert "provisional" in said(report, format, "en")


# -- text people typed ----------------------------------------------------------------------------------------

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_typed_gives_commands_to_a_terminal(hostile: Facts, format: Format) -> None:
    for look in (hostile.day, hostile.week):
        assert CONTROL.search(render(look(), format, "zh")) is None


def test_nothing_typed_is_lost(facts: Facts) -> None:
    for format in FORMATS:
        if format not in ("html", "json"):
            assert said(everywhere(facts, MARKUP).day(), format, "en").count("alert(1)") > 10


# -- JSON -----------------------------------------------------------------------------------------------------


def plain(report: Report) -> Any:
    return json.loads(render(report, "json", "en"))


def test_the_json_of_a_day_has_the_shape_promised(facts: Facts) -> None:
    day = plain(facts.day())
    assert day["period"] == {"kind": "day", "from": "2026-11-23", "to": "2026-11-23"}
    assert day["progress"] == {
        "total": 10, "answered": 8, "done": 6, "issue": 1, "skipped": 1, "missed": 0, "overdue": 2, "on_time": 6,
        "on_time_rate": 0.6,
    }  # fmt: skip
    assert day["closed_at"] == "2026-11-23T21:40:00+08:00"
    assert day["handover"].startswith("夜班请盯 #41")
    items = {item["duty"]: item for item in day["items"]}
    assert next(iter(items)) == "shop-health" and len(items) == 10
    expected: dict[str, object] = {
        "key": "complaints@2026-11-23",
        "duty": "complaints",
        "kind": "daily",
        "title": "Complaints and refund progress on every platform",
        "category": "team",
        "planned": "2026-11-23T09:00:00+08:00",
        "due": "2026-11-23T09:00:00+08:00",
        "until": None,
        "status": "issue",
        "overlaps": [],
        "marked_at": "2026-11-23T09:06:00+08:00",
        "late_seconds": 360,
        "by": "me",
        "note": "买家说没收到,已建工单",
        "reason": None,
        "readings": {"refunds_pending": {"tmall": 26, "jd": 4}, "complaints_open": {"tmall": 3}},
        "shops": dict.fromkeys(SHOPS, True),
        "results": {shop: "issue" if shop == "tmall" else "done" for shop in SHOPS},
    }
    assert {name: items["complaints"][name] for name in expected} == expected
    assert items["shipments"]["due"] == "2026-11-23T10:30:00+08:00"
    assert items["reviews"]["shops"] == {shop: shop == "tmall" for shop in SHOPS}
    assert items["reviews"]["late_seconds"] is None
    assert items["operations-plan"]["reason"] == "今天没有活动"
    assert {name: [each["number"] for each in found] for name, found in day["incidents"].items()} == {
        "opened": [41, 42],
        "resolved": [42],
        "open": [39, 41],
    }
    assert day["incidents"]["open"][0] == {
        "respond_by": None,
        "platform_by": None,
        "answered_at": None,
        "waiting_on": None,
        "buyer": None,
        "tracking": [],
        "orders_left": ["202611220001"],
        "number": 39,
        "title": "破损待赔",
        "category": "logistics",
        "shop": "jd",
        "orders": ["202611220001"],
        "assignee": "小王",
        "assignee_id": "小王",
        "severity": "normal",
        "status": "open",
        "opened_at": "2026-11-22T16:00:00+08:00",
        "opened_by": "wang",
        "due_at": "2026-11-23T21:10:00+08:00",
        "resolved_at": None,
        "limits": [
            {"clock": "settle", "at": "2026-11-23T21:10:00+08:00", "left_seconds": -2100, "stands_still": False}
        ],
        "overdue": True,
        "occurrence": None,
        "notes": [{"at": "2026-11-23T11:00:00+08:00", "by": "小王", "text": "已联系快递,等回复", "kind": "note"}],
    }
    refunds = day["readings"]["refunds_pending"]["tmall"]
    assert (refunds["value"], refunds["before"], refunds["change"], refunds["warning"]) == (23, 19, 4, True)
    assert day["readings"]["dropship_orders"][""]["value"] == 12
    assert day["readings"]["sales_amount"]["tmall"]["before"] == 152300.5
    assert day["deadlines"][2] == {
        "key": "lost-parts@2026-11-30",
        "duty": "lost-parts",
        "kind": "monthly",
        "title": "November refund list for lost parcels and missing parts",
        "nominal": "2026-11-30",
        "due": "2026-11-30T18:00:00+08:00",
        "convention": "following",
        "moved_days": 0,
        "reason": "",
        "provisional": False,
        "status": "upcoming",
    }


def test_whole_numbers_are_whole_in_json(facts: Facts) -> None:
    text = render(facts.day(), "json")
    assert '"value": 23,' in text and '"value": 4.6,' in text
    assert not re.search(r"\d\.0\b", text)


def test_the_json_of_a_week_goes_by_duty(facts: Facts) -> None:
    week = plain(facts.week())
    assert week["period"] == {"kind": "week", "from": "2026-11-23", "to": "2026-11-29"}
    duties = {duty["duty"]: duty for duty in week["by_duty"]}
    refunds = duties["refund-chase"]
    assert (refunds["total"], refunds["answered"], refunds["missed"], refunds["on_time"]) == (3, 1, 1, 0)
    assert (refunds["mean_late_seconds"], refunds["worst_late_seconds"]) == (2400, 2400)
    assert [day["date"] for day in week["by_day"]] == ["2026-11-23", "2026-11-24", "2026-11-25"]
    assert week["closed_at"] is None and week["handover"] is None
    assert [each["date"] for each in week["handovers"]] == ["2026-11-23"]


def test_instants_in_json_carry_the_offset_they_had(facts: Facts) -> None:
    report = facts.day()
    instants = re.findall(r'"(\d{4}-\d\d-\d\dT[^"]*)"', render(report, "json"))
    assert instants and all(datetime.fromisoformat(each).utcoffset() == timedelta(hours=8) for each in instants)


def test_the_day_not_closed_has_no_handover(facts: Facts) -> None:
    facts.closing = None
    day = plain(facts.day())
    assert day["closed_at"] is None and day["handover"] is None
    assert "Not closed yet" in render(facts.day(), "chat", "en")


# -- as a whole -----------------------------------------------------------------------------------------------


def test_every_format_has_a_name_to_be_saved_under() -> None:
    assert set(SUFFIXES) == {*FORMATS, "pdf", "csv", "xlsx"}


def test_a_report_is_in_the_language_asked_for_and_leaves_the_console_s_alone(facts: Facts) -> None:
    report = facts.day()
    english = render(report, "text")
    assert render(report, "text", "zh") != english
    assert render(report, "text") == english


def test_a_format_is_loaded_when_it_is_asked_for() -> None:
    script = "import sys, csconsole.reports; print([m for m in sys.modules if m.startswith('csconsole.reports.')])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_shop_skipped_at_a_check_done_elsewhere_is_named(facts: Facts) -> None:
    facts.world.mark("reviews@2026-11-23", MarkKind.SKIPPED, "2026-11-23 21:00", shop="jd", reason="店铺休息")
    facts.world.mark("reviews@2026-11-23", MarkKind.DONE, "2026-11-23 21:10")
    text = render(facts.day(), "chat", "en")
    assert "  skipped: JD shop\n  Reason: 店铺休息\n" in text
