"""The shipped schedule carries the whole routine it was designed for."""

from __future__ import annotations

import json
from datetime import time, timedelta
from pathlib import Path

import pytest

from csconsole.core.calendar import Overrides
from csconsole.core.schedule import (
    CalendarRule,
    Convention,
    Covers,
    Duty,
    EveryDay,
    Hours,
    Kind,
    OnMonthDay,
    OnWeekdays,
    Remind,
    Scale,
    Schedule,
    Text,
    WarnLevel,
)
from csconsole.schedule_file import build, build_holidays, compile, compile_holidays, load

SCHEDULES = Path(__file__).parents[2] / "schedules"
SHIPPED = (SCHEDULES / "supervisor.yaml").read_bytes()
SHOPS = ("tmall", "taobao", "jd", "pdd", "douyin", "kuaishou")

DAILY = """
08:45 | shop-health           | shop       | yes | 班前查看各店铺数据、体验分及违规预警 | Shop figures, scores and warnings before opening | shop_score dsr_item dsr_service dsr_logistics offline_unanswered
09:00 | complaints-and-refunds | complaints | yes | 查看各平台投诉及退款处理进度 | Complaints and refund progress on every platform | complaints_open refunds_pending
09:30 | refund-chase          | refunds    | yes | 督促售后处理后台退款 | Press on with refunds in the back office | refunds_pending refunds_near_limit
10:00 | late-wrong-shipments  | shipments  | yes | 跟进各平台延迟发货、虚假发货(揽收超时)、缺货、错发漏发 | Late, unscanned, out-of-stock, wrong and missing shipments | late_shipments pickup_overdue wrong_shipments
10:40 | operations-plan       | operations | no  | 跟运营部确认当天计划、活动及库存,同步客服 | Agree today's plan, promotions and stock with operations; tell the team |
11:00 | reviews-begin         | reviews    | yes | 查看新品首评及待发货订单 | First reviews of new products, orders waiting to ship | unshipped_orders
11:30 | returns-and-logistics | logistics  | yes | 查看退货签收入库及异常物流处理进度 | Returns received, abnormal logistics | returns_to_receive logistics_stalled
12:00 | review-contents       | reviews    | yes | 查看各店商品评价,安排同事做评价解释(回复)并反馈 | Read the reviews; have them answered | bad_reviews
13:30 | data-and-chats        | service    | yes | 查看后台客服数据与聊天记录,找相应客服讨论问题 | Service data and chat records | response_seconds reply_rate inquiry_conversion satisfaction
14:00 | dropship-dispatch     | shipments  | no  | 安排代发订单发货,完成后通知订单处理同事回传单号 | Dispatch drop-shipped orders; have the tracking numbers entered | dropship_orders
14:30 | shipping-progress     | shipments  | yes | 查看发货进度 | Shipping progress | unshipped_orders
15:00 | platform-disputes     | complaints | yes | 处理平台介入订单(淘系小二介入、京东纠纷单等),按时举证 | Disputes the platform has stepped into; evidence in time | disputes_to_answer
15:40 | one-to-one            | team       | no  | 询问每位同事工作进展,就问题一对一沟通 | Progress of each colleague, one to one |
17:00 | abnormal-recheck      | logistics  | yes | 复查一遍待发货订单,跟进物流查件 | Recheck orders waiting to ship and parcels being traced | unshipped_orders logistics_stalled
17:20 | team-status           | team       | no  | 了解每位同事当天工作完成情况和状态 | How each colleague's day went |
18:30 | sales-and-handover    | handover   | yes | 查看各店铺销售情况(截至18:30),询问白班交接有无问题 | Sales of each shop so far, day-shift handover | sales_amount
""".strip().splitlines()  # noqa: E501 (a table is read by its rows)

# id | name | words | answer within, settle within (hours; "day": the same day)
CATEGORIES = """
complaints | 投诉 Complaints      | 投诉 客诉 维权 介入 纠纷 举报 12315 赔付 ts           | 1 24
refunds    | 退款 Refunds         | 退款 退货 换货 补发 仅退款 价保 运费险 tk             | 2 24
shipments  | 发货 Shipments       | 发货 延迟 错发 漏发 缺货 虚假发货 揽收 fh             | 2 24
reviews    | 评价 Reviews         | 评价 差评 中评 低星 pj                                | - 24
logistics  | 物流 Logistics       | 物流 丢件 破损 拒收 停滞 拦截 改址 查件 wl            | 4 48
quality    | 质量 Product quality | 质量 瑕疵 少件                                        | 4 48
invoices   | 发票 Invoices        | 发票 开票                                             | - 48
handover   | 交接 Handover        | 交接 jj                                               | - day
operations | 运营 Operations      | 活动 运营 库存 yy                                     | - day
service    | 接待 Service         | 接待 聊天 话术 响应 jd                                | - 24
shop       | 店铺 Shop health     | 店铺 违规 扣分 体验分                                 | - 24
team       | 团队 Team            | 团队 td                                               | - 48
sales      | 销售 Sales           | 销售 xs                                               | - 24
""".strip().splitlines()

