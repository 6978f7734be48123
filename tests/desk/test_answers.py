"""Answering what is owed, through a real journal, and taking it back."""

from __future__ import annotations

import json
import math

import pytest
from houses import DAILY, HEAD, MONDAY, REST, House, keys
from routine import MINUTE, at, statuses, wall

from csconsole.core.answer import Status
from csconsole.core.errors import UserError
from csconsole.core.facts import MarkKind

CHECK, TEN, MEETING = f"check@{MONDAY}", f"ten@{MONDAY}", f"meeting@{MONDAY}"


# -- done and issue found --------------------------------------------------------------------------------------


def test_an_answer_says_when_by_whom_and_with_what(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:05")
    item = desk.answer(TEN, note="  fine \x1b[31m\n‮all well ", readings={("", "open"): 3})
    assert (item.status, item.answer.by, item.answer.note) == (Status.DONE, "wang", "fine [31m\nall well")
    assert item.answer.marked_at == item.answer.recorded_at == at(f"{MONDAY} 09:05")
    assert item.answer.readings == {("", "open"): 3}
    assert desk.find(TEN) == item
    assert desk.look().progress.answered == 1


def test_a_check_is_answered_shop_by_shop(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:05")
    part = desk.answer(CHECK, shop="tmall", readings={("tmall", "open"): 2, ("tmall", "score"): 4.7})
    assert (part.status, part.answer.shops) == (Status.DUE, {"tmall": Status.DONE, "jd": None})
    house.put(f"{MONDAY} 09:20")
    assert desk.find(CHECK).status is Status.OVERDUE
    whole = desk.answer(CHECK, MarkKind.ISSUE)
    assert (whole.status, whole.answer.shops) == (Status.ISSUE, {"tmall": Status.DONE, "jd": Status.ISSUE})
    assert (whole.late, whole.on_time) == (20 * MINUTE, False)
    assert whole.answer.readings == {("tmall", "open"): 2, ("tmall", "score"): 4.7}


def test_repeats_are_accepted_and_keep_the_time(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:05")
    desk.answer("ten")
    house.put(f"{MONDAY} 11:00")
    item = desk.answer("ten", MarkKind.ISSUE, note="later")
    assert (item.status, item.answer.note) == (Status.ISSUE, "later")
    assert item.answer.marked_at == at(f"{MONDAY} 09:05")


def test_a_past_day_is_answered_late_and_keeps_its_agenda(house: House) -> None:
    house.open("2026-11-20 09:00").close()
    desk = house.open(f"{MONDAY} 09:00")
    item = desk.answer("ten@2026-11-20")
    assert (item.status, item.on_time) == (Status.DONE, False)
    assert statuses(desk.look(at("2026-11-20 12:00").date()).items)["ten@2026-11-20"] == "done"


def test_what_is_not_owed_is_answered_by_its_full_key_and_stands_on_no_agenda(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    assert desk.find("check@2026-11-20").status is Status.DUE  # never missed, for it was never owed
    assert desk.answer("check@2026-11-20", shop="jd").status is Status.DUE
    assert desk.answer("check@2026-11-20").status is Status.DONE
    assert keys(desk.look(at("2026-11-20 12:00").date())) == []


def test_a_deadline_is_answered_early_from_its_notice_on(house: House) -> None:
    desk = house.open("2026-12-02 09:00")
    with pytest.raises(UserError, match=r"next due on 2026-12-07.*report@2026-12-06"):
        desk.answer("report")
    house.put("2026-12-03 09:00")  # two working days before Monday the 7th
    item = desk.answer("report")
    assert (item.key, item.status, item.on_time) == ("report@2026-12-06", Status.DONE, True)
    assert desk.answer("report", MarkKind.ISSUE).key == "report@2026-12-06"
    house.put("2026-12-07 19:00")
    assert statuses(desk.look().items)["report@2026-12-06"] == "issue"


@pytest.mark.parametrize(
    ("shop", "readings", "said"),
    [
        ("tmal", {}, r"check@2026-11-23 has no shop tmal; did you mean tmall\?"),
        (None, {("jd", "opened"): 1}, "takes no reading opened; it takes: open, score"),
        (None, {("tmll", "open"): 1}, r"has no shop tmll; did you mean tmall\?"),
        (None, {("tmall", "open"): -1}, r"Open: -1 is not possible \(0 to …\)"),
        (None, {("", "open"): -1}, r"Open: -1 is not possible \(0 to …\)"),
        (None, {("tmall", "score"): 5.1}, r"Score: 5.1 is not possible \(0 to 5\)"),
        (None, {("jd", "score"): -11}, r"Score: -11 is not possible \(-10 to 100\)"),
        (None, {("jd", "score"): math.nan}, "nan is not possible"),
        (None, {("jd", "open"): math.inf}, "inf is not possible"),
    ],
)
def test_what_cannot_be_understood_is_told_and_nothing_is_written(
    house: House, shop: str | None, readings: dict[tuple[str, str], float], said: str
) -> None:
    desk = house.open()
    with pytest.raises(UserError, match=said):
        desk.answer("check", shop=shop, readings=readings)
    with pytest.raises(UserError, match="nothing left to undo"):
        desk.undo()


def test_what_is_answered_once_takes_no_shop(house: House) -> None:
    desk = house.open()
    with pytest.raises(UserError, match="answered once for all shops: leave --shop out"):
        desk.answer("ten", shop="jd")


def test_a_reading_below_nothing_is_possible_where_the_range_says_so(house: House) -> None:
    assert house.open().answer("check", readings={("jd", "score"): -3}).answer.readings == {("jd", "score"): -3}


def test_readings_of_a_past_day_go_by_the_schedule_it_had(house: House) -> None:
    house.open("2026-11-20 09:00").close()
    without = HEAD.replace("  - {id: jd, name: {zh: 京东店, en: JD shop}, platform: jd}\n", "")
    without = without.partition("  score:")[0]
    house.write(without, DAILY.replace(", score", ""), REST)
    desk = house.open(f"{MONDAY} 09:00")
    item = desk.answer("check@2026-11-20", readings={("jd", "score"): 99})
    assert item.answer.readings == {("jd", "score"): 99}
    with pytest.raises(UserError, match="Score: 6 is not possible"):
        desk.answer("check@2026-11-20", readings={("tmall", "score"): 6})


def test_a_shop_taken_out_on_the_day_itself_keeps_its_readings(house: House) -> None:
    desk = house.open()
    desk.answer("check", readings={("jd", "open"): 1})
    without = HEAD.replace("  - {id: jd, name: {zh: 京东店, en: JD shop}, platform: jd}\n", "")
    house.write(without, DAILY, REST)
    assert desk.reload()
    item = desk.answer("check", readings={("jd", "open"): 2})
    assert (item.answer.shops, item.answer.readings) == ({"tmall": "done", "jd": "done"}, {("jd", "open"): 2})


def test_a_mark_carries_the_business_date_of_what_it_answers(house: House) -> None:
    night = "  - {id: night, at: '02:00', category: team, title: 夜班}\n"
    house.write(HEAD, DAILY, night, REST)
    house.open("2026-11-20 09:00").close()
    desk = house.open("2026-11-24 02:10")
    wanted = {
        f"night@{MONDAY}": MONDAY,
        "list@2026-11-20": "2026-11-20",
        TEN: MONDAY,
        "report@2026-12-06": "2026-12-07",
    }
    for key in wanted:
        desk.answer(key)
    found = {
        key: record.marks[0].said.business_date.isoformat() for key, record in desk.journal.records(wanted).items()
    }
    assert found == wanted
    assert desk.find(f"night@{MONDAY}").late == 10 * MINUTE
    # When the day begins is changed later: what was answered still belongs to the day it belonged to.
    house.put("2026-11-24 09:00")
    house.write(HEAD.replace('"05:00"', '"01:00"'), DAILY, night, REST)
    assert desk.reload()
    monday = statuses(desk.look(at(f"{MONDAY} 12:00").date()).items)
    assert (monday[f"night@{MONDAY}"], monday[TEN]) == ("done", "done")


# -- which occurrence a person means ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("ten@2026-11-23", "ten@2026-11-23"),
        ("ten@2026-12-24", "ten@2026-12-24"),
        ("report@2026-12-06", "report@2026-12-06"),  # due on Monday the 7th
        ("ten", "ten@2026-11-23"),
        ("list", "list@2026-11-20"),  # overdue since Friday
        (" ｔｅｎ＠２０２６－１１－２３ ", "ten@2026-11-23"),
        ("ten@20261123", "ten@2026-11-23"),
    ],
)
def test_what_is_found(house: House, key: str, found: str) -> None:
    house.open("2026-11-20 09:00").close()
    assert house.open(f"{MONDAY} 09:00").find(key).key == found


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("tne", r"there is no duty tne in the schedule; did you mean ten\?"),
        ("zzzzzz", "there is no duty zzzzzz in the schedule$"),
        ("chek@2026-11-23", r"there is no duty chek in the schedule; did you mean check\?"),
        ("", "there is no duty"),
        ("@2026-11-23", "there is no duty"),
        ("list@2026-11-23", "list does not fall on 2026-11-23"),
        ("report@2026-12-07", "report does not fall on 2026-12-07"),
        ("ten@tomorrow", "ten@tomorrow: after @ comes the nominal date, as in ten@2026-11-23"),
        ("ten@", "after @ comes the nominal date"),
        ("ten@2026-02-30", "after @ comes the nominal date"),
        ("ten@0001-01-01", "0001-01-01 is too far away"),
        ("ten@9999-12-31", "9999-12-31 is too far away"),
        ("list", "list is not on today's agenda; it is next due on 2026-11-27: give the full key, list@2026-11-27"),
        ("a\x1b[2Jb", r"no duty a\[2Jb in"),
    ],
)
def test_what_cannot_be_found_is_told_with_what_to_do(house: House, key: str, said: str) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    with pytest.raises(UserError, match=said) as caught:
        desk.find(key)
    assert "\n" not in str(caught.value)


