"""Incidents found by words, numbers and what they are: as going through all of them one by one finds them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from marking import NOW

from csconsole.core.incident import Draft, EventKind, Incident, IncidentStatus, NewEvent, Severity
from csconsole.core.lexicon import fold
from csconsole.core.search import State, Term, Wanted, _texts
from csconsole.journal import Journal, incident_index

HOUR = timedelta(hours=1)
_KINDS = {
    EventKind.NOTE: ("催了快递", "call 100%_sure"),
    EventKind.RESOLVED: ("退了 20 元",),
    EventKind.REOPENED: ("买家又来了",),
    EventKind.WAITING: ("等仓库",),
    EventKind.CONTINUED: ("",),
    EventKind.ASSIGNED: ("",),
    EventKind.ORDER_ADDED: ("",),
    EventKind.TITLE: ("",),
}
_VALUES = {
    EventKind.WAITING: ("carrier", "buyer"),
    EventKind.ASSIGNED: ("小李", "wang", ""),
    EventKind.ORDER_ADDED: ("2608000000000000041", "AB-7"),
    EventKind.TITLE: ("丢件 再投", "Ｆull width"),
}
WORDS = ("快递", "递", "26080", "41", "7", "100%", "_", "小李", "full", "丢件", "没有这个", "ab-")


def lived(journal: Journal, random: Random, number: int = 40) -> list[Incident]:
    for _ in range(number):
        journal.log("me", _draft(random), NOW + random.randrange(50) * HOUR)
        if random.random() < 0.1:
            journal.undo("me", NOW)
    for each in journal.incidents():
        for _ in range(random.randrange(4)):
            kind = random.choice(list(_KINDS))
            value = random.choice(_VALUES[kind]) if kind in _VALUES else None
            journal.tell("me", each.number, [NewEvent(kind, random.choice(_KINDS[kind]), value)], NOW)
            if random.random() < 0.2:
                journal.undo("me", NOW)
    return journal.incidents()


def _draft(random: Random) -> Draft:
    return Draft(
        random.choice(("没收到", "丢件", "破损待赔")),
        random.choice(("refunds", "logistics")),
        line="#A7 原话",
        shop=random.choice(("tmall", None)),
        orders=tuple(f"2608{random.randrange(10**6):06}" for _ in range(random.randrange(3))),
        assignee=random.choice(("小李", None)),
        severity=Severity.NORMAL,
    )


def wanted(random: Random) -> Wanted:
    terms = tuple(
        Term(
            word,
            int(word) if word.isdecimal() and len(word) < 3 else None,
            random.choice(((), ("logistics",))),
            random.choice(((), ("tmall",))),
            random.choice(((), ("小李",))),
        )
        for word in random.sample(WORDS, random.choice((0, 1, 1, 2)))
    )
    return Wanted(
        terms,
        random.choice(list(State)),
        random.choice((None, None, "refunds")),
        random.choice((None, None, "tmall")),
        random.choice((None, None, "小李", "")),
        random.choice((None, None, NOW + 25 * HOUR)),
    )


def matches(incident: Incident, wanted: Wanted) -> bool:
    """Whether all that is wanted applies, as said of one incident after the other."""
    text = "\n".join(map(fold, _texts(incident)))
    return (
        incident.status in wanted.state.statuses
        and wanted.category in (None, incident.category)
        and wanted.shop in (None, incident.shop)
        and wanted.assignee in (None, incident.assignee or "")
        and (wanted.opened_before is None or incident.opened_at < wanted.opened_before)
        and all(
            term.text in text
            or term.number == incident.number
            or incident.category in term.categories
            or incident.shop in term.shops
            or incident.assignee in term.people
            for term in wanted.terms
        )
    )


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(1, 20))])
def test_it_finds_what_going_through_all_of_them_finds(journal: Journal, seed: int) -> None:
    random = Random(seed)
    everyone = lived(journal, random)
    for _ in range(120):
        meant = wanted(random)
        expected = {each.number for each in everyone if matches(each, meant)}
        found = journal.search(meant, 100)
        assert {each.number for each in found.incidents} == expected, meant
        assert found.total == len(expected)
        fewer = journal.search(meant, 3)
        assert (len(fewer.incidents), fewer.total) == (min(3, len(expected)), len(expected))


def test_what_is_named_by_its_number_comes_first_then_what_is_not_resolved(journal: Journal) -> None:
    for title in ("a 2", "b", "c 2", "d 2"):
        journal.log("me", Draft(title, "refunds"), NOW)
    journal.tell("me", 4, [NewEvent(EventKind.RESOLVED)], NOW)
    found = journal.search(Wanted((Term("2", 2),)), 10)
    assert [each.number for each in found.incidents] == [2, 3, 1, 4]


def test_very_many_are_counted_only_so_far(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incident_index, "COUNTED", 3)
    for number in range(5):
        journal.log("me", Draft(f"没收到 {number}", "refunds"), NOW)
    assert journal.search(Wanted((Term("没收"),)), 2).total == 4, "one more than is counted"
    assert journal.search(Wanted((Term("没收"),)), 5).total == 5, "all that is shown is counted"


def test_undoing_restores_what_is_found(journal: Journal) -> None:
    journal.log("me", Draft("没收到", "refunds"), NOW)
    before = journal.incidents()
    random = Random(5)
    told = 0
    for _ in range(25):
        kind = random.choice(list(_KINDS))
        value = random.choice(_VALUES[kind]) if kind in _VALUES else None
        journal.tell("me", 1, [NewEvent(kind, random.choice(_KINDS[kind]), value)], NOW)
        told += 1
    assert len(journal.incidents()[0].events) == told
    for _ in range(told):
        journal.undo("me", NOW)
    assert journal.incidents() == before
    assert journal.search(Wanted((Term("快递"),)), 5).total == 0
    assert journal.search(Wanted((Term("没收"),), State.OPEN), 5).incidents[0].status is IncidentStatus.OPEN


def test_another_console_s_change_is_found(opening: Callable[[str | None], Journal]) -> None:
    here, there = opening("here"), opening("there")
    here.log("me", Draft("没收到", "refunds"), NOW)
    there.tell("li", 1, [NewEvent(EventKind.NOTE, "底单在群里")], NOW)
    assert here.search(Wanted((Term("底单"),)), 5).total == 1
