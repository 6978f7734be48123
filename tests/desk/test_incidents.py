"""What went wrong: logged in one line, added to, resolved, taken back."""

from __future__ import annotations

import pytest
from houses import MONDAY, House
from routine import at

from csconsole.core.errors import UserError
from csconsole.core.incident import IncidentStatus, Severity

OPEN, RESOLVED = IncidentStatus.OPEN, IncidentStatus.RESOLVED


def test_a_line_becomes_an_incident(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    line = "维权 京东 #A-1 买家说\x1b没收到 @小李 !! 18:00"
    draft = desk.read_line(line).draft
    found = desk.log(line, found_at=f"check@{MONDAY}")
    assert (found.number, found.status, found.opened_by) == (1, OPEN, "wang")
    assert (found.draft.category, found.draft.shop, found.draft.assignee) == ("complaints", "jd", "li")
    assert (found.draft.title, found.draft.orders) == (draft.title, ("A-1",))
    assert (found.draft.severity, found.draft.due_at) == (Severity.CRITICAL, at(f"{MONDAY} 18:00"))
    assert found.draft.occurrence == f"check@{MONDAY}"
    assert "\x1b" not in found.draft.line + found.draft.title
    assert desk.log("维权 另一件").number == 2


def test_reading_a_line_logs_nothing(house: House) -> None:
    desk = house.open()
    desk.read_line("维权 京东 没收到")
    assert desk.incidents(all=True) == []


@pytest.mark.parametrize("line", ["", "   ", "\u200b\n"])
def test_an_empty_line_is_told(house: House, line: str) -> None:
    desk = house.open()
    with pytest.raises(UserError, match="the line is empty"):
        desk.log(line)


def test_the_story_of_an_incident(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    number = desk.log("维权 京东 没收到").number
    house.put(f"{MONDAY} 10:00")
    desk.remark(number, " rang the buyer\u202e ")
    house.put(f"{MONDAY} 11:00")
    resolved = desk.resolve(number, "refunded")
    assert (resolved.status, resolved.resolved_at) == (RESOLVED, at(f"{MONDAY} 11:00"))
    assert desk.incidents() == []
    assert desk.incidents(all=True) == [resolved]
    again = desk.reopen(number)
    assert [(event.kind.value, event.text) for event in again.events] == [
        ("note", "rang the buyer"),
        ("resolved", "refunded"),
        ("reopened", ""),
    ]
    assert desk.incidents() == [again]
    desk.undo()
    assert desk.incident(number).status is RESOLVED
    desk.undo()
    assert desk.incident(number).status is OPEN
    desk.undo()
    assert desk.incident(number).events == ()
    assert desk.undo().incidents == (number,)
    assert desk.incidents(all=True) == []


@pytest.mark.parametrize("number", [0, -1, 7, 2**70])
def test_an_incident_that_is_not_there_is_told(house: House, number: int) -> None:
    desk = house.open()
    for verb in (desk.incident, desk.resolve, desk.reopen):
        with pytest.raises(UserError, match=f"there is no incident {number}"):
            verb(number)
    with pytest.raises(UserError, match="there is no incident"):
        desk.remark(number, "text")


def test_a_note_must_say_something(house: House) -> None:
    desk = house.open()
    number = desk.log("维权 京东 没收到").number
    with pytest.raises(UserError, match="the note is empty"):
        desk.remark(number, " \n ")


def test_what_runs_out_first_stands_first(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    for line in ("维权 甲 20:00", "维权 乙 10:00", "维权 丙 +1h !", "团队 丁"):
        desk.log(line)
    desk.resolve(desk.log("维权 戊").number)
    assert [each.draft.title for each in desk.incidents()] == ["丙", "乙", "甲", "丁"]
    assert [each.draft.title for each in desk.incidents(all=True)] == ["丙", "乙", "甲", "丁", "戊"]


def test_the_people_of_the_schedule_by_name(house: House) -> None:
    assert house.open().people() == ("Wang", "Li")
