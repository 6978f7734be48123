from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from fuzz import of_a_hundred
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from marking import CHECK, NOW, said

from csconsole.core.facts import Claim, MarkKind, NewMark, Snooze, Undone
from csconsole.core.incident import Draft, EventKind, IncidentStatus, NewEvent
from csconsole.journal import Journal, UnknownIncident
from csconsole.journal.tables import Verb

DAY = date(2026, 11, 23)
DRAFT = Draft("买家说没收到", "refunds")


def test_undo_goes_one_further_each_time_and_ends(journal: Journal) -> None:
    journal.mark("me", [said("a@2026-11-23"), said("b@2026-11-23")], NOW)
    number = journal.log("me", DRAFT, NOW)
    journal.tell("me", number, [NewEvent(EventKind.RESOLVED, "")], NOW)
    journal.snooze("me", CHECK, NOW + timedelta(minutes=10), NOW)
    journal.close_day("me", DAY, "quiet", "{}", NOW)
    undone = [journal.undo("me", NOW) for _ in range(6)]
    assert undone == [
        Undone(Verb.CLOSE_DAY),
        Undone(Verb.SNOOZE, keys=(CHECK,)),
        Undone(Verb.TELL, incidents=(number,)),
        Undone(Verb.LOG, incidents=(number,)),
        Undone(Verb.MARK, keys=("a@2026-11-23", "b@2026-11-23")),
        None,
    ]


def test_after_an_undo_comes_the_newest_action_again(journal: Journal) -> None:
    journal.mark("me", [said("a@2026-11-23")], NOW)
    journal.mark("me", [said("b@2026-11-23")], NOW)
    journal.undo("me", NOW)
    journal.mark("me", [said("c@2026-11-23")], NOW)
    undone = [journal.undo("me", NOW), journal.undo("me", NOW), journal.undo("me", NOW)]
    assert [action and action.keys for action in undone] == [("c@2026-11-23",), ("a@2026-11-23",), None]


def test_a_console_undoes_its_own_whoever_acted(opening: Callable[[str | None], Journal]) -> None:
    desk, laptop = opening("desk"), opening("laptop")
    desk.mark("day shift", [said("a@2026-11-23")], NOW)
    desk.mark("deputy", [said("b@2026-11-23")], NOW)
    laptop.mark("day shift", [said("c@2026-11-23")], NOW)
    assert desk.undo("day shift", NOW) == Undone(Verb.MARK, keys=("b@2026-11-23",))
    assert desk.undo("day shift", NOW) == Undone(Verb.MARK, keys=("a@2026-11-23",))
    assert desk.undo("day shift", NOW) is None


def test_a_command_undoes_the_actors_wherever_they_acted(opening: Callable[[str | None], Journal]) -> None:
    command, desk = opening(None), opening("desk")
    desk.mark("me", [said("a@2026-11-23")], NOW)
    command.mark("somebody", [said("b@2026-11-23")], NOW)
    assert command.undo("me", NOW) == Undone(Verb.MARK, keys=("a@2026-11-23",))
    assert command.undo("me", NOW) is None
    assert desk.undo("somebody", NOW) is None


def test_versions_claims_and_who_is_on_duty_are_not_undone(journal: Journal) -> None:
    journal.adopt("schedule", "", {"check": DAY}, NOW)
    journal.claim(Claim(CHECK, "due", NOW), NOW)
    journal.take_over("me", NOW)
    assert journal.undo("me", NOW) is None


@pytest.mark.parametrize("clock", [timedelta(hours=-5), timedelta(days=400)])
def test_the_latest_action_is_the_last_written_whatever_the_clock_said(journal: Journal, clock: timedelta) -> None:
    journal.mark("me", [said("a@2026-11-23")], NOW)
    journal.mark("me", [said("b@2026-11-23")], NOW + clock)
    assert journal.undo("me", NOW) == Undone(Verb.MARK, keys=("b@2026-11-23",))


# -- whatever the order ----------------------------------------------------------------------------------------

WHO: tuple[tuple[str | None, str], ...] = (("desk", "wang"), ("desk", "li"), ("laptop", "wang"), (None, "li"))
KEYS = ("a@2026-11-23", "b@2026-11-22")

who = st.sampled_from(WHO)
kinds = st.sampled_from((EventKind.NOTE, EventKind.RESOLVED, EventKind.REOPENED))
key = st.sampled_from(KEYS)
shop = st.sampled_from([None, "jd"])


@dataclass
class Acted:
    console: str | None
    by: str
    what: Any
    stands: bool = True


