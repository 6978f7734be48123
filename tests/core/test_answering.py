"""What marks come to, sentence by sentence of DESIGN.md §1, "Answering per shop"."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from routine import MINUTE, World, daily, wall

from csconsole.core.agenda import Item
from csconsole.core.answer import Answer, Status
from csconsole.core.facts import MarkKind

SHOPS = ("a", "b", "c")
KEY = "check@2026-11-23"
NOW = "2026-11-23 12:00"
DONE, ISSUE, SKIPPED = MarkKind.DONE, MarkKind.ISSUE, MarkKind.SKIPPED
STARTED, NOTE = MarkKind.STARTED, MarkKind.NOTE

Step = tuple[str, MarkKind]  # the shop ("" for all) and what was said of it


def per_shop() -> World:
    return World(daily("check", "09:00", shops=SHOPS))


def answered(*steps: Step) -> World:
    """Marked one a minute from 09:01 on."""
    world = per_shop()
    for minute, (shop, kind) in enumerate(steps, start=1):
        reason = f"closed {shop}".strip() if kind is SKIPPED else None
        world.mark(KEY, kind, f"2026-11-23 09:{minute:02}", shop=shop or None, reason=reason)
    return world


def found(world: World, now: str = NOW) -> Item:
    return world.item(KEY, now)


@pytest.mark.parametrize(
    ("steps", "result", "shops", "marked_at"),
    [
        # A mark without a shop covers every shop not yet answered apart.
        ([("", DONE)], "done", "done done done", "09:01"),
        ([("", ISSUE)], "issue", "issue issue issue", "09:01"),
        ([("", SKIPPED)], "skipped", "skipped skipped skipped", "09:01"),
        ([("a", ISSUE), ("", DONE)], "issue", "issue done done", "09:02"),
        ([("a", SKIPPED), ("", DONE)], "done", "skipped done done", "09:02"),
        ([("a", DONE), ("", SKIPPED)], "done", "done skipped skipped", "09:02"),
        # Until all shops are answered it is due or overdue.
        ([("a", DONE)], None, "done - -", None),
        ([("a", DONE), ("b", ISSUE)], None, "done issue -", None),
        # Then issue if any is, skipped if all are, else done; the time is that of the mark that completed it.
        ([("a", DONE), ("c", DONE), ("b", DONE)], "done", "done done done", "09:03"),
        ([("a", DONE), ("b", ISSUE), ("c", SKIPPED)], "issue", "done issue skipped", "09:03"),
        ([("a", SKIPPED), ("b", SKIPPED), ("c", SKIPPED)], "skipped", "skipped skipped skipped", "09:03"),
        ([("a", SKIPPED), ("b", DONE), ("c", SKIPPED)], "done", "skipped done skipped", "09:03"),
        # Per shop the mark written last counts, and later ones do not change the time.
        ([("a", DONE), ("a", ISSUE), ("b", DONE), ("c", DONE)], "issue", "issue done done", "09:04"),
        ([("a", ISSUE), ("b", DONE), ("c", DONE), ("a", DONE)], "done", "done done done", "09:03"),
        ([("", DONE), ("", ISSUE)], "issue", "issue issue issue", "09:01"),
        ([("", DONE), ("b", ISSUE)], "issue", "done issue done", "09:01"),
        ([("", ISSUE), ("b", DONE)], "issue", "issue done issue", "09:01"),
        # What was answered apart stays apart, before and after.
        ([("b", ISSUE), ("", DONE), ("", DONE)], "issue", "done issue done", "09:02"),
        ([("", DONE), ("b", ISSUE), ("", DONE)], "issue", "done issue done", "09:01"),
        ([("", DONE), ("b", ISSUE), ("b", DONE)], "done", "done done done", "09:01"),
        ([("", SKIPPED), ("a", DONE), ("b", DONE), ("c", DONE)], "done", "done done done", "09:01"),
        # Notes and work in progress answer nothing.
        ([("", NOTE)], None, "- - -", None),
        ([("", STARTED)], None, "- - -", None),
        ([("a", DONE), ("", NOTE), ("", STARTED)], None, "done - -", None),
        ([("", DONE), ("", NOTE), ("", STARTED)], "done", "done done done", "09:01"),
    ],
)
def test_what_marks_come_to(steps: list[Step], result: str | None, shops: str, marked_at: str | None) -> None:
    answer = found(answered(*steps)).answer
    assert answer.result == result
    assert [status or "-" for status in answer.shops.values()] == shops.split()
    assert list(answer.shops) == list(SHOPS)
    assert (answer.marked_at and wall(answer.marked_at)[-5:]) == marked_at
    assert answer.recorded_at == answer.marked_at


@pytest.mark.parametrize(
    ("now", "status"), [("2026-11-23 08:59", "upcoming"), ("2026-11-23 09:15", "due"), (NOW, "overdue")]
)
def test_answered_in_part_is_due_or_overdue_and_missed_with_its_day(now: str, status: str) -> None:
    world = answered(("a", DONE), ("b", ISSUE))
    assert found(world, now).status == status
    assert found(world, "2026-11-24 05:00").status is Status.MISSED
    assert found(world, now).late is None


@pytest.mark.parametrize(
    ("steps", "result"),
    [([("", DONE)], "done"), ([("", DONE), ("", ISSUE)], "issue"), ([("", ISSUE), ("", DONE)], "done"), ([], None)],
)
def test_what_is_answered_once_for_all(steps: list[Step], result: str | None) -> None:
    world = World(daily("check", "09:00"))
    for minute, (_all, kind) in enumerate(steps, start=1):
        world.mark(KEY, kind, f"2026-11-23 09:{minute:02}")
    assert (found(world).answer.result, found(world).answer.shops) == (result, {})


def test_what_counts_is_the_row_written_last_whatever_the_clock_said() -> None:
    world = per_shop()
    world.done(KEY, "2026-11-23 10:00", shop="a")
    world.mark(KEY, ISSUE, "2026-11-23 09:00", shop="a", recorded="2026-11-23 08:00")  # the clock was set back
    world.done(KEY, "2026-11-23 09:30", recorded="2026-11-23 07:00")
    answer = found(world).answer
    assert (answer.result, answer.shops["a"]) == (Status.ISSUE, Status.ISSUE)
    assert answer.marked_at == world.at("2026-11-23 09:30")
    assert answer.recorded_at == world.at("2026-11-23 07:00")


def test_the_mark_that_completed_the_answer_says_when_and_by_whom() -> None:
    world = per_shop()
    world.done(KEY, "2026-11-23 09:01", shop="a")
    whole = world.done(KEY, "2026-11-23 09:10", recorded="2026-11-23 11:00")
    world.mark(KEY, ISSUE, "2026-11-23 11:30")
    item = found(world)
    assert (item.answer.result, item.late) == (Status.ISSUE, 10 * MINUTE)
    assert item.answer.recorded_at == world.at("2026-11-23 11:00")
    # Taken back, it is the next one that completes it.
    world.undo(whole)
    assert found(world).answer.marked_at == world.at("2026-11-23 11:30")


# -- what goes with a mark -------------------------------------------------------------------------------------


def test_readings_survive_later_marks_that_do_not_name_them() -> None:
    world = per_shop()
    world.done(KEY, "2026-11-23 09:01", shop="a", readings={("a", "open"): 3, ("a", "pending"): 7})
    world.done(KEY, "2026-11-23 09:02", readings={("b", "open"): 0})
    world.mark(KEY, ISSUE, "2026-11-23 09:03", shop="a")
    corrected = world.mark(KEY, NOTE, "2026-11-23 09:04", readings={("a", "open"): 4})
    assert found(world).answer.readings == {("a", "open"): 4, ("a", "pending"): 7, ("b", "open"): 0}
    world.undo(corrected)
    assert found(world).answer.readings == {("a", "open"): 3, ("a", "pending"): 7, ("b", "open"): 0}


def test_the_newest_note_stands_until_another_is_written() -> None:
    world = per_shop()
    world.done(KEY, "2026-11-23 09:01", note="first")
    world.done(KEY, "2026-11-23 09:02", shop="a")
    assert found(world).answer.note == "first"
    second = world.mark(KEY, NOTE, "2026-11-23 09:03", note="second")
    assert found(world).answer.note == "second"
    world.undo(second)
    assert found(world).answer.note == "first"


def test_a_note_before_the_answer_stays_with_it() -> None:
    world = per_shop()
    world.mark(KEY, NOTE, "2026-11-23 08:00", note="mind b", readings={("b", "open"): 1})
    assert found(world, "2026-11-23 08:30").status is Status.UPCOMING
    world.done(KEY, "2026-11-23 09:00")
    assert (found(world).answer.note, found(world).answer.readings) == ("mind b", {("b", "open"): 1})


def test_the_reason_is_that_of_what_was_skipped_last_and_stands() -> None:
    world = answered(("a", SKIPPED), ("b", SKIPPED))
    assert found(world).answer.reason == "closed b"
    world.done(KEY, "2026-11-23 09:30", shop="b")
    assert found(world).answer.reason == "closed a"
    world.done(KEY, "2026-11-23 09:31", shop="a")
    assert found(world).answer.reason is None


def test_an_answer_ends_what_was_in_progress_and_remembers_the_start() -> None:
    world = per_shop()
    world.mark(KEY, STARTED, "2026-11-23 08:55")
    assert found(world).status is Status.IN_PROGRESS
    world.done(KEY, "2026-11-23 09:05", shop="a")
    assert found(world).status is Status.OVERDUE  # until all shops are answered, due or overdue
    world.mark(KEY, STARTED, "2026-11-23 09:06")
    assert found(world).status is Status.IN_PROGRESS
    world.done(KEY, "2026-11-23 09:10")
    answer = found(world).answer
    assert (answer.result, answer.started_at) == (Status.DONE, world.at("2026-11-23 08:55"))


# -- how long it took ------------------------------------------------------------------------------------------


def test_how_long_it_took_counts_from_the_first_start_to_the_answer() -> None:
    world = per_shop()
    world.mark(KEY, STARTED, "2026-11-23 08:55")
    assert found(world).answer.spent is None
    world.mark(KEY, STARTED, "2026-11-23 09:10")
    world.done(KEY, "2026-11-23 09:12", shop="a")
    world.done(KEY, "2026-11-23 09:20")
    assert found(world).answer.spent == 25 * MINUTE
    world.mark(KEY, ISSUE, "2026-11-23 09:50", shop="a")  # a correction takes no time
    world.mark(KEY, STARTED, "2026-11-23 09:55")
    answer = found(world).answer
    assert (answer.spent, answer.resumed_at) == (25 * MINUTE, world.at("2026-11-23 09:10"))


@pytest.mark.parametrize(
    ("began", "answered_at"),
    [(None, "2026-11-23 09:05"), ("2026-11-23 09:05", "2026-11-23 09:00")],
    ids=["never started", "done before it was started"],
)
def test_how_long_it_took_is_not_known_where_nobody_said(began: str | None, answered_at: str) -> None:
    world = per_shop()
    if began:
        world.mark(KEY, STARTED, began)
    world.done(KEY, answered_at, recorded="2026-11-23 09:30")
    assert found(world).answer.spent is None


def test_what_was_handed_on_and_came_back_is_begun_anew() -> None:
    world = per_shop()
    world.mark(KEY, STARTED, "2026-11-23 08:55")
    world.mark(KEY, MarkKind.DELEGATED, "2026-11-23 09:00", to="Li", until=world.at("2026-11-23 10:00"))
    assert found(world, "2026-11-23 09:30").answer.started_at is None
    world.mark(KEY, STARTED, "2026-11-23 10:05")
    world.done(KEY, "2026-11-23 10:12")
    assert found(world).answer.spent == 7 * MINUTE


# -- undo, and again -------------------------------------------------------------------------------------------


def test_undo_takes_back_an_action_whole_and_again_goes_one_further() -> None:
    world = per_shop()
    world.done(KEY, "2026-11-23 09:01", shop="a")
    said = [mark.said for mark in answered(("b", ISSUE), ("c", DONE)).marks]
    both = world.write(*said, recorded="2026-11-23 09:05")
    assert found(world).status is Status.ISSUE
    world.undo(both)
    assert found(world).answer.shops == {"a": Status.DONE, "b": None, "c": None}
    world.undo(1)
    assert found(world).answer == Answer(shops=dict.fromkeys(SHOPS), newest=4)
    assert found(world).status is Status.OVERDUE


def test_undoing_an_answer_apart_gives_the_shop_back_to_the_whole() -> None:
    world = answered(("", DONE))
    apart = world.mark(KEY, ISSUE, "2026-11-23 09:30", shop="b")
    assert found(world).status is Status.ISSUE
    world.undo(apart)
    assert found(world).answer.shops == dict.fromkeys(SHOPS, Status.DONE)


# -- shops that come and go ------------------------------------------------------------------------------------


def edited(world: World, *shops: str) -> Item:
    """The check after its shops were edited, on the day itself."""
    world.editions.clear()
    world.edit("2026-11-02", daily("check", "09:00", shops=shops))
    return found(world)


def test_what_was_answered_whole_stays_so_when_a_shop_is_added() -> None:
    item = edited(answered(("", DONE)), "a", "b", "c", "d")
    assert (item.status, item.occurrence.shops) == (Status.DONE, SHOPS)


def test_a_shop_added_while_others_are_answered_must_be_answered_too() -> None:
    world = answered(("a", DONE), ("b", DONE))
    item = edited(world, "a", "b", "d")
    assert (item.status, item.answer.shops["d"]) == (Status.OVERDUE, None)
    world.mark(KEY, DONE, "2026-11-23 12:00", shop="d")
    assert found(world).status is Status.DONE


def test_when_the_shop_that_was_left_is_taken_out_the_rest_is_the_answer() -> None:
    item = edited(answered(("b", ISSUE), ("a", DONE)), "a", "b")
    assert (item.status, item.occurrence.shops) == (Status.ISSUE, ("a", "b"))
    assert item.answer.marked_at is not None
    assert wall(item.answer.marked_at)[-5:] == "09:02"


def test_a_check_that_is_asked_per_shop_no_longer_keeps_its_answer() -> None:
    assert edited(answered(("", ISSUE))).status is Status.ISSUE
    assert edited(answered(("a", DONE), ("b", DONE), ("c", DONE))).status is Status.DONE
    assert edited(answered(("a", DONE))).status is Status.OVERDUE


# -- for any marks ---------------------------------------------------------------------------------------------

KINDS = st.sampled_from([DONE, ISSUE, SKIPPED])
APART = st.lists(st.tuples(st.sampled_from(SHOPS), KINDS), max_size=8)


@given(APART, st.randoms(use_true_random=False))
def test_the_order_in_which_different_shops_were_answered_does_not_matter(steps: list[Step], shuffle: Random) -> None:
    shuffled: list[Step] = []
    queues = {shop: [step for step in steps if step[0] == shop] for shop in SHOPS}
    while any(queues.values()):
        shop = shuffle.choice([shop for shop in SHOPS if queues[shop]])
        shuffled.append(queues[shop].pop(0))
    one, other = found(answered(*steps)), found(answered(*shuffled))
    assert (one.status, one.answer.result, one.answer.shops) == (other.status, other.answer.result, other.answer.shops)
    assert (one.answer.marked_at is None) == (other.answer.marked_at is None)


@given(st.lists(st.tuples(st.sampled_from(["", *SHOPS]), KINDS), max_size=8))
def test_by_a_simple_reckoning_of_the_same(steps: list[Step]) -> None:
    answer = found(answered(*steps)).answer
    expected = {shop: [kind for where, kind in steps if where == shop] for shop in SHOPS}
    rest = [kind for where, kind in steps if where == ""]
    standing = [(kinds or rest)[-1] if kinds or rest else None for kinds in expected.values()]
    assert [status and status.value for status in answer.shops.values()] == [kind and kind.value for kind in standing]
    if None in standing:
        assert answer.result is None
    elif ISSUE in standing:
        assert answer.result is Status.ISSUE
    else:
        assert answer.result is (Status.SKIPPED if set(standing) == {SKIPPED} else Status.DONE)


@given(st.lists(st.tuples(st.sampled_from(["", *SHOPS]), KINDS), max_size=6))
def test_the_time_is_that_of_the_first_whole_answer(steps: list[Step]) -> None:
    item = found(answered(*steps))
    firsts = [number for number in range(len(steps) + 1) if found(answered(*steps[:number])).answer.result]
    if not firsts:
        assert item.answer.marked_at is None
    else:
        assert item.answer.marked_at == per_shop().at("2026-11-23 09:00") + firsts[0] * MINUTE
        assert item.late == timedelta(minutes=firsts[0])
