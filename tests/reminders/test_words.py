"""What a reminder says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from csconsole.core.reminder import Digest, Reminder, Stage, plan
from csconsole.core.schedule import Text
from csconsole.reminders.words import message

At = Callable[[str], datetime]


@pytest.fixture
def reminder(at: At, hand_clock: Any, counter: Any) -> Callable[..., Reminder]:
    """A reminder of the check at 09:00, with its item changed as asked."""

    def make(now: str, stage: Stage | None = None, **changes: Any) -> Reminder:
        desk = counter(hand_clock(at(now)), "09:00")
        (found,) = plan(desk.situation(), at(now)).due
        item = replace(found.item, occurrence=replace(found.item.occurrence, **changes))
        return replace(found, stage=stage or found.stage, item=item)

    return make


@pytest.mark.parametrize(
    ("now", "body"),
    [
        ("08:55", "09:00 · due in 5 min"),
        ("08:55:40", "09:00 · due in 5 min"),
        ("09:00", "09:00 · due now"),
        ("09:00:59", "09:00 · due now"),
        ("09:15", "09:00 · due for 15 min"),
        ("09:15:01", "09:00 · overdue, due for 15 min"),
        ("11:20", "09:00 · overdue, due for 2h 20m"),
    ],
)
def test_it_says_how_things_stand(now: str, body: str, at: At, reminder: Any, counter: Any, hand_clock: Any) -> None:
    said = message(Digest(at(now), (reminder(now),)), counter(hand_clock(at(now)), "09:00").schedule.zone)
    assert (said.title, said.body) == ("Look at 09:00", body)


def test_another_days_item_says_its_date(at: At, reminder: Any) -> None:
    zone = at("09:00").tzinfo
    assert zone is not None
    later = reminder("09:00", Stage.NOTICE, due=at("09:00") + timedelta(days=3))
    assert message(Digest(at("09:00"), (later,)), zone).body == "11-26 01:00 · due in 3 days"


def test_one_who_was_to_have_it_done_is_named(at: At, reminder: Any) -> None:
    found = reminder("17:00", Stage.BACK)
    found = replace(found, item=replace(found.item, answer=replace(found.item.answer, delegated_to="小李\x1b[2J")))
    zone = at("09:00").tzinfo
    assert zone is not None
    assert message(Digest(at("17:00"), (found,)), zone).body == "01:00 · back from 小李[2J?"


def test_many_are_a_list_that_ends(at: At, reminder: Any) -> None:
    hostile = reminder("09:00", title=Text("x", "[red]x[/]\x1b]0;owned\x07\n" + "y" * 500))
    zone = at("09:00").tzinfo
    assert zone is not None
    said = message(Digest(at("09:00"), (hostile,) * 6, (hostile,) * 6), zone)
    lines = said.body.split("\n")
    assert said.title == "12 items to look at"
    assert len(lines) == 8
    assert lines[-1] == "and 5 more"
    assert lines[0].startswith("01:00 [red]x[/]]0;owned y")
    assert "\x1b" not in said.body and "\x07" not in said.body
    assert max(map(len, lines)) < 250


def test_a_greeting_says_so(at: At, reminder: Any) -> None:
    zone = at("09:00").tzinfo
    assert zone is not None
    found = reminder("12:00")
    assert message(Digest(at("12:00"), (), (found, found)), zone).title == "2 came due meanwhile"


@pytest.mark.parametrize(
    ("now", "changes", "body"),
    [
        ("22:00", {}, "09:00 · last call, until 05:00"),
        ("08:30", {"deadline": True}, "09:00 · last call, until 09:00"),
        ("22:00", {"deadline": True}, "09:00 · last call, until 05:00"),
    ],
)
def test_a_last_call_says_until_when(
    now: str, changes: dict[str, Any], body: str, at: At, reminder: Any, counter: Any, hand_clock: Any
) -> None:
    found = reminder("09:00", Stage.LAST_CALL, **changes)
    zone = counter(hand_clock(at(now)), "09:00").schedule.zone
    assert message(Digest(at(now), (found,)), zone).body == body
