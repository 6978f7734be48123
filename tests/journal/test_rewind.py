from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from csconsole.core.facts import Claim, MarkKind, NewMark
from csconsole.core.incident import Draft, EventKind, NewEvent
from csconsole.journal import Journal
from csconsole.journal.rewind import rewind

DAY = date(2026, 11, 23)
EIGHT = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def later(minutes: int) -> datetime:
    return EIGHT + timedelta(minutes=minutes)


def mark(key: str, at: datetime) -> NewMark:
    return NewMark(
        key=key,
        business_date=DAY,
        kind=MarkKind.DONE,
        at=at,
        due=EIGHT,
        grace=timedelta(),
        shops=("jd",),
        readings={("jd", "refunds_pending"): 3.0},
    )


def test_nothing_is_left_of_what_came_after_and_all_of_what_came_before(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'copy.sqlite3'}"
    journal = Journal.open(url)
    journal.adopt("one", "", {"a": DAY}, later(0))
    journal.mark("Wang", [mark("a@2026-11-23", later(1))], later(1))
    number = journal.log("Wang", Draft("early", "complaints", orders=("1",)), later(2))
    journal.claim(Claim("a@2026-11-23", "due", later(0)), later(3))
    # From here on it is after half past eight.
    journal.undo("Wang", later(31))
    journal.mark("Wang", [mark("b@2026-11-23", later(32))], later(32))
    journal.tell(
        "Wang",
        journal.log("Li", Draft("late", "complaints", orders=("2",)), later(33)),
        [NewEvent(EventKind.NOTE, "x")],
        later(34),
    )
    journal.claim(Claim("b@2026-11-23", "due", later(35)), later(35))
    journal.snooze("Wang", "b@2026-11-23", later(60), later(36))
    journal.take_over("Li", later(37))
    journal.close_day("Wang", DAY, "handover", "{}", later(38))
    journal.adopt("two", "", {"b": DAY + timedelta(days=1)}, later(24 * 60))
    # A clock that was set back wrote this one: it counts by when it was written.
    journal.mark("Wang", [mark("c@2026-11-23", later(5))], later(5))
    journal.close()

    rewind(url, later(30), DAY)

    journal = Journal.open(url)
    records = journal.records(f"{duty}@2026-11-23" for duty in "abc")
    assert list(records) == ["a@2026-11-23"] and len(records["a@2026-11-23"].marks) == 1
    assert [incident.number for incident in journal.incidents()] == [number]
    assert [incident.number for incident in journal.incidents(open_only=True)] == [number]
    assert {claim.key for claim in journal.claims(["a@2026-11-23", "b@2026-11-23"])} == {"a@2026-11-23"}
    assert journal.on_duty() is None and journal.closing(DAY) is None
    assert journal.snoozes(["b@2026-11-23"]) == {}
    assert len(journal.versions()) == 1 and journal.first_seen() == {"a": DAY}
    assert len(journal.readings(DAY, DAY)) == 1
    journal.close()


def test_before_it_all_there_is_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'copy.sqlite3'}"
    journal = Journal.open(url)
    journal.adopt("one", "", {"a": DAY}, later(0))
    journal.mark("Wang", [mark("a@2026-11-23", later(1))], later(1))
    journal.close()
    rewind(url, later(-1), DAY - timedelta(days=1))
    journal = Journal.open(url)
    assert journal.versions() == () and journal.first_seen() == {} and journal.records(["a@2026-11-23"]) == {}
    journal.close()
