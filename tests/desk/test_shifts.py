"""Handing over, taking over, closing and amending a day, through a real journal."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from houses import DAILY, HEAD, MONDAY, REST, House
from routine import at

from csconsole.core.errors import UserError
from csconsole.core.incident import Incident
from csconsole.core.period import PeriodKind, period_of
from csconsole.desk import Desk

TUESDAY = "2026-11-24"


def day(text: str) -> date:
    return date.fromisoformat(text)


def numbers(incidents: tuple[Incident, ...]) -> list[int]:
    return [each.number for each in incidents]


# -- the note ----------------------------------------------------------------------------------------------------


def test_a_note_is_written_by_several_and_the_last_counts(house: House) -> None:
    desk = house.open(f"{MONDAY} 17:00")
    assert desk.handover().note is None
    desk.hand_over(" jd waits\x1b for us\n\u202etwo parcels ")
    other = house.open(f"{MONDAY} 18:00", by="li")
    other.hand_over("jd is settled")
    page = desk.handover()
    assert [(word.text, word.by, word.at) for word in page.words] == [
        ("jd waits for us\ntwo parcels", "wang", at(f"{MONDAY} 17:00")),
        ("jd is settled", "li", at(f"{MONDAY} 18:00")),
    ]
    assert page.note == page.words[-1]
    other.undo()
    assert desk.handover().note == page.words[0]
    other.hand_over("jd waits for us\ntwo parcels")  # says nothing new
    assert len(desk.handover().words) == 1
    desk.hand_over("")
    assert desk.handover().note is None
    with pytest.raises(UserError, match="the note is empty"):
        desk.hand_over(" \x1b ")


def test_nothing_is_handed_over_of_a_day_that_has_not_begun(house: House) -> None:
    desk = house.open(f"{MONDAY} 17:00")
    tomorrow = day(TUESDAY)
    for verb in (
        lambda: desk.handover(tomorrow),
        lambda: desk.hand_over("x", tomorrow),
        lambda: desk.close_day(day=tomorrow),
    ):
        with pytest.raises(UserError, match="2026-11-24 has not begun yet"):
            verb()


# -- taking over -------------------------------------------------------------------------------------------------


def test_all_who_took_over_are_named_and_whoever_took_over_from_them(house: House) -> None:
    desk = house.open(f"{MONDAY} 08:00")
    for when, name in (("09:00", "王主管"), ("18:35", "小李")):
        house.put(f"{MONDAY} {when}")
        desk.take_over(name)
    house.put(f"{TUESDAY} 04:59")
    assert [each.name for each in desk.handover().taken] == ["王主管", "小李"]
    for when, name in (("08:40", "王主管"), ("18:30", "小张")):
        house.put(f"{TUESDAY} {when}")
        assert desk.take_over(name) == name
    monday, tuesday = desk.handover(day(MONDAY)), desk.handover()
    assert [(each.name, each.at) for each in monday.taken] == [
        ("王主管", at(f"{MONDAY} 09:00")),
        ("小李", at(f"{MONDAY} 18:35")),
        ("王主管", at(f"{TUESDAY} 08:40")),
    ]
    assert [each.name for each in tuesday.taken] == ["王主管", "小张"]
    taken = desk.taken_over(desk.look())
    assert taken is not None
    assert taken.name == "小张"
    house.put("2026-11-25 08:00")
    assert desk.taken_over(desk.look()) is None


def test_a_deputys_day_is_the_deputys(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00", console="one")
    desk.answer("check")
    desk.take_over("小李")
    house.put(f"{MONDAY} 10:05")
    desk.answer("ten")
    desk.log("维权 京东 没收到")
    assert desk.find("check").answer.by == "wang"
    assert desk.find("ten").answer.by == "小李"
    assert desk.incident(1).opened_by == "小李"
    assert [(each.person, each.progress.answered, each.progress.on_time) for each in desk.handover().by_person] == [
        ("li", 1, 1),
        ("wang", 1, 1),
    ]
    assert "小李" in desk.handover_paper(None, "text").decode()


# -- the page ------------------------------------------------------------------------------------------------------


def an_evening(desk: Desk) -> None:
    desk.log("维权 京东 打 13812345678 没收到 #2608123456789012345 @小李 +2h")
    desk.promise(1, "回电 13812345678", "买家", at(f"{MONDAY} 22:00"))
    desk.delegate("ten", "小李", at(f"{MONDAY} 19:30"))
    desk.hand_over("盯 13812345678")


@pytest.mark.parametrize("format", ["text", "chat", "markdown", "html", "json"])
def test_every_format_says_what_is_to_be_known_and_names_no_buyer(house: House, format: str) -> None:
    desk = house.open(f"{MONDAY} 18:00")
    an_evening(desk)
    paper = desk.handover_paper(None, format).decode()
    for words in ("#1", "138****5678", "22:00", "19:30", "小李", "查看投诉", "2026-11-24") if format != "json" else ():
        assert (
            words.replace("*", r"\*" if format == "markdown" else "*").replace(
                "#1", r"\#1" if format == "markdown" else "#1"
            )
            in paper
        ), (words, paper)
    assert "13812345678" not in paper
    assert "2608123456789012345" not in paper
    bare = desk.handover_paper(None, format, unmasked=True).decode()
    assert "13812345678" in bare
    assert "2608123456789012345" in bare


def test_the_page_as_json(house: House) -> None:
    desk = house.open(f"{MONDAY} 18:00")
    an_evening(desk)
    page = json.loads(desk.handover_paper(None, "json", unmasked=True))
    assert (page["date"], page["handover"], page["amended"]) == (MONDAY, "盯 13812345678", None)
    assert [each["number"] for each in page["incidents"]] == [1]
    assert [(each["to"], each["by"]) for each in page["promises"]] == [("买家", f"{MONDAY}T22:00:00+08:00")]
    assert [(each["duty"], each["delegated_to"]) for each in page["unanswered"]] == [
        ("check", None),
        ("meeting", None),
        ("ten", "小李"),
    ]
    assert (page["begin"]["date"], page["begin"]["day_type"]) == (TUESDAY, "workday")
    assert [each["duty"] for each in page["begin"]["checks"]] == ["check", "ten"]


def test_a_page_is_saved_as_its_file_is_called(house: House, tmp_path: Path) -> None:
    desk = house.open(f"{MONDAY} 18:00")
    assert desk.save_handover(tmp_path / "page.html", None).read_text("utf-8").startswith("<!DOCTYPE html>")
    assert json.loads(desk.save_handover(tmp_path / "page.json", None).read_text("utf-8"))["date"] == MONDAY


def test_open_incidents_carry_over_and_each_day_hands_over_its_own(house: House) -> None:
    desk = house.open(f"{MONDAY} 18:00")
    desk.log("维权 京东 一")
    desk.log("维权 京东 二")
    house.put(f"{TUESDAY} 04:59")
    desk.resolve(2)
    assert numbers(desk.handover().open) == [1]
    house.put(f"{TUESDAY} 05:00")
    desk.log("维权 京东 三")
    assert numbers(desk.handover().open) == [1, 3]
    assert numbers(desk.handover(day(MONDAY)).open) == [1]
    desk.resolve(1)
    monday = desk.handover(day(MONDAY))
    assert (numbers(monday.incidents), numbers(monday.open)) == ([1], [])


# -- closing and amending ------------------------------------------------------------------------------------------


def test_a_day_is_not_closed_over_what_nobody_answered_unless_that_is_said(house: House) -> None:
    desk = house.open(f"{MONDAY} 22:00")
    desk.answer("ten")
    with pytest.raises(UserError, match=r"2 checks of the day are not answered \(查看投诉 …\).*--leave-missed"):
        desk.close_day(leave_missed=False)
    assert desk.closing() is None
    desk.answer("check")
    with pytest.raises(UserError, match=r"1 check of the day is not answered \(晨会 …\)"):
        desk.close_day(leave_missed=False)
    desk.skip("meeting", "off")
    assert desk.close_day(leave_missed=False).business_date == day(MONDAY)
    # What goes on tomorrow by itself stands in nobody's way, nor does what is missed already.
    house.open("2026-11-27 20:00").close_day(day=day(TUESDAY), leave_missed=False)
    friday = house.open("2026-11-27 20:00")
    friday.all_on_time(["check", "ten"])
    friday.close_day(leave_missed=False)


def test_a_day_is_closed_with_the_note_that_is_written(house: House) -> None:
    desk = house.open(f"{MONDAY} 22:00")
    desk.hand_over("盯京东")
    assert desk.close_day().handover == "盯京东"
    assert [word.text for word in desk.handover().words] == ["盯京东"]
    assert desk.close_day("京东好了").handover == "京东好了"
    page = desk.handover()
    assert (page.note and page.note.text, [word.text for word in page.words]) == ("京东好了", ["盯京东", "京东好了"])


def test_a_closed_day_is_amended_and_says_so(house: House) -> None:
    desk = house.open(f"{MONDAY} 21:40")
    desk.answer("ten")
    first = desk.close_day("one")
    page = desk.handover()
    assert (page.closings, page.amended) == ((first,), None)
    assert "Closed by Wang at 21:40; " not in desk.paper(None, "text").decode()
    house.put(f"{MONDAY} 22:05")
    desk.answer("check")
    desk.answer("meeting")
    house.put(f"{MONDAY} 22:30")
    amended = desk.handover().amended
    assert amended is not None
    assert (amended.checks, amended.at) == (2, at(f"{MONDAY} 22:05"))
    said = "Closed by Wang at 21:40; amended 22:05: 2 checks answered or changed since"
    assert said in desk.paper(None, "text").decode()
    assert said in desk.handover_paper(None, "text").decode()
    desk.undo()
    amended = desk.handover().amended
    assert amended is not None
    assert (amended.checks, amended.at) == (2, at(f"{MONDAY} 22:30"))  # taken back: that is a change too
    house.put(f"{MONDAY} 22:40")
    second = desk.close_day()
    amended = desk.handover().amended
    assert amended is not None
    assert (amended.checks, amended.at) == (2, at(f"{MONDAY} 22:40"))
    assert desk.handover().closings == (first, second)


def test_a_day_closed_again_with_nothing_changed_says_only_that(house: House) -> None:
    desk = house.open(f"{MONDAY} 21:40")
    desk.close_day()
    house.put(f"{MONDAY} 21:50")
    desk.close_day()
    assert "Closed by Wang at 21:40; closed again 21:50" in desk.paper(None, "text").decode()


def test_a_day_as_it_was_handed_over_stays_readable(house: House) -> None:
    desk = house.open(f"{MONDAY} 21:40")
    with pytest.raises(UserError, match="2026-11-23 was not closed"):
        desk.as_closed(None)
    desk.log("维权 京东 #2608123456789012345 打 13812345678")
    desk.close_day("one")
    printed = desk.paper(None, "text").decode()
    house.put(f"{MONDAY} 22:05")
    desk.answer("check")
    assert desk.as_closed(None).decode() == printed  # to the letter, as it would have been printed then
    desk.close_day("two")
    again = desk.as_closed(day(MONDAY)).decode()
    assert again == printed + "\n" + desk.paper(None, "text").decode()
    with pytest.raises(UserError, match="add --unmasked"):
        desk.as_closed(None, "json")
    first, second = json.loads(desk.as_closed(None, "json", unmasked=True))
    assert (first["by"], first["closed_at"]) == ("wang", f"{MONDAY}T21:40:00+08:00")
    assert (first["summary"]["progress"]["answered"], second["summary"]["progress"]["answered"]) == (0, 1)
    assert first["summary"]["closed_at"] == f"{MONDAY}T21:40:00+08:00"
    assert "2608123456789012345" in first["summary"]["incidents"]["open"][0]["orders"]
    with pytest.raises(UserError, match="as text and as JSON"):
        desk.as_closed(None, "html")


def test_a_day_closed_by_an_earlier_version_shows_what_it_kept(house: House) -> None:
    desk = house.open(f"{MONDAY} 21:40")
    desk.journal.close_day("wang", day(MONDAY), "one", '{"closed": "then"}', desk.now())
    assert desk.as_closed(None).decode() == '{"closed": "then"}\n'
    assert [word.text for word in desk.handover().words] == ["one"]


def test_a_day_that_is_over_is_closed_and_amended_as_it_was_run(house: House) -> None:
    house.open(f"{MONDAY} 09:00").answer("ten")
    house.write(HEAD, DAILY.replace("十点", "别的"), REST)
    desk = house.open(f"{TUESDAY} 08:40")
    closing = desk.close_day("late", day(MONDAY))
    assert closing.business_date == day(MONDAY)
    assert "十点" in desk.as_closed(day(MONDAY)).decode()
    report = desk.report(period_of(PeriodKind.DAY, day(MONDAY)))
    assert report.handover is not None
    assert report.handover.closings == (closing,)


def test_the_setting_to_print_every_closing(house: House) -> None:
    desk = house.open()
    assert not desk.prints_on_closing()
    for text, prints in (("[close]\nprint = true\n", True), ("[close]\nprint = false\n", False)):
        house.workspace.settings.write_text(text, encoding="utf-8")
        assert desk.prints_on_closing() is prints
    for text, fault in (('[close]\nprint = "yes"\n', "write true or false"), ("[close]\nprnt = true\n", "close.prnt")):
        house.workspace.settings.write_text(text, encoding="utf-8")
        with pytest.raises(UserError, match=fault):
            desk.prints_on_closing()
