"""A Monday made up for tests of what is reported: six shops, ten checks, three incidents. Every figure of it can be
counted by hand, and is, in `tests/core/test_report.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from msgspec.structs import replace
from routine import World, at, daily, monthly, weekly

from csconsole.core.agenda import Agenda
from csconsole.core.book import Book
from csconsole.core.case import Case, CaseDraft
from csconsole.core.deadline import Deadline
from csconsole.core.facts import Closing, MarkKind, Reading
from csconsole.core.incident import Draft, Event, EventKind, Incident, Severity
from csconsole.core.period import PeriodKind, period_of
from csconsole.core.report import Report, report_of
from csconsole.core.schedule import (
    Category,
    Convention,
    Covers,
    Metric,
    Person,
    Platform,
    Scale,
    Schedule,
    Shop,
    Text,
    WarnLevel,
)

MONDAY = date(2026, 11, 23)
SHOPS = {
    "tmall": Text("天猫旗舰店", "Tmall flagship"),
    "taobao": Text("淘宝店", "Taobao shop"),
    "jd": Text("京东店", "JD shop"),
    "pdd": Text("拼多多店", "Pinduoduo shop"),
    "douyin": Text("抖音小店", "Douyin shop"),
    "kuaishou": Text("快手小店", "Kuaishou shop"),
}
TITLES = {
    "shop-health": Text("班前查看各店铺数据、体验分及违规预警", "Shop figures, scores and warnings before opening"),
    "complaints": Text("查看各平台投诉及退款处理进度", "Complaints and refund progress on every platform"),
    "refund-chase": Text("督促售后处理后台退款", "Press on with refunds in the back office"),
    "morning-meeting": Text(
        "公司晨会:按汇报数据回顾上周问题,安排本周计划",
        "Company morning meeting: last week's problems, this week's plan",
    ),
    "shipments": Text(
        "跟进各平台延迟发货、虚假发货(揽收超时)、缺货、错发漏发",
        "Late, unscanned, out-of-stock, wrong and missing shipments",
    ),
    "operations-plan": Text(
        "跟运营部确认当天计划、活动及库存,同步客服", "Agree today's plan, promotions and stock with operations"
    ),
    "reviews": Text("查看各店商品评价,安排同事做评价解释(回复)并反馈", "Read the reviews; have them answered"),
    "dropship": Text("安排代发订单发货", "Dispatch drop-shipped orders"),
    "one-to-one": Text("询问每位同事工作进展,就问题一对一沟通", "Progress of each colleague, one to one"),
    "handover": Text("查看各店铺销售情况,询问白班交接有无问题", "Sales of each shop so far, day-shift handover"),
    "invoices": Text("核对各店铺发票开具、邮寄情况", "Invoices issued and posted by each shop"),
    "lost-parts": Text("{month}丢件少件明细", "{month} refund list for lost parcels and missing parts"),
}
METRICS = (
    Metric("complaints_open", Text("未结投诉", "Complaints open"), Text("件", "")),
    Metric(
        "refunds_pending", Text("待处理退款", "Refunds pending"), Text("单", "orders"), Scale(warn=WarnLevel(True, 20))
    ),
    Metric(
        "shop_score",
        Text("店铺体验分", "Shop score"),
        Text("", ""),
        Scale(0, 5, WarnLevel(False, 4)),
        ("jd", "pdd", "douyin"),
        {"douyin": Scale(0, 100, WarnLevel(False, 80))},
    ),
    Metric("dropship_orders", Text("代发单", "Dropship orders"), Text("单", "orders")),
    Metric("sales_amount", Text("销售额", "Sales"), Text("元", "CNY")),
)


def routine() -> World:
    """The checks of the Monday, begun three weeks before, with the answers each was given."""
    each = {"shops": tuple(SHOPS)}
    world = World(
        daily("shop-health", "08:45", **each),
        daily("complaints", "09:00", **each),
        daily("refund-chase", "09:30", **each),
        weekly("morning-meeting", 0, "09:50", until="10:30", hold_reminders=True, expires=True),
        daily("shipments", "10:00", **each),
        daily("operations-plan", "10:40", workdays_only=True),
        daily("reviews", "12:00", **each),
        daily("dropship", "14:00"),
        daily("one-to-one", "15:40"),
        daily("handover", "18:30", **each),
        weekly("invoices", 4),
        monthly("lost-parts", 31, convention=Convention.FOLLOWING, covers=Covers.OWN_MONTH),
        began="2026-11-22",
    )
    edition = world.editions[0]
    schedule = replace(
        edition.schedule,
        platforms={shop: Platform(shop, name) for shop, name in SHOPS.items()},
        shops={shop: Shop(shop, name, shop) for shop, name in SHOPS.items()},
        categories={
            "complaints": Category("complaints", Text("投诉", "Complaints")),
            "logistics": Category("logistics", Text("物流", "Logistics")),
        },
        metrics={metric.id: metric for metric in METRICS},
        people=(Person("wang", Text("王主管", "Wang"), Text("主管", "supervisor")),),
        duties={name: replace(duty, title=TITLES[name]) for name, duty in edition.schedule.duties.items()},
    )
    world.editions[0] = replace(edition, schedule=schedule)
    world.book = Book(world.editions, world.first_seen)
    return world


@dataclass
class Facts:
    """What is known of the Monday. Tests change a fact and ask for the report again."""

    world: World
    readings: list[Reading] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    closing: Closing | None = None
    cases: list[Case] = field(default_factory=list)
    now: str = "2026-11-23 21:45"

    @property
    def schedule(self) -> Schedule:
        return self.world.book.schedule

    def change(self, **parts: object) -> None:
        """Give the schedule other shops, people, duties …"""
        self.world.editions[0] = replace(self.world.editions[0], schedule=replace(self.schedule, **parts))  # type: ignore[arg-type]  # names as given
        self.world.book = Book(self.world.editions, self.world.first_seen)

    def agenda(self, day: date = MONDAY) -> Agenda:
        return self.world.look(day.isoformat(), self.now)

    def deadlines(self) -> list[Deadline]:
        found = self.world.book.occurrences(MONDAY, MONDAY + timedelta(days=30))
        return [
            Deadline(
                o.key, o.duty, o.kind, o.title, o.nominal, o.due, o.adjusted, self.world.item(o.key, self.now).status
            )
            for o in found
            if o.duty in ("morning-meeting", "invoices", "lost-parts")
        ]

    def day(self) -> Report:
        return self.report(PeriodKind.DAY, [self.agenda()])

    def week(self) -> Report:
        """The week, on its Wednesday evening."""
        self.now = "2026-11-25 22:00"
        return self.span([self.agenda(MONDAY + timedelta(days=n)) for n in range(3)])

    def span(self, agendas: Sequence[Agenda]) -> Report:
        """The week those agendas belong to."""
        return self.report(PeriodKind.WEEK, agendas)

    def report(self, kind: PeriodKind, agendas: Sequence[Agenda]) -> Report:
        """The period of this kind those agendas belong to."""
        period = period_of(kind, agendas[-1].day.date)
        closings = (self.closing,) if self.closing else ()
        return report_of(
            period, agendas, self.readings, self.incidents, self.deadlines(), closings, self.cases, self.schedule
        )


def monday() -> Facts:
    """The Monday as it was at a quarter to ten in the evening, after Wang had closed it."""
    world = routine()
    facts = Facts(world)

    def mark(
        duty: str, kind: MarkKind, when: str, readings: dict[tuple[str, str], float] | None = None, **more: object
    ) -> None:
        key = f"{duty}@2026-11-23"
        facts.world.mark(key, kind, f"2026-11-23 {when}", readings=readings, **more)
        for (shop, metric), value in (readings or {}).items():
            facts.readings.append(Reading(shop, metric, value, at(f"2026-11-23 {when}"), MONDAY, key))

    def before(shop: str, metric: str, value: float) -> None:
        day = MONDAY - timedelta(days=1)
        facts.readings.append(Reading(shop, metric, value, at("2026-11-22 09:05"), day, "complaints@2026-11-22"))

    before("tmall", "refunds_pending", 19)
    before("jd", "refunds_pending", 6)
    before("jd", "shop_score", 4.7)
    before("tmall", "sales_amount", 152300.5)
    mark("shop-health", MarkKind.DONE, "08:47", {("jd", "shop_score"): 4.6, ("douyin", "shop_score"): 78.5})
    # Found at one shop; the rest was fine, and all was said within the grace.
    mark("complaints", MarkKind.ISSUE, "09:05", {("tmall", "refunds_pending"): 26, ("tmall", "complaints_open"): 3},
         shop="tmall", note="买家说没收到,已建工单")  # fmt: skip
    mark("complaints", MarkKind.DONE, "09:06", {("jd", "refunds_pending"): 4})
    mark("refund-chase", MarkKind.DONE, "10:10", {("tmall", "refunds_pending"): 23})  # 25 minutes past its grace
    mark("morning-meeting", MarkKind.DONE, "10:28")
    mark("shipments", MarkKind.DONE, "10:40")  # due at 10:30, when the meeting ends
    mark("operations-plan", MarkKind.SKIPPED, "10:41", reason="今天没有活动")
    mark("reviews", MarkKind.DONE, "12:01", shop="tmall")  # five shops are still to be answered
    mark("dropship", MarkKind.DONE, "14:15", {("", "dropship_orders"): 12})  # at the last instant of its grace
    # one-to-one: nobody answered
    mark("handover", MarkKind.DONE, "18:33", {("tmall", "sales_amount"): 148210})

    facts.incidents = [
        Incident(
            39,
            Draft(
                "破损待赔",
                "logistics",
                shop="jd",
                orders=("202611220001",),
                assignee="小王",
                due_at=at("2026-11-23 21:10"),
            ),
            at("2026-11-22 16:00"),
            "wang",
            (Event(EventKind.NOTE, at("2026-11-23 11:00"), "小王", "已联系快递,等回复"),),
        ),
        Incident(
            41,
            Draft(
                "买家说没收到",
                "complaints",
                shop="tmall",
                assignee="小李",
                severity=Severity.HIGH,
                due_at=at("2026-11-24 09:05"),
            ),
            at("2026-11-23 09:05"),
            "wang",
        ),
        Incident(
            42,
            Draft("仅退款争议", "complaints", shop="pdd", due_at=at("2026-11-23 18:00")),
            at("2026-11-23 13:00"),
            "小李",
            (Event(EventKind.RESOLVED, at("2026-11-23 15:20"), "小李", "平台支持我方"),),
        ),
    ]
    facts.closing = Closing(
        MONDAY, at("2026-11-23 21:40"), "wang", "夜班请盯 #41,买家 22:00 回电话\n\n库存:A 款缺货", "{}"
    )
    return facts


# -- what people might type ------------------------------------------------------------------------------------

MARKUP = "<script>alert(1)</script> **bold** [a](http://x.example) | `x` _i_ # h &lt; {b} $s$ =1+1 [/red] \\n"
HOSTILE = [
    MARKUP,
    "\x1b]52;c;aGk=\x07\x1b[31mred\x9b2J\x00\x7f",
    "\u202eevil\u202c \u2066x\u2069 \ufeff\u200b",
    '=HYPERLINK("http://x.example")',
    "- 1. > quote\n# heading\n\n---\n| a | b |",
    "长" * 3_000,  # more than a page of paper holds
    "w" * 3_000,
    "{time} %s %(x)s {0} {",
    "'\"--><img src=x onerror=alert(1)>",
    "</style></table></html>",
]


def everywhere(facts: Facts, text: str) -> Facts:
    """Facts with `text` in every place a person can type into."""
    hostile = Text(text, text)
    facts.change(
        shops={shop.id: replace(shop, name=hostile) for shop in facts.schedule.shops.values()},
        categories={each.id: replace(each, name=hostile) for each in facts.schedule.categories.values()},
        metrics={each.id: replace(each, name=hostile, unit=hostile) for each in facts.schedule.metrics.values()},
        people=(replace(facts.schedule.people[0], name=hostile),),
        duties={name: replace(duty, title=hostile) for name, duty in facts.schedule.duties.items()},
    )
    facts.world.marks = [
        replace(mark, by=text, said=replace(mark.said, note=text, reason=mark.said.reason and text))
        for mark in facts.world.marks
    ]
    event = Event(EventKind.NOTE, at("2026-11-23 11:00"), text, text)
    draft = Draft(text, text, line=text, shop=text, orders=(text, text), assignee=text)
    facts.incidents.append(Incident(43, draft, at("2026-11-23 10:00"), text, (event,)))
    written = at("2026-11-23 20:00")
    facts.cases.append(Case(1, CaseDraft(text, text, text, text, text, incident=43), written, written, text))
    facts.closing = Closing(facts.agenda().day.date, at("2026-11-23 21:40"), text, text, "{}")
    return facts
