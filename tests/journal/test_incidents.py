from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from marking import CHECK, NOW

from csconsole.core.incident import Draft, Event, EventKind, Incident, IncidentStatus, NewEvent, Severity
from csconsole.journal import Journal, UnknownIncident

HOUR = timedelta(hours=1)
DRAFT = Draft(
    title="买家说没收到",
    category="refunds",
    line="退款 天猫 #88120934 买家说没收到 @小李 !!",
    shop="tmall",
    orders=("88120934", "2608123456789012345", "88120934"),
    assignee="小李",
    severity=Severity.CRITICAL,
    due_at=NOW + HOUR,
    occurrence=CHECK,
)
PLAIN = Draft("parcel lost", "logistics")


def numbers(incidents: list[Incident]) -> list[int]:
    return [incident.number for incident in incidents]


def test_an_incident_comes_back_as_it_was_logged(journal: Journal) -> None:
    assert journal.log("王主管", DRAFT, NOW) == 1
    assert journal.log("me", PLAIN, NOW + HOUR) == 2
    first, second = Incident(1, DRAFT, NOW, "王主管", action=1), Incident(2, PLAIN, NOW + HOUR, "me", action=2)
    assert journal.incidents() == [first, second]
    assert journal.incident(1) == first


def test_what_is_told_stands_in_the_order_written(journal: Journal) -> None:
    journal.log("me", PLAIN, NOW)
    journal.tell("me", 1, [NewEvent(EventKind.NOTE, "carrier called\nanswers tomorrow")], NOW + HOUR)
    journal.tell("li", 1, [NewEvent(EventKind.RESOLVED, "found")], NOW)
    incident = journal.incident(1)
    assert incident is not None
    assert incident.events == (
        Event(EventKind.NOTE, NOW + HOUR, "me", "carrier called\nanswers tomorrow", action=2),
        Event(EventKind.RESOLVED, NOW, "li", "found", action=3),
    )


def test_open_ones_are_those_not_resolved_or_reopened_since(journal: Journal) -> None:
    for _ in range(3):
        journal.log("me", PLAIN, NOW)
    journal.tell("me", 1, [NewEvent(EventKind.RESOLVED, "")], NOW)
    journal.tell("me", 2, [NewEvent(EventKind.RESOLVED, "")], NOW)
    journal.tell("me", 2, [NewEvent(EventKind.REOPENED, "")], NOW)
    journal.tell("me", 1, [NewEvent(EventKind.NOTE, "thanks")], NOW)
    assert numbers(journal.incidents(open_only=True)) == [2, 3]
    assert numbers(journal.incidents()) == [1, 2, 3]


def test_undoing_a_resolve_reopens_and_undoing_a_log_withdraws_for_good(journal: Journal) -> None:
    journal.log("me", PLAIN, NOW)
    journal.tell("me", 1, [NewEvent(EventKind.RESOLVED, "")], NOW)
    journal.undo("me", NOW)
    incident = journal.incident(1)
    assert incident is not None and incident.status is IncidentStatus.OPEN
    assert numbers(journal.incidents(open_only=True)) == [1]
    journal.undo("me", NOW)
    assert journal.incident(1) is None
    assert journal.incidents() == journal.incidents(open_only=True) == []
    assert journal.log("me", PLAIN, NOW) == 2, "a number once given is never given again"


def test_what_others_told_of_a_withdrawn_incident_brings_it_not_back(opening: Callable[[str | None], Journal]) -> None:
    desk, laptop = opening("desk"), opening("laptop")
    desk.log("me", PLAIN, NOW)
    laptop.tell("li", 1, [NewEvent(EventKind.RESOLVED, "")], NOW)
    desk.undo("me", NOW)
    laptop.undo("li", NOW)
    assert desk.incidents() == desk.incidents(open_only=True) == []


@pytest.mark.parametrize("number", [0, 2, -1, 2**31, 2**63, 10**30])
def test_nothing_is_told_of_an_incident_that_is_not_there(journal: Journal, number: int) -> None:
    journal.log("me", PLAIN, NOW)
    with pytest.raises(UnknownIncident, match=str(number)) as refusal:
        journal.tell("me", number, [NewEvent(EventKind.NOTE, "")], NOW)
    assert refusal.value.number == number
    assert journal.incident(number) is None


def test_incidents_are_found_by_when_they_were_opened(journal: Journal) -> None:
    for hours in range(4):
        journal.log("me", PLAIN, NOW + hours * HOUR)
    assert numbers(journal.incidents(opened_from=NOW + HOUR)) == [2, 3, 4]
    assert numbers(journal.incidents(opened_to=NOW + HOUR)) == [1], "the end is not included"
    assert numbers(journal.incidents(opened_from=NOW + HOUR, opened_to=NOW + 3 * HOUR)) == [2, 3]


def test_incidents_are_found_by_when_they_were_resolved(journal: Journal) -> None:
    for hours in range(4):
        journal.log("me", PLAIN, NOW)
        journal.tell("me", hours + 1, [NewEvent(EventKind.RESOLVED, "")], NOW + hours * HOUR)
    journal.tell("me", 2, [NewEvent(EventKind.REOPENED, "")], NOW + 4 * HOUR)
    journal.tell("me", 3, [NewEvent(EventKind.NOTE, "")], NOW + 4 * HOUR)
    assert numbers(journal.incidents(resolved_from=NOW + HOUR, resolved_to=NOW + 3 * HOUR)) == [2, 3]
    assert numbers(journal.incidents(resolved_from=NOW + 4 * HOUR)) == []
    assert numbers(journal.incidents(resolved_from=NOW + HOUR, open_only=True)) == [2]
    journal.tell("me", 4, [NewEvent(EventKind.RESOLVED, "again")], NOW + 9 * HOUR)
    journal.undo("me", NOW)
    assert numbers(journal.incidents(resolved_from=NOW + 4 * HOUR)) == [], "undone"


def test_incidents_are_found_by_the_check_they_were_found_at(journal: Journal) -> None:
    journal.log("me", DRAFT, NOW)
    journal.log("me", PLAIN, NOW)
    assert numbers(journal.incidents(occurrences=[CHECK, "other@2026-11-23"])) == [1]
    assert numbers(journal.incidents(occurrences=[])) == []
