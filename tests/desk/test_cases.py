"""What incidents taught: kept, written anew, found, printed."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from houses import MONDAY, House
from msgspec.structs import replace

from csconsole.core.case import CaseDraft
from csconsole.core.errors import UserError
from csconsole.desk import Desk

TODAY = date.fromisoformat(MONDAY)
PLAIN = CaseDraft("漏赠品", "team", "双十一漏发", "补发", "打单前核对", good=False)


@pytest.fixture
def desk(house: House) -> Desk:
    desk = house.open(f"{MONDAY} 09:00")
    desk.log("维权 天猫 #2608123456789012345 买家说没收到")
    desk.remark(1, "打 13812345678 问")
    desk.assign(1, "li")
    desk.offer(1, "补发一件")
    desk.resolve(1, "买家满意")
    return desk


def test_a_case_is_filled_in_from_the_story(desk: Desk) -> None:
    draft = desk.case_of(1)
    assert (draft.title, draft.category, draft.incident, draft.good) == ("买家说没收到", "complaints", 1, True)
    assert "维权 天猫" in draft.happened
    assert [part in draft.did for part in ("13812345678", "补发一件", "买家满意")] == [True] * 3
    assert "Li" not in draft.did, "who had it is no deed"


def test_it_is_kept_written_anew_and_each_is_taken_back(desk: Desk) -> None:
    kept = desk.keep_case(replace(desk.case_of(1), next_time="先查底单\n再承诺"))
    assert (kept.number, kept.by, kept.kept_at) == (1, "wang", desk.now())
    assert desk.case_of(1) == kept.draft, "what was written is what is offered"
    again = desk.revise_case(1, replace(kept.draft, good=False))
    assert (again.number, again.draft.good, again.kept_at) == (1, False, kept.kept_at)
    assert [case.draft for case in desk.cases().cases] == [again.draft]
    with pytest.raises(UserError, match="case 1: nothing would change"):
        desk.keep_case(again.draft)
    desk.undo()
    assert desk.case(1) == kept
    desk.undo()
    with pytest.raises(UserError, match="there is no case 1"):
        desk.case(1)
    assert desk.cases().cases == ()


def test_cases_are_found(desk: Desk, house: House) -> None:
    desk.keep_case(desk.case_of(1))
    house.put("2026-11-25 09:00")
    second = desk.keep_case(PLAIN).number

    def found(words: str = "", **what: object) -> list[int]:
        return [case.number for case in desk.cases(words, **what).cases]  # type: ignore[arg-type]  # as the test says

    assert found() == [second, 1]
    assert found("没收 补发") == found(good=True) == found(last=TODAY) == found(category="维权") == [1]
    assert found("核对") == found(good=False) == found(first=TODAY + timedelta(days=1)) == [second]
    assert found("核对", good=True) == []


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (replace(PLAIN, title=" "), "the title is empty"),
        (replace(PLAIN, happened="", did="", next_time=" "), "say what happened"),
        (replace(PLAIN, category="nothing"), "there is no nothing in the schedule"),
        (replace(PLAIN, incident=7), "there is no incident 7"),
    ],
)
def test_what_is_no_case_is_told(desk: Desk, draft: CaseDraft, said: str) -> None:
    with pytest.raises(UserError, match=said):
        desk.keep_case(draft)
    assert desk.cases().cases == ()


def test_they_are_printed_for_the_training_without_the_buyers(desk: Desk) -> None:
    desk.keep_case(replace(desk.case_of(1), next_time="先查底单"))
    desk.keep_case(PLAIN)
    book = desk.cases()
    for format in ("text", "markdown", "html", "json"):
        page = desk.case_paper(book, format).decode().replace("\\", "")
        assert all(words in page for words in ("漏赠品", "打单前核对", "先查底单", "138****5678")), format
        assert "13812345678" not in page and "2608123456789012345" not in page
    assert "13812345678" in desk.case_paper(book, "text", unmasked=True).decode()
    assert [case["good"] for case in json.loads(desk.case_paper(book, "json"))] == [False, True]
    assert "None." in desk.case_paper(desk.cases("nothing"), "text").decode()
    with pytest.raises(UserError, match="xlsx is not a format"):
        desk.case_paper(book, "xlsx")
