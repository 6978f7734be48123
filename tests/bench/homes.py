"""Homes to measure on: one with a morning's records, and one with ten years of them before that. On the screen both
say the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from csconsole.core.facts import MarkKind
from csconsole.desk import Desk
from csconsole.workspace import Workspace
from tests.support.clocks import StandingClock

NOW = "2026-11-23T09:42+08:00"
"""A Monday; 09:30 is due, and the check at 10:00 is held by the meeting at 09:50."""
MONDAY = datetime.fromisoformat(NOW)
TEN_YEARS = timedelta(days=3652)
INCIDENTS = 30_000

_ROWS = 20_000
"""How many rows are written at a time."""


def morning(home: Path) -> None:
    """A home on whose Monday two checks were answered before the console opens."""
    _begin(home, MONDAY - timedelta(hours=1))
    with _open(home, MONDAY - timedelta(minutes=52)) as desk:
        desk.answer("shop-health")
        desk.deadlines()
    with _open(home, MONDAY - timedelta(minutes=32)) as desk:
        desk.answer("complaints-and-refunds")
        # What is asked for at every start is compiled.
        desk.snapshot()
    (home / "data" / "settings.toml").write_text('[notify]\ndesktop = "off"\n', encoding="utf-8")


def ten_years(home: Path, incidents: int = INCIDENTS, days: timedelta = TEN_YEARS) -> None:
    """The same, with every check of the ten years before answered, its readings taken, and incidents all along."""
    _begin(home, MONDAY - days)
    _fill(home, MONDAY.date() - days, MONDAY.date() - timedelta(days=1), incidents)
    morning(home)


def _begin(home: Path, at: datetime) -> None:
    with _open(home, at):
        pass


class _open:
    def __init__(self, home: Path, at: datetime) -> None:
        self.desk = Desk(Workspace.find(home=str(home)), StandingClock(at), "王主管")

    def __enter__(self) -> Desk:
        self.desk.open()
        return self.desk

    def __exit__(self, *_error: object) -> None:
        self.desk.close()


def _fill(home: Path, first: date, last: date, incidents: int) -> None:
    from sqlalchemy import insert
    from sqlmodel import Session

    from csconsole.journal.engine import Database
    from csconsole.journal.incidents import reindex
    from csconsole.journal.store import chunks
    from csconsole.journal.tables import METADATA

    chance = random.Random(1)
    with _open(home, MONDAY) as desk:
        rows = [*_checks(desk, first, last, chance), *_incidents(desk, first, last, incidents, chance)]
    rows.sort(key=lambda row: ORDER.index(row[0]))
    database = Database(desk.workspace.database)
    with Session(database.writing) as session, session.begin():
        for name in ORDER:
            values = [values for table, values in rows if table == name]
            for start in range(0, len(values), _ROWS):
                session.execute(insert(METADATA.tables[name]), values[start : start + _ROWS])
        for numbers in chunks(range(1, incidents + 1)):
            reindex(session, numbers)
    database.close()


ORDER = ("action", "mark", "reading", "incident", "incident_order", "incident_event")

_FIRST = 1_000_000
"""Actions written here are numbered from this on, to lie apart from those that opening a home writes."""


def _checks(desk: Desk, first: date, last: date, chance: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, found in enumerate(desk.book.owed(first, last), 1):
        done = found.due + timedelta(minutes=chance.randrange(20))
        action = _FIRST + number
        yield "action", _action(action, "mark", done)
        yield (
            "mark",
            {
                "id": number,
                "action_id": action,
                "key": found.key,
                "business_date": found.day,
                "kind": MarkKind.ISSUE if number % 40 == 0 else MarkKind.DONE,
                "at": done,
                "due": found.due,
                "grace": int(found.grace.total_seconds()),
                "shops": list(found.shops),
                "note": "跟进了两单" if number % 17 == 0 else None,
            },
        )
        # Three checks of four have their numbers: 400,000 in ten years.
        for shop in (found.shops or ("",)) if number % 4 else ():
            for metric in found.read:
                value = float(chance.randrange(5 if "score" in metric or "dsr" in metric else 40))
                yield (
                    "reading",
                    {
                        "mark_id": number,
                        "business_date": found.day,
                        "shop": shop,
                        "metric": metric,
                        "value": value,
                    },
                )


def _incidents(
    desk: Desk, first: date, last: date, count: int, chance: random.Random
) -> Iterator[tuple[str, dict[str, Any]]]:
    began = datetime(first.year, first.month, first.day, tzinfo=UTC)
    step = ((last - first) + timedelta(days=1)) / (count + 1)
    shops, categories = list(desk.schedule.shops), list(desk.schedule.categories)
    for number in range(1, count + 1):
        at = began + number * step
        action = 2 * _FIRST + 3 * number
        shop, category = chance.choice(shops), chance.choice(categories)
        order = f"{chance.randrange(10**11, 10**12)}"
        title = f"{chance.choice(_WRONG)} {number}"
        yield "action", _action(action, "log", at)
        yield (
            "incident",
            {
                "number": number,
                "action_id": action,
                "opened_at": at,
                "title": title,
                "category": category,
                "line": f"{title} {shop} #{order}",
                "shop": shop,
                "assignee": chance.choice(("小李", "小张", None)),
                "severity": "normal",
                "due_at": at + timedelta(days=1),
            },
        )
        yield "incident_order", {"number": number, "text": order}
        told = [("note", "已联系买家,等回复")]
        if number < count - 6:
            told.append(("resolved", "退款到账"))
        for more, (kind, words) in enumerate(told, 1):
            yield "action", _action(action + more, "tell", at + more * timedelta(hours=2))
            event = {"number": number, "action_id": action + more, "kind": kind, "text": words}
            yield "incident_event", {**event, "at": at + more * timedelta(hours=2)}


_WRONG = (
    "买家说没收到退款",
    "少件补发",
    "快递停滞三天",
    "差评要求返现",
    "平台介入待举证",
    "发票抬头开错",
    "破损要求赔付",
)


def _action(id: int, verb: str, at: datetime) -> dict[str, Any]:
    return {"id": id, "verb": verb, "actor": "王主管", "console": "old", "recorded_at": at.astimezone(UTC)}