def test_a_duty_that_comes_no_more_says_so(house: House) -> None:
    dated = "dated:\n  - {id: sale, dates: [2026-11-11], at: '20:00', category: team, title: 大促}\n"
    house.write(HEAD, DAILY, REST, dated)
    with pytest.raises(UserError, match="sale is not on today's agenda; give the full key"):
        house.open(f"{MONDAY} 09:00").find("sale")


def test_of_several_the_oldest_open_one_is_meant_and_the_newest_once_all_are_answered(house: House) -> None:
    house.open("2026-11-13 09:00").close()
    desk = house.open("2026-11-27 09:00")
    assert [desk.answer("list").key for _ in range(4)] == [
        "list@2026-11-13",
        "list@2026-11-20",
        "list@2026-11-27",
        "list@2026-11-27",
    ]


def test_an_old_id_means_the_duty_it_was_renamed_to(house: House) -> None:
    house.open("2026-11-20 09:00").close()
    house.write(HEAD, DAILY, REST.replace("{id: list,", "{id: invoices, was: [list],"))
    desk = house.open(f"{MONDAY} 09:00")
    assert desk.find("list").key == desk.find("invoices").key == "invoices@2026-11-20"
    assert desk.find("list@2026-11-27").key == "invoices@2026-11-27"
    assert desk.answer("list@2026-11-20").key == "list@2026-11-20"  # a past day keeps the name it had
    assert statuses(desk.look().items)["invoices@2026-11-20"] == "done"


