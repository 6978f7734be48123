"""Limits moved, clocks that stand still while it waits, the buyer answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from houses import DAILY, HEAD, MONDAY, House
from routine import at

from csconsole.core.errors import UserError
from csconsole.core.incident import Clock, EventKind, IncidentStatus, WaitingOn
from csconsole.desk import Desk

HOUR = timedelta(hours=1)
STILL = HEAD.replace("settle: 24h", "respond: 2h, settle: 24h, stands_still: true, platform_limit: {tmall: 48h}")
IN_HOURS = STILL.replace("settle: 24h", "settle: 10h, working_hours: true") + 'working_hours: "09:00-18:00"\n'


def desk_on(house: House, text: str) -> Desk:
    house.write(text, DAILY)
    return house.open(f"{MONDAY} 09:00")


def test_the_clocks_stand_still_while_it_waits_and_go_on_with_what_was_left(house: House) -> None:
    desk = desk_on(house, STILL)
    number = desk.log("维权 京东 没收到").number
    house.put(f"{MONDAY} 10:00")
    waiting = desk.wait(number, WaitingOn.BUYER, "asked for a photo")
    assert (waiting.status, waiting.events[-1].text) == (IncidentStatus.WAITING, "asked for a photo")
    house.put(f"{MONDAY} 20:00")
    assert desk.incident(number).left(desk.now()) == HOUR
    going = desk.go_on(number)
    assert going.limits == ((Clock.RESPOND, at(f"{MONDAY} 21:00")), (Clock.SETTLE, at("2026-11-24 19:00")))
    # One action, taken back as one.
    desk.undo()
    back = desk.incident(number)
    assert (back.status, back.left(desk.now())) == (IncidentStatus.WAITING, HOUR)


def test_in_working_hours_what_was_left_goes_on_in_them(house: House) -> None:
    desk = desk_on(house, IN_HOURS)
    number = desk.log("维权 京东 没收到").number
    assert desk.incident(number).due_at == at("2026-11-24 10:00")
    desk.answer_buyer(number)
    house.put(f"{MONDAY} 17:00")
    desk.wait(number, WaitingOn.CARRIER)
    house.put(f"{MONDAY} 20:00")
    assert desk.go_on(number).due_at == at("2026-11-24 11:00")


def test_the_platform_s_limit_runs_on(house: House) -> None:
    desk = desk_on(house, STILL)
    number = desk.log("维权 天猫 没收到").number
    desk.answer_buyer(number, "called")
    desk.wait(number, WaitingOn.PLATFORM)
    house.put(f"{MONDAY} 19:00")
    assert desk.incident(number).left(desk.now()) == 38 * HOUR
    assert desk.go_on(number).limits == ((Clock.PLATFORM, at("2026-11-25 09:00")),)


def test_where_the_category_says_nothing_of_it_they_run_on(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    number = desk.log("维权 京东 没收到").number
    desk.wait(number, WaitingOn.BUYER)
    house.put(f"{MONDAY} 19:00")
    assert desk.incident(number).left(desk.now()) == 14 * HOUR
    assert [event.kind for event in desk.go_on(number).events] == [EventKind.WAITING, EventKind.CONTINUED]


def test_a_limit_is_moved_with_a_reason(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    number = desk.log("维权 京东 没收到").number
    moved = desk.move_limit(number, Clock.SETTLE, at("2026-11-25 12:00"), " the carrier\u202e searches ")
    assert moved.due_at == at("2026-11-25 12:00")
    assert moved.events[-1].text == "the carrier searches"
    assert desk.move_limit(number, Clock.PLATFORM, at(f"{MONDAY} 12:00"), "by its page").due_at == at(f"{MONDAY} 12:00")
    assert desk.move_limit(number, Clock.PLATFORM, None, "taken back").due_at == at("2026-11-25 12:00")


def test_the_buyer_who_was_answered_waits_no_more(house: House) -> None:
    desk = desk_on(house, STILL)
    number = desk.log("维权 京东 没收到").number
    assert [clock for clock, _at in desk.incident(number).limits] == [Clock.RESPOND, Clock.SETTLE]
    assert [clock for clock, _at in desk.answer_buyer(number).limits] == [Clock.SETTLE]


def test_what_cannot_be_is_told(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    number = desk.log("维权 京东 没收到").number
    ahead = at(f"{MONDAY} 12:00")
    with pytest.raises(UserError, match="say why"):
        desk.move_limit(number, Clock.SETTLE, ahead, " ")
    with pytest.raises(UserError, match="must lie ahead"):
        desk.move_limit(number, Clock.SETTLE, desk.now(), "why")
    with pytest.raises(UserError, match="waits for nobody"):
        desk.go_on(number)
    desk.wait(number, WaitingOn.BUYER)
    with pytest.raises(UserError, match="already"):
        desk.wait(number, WaitingOn.BUYER)
    desk.wait(number, WaitingOn.CARRIER)
    desk.answer_buyer(number)
    with pytest.raises(UserError, match="already"):
        desk.answer_buyer(number)
    desk.resolve(number)
    for verb in (
        lambda: desk.go_on(number),
        lambda: desk.wait(number, WaitingOn.BUYER),
        lambda: desk.answer_buyer(number),
        lambda: desk.move_limit(number, Clock.SETTLE, ahead, "why"),
    ):
        with pytest.raises(UserError, match="resolved already"):
            verb()
    with pytest.raises(UserError, match="no incident 99"):
        desk.go_on(99)