COUNTS = """
complaints_open 未结投诉
refunds_pending 待处理退款
refunds_near_limit 临近超时退款
late_shipments 延迟发货
pickup_overdue 揽收超时
wrong_shipments 错发漏发
unshipped_orders 待发货
returns_to_receive 待签收入库
logistics_stalled 物流停滞
bad_reviews 新增中差评/低星
offline_unanswered 离线未回复
disputes_to_answer 待举证
dropship_orders 代发单
""".strip().splitlines()


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    return load(SHIPPED, "supervisor.yaml")


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


def of_kind(schedule: Schedule, kind: Kind) -> list[Duty]:
    return [duty for duty in schedule.duties.values() if duty.kind is kind]


def test_daily_checks_are_those_of_the_routine(schedule: Schedule) -> None:
    found = [
        [
            f"{duty.at:%H:%M}",
            duty.id,
            duty.category,
            "yes" if duty.shops == SHOPS else "no",
            duty.title.zh,
            duty.title.en,
            " ".join(duty.read),
        ]
        for duty in of_kind(schedule, Kind.DAILY)
    ]
    assert found == [cells(row) for row in DAILY]


def test_daily_checks_run_every_day_and_expire_with_it(schedule: Schedule) -> None:
    for duty in of_kind(schedule, Kind.DAILY):
        assert duty.rule == EveryDay()
        assert duty.expires
        assert not duty.deadline
        assert duty.workdays_only is (duty.id == "operations-plan")
        assert duty.steps
        assert all(step.zh != step.en for step in duty.steps)


def test_weekly_duties(schedule: Schedule) -> None:
    meeting, invoices, reports = of_kind(schedule, Kind.WEEKLY)
    assert (meeting.id, invoices.id, reports.id) == ("morning-meeting", "invoices", "weekly-reports")
    assert [duty.rule for duty in (meeting, invoices, reports)] == [
        OnWeekdays((0,)),
        OnWeekdays((4,)),
        OnWeekdays((6,)),
    ]
    assert (meeting.at, meeting.until, meeting.deadline) == (time(9, 50), time(10, 30), False)
    assert meeting.hold_reminders and meeting.workdays_only and meeting.expires
    for duty in (invoices, reports):
        assert (duty.at, duty.deadline, duty.expires, duty.workdays_only) == (time(18), True, False, False)


def test_monthly_duties(schedule: Schedule) -> None:
    found = [
        (duty.id, duty.rule, duty.convention, duty.covers, duty.notice, duty.at, duty.deadline, duty.expires)
        for duty in of_kind(schedule, Kind.MONTHLY)
    ]
    same = (2, time(18), True, False)
    assert found == [
        ("monthly-report", OnMonthDay(6), Convention.FOLLOWING, Covers.PREVIOUS_MONTH, *same),
        ("team-performance", OnMonthDay(10), Convention.PRECEDING, Covers.PREVIOUS_MONTH, *same),
        ("lost-parts-refunds", OnMonthDay(31), Convention.FOLLOWING, Covers.OWN_MONTH, *same),
    ]
    assert all(
        "{month}" in title for duty in of_kind(schedule, Kind.MONTHLY) for title in (duty.title.zh, duty.title.en)
    )
    assert schedule.duties["monthly-report"].title == Text("提交{month}月报(遇节假日顺延)", "Submit the {month} report")


def test_nothing_else_recurs(schedule: Schedule) -> None:
    assert len(schedule.duties) == 16 + 3 + 3


def test_shops_and_platforms(schedule: Schedule) -> None:
    assert [(shop.id, shop.platform) for shop in schedule.shops.values()] == [(shop, shop) for shop in SHOPS]
    names = [(platform.name.zh, platform.name.en) for platform in schedule.platforms.values()]
    assert names == [
        ("天猫", "Tmall"),
        ("淘宝", "Taobao"),
        ("京东", "JD"),
        ("拼多多", "Pinduoduo"),
        ("抖音", "Douyin"),
        ("快手", "Kuaishou"),
    ]
    assert schedule.shops["tmall"].name == Text("天猫旗舰店", "Tmall flagship")