def test_a_removed_duty_is_found_by_the_full_key_of_a_past_day(house: House) -> None:
    house.open("2026-11-20 09:00").close()
    house.write(HEAD, DAILY)
    desk = house.open(f"{MONDAY} 09:00")
    assert keys(desk.look()) == [CHECK, TEN]
    assert desk.answer("list@2026-11-20").status is Status.DONE
    with pytest.raises(UserError, match="there is no duty list"):
        desk.find("list")


# -- filling in a check ----------------------------------------------------------------------------------------


def test_a_form_is_saved_in_one_action(house: House) -> None:
    desk = house.open()
    item = desk.fill(
        "check",
        {"jd": MarkKind.ISSUE, None: MarkKind.DONE},
        readings={("jd", "open"): 4, ("tmall", "open"): 0},
        note="jd waits",
    )
    assert item.answer.shops == {"tmall": Status.DONE, "jd": Status.ISSUE}
    assert (item.status, item.answer.note, len(item.answer.readings)) == (Status.ISSUE, "jd waits", 2)
    assert desk.undo().keys == (CHECK,)
    item = desk.find(CHECK)
    assert (item.status, item.answer.note, item.answer.readings) == (Status.DUE, None, {})


def test_a_form_may_hold_readings_alone_or_a_note_alone(house: House) -> None:
    desk = house.open()
    item = desk.fill("check", {}, readings={("jd", "open"): 4})
    assert (item.status, item.answer.readings) == (Status.DUE, {("jd", "open"): 4})
    item = desk.fill("check", {}, note="look again")
    assert (item.status, item.answer.note, item.answer.readings) == (Status.DUE, "look again", {("jd", "open"): 4})


