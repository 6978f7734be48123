from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marking import CHECK, NOW, said
from msgspec.structs import replace

from csconsole.core.facts import MarkKind, NewMark
from csconsole.core.text import clean
from csconsole.journal import Journal

SHANGHAI = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)


def test_a_mark_comes_back_as_it_was_said(journal: Journal) -> None:
    whole = NewMark(
        key=CHECK,
        business_date=date(2026, 11, 23),
        kind=MarkKind.DELEGATED,
        at=NOW,
        due=NOW - MINUTE,
        grace=timedelta(minutes=7),
        shops=("tmall", "jd"),
        shop="jd",
        note="两行\n备注",
        reason="店铺休息",
        to="小李",
        until=NOW + MINUTE,
        readings={("jd", "refunds_pending"): 23.0, ("", "sales_amount"): 0.5},
    )
    action = journal.mark("王主管", [whole], NOW + MINUTE)
    (mark,) = journal.records([CHECK])[CHECK].marks
    assert (mark.said, mark.by, mark.recorded_at, mark.action) == (whole, "王主管", NOW + MINUTE, action)


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI),
        datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=0),
        datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1),
        datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=ZoneInfo("UTC")),
    ],
)
def test_instants_of_any_zone_come_back_as_the_same_instants_in_utc(journal: Journal, instant: datetime) -> None:
    journal.mark("me", [said(at=instant)], instant)
    (mark,) = journal.records([CHECK])[CHECK].marks
    for read in (mark.said.at, mark.recorded_at):
        assert read.utcoffset() == timedelta(0)
        assert read.timestamp() == instant.timestamp()


