"""What can be done to an incident after it was logged: one action each, refused where it would change nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from houses import MONDAY, House
from routine import at

from csconsole.core.errors import UserError
from csconsole.core.incident import Incident, IncidentStatus, Responsibility, Severity, Verdict
from csconsole.desk import Desk

Verb = Callable[[Desk], Incident]

ONE_STEP: list[Verb] = [
    lambda desk: desk.assign(1, "li"),
    lambda desk: desk.rate(1, Severity.CRITICAL),
    lambda desk: desk.correct(1, title="没收到货"),
    lambda desk: desk.correct(1, category="团队", shop="天猫"),
    lambda desk: desk.correct(1, shop=""),
    lambda desk: desk.add_orders(1, ["#A-3", "Ａ-4"]),
    lambda desk: desk.close_orders(1, ["A-1"]),
    lambda desk: desk.close_orders(1),
    lambda desk: desk.add_tracking(1, "SF1234567890"),
    lambda desk: desk.name_buyer(1, "tb_1"),
    lambda desk: desk.remark(1, "rang"),
    lambda desk: desk.promise(1, "回电", "买家", at(f"{MONDAY} 18:00")),
    lambda desk: desk.say_whose(1, Responsibility.OURS),
    lambda desk: desk.offer(1, "退款 20 元"),
    lambda desk: desk.hand_in(1, "聊天记录"),
    lambda desk: desk.take_verdict(1, Verdict.FOR_US),
    lambda desk: desk.tell_buyer(1),
    lambda desk: desk.resolve(1, "退款了"),
]
REPEATABLE = {10, 11}
"""A second note is another note, and so is a promise."""


@pytest.fixture
def desk(house: House) -> Desk:
    desk = house.open(f"{MONDAY} 09:00")
    desk.log("维权 京东 #A-1 #A-2 没收到")
    return desk


@pytest.mark.parametrize("step", range(len(ONE_STEP)))
def test_each_is_one_action_and_is_taken_back_whole(desk: Desk, step: int) -> None:
    before = desk.incident(1)
    after = ONE_STEP[step](desk)
    assert after == desk.incident(1) != before
    if step not in REPEATABLE:
        with pytest.raises(UserError, match=r"incident 1.* (nothing would change|is resolved)"):
            ONE_STEP[step](desk)
    desk.undo()
    if step in REPEATABLE:
        assert desk.incident(1) == before
    assert desk.incident(1) == before


def test_how_it_stands_after_all_that(desk: Desk) -> None:
    for step in ONE_STEP[:-1]:
        step(desk)
    found = desk.incident(1)
    assert (found.assignee, found.severity, found.title) == (desk.known_as("li"), Severity.CRITICAL, "没收到货")
    assert (found.category, found.shop, found.buyer, found.tracking) == ("team", None, "tb_1", ("SF1234567890",))
    assert found.standing.orders == {"A-1": True, "A-2": True, "A-3": True, "A-4": True}
    assert (found.standing.promises[0].to, found.standing.promises[0].by) == ("买家", at(f"{MONDAY} 18:00"))
    assert (found.standing.responsibility, found.standing.verdict) == (Responsibility.OURS, Verdict.FOR_US)


@pytest.mark.parametrize("step", [step for step in range(len(ONE_STEP)) if step != 10])
def test_what_is_resolved_is_not_changed_until_it_is_opened_again(desk: Desk, step: int) -> None:
    desk.resolve(1)
    with pytest.raises(UserError, match="incident 1 is resolved"):
        ONE_STEP[step](desk)
    assert desk.reopen(1).status is IncidentStatus.OPEN
    ONE_STEP[step](desk)
    desk.undo()
    with pytest.raises(UserError, match="incident 1 is not resolved"):
        desk.reopen(1)


def test_of_what_is_said_only_what_changes_anything_is_written(desk: Desk) -> None:
    found = desk.correct(1, title="没收到", category="team")
    assert [event.value for event in found.events] == ["team"]
    assert desk.add_orders(1, ["A-1", "B-9", "#B-9"]).orders == ("A-1", "A-2", "B-9")
    assert desk.close_orders(1, ["9"]).orders_left == ("A-1", "A-2"), "by its end"
    assert desk.reopen_orders(1, ["9"]).orders_left == ("A-1", "A-2", "B-9")
    assert desk.assign(1, "").assignee is None if desk.assign(1, "谁").assignee else False


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (lambda desk: desk.close_orders(1, ["Z"]), "incident 1 has no order Z"),
        (lambda desk: desk.add_orders(1, ["A-1", " # "]), "give a number, as in"),
        (lambda desk: desk.add_tracking(1, "9" * 101), "is longer than 100 characters"),
        (
            lambda desk: desk.correct(1, category="complaint s"),
            "there is no complaint s in the schedule",
        ),
        (lambda desk: desk.correct(1, shop="taobao"), "there is no taobao in the schedule; there are tmall, jd"),
        (lambda desk: desk.correct(1, title=" \u200b"), "the title is empty"),
        (lambda desk: desk.correct(1), "incident 1: nothing would change"),
        (lambda desk: desk.promise(1, " "), "say what was promised"),
        (lambda desk: desk.offer(1, ""), "say what was offered"),
        (lambda desk: desk.hand_in(1, ""), "say what was handed in"),
        (lambda desk: desk.assign(2, "li"), "there is no incident 2"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(desk: Desk, verb: Verb, said: str) -> None:
    before = desk.incident(1)
    with pytest.raises(UserError, match=said) as fault:
        verb(desk)
    assert "\n" not in str(fault.value)
    assert desk.incident(1) == before


def test_the_end_of_several_orders_is_not_enough(desk: Desk) -> None:
    desk.add_orders(1, ["B-1"])
    with pytest.raises(UserError, match="several orders end in -1; give more of it"):
        desk.close_orders(1, ["-1"])


def test_what_is_typed_is_cleaned(desk: Desk) -> None:
    assert desk.correct(1, title="a\x1b[31m\nb\u202e").title == "a[31m b"
    assert desk.name_buyer(1, "\u202etb\n1").buyer == "tb 1"
    assert desk.offer(1, "一\n二\x07").standing.offered is not None
    assert desk.incident(1).events[-1].text == "一\n二"
