"""The made-up year that other tests look at: it is what the journal itself would have written, and always the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import year
from clocks import StandingClock
from routine import at

from csconsole.core.incident import IncidentStatus
from csconsole.core.schedule import Kind
from csconsole.desk import Desk
from csconsole.workspace import Workspace


def fill_march(home: Path, seed: int = 7) -> None:
    year.fill(home, first=date(2026, 3, 2), last=date(2026, 3, 15), seed=seed)


def dump(home: Path) -> list[str]:
    with closing(sqlite3.connect(Workspace.find(home=str(home)).database.removeprefix("sqlite:///"))) as connection:
        return list(connection.iterdump())


def count(home: Path, query: str) -> int:
    with closing(sqlite3.connect(Workspace.find(home=str(home)).database.removeprefix("sqlite:///"))) as connection:
        (value,) = connection.execute(query).fetchone()
    return int(value)


def test_the_same_seed_makes_the_same_records(tmp_path: Path) -> None:
    for name in ("one", "other"):
        fill_march(tmp_path / name)
    fill_march(tmp_path / "seed", seed=8)

    assert dump(tmp_path / "one") == dump(tmp_path / "other") != dump(tmp_path / "seed")


def test_the_journal_reads_it_as_its_own(year_home: Path) -> None:
    desk = Desk(Workspace.find(home=str(year_home)), StandingClock(at("2026-11-23 08:30")), "wang")
    desk.open()
    everything = desk.incidents(all=True)

    assert {each.number for each in desk.incidents()} == {
        each.number for each in everything if each.status is not IncidentStatus.RESOLVED
    }
    assert desk.journal.last_seen() < at("2026-11-23 05:00")  # type: ignore[operator]  # there are records
    answered = total = 0
    for day in (date(2025, 11, 23) + timedelta(n) for n in range(0, 365, 30)):
        agenda = desk.look(day)
        answered += agenda.progress.answered
        total += len(agenda.items)
        assert desk.closing(day) is None or desk.closing(day).closed_at > agenda.starts  # type: ignore[union-attr]  # just looked
        for item in agenda.items:
            marked_at = item.answer.marked_at
            assert marked_at is None or marked_at < (
                item.occurrence.expires_at or datetime.max.replace(tzinfo=marked_at.tzinfo)
            )
            assert item.occurrence.kind is not Kind.DAILY or item.occurrence.day == day
    # On some days nobody was at the console.
    assert total * 0.75 < answered < total
    desk.close()


def test_sales_bring_complaints_and_late_shipments_after_them(year_home: Path) -> None:
    def opened(category: str, first: str, last: str) -> int:
        between = f"opened_at BETWEEN '{first}' AND '{last} 23:59'"
        return count(year_home, f"SELECT count(*) FROM incident WHERE category = '{category}' AND {between}")

    assert opened("complaints", "2026-11-08", "2026-11-13") > 2 * opened("complaints", "2026-10-08", "2026-10-13")
    assert opened("complaints", "2026-06-15", "2026-06-20") > 2 * opened("complaints", "2026-05-15", "2026-05-20")

    def late(first: str, last: str) -> int:
        of_days = f"metric = 'late_shipments' AND business_date BETWEEN '{first}' AND '{last}'"
        return count(year_home, f"SELECT sum(value) FROM reading WHERE {of_days}")

    assert late("2026-11-12", "2026-11-17") > 3 * late("2026-11-05", "2026-11-10")
    assert late("2026-06-19", "2026-06-24") > 3 * late("2026-06-12", "2026-06-17")
