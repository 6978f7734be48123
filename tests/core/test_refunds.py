"""Which orders stand on the month-end list, and how each stands."""

from __future__ import annotations

from datetime import date

from monday import monday
from msgspec.structs import replace
from routine import at

from csconsole.core.incident import Draft, Event, EventKind, Incident, IncidentStatus
from csconsole.core.period import PeriodKind, period_of
from csconsole.core.refunds import Refunds, refunds_of
from csconsole.core.schedule import RefundList, Schedule

NOVEMBER = period_of(PeriodKind.MONTH, date(2026, 11, 23))
NOW = at("2026-11-30 12:00")
SCHEDULE = monday().schedule


def incident(
    number: int, title: str, *orders: str, category: str = "refunds", when: str = "2026-11-10 10:00", **events: str
) -> Incident:
    """`events`: what was told at midday of that day, by kind; "note" and "resolved" with their text, others with their
    value."""
    told = tuple(
        Event(EventKind(kind), at(when[:11] + "12:00"), "li", text if kind in ("note", "resolved") else "",
              None if kind in ("note", "resolved") else text)
        for kind, text in events.items()
    )  # fmt: skip
    return Incident(number, Draft(title, category, orders=orders, shop="tmall"), at(when), "wang", told)


def listed(*incidents: Incident, wanted: RefundList | None = None) -> Refunds:
    schedule: Schedule = replace(SCHEDULE, refund_list=wanted or RefundList())
    return refunds_of(incidents, NOVEMBER, schedule, NOW)


def test_what_was_said_decides_wherever_it_was_said() -> None:
    found = listed(
        incident(1, "丢件,要求退款", "A1"),
        incident(2, "差评:掉色", "A2"),
        incident(3, "物流停滞三天", "A3", note="快递确认丢件"),
        incident(4, "Parcel LOST by the carrier", "A4"),
        incident(5, "配件少发", "A5", category="quality"),
    )
    assert [each.order for each in found.refunds] == ["A1", "A3", "A4", "A5"]


def test_the_schedule_may_name_other_words_and_categories() -> None:
    both = (incident(1, "丢件", "A1", category="logistics"), incident(2, "丢件", "A2", category="reviews"),
            incident(3, "破损", "A3", category="logistics"))  # fmt: skip
    assert [e.order for e in listed(*both, wanted=RefundList(("丢件",), ("logistics",))).refunds] == ["A1"]
    assert [e.order for e in listed(*both, wanted=RefundList(("破损",))).refunds] == ["A3"]


def test_each_order_is_one_row_and_stands_by_itself() -> None:
    several = incident(1, "丢件", "A1", "A2", order_closed="A1")
    found = {each.order: each for each in listed(several).refunds}
    assert found["A1"].closed_at == at("2026-11-10 12:00")
    assert found["A1"].status is IncidentStatus.RESOLVED
    assert found["A2"].closed_at is None
    assert found["A2"].status is IncidentStatus.OPEN

    settled = {each.order: each for each in listed(incident(1, "丢件", "A1", "A2", resolved="已退款")).refunds}
    assert {each.closed_at for each in settled.values()} == {at("2026-11-10 12:00")}
    assert settled["A2"].outcome == "已退款"


def test_an_order_in_two_incidents_is_refunded_once() -> None:
    first = incident(1, "丢件", "A1", when="2026-11-02 10:00", resolved="已补发")
    again = incident(9, "补发的又丢件", "A1", when="2026-11-20 10:00")
    (refund,) = listed(again, first).refunds
    assert [each.number for each in refund.incidents] == [1, 9]
    assert (refund.day, refund.status) == (date(2026, 11, 2), IncidentStatus.OPEN)


def test_one_without_an_order_is_not_lost() -> None:
    found = listed(incident(1, "少件"), incident(2, "丢件", "A1", when="2026-11-01 03:00"))
    assert [(each.order, each.day) for each in found.refunds] == [
        ("A1", date(2026, 10, 31)),  # the business day it was logged on, which ends at five
        ("", date(2026, 11, 10)),
    ]
    assert len(found.without_order) == 1
