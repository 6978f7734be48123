"""What a check found, and what the next round of it asks about."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from houses import DAILY, HEAD, MONDAY, REST, House

from csconsole.core.answer import Status
from csconsole.core.errors import UserError
from csconsole.core.facts import MarkKind
from csconsole.core.incident import IncidentStatus
from csconsole.core.rounds import round_of
from csconsole.desk import Desk

TUESDAY = "2026-11-24"
CHECK = f"check@{MONDAY}"
LATER = '  - {id: later, at: "15:00", category: complaints, title: 复查}\n'


def numbers(desk: Desk, key: str) -> tuple[list[int], list[int]]:
    """What was found at a check, and what it asks about."""
    occurrence = desk.find(key).occurrence
    known = {each.number: each for each in (*desk.incidents(), *desk.found_at([occurrence]))}
    found = round_of(occurrence, [known[number] for number in sorted(known)], desk.schedule.duties)
    return [each.number for each in found.found], [each.number for each in found.asked]


@pytest.fixture
def desk(house: House) -> Desk:
    house.write(HEAD + DAILY + LATER + REST)
    return house.open(f"{MONDAY} 09:05")


def test_an_incident_and_the_check_it_was_found_at_point_to_each_other(desk: Desk) -> None:
    found = desk.log("京东 没收到", found_at="check")
    assert (found.occurrence, found.category) == (CHECK, "complaints")
    assert desk.log("团队 吵架", found_at=CHECK).category == "team"
    desk.log("维权 另一件")
    assert numbers(desk, CHECK) == ([1, 2], [])
    items = {item["key"]: item["incidents"] for item in json.loads(desk.agenda_json(desk.look()))["items"]}
    assert (items[CHECK], items[f"ten@{MONDAY}"]) == ([1, 2], [])


def test_what_is_found_at_no_check_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError, match="no duty"):
        desk.log("京东 没收到", found_at="nothing@2026-11-23")
    assert desk.incidents(all=True) == []


def test_later_rounds_ask_about_what_is_open(house: House, desk: Desk) -> None:
    for line in ("没收到", "退款慢", "已经好了"):
        desk.log(f"京东 {line}", found_at=CHECK)
    desk.log("十点的", found_at=f"ten@{MONDAY}")
    desk.resolve(3)
    assert numbers(desk, CHECK) == ([1, 2, 3], [])
    assert numbers(desk, f"later@{MONDAY}") == ([], [1, 2])  # another duty of that category
    assert numbers(desk, f"ten@{MONDAY}") == ([4], [])
    desk.log("三点的", found_at=f"later@{MONDAY}")
    assert numbers(desk, CHECK) == ([1, 2, 3], [])  # which came before it
    house.put(f"{TUESDAY} 09:05")
    assert numbers(desk, f"check@{TUESDAY}") == ([], [1, 2, 5])
    assert numbers(desk, f"ten@{TUESDAY}") == ([], [4])


def test_a_round_says_what_is_closed_and_what_is_open_still_in_one_action(house: House, desk: Desk) -> None:
    for line in ("没收到", "退款慢"):
        desk.log(f"京东 {line}", found_at=CHECK)
    house.put(f"{TUESDAY} 09:05")
    key = f"check@{TUESDAY}"
    item = desk.fill(key, {None: MarkKind.DONE}, closed={1: True, 2: False})
    assert item.status is Status.DONE
    closed, still = desk.incident(1), desk.incident(2)
    assert (closed.status, still.status) == (IncidentStatus.RESOLVED, IncidentStatus.OPEN)
    assert [each.standing.occurrences for each in (closed, still)] == [[CHECK, key]] * 2
    assert numbers(desk, key) == ([1, 2], [])
    assert [each.number for each in desk.incidents()] == [2]  # the index knows
    house.put("2026-11-25 09:05")
    assert numbers(desk, "check@2026-11-25") == ([], [2])
    undone = desk.undo()
    assert (undone.keys, undone.incidents) == ((key,), (1, 2))
    assert numbers(desk, "check@2026-11-25") == ([], [1, 2])
    assert numbers(desk, key) == ([], [1, 2])


def test_of_incidents_alone_something_may_be_said(house: House, desk: Desk) -> None:
    desk.log("京东 没收到", found_at=CHECK)
    house.put(f"{TUESDAY} 09:05")
    item = desk.fill(f"check@{TUESDAY}", {}, closed={1: False})
    assert item.status is Status.DUE
    assert desk.undo().incidents == (1,)
    with pytest.raises(UserError, match="no incident 7"):
        desk.fill(f"check@{TUESDAY}", {None: MarkKind.DONE}, closed={7: True})
    assert desk.find(f"check@{TUESDAY}").status is Status.DUE


def test_an_undone_link_is_no_link(house: House, desk: Desk) -> None:
    desk.log("京东 没收到", found_at=CHECK)
    desk.undo()
    assert numbers(desk, CHECK) == ([], [])


def test_the_shop_that_is_left_is_the_one_that_is_meant(desk: Desk) -> None:
    assert desk.left_to_answer(desk.find("check")) is None
    assert desk.left_to_answer(desk.answer("check", shop="tmall")) == "jd"
    assert desk.left_to_answer(desk.answer("check")) is None
    assert desk.left_to_answer(desk.find("ten")) is None


def test_a_person_is_found_whatever_they_are_called_now(house: House, desk: Desk) -> None:
    number = desk.log("京东 没收到 @小李").number
    assert json.loads(desk.incidents_json(desk.incidents()))[0]["assignee"] == "Li"
    house.write((HEAD + DAILY + REST).replace("小李", "李组长").replace("en: Li}", "en: Leader Li}"))
    assert desk.reload()
    plain = json.loads(desk.incidents_json([desk.incident(number)]))[0]
    assert (plain["assignee"], plain["assignee_id"]) == ("Leader Li", "li")
    assert desk.read_line("x @李组长").draft.assignee == "li"


def test_everybody_named_in_the_last_year_is_known(house: House, desk: Desk) -> None:
    desk.log("京东 没收到 @老周")
    desk.delegate("ten", "老吴", desk.now() + timedelta(hours=1))
    known = desk.lexicon().people
    assert {"老周", "老吴", "li", "小李"} <= set(known)
    notes = [note.what.value for note in desk.read_line("维权 x @老吴").notes]
    assert notes == []
    house.clock.pass_by(days=366)
    assert {"老周", "老吴"} <= set(desk.lexicon().people)
    house.clock.pass_by(days=2)
    assert not {"老周", "老吴"} & set(desk.lexicon().people)


def test_drafts_are_kept_and_a_broken_file_is_none(desk: Desk) -> None:
    desk.keep_drafts({"": "退款 天猫", CHECK: "没说完"})
    assert desk.kept_drafts() == {"": "退款 天猫", CHECK: "没说完"}
    desk.workspace.drafts.write_text("[1", encoding="utf-8")
    assert desk.kept_drafts() == {}
    desk.keep_drafts({})
    assert not desk.workspace.drafts.exists()