def test_an_instant_without_a_zone_is_refused_and_nothing_is_written(journal: Journal) -> None:
    with pytest.raises(Exception, match="timezone"):
        journal.mark("me", [said(), said(at=datetime(2026, 11, 23, 9, 0))], NOW)  # noqa: DTZ001 - the point of it
    assert journal.records([CHECK]) == {}
    assert journal.undo("me", NOW) is None


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_reading_that_is_no_number_is_refused(journal: Journal, number: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        journal.mark("me", [said(readings={("jd", "m"): number})], NOW)
    assert journal.records([CHECK]) == {}


def test_an_action_without_marks_is_refused_for_there_would_be_nothing_to_undo(journal: Journal) -> None:
    with pytest.raises(ValueError, match="without"):
        journal.mark("me", [], NOW)


def test_marks_stand_in_the_order_written_whatever_the_clock_said(journal: Journal) -> None:
    journal.mark("me", [said(shop="jd", at=NOW)], NOW)
    journal.mark("me", [said(shop="tmall", at=NOW - MINUTE)], NOW - MINUTE)
    record = journal.records([CHECK])[CHECK]
    assert [mark.said.shop for mark in record.marks] == ["jd", "tmall"]
    assert record.marks[0].id < record.marks[1].id


def test_one_action_may_mark_many(journal: Journal) -> None:
    action = journal.mark("me", [said("a@2026-11-23"), said("b@2026-11-23")], NOW)
    found = journal.records(["a@2026-11-23", "b@2026-11-23", "c@2026-11-23"])
    assert set(found) == {"a@2026-11-23", "b@2026-11-23"}
    assert {mark.action for record in found.values() for mark in record.marks} == {action}


def test_the_newest_action_that_touched_an_occurrence_may_be_an_undo(journal: Journal) -> None:
    first = journal.mark("me", [said()], NOW)
    assert journal.records([CHECK])[CHECK].newest == first
    second = journal.mark("me", [said("other@2026-11-23")], NOW)
    assert journal.records([CHECK])[CHECK].newest == first
    journal.undo("me", NOW)
    journal.undo("me", NOW)
    record = journal.records([CHECK])[CHECK]
    assert record.marks == ()
    assert record.newest > second


def test_thousands_of_keys_may_be_asked_for_at_once(journal: Journal) -> None:
    keys = [f"check-{n}@2026-11-23" for n in range(40_000)]
    journal.mark("me", [said(keys[0]), said(keys[-1])], NOW)
    assert set(journal.records(keys)) == {keys[0], keys[-1]}


def test_settled_is_what_was_answered_whole_before_an_instant_and_not_taken_back(journal: Journal) -> None:
    day = timedelta(days=1)
    for key, kind, shop in (
        ("done@2026-11-20", MarkKind.DONE, None),
        ("issue@2026-11-20", MarkKind.ISSUE, None),
        ("skipped@2026-11-20", MarkKind.SKIPPED, None),
        ("started@2026-11-20", MarkKind.STARTED, None),
        ("noted@2026-11-20", MarkKind.NOTE, None),
        ("apart@2026-11-20", MarkKind.DONE, "jd"),
    ):
        journal.mark("w", [said(key, kind, shop=shop)], NOW)
    # What counts is when it was recorded, not when it is said to have been done.
    journal.mark("w", [said("late@2026-11-20", at=NOW - day)], NOW + MINUTE)
    journal.mark("w", [said("undone@2026-11-20")], NOW)
    journal.undo("w", NOW)
    names = ("done", "issue", "skipped", "started", "noted", "apart", "late", "undone", "never")
    keys = [f"{name}@2026-11-20" for name in names]
    assert journal.settled(names, NOW) == set()
    assert journal.settled(names, NOW + MINUTE) == set(keys[:3])
    assert journal.settled(names, NOW + 2 * MINUTE) == {*keys[:3], "late@2026-11-20"}
    assert journal.settled([*names[1:], "don", "issue@", "doner"], NOW + MINUTE) == set(keys[1:3])


def test_settled_is_what_was_answered_for_all_shops_and_recorded_before(journal: Journal) -> None:
    journal.mark("me", [said("whole@2026-11-22"), said("skipped@2026-11-22", MarkKind.SKIPPED)], NOW)
    journal.mark("me", [said("one-shop@2026-11-22", shop="jd"), said("started@2026-11-22", MarkKind.STARTED)], NOW)
    journal.mark("me", [said("late@2026-11-22")], NOW + MINUTE)
    journal.mark("me", [said("undone@2026-11-22")], NOW)
    journal.undo("me", NOW)
    duties = ("whole", "skipped", "one-shop", "started", "late", "undone", "never")
    assert journal.undone() == 1
    assert journal.settled(duties, NOW + MINUTE) == {"whole@2026-11-22", "skipped@2026-11-22"}
    assert journal.settled(duties, NOW) == set()


# -- readings --------------------------------------------------------------------------------------------------


def values(journal: Journal, **of: list[str]) -> dict[tuple[str, str], float]:
    found = journal.readings(date(2026, 11, 23), date(2026, 11, 23), **of)
    return {(reading.shop, reading.metric): reading.value for reading in found}


def test_readings_survive_later_marks_that_do_not_name_them(journal: Journal) -> None:
    journal.mark("me", [said(readings={("jd", "a"): 1, ("tmall", "a"): 2})], NOW)
    journal.mark("me", [said(kind=MarkKind.ISSUE, readings={("jd", "a"): 3})], NOW)
    journal.mark("me", [said(note="nothing more")], NOW)
    assert values(journal) == {("jd", "a"): 3, ("tmall", "a"): 2}
    journal.undo("me", NOW)
    journal.undo("me", NOW)
    assert values(journal) == {("jd", "a"): 1, ("tmall", "a"): 2}
    journal.undo("me", NOW)
    assert values(journal) == {}


def test_readings_of_two_checks_on_one_day_both_count(journal: Journal) -> None:
    journal.mark("me", [said("early@2026-11-23", readings={("jd", "a"): 1})], NOW)
    journal.mark("me", [said("late@2026-11-23", readings={("jd", "a"): 2}, at=NOW + MINUTE)], NOW)
    found = journal.readings(date(2026, 11, 23), date(2026, 11, 23))
    assert [(reading.key, reading.value, reading.at) for reading in found] == [
        ("early@2026-11-23", 1, NOW),
        ("late@2026-11-23", 2, NOW + MINUTE),
    ]


def test_readings_are_found_by_span_metric_and_shop(journal: Journal) -> None:
    journal.mark("me", [said("check@2026-11-22", readings={("jd", "a"): 9})], NOW)
    journal.mark("me", [said(readings={("jd", "a"): 1, ("jd", "b"): 2, ("tmall", "a"): 3, ("", "c"): 4})], NOW)
    assert values(journal) == {("jd", "a"): 1, ("jd", "b"): 2, ("tmall", "a"): 3, ("", "c"): 4}
    assert values(journal, metrics=["a"]) == {("jd", "a"): 1, ("tmall", "a"): 3}
    assert values(journal, metrics=["a", "c"], shops=["tmall", ""]) == {("tmall", "a"): 3, ("", "c"): 4}
    assert values(journal, metrics=[]) == {}


# -- text ------------------------------------------------------------------------------------------------------


def test_text_another_program_wrote_is_cleaned_when_it_is_loaded(journal: Journal) -> None:
    hostile = "a\x1b[31m\u202eb\x00\n\x07c"
    journal.mark(hostile, [said(shop=hostile, note=hostile)], NOW)
    (mark,) = journal.records([CHECK])[CHECK].marks
    assert mark.by == mark.said.shop == clean(hostile)
    assert mark.said.note == clean(hostile, multiline=True)
    assert "\x1b" not in mark.by


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(note=st.text(max_size=200), by=st.text(max_size=40))
def test_any_cleaned_text_comes_back_as_it_was(opening: Callable[[str | None], Journal], note: str, by: str) -> None:
    journal = opening("console")
    note, by = clean(note, multiline=True), clean(by)
    journal.mark(by, [replace(said(), note=note)], NOW)
    mark = journal.records([CHECK])[CHECK].marks[-1]
    assert (mark.said.note, mark.by) == (note, by)
    journal.close()


def test_what_nobody_touched_has_no_record(journal: Journal) -> None:
    assert journal.records([]) == journal.records([CHECK]) == {}
