from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from marking import NOW

from csconsole.core.facts import Closing, TakeOver
from csconsole.journal import Journal
from csconsole.journal.engine import Database

DAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)


def test_whoever_took_over_last_is_on_duty(journal: Journal) -> None:
    assert journal.on_duty() is None
    journal.take_over("王主管", NOW)
    journal.take_over("小李", NOW - HOUR)
    assert journal.on_duty() == "小李"


def test_a_closed_day_is_as_it_was_amended_last(journal: Journal) -> None:
    assert journal.closing(DAY) is None
    journal.close_day("me", DAY, "夜班注意\n库存", '{"a": "\u202e"}', NOW)
    journal.close_day("li", DAY, "amended", "{}", NOW + HOUR)
    journal.close_day("li", DAY + timedelta(days=1), "another day", "{}", NOW + HOUR)
    assert journal.closing(DAY) == Closing(DAY, NOW + HOUR, "li", "amended", "{}", action=2)
    journal.undo("li", NOW)
    journal.undo("li", NOW)
    assert journal.closing(DAY) == Closing(DAY, NOW, "me", "夜班注意\n库存", '{"a": "\u202e"}', action=1)
    assert journal.closing(DAY + timedelta(days=1)) is None


def test_every_closing_of_a_day_stays_readable(journal: Journal) -> None:
    journal.close_day("me", DAY, "one", "1", NOW)
    action = journal.close_day("li", DAY, "two", "2", NOW - HOUR)
    journal.close_day("me", DAY - timedelta(days=1), "the day before", "0", NOW)
    assert [(each.handover, each.summary) for each in journal.all_closings(DAY, DAY)] == [("one", "1"), ("two", "2")]
    assert journal.all_closings(DAY, DAY)[-1].action == action
    assert journal.recorded_last([action, action - 1]) == NOW - HOUR
    assert journal.recorded_last([]) is None


def test_words_to_the_next_shift_are_kept_as_written(journal: Journal) -> None:
    journal.hand_over("me", DAY, "one", NOW)
    journal.hand_over("li", DAY, "two\nlines \u202e", NOW - HOUR)
    journal.close_day("me", DAY, "two\nlines ", "{}", NOW + HOUR)  # with what was written: nothing new
    journal.close_day("me", DAY, "three", "{}", NOW + HOUR)
    journal.hand_over("me", DAY, "", NOW + HOUR)
    journal.hand_over("me", DAY + timedelta(days=1), "another day", NOW)
    assert [(word.by, word.text) for word in journal.words(DAY)] == [
        ("me", "one"),
        ("li", "two\nlines "),
        ("me", "three"),
        ("me", ""),
    ]
    journal.undo("me", NOW)  # the other day's
    journal.undo("me", NOW)
    undone = journal.undo("me", NOW)
    assert undone is not None
    assert undone.verb == "close_day"
    assert [word.text for word in journal.words(DAY)] == ["one", "two\nlines "]
    assert journal.words(DAY - timedelta(days=1)) == []


def test_who_took_over_between_two_instants(journal: Journal) -> None:
    for hours, name in enumerate(("a", "b", "c")):
        journal.take_over(name, NOW + hours * HOUR)
    assert journal.take_overs(NOW, NOW + 2 * HOUR) == [TakeOver("a", NOW), TakeOver("b", NOW + HOUR)]
    assert journal.take_overs(NOW + 3 * HOUR, NOW + 4 * HOUR) == []


@pytest.mark.parametrize("text", ["", "version: 1\r\n标题: \u202e\x85\t", "\ufeffversion: 1", "x" * 1_000_000])
def test_sources_are_kept_to_the_letter(journal: Journal, text: str) -> None:
    journal.adopt(text, "holidays", {}, NOW)
    (version,) = journal.versions()
    assert journal.source(version.schedule) == text
    assert journal.source(version.holidays) == "holidays"


def test_a_version_begins_with_each_change_of_either_text(journal: Journal) -> None:
    for hours, texts in enumerate([("a", ""), ("a", ""), ("b", ""), ("b", "days off"), ("a", "")]):
        journal.adopt(*texts, {}, NOW + hours * HOUR)
    versions = journal.versions()
    assert [(version.since - NOW) / HOUR for version in versions] == [0, 2, 3, 4]
    texts_then = [(journal.source(version.schedule), journal.source(version.holidays)) for version in versions]
    assert texts_then == [("a", ""), ("b", ""), ("b", "days off"), ("a", "")]
    assert all(earlier.id < later.id for earlier, later in pairwise(versions))


def test_a_source_nobody_adopted_is_not_there(journal: Journal) -> None:
    with pytest.raises(KeyError):
        journal.source("0" * 64)


def test_a_duty_was_first_seen_on_the_earliest_day_it_was_seen(journal: Journal) -> None:
    journal.adopt("a", "", {"old": DAY, "both": DAY}, NOW)
    journal.adopt("a", "", {"old": DAY + timedelta(days=1), "new": DAY + timedelta(days=1)}, NOW)
    journal.adopt("a", "", {"both": DAY - timedelta(days=1)}, NOW)
    assert journal.first_seen() == {
        "old": DAY,
        "new": DAY + timedelta(days=1),
        "both": DAY - timedelta(days=1),
    }


def test_adopting_what_is_known_writes_nothing(opening: Callable[[str | None], Journal]) -> None:
    desk, laptop = opening("desk"), opening("laptop")
    desk.adopt("a", "", {"check": DAY}, NOW)
    assert laptop.changed()
    desk.adopt("a", "", {"check": DAY + timedelta(days=1)}, NOW + HOUR)
    assert not laptop.changed()


@pytest.mark.parametrize("counts_by_itself", [True, False], ids=["SQLite", "another database"])
def test_the_others_writing_is_noticed_and_ones_own_is_not(
    opening: Callable[[str | None], Journal], monkeypatch: pytest.MonkeyPatch, counts_by_itself: bool
) -> None:
    if not counts_by_itself:
        monkeypatch.setattr(Database, "data_version", lambda _: None)
    desk, laptop = opening("desk"), opening("laptop")
    assert not desk.changed()
    desk.take_over("me", NOW)
    assert not desk.changed()
    assert laptop.changed()
    assert not laptop.changed()
    laptop.take_over("li", NOW)
    desk.take_over("me", NOW)
    assert desk.changed()
    opening(None).take_over("a command", NOW)
    assert desk.changed() and laptop.changed()
