"""What reminders are planned from, and what is put off."""

from __future__ import annotations

import pytest
from houses import DAILY, HEAD, MONDAY, REST, House
from routine import at

from csconsole.core.answer import Status
from csconsole.core.errors import UserError
from csconsole.core.facts import Claim
from csconsole.core.hold import HoldKind
from csconsole.core.reminder import Stage, plan

CHECK, TEN = f"check@{MONDAY}", f"ten@{MONDAY}"


def test_todays_items_and_what_is_announced_can_be_reminded_of(house: House) -> None:
    house.open("2026-11-27 09:00").close()
    desk = house.open("2026-12-04 09:00")
    found = {item.key: item.status for item in desk.situation().items}
    assert found == {
        "list@2026-11-27": Status.OVERDUE,
        "check@2026-12-04": Status.DUE,
        "ten@2026-12-04": Status.UPCOMING,
        "list@2026-12-04": Status.UPCOMING,
        "report@2026-12-06": Status.UPCOMING,  # due on Monday the 7th, announced on the 3rd
    }
    desk.answer("report")
    assert {item.key: item.status for item in desk.situation().items}["report@2026-12-06"] is Status.DONE


def test_what_is_not_owed_is_never_reminded_of(house: House) -> None:
    house.open("2026-12-08 09:00")
    found = {item.key for item in house.open("2026-12-08 09:00").situation().items}
    assert found == {"check@2026-12-08", "ten@2026-12-08"}


def test_a_notice_of_sixty_days_is_seen(house: House) -> None:
    house.write(HEAD, DAILY, REST.replace("notice: 2", "notice: 60"))
    found = {item.key for item in house.open(f"{MONDAY} 09:00").situation().items}
    assert {"report@2026-12-06", "report@2027-01-06", "report@2027-02-06"} <= found


def test_a_reminder_is_claimed_once_of_all_consoles(house: House) -> None:
    one, other = house.open(console="one"), house.open(console="two")
    reminders = [plan(desk.situation(), desk.now()).due for desk in (one, other)]
    assert reminders[0] == reminders[1] != ()
    claim = reminders[0][0].claim
    assert [desk.claim(claim) for desk in (one, other, one)] == [True, False, False]
    assert claim in other.situation().claims
    assert plan(other.situation(), other.now()).due == reminders[0][1:]