def test_categories(schedule: Schedule) -> None:
    def hours(limit: timedelta | None) -> str:
        return "-" if limit is None else str(limit // timedelta(hours=1))

    found = [
        [
            category.id,
            f"{category.name.zh} {category.name.en}",
            " ".join(category.words),
            f"{hours(category.respond)} {'day' if category.same_day else hours(category.settle)}",
        ]
        for category in schedule.categories.values()
    ]
    assert found == [cells(row) for row in CATEGORIES]


def test_counts(schedule: Schedule) -> None:
    for row in COUNTS:
        name, chinese = row.split()
        metric = schedule.metrics[name]
        assert metric.name.zh == chinese
        assert metric.platforms == ()
        assert metric.scale.low == 0
    assert schedule.metrics["refunds_pending"].scale.warn == WarnLevel(above=True, level=20)


def test_readings_by_platform(schedule: Schedule) -> None:
    metrics = schedule.metrics
    for name in ("dsr_item", "dsr_service", "dsr_logistics"):
        assert set(metrics[name].platforms) == {"taobao", "tmall"}
        assert metrics[name].scale_on("tmall") == Scale(0, 5, WarnLevel(above=False, level=4.7))
    score = metrics["shop_score"]
    assert set(score.platforms) == {"jd", "pdd", "douyin", "kuaishou"}
    assert [score.scale_on(shop) for shop in ("jd", "pdd", "douyin", "kuaishou")] == [
        Scale(0, 5),
        Scale(0, 5),
        Scale(0, 100),
        Scale(),
    ]
    assert metrics["response_seconds"].scale_on("jd").warn == WarnLevel(above=True, level=30)
    assert all(metrics["response_seconds"].asked_on(shop) for shop in SHOPS)
    assert set(metrics["inquiry_conversion"].platforms) == {"taobao", "tmall"}
    assert metrics["satisfaction"].scale_on("kuaishou") == Scale(0, 100, WarnLevel(above=False, level=80))
    assert metrics["satisfaction"].scale_on("jd") == Scale(0, 100)
    assert metrics["sales_amount"].unit == Text("元", "CNY")
    assert len(metrics) == len(COUNTS) + 9


def test_its_calendar_and_defaults(schedule: Schedule) -> None:
    assert schedule.zone.key == "Asia/Shanghai"
    assert schedule.day_starts_at == time(5)
    assert schedule.calendar == CalendarRule("CN", None, (5, 6))
    assert {duty.id: duty.grace for duty in schedule.duties.values() if duty.grace != timedelta(minutes=15)} == {
        "morning-meeting": timedelta(minutes=40)  # it is not overdue while it lasts
    }
    half_an_hour = timedelta(minutes=30)
    usual = Remind(timedelta(minutes=5), timedelta(minutes=10), last_call=half_an_hour, in_progress=half_an_hour)
    assert {duty.remind for duty in schedule.duties.values()} == {usual}
    assert (schedule.quiet, schedule.lunch) == (Hours(time(22, 30), time(7, 30)), None)
    assert schedule.people


def test_compiled_form_survives_json(schedule: Schedule) -> None:
    plain = compile(SHIPPED, "supervisor.yaml")
    assert json.loads(json.dumps(plain)) == plain
    assert build(json.loads(json.dumps(plain, ensure_ascii=False))) == schedule


def test_commented_examples_are_sound() -> None:
    """An owner who takes away the '# ' must get what the example promises."""
    lines = SHIPPED.decode().split("dated:\n")
    text = lines[0] + "dated:\n" + lines[1].replace("\n# - ", "\n- ").replace("\n#   ", "\n  ")
    text = text.replace("# - id: double-eleven", "- id: double-eleven")
    text = text.replace("# lunch:", "lunch:")
    schedule = load(text.encode(), "supervisor.yaml")
    assert schedule.lunch == Hours(time(12, 30), time(13, 20))
    duties = schedule.duties
    assert duties["double-eleven"].kind is Kind.DATED
    assert duties["price-check"].kind is Kind.RRULE


def test_shipped_holidays_add_nothing() -> None:
    plain = compile_holidays((SCHEDULES / "holidays.yaml").read_bytes(), "holidays.yaml")
    assert build_holidays(json.loads(json.dumps(plain))) == Overrides()
