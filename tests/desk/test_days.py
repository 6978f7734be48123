"""Deadlines, reports, closing the day, through a real journal."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from houses import DAILY, HEAD, MONDAY, REST, House
from routine import at, wall

from csconsole.core.agenda import Progress
from csconsole.core.answer import Status
from csconsole.core.errors import UserError
from csconsole.core.facts import MarkKind
from csconsole.core.period import PeriodKind, period_of

CHECK, TEN = f"check@{MONDAY}", f"ten@{MONDAY}"


def day(text: str) -> date:
    return date.fromisoformat(text)


# -- deadlines -------------------------------------------------------------------------------------------------


def test_deadlines_are_weekly_and_monthly_ones_by_due_instant(house: House) -> None:
    found = house.open().deadlines(day("2026-11-27"), day("2026-12-07"))
    assert [(each.key, wall(each.due), each.moved_days, each.status) for each in found] == [
        ("list@2026-11-27", "2026-11-27 18:00", 0, Status.UPCOMING),
        ("meeting@2026-11-30", "2026-11-30 09:50", 0, Status.UPCOMING),
        ("list@2026-12-04", "2026-12-04 18:00", 0, Status.UPCOMING),
        ("meeting@2026-12-07", "2026-12-07 09:50", 0, Status.UPCOMING),
        ("report@2026-12-06", "2026-12-07 18:00", 1, Status.UPCOMING),
    ]
    assert found[-1].title.zh == "11月月报"
    assert (found[-1].nominal, found[-1].day) == (day("2026-12-06"), day("2026-12-07"))


@pytest.mark.parametrize("span", ["2026-12-06 2026-12-06", "2026-12-07 2026-12-07", "2026-12-05 2026-12-06"])
def test_a_moved_one_is_there_by_its_nominal_date_and_by_its_due_date(house: House, span: str) -> None:
    first, last = map(day, span.split())
    assert "report@2026-12-06" in [each.key for each in house.open().deadlines(first, last)]


def test_without_a_span_five_weeks_from_today(house: House) -> None:
    found = house.open(f"{MONDAY} 09:00").deadlines()
    assert (found[0].key, found[-1].key) == (f"meeting@{MONDAY}", "meeting@2026-12-28")
    assert [each.key for each in house.open().deadlines(day("2027-01-01"))][-1] == "list@2027-02-05"


def test_a_span_the_wrong_way_round_is_told(house: House) -> None:
    with pytest.raises(UserError, match="2026-11-22 lies before 2026-11-23"):
        house.open().deadlines(day("2026-11-23"), day("2026-11-22"))


def test_how_deadlines_stand(house: House) -> None:
    house.open("2026-11-13 09:00").close()
    desk = house.open(f"{MONDAY} 09:00")
    desk.answer("list@2026-11-13")
    desk.answer("list@2026-11-06")  # not owed, and answered all the same
    found = {each.key: each.status for each in desk.deadlines(day("2026-11-06"), day("2026-11-27"))}
    assert found == {
        "list@2026-11-06": None,
        "report@2026-11-06": None,
        "meeting@2026-11-09": None,
        "list@2026-11-13": Status.DONE,
        "meeting@2026-11-16": Status.MISSED,
        "list@2026-11-20": Status.OVERDUE,
        f"meeting@{MONDAY}": Status.UPCOMING,
        "list@2026-11-27": Status.UPCOMING,
    }


def test_a_deadline_that_an_edit_moves_is_there_once(house: House) -> None:
    house.open("2026-12-05 09:00").close()
    for convention, due in (("preceding", "2026-12-04 18:00"), ("following", "2026-12-07 18:00")):
        house.write(HEAD, DAILY, REST.replace("following", convention))
        desk = house.open("2026-12-06 09:00")
        found = [each for each in desk.deadlines(day("2026-12-01"), day("2026-12-31")) if each.duty == "report"]
        assert [(each.key, wall(each.due)) for each in found] == [("report@2026-12-06", due)]
        assert desk.find("report@2026-12-06").status is (Status.UPCOMING if due > "2026-12-06" else Status.DUE)


def test_an_answered_deadline_keeps_the_instant_it_was_answered_against(house: House) -> None:
    desk = house.open("2026-12-04 09:00")
    desk.answer("report")
    house.write(HEAD, DAILY, REST.replace('day: 6, by: "18:00"', 'day: 6, by: "12:00"'))
    desk.reload()
    (found,) = [each for each in desk.deadlines(day("2026-12-06"), day("2026-12-07")) if each.duty == "report"]
    assert (wall(found.due), found.status) == ("2026-12-07 18:00", Status.DONE)


# -- the routine that ships --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("shipped"))


@pytest.mark.parametrize(
    ("key", "due"),
    [
        ("lost-parts-refunds@2026-01-31", "2026-02-02 18:00"),
        ("lost-parts-refunds@2026-02-28", "2026-02-28 18:00"),  # a Saturday, and a make-up workday
        ("lost-parts-refunds@2026-05-31", "2026-06-01 18:00"),
        ("team-performance@2026-05-10", "2026-05-09 18:00"),  # a Saturday, and a make-up workday
        ("monthly-report@2026-10-06", "2026-10-08 18:00"),
        ("lost-parts-refunds@2026-10-31", "2026-11-02 18:00"),
    ],
)
def test_dates_known_to_be_right(shipped: House, key: str, due: str) -> None:
    desk = shipped.open("2026-01-01 09:00")
    try:
        assert wall(desk.find(key).due) == due
        nominal = day(key[-10:])
        (found,) = [each for each in desk.deadlines(nominal, nominal) if each.key == key]
        assert (wall(found.due), found.provisional) == (due, False)
    finally:
        desk.close()


def test_mondays_of_the_shipped_routine(shipped: House) -> None:
    desk = shipped.open("2026-11-23 10:20")
    try:
        found = desk.look()
        held = found.item("late-wrong-shipments@2026-11-23")
        assert held is not None
        assert (wall(held.occurrence.planned)[-5:], wall(held.due)[-5:]) == ("10:00", "10:30")
        assert held.overlaps == ("morning-meeting@2026-11-23",)
        assert held.status is Status.UPCOMING
        national_day = {item.occurrence.duty: item for item in desk.look(day("2026-10-05")).items}
        assert not {"morning-meeting", "operations-plan"} & national_day.keys()  # both on workdays only
        alone = national_day["late-wrong-shipments"]
        assert (alone.due, alone.overlaps) == (alone.occurrence.planned, ())
    finally:
        desk.close()


# -- reports -------------------------------------------------------------------------------------------------------


def test_the_report_of_a_day_is_what_was_answered_and_how(house: House) -> None:
    house.open("2026-11-22 09:30").answer("check", readings={("jd", "open"): 5})
    desk = house.open(f"{MONDAY} 09:05")
    desk.answer("check", MarkKind.ISSUE, readings={("jd", "open"): 7})
    desk.skip("ten", "closed")
    desk.log("维权 京东 没收到")
    house.put("2026-11-24 09:00")
    report = desk.report(period_of(PeriodKind.DAY, day(MONDAY)))
    assert report.progress == Progress(total=3, answered=2, issue=1, skipped=1, missed=1, on_time=2)
    assert [item.key for item in report.items] == [CHECK, f"meeting@{MONDAY}", TEN]
    (figure,) = report.figures
    assert (figure.metric, figure.shop, figure.value, figure.before) == ("open", "jd", 7, 5)
    assert len(report.incidents.opened) == 1
    assert report.until == at("2026-11-24 05:00")
    assert report.deadlines[0].day > day(MONDAY)
    assert desk.report().period.first == day("2026-11-24")


@pytest.mark.parametrize(
    ("kind", "of", "days"),
    [
        (PeriodKind.WEEK, "2026-11-25", 2),  # Monday and today, Tuesday
        (PeriodKind.WEEK, "2026-11-16", 7),
        (PeriodKind.MONTH, "2026-11-01", 24),
        (PeriodKind.MONTH, "2026-10-15", 31),
        (PeriodKind.DAY, "2026-11-30", 1),
        (PeriodKind.WEEK, "2026-12-03", 1),  # ahead: its first day stands for it
        (PeriodKind.MONTH, "2026-12-25", 1),
    ],
)
def test_the_report_of_a_span_goes_as_far_as_today(house: House, kind: PeriodKind, of: str, days: int) -> None:
    house.open("2026-11-02 09:00").answer("ten")
    report = house.open("2026-11-24 09:00").report(period_of(kind, day(of)))
    assert len(report.days) == days
    assert (report.period.kind, day(of) in report.period) == (kind, True)
    assert report.progress.total == len({item.key for item in report.items})


def test_a_past_day_is_reported_by_the_schedule_it_had(house: House) -> None:
    house.open("2026-11-20 09:00").answer("ten", readings={("", "open"): 2})
    house.write(HEAD, "daily:\n  - {id: other, at: '08:00', category: team, title: 别的}\n")
    desk = house.open(f"{MONDAY} 09:00")
    report = desk.report(period_of(PeriodKind.DAY, day("2026-11-20")))
    assert "ten" in report.schedule.duties
    assert [line.duty for line in report.by_duty] == ["check", "ten", "list"]
    week = desk.report(period_of(PeriodKind.WEEK, day(MONDAY)))
    assert [line.duty for line in week.by_duty] == ["other"]


# -- closing the day, taking over --------------------------------------------------------------------------------------


def test_closing_the_day_keeps_it_as_it_stood(house: House) -> None:
    desk = house.open(f"{MONDAY} 22:00")
    desk.answer("ten")
    closing = desk.close_day(" jd waits\x1b for us\n\u202etwo parcels ")
    assert (closing.handover, closing.by, closing.closed_at) == (
        "jd waits for us\ntwo parcels",
        "wang",
        at(f"{MONDAY} 22:00"),
    )
    summary = json.loads(closing.summary)
    assert summary["period"] == {"kind": "day", "from": MONDAY, "to": MONDAY}
    assert summary["progress"]["done"] == 1
    desk.answer("check")
    assert desk.closing() == closing  # what is answered after does not change what was handed over
    assert desk.report().closing == closing


def test_a_day_closed_again_is_amended_and_undo_takes_the_amendment_back(house: House) -> None:
    desk = house.open(f"{MONDAY} 22:00")
    first = desk.close_day("one")
    house.put(f"{MONDAY} 22:30")
    assert desk.close_day("two").handover == "two"
    desk.undo()
    assert desk.closing() == first
    desk.undo()
    assert desk.closing() is None


def test_a_past_day_can_be_closed_and_after_midnight_it_is_still_the_day(house: House) -> None:
    house.open("2026-11-20 09:00").close()
    desk = house.open("2026-11-24 02:00")
    assert desk.close_day("night").business_date == day(MONDAY)
    assert desk.close_day("late", day("2026-11-20")).business_date == day("2026-11-20")
    assert [desk.closing(day(each)) is None for each in ("2026-11-20", "2026-11-22", MONDAY)] == [False, True, False]


def test_who_takes_over_acts_from_then_on(house: House) -> None:
    desk = house.open(by="wang")
    assert desk.take_over("\u202e小 李\n") == "小 李"
    assert desk.answer("ten").answer.by == "小 李"
    assert desk.journal.on_duty() == "小 李"
    with pytest.raises(UserError, match="say who takes over"):
        desk.take_over(" \x00 ")


def test_readings_of_a_span(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    desk.answer("check", readings={("jd", "open"): 7, ("jd", "score"): 80})
    found = desk.readings(day("2026-11-22"), day(MONDAY), ["open"])
    assert [(each.shop, each.metric, each.value, each.key) for each in found] == [("jd", "open", 7, CHECK)]
    assert desk.readings(day("2026-11-22"), day("2026-11-22"), ["open"]) == []


def test_a_report_is_saved_where_it_is_wanted(house: House, tmp_path: Path) -> None:
    desk = house.open(f"{MONDAY} 22:00")
    saved = desk.save_paper(tmp_path / "day.json", None)
    assert json.loads(saved.read_text("utf-8"))["period"]["from"] == MONDAY
    with pytest.raises(UserError, match="docx is not a format"):
        desk.paper(None, "docx")


def test_a_report_names_no_buyer_unless_asked_and_what_is_kept_names_them(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    desk.log("维权 京东 2608123456789012345 打 13812345678")
    desk.answer("ten", note="问 13812345678")
    for format in ("text", "chat", "markdown", "html", "json"):
        assert "2608123456789012345" not in desk.paper(None, format).decode(), format
        assert "13812345678" not in desk.paper(None, format).decode(), format
    assert "2608…2345" in desk.paper(None, "chat").decode()
    assert "2608123456789012345" in desk.paper(None, "chat", unmasked=True).decode()
    assert "2608123456789012345" in desk.close_day("打 13812345678").summary
    assert "138****5678" in desk.paper(None, "text").decode()
    house.workspace.settings.write_text("[reports]\nmasked = false\n", encoding="utf-8")
    assert "13812345678" in desk.paper(None, "text").decode()
    house.workspace.settings.write_text("[reports]\nmasked = 3\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"reports\.masked = 3 is not known; write true or false"):
        desk.paper(None, "text")
