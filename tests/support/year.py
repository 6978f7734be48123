"""A made-up but plausible stretch of records, written into a real home: every day's checks with their readings,
incidents and what became of them, closings. The same seed and dates make the same records, to the letter.

    python tests/support/year.py HOME [FIRST [LAST]]
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from clocks import StandingClock
from deeds import LI, WANG, Deed
from happenings import Life
from msgspec.structs import asdict
from sqlalchemy import insert
from sqlmodel import Session
from troubles import Troubles

from csconsole.core.book import Book
from csconsole.core.businessday import ONE_DAY, day_start
from csconsole.core.case import CaseDraft
from csconsole.desk import Desk
from csconsole.journal.engine import Database
from csconsole.journal.incidents import reindex
from csconsole.journal.store import chunks
from csconsole.journal.tables import METADATA, Verb
from csconsole.workspace import Workspace

FIRST, LAST = date(2025, 11, 23), date(2026, 11, 22)
"""A year that ends on the Sunday before the Monday on which the tests' clocks stand."""

_TAUGHT = 60
"""Of so many incidents one is kept as a case."""
_LESSONS = ("", "先回电话,再登记", "大促前一天核对库存和话术", "破损当天报快递,照片留全")
_AT_A_TIME = timedelta(days=30)


def fill(
    home: Path, *, first: date = FIRST, last: date = LAST, seed: int = 7, incidents_a_day: float = 8.0
) -> dict[str, int]:
    """Write records of business days `first` to `last`, ends included, into a home that has none yet: it gets the
    schedule that ships, in force from the first day on, unless it has its own. Nothing is recorded later than the end
    of the last day. How many rows each table then has. A year takes some four seconds, ten years some forty."""
    workspace = Workspace.find(home=str(home))
    desk = Desk(workspace, StandingClock(datetime(first.year, first.month, first.day, 4, tzinfo=UTC)), WANG)
    desk.open()
    random = Random(seed)
    schedule, calendar = desk.schedule, desk.book.calendar
    life = Life(schedule, calendar, random, Troubles(schedule, calendar, random, incidents_a_day))
    end = day_start(desk.schedule, last + ONE_DAY)
    deeds = list(_deeds(life, desk.book, first, last))
    deeds = [deed for deed in (*deeds, *_cases(deeds)) if deed.at < end]
    desk.close()
    deeds.sort(key=lambda deed: deed.at)  # stable: what was done at one instant stays in its order
    rows = _rows(deeds)
    database = Database(workspace.database)
    _write(database, rows)
    database.close()
    return {table: len(each) for table, each in rows.items()}


def _deeds(life: Life, book: Book, first: date, last: date) -> Iterator[Deed]:
    while first <= last:
        until = min(first + _AT_A_TIME, last)
        due = defaultdict(list)
        for occurrence in book.owed(first, until):
            due[occurrence.day].append(occurrence)
        while first <= until:
            yield from life.day(first, due[first])
            first += ONE_DAY


def _cases(deeds: Sequence[Deed]) -> Iterator[Deed]:
    """What some of the incidents taught, written down three days later."""
    logged = [deed for deed in deeds if deed.verb is Verb.LOG]
    for number, deed in enumerate(logged[::_TAUGHT]):
        assert deed.draft is not None
        case = CaseDraft(
            title=deed.draft.title,
            category=deed.draft.category,
            happened=deed.draft.line or deed.draft.title,
            did="先安抚,当天给方案",
            next_time=_LESSONS[number % len(_LESSONS)],
            good=number % 3 > 0,
        )
        yield Deed(deed.at + timedelta(days=3), LI, Verb.KEEP_CASE, of=deed, case=case)


def _rows(deeds: Sequence[Deed]) -> dict[str, list[dict[str, Any]]]:
    """The rows that the journal would have written of these, table by table."""
    rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    actions: dict[int, int] = {}
    numbers: dict[int, int] = {}

    def add(table: str, **values: Any) -> int:
        key = next(iter(METADATA.tables[table].primary_key)).name
        rows[table].append({key: len(rows[table]) + 1, **values})
        return len(rows[table])

    for deed in deeds:
        undone = actions[id(deed.undoes)] if deed.undoes else None
        action = add("action", verb=deed.verb, actor=deed.by, console=None, recorded_at=deed.at, undoes=undone)
        actions[id(deed)] = action
        match deed.verb:
            case Verb.MARK:
                for mark in deed.marks:
                    row = add(
                        "mark", action_id=action, key=mark.key, business_date=mark.business_date, kind=mark.kind,
                        shop=mark.shop, at=mark.at, due=mark.due, grace=int(mark.grace.total_seconds()),
                        shops=list(mark.shops), note=mark.note, reason=mark.reason, delegate=mark.to, until=mark.until,
                    )  # fmt: skip
                    for (shop, metric), value in (mark.readings or {}).items():
                        add("reading", mark_id=row, business_date=mark.business_date, shop=shop, metric=metric,
                            value=value)  # fmt: skip
            case Verb.LOG:
                assert deed.draft is not None
                draft = asdict(deed.draft)
                orders, tracking = draft.pop("orders"), draft.pop("tracking")
                number = numbers[id(deed)] = add("incident", action_id=action, opened_at=deed.at, **draft)
                for text in (*orders, *tracking):
                    add("incident_order", number=number, text=text, tracking=text not in orders)
            case Verb.TELL:
                for event in deed.events:
                    add("incident_event", number=numbers[id(deed.of)], action_id=action, at=deed.at, **asdict(event))
            case Verb.KEEP_CASE:
                assert deed.case is not None
                add("lesson", action_id=action, **asdict(deed.case) | {"incident": numbers[id(deed.of)]})
            case Verb.TAKE_OVER:
                add("on_duty", action_id=action, name=deed.by)
            case Verb.CLOSE_DAY:
                summary = json.dumps({"period": {"kind": "day", "from": str(deed.day), "to": str(deed.day)}})
                add("closing", action_id=action, business_date=deed.day, handover=deed.text, summary=summary)
    return rows


def _write(database: Database, rows: dict[str, list[dict[str, Any]]]) -> None:
    with Session(database.writing) as session, session.begin():
        for table in METADATA.sorted_tables:
            if rows.get(table.name):
                session.execute(insert(table), rows[table.name])
        for numbers in chunks(row["number"] for row in rows["incident"]):
            reindex(session, numbers)


def main(home: str, first: str = FIRST.isoformat(), last: str = LAST.isoformat()) -> None:
    written = fill(Path(home), first=date.fromisoformat(first), last=date.fromisoformat(last))
    sys.stdout.write(", ".join(f"{count} {table}" for table, count in sorted(written.items())) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