def test_an_empty_form_writes_nothing(house: House) -> None:
    desk = house.open()
    assert desk.fill("check", {}, readings={}, note=" \n ").status is Status.DUE
    with pytest.raises(UserError, match="nothing left to undo"):
        desk.undo()


def test_a_form_with_a_fault_writes_nothing(house: House) -> None:
    desk = house.open()
    for answers, readings in (({"xx": MarkKind.DONE}, {}), ({"jd": MarkKind.DONE}, {("jd", "nope"): 1})):
        with pytest.raises(UserError):
            desk.fill("check", answers, readings=readings)
    assert desk.find(CHECK).answer.newest == 0


# -- skipped, started, delegated, noted ------------------------------------------------------------------------


def test_skipping_says_why(house: House) -> None:
    desk = house.open()
    item = desk.skip("check", " shop \x07closed\n", shop="jd")
    assert (item.answer.shops["jd"], item.answer.reason) == (Status.SKIPPED, "shop closed")
    item = desk.skip("ten", "[red]not today[/]")
    assert (item.status, item.answer.reason) == (Status.SKIPPED, "[red]not today[/]")
    for empty in ("", "  ", "​"):
        with pytest.raises(UserError, match="say why it is skipped"):
            desk.skip("ten", empty)


def test_started_and_delegated(house: House) -> None:
    desk = house.open()
    assert desk.start("ten").status is Status.IN_PROGRESS
    item = desk.delegate("ten", " 小李‮ ", at(f"{MONDAY} 12:00"))
    assert (item.status, item.answer.delegated_to) == (Status.DELEGATED, "小李")
    house.put(f"{MONDAY} 12:00")
    assert desk.find(TEN).status is Status.OVERDUE
    with pytest.raises(UserError, match="must lie ahead"):
        desk.delegate("ten", "Li", at(f"{MONDAY} 12:00"))
    with pytest.raises(UserError, match="to whom"):
        desk.delegate("ten", " ", at(f"{MONDAY} 13:00"))


def test_a_note_is_added_whatever_the_answer(house: House) -> None:
    desk = house.open()
    assert (desk.note("ten", "before").status, desk.answer("ten").answer.note) == (Status.UPCOMING, "before")
    assert desk.note("ten", "after\nwards").answer.note == "after\nwards"
    with pytest.raises(UserError, match="the note is empty"):
        desk.note("ten", "\n ")


