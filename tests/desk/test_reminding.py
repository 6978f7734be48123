"""What reminders are planned from, and what is put off."""

from __future__ import annotations

import pytest
from houses import DAILY, HEAD, MONDAY, REST, House
from routine import at

from csconsole.core.agenda import Status
from csconsole.core.errors import UserError
from csconsole.core.facts import Claim
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