def test_an_undo_reminds_again(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    (reminder,) = plan(desk.situation(), desk.now()).due
    assert (reminder.key, reminder.stage, desk.claim(reminder.claim)) == (CHECK, Stage.DUE, True)
    desk.answer("check")
    desk.undo()
    (again,) = plan(desk.situation(), desk.now()).due
    assert (again.key, again.claim != reminder.claim) == (CHECK, True)


def test_a_snooze_puts_off_until_its_hour(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    until = at(f"{MONDAY} 09:30")
    desk.snooze([CHECK, "ten"], until)
    assert desk.snoozed([CHECK, TEN, f"meeting@{MONDAY}"]) == {CHECK: until, TEN: until}
    assert plan(desk.situation(), desk.now()).due == ()
    house.put(f"{MONDAY} 09:30")
    assert desk.snoozed([CHECK, TEN]) == {}
    assert [reminder.stage for reminder in plan(desk.situation(), desk.now()).due] == [Stage.SNOOZE, Stage.SNOOZE]
    assert desk.look().item(CHECK) == desk.find(CHECK)  # put off, not answered: it is overdue all the same
    assert desk.find(CHECK).status is Status.OVERDUE


def test_a_snooze_must_lie_ahead_and_name_what_there_is(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    with pytest.raises(UserError, match="must lie ahead"):
        desk.snooze([CHECK], desk.now())
    with pytest.raises(UserError, match="there is no duty"):
        desk.snooze([CHECK, "nobody"], at(f"{MONDAY} 09:30"))
    assert desk.snoozed([CHECK]) == {}


def test_undo_takes_a_snooze_back(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    desk.snooze([CHECK], at(f"{MONDAY} 09:30"))
    assert desk.undo().keys == (CHECK,)
    assert desk.snoozed([CHECK]) == {}


def test_a_claim_is_known_under_the_duty_s_new_name(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    (reminder,) = plan(desk.situation(), desk.now()).due
    assert desk.claim(reminder.claim)
    house.write(HEAD, DAILY.replace("id: check", "id: look, was: [check]"), REST)
    desk.reload()
    assert Claim(CHECK, reminder.stage, reminder.planned) in desk.situation().claims
    assert plan(desk.situation(), desk.now()).due == ()


# -- ahead of their day ----------------------------------------------------------------------------------------


def test_what_is_spoken_of_before_its_day_begins_is_there_the_day_before(house: House) -> None:
    early = DAILY + '  - {id: early, at: "05:20", category: team, title: 开门, remind: {lead: 30m}}\n'
    house.write(HEAD, early, REST.replace("notice: 2", "notice: 2, remind: {lead: 9d}"))
    desk = house.open("2026-11-28 09:00")
    assert "early@2026-11-29" in {item.key for item in desk.situation().items}
    assert "check@2026-11-29" not in {item.key for item in desk.situation().items}
    assert "report@2026-12-06" in {item.key for item in desk.situation().items}  # nine days before the 7th
    house.put("2026-11-29 04:50")
    assert ("early@2026-11-29", Stage.AHEAD) in [
        (each.key, each.stage) for each in plan(desk.situation(), desk.now()).due
    ]


# -- put off and handed on -------------------------------------------------------------------------------------


def test_nothing_is_put_off_or_handed_on_past_the_end_of_its_day(house: House) -> None:
    desk = house.open(f"{MONDAY} 21:00")
    for until in ("2026-11-24 05:00", "2026-11-24 09:00"):
        with pytest.raises(UserError, match="counts as missed from 11-24 05:00 on"):
            desk.snooze(["ten", CHECK], at(until))
        with pytest.raises(UserError, match="counts as missed from 11-24 05:00 on"):
            desk.delegate("ten", "Li", at(until))
    assert desk.snoozed([CHECK, TEN]) == {}
    desk.snooze([CHECK], at("2026-11-24 04:59"))
    house.put("2026-11-27 21:00")
    desk.snooze(["list"], at("2026-11-28 09:00"))
    assert desk.delegate("list", "Li", at("2026-11-28 10:00")).status is Status.DELEGATED


# -- away ------------------------------------------------------------------------------------------------------


def test_away_until_an_hour_and_back_early(house: House) -> None:
    desk = house.open(f"{MONDAY} 08:50")
    assert (desk.away(), desk.hold(desk.look())) == (None, None)
    with pytest.raises(UserError, match="must lie ahead"):
        desk.leave(desk.now())
    away = desk.leave(at(f"{MONDAY} 09:30"))
    assert (desk.away(), away.until) == (away, at(f"{MONDAY} 09:30"))
    house.put(f"{MONDAY} 09:05")
    assert plan(desk.situation(), desk.now()).due == ()
    hold = desk.hold(desk.look())
    assert hold is not None
    assert (hold.end, hold.span.kind) == (away.until, HoldKind.AWAY)
    desk.come_back()
    assert (desk.away(), desk.hold(desk.look())) == (None, None)
    assert [each.key for each in plan(desk.situation(), desk.now()).due] == [CHECK]
    assert desk.undo().verb == "away"
    assert desk.away() == away
    house.put(f"{MONDAY} 09:30")
    assert desk.away() is None


def test_whoever_takes_over_is_not_away_with_the_one_before(house: House) -> None:
    desk, other = house.open(f"{MONDAY} 08:50", console="one"), house.open(by="li", console="two")
    desk.leave(at(f"{MONDAY} 12:00"))
    house.put(f"{MONDAY} 09:00")
    assert plan(desk.situation(), desk.now()).due == ()
    assert [each.key for each in plan(other.situation(), other.now()).due] == [CHECK]
    desk.take_over("li")
    assert [each.key for each in plan(desk.situation(), desk.now()).due] == [CHECK]


# -- missed while nobody was there -----------------------------------------------------------------------------


def test_what_was_missed_is_counted_by_day_and_told_once(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00", console="one")
    assert desk.last_seen() is None
    desk.answer("check")
    seen = desk.last_seen()
    assert seen == desk.now()
    assert desk.missed_since(seen) == []
    house.put("2026-11-30 08:00")
    other = house.open(console="two")
    told = [(missed.day.date.isoformat(), missed.count) for missed in other.missed_since(seen)]
    assert told == [
        ("2026-11-23", 2),  # the check was answered; the ten o'clock one and the meeting were not
        ("2026-11-24", 2),
        ("2026-11-25", 2),
        ("2026-11-26", 2),
        ("2026-11-27", 2),
        ("2026-11-28", 2),
        ("2026-11-29", 2),
    ]
    assert desk.missed_since(seen) == other.missed_since(seen) == []
    # What lasts is not missed: it is on today's agenda.
    assert {item.key: item.status for item in desk.look().items}["list@2026-11-27"] is Status.OVERDUE


def test_what_was_missed_is_told_of_a_month_at_most(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    desk.answer("check")
    seen = desk.last_seen()
    assert seen is not None
    house.put("2027-11-23 09:00")
    told = desk.missed_since(seen)
    assert (len(told), told[0].day.date.isoformat()) == (31, "2027-10-23")
