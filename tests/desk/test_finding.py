"""Finding incidents as a person asks for them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from houses import MONDAY, House

from csconsole.core.errors import UserError
from csconsole.core.search import Found, State
from csconsole.desk import Desk


@pytest.fixture
def desk(house: House) -> Desk:
    desk = house.open(f"{MONDAY} 09:00")
    for line in (
        "维权 天猫 #2608123456789012345 没收到 @li 20:00",
        "团队 京东 排班",
        "维权 京东 骂人 10:00",
        "维权 丢了",
    ):
        desk.log(line)
    desk.remark(2, "已问 SF1234567890")
    desk.resolve(4, "赔了")
    return desk


def numbers(found: Found) -> list[int]:
    assert found.total == len(found.incidents)
    return [each.number for each in found.incidents]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("没收", [1]),
        ("２６０８１２３", [1]),
        ("9012345", [1]),
        ("sf12345", [2]),
        ("#4", [4]),
        ("3", [3, 1, 2]),
        ("赔了", [4]),
        ("天猫", [1]),
        ("jd", [3, 2]),
        ("投诉", [3, 1, 4]),
        ("complaints 京东", [3]),
        ("小李", [1]),
        ("没收 京东", []),
        ("%", []),
    ],
)
def test_words_search_all_history(desk: Desk, words: str, found: list[int]) -> None:
    assert numbers(desk.find_incidents(words)) == found


def test_without_words_those_not_resolved_are_meant_and_filters_combine(desk: Desk) -> None:
    assert numbers(desk.find_incidents()) == [3, 1, 2]
    assert numbers(desk.find_incidents(state=State.ALL)) == [3, 1, 2, 4]
    assert numbers(desk.find_incidents(state=State.RESOLVED)) == [4]
    assert numbers(desk.find_incidents(shop="京东")) == [3, 2]
    assert numbers(desk.find_incidents(shop="jd", category="维权")) == [3]
    assert numbers(desk.find_incidents(person="li")) == [1]
    assert numbers(desk.find_incidents(person="", shop="jd")) == [3, 2]
    assert numbers(desk.find_incidents("骂", state=State.RESOLVED)) == []


def test_by_age(desk: Desk, house: House) -> None:
    house.put(f"{MONDAY} 12:00")
    desk.log("维权 新的")
    assert numbers(desk.find_incidents(older_than=timedelta(hours=3))) == []
    assert numbers(desk.find_incidents(older_than=timedelta(hours=2))) == [3, 1, 2]


def test_only_so_many_are_listed_and_all_are_counted(desk: Desk) -> None:
    found = desk.find_incidents(state=State.ALL, most=2)
    assert (len(found.incidents), found.total) == (2, 4)


def test_what_nobody_knows_is_told(desk: Desk) -> None:
    with pytest.raises(UserError, match="there is no taobao in the schedule"):
        desk.find_incidents(shop="taobao")
    with pytest.raises(UserError, match="there is no xyz in the schedule"):
        desk.find_incidents(category="xyz")