def test_minutes_spent_are_in_the_json_and_the_reports(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:00")
    desk.start("check")
    house.put(f"{MONDAY} 09:12")
    desk.answer("check")
    items = {item["key"]: item for item in json.loads(desk.agenda_json(desk.look()))["items"]}
    assert (items[CHECK]["minutes_spent"], items[TEN]["minutes_spent"]) == (12, None)
    assert items[CHECK]["started_at"] == "2026-11-23T09:00:00+08:00"
    for format in ("text", "chat", "markdown", "html"):
        assert "took 12 min" in desk.paper(None, format).decode()


# -- all on time, recorded late --------------------------------------------------------------------------------


def test_all_done_on_time_recorded_late_is_one_action(house: House) -> None:
    house.open("2026-11-20 08:00").close()
    desk = house.open(f"{MONDAY} 10:40")
    desk.answer(MEETING)
    desk.answer(CHECK, MarkKind.ISSUE, shop="jd")
    wanted = [CHECK, TEN, TEN, MEETING, "list@2026-11-20", "ten@2026-11-20"]
    assert desk.all_on_time(wanted) == 4  # the meeting is answered
    items = {key: desk.find(key) for key in wanted}
    assert {key: item.status.value for key, item in items.items()} == {
        CHECK: "issue",
        TEN: "done",
        MEETING: "done",
        "list@2026-11-20": "done",
        "ten@2026-11-20": "done",  # it was missed
    }
    assert all(item.on_time for key, item in items.items() if key != MEETING)
    assert wall(items[TEN].answer.marked_at or at(MONDAY)) == f"{MONDAY} 10:30"  # when the meeting had ended
    assert {item.answer.recorded_at for key, item in items.items() if key != MEETING} == {at(f"{MONDAY} 10:40")}
    # What was carried over stays in sight on the day it was answered on.
    assert keys(desk.look())[0] == "list@2026-11-20"
    assert desk.all_on_time(wanted) == 0
    assert set(desk.undo().keys) == {CHECK, TEN, "list@2026-11-20", "ten@2026-11-20"}
    assert desk.find(CHECK).answer.shops == {"tmall": None, "jd": Status.ISSUE}


def test_all_on_time_is_never_ahead_of_now(house: House) -> None:
    desk = house.open(f"{MONDAY} 09:30")
    assert desk.all_on_time([TEN]) == 1
    assert desk.find(TEN).answer.marked_at == at(f"{MONDAY} 09:30")


# -- undo ------------------------------------------------------------------------------------------------------


def test_undo_takes_back_the_latest_and_again_goes_one_further(house: House) -> None:
    desk = house.open()
    desk.answer("ten")
    desk.answer("check", shop="jd")
    desk.log("维权 京东 没收到")
    assert desk.undo().incidents == (1,)
    assert desk.undo().keys == (CHECK,)
    assert desk.undo().keys == (TEN,)
    with pytest.raises(UserError, match="nothing left to undo"):
        desk.undo()
    assert {item.status for item in desk.look().items} == {Status.DUE, Status.UPCOMING}
    # What was undone can be answered again, and that undone again.
    desk.answer("ten")
    assert desk.find(TEN).status is Status.DONE
    assert desk.undo().keys == (TEN,)


def test_a_command_undoes_what_its_actor_did_and_a_console_what_was_done_in_it(house: House) -> None:
    wang, li = house.open(by="wang"), house.open(by="li")
    console, other = house.open(by="wang", console="one"), house.open(by="wang", console="two")
    wang.answer("ten")
    li.answer("check", shop="jd")
    console.answer("meeting")
    other.answer("check", shop="tmall")
    assert console.undo().keys == (MEETING,)
    with pytest.raises(UserError, match="nothing left to undo"):
        console.undo()
    assert li.undo().keys == (CHECK,)
    assert wang.find(CHECK).answer.shops == {"tmall": Status.DONE, "jd": None}
    # A command knows no console: by its actor, the newest that stands.
    assert [wang.undo().keys, wang.undo().keys] == [(CHECK,), (TEN,)]


def test_who_takes_over_can_still_undo_in_the_same_console(house: House) -> None:
    console = house.open(by="wang", console="one")
    console.answer("ten")
    assert console.take_over(" 小李 ") == "小李"
    assert console.answer("check").answer.by == "小李"
    assert [console.undo().keys, console.undo().keys] == [(CHECK,), (TEN,)]


def test_what_one_desk_writes_another_sees(house: House) -> None:
    one, other = house.open(console="one"), house.open(console="two")
    assert not other.changed()
    one.answer("ten")
    assert other.changed()
    assert other.find(TEN) == one.find(TEN)
    assert other.look().progress.answered == 1