class AnyOrder(RuleBasedStateMachine):
    """Two consoles and a command act and undo; what the journal says must be what the standing actions say when
    they are gone through one by one, in plain Python."""

    def __init__(self) -> None:
        super().__init__()
        command = Journal.open("sqlite://")
        database = command._database
        self.journals = {None: command, "desk": Journal(database, "desk"), "laptop": Journal(database, "laptop")}
        self.acted: list[Acted] = []
        self.now = NOW
        self.ids = 0
        self.touched: dict[str, int] = {}

    def teardown(self) -> None:
        self.journals[None].close()

    def act(self, who: tuple[str | None, str], what: Any) -> int:
        self.ids += 1
        self.acted.append(Acted(*who, what))
        return self.ids

    @rule(who=who, key=key, kind=st.sampled_from(MarkKind), shop=shop, reading=st.integers(0, 9))
    def mark(self, who: tuple[str | None, str], key: str, kind: MarkKind, shop: str | None, reading: int) -> None:
        readings = {(shop or "", "m"): float(reading)} if reading else None
        mark = said(key, kind, shop=shop, at=self.now, readings=readings)
        action = self.journals[who[0]].mark(who[1], [mark], self.now)
        assert action == self.act(who, mark)
        self.touched[key] = action

    @rule(who=who, key=key, minutes=st.integers(1, 30))
    def snooze(self, who: tuple[str | None, str], key: str, minutes: int) -> None:
        snooze = Snooze(key, self.now + timedelta(minutes=minutes), self.now)
        self.journals[who[0]].snooze(who[1], key, snooze.until, self.now)
        self.act(who, snooze)

    @rule(who=who)
    def log(self, who: tuple[str | None, str]) -> None:
        number = 1 + sum(isinstance(action.what, int) for action in self.acted)
        assert self.journals[who[0]].log(who[1], DRAFT, self.now) == number
        self.act(who, number)

    @rule(
        who=who,
        number=st.integers(1, 4),
        kind=st.sampled_from((EventKind.NOTE, EventKind.RESOLVED, EventKind.REOPENED)),
    )
    def tell(self, who: tuple[str | None, str], number: int, kind: EventKind) -> None:
        journal, by = self.journals[who[0]], who[1]
        if number in self.standing(int):
            journal.tell(by, number, [NewEvent(kind)], self.now)
            self.act(who, (number, kind))
        else:
            with pytest.raises(UnknownIncident):
                journal.tell(by, number, [NewEvent(kind)], self.now)

    @rule(minutes=st.integers(-60, 60))
    def the_clock_moves(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(who=who)
    def undo(self, who: tuple[str | None, str]) -> None:
        console, by = who
        own = [a for a in self.acted if a.stands and (a.by == by if console is None else a.console == console)]
        undone = self.journals[console].undo(by, self.now)
        assert (undone is None) == (not own)
        if undone is not None:
            self.ids += 1
            own[-1].stands = False
            self.touched.update((key, self.ids) for key in undone.keys if undone.verb == Verb.MARK)

    def standing(self, kind: type) -> list[Any]:
        return [action.what for action in self.acted if action.stands and isinstance(action.what, kind)]

    @invariant()
    def marks_and_readings(self) -> None:
        records = self.journals[None].records(KEYS)
        assert {key: record.newest for key, record in records.items()} == self.touched
        marks: list[NewMark] = self.standing(NewMark)
        for key, record in records.items():
            assert [mark.said for mark in record.marks] == [mark for mark in marks if mark.key == key]
        counting = {(mark.key, *place): value for mark in marks for place, value in (mark.readings or {}).items()}
        found = self.journals[None].readings(date(2026, 11, 22), date(2026, 11, 23))
        assert {(reading.key, reading.shop, reading.metric): reading.value for reading in found} == counting

    @invariant()
    def incidents(self) -> None:
        turns: dict[int, list[EventKind]] = {number: [] for number in self.standing(int)}
        for number, kind in self.standing(tuple):
            if number in turns:
                turns[number].append(kind)
        incidents = self.journals[None].incidents()
        assert {found.number: [event.kind for event in found.events] for found in incidents} == turns
        unresolved = [found.number for found in incidents if found.status is not IncidentStatus.RESOLVED]
        assert [found.number for found in self.journals[None].incidents(open_only=True)] == unresolved

    @invariant()
    def snoozes(self) -> None:
        assert self.journals[None].snoozes(KEYS) == {snooze.key: snooze for snooze in self.standing(Snooze)}


AnyOrder.TestCase.settings = settings(max_examples=of_a_hundred(7), stateful_step_count=25, deadline=None)
test_any_order = AnyOrder.TestCase
